"""Conversations of a public data set from `NAME*.jsonl.gz`: a row a turn, with the set's own labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carescore.errors import UsageError
from carescore.training.corpus import LabelledCall, LabelledTurn


@dataclass(frozen=True, slots=True)
class PublicConversation:
    """A conversation as the scorer takes it, and for each turn the labels of its data set."""

    call: LabelledCall
    labels: tuple[Mapping[str, Any], ...]


def read_public_set(folder: Path, name: str) -> list[PublicConversation]:
    """The conversations of a set, in the order of the file; empty if the folder does not have it."""
    path = next(iter(sorted(folder.rglob(f"{name}*.jsonl.gz"))), None)
    if path is None:
        return []
    rows: dict[str, list[dict[str, Any]]] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rows.setdefault(str(row["conv_id"]), []).append(row)
        return [_conversation(name, conv_id, turns) for conv_id, turns in rows.items()]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path.name}: cannot be read ({type(error).__name__}). Expected a gzipped JSON object a line: "
            "conv_id, turn, speaker, text, labels."
        ) from None


def turned(conversation: LabelledCall) -> LabelledCall:
    """The conversation with the sides changed, so that each speaker is once the agent."""
    other = {"agent": "customer", "customer": "agent"}
    turns = tuple(
        LabelledTurn(other.get(turn.side, turn.side), turn.text, turn.labels) for turn in conversation.turns
    )
    return LabelledCall(
        conv_id=conversation.conv_id,
        source=conversation.source,
        channel=conversation.channel,
        domain=conversation.domain,
        turns=turns,
        ratings=conversation.ratings,
    )


def _conversation(name: str, conv_id: str, rows: list[dict[str, Any]]) -> PublicConversation:
    turns = tuple(
        LabelledTurn(str(row["speaker"]), " ".join(str(row["text"]).split()), frozenset()) for row in rows
    )
    call = LabelledCall(conv_id, name, "chat", name, turns, {})
    return PublicConversation(call, tuple(dict(row["labels"]) for row in rows))
