"""The parties of Gong calls, from a document or from the small JSON files beside a transcript."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import Json, optional_record, optional_text
from carescore.readers.source import parse_json
from carescore.transcript import Role

_ROLES: Final[dict[str, Role]] = {"internal": "agent", "external": "customer"}
_LARGEST_FILE: Final = 16 * 1024 * 1024
_MOST_FILES: Final = 20_000
_HEAD_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class GongParty:
    """A person of a call, by the name or else the speaker id."""

    label: str
    role: Role


@dataclass(frozen=True, slots=True)
class GongCall:
    """When a call began, and its people by speaker id."""

    started: str | None
    people: Mapping[str, GongParty]


def calls_in(document: Json) -> dict[str, GongCall]:
    """The calls with parties in a document, by id; what is malformed is left out."""
    whole = optional_record(document)
    listed = whole["calls"] if isinstance(whole.get("calls"), list) else [whole]
    found = {}
    for call in map(optional_record, listed):
        parties = call.get("parties")
        meta = optional_record(call.get("metaData"))
        call_id = optional_text(meta.get("id")) or optional_text(call.get("callId"))
        if isinstance(parties, list) and call_id:
            found[call_id] = GongCall(
                started=optional_text(meta.get("started")) or None, people=_people(parties)
            )
    return found


def calls_beside(path: Path | None) -> Mapping[str, GongCall]:
    """The calls with parties in the JSON files of the same folder, read once for the whole folder."""
    if path is None:
        return {}
    try:
        folder = path.parent
        return _calls_in_folder(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


def _people(parties: list[Json]) -> dict[str, GongParty]:
    found = {}
    for party in map(optional_record, parties):
        speaker = optional_text(party.get("speakerId"))
        if speaker:
            found[speaker] = GongParty(
                label=optional_text(party.get("name")) or speaker,
                role=_ROLES.get(optional_text(party.get("affiliation")).lower(), "unknown"),
            )
    return found


@lru_cache(maxsize=8)
def _calls_in_folder(folder: Path, changed: int) -> Mapping[str, GongCall]:
    """`changed` is the folder's time of change: a file put beside later is seen."""
    found: dict[str, GongCall] = {}
    for file in _parties_files(folder):
        try:
            found.update(calls_in(parse_json(file.read_text("utf-8-sig"), file.name)))
        except (OSError, UnicodeDecodeError, TranscriptError):
            continue  # another file's fault is not this call's
    return found


def forget() -> None:
    """Remember no people of any folder any longer."""
    _calls_in_folder.cache_clear()


def _parties_files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        files = [
            entry.path
            for entry in entries
            if entry.name.lower().endswith(".json")
            and entry.is_file(follow_symlinks=False)
            and entry.stat().st_size <= _LARGEST_FILE
        ]
    for name in sorted(files)[:_MOST_FILES]:
        with open(name, "rb") as file:
            if b'"metaData"' in file.read(_HEAD_BYTES):
                yield Path(name)
