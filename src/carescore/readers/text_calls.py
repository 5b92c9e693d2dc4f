"""Where one call ends and the next begins in a text that holds several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from carescore.readers.text_labels import is_name, undecorated
from carescore.readers.text_lines import Line
from carescore.readers.text_speakers import key_of
from carescore.readers.text_times import Stamp, passes_midnight

# "Call 3: Lost card", "Conversation #12", "Transcript ID: A-881", "Call 2 of 5".
_NUMBERED: Final = re.compile(
    r"(?:phone |support |chat )?(?:call|conversation|transcript|chat|dialog(?:ue)?|interaction|example|sample"
    r"|scenario|(?P<thing>case|ticket|session|recording|contact))(?:[ _-]?(?:transcript|record|log))?"
    r"(?:[ _-]?(?:id|no\.?|nr\.?|num|number))?\s*[#:.=–—-]*\s*#?"
    r"(?P<id>(?=[\w-]*\d)[\w-]{1,40})(?:\s*[\])]|\s*[:.,|(–—-].{0,100}|\s+of\s+\d+.{0,40})?",
    re.IGNORECASE,
)
_STARTS: Final = re.compile(
    r"(?:the )?(?:call|phone call|chat|conversation|transcript|recording)s?\s*(?:transcript )?"
    r"(?:starts?|started|starting|begins?|start)\W*(?:at .{1,30})?"
    r"|(?:start|beginning) of (?:the )?(?:call|transcript|chat).{0,20}",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"\b(?:(?:thank you|thanks) for (?:calling|contacting|choosing|reaching|your call)"
    r"|how (?:can|may|could) (?:i|we)|good (?:morning|afternoon|evening|day)|morning|hello|hi|hey|hiya|dear"
    r"|speaking|this is|my name is|welcome to)\b",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"\b(?:bye|goodbye|cheers|ta|take care|farewell|(?:have|enjoy) (?:a|the|your) \w+|good ?night|regards"
    r"|(?:thanks?|thank you)(?! for (?:confirming|that|the|holding|your patience|waiting)))\b",
    re.IGNORECASE,
)
_LONG_ENOUGH: Final = 2
_MOST_KINDS: Final = 20
_RESET_TO: Final = 10.0
_RESET_FROM: Final = 30.0
_LATE: Final = 20 * 3600.0
_DOUBT: Final = (
    "The text has parts that each begin like a call; it was read as one call. If it holds several, put a "
    "line such as 'Call 1', 'Call 2' above each."
)

# Line numbers at which a call begins, with the id that stands there.
Places = dict[int, str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one call, and the id that its heading gives it."""

    lines: list[Line]
    id: str | None = None


def calls_in(lines: list[Line]) -> tuple[list[Part], str | None]:
    """The calls of a text, and a warning where it may hold more calls than were told apart.

    Numbered headings, start marks and times that begin anew part calls. Rules, plain headings and headers do
    only where most parts open and close as calls do, for they part the phases of one call as well.
    """
    seen = Counter(key_of(line.label) for line in lines if line.label)
    speech = [
        number
        for number, line in enumerate(lines)
        if line.label and (line.label.sure or seen[key_of(line.label)] > 1)
    ]
    turns = _TurnCount(len(lines), speech)
    for places in (_numbered(lines), _started(lines), _clock_begins_anew(lines, speech)):
        parts = _parts(lines, turns, places)
        if len(parts) > 1:
            return parts, None
    doubtful = False
    for places in islice(_separators(lines), _MOST_KINDS):
        parts = _parts(lines, turns, places)
        if len(parts) > 1 and _are_calls(parts):
            return parts, None
        doubtful = doubtful or (len(parts) > 1 and _may_be_calls(parts))
    return [Part(lines)], _DOUBT if doubtful else None


def _numbered(lines: list[Line]) -> Places:
    """Headings of numbered calls. A number given twice in a row, in heading and header, counts once."""
    found: Places = {}
    last = ""
    for number, line in enumerate(lines):
        if line.kind in ("blank", "rule") or len(line.text) > 160:
            continue
        match = _NUMBERED.fullmatch(undecorated(line.text.strip("[]()=-~<>* ")))
        if match is None or match["id"] == last or (match["thing"] and not _is_title(line)):
            continue
        # Not isdigit(): "²" is a digit that int() does not read.
        both = last.isdecimal() and match["id"].isdecimal()
        follows = both and int(match["id"]) == int(last) + 1
        if follows or _stands_alone(lines, number):
            last = match["id"]
            found[number] = last
    return found


def _is_title(line: Line) -> bool:
    """Whether a case or ticket heads what follows: it may as well be what somebody speaks about."""
    return line.kind == "heading" or bool(re.search(r"\bid\b", line.text, re.IGNORECASE))


def _stands_alone(lines: list[Line], number: int) -> bool:
    """Whether the line is no wrapped piece of speech: no words of a turn stand right above it."""
    above = lines[number - 1] if number else None
    return above is None or lines[number].kind == "heading" or above.kind != "text" or _is_field(above)


def _is_field(line: Line) -> bool:
    return line.kind == "text" and line.label is None and ":" in line.text[:40]


def _started(lines: list[Line]) -> Places:
    places = [
        number
        for number, line in enumerate(lines)
        if line.kind in ("end", "aside", "heading") and _STARTS.fullmatch(line.text.strip("*_#[]()=-~. \t"))
    ]
    return dict.fromkeys(places)


def _clock_begins_anew(lines: list[Line], speech: list[int]) -> Places:
    """Where times fall back to the start of a call; past midnight they do as well, and with a day each."""
    found: Places = {}
    first: Stamp | None = None
    last = 0.0
    for number, line in enumerate(lines):
        stamp = line.stamp
        if stamp is None or stamp.day is not None or not speech or number < speech[0]:
            continue
        first = first or stamp
        fell = stamp.start <= _RESET_TO and _RESET_FROM <= last < _LATE
        if fell and not passes_midnight(first, stamp):
            found[number] = None
        last = stamp.start
    return found


def _separators(lines: list[Line]) -> Iterator[Places]:
    """The places of each kind of heading, rule and header field, the weightiest kind first."""
    kinds: dict[str, Places] = {}
    for number, line in enumerate(lines):
        if line.kind in ("rule", "heading"):
            kinds.setdefault(line.mark, {})[number] = None
        elif _is_field(line) and number and lines[number - 1].kind != "text":
            kinds.setdefault("field " + line.text.partition(":")[0].strip("*_ ").lower(), {})[number] = None
    for mark in sorted(kinds, key=lambda mark: (mark.startswith("field"), mark.strip("#") != "", len(mark))):
        yield kinds[mark]


def _parts(lines: list[Line], turns: _TurnCount, places: Places) -> list[Part]:
    """The text cut at the places; what holds no conversation goes to the part that follows it."""
    if not places:
        return []
    cuts = {_top_of_header(lines, place): call_id for place, call_id in places.items()}
    parts: list[Part] = []
    begin, pending = 0, None
    for cut, end in pairwise([0, *(place for place in cuts if place), len(lines)]):
        pending = cuts.get(cut) or pending
        if turns.between(cut, end) >= _LONG_ENOUGH:
            parts.append(Part(lines[begin:end], pending))
            begin, pending = end, None
    return [*parts[:-1], Part(parts[-1].lines + lines[begin:], parts[-1].id)] if parts else []


class _TurnCount:
    """How many lines of speech there are between two lines."""

    def __init__(self, size: int, spoken: list[int]) -> None:
        self._before = [0] * (size + 1)
        for number in spoken:
            self._before[number + 1] = 1
        for number in range(size):
            self._before[number + 1] += self._before[number]

    def between(self, begin: int, end: int) -> int:
        return self._before[end] - self._before[begin]


def _top_of_header(lines: list[Line], place: int) -> int:
    """The first line of the header that a heading or field stands in."""
    top = place
    for number in range(place - 1, max(place - 30, -1), -1):
        line = lines[number]
        if line.kind in ("rule", "heading", "time") or _is_field(line):
            top = number
        elif line.kind != "blank" and not _is_introduction(line):
            break
    return top


def _are_calls(parts: list[Part]) -> bool:
    """Whether most later parts open as calls do, and nearly all stand where one closes or one opens."""
    opened = [_says(part, _OPENING, slice(0, 2)) for part in parts[1:]]
    closed = [_says(part, _CLOSING, slice(-2, None)) for part in parts[:-1]]
    either = [a or b for a, b in zip(opened, closed, strict=True)]
    both = [a and b for a, b in zip(opened, closed, strict=True)]
    return (
        sum(opened) >= 0.6 * len(opened) and 4 * sum(either) >= 3 * len(either) and 2 * sum(both) >= len(both)
    )


def _may_be_calls(parts: list[Part]) -> bool:
    """Whether half of the later parts open as calls do."""
    opened = [_says(part, _OPENING, slice(0, 2)) for part in parts[1:]]
    return 2 * sum(opened) >= len(opened)


def _says(part: Part, words: re.Pattern[str], which: slice) -> bool:
    turns = [line for line in part.lines if line.label and not _is_introduction(line)]
    return any(words.search(line.said[:400]) for line in turns[which])


def _is_introduction(line: Line) -> bool:
    """`Agent: Dana`, above a call."""
    return line.label is not None and line.label.role is not None and is_name(line.said)
