"""Calls, results, notes and teams for reports, and copies of them with one text in every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from carescore.notes import (
    Coaching,
    ColleagueMoment,
    Focus,
    MissedMoment,
    Praise,
    Quote,
    Rewrite,
    Story,
)
from carescore.results import CallScore, CriterionScore, Evidence, Moment, Part, TurnBehaviours
from carescore.transcript import Transcript, Turn
from tests.team.examples import FIRST_DAY
from tests.team.examples import result as plain_result

SAID = "I am so sorry that it took us three days to ring you back."
TURNS = (("customer", "It has been off for three days."), ("agent", SAID), ("customer", "Thank you, truly."))
# What is no text of a stranger: one of a few words that the code itself knows.
FIXED = {"schema", "status", "outcome", "role_source", "placement", "role", "speaker"}


def call(call_id: str = "call-1", **facts: Any) -> Transcript:
    """A call of three turns with times."""
    turns = []
    for n, (role, text) in enumerate(TURNS):
        times = {"start": 10.0 * n, "end": 10.0 * n + 8}
        turns.append(Turn(index=n, speaker=role, role=role, role_source="told", text=text, **times))
    return Transcript(call_id=call_id, turns=tuple(turns), **facts)


def evidence(turn: int, behaviour: str, words: str | None = None) -> Evidence:
    """A quote of a whole turn."""
    said = words or TURNS[turn][1]
    return Evidence(
        turn=turn, start=0, end=len(said), quote=said, behaviour=behaviour, probability=0.95, time=10.0 * turn
    )


def criteria(score: float = 70.0) -> tuple[CriterionScore, ...]:
    """One criterion with everything that a criterion can have, and one that does not apply."""
    full = CriterionScore(
        id="empathy",
        name="Empathy",
        status="scored",
        rating=1 + score / 25,
        score=score,
        low=max(score - 20, 0.0),
        high=min(score + 20, 100.0),
        weight=0.5,
        reason="Moments: 1 met.",
        moments=(
            Moment(turn=0, trigger="distress", outcome="met", response_turn=1),
            Moment(turn=0, trigger="effort", outcome="token", response_turn=1),
            Moment(turn=2, trigger="unresolved", outcome="missed", response_turn=None),
        ),
        evidence=(evidence(0, "distress"), evidence(1, "empathy"), evidence(2, "unresolved")),
        arithmetic=(Part(feature="shows empathy", value=0.9, weight=2.0, points=1.8),),
    )
    absent = CriterionScore(
        id="clarity",
        name="Clarity",
        status="not_applicable",
        weight=0.5,
        reason="The call gave no opportunity for it.",
    )
    return full, absent


def result(call_id: str = "call-1", score: float | None = 70.0, **facts: Any) -> CallScore:
    """A result of `call`."""
    rows = criteria(score) if score is not None else ()
    turns = (
        TurnBehaviours(index=0, speaker="customer", behaviours={"distress": 0.9, "effort": 0.7}),
        TurnBehaviours(index=1, speaker="agent", behaviours={"empathy": 0.9, "apology": 0.8}),
        TurnBehaviours(index=2, speaker="customer", behaviours={"satisfaction": 0.9}),
    )
    shown = {"criteria": rows, "turns": turns if score is not None else (), **facts}
    return plain_result(call_id, score, **shown)


def notes() -> Coaching:
    """Notes in which every part and every optional field is there."""
    opening = Quote(turn=0, speaker="customer", role="customer", text=TURNS[0][1], time=0.0)
    answer = Quote(turn=1, speaker="agent", role="agent", text=SAID, time=10.0)
    end = Quote(turn=2, speaker="customer", role="customer", text=TURNS[2][1], time=20.0)
    rewrite = Rewrite(
        text="Three days is long.",
        behaviour="empathy",
        criterion="empathy",
        gain=12.0,
        turn=1,
        placement="instead",
        replaces=SAID,
        turn_text=SAID,
    )
    colleague = ColleagueMoment(
        text="Three days in the cold!",
        opening="Three days.",
        similarity=0.5,
        call_id="call-7",
        agent="Ben",
        turn=3,
    )
    missed = MissedMoment(
        trigger="distress",
        outcome="token",
        behaviour="ownership",
        criterion="empathy",
        opening=opening,
        response=answer,
        what_happened="The answer was kind in general.",
        try_this="Say back one thing that they told you.",
        rewrite=rewrite,
        colleague=colleague,
    )
    return Coaching(
        celebrate=(
            Praise(
                behaviour="empathy",
                quote=answer,
                opening=opening,
                why="They were heard.",
                criterion="empathy",
                worth=9.0,
            ),
        ),
        focus=Focus(
            behaviour="empathy",
            title="Answer what they told you",
            why="Until then nothing helps.",
            try_this="Say back one thing.",
            places=2,
            gain=4.0,
            example=opening,
        ),
        missed_moments=(missed, replace(missed, rewrite=None, colleague=None, response=None)),
        story=Story(text="They were heard in the end.", peak=opening, answer=answer, end=end, last=None),
    )


def team_results(calls: int = 12, *, agents: tuple[str | None, ...] = ("Ana", "Ben")) -> list[CallScore]:
    """The calls of a team, a week apart, with something to celebrate and something missed."""
    praised = "I stay with you on this until somebody has rung your mother back."
    found = []
    for number in range(calls):
        full, absent = criteria(60.0 + number % 5)
        own = f"{praised} Case {number}."
        shown = replace(full, evidence=(*full.evidence, evidence(1, "patience", own)))
        found.append(
            result(
                f"call-{number}",
                60.0 + number % 5,
                agent=agents[number % len(agents)],
                day=FIRST_DAY + timedelta(days=7 * number),
                criteria=(shown, absent),
            )
        )
    return found


def everywhere(thing: Any, text: str) -> Any:
    """Plain data with every text in it replaced, but for what is one of a few words that the code knows."""
    if isinstance(thing, str):
        return text
    if isinstance(thing, Mapping):
        return {key: value if key in FIXED else everywhere(value, text) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return type(thing)(everywhere(item, text) for item in thing)
    return thing


def hostile_result(known: CallScore, text: str, *, behaviour: str | None = None) -> CallScore:
    """A result as a stranger could save it: names, ids, quotes, reasons and hashes are all the text.

    `behaviour` keeps names of behaviours and triggers, where code has words for those it knows.
    """
    data = known.to_dict()
    changed = everywhere(data, text)
    for row in changed["criteria"]:
        for quote in row["evidence"]:
            quote.update(start=0, end=len(text))
    if behaviour is not None:
        for row, old in zip(changed["criteria"], data["criteria"], strict=True):
            for kind, name in (("moments", "trigger"), ("evidence", "behaviour")):
                row[kind] = [
                    {**new, name: before[name]} for new, before in zip(row[kind], old[kind], strict=True)
                ]
    return CallScore.from_dict(changed)


def hostile_call(text: str) -> Transcript:
    """A call with the text as what is said, who says it and all that is known about it."""
    plain = call(agent="x", started="x", source="x", warnings=("x",))
    text = text.encode("utf-8", "replace").decode()  # a transcript refuses halves of surrogate pairs
    turns = tuple(replace(turn, text=text, speaker=text) for turn in plain.turns)
    return replace(plain, call_id=text, turns=turns, agent=text, started=text, source=text, warnings=(text,))


def hostile_notes(text: str) -> Coaching:
    """Notes with the text in every field."""
    data = everywhere(asdict(notes()), text)

    def quote(row: Mapping[str, Any] | None) -> Quote | None:
        return None if row is None else Quote(**row)

    return Coaching(
        celebrate=tuple(
            Praise(**{**row, "quote": quote(row["quote"]), "opening": quote(row["opening"])})
            for row in data["celebrate"]
        ),
        focus=Focus(**{**data["focus"], "example": quote(data["focus"]["example"])}),
        missed_moments=tuple(
            MissedMoment(
                **{
                    **row,
                    "opening": quote(row["opening"]),
                    "response": quote(row["response"]),
                    "rewrite": None if row["rewrite"] is None else Rewrite(**row["rewrite"]),
                    "colleague": None if row["colleague"] is None else ColleagueMoment(**row["colleague"]),
                }
            )
            for row in data["missed_moments"]
        ),
        story=Story(
            **{name: quote(value) if name != "text" else value for name, value in data["story"].items()}
        ),
    )
