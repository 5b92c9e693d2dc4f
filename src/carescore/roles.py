"""Who is the agent: told by the file, given by the user, left over by elimination, or guessed openly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from carescore.elimination import last_role
from carescore.errors import TranscriptError
from carescore.readers.text_labels import is_name, label_of
from carescore.role_guess import guess_roles
from carescore.transcript import Role, RoleGuess, RoleSource, Transcript, Turn

# Where a guess is taken. On calls that had no part in fitting it (written ones left out file by file, and
# 1,672 public help-desk threads) guesses from 0.9 up were right in 100 % and 99.8 %, and covered 91 % and
# 79 % of the calls; of chats between equals, where no guess is right, 9 % reach it. At 0.8 that is 20 %.
CONFIDENT: Final = 0.9

_HOW_TO_SAY: Final = 'Say agent="{speaker}" (or --agent on the command line) to decide it yourself.'
_ALONE: Final = "It is not known who the agent is: only one person speaks under a label of their own. "
_NOBODY: Final = re.compile(r"(?:unknown|unidentified)\b.*", re.IGNORECASE)
_CHANNEL: Final = re.compile(r"(?:channel|ch|speaker|spk|s)?[ _-]?0*(\d{1,3})", re.IGNORECASE)


def assign(transcript: Transcript, *, agent: str | None = None) -> Transcript:
    """The call with the role of each speaker, where it can be known.

    `agent` is a speaker's label, the name in it, or a channel; it beats what the file tells, but for a
    customer beside a told agent, which raises `TranscriptError`. Without it roles that the file tells are
    kept, and a speaker left over gets the role left over. Otherwise the
    agent is guessed: the guess is in `role_guess`, with a warning, and is taken if it is `CONFIDENT`.
    """
    if agent is not None:
        return _given(transcript, agent)
    roles = _roles(transcript)
    if "unknown" not in roles.values():
        return transcript
    left = last_role(roles)
    if left is not None:
        return _with_roles(transcript, dict([left]), "joined")
    return _guessed(transcript, roles)


def _roles(transcript: Transcript) -> dict[str, Role]:
    """The role of each speaker; unknown if any of their turns is."""
    roles: dict[str, Role] = {}
    for turn in transcript.turns:
        if roles.setdefault(turn.speaker, turn.role) != turn.role and turn.role == "unknown":
            roles[turn.speaker] = "unknown"
    return roles


def _with_roles(
    transcript: Transcript,
    roles: Mapping[str, Role],
    source: RoleSource,
    *,
    chosen: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Transcript:
    """The call with these roles where a turn has none, and on all turns of the chosen speaker."""

    def with_role(turn: Turn) -> Turn:
        if turn.speaker not in roles or (turn.role != "unknown" and turn.speaker != chosen):
            return turn
        return replace(turn, role=roles[turn.speaker], role_source=source)

    agents = [speaker for speaker, role in roles.items() if role == "agent"]
    return replace(
        transcript,
        turns=tuple(map(with_role, transcript.turns)),
        agent=transcript.agent or (_name(agents[0]) if len(agents) == 1 else None),
        warnings=(*transcript.warnings, *warnings),
    )


def _name(speaker: str) -> str | None:
    """The person's name in a label, if it has one."""
    label = label_of(speaker)
    return label.name if label is not None and label.name is not None and is_name(label.name) else None


def _given(transcript: Transcript, agent: str) -> Transcript:
    """The call with the agent that the user names; those without a role are customers."""
    roles = _roles(transcript)
    speakers = _named(tuple(roles), agent)
    if not speakers and transcript.agent and transcript.agent.casefold() == agent.strip().casefold():
        speakers = [speaker for speaker, role in roles.items() if role == "agent"]
    if len(speakers) != 1:
        problem = (
            f"'{agent}' fits {len(speakers)} speakers" if speakers else f"no speaker is called '{agent}'"
        )
        labels = ", ".join(f"'{speaker}'" for speaker in roles)
        raise TranscriptError(
            f"{problem}. The speakers are {labels}. Give one of these as the agent.",
            source=transcript.source,
            place=transcript.call_id,
        )
    others = [f"'{speaker}'" for speaker, role in roles.items() if role == "agent"]
    if roles[speakers[0]] == "customer" and others:
        raise TranscriptError(
            f"the file tells that '{speakers[0]}' is the customer and {' and '.join(others)} the agent. Name "
            "nobody, and the file decides; if it has the sides the wrong way round, change its labels.",
            source=transcript.source,
            place=transcript.call_id,
        )
    given: dict[str, Role] = {}
    for speaker, role in roles.items():
        if role == "unknown":
            given[speaker] = "customer"
    given[speakers[0]] = "agent"
    return _with_roles(transcript, given, "given", chosen=speakers[0])


def _named(speakers: tuple[str, ...], agent: str) -> list[str]:
    """The speakers meant: by the whole label, else by the name in it, by a word of it, by channel number."""
    wanted = agent.strip().casefold()
    words = re.findall(r"\w+", wanted)
    channel = _CHANNEL.fullmatch(wanted)

    def by_name(speaker: str) -> bool:
        label = label_of(speaker)
        return label is not None and (label.name or "").casefold() == wanted

    def by_word(speaker: str) -> bool:
        label = label_of(speaker)
        name = (label.name if label is not None and label.name else speaker).casefold()
        inside = re.findall(r"\w+", name)
        return bool(words) and any(inside[n : n + len(words)] == words for n in range(len(inside)))

    def by_channel(speaker: str) -> bool:
        found = _CHANNEL.fullmatch(speaker.strip())
        return channel is not None and found is not None and found[1] == channel[1]

    if not wanted:
        return []
    for fits in (lambda speaker: speaker.strip().casefold() == wanted, by_name, by_channel, by_word):
        found = [speaker for speaker in speakers if fits(speaker)]
        if found:
            return found
    return []


def _guessed(transcript: Transcript, roles: dict[str, Role]) -> Transcript:
    """The call with the guess, taken if it is sure enough."""
    people = {
        s: r for s, r in roles.items() if r in ("agent", "customer", "unknown") and not _NOBODY.match(s)
    }
    unknown = [speaker for speaker, role in people.items() if role == "unknown"]
    if not unknown and len(people) > 1:
        return transcript
    if len(people) < 2:
        return transcript.with_warning(_ALONE + _HOW_TO_SAY.format(speaker=next(iter(people or roles))))
    guess, guessed = guess_roles(transcript, people)
    transcript = replace(transcript, role_guess=guess)
    if guess.confidence < CONFIDENT:
        return transcript.with_warning(_unsure(guess))
    return _with_roles(transcript, guessed, "guessed", warnings=(_sure(guess, guessed),))


def _sure(guess: RoleGuess, roles: Mapping[str, Role]) -> str:
    agents = [speaker for speaker, role in roles.items() if role == "agent"]
    why = ", ".join(guess.reasons)
    who = " and ".join(agents) + (" is the agent" if len(agents) == 1 else " are agents")
    if not agents:
        who = " and ".join(roles) + (" is a customer" if len(roles) == 1 else " are customers")
    how = _HOW_TO_SAY.format(speaker="..." if agents else guess.speaker)
    return f"Guessed that {who} (confidence {guess.confidence:.2f}: {why}). {how}"


def _unsure(guess: RoleGuess) -> str:
    why = ", ".join(guess.reasons) or "nothing tells them apart"
    return (
        f"It is not known who the agent is; {guess.speaker} is the likeliest (confidence "
        f"{guess.confidence:.2f}: {why}), which is not enough. " + _HOW_TO_SAY.format(speaker=guess.speaker)
    )
