"""Writing a file anew so that nobody ever finds half of it: the old one stands until the new is complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carescore.errors import UsageError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The path of a new file beside `path`, which takes its place at the end, rights included.

    It is on the disk before it does. Where anything fails, a full disk included, the file is as it was.
    Raises `UsageError` if it cannot be written.
    """
    real = path.resolve()  # a link stays a link
    try:
        handle, name = tempfile.mkstemp(dir=real.parent, prefix=".carescore-", suffix=real.suffix)
        os.close(handle)
    except OSError as error:
        raise UsageError(
            f"{path}: its folder cannot be written ({error.strerror}). It is as it was."
        ) from None
    new = Path(name)
    try:
        yield new
        if real.exists():
            shutil.copymode(real, new)
        _on_disk(new)
        new.replace(real)
        _on_disk(real.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}). It is as it was.") from None
    finally:
        new.unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on the disk."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders, and needs not
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
