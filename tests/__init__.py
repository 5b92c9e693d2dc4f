"""The tests. They run side by side, so that threads inside each of them would only be in each other's way."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported
