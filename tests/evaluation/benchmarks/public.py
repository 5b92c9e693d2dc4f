"""Small invented copies of the public sets, in their shape."""

from __future__ import annotations

import gzip
import json


def write_set(folder, name, conversations):
    """Write conversations given as lists of (speaker, text, labels)."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, turns in enumerate(conversations):
            for turn, (speaker, text, labels) in enumerate(turns):
                row = {
                    "conv_id": f"{name}-{number}",
                    "turn": turn,
                    "speaker": speaker,
                    "text": text,
                    "labels": labels,
                }
                file.write(json.dumps(row) + "\n")


def annomi(count=10):
    none = {"question_exists": "False", "reflection_exists": "False"}
    reflection = {"question_exists": "False", "reflection_exists": "True"}
    opened = {"question_exists": "True", "question_subtype": "open", "reflection_exists": "False"}
    closed = {"question_exists": "True", "question_subtype": "closed", "reflection_exists": "False"}
    return [
        [
            ("agent", "open_question=0.9", opened),
            ("customer", "well", {"client_talk_type": "neutral"}),
            ("agent", "closed_question=0.9 open_question=0.1", closed),
            ("agent", "understanding_check=0.9", reflection),
            ("agent", "empathy=0.9", reflection),
            ("agent", "right", none),
        ]
    ] * count


def politeness(count=30):
    def row(polite, community="Wikipedia"):
        said = "thanks=0.9" if polite else "dismissive=0.9"
        return [("agent", said, {"community": community, "quartile": 1 if polite else -1})]

    middle = [("agent", "thanks=0.1", {"community": "Wikipedia", "quartile": 0})]
    return [row(n % 2 == 0) for n in range(count)] + [middle, row(True, "Cooking")]


def casino(count=10):
    return [
        [
            ("agent", "hello there rapport=0.9", {"conv_a1_points": 3, "strategies": ["small-talk"]}),
            ("customer", "empathy=0.9", {"strategies": ["showing-empathy"]}),
            ("agent", "open_question=0.9", {"strategies": ["elicit-pref", "other-need"]}),
            ("customer", "I need water", {"strategies": ["self-need"]}),
            ("agent", "right", {"strategies": ["non-strategic"]}),
            ("customer", "not labelled", {}),
        ]
    ] * count


def stc3(count=12):
    return [
        [
            (
                "customer",
                f"it does not work rate_overall={1 + n % 5}",
                {f"conv_{key}": [n % 5 - 2, n % 5 - 2 + n % 2] for key in "ASE"},
            ),
            ("agent", "right", {}),
        ]
        for n in range(count)
    ]
