"""One function for each kind of file that carescore opens: bytes in, and no error but our own out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final, TypeVar

from carescore.bundle import ARRAYS, MANIFEST, load_bundle
from carescore.cli.given import read_agents
from carescore.coaching.words import FILES as WORDS
from carescore.coaching.words import load_words
from carescore.errors import CareScoreError
from carescore.raters.ratings import read_ratings
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.redact import redacted
from carescore.report.call import call_page
from carescore.report.index import index_page
from carescore.review.cases import read_cases
from carescore.roles import assign
from carescore.saved_results import read_results
from carescore.scorecard import parse_scorecard
from carescore.transcript import Transcript
from tests.examples import save_tiny_model, shared_tokenizer

Given = TypeVar("Given")

ENDINGS: Final = (
    *("txt", "json", "jsonl", "csv", "tsv", "vtt", "srt", "eml", "mbox", "html", "xlsx", "parquet", "cha"),
    *("TextGrid", "md", "xml", "log", ""),
)


@cache
def _folder() -> Path:
    shared = Path("/dev/shm")  # memory instead of a disk, where there is one
    return Path(mkdtemp(dir=shared if shared.is_dir() else None))


def _file(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def read_call(data: bytes) -> None:
    """The first byte says the ending of the file's name."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ""
    path = _file(f"call.{ending}", data[1:])
    for found in transcripts(Source.from_path(path)):
        if isinstance(found, Transcript):
            try:
                call = assign(found)
            except CareScoreError:
                continue
            assert redacted(call).sha256


def read_scorecard(data: bytes) -> None:
    parse_scorecard(data.decode("utf-8", "surrogateescape"))


def read_manifest(data: bytes) -> None:
    """The bytes in the place of a model's manifest."""
    folder = save_tiny_model(_folder() / "manifest")
    (folder / MANIFEST).write_bytes(data)
    load_bundle(folder, tokenizer=shared_tokenizer())


def read_arrays(data: bytes) -> None:
    """The bytes in the place of a model's arrays, with a manifest that vouches for them."""
    folder = save_tiny_model(_folder() / "arrays")
    (folder / ARRAYS).write_bytes(data)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest.update(arrays_sha256=hashlib.sha256(data).hexdigest(), arrays_bytes=len(data))
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    load_bundle(folder, tokenizer=shared_tokenizer())


def read_saved(data: bytes) -> None:
    """Results, shown on pages if they are any."""
    for result in read_results(_file("results.jsonl", data)):
        assert "<script" not in call_page(result)
        index_page([result])
        assert str(result).replace("\n", "").isprintable()
        assert json.loads(result.to_json())


def read_words(data: bytes) -> None:
    """The first byte says which file of coaching's words it is."""
    folder = _folder() / "words"
    folder.mkdir(exist_ok=True)
    for name in WORDS:
        (folder / name).unlink(missing_ok=True)
    (folder / WORDS[data[0] % len(WORDS) if data else 0]).write_bytes(data[1:])
    load_words(folder)


def read_tables(data: bytes) -> None:
    """The small tables that people write by hand: agents, ratings, disputes."""
    path = _file("table.csv", data)
    readings: tuple[Callable[[Path], object], ...] = (read_agents, read_ratings, read_cases)
    for read in readings:
        assert "\n" not in said(read, path)


def said(read: Callable[[Given], object], given: Given) -> str:
    """By what sentence of ours it is refused, "" if it is not."""
    try:
        read(given)
    except CareScoreError as error:
        return str(error)
    return ""


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "call": read_call,
    "scorecard": read_scorecard,
    "manifest": read_manifest,
    "arrays": read_arrays,
    "saved": read_saved,
    "words": read_words,
    "tables": read_tables,
}


def feed(target: str, data: bytes) -> None:
    """Give the bytes to a target; carescore's own errors are what bad bytes deserve."""
    assert len(said(TARGETS[target], data)) < 2_000
