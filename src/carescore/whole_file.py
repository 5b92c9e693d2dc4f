"""A file that is written whole or not at all: the old one stays until all of the new one is on disk."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from carescore.errors import UsageError

_LONGEST_ENDING: Final = 20  # names of files may not be of any length


@contextmanager
def whole(output: Path, *, private: bool = False) -> Iterator[Path]:
    """A path to write to, whose file takes the place of `output` at the end of the block, rights included.

    Until then only its owner can read it; a new file has the usual rights in the end, or with `private`
    those of its owner alone. A fault or Ctrl-C in the block leaves `output` as it was and nothing beside
    it. A killed process leaves a hidden file `.carescore-*` with the ending of `output`, so that erasure
    knows what it is. What is no plain file (a pipe, a device) is written as it is. Raises `UsageError` if
    it cannot be written.
    """
    if output.exists() and not output.is_file():
        with _told(output):
            yield output
        return
    real = output.resolve()  # a link goes on pointing to the file
    with _told(output):
        new, usual = _beside(real)
        try:
            yield new
            if real.exists():
                shutil.copymode(real, new)
            elif not private:
                new.chmod(usual)
            _on_disk(new)  # or a power cut could leave the new name without the new content
            new.replace(real)
            _on_disk(real.parent)
        finally:
            new.unlink(missing_ok=True)


@contextmanager
def _told(output: Path) -> Iterator[None]:
    existed = output.is_file()
    try:
        yield
    except OSError as error:
        stays = " It is as it was." if existed else ""
        raise UsageError(f"{output}: cannot be written ({error.strerror}).{stays}") from None


def _beside(real: Path) -> tuple[Path, int]:
    """An empty file beside another, for its owner only, and the rights that new files usually have."""
    new = real.with_name(f".carescore-{secrets.token_hex(8)}{real.suffix[:_LONGEST_ENDING]}")
    handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        usual = stat.S_IMODE(os.fstat(handle).st_mode)
    finally:
        os.close(handle)
    new.chmod(0o600)
    return new, usual


def _on_disk(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on the disk."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders, and needs not
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
