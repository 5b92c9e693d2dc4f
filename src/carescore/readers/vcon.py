"""vCon: a container of a conversation with its parties, dialogs and analyses.

Chat and mail are dialogs with a text. What was said in a recording stands in an analysis, in the shape of
the vendor who transcribed it: the registry of readers opens that, and gives this reader the way to ask it.
The address of a recording may be a signed one, so no message here shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import (
    Json,
    first_text,
    has,
    optional_record,
    optional_text,
    records,
    text,
)
from carescore.readers.mail import own_words
from carescore.readers.order import by_start
from carescore.readers.people import agent_named, with_joined_roles
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.times import iso_instant
from carescore.readers.vcon_parts import decoded, instant_of, opened
from carescore.transcript import Channel, Role, Transcript, Turn, renumber

_NO_TEXT: Final = (
    "this vCon has no text: neither a dialog of type text nor a transcript among its analyses. "
    "Transcribe its recording with speaker labels and add the result as an analysis."
)
# Opens what an analysis holds: JSON of a vendor's shape, or text.
Delegate = Callable[[Json, Origin], Iterator[Transcript | TranscriptError]]


def reader(delegate: Delegate) -> Reader:
    """The vCon reader, with the way to open what its analyses hold."""

    def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
        yield _call(document, delegate, origin)

    return Reader(
        id="vcon",
        name="vCon",
        content="json",
        roles="joined",
        verified="real file",
        accepts=accepts,
        read=read,
    )


def accepts(document: Json) -> bool:
    """Parties beside dialogs or analyses (the version is often left out), or a sealed container."""
    if not isinstance(document, dict):
        return False
    told = "vcon" in document or "uuid" in document
    parts = isinstance(document.get("dialog"), list) or isinstance(document.get("analysis"), list)
    return (told and parts and isinstance(document.get("parties"), list)) or _sealed(document) is not None


def _sealed(document: dict[str, Json]) -> str | None:
    if has(document, "payload", "signatures"):
        return "signed"
    return "encrypted" if has(document, "ciphertext", "recipients") else None


@dataclass(frozen=True, slots=True)
class _Party:
    label: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class _Dialog:
    """One dialog: its kind, who takes part (the writer of a text first), and when it began."""

    kind: str
    parties: tuple[int, ...]
    began: float | None
    item: dict[str, Json]


@dataclass(slots=True)
class _Spoken:
    """What was said in recordings, what was noticed, and which transcripts could not be read."""

    turns: list[Turn] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failures: list[TranscriptError] = field(default_factory=list)


def _call(document: dict[str, Json], delegate: Delegate, origin: Origin) -> Transcript:
    if (sealed := _sealed(document)) is not None:
        remedy = "decrypt it" if sealed == "encrypted" else "check its signature and save what it holds"
        raise _refusal(f"this vCon is {sealed}. First {remedy}, then read the plain vCon.", origin)
    parties = [_party(p, n) for n, p in enumerate(records(document.get("parties"), "parties", origin))]
    dialogs = [_dialog(d, n, origin) for n, d in enumerate(records(document.get("dialog"), "dialog", origin))]
    began = min((d.began for d in dialogs if d.began is not None), default=None)
    texts = _texts(dialogs, parties, began, origin)
    spoken = _transcribed(document, dialogs, began, delegate, origin)
    if not texts and not spoken.turns:
        raise spoken.failures[0] if spoken.failures else _refusal(_NO_TEXT, origin)
    roles = {label: p.role for p in parties for label in (p.label, p.name) if label}
    turns = with_joined_roles(spoken.turns, roles) + texts
    left_out = (f"A transcript inside was left out: {error}" for error in spoken.failures)
    channel = "voice" if spoken.turns else _written_channel(dialogs)
    return _finished(document, turns, parties, channel, began, (*spoken.warnings, *left_out), origin)


def _finished(
    document: dict[str, Json],
    turns: list[Turn],
    parties: list[_Party],
    channel: Channel,
    began: float | None,
    warnings: tuple[str, ...],
    origin: Origin,
) -> Transcript:
    names = {label: p.name for p in parties for label in (p.label, p.name) if p.name}
    agents = [p.name for p in parties if p.role == "agent" and p.name]
    agent, several = agent_named(
        (names[t.speaker], t.text) for t in turns if t.role == "agent" and t.speaker in names
    )
    told = first_text([document.get("created_at")])
    return Transcript(
        call_id=optional_text(document.get("uuid")) or origin.call_id,
        turns=renumber(by_start(turns)),
        channel=channel,
        agent=agent or (agents[0] if len(agents) == 1 else None),
        started=told if began is None else iso_instant(began),
        warnings=(*warnings, *several),
    )


def _refusal(sentence: str, origin: Origin) -> TranscriptError:
    return TranscriptError(sentence, source=origin.name, place=origin.place)


def _party(party: dict[str, Json], number: int) -> _Party:
    name = optional_text(party.get("name"))
    address = next(filter(None, (optional_text(party.get(k)) for k in ("mailto", "email", "tel"))), "")
    told = optional_text(party.get("role")) or optional_text(optional_record(party.get("meta")).get("role"))
    return _Party(label=name or address or f"party {number}", name=name, role=role_of(told) or "unknown")


def _dialog(dialog: dict[str, Json], number: int, origin: Origin) -> _Dialog:
    """A dialog; newer versions name the writer of a text apart from the list of parties."""
    told = dialog.get("parties")
    listed = told if isinstance(told, list) else [told]
    writer = dialog.get("originator")
    return _Dialog(
        kind=optional_text(dialog.get("type")),
        parties=tuple(p for p in (writer, *listed) if isinstance(p, int) and not isinstance(p, bool)),
        began=instant_of(dialog.get("start"), f"dialog[{number}].start", origin),
        item=dialog,
    )


def _texts(dialogs: list[_Dialog], parties: list[_Party], began: float | None, origin: Origin) -> list[Turn]:
    """The text dialogs as messages, each by its writer."""
    found = []
    for number, dialog in enumerate(dialogs):
        if dialog.kind != "text":
            continue
        writer = dialog.parties[0] if dialog.parties else -1
        party = parties[writer] if 0 <= writer < len(parties) else _Party("unknown", "", "unknown")
        body = decoded(dialog.item, f"dialog[{number}].body", origin)
        found.append(
            Turn(
                index=0,
                speaker=party.label,
                role=party.role,
                role_source="unknown" if party.role == "unknown" else "joined",
                text=own_words(text(body, f"dialog[{number}].body", origin)),
                start=_since(began, dialog.began),
            )
        )
    return found


def _transcribed(
    document: dict[str, Json], dialogs: list[_Dialog], began: float | None, delegate: Delegate, origin: Origin
) -> _Spoken:
    """What was said in the recordings, each by the first of its transcripts that can be read."""
    found = _Spoken()
    done: set[int] = set()
    analyses = records(document.get("analysis"), "analysis", origin)
    for number, analysis in sorted(enumerate(analyses), key=lambda item: not _is_transcript(item[1])):
        about = _about(analysis)
        if about in done or not _may_be_transcript(analysis):
            continue
        try:
            call = _opened(analysis, number, delegate, origin)
        except TranscriptError as error:
            if _is_transcript(analysis):
                found.failures.append(error)
            continue
        done.add(about)
        offset = _since(began, dialogs[about].began) if 0 <= about < len(dialogs) else None
        found.turns += [_later(turn, offset or 0.0) for turn in call.turns]
        found.warnings += call.warnings
    return found


def _is_transcript(analysis: dict[str, Json]) -> bool:
    return "transcript" in optional_text(analysis.get("type")).lower()


def _may_be_transcript(analysis: dict[str, Json]) -> bool:
    """Older files name the type otherwise, so any structured body is tried; of texts only transcripts."""
    return _is_transcript(analysis) or isinstance(analysis.get("body"), (dict, list))


def _about(analysis: dict[str, Json]) -> int:
    """The number of the dialog that an analysis is about."""
    dialog = analysis.get("dialog")
    first = dialog[0] if isinstance(dialog, list) and dialog else dialog
    return first if isinstance(first, int) and not isinstance(first, bool) else 0


def _opened(analysis: dict[str, Json], number: int, delegate: Delegate, origin: Origin) -> Transcript:
    place = f"{origin.place}, analysis[{number}]" if origin.place else f"analysis[{number}]"
    inside = replace(origin, place=place, path=None)
    call = next(iter(delegate(opened(analysis, inside), inside)), None)
    if call is None or isinstance(call, TranscriptError):
        raise call or _refusal("nothing was said in this transcript.", inside)
    return call


def _since(began: float | None, moment: float | None) -> float | None:
    return None if began is None or moment is None else round(moment - began, 6)


def _later(turn: Turn, offset: float) -> Turn:
    return replace(
        turn,
        start=None if turn.start is None else turn.start + offset,
        end=None if turn.end is None else turn.end + offset,
    )


def _written_channel(dialogs: list[_Dialog]) -> Channel:
    kinds = [
        optional_text(dialog.item.get(key)).lower()
        for dialog in dialogs
        for key in ("mimetype", "mediatype", "application")
    ]
    return "email" if any("mail" in kind or "rfc822" in kind for kind in kinds) else "chat"
