"""Lines of plain text: what each is, and which label, time and words it may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from carescore.readers.dates import DATE, day_in
from carescore.readers.text_labels import Label, is_name, label_of, undecorated
from carescore.readers.text_times import STAMP, Stamp, leading, stamp_of

Kind = Literal["blank", "rule", "heading", "aside", "time", "end", "text"]
Head = tuple[str, Stamp | None, str]

# Spaces and colons of other alphabets become plain ones; marks that take no room go.
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
        **dict.fromkeys(
            "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00",
            "",
        ),
        **dict.fromkeys("\u2028\u2029\x85\x0b", "\n"),
        "\x0c": "\n\x0c\n",
        "\uff1a": ":",
    }
)
_RULE: Final = re.compile(r"(?:[-=_*~#+][ ]?){3,}|\x0c|```\w*|~~~\w*|\|?(?:\s*:?-{2,}:?\s*\|)+[\s:-]*")
_LIST_MARK: Final = re.compile(r"(?:>+[ \t]+)*(?:[-*•–][ \t]+|\d{1,5}[.):]?[ \t]+)?")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*")
_ASIDE: Final = re.compile(r"[*_ ]*[\[(].*[\])][*_ .]*|\[[^\[\]]*|\*[^*]+\*|\*{3}[^*]+\*{3}|_[^_]+_")
_REDACTED: Final = re.compile(
    r"[\[(*]*(?:PII|REDACTED|MASKED|[A-Z_ ]*(?:NAME|PHONE|NUMBER|ADDRESS|EMAIL|CARD|ACCOUNT|DATE|SSN|AMOUNT"
    r"|LOCATION|CITY)[A-Z_ ]*)(?:[-_ ]?\d+)?[\])*.,?!]*"
)
_END: Final = re.compile(
    r"(?:(?:this is )?the end|end of (?:the |this )?(?:transcript|transcription|call|phone call|conversation"
    r"|chat|recording|audio|session|interaction|file|document)\b.{0,30}"
    r"|(?:the )?(?:call|phone call|chat|conversation|transcript|transcription|recording)(?: has| is)? "
    r"(?:ends?|ended|starts?|started|starting|begins?|concludes?|concluded|disconnected|completed?|over)"
    r"(?:\W+(?:at|here|now|\d\S*|[ap]m))*"
    r"|meeting ended after .{1,40}|this (?:editable )?transcript was computer.generated\b.{0,60}"
    r"|(?:total )?words?(?: count)?\s*:?\s*\d+(?: words)?|transcribed by .{1,60}|\d+ words)",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\d:\d\d")
_SAID_ON: Final = r"(?:\s+(?:wrote|writes|said|says|replied))?(?:,?\s+on)?"
_TIMED: Final = re.compile(
    rf"(?P<head>[^:\n]{{1,60}}?){_SAID_ON}[\s,|@*_–-]*(?P<open>[\[(])?{STAMP}(?(open)[\])])[*_]*"
    r"(?:\s*[:\-–—|][*_]*(?:\s+|$)|(?(open)\s+|\s*$)|$)"
)
# A day without a time beside a label ("[2025-03-03] Agent", "Agent (3 March 2025)"), or alone on a line.
_DAY_BEFORE: Final = re.compile(rf"[\[(]?{DATE}[\])]?[\s,|*_–-]+(?=\S)")
_DAY_BEHIND: Final = re.compile(rf"{_SAID_ON}(?:[\s,|@*_–-]*[\[(]{DATE}[\])]|[\s,|@*_–-]+{DATE})[*_\s]*$")
_DAY_ALONE: Final = re.compile(rf"[-–—=*_#\[(\s]*{DATE}[-–—=*_\])\s:]*")
_BRACKETED: Final = re.compile(r"[*_]*[\[<{(](?P<head>[^\]\[<>(){}:\n]{1,40})[\]>})][*_]*\s*[:\-–—]?[*_]*\s+")
# Zoom's chats: "From Rosa Ito to Everyone: …", in old ones "From  Rosa Ito : …".
_CHAT_HEAD: Final = re.compile(
    r"from\s+(?P<from>.{1,60}?)\s+to\s+.{1,60}|from\s+(?P<old>.{1,60}?)\s", re.IGNORECASE
)
# "[Speaker:0] …", as the tools of Deepgram print it.
_COLON_INSIDE: Final = re.compile(r"\[(speaker|channel):[ ]?(\d{1,3})\][ \t:]*", re.IGNORECASE)
# The first row of a table.
_COLUMNS: Final = re.compile(
    r"\W*(?:speaker|role|participant|who|name)\W+(?:text|message|utterance|words|what)\W*", re.IGNORECASE
)
_LONGEST_HEAD: Final = 100
_NUMBERED_SPEAKER: Final = re.compile(r"[A-Z]{0,3}\d{1,3}|[A-Z]")


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is the line as speech that goes on; `label` and `said` are set if it may begin a turn.

    `mark` tells headings of one kind from others ("##", "**", "---"); `timed`: a time sets the label off;
    `alone`: the label stands on a line of its own, without a colon.
    """

    kind: Kind
    text: str = ""
    mark: str = ""
    stamp: Stamp | None = None
    label: Label | None = None
    said: str = ""
    timed: bool = False
    alone: bool = False


def lines_of(text: str, style: str) -> list[Line]:
    """Every line, read in one of `STYLES` of setting a label apart from the words."""
    head_of = STYLES[style]
    known: dict[str, Label | None] = {}

    def label(head: str) -> Label | None:
        if len(head) > _LONGEST_HEAD:
            return None
        if head not in known:
            known[head] = label_of(head)
        return known[head]

    lines: list[Line] = []
    below_time = False
    for raw in text.translate(_PLAIN).split("\n"):
        line = _line(raw.strip(" \t"), head_of, label)
        if line.label is not None:
            timed = line.timed or below_time
            line = replace(line, timed=timed, alone=style == _OWN_LINE and not timed)
        lines.append(line)
        if line.kind != "blank":
            below_time = line.kind == "time"
    lines = _with_days(lines)
    return _without_signatures(lines) if style == _OWN_LINE else lines


def _with_days(lines: list[Line]) -> list[Line]:
    """The lines with the days that stand alone between turns; nobody says these.

    A single one above all times is the day of the call, and says nothing about what its times count from.
    """
    timed = [number for number, line in enumerate(lines) if line.stamp is not None]
    above = ((number, _day_above(lines, number)) for number in timed)
    days = {number: place for number, place in above if place is not None}
    if not days or (len(days) == 1 and timed[0] in days):
        return lines
    found = list(lines)
    for number, place in days.items():
        found[place] = replace(lines[place], kind="aside")
        stamp = lines[number].stamp
        if stamp is not None:
            day = stamp.day or day_in(lines[place].text)
            found[number] = replace(lines[number], stamp=replace(stamp, day=day, of_day=True))
    return found


def _day_above(lines: list[Line], number: int) -> int | None:
    """The line above this one that holds a day and nothing else, if it stands apart from what was said."""
    place = number - 1
    while place > 0 and lines[place].kind == "blank":
        place -= 1
    line = lines[place] if place >= 0 else Line("blank")
    if line.stamp is not None or len(line.text) > _LONGEST_HEAD or not _DAY_ALONE.fullmatch(line.text):
        return None
    apart = place == 0 or lines[place - 1].kind == "blank" or not line.text[0].isalnum()
    return place if apart else None


def _without_signatures(lines: list[Line]) -> list[Line]:
    """Labels alone on a line stand right above the words, where most do; names that sign a letter do not."""
    below = [*lines[1:], Line("blank")]
    alone = [after.kind != "blank" for line, after in zip(lines, below, strict=True) if line.alone]
    if 2 * sum(alone) < len(alone):
        return lines
    return [
        replace(line, label=None, alone=False) if line.alone and after.kind == "blank" else line
        for line, after in zip(lines, below, strict=True)
    ]


def _line(raw: str, head_of: Callable[[str], Head | None], label: Callable[[str], Label | None]) -> Line:
    if not raw.strip("> \t"):  # ">" alone is an empty line of a quotation
        return Line("blank")
    if _RULE.fullmatch(raw):
        return Line("rule", mark=raw[:3])
    heading = _HEADING.fullmatch(raw)
    body = heading[2] if heading else raw[_list_mark(raw) :]
    timed = leading(body) or leading(body.lstrip("*_ "))
    stamp, rest = timed if timed is not None else (None, body)
    bold = timed and rest.startswith(("*", "_")) and not rest.startswith("***")
    rest = rest.lstrip("*_ ") if bold else rest
    if not rest:
        return Line("time", text=raw, stamp=stamp)
    head = head_of(rest)
    if head is not None:
        found = label(head[0])
        if found is not None:
            kind, mark = _kind(rest, heading)
            text = rest if stamp is not None and stamp.bracketed else raw
            behind = head[1] is not None and (head[1].bracketed or (not head[2] and is_name(found.written)))
            timed_label = stamp is not None or behind
            return Line(kind, text, mark, stamp or head[1], found, head[2], timed_label)
    kind, mark = _kind(rest, heading)
    return Line(kind, rest if stamp is not None and stamp.bracketed else raw, mark, stamp)


def _list_mark(raw: str) -> int:
    match = _LIST_MARK.match(raw) if _DAY_BEFORE.match(raw) is None else None
    return match.end() if match is not None else 0


def _kind(rest: str, heading: re.Match[str] | None) -> tuple[Kind, str]:
    """What a line is if it does not begin a turn, and the mark of its heading."""
    bare = rest.strip("*_#[]() \t.=-~")
    if not bare:
        return "aside", ""
    if _END.fullmatch(bare):
        return "end", ""
    if heading is not None:
        return "heading", heading[1]
    if (
        len(rest) > 4
        and rest.startswith(("**", "__"))
        and not rest.startswith("***")
        and rest.endswith(("**", "__"))
        and bare.count("**") == 0
    ):
        return ("aside" if rest.strip("*_ ").startswith(("[", "(")) else "heading"), "**"
    if rest.startswith(("==", "--", "~~")) and rest.endswith(("==", "--", "~~")):
        return "heading", rest[:2]
    if _ASIDE.fullmatch(rest) and not _REDACTED.fullmatch(rest):
        return "aside", ""
    return "text", ""


def _by_colon(line: str) -> Head | None:
    timed = _TIMED.match(line[:160]) if _CLOCK.search(line) else None
    if timed is not None:
        return timed["head"], stamp_of(timed), _after(line, timed.end())
    inside = _COLON_INSIDE.match(line)
    if inside is not None:
        return (f"{inside[1]} {inside[2]}", *_said(line[inside.end() :]))
    bracketed = _BRACKETED.match(line)
    if bracketed is not None:
        label = label_of(bracketed["head"])
        if label is not None and label.sure:
            return (bracketed["head"], *_said(line[bracketed.end() :]))
    head, colon, said = line.partition(":")
    if not colon or not head or said.startswith("//"):
        return None
    if said[:1].isdigit() and head[-1].isdigit():
        return None
    head = _without_day(head)
    chat = _CHAT_HEAD.fullmatch(head.lstrip())
    if chat is not None:
        head = chat["from"] or chat["old"]
    if head.strip("*_# ").lower() == "speaker" and _NUMBERED_SPEAKER.fullmatch(said.strip()):
        head, said = said.strip(), ""
    return (head, *_said(said))


def _without_day(head: str) -> str:
    """The label without a day before or behind it."""
    if not any(character.isdigit() for character in head) or len(head) > _LONGEST_HEAD:
        return head
    before = _DAY_BEFORE.match(head)
    head = head[before.end() :] if before is not None else head
    behind = _DAY_BEHIND.search(head)
    return head[: behind.start()] if behind is not None and behind.start() else head


def _said(said: str) -> tuple[Stamp | None, str]:
    """The words after a colon without the marks that closed a bold label, and a time before them."""
    words = _after(said, 0)
    timed = leading(words)
    if timed is not None and timed[0].bracketed:
        return timed
    return None, words


def _after(line: str, place: int) -> str:
    rest = line[place:]
    if rest.startswith(("*", "_")):
        rest = rest.lstrip("*_")
    return rest.strip()


def _by(pattern: re.Pattern[str]) -> Callable[[str], Head | None]:
    def head_of(line: str) -> Head | None:
        match = pattern.match(line)
        if match is None or ":" in match["head"] or _COLUMNS.fullmatch(line):
            return None
        return match["head"], None, _after(line, match.end()).removesuffix("|").rstrip()

    return head_of


def _whole_line(line: str) -> Head | None:
    bare = undecorated(line.rstrip(":* _")) if not line.endswith((",", ".")) else ""
    label = label_of(bare) if bare else None
    alone = label is not None and (label.sure or is_name(bare)) and " - " not in bare
    return (bare, None, "") if alone else None


_OWN_LINE: Final = "own line"
# How a file sets labels apart. The first is what nearly all do; the others are asked where it fails.
STYLES: Final[dict[str, Callable[[str], Head | None]]] = {
    "colon": _by_colon,
    _OWN_LINE: _whole_line,
    "dash": _by(re.compile(r"(?P<head>[^-–—\n]{1,60}?)\s+[-–—]+\s+")),
    "angle": _by(re.compile(r"<?(?P<head>[^<>\n]{1,60}?)\s?>+\s+")),
    "tab": _by(re.compile(r"(?P<head>[^\t\n]{1,60}?)\t+")),
    "pipe": _by(re.compile(r"\|?\s*(?P<head>[^|\n]{1,60}?)\s*\|")),
}
