"""Fuzz one target with Atheris: `python -m tests.fuzzing.run_atheris TARGET FOLDER [SECONDS]`.

FOLDER keeps what was found between runs. What leads to an error that is not ours is left as `crash-...`
in FOLDER and ends the run with a code other than 0. Needs `pip install 'carescore[fuzz]'`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["carescore"]):
    from tests.fuzzing.seeds import seeds
    from tests.fuzzing.targets import feed


def main(target: str, folder: str, seconds: str = "600") -> None:
    """Run until the time is over."""
    kept = Path(folder).absolute()
    (kept / "found").mkdir(parents=True, exist_ok=True)
    (kept / "begin").mkdir(exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (kept / "begin" / str(number)).write_bytes(data)
    options = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=3000"]
    options.append(f"-artifact_prefix={kept}{os.sep}")
    atheris.Setup(
        [sys.argv[0], *options, str(kept / "found"), str(kept / "begin")], lambda data: feed(target, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
