"""A skops file as an archive: small enough, nothing hidden in it, every array what its header says."""

from __future__ import annotations

import io
import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from carescore.errors import ModelError

LARGEST_FILE: Final = 64 * 1024 * 1024  # bytes
LARGEST_UNPACKED: Final = 128 * 1024 * 1024
LARGEST_SCHEMA: Final = 32 * 1024 * 1024
MOST_PARTS: Final = 100_000  # a vectoriser that leaves out rare words keeps a part for each of the others

SCHEMA: Final = "schema.json"
_ARRAY: Final = re.compile(r"[0-9]{1,20}\.npy")
_ENCRYPTED: Final = 0x1
_ZIP: Final = b"PK\x03\x04"
_KINDS: Final = "fiubU"  # numbers, truth values and texts; none of them can hold an object


def file_bytes(path: Path) -> bytes:
    """All of a file. Raises `ModelError` if it cannot be read, is no plain file, or is too large."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may never end
            raise ModelError(f"{path.name}: cannot be opened (it is not a file).")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ModelError(f"{path}: cannot be opened ({error.strerror}).") from None
    if len(data) > LARGEST_FILE:
        raise ModelError(
            f"{path.name}: larger than {LARGEST_FILE:,} bytes, the most that an estimator may have."
        )
    if not data.startswith(_ZIP):
        raise ModelError(
            f"{path.name}: not a skops file. Write one with `skops.io.dump(pipeline, 'mine.skops')`; "
            "pickle and joblib files are never opened."
        )
    return data


def read_schema(data: bytes, name: str) -> tuple[dict[str, Any], frozenset[str]]:
    """What a skops file says is in it, and the names of its arrays."""
    with _opened(data, name) as file:
        schema = json.loads(file.read(SCHEMA).decode())
        arrays = frozenset(file.namelist()) - {SCHEMA}
    if not isinstance(schema, dict):
        raise ModelError(f"{name}: its {SCHEMA} does not describe an estimator.")
    return schema, arrays


def check_arrays(data: bytes, name: str) -> None:
    """Raise `ModelError` unless each array holds finite numbers or texts, as many as its header says."""
    with _opened(data, name) as file:
        for part in file.infolist():
            if part.filename != SCHEMA and not _is_array(file.read(part)):
                raise ModelError(f"{name}: an array in it is not one of finite numbers or texts.")


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[ZipFile]:
    try:
        with ZipFile(io.BytesIO(data)) as file:
            _check_sizes(file.infolist(), name)
            yield file
    except (BadZipFile, ZlibError, KeyError, EOFError, OverflowError, NotImplementedError, RecursionError):
        raise ModelError(f"{name}: not a skops file, or damaged.") from None
    except (ValueError, struct.error):
        raise ModelError(f"{name}: its {SCHEMA} or an array in it cannot be read.") from None


def _check_sizes(parts: list[ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ModelError(
            f"{name}: unpacks to more than {MOST_PARTS:,} parts or {LARGEST_UNPACKED:,} bytes, the most that "
            "an estimator may have. A HashingVectorizer or a smaller vocabulary makes it small."
        )
    if len({part.filename for part in parts}) < len(parts):
        raise ModelError(f"{name}: two parts of it have one name.")
    for part in parts:
        plain = part.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not part.flag_bits & _ENCRYPTED
        if not plain or (part.filename != SCHEMA and _ARRAY.fullmatch(part.filename) is None):
            raise ModelError(f"{name}: holds a part that no estimator of these kinds has.")
        if part.filename == SCHEMA and part.file_size > LARGEST_SCHEMA:
            raise ModelError(
                f"{name}: its {SCHEMA} is larger than {LARGEST_SCHEMA:,} bytes. A smaller vocabulary helps."
            )


def _is_array(data: bytes) -> bool:
    """Whether it is an array that is as large as its header says, and its numbers are finite."""
    import numpy as np
    from numpy.lib import format as npy

    buffer = io.BytesIO(data)
    version = npy.read_magic(buffer)
    if version not in ((1, 0), (2, 0)):
        return False
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(buffer)
    if dtype.kind not in _KINDS or dtype.fields is not None or dtype.subdtype is not None:
        return False
    if any(side < 0 for side in shape) or prod(shape) * dtype.itemsize != len(data) - buffer.tell():
        return False
    numbers = np.frombuffer(data, dtype=dtype, offset=buffer.tell()) if dtype.itemsize else np.zeros(0)
    return dtype.kind != "f" or bool(np.isfinite(numbers).all())
