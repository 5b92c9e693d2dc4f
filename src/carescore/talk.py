"""Facts about the talk in a call, each with a stated definition: shares, gaps, silence, questions.

They are facts, not scores: what is good differs by kind of call, and none of them enters a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Any, Final, TypeVar

from carescore.results import CallScore
from carescore.talk_words import asked_sentences, has_punctuation, talk_words
from carescore.timeline import Span, interruptions, long_silences, overlaps_known, silences, timeline
from carescore.transcript import Role, Transcript, Turn

if TYPE_CHECKING:
    import pandas as pd

_QUESTIONS: Final = ("open_question", "closed_question", "understanding_check")
_LEAST_TALK: Final = 10.0  # seconds from which a pace can be told
_WRITTEN: Final = ("chat", "email")
_Amount = TypeVar("_Amount", int, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """The facts of one call, as `definitions()` states them. `None` where the transcript does not tell.

    `questions_by` is how questions were counted: "behaviours", "question marks" or `None`.
    """

    call_id: str
    agent: str | None
    channel: str | None
    duration: float | None
    talk_share: float | None
    word_share: float | None
    longest_monologue: float | None
    longest_monologue_words: int | None
    longest_story: float | None
    longest_story_words: int | None
    response_gap: float | None
    interruptions: int | None
    interrupted: int | None
    silence: float | None
    long_silences: int | None
    longest_silence: float | None
    holds: int | None
    hold: float | None
    questions: int | None
    open_questions: int | None
    questions_by: str | None
    words_per_minute: float | None
    customer_words_per_minute: float | None
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The facts as plain data."""
        return asdict(self)


def definitions() -> Mapping[str, str]:
    """What each fact is, in words and with its unit, in the order of `TalkFacts`."""
    return talk_words().definitions


def talk_facts(call: Transcript, result: CallScore | None = None) -> TalkFacts:
    """The facts of one call. With its `result`, questions are counted by the behaviours found in it."""
    turns = [turn for turn in call.turns if turn.role != "system" and turn.text.strip()]
    roles = {turn.role for turn in turns}
    notes: list[str] = []
    if not {"agent", "customer"} <= roles:
        notes.append("Agent and customer are not both known in this call, so shares and gaps are not told.")
    facts: dict[str, Any] = dict.fromkeys(field.name for field in fields(TalkFacts))
    facts |= {"call_id": call.call_id, "agent": call.agent, "channel": call.channel}
    facts |= _in_words(turns)
    facts |= _questions(turns, result)
    if call.channel in _WRITTEN:
        facts["response_gap"] = _response_gap(turns, written=True)
    else:
        spans, reason = timeline(call)
        if reason is not None:
            notes.append(reason)
        if spans:
            facts |= _in_time(spans, notes)
            facts["response_gap"] = _response_gap(turns, written=False)
    return TalkFacts(**{**facts, "notes": tuple(notes)})


def talk_frame(facts: Iterable[TalkFacts]) -> pd.DataFrame:
    """A pandas frame with a row a call; what the transcript does not tell is missing, never 0."""
    import pandas as pd

    names = [field.name for field in fields(TalkFacts)]
    frame = pd.DataFrame([one.to_dict() for one in facts], columns=names)
    numbers = [name for name in names if name in definitions()]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _in_words(turns: Sequence[Turn]) -> dict[str, Any]:
    agent, customer = _words(turns, "agent"), _words(turns, "customer")
    stretches = [(turn.role, len(turn.text.split()), _sound(turn)) for turn in turns]
    return {
        "word_share": round(agent / (agent + customer), 4) if agent and customer else None,
        "longest_monologue_words": _longest(stretches, "agent", 0),
        "longest_story_words": _longest(stretches, "customer", 0),
    }


def _in_time(spans: Sequence[Span], notes: list[str]) -> dict[str, Any]:
    talk = {role: sum(s.seconds for s in spans if s.role == role) for role in ("agent", "customer")}
    both = talk["agent"] + talk["customer"]
    duration = max(span.end for span in spans) - spans[0].start
    quiet = list(silences(spans))
    held = [silence.seconds for silence in quiet if silence.hold]
    stretches = [(span.role, span.seconds, span.sound) for span in spans]
    two = bool(talk["agent"] and talk["customer"])
    if two and not overlaps_known(spans):
        notes.append("No two turns overlap here; recognisers often cut overlaps away, so 0 may not be true.")
    return {
        "duration": round(duration, 3),
        "talk_share": round(talk["agent"] / both, 4) if two else None,
        "longest_monologue": _rounded(_longest(stretches, "agent", 0.0)),
        "longest_story": _rounded(_longest(stretches, "customer", 0.0)),
        "interruptions": interruptions(spans, "agent", "customer") if two else None,
        "interrupted": interruptions(spans, "customer", "agent") if two else None,
        "silence": round(sum(s.seconds for s in quiet) / duration, 4) if duration else None,
        "long_silences": len(long_silences(quiet)),
        "longest_silence": round(max((s.seconds for s in quiet), default=0.0), 3),
        "holds": len(held),
        "hold": round(sum(held, 0.0), 3),
        "words_per_minute": _pace(spans, "agent"),
        "customer_words_per_minute": _pace(spans, "customer"),
    }


def _questions(turns: Sequence[Turn], result: CallScore | None) -> dict[str, Any]:
    agent = [turn for turn in turns if turn.role == "agent"]
    if not agent:
        return {}
    if result is not None and result.turns:
        shown = [set(turn.behaviours) for turn in result.turns if turn.speaker == "agent"]
        return {
            "questions": sum(not behaviours.isdisjoint(_QUESTIONS) for behaviours in shown),
            "open_questions": sum("open_question" in behaviours for behaviours in shown),
            "questions_by": "behaviours",
        }
    if not has_punctuation(turn.text for turn in turns):
        return {}
    return {"questions": sum(asked_sentences(t.text) for t in agent), "questions_by": "question marks"}


def _response_gap(turns: Sequence[Turn], *, written: bool) -> float | None:
    """Median seconds from a customer's turn to the agent's next, listening sounds passed over."""
    gaps = []
    waiting: float | None = None
    for turn in turns:
        if turn.start is None or (_sound(turn) and not written):
            continue
        if turn.role == "agent" and waiting is not None:
            gaps.append(max(turn.start - waiting, 0.0))
        said = turn.start if written else turn.end
        waiting = said if turn.role == "customer" else None
    return round(median(gaps), 3) if gaps else None


def _longest(stretches: Sequence[tuple[Role, _Amount, bool]], role: Role, none: _Amount) -> _Amount | None:
    """The largest sum over turns of a role that only others' listening sounds break; `None` without one."""
    longest = run = none
    found = False
    for speaker, amount, sound in stretches:
        if speaker == role:
            run += amount
            found = True
        elif not sound:
            run = none
        longest = max(longest, run)
    return longest if found else None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _pace(spans: Sequence[Span], role: Role) -> float | None:
    own = [span for span in spans if span.role == role]
    seconds = sum(span.seconds for span in own)
    return round(sum(span.words for span in own) / seconds * 60, 1) if seconds >= _LEAST_TALK else None


def _words(turns: Sequence[Turn], role: Role) -> int:
    return sum(len(turn.text.split()) for turn in turns if turn.role == role)


def _sound(turn: Turn) -> bool:
    return talk_words().is_listening(turn.text)
