"""What Python imports at the start of every process that has this folder on its path."""

import offline_guard  # noqa: F401
