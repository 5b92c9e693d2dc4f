"""A call without its private things: placeholders in their place, and a record of where they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from carescore.errors import UsageError
from carescore.placeholders import PLACEHOLDER, placeholder
from carescore.redact.beside import without_names
from carescore.redact.find import find
from carescore.redact.lexicon import FORMS
from carescore.redact.things import Place, Thing
from carescore.transcript import Transcript

_ROUNDS: Final = 8  # what is found may make more findable; two rounds are usual
_DIGITS: Final = ("card", "phone", "account", "ssn", "iban")
_TOLD: Final = 4  # last digits by which a whole number is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A placeholder: `text[start:end]` of the redacted turn stands for `text[original_start:original_end]`.

    Offsets count characters within the turn's text, from 0, the end not included; `turn` is the turn's
    place in the call, the same before and after. What stood there is not kept.
    """

    turn: int
    start: int
    end: int
    original_start: int
    original_end: int
    form: str
    placeholder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A redacted call and its spans, in the order of the call.

    "Offsets kept" means this: the redacted transcript has the same turns, in the same order, with the same
    sides and times, and everything made from it (quotes, evidence) indexes into the redacted text. Together
    with `spans`, each offset leads back to the original: `original` does it for any stretch of a turn.
    """

    transcript: Transcript
    spans: tuple[Span, ...]

    def original(self, turn: int, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` of a redacted turn stood in the original turn.

        What begins or ends inside a placeholder is widened to all of what the placeholder stands for.
        """
        return self._moved(turn, start, opens=True), self._moved(turn, end, opens=False)

    def _moved(self, turn: int, offset: int, *, opens: bool) -> int:
        shift = 0
        for span in self.spans:
            if span.turn != turn or span.start >= offset:
                continue
            if offset < span.end:
                return span.original_start if opens else span.original_end
            shift = span.original_end - span.end
        return offset + shift

    def to_dict(self) -> dict[str, Any]:
        """The call as plain data that carescore reads, with its spans under `redactions`."""
        call = self.transcript
        return {
            "call_id": call.call_id,
            "channel": call.channel,
            "agent": call.agent,
            "started": call.started,
            "turns": [_turn(turn) for turn in call.turns],
            "redactions": [
                {name: getattr(span, name) for name in Span.__dataclass_fields__} for span in self.spans
            ],
        }


def redact(call: Transcript, *, forms: Collection[str] = FORMS) -> Redaction:
    """The call with placeholders such as [CARD_1] in place of what is private.

    The same value has the same placeholder throughout the call, however it was written or said. Speakers'
    labels, the call's id and source lose the names that are found; `agent`, whose work it is, stays. The
    times and the sides stay as they are. Time is in proportion to the length of the call; the same call
    gives the same result. Not everything private is found: `carescore redact --measure` tells how much is.

    `forms` are those to look for (`carescore.redact.FORMS`); raises `UsageError` for others.
    """
    strange = sorted(set(forms) - set(FORMS))
    if strange:
        raise UsageError(f"redact() knows no form '{strange[0]}'; it knows {', '.join(FORMS)}.")
    known = _Placeholders(turn.text for turn in call.turns)
    spans: list[Span] = []
    words: dict[str, str] = {}
    for _ in range(_ROUNDS):
        things, people = find(call)
        things = [thing for thing in things if thing.form in forms]
        new = _spans(things, known)
        if "name" in forms:
            words |= {word: known.of("name", owner) for word, owner in people.items()}
        if not new:
            break
        call, spans = _replaced(call, spans, new)
    if words:
        call = without_names(call, words)
    return Redaction(transcript=call, spans=tuple(spans))


def redacted(item: Any) -> Any:
    """A call redacted; anything else, such as the error of a call that could not be read, as it is."""
    return redact(item).transcript if isinstance(item, Transcript) else item


class _Placeholders:
    """The placeholder of each value, counted on from those that the call has already."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: dict[str, int] = defaultdict(int)
        self._of: dict[tuple[str, str], str] = {}
        for text in texts:
            for match in PLACEHOLDER.finditer(text) if "[" in text else ():
                form, _, number = match[0][1:-1].rpartition("_")
                self._count[form.lower()] = max(self._count[form.lower()], int(number))

    def of(self, form: str, value: str) -> str:
        """The placeholder of a value, a new one if it has none."""
        if (form, value) not in self._of:
            self._count[form] += 1
            self._of[form, value] = placeholder(form, self._count[form])
        return self._of[form, value]


def _spans(things: Sequence[Thing], known: _Placeholders) -> dict[int, list[tuple[Place, str, str]]]:
    """What to replace in each turn, in order and without overlaps."""
    whole = _whole_numbers(things)
    new: dict[int, list[tuple[Place, str, str]]] = defaultdict(list)
    for thing in things:
        value = whole.get((thing.form, thing.value[-_TOLD:]), thing.value)
        value = value if len(thing.value) <= _TOLD else thing.value
        mark = known.of(thing.form, value)
        for place in thing.places:
            new[place.turn].append((place, thing.form, mark))
    return {turn: _apart(rows) for turn, rows in new.items()}


def _whole_numbers(things: Sequence[Thing]) -> Mapping[tuple[str, str], str]:
    """Whole numbers by their form and last digits."""
    long = [thing for thing in things if thing.form in _DIGITS and len(thing.value) > _TOLD]
    return {(thing.form, thing.value[-size:]): thing.value for thing in reversed(long) for size in (3, _TOLD)}


def _apart(rows: list[tuple[Place, str, str]]) -> list[tuple[Place, str, str]]:
    kept: list[tuple[Place, str, str]] = []
    for row in sorted(rows, key=lambda row: (row[0].start, -row[0].end)):
        if not kept or row[0].start >= kept[-1][0].end:
            kept.append(row)
    return kept


def _replaced(
    call: Transcript, spans: Sequence[Span], new: Mapping[int, Sequence[tuple[Place, str, str]]]
) -> tuple[Transcript, list[Span]]:
    """The call with placeholders put in, and all its spans, old and new."""
    old: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        old[span.turn].append(span)
    turns, moved = list(call.turns), []
    for index in sorted(old.keys() | new.keys()):
        text, found = _put_in(index, turns[index].text, old[index], new.get(index, ()))
        turns[index] = replace(turns[index], text=text)
        moved.extend(found)
    return replace(call, turns=tuple(turns)), moved


def _put_in(
    turn: int, text: str, old: Sequence[Span], new: Sequence[tuple[Place, str, str]]
) -> tuple[str, list[Span]]:
    """A turn's text with new placeholders; `shift` leads back to the original, `grown` on to the new text."""
    pieces, spans = [], []
    done = shift = grown = 0
    waiting = list(reversed(old))
    for place, form, mark in [*new, (Place(turn, len(text), len(text)), "", "")]:
        while waiting and waiting[-1].start < place.start:
            span = waiting.pop()
            spans.append(replace(span, start=span.start + grown, end=span.end + grown))
            shift = span.original_end - span.end
        pieces += [text[done : place.start], mark]
        done = place.end
        if form:
            spans.append(
                Span(
                    turn=turn,
                    start=place.start + grown,
                    end=place.start + grown + len(mark),
                    original_start=place.start + shift,
                    original_end=place.end + shift,
                    form=form,
                    placeholder=mark,
                )
            )
            grown += len(mark) - (place.end - place.start)
    return "".join(pieces), spans


def _turn(turn: Any) -> dict[str, Any]:
    row = {"speaker": turn.speaker, "role": turn.role, "text": turn.text}
    return row | {key: getattr(turn, key) for key in ("start", "end") if getattr(turn, key) is not None}
