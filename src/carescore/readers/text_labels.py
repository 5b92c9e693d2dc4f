"""What a speaker label says: whose words follow, in which role, and under which name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carescore.readers.role_words import role_of
from carescore.transcript import Role

_LONGEST: Final = 60
_MOST_WORDS: Final = 7

# Words before a colon that head a field, a list or a sentence, and never name a speaker.
_HEADS_OF_FIELDS: Final = (
    "note notes nb ps date time duration length subject title topic summary transcript scene scenario "
    "setting location place url http https link website warning important tip tips example step option "
    "total words id ref reference name names phone mobile telephone email address password username login "
    "port server price cost fee amount balance model make status result results outcome resolution reason "
    "language participants speakers attendees source file filename recorded recording created modified "
    "from to cc bcc sent re fwd attachment attachments page question answer remember also plus however so "
    "first second third firstly secondly finally lastly next then now here there yes no yeah nope okay ok "
    "well and but or because channel category tags tag priority department company product plan issue "
    "problem description background objective goal purpose version type code number account order case "
    "ticket call chat conversation disclaimer conclusion intro introduction opening closing greeting "
    "meanwhile today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday hours hi "
    "hello hey thanks sorry correction update edit remark remarks comment comments sentiment rating score "
    "quality start end begin ended started word dialogue dialog session interaction sample recording "
    "contact info warn error debug trace fatal critical"
)
# Role words that are as often the name of a thing: they must recur, as names must.
_THINGS: Final = (
    "service care sales support lead log event action function developer notification admin member staff "
    "account note notes tool employee manager"
)
# What may follow a role word in a field: "Customer ID", "Agent notes", "User guide".
_AFTER_ROLES: Final = (
    "id ids name names number numbers no phone mobile email mail address account type code ref reference "
    "note notes status since details detail info information issue issues problem problems request query "
    "question side rating feedback satisfaction score review data portal guide manual group team policy "
    "script response responses reply action actions concern concerns profile history age gender language "
    "location segment plan mood sentiment tone persona goal instructions behavior behaviour performance "
    "greeting date time count summary duration"
)
_FIRST_WORDS: Final = (
    "dear hello hi hey yes yeah yep no nope ok okay sure thanks thank goodbye bye good great perfect right "
    "welcome morning afternoon evening alright please sorry correct exactly absolutely certainly fine"
)

_FIELDS: Final = frozenset(_HEADS_OF_FIELDS.split())
_UNSURE: Final = frozenset(_THINGS.split())
_NOUNS: Final = frozenset(_AFTER_ROLES.split())
_NO_NAMES: Final = frozenset(_FIRST_WORDS.split()) | _FIELDS

_DECORATION: Final = " \t*_`~#|•·,-–—"
_AROUND: Final = re.compile(r"(?P<outer>.*?)\s*[\[(](?P<inner>[^\[\]()]*)[\])]?\s*")
_BETWEEN: Final = re.compile(r"\s+[-–—|/]\s+|\s*[,|/]\s*|\s*:\s+")
_ANONYMOUS: Final = re.compile(
    r"(?:unknown|unidentified) speaker(?: \d+)?|(?:guest|s|p)[-_]?\d{1,3}"
    r"|(?:speaker|spk|spkr|channel|ch|person|party|voice|participant)(?:[ _-]?#?\d{1,3}|[ _-][a-z])",
    re.IGNORECASE,
)
_NAME_WORD: Final = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?")
# A full stop inside a label stands after a title, a firm or an initial ("Mr. Ito", "Harbour Inc. agent").
_SENTENCE_END: Final = re.compile(
    r"[?!;…]|\.\.|\b(?!(?:mr|mrs|ms|dr|st|jr|sr|prof|inc|co|ltd|corp|no|[^\W\d_])\.)[^\W\d_]+\.\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """`role` and `name` are `None` where the label does not tell them; `sure`: no proof by repetition needed.

    `phrase` is the role's own words ("agent", "supervisor"), so that two roles of one side stay apart.
    """

    written: str
    role: Role | None = None
    name: str | None = None
    phrase: str = ""
    sure: bool = False


def label_of(head: str) -> Label | None:
    """The label in what stands before a colon, or `None` where that names no speaker.

    >>> label_of("**Agent (Ben)**")
    Label(written='Agent (Ben)', role='agent', name='Ben', phrase='agent', sure=True)
    """
    written = undecorated(head)
    if len(written) > _LONGEST or not 0 < len(written.split()) <= _MOST_WORDS:
        return None
    if _SENTENCE_END.search(written) or "://" in written:
        return None
    if _ANONYMOUS.fullmatch(written):
        return Label(written, name=written, sure=True)
    return _with_role(written) or _of_a_name(written)


def undecorated(text: str) -> str:
    """Text without the marks that make it bold, a heading or a list item; a masked name stays."""
    return text.strip(_DECORATION) or text.strip()


def is_name(text: str) -> bool:
    """Whether the text is a person's name and no more: one to three capitalised words."""
    words = text.split()
    return (
        1 <= len(words) <= 3
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and words[0].lower().rstrip(".") not in _NO_NAMES
    )


def is_field(head: str) -> bool:
    """Whether what stands before a colon heads a field ("Date", "Call ID"), and names no speaker."""
    words = re.findall(r"[^\W\d_]+", head.lower())
    return bool(words) and (words[0] in _FIELDS or words[-1] in _NOUNS)


def tidy_name(name: str) -> str:
    """A name as names are written, also where the label is in capitals."""
    return name.title() if name.isupper() and len(name) > 3 and name[0].isalpha() else name


def _with_role(written: str) -> Label | None:
    """A label that holds a role: alone, beside a name, or around one."""
    role = role_of(written)
    phrase = _letters(written)
    if phrase in ("note", "notes"):
        return None
    if role is not None:
        numbered = written.lower() if re.search(r"\d", written) else phrase
        return Label(written, role, None, numbered, sure=phrase not in _UNSURE)
    for role_words, other in _pairs(written):
        role = role_of(role_words)
        if role is not None:
            name = tidy_name(other) if is_name(other) else None
            return Label(written, role, name, _letters(role_words), sure=True)
    return _role_then_name(written) or _name_then_role(written)


def _pairs(written: str) -> list[tuple[str, str]]:
    """The two parts of `Agent (Ben)`, and of `Agent - Ben` where one is a name; each first, for the role."""
    around = _AROUND.fullmatch(written)
    if around is not None and around["outer"]:
        outer, inner = around["outer"].strip(_DECORATION), around["inner"].strip()
        return [(outer, inner), (inner, outer)]
    parts = _BETWEEN.split(written)
    if len(parts) != 2:
        return []
    return [(a, b) for a, b in (parts, reversed(parts)) if is_name(b)]


def _role_then_name(written: str) -> Label | None:
    """`Agent Ben`, `Customer Service Agent Ben Ito`."""
    words = written.split()
    for cut in range(len(words) - 1, 0, -1):
        role_words, rest = " ".join(words[:cut]), " ".join(words[cut:])
        role = role_of(role_words)
        if role in ("agent", "customer", "bot") and not role_words[-1].isdigit():
            named = is_name(rest) and rest.lower() not in _NOUNS
            sure = named and _letters(role_words) not in _UNSURE
            return Label(written, role, tidy_name(rest), _letters(role_words), sure=sure) if named else None
    return None


def _name_then_role(written: str) -> Label | None:
    """`Northwind Representative`, `Angry Customer`: what stands before is a firm or an adjective."""
    words = written.split()
    if words[0].lower() in _NO_NAMES or "," in written:
        return None
    for cut in range(1, len(words)):
        if not _NAME_WORD.fullmatch(words[cut - 1]):
            return None
        role_words = " ".join(words[cut:])
        role = role_of(role_words)
        if role in ("agent", "customer", "bot"):
            sure = _letters(role_words) not in _UNSURE or len(words) - cut > 1
            return Label(written, role, None, written.lower(), sure=sure)
    return None


def _of_a_name(written: str) -> Label | None:
    """A label without a role: a name, an account, a masked number. It must recur to count."""
    around = _AROUND.fullmatch(written)
    name = around["outer"].strip(_DECORATION) if around is not None and around["outer"] else written
    masked = name[0] in "+*[@"
    if not masked and (is_field(name) or not name[0].isalnum()):
        return None
    return Label(written, None, tidy_name(name))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))
