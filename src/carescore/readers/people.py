"""Who the speakers of a call are, where another part of the file, or another file, tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from carescore.transcript import Role, Turn


def with_joined_roles(turns: Iterable[Turn], roles: Mapping[str, Role]) -> list[Turn]:
    """The turns with the roles of their speakers, as far as these are known."""
    known = {speaker: role for speaker, role in roles.items() if role != "unknown"}
    return [
        replace(turn, role=known[turn.speaker], role_source="joined") if turn.speaker in known else turn
        for turn in turns
    ]


def agent_named(said: Iterable[tuple[str, str]]) -> tuple[str | None, tuple[str, ...]]:
    """The agent to list a call under, from the name and the words of each thing that agents say.

    It is the one who says most; where there are several a warning names them.
    """
    lengths = Counter[str]()
    for name, words in said:
        lengths[name] += len(words)
    names = [name for name, _ in lengths.most_common()]
    if len(names) < 2:
        return (names[0] if names else None), ()
    return names[0], (f"It has several agents ({', '.join(names)}); it is listed under {names[0]}.",)
