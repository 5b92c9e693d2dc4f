"""What a customer said that a suggested line can use: the wait, the calls made, what is at stake, for whom.

Everything found is in the customer's own words, turned round where an agent would say them ("my mum" →
"your mum"). What is not found with some certainty is left out; then another line is offered, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from carescore.coaching.clauses import clauses, names_in, plain, turned
from carescore.coaching.playback import nobody, of_somebody, plight, state, told_of
from carescore.coaching.words import Vocabulary

_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_COUNT: Final = rf"\d{{1,5}}(?:[.,]\d{{1,3}})?|(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS}|{_ONES}"
_FEW: Final = "[2-9]|1[0-9]|two|three|four|five|six|seven|eight|nine|ten"
_DURATION: Final = re.compile(
    rf"\b(?P<n>{_COUNT}|half an|an|a couple of|a few|several) ?"
    r"(?P<u>minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?)\b(?! ago| old| each| notice|'s)"
)
_IN_A_QUEUE: Final = re.compile(
    r"\b(?:on hold|hold music|in (?:this|the|your|that|a) (?:queue|music)|on the line|to get through)\b"
)
_BEFORE_A_WAIT: Final = re.compile(
    r"\b(?:been|wait(?:ed|ing)|without|stuck|slept|since|it's now|i've had|stood here|going on)"
    r"(?: [\w']+){0,4}$"
)
_AFTER_A_WAIT: Final = re.compile(
    r"^,? (?:i've been|it's been|i was|of waiting|waiting|without|and nothing|on hold|it has been|now and)\b"
)
_NOT_YET_OVER: Final = re.compile(
    r"\b(?:in|within|takes?|every|per|said|says|told|only|another|next|wait|free|last)$"
)
_OFTEN: Final = re.compile(
    r"\b(?P<verb>called|rung|rang|phoned|emailed|e-mailed|written|wrote|messaged|texted|"
    r"been (?:in|back|down|round|there|here)|come in|came in)(?: [\w']+){0,3}? "
    rf"(?:(?P<twice>twice)|(?P<n>{_FEW}) ?(?:times|x)\b)"
)
_COUNTED: Final = re.compile(rf"\b(?P<n>{_FEW}) (?:calls|emails|letters|messages|phone calls|chats)\b")
_NTH: Final = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|2nd|3rd|4th|5th) (?:call|chat|email|letter|message)\b"
)
_CALLS: Final = {"called": "calls", "rung": "calls", "rang": "calls", "phoned": "calls",
                 "emailed": "emails", "e-mailed": "emails"}  # fmt: skip
_HUNDREDS: Final = rf"(?:(?:{_COUNT}|a) )?hundred(?: and (?:{_COUNT}))?|(?:{_COUNT})(?: thousand)?"
_MONEY: Final = re.compile(
    r"[£$€] ?\d[\d,]*(?:\.\d\d)?|"
    rf"\b(?:\d[\d,]*(?:\.\d\d)?|{_HUNDREDS}) (?:pounds?|quid|euros?|dollars|bucks)\b"
)
_AT_STAKE: Final = re.compile(
    r"\b(?:charged?|charges|fees?|refund|bill|fine|paid|pay(?:ing)?|owed?|missing|gone|took|taken|los[et]|losing|deducted|"
    r"billed|cost|debit|down|pocket|costs|excess)\b"
)
_THEIRS: Final = re.compile(r"\b(?:got|have|only|just|saved|earn|normally|usually|than)\b")
_TIME: Final = (
    r"(?:today|tonight|tomorrow|tmrw)(?: (?:morning|afternoon|evening|night))?|"
    r"this (?:afternoon|evening|weekend)|(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"in (?:an hour|[\w-]+ (?:minutes|mins|hours|days))|"
    r"at (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|noon)"
)
_LACK: Final = re.compile(r"\b(?:no|without(?: any)?) (?P<w>[a-z-]+(?: [a-z-]+)?)")
_TOLD: Final = re.compile(r"\btold (?:me|us) to (?P<w>[^.!?;:,]{4,60})")
_TERM: Final = re.compile(
    r"\bwhat(?:'s| is| does) (?:an? |the |that |this )?(?P<t>[a-z][a-z-]+(?: [a-z-]+)?)(?: mean)?\?|"
    r"\bwhat (?:an? |the )?(?P<u>[a-z-]+(?: [a-z-]+)?) (?:means|is)\b"
)
_NO_TERM: Final = frozenset(
    {
        "that",
        "this",
        "it",
        "you",
        "the",
        "problem",
        "happening",
        "going",
        "point",
        "next",
        "now",
        "wrong",
        "to",
        "do",
    }
)
_SAYS_OF_THEMSELVES: Final = (
    r"(?:i'm|im|i am|i was|we're|we are|i feel|feeling|getting|kinda|bit|making me|makes me)"
    r"(?: (?:so|really|very|just|properly|a bit|quite|getting|still|now|kinda|absolutely|a little))*"
)
_DIED: Final = re.compile(
    r"\b(?:he|she|they|who|him|her)(?:'s| has| had| only| just| all)* "
    r"(?:died|dead|passed away|passed on|passed in)\b"
)
_GONE: Final = r"(?: \w+)?(?:,? (?:has |he |she |they |just |only |who )*)? ?(?:died|passed|dead|death)"


_LEAST_OF_WHAT, _MOST_OF_WHAT = 3, 8  # words of "tired of explaining this again"


def read_facts(opening: str, before: Sequence[str], vocabulary: Vocabulary) -> dict[str, str]:
    """The slots that an opening fills, each in the words to be said: `{"wait": "three days", …}`.

    `before` is what the customer said earlier in the call: only a loss is taken from there.
    """
    text = plain(opening)
    found = {name: find(text, vocabulary) for name, find in _FINDERS.items()}
    found.update(zip(("did", "did2"), told_of(text, vocabulary.deeds), strict=False))
    found["hit"] = next(iter(told_of(text, vocabulary.blows, vocabulary.cannot)), None)
    if found["hit"] in (found.get("did"), found.get("did2")):
        found.pop("did2", None)
    found["lost"] = next(
        (gone for said in (opening, *before) if (gone := _lost(plain(said), vocabulary))), None
    )
    names = names_in(opening)
    return {name: _with_names(words, names) for name, words in found.items() if words}


def _with_names(words: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(word, word) for word in words.split())


def is_grave(customer_turns: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the customer told of a death or a like blow."""
    said = [plain(text) for text in customer_turns]
    return any(vocabulary.is_grave(text) or _DIED.search(text) or _lost(text, vocabulary) for text in said)


def _hold(text: str, vocabulary: Vocabulary) -> str | None:
    """How long they were kept on the line."""
    for match in _DURATION.finditer(text):
        if _IN_A_QUEUE.search(text[max(0, match.start() - 40) : match.end() + 30]):
            return _long(match)
    return None


def _wait(text: str, vocabulary: Vocabulary) -> str | None:
    """How long it has gone on; not how long it will."""
    if _hold(text, vocabulary):
        return None
    for match in _DURATION.finditer(text):
        ahead = text[max(0, match.start() - 50) : match.start()].rstrip()
        goes_on = _BEFORE_A_WAIT.search(ahead) or _AFTER_A_WAIT.search(text[match.end() : match.end() + 30])
        if goes_on and not _NOT_YET_OVER.search(ahead):
            return _long(match)
    return None


def _long(match: re.Match[str]) -> str:
    number = re.sub(rf"^({_TENS}) ({_ONES})$", r"\1-\2", match["n"])
    unit = {"min": "minutes", "mins": "minutes", "hr": "hour", "hrs": "hours", "wk": "week", "wks": "weeks"}
    return f"{number} {unit.get(match['u'], match['u'])}"


def _calls(text: str, vocabulary: Vocabulary) -> str | None:
    """How often they had to get in touch: "four calls", "a third email", "three visits"."""
    if match := _OFTEN.search(text):
        went = match["verb"].startswith(("been", "come", "came"))
        kind = "visits" if went else _CALLS.get(match["verb"], "messages")
        return f"{'two' if match['twice'] else match['n']} {kind}"
    if match := _COUNTED.search(text):
        return match[0]
    match = _NTH.search(text)
    return f"a {match[0]}" if match else None


def _event(text: str, vocabulary: Vocabulary) -> str | None:
    """What cannot be moved, with its time: "your wedding on Saturday"."""
    pattern = (
        rf"\b(?P<whose>my|our|the|an?) (?P<of>[a-z]+'s )?(?P<event>{vocabulary.alternatives('events')})"
        rf"(?:'s| is| are)? (?P<when>{_TIME})\b"
    )
    match = re.search(pattern, text)
    if match is None:
        return None
    whose = "the" if match["whose"] == "the" else "your"
    return turned(f"{whose} {match['of'] or ''}{match['event']} {match['when']}".split())


def _person(text: str, vocabulary: Vocabulary) -> str | None:
    """For whom they worry, if they say how it is with them now."""
    pattern = (
        rf"\b(?:my|our) (?P<who>{vocabulary.alternatives('people')})"
        r"(?:'s|'re| is| are| can't| cant| needs?| has)\b"
    )
    match = re.search(pattern, text)
    return f"your {match['who']}" if match else None


def _feeling(text: str, vocabulary: Vocabulary) -> str | None:
    """What they say they feel; never a guess."""
    match = re.search(rf"\b{_SAYS_OF_THEMSELVES} (?P<f>{vocabulary.alternatives('feelings')})\b", text)
    return turned(match["f"].split()) if match else None


def _tired(text: str, vocabulary: Vocabulary) -> str | None:
    """What they say they are tired of: "tired of explaining your troubles"."""
    match = re.search(rf"\b{_SAYS_OF_THEMSELVES} ((?:sick|tired|fed up) (?:of|with) [^.!?;:,]{{4,60}})", text)
    words = next(clauses(match[1]), []) if match else []
    fits = _LEAST_OF_WHAT <= len(words) <= _MOST_OF_WHAT and not {"you", "your"} & set(words)
    return turned(words) if fits else None


def _lack(text: str, vocabulary: Vocabulary) -> str | None:
    """What they are without: "heating"."""
    for match in _LACK.finditer(text):
        for known in (match["w"], match["w"].split()[0]):
            if known in vocabulary.lacks:
                return known
    return None


def _money(text: str, vocabulary: Vocabulary) -> str | None:
    """What they were charged, lost or are owed; not what they have left."""
    for match in _MONEY.finditer(text):
        around = text[max(0, match.start() - 45) : match.end() + 25]
        ahead = text[max(0, match.start() - 14) : match.start()]
        if _AT_STAKE.search(around) and not _THEIRS.search(ahead):
            return match[0].rstrip(",")
    return None


def _told(text: str, vocabulary: Vocabulary) -> str | None:
    match = _TOLD.search(text)
    words = next(clauses(match["w"]), []) if match else []
    return f"to {turned(words)}" if 1 <= len(words) <= 7 and not {"you", "your", "u"} & set(words) else None


def _term(text: str, vocabulary: Vocabulary) -> str | None:
    """The word that they ask about: "deductible"."""
    match = _TERM.search(text)
    words = (match["t"] or match["u"]).split() if match else []
    return None if not words or _NO_TERM & set(words) else f'"{" ".join(words)}"'


def _lost(text: str, vocabulary: Vocabulary) -> str | None:
    """Who died, if they say so."""
    who = vocabulary.alternatives("people")
    match = re.search(
        rf"\b(?:my|our) (?:late )?(?P<who>{who})(?:{_GONE}|'s (?:funeral|ashes|death))\b|"
        rf"\b(?:lost|losing) my (?P<lost>{who})\b",
        text,
    )
    return f"your {match['who'] or match['lost']}" if match else None


_FINDERS: Final[dict[str, Callable[[str, Vocabulary], str | None]]] = {
    "hold": _hold,
    "wait": _wait,
    "calls": _calls,
    "event": _event,
    "person": _person,
    "feeling": _feeling,
    "tired": _tired,
    "lack": _lack,
    "money": _money,
    "told": _told,
    "term": _term,
    "they": of_somebody,
    "plight": plight,
    "yours": state,
    "nobody": nobody,
}
