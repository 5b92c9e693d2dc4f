"""A small invented corpus on disk, in the shape that `carescore train` reads."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from carescore.codebook import CRITERIA
from tests.examples import shared_tokenizer

# For each behaviour some ways to say it, so that a model can learn it from a few calls.
SAID = {
    "distress": [
        "I am so upset about this parcel",
        "this is awful and I am upset",
        "honestly I am upset now",
    ],
    "effort": [
        "I have called three times already",
        "I already waited three hours",
        "this is the third time I call",
    ],
    "satisfaction": [
        "that is great, thank you so much",
        "great, thank you, that helps",
        "oh great, thank you",
    ],
    "unresolved": ["no it is still broken", "that does not help, it is still late", "it is still not here"],
}
KIND = {
    "empathy": ["three hours of waiting is really exhausting", "that is exhausting, no wonder you are upset"],
    "ownership": ["let me fix that myself today", "I will ring the depot myself"],
    "solution": ["the refund is on your card now", "I have sent a new parcel out"],
    "next_step": ["you will get a text from the driver", "the driver will bring it to you"],
    "open_question": ["what happened with the parcel", "how did you notice it"],
}
COLD = {
    "dismissive": ["that is not important at all", "you should calm down"],
    "deflection": ["you would have to ask the depot", "that is not my department"],
    "refusal": ["no we cannot do that", "we cannot refund it"],
    "closed_question": ["is it the blue one", "do you have the number"],
}


def invented_call(number: int, chance: random.Random) -> dict[str, Any]:
    """A call of seven turns: in every other one the agent is kind."""
    kind = number % 2 == 0
    agent = list((KIND if kind else COLD).items())
    turns = [
        {
            "speaker": "agent",
            "text": "good morning, how can I help you",
            "labels": ["greeting", "service_offer"],
        }
    ]
    for asked in ("distress", "effort", "satisfaction" if kind else "unresolved"):
        name, ways = chance.choice(agent)
        turns.append({"speaker": "customer", "text": chance.choice(SAID[asked]), "labels": [asked]})
        turns.append({"speaker": "agent", "text": chance.choice(ways), "labels": [name]})
    ratings = {name: chance.choice([4, 5]) if kind else chance.choice([1, 2]) for name in CRITERIA}
    return {"conv_id": f"c-{number}", "channel": "chat", "turns": turns, "ratings": ratings}


def write_corpus(folder: Path, *, calls: int = 24, seed: int = 5) -> Path:
    """Write the corpus and return its folder."""
    chance = random.Random(seed)
    home = folder / "corpus" / "calls"
    home.mkdir(parents=True)
    rows = [invented_call(number, chance) for number in range(calls)]
    for part in range(2):
        lines = [json.dumps(row) for row in rows[part::2] if row]
        (home / f"part{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bank = folder / "corpus" / "bank"
    bank.mkdir()
    (bank / "agent.tsv").write_text("thanks\t\tthank you for calling\n-\tyes\tokay\n", encoding="utf-8")
    (bank / "customer.tsv").write_text("confusion\t\tI do not understand\n", encoding="utf-8")
    write_vectors(folder / "words")
    return folder


def write_vectors(folder: Path) -> Path:
    """Write word vectors in which "awful" and "dreadful" resemble each other."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"awful": [90, 10, 0], "dreadful": [88, 12, 0], "great": [-90, 0, 10], "parcel": [0, 0, 100]}
    ids = shared_tokenizer().ids(list(words)).ids
    order = np.argsort(ids)
    vectors = np.array(list(words.values()), dtype=np.int8)
    save_file({"ids": ids[order], "vectors": vectors[order]}, folder / "vectors.safetensors")
    return folder / "vectors.safetensors"
