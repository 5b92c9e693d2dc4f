"""What columns and keys are called: the one table of names for the parts of a turn and of a call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

# The names of each part, the surest first; case and everything but letters and digits do not matter.
_OF_TURNS: Final = {
    "call": "callid conversationid convid convoid contactid interactionid sessionid chatid ticketid threadid "
    "dialogueid dialogid transcriptid recordingid meetingid caseid callnumber call conversation ticket "
    "callsid callguid calluuid filename file",
    "speaker": "speakername speaker speakerlabel speakertag authorname sendername fromname participantname "
    "displayname author sender from participant speakerid authorid senderid participantid party who name "
    "person identity username user userid source",
    "role": "role speakerrole participantrole participanttype participantpurpose sendertype authortype "
    "speakertype authorrole senderrole usertype fromtype side",
    "text": "text utterance message content body utterancetext messagetext messagebody transcripttext "
    "speakertext turntext rawtext sentence speech phrase statement value transcript transcription "
    "line comment word punctuatedword said",
    "start": "start starttime startsec startsecs startseconds starts startoffset begin begintime "
    "beginoffset offset timestamp time datetime createdat sentat created ts when date",
    "end": "end endtime endsec endsecs endseconds ends endoffset stop stoptime finish",
    "confidence": "confidence conf asrconfidence confidencescore recognitionconfidence",
    "channel": "channel channeltype medium mediatype media contactchannel",
    "agent": "agentname agent representativename representative repname advisorname advisor operatorname "
    "assignee assigneename csr agentid",
    "started": "startedat started calldate callstart callstarttime callstarted calltime calldatetime "
    "conversationstart conversationdate startdate date",
    "order": "turnindex turnnumber turnorder turnid turnno turn order index sequence sequencenumber seq "
    "seqno position utteranceindex utteranceid utterancenumber messageindex messagenumber linenumber "
    "lineno line messageid",
}
# Names of columns that hold a whole transcript, with its labels, where nothing else holds the words.
_WHOLE: Final = (
    "transcript calltranscript fulltranscript conversationtranscript transcripttext transcription fulltext "
    "conversationtext conversation dialogue dialog chatlog chattranscript chat chathistory turns utterances "
    "messages content text body"
)
_ABOUT_CALLS: Final = {
    "call": _OF_TURNS["call"] + " id uuid guid key name",
    "channel": _OF_TURNS["channel"],
    "agent": _OF_TURNS["agent"],
    "started": _OF_TURNS["started"] + " starttime start startedon timestamp createdat created datetime time",
}
_NAMES: Final = {part: tuple(names.split()) for part, names in _OF_TURNS.items()}
_CALL_NAMES: Final = {part: tuple(names.split()) for part, names in _ABOUT_CALLS.items()}
_TRANSCRIPT: Final = tuple(_WHOLE.split())
# Parts that claim a name before others do: "line" is words only where nothing surer is.
_ORDER: Final = (
    "text",
    "call",
    "speaker",
    "role",
    "start",
    "end",
    "confidence",
    "channel",
    "agent",
    "started",
    "order",
)
_TIMES: Final = frozenset({"start", "end"})
_SIGNS: Final = re.compile(r"[\W_]+")
# "Case Number", "salesforce_case_id", "Chat Ref."; a contact's number is a phone's.
_OF_A_CALL: Final = re.compile(
    r".*(?:(?:call|conversation|convo|chat|ticket|case|session|thread|dialogue?|interaction|transcript|recording"
    r"|meeting|incident|engagement)(?:id|no|nr|num|number|ref|reference|key|guid|uuid|sid)|contact(?:id|ref))"
)
_MILLISECONDS: Final = re.compile(r"(?:in)?(?:ms|msecs?|millis|milliseconds?)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The position of each part of a turn, where there is a column for it.

    `start_unit` and `end_unit` are seconds for each unit of those columns (0.001 where a name says ms).
    """

    call: int | None = None
    speaker: int | None = None
    role: int | None = None
    text: int | None = None
    start: int | None = None
    end: int | None = None
    confidence: int | None = None
    channel: int | None = None
    agent: int | None = None
    started: int | None = None
    order: int | None = None
    start_unit: float = 1.0
    end_unit: float = 1.0

    @property
    def are_turns(self) -> bool:
        """Whether a row with these columns can be a turn: words, and who says them."""
        return self.text is not None and (self.speaker, self.role) != (None, None)


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """A name without case, spaces and signs: "Call ID", "call_id" and "callId" are one."""
    return _SIGNS.sub("", name).casefold()


@lru_cache(maxsize=1024)
def columns_of(names: tuple[str, ...]) -> Columns:
    """Which of these columns or keys hold the parts of a turn; each holds one part."""
    places = _places(names)
    claimed: set[int] = set()
    found: dict[str, Any] = {}
    for part in _ORDER:
        for name in _NAMES[part]:
            place = places.get(name)
            if place is not None and place[0] not in claimed and (place[1] == 1.0 or part in _TIMES):
                found[part] = place[0]
                claimed.add(place[0])
                if part in _TIMES:
                    found[f"{part}_unit"] = place[1]
                break
    if "call" not in found:
        found["call"] = _only_call(places, claimed)
    return Columns(**found)


@lru_cache(maxsize=1024)
def call_columns_of(names: tuple[str, ...]) -> Columns:
    """Which of these columns or keys tell about a whole call: its id, channel, agent and time."""
    places = _places(names)
    found: dict[str, Any] = {part: _first(places, known) for part, known in _CALL_NAMES.items()}
    if found["call"] is None:
        found["call"] = _only_call(places, set())
    return Columns(**found, text=_first(places, _TRANSCRIPT))


def forget() -> None:
    """Remember no name of a column or key any longer; in a table without names they are a turn's words."""
    for remembering in (squeezed, columns_of, call_columns_of):
        remembering.cache_clear()


def used_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns that tell anything about turns or calls."""
    used: set[int] = set()
    for columns in (columns_of(names), call_columns_of(names)):
        parts = (getattr(columns, part) for part in _ORDER)
        used.update(place for place in parts if place is not None)
    return tuple(names[place] for place in sorted(used))


def _only_call(places: dict[str, tuple[int, float]], claimed: set[int]) -> int | None:
    """The column of a call's id under a name of its own, if only one can be it."""
    found = {place for name, (place, _) in places.items() if _OF_A_CALL.fullmatch(name)} - claimed
    return found.pop() if len(found) == 1 else None


def _first(places: dict[str, tuple[int, float]], candidates: Iterable[str]) -> int | None:
    return next((places[name][0] for name in candidates if name in places), None)


def _places(names: Sequence[str]) -> dict[str, tuple[int, float]]:
    """The first place of each squeezed name, and its unit: "start_ms" is "start" in thousandths."""
    places: dict[str, tuple[int, float]] = {}
    for number, written in enumerate(names):
        name = squeezed(written)
        bare = _MILLISECONDS.sub("", name)
        places.setdefault(name, (number, 1.0))
        if bare != name:
            places.setdefault(bare, (number, 0.001))
    return places
