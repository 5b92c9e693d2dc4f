"""A file that is written whole or not at all: the old one stays until all of the new one is on disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """A path to write to, whose file takes the place of `output` at the end of the block.

    A fault or Ctrl-C in the block leaves `output` as it was and nothing beside it; a killed process leaves
    a hidden file named `.NAME.PROCESS.part`. What is no plain file (a pipe, a device) is written as it is.
    Raises what opening and replacing files raises.
    """
    if output.exists() and not output.is_file():
        yield output
        return
    place = output.resolve()  # a link goes on pointing to the file
    part = place.with_name(f".{place.name[:200]}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())  # or a power cut could leave the new name without the new content
        if place.exists():
            shutil.copymode(place, part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
