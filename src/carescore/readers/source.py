"""A file or a piece of text, opened and decoded once, whatever its encoding."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from carescore.computed_once import computed_once
from carescore.errors import TranscriptError
from carescore.readers.truncated import repaired

MAX_DOCUMENT_BYTES: Final = 256 * 1024 * 1024
_HEAD_BYTES: Final = 65_536
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SEVERAL: Final = "Put several documents on one line each (JSONL), or in one array."
_AS_WINDOWS: Final = "carescore.as_windows"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Source:
    """One input. `name` is what errors show. Warnings about its reading gather in `warnings`."""

    def __init__(self, name: str, *, path: Path | None = None, data: bytes | None = None) -> None:
        self.name = name
        self.path = path
        self.warnings: list[str] = []
        self._data = data

    @classmethod
    def from_path(cls, path: Path) -> Source:
        """A file; it is opened when its content is first asked for."""
        return cls(_shown(path.name), path=path)

    @classmethod
    def from_text(cls, text: str, name: str = "text") -> Source:
        """Text that is already here."""
        return cls(name, data=text.encode("utf-8", errors="surrogatepass"))

    @property
    def stem(self) -> str:
        """The name without its ending: the id of a call that has none of its own."""
        return _shown(self.path.stem) if self.path is not None else self.name

    @computed_once
    def data(self) -> bytes:
        """All bytes of it, up to the cap for one document."""
        if self._data is not None:
            return self._data
        assert self.path is not None
        try:
            size = self.path.stat().st_size
            if size > MAX_DOCUMENT_BYTES:
                raise TranscriptError(
                    f"the file has {size:,} bytes; one document may have {MAX_DOCUMENT_BYTES:,}. "
                    "Split it, or use JSONL, CSV or parquet, which are read piece by piece.",
                    source=self.name,
                )
            return self.path.read_bytes()
        except OSError as error:
            raise self._unopened(error) from None

    @computed_once
    def head(self) -> bytes:
        """The first 64 kB."""
        if self._data is not None:
            return self._data[:_HEAD_BYTES]
        assert self.path is not None
        try:
            with self.path.open("rb") as file:
                return file.read(_HEAD_BYTES)
        except OSError as error:
            raise self._unopened(error) from None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it but white space, and the mark of an encoding."""
        mark = next((mark for mark, _ in _BOMS if self.head.startswith(mark)), b"")
        return not self.head.removeprefix(mark).strip()

    @computed_once
    def text(self) -> str:
        """The content as text with `\\n` line ends."""
        return self._decoded(self.data, whole=True)

    @computed_once
    def head_text(self) -> str:
        """The first 64 kB as text."""
        return self._decoded(self.head, whole=False)

    @property
    def looks_like_json(self) -> bool:
        """Whether the first thing in it opens a JSON object, or an array of values."""
        start = self.head_text.lstrip()[:200]
        # "[00:01:02] Agent: …" opens no array: a number in one is followed by a comma or the end.
        return start.startswith("{") or bool(
            re.match(r"\[\s*([\[{\]\"]|-?\d[\d.eE+-]*\s*(,|\]\s*$|$)|true|false|null|$)", start)
        )

    @computed_once
    def json(self) -> Any:
        """The content as one JSON document; a document cut off in the middle is read as far as it goes."""
        try:
            return parse_json(self.text, self.name)
        except TranscriptError:
            rest = repaired(self.text)
            if rest is None:
                raise
            shorter, position = rest
            document = parse_json(shorter, self.name)
            line = self.text.count("\n", 0, position) + 1
            self.warnings.append(
                f"The file breaks off: read up to line {line} (character {position:,}), the rest is missing."
            )
            return document

    def lines(self) -> Iterator[tuple[int, str]]:
        """Non-empty lines with their numbers from 1, without holding a large file in memory."""
        if self._data is not None or self.path is None or self._encoding(self.head) != "utf-8":
            yield from ((n, x) for n, x in enumerate(self.text.split("\n"), 1) if x.strip())
            return
        try:
            with self.path.open("rb") as file:
                for number, raw in enumerate(file, 1):
                    if raw.strip():
                        yield number, self._decoded_line(raw).rstrip("\n")
        except OSError as error:
            raise self._unopened(error) from None

    def _decoded(self, data: bytes, *, whole: bool) -> str:
        encoding = self._encoding(data if whole else self.head)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(data)
        except UnicodeDecodeError:
            text = self._without_errors(data, encoding)
        else:
            text += self._last_character(decoder.getstate()[0], text) if whole else ""
        if "\x00" in text[:_HEAD_BYTES]:
            raise TranscriptError(
                "this is not text (it has NUL bytes). Expected a transcript as text, JSON, CSV, "
                "parquet, Excel or captions.",
                source=self.name,
            )
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def _without_errors(self, data: bytes, encoding: str) -> str:
        """Text with bytes that its encoding has not: those of Windows in UTF-8, marks elsewhere."""
        if not encoding.startswith("utf-8"):
            text = data.decode(encoding, errors="replace")
        elif data.decode("utf-8", errors="ignore").isascii():  # the quick way, for files of Windows
            text = data.decode("cp1252", errors="replace")
        else:
            text = data.decode("utf-8", errors=_AS_WINDOWS)
        if "\ufffd" in text:
            self._warn("Some characters could not be read. Save the file as UTF-8.")
        return text

    def _last_character(self, rest: bytes, text: str) -> str:
        """What the bytes at the end mean that are no whole character."""
        if rest and text.isascii() and len(rest) == 1 and rest != b"\x00":
            return rest.decode("cp1252", errors="replace")
        if rest:
            self._warn("The file breaks off in the middle of a character.")
        return ""

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _decoded_line(self, raw: bytes) -> str:
        """One line of a file that is not UTF-16 or UTF-32: the quick way, for files of millions of lines."""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return self._decoded(raw, whole=True)
        if "\x00" in text or text.startswith("\ufeff"):
            return self._decoded(raw, whole=True)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @staticmethod
    def _encoding(data: bytes) -> str:
        for bom, encoding in _BOMS:
            if data.startswith(bom):
                return encoding
        if len(data) >= 4 and data[1:8:2].strip(b"\x00") == b"" and data[0] != 0:
            return "utf-16-le"
        if len(data) >= 4 and data[0:8:2].strip(b"\x00") == b"" and data[1] != 0:
            return "utf-16-be"
        return "utf-8"

    def _unopened(self, error: OSError) -> TranscriptError:
        reason = error.strerror or type(error).__name__
        return TranscriptError(f"the file cannot be opened ({reason}).", source=self.name)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as what they are on Windows, one by one: files may mix the two."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)


def _shown(name: str) -> str:
    """A file name as text; bytes of it that are no UTF-8 become marks."""
    return os.fsencode(name).decode("utf-8", "replace")


def _whole(value: Any) -> Any:
    """The value with a mark for each half of a character, as tools leave them that cut text in an emoji."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value


def parse_json(text: str, name: str, place: str | None = None) -> Any:
    """Strict JSON: no NaN, no Infinity, no key twice in one object, no endless nesting."""

    def refuse_constant(constant: str) -> None:
        line = text.count("\n", 0, max(text.find(constant), 0)) + 1
        raise TranscriptError(
            f"{constant} is not a JSON number. Write null where a value is missing.",
            source=name,
            place=place or f"line {line}",
        )

    def refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise TranscriptError(
                "an object has the same key twice, so its meaning is open. Keep one.",
                source=name,
                place=place,
            )
        return found

    try:
        found = json.loads(text, parse_constant=refuse_constant, object_pairs_hook=refuse_twice)
        return _whole(found) if _HALF.search(text) else found
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if place is None else place
        what_to_do = _SEVERAL if error.msg == "Extra data" else "Export it again, or mend it there."
        message = f"broken JSON: {error.msg}. {what_to_do}"
        raise TranscriptError(message, source=name, place=where) from None
    except RecursionError:
        message = "JSON nested too deeply to be a transcript. Export the call without what is around it."
        raise TranscriptError(message, source=name, place=place) from None
    except ValueError:  # an integer of thousands of digits
        message = "a number is too long to be one. Write null where a value is missing."
        raise TranscriptError(message, source=name, place=place) from None
