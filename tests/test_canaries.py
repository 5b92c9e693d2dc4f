"""Two hundred planted names, cards and codes: in results, where people ask for quotes, and nowhere else.

`tests/test_tokens.py` shows that the tokenizer keeps no word, `tests/redact` that none survives redaction.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from safetensors.numpy import load

from carescore import Scorer, Transcript
from carescore.batch import score_in_batches
from carescore.bundle import ARRAYS, MANIFEST
from carescore.errors import CareScoreError
from carescore.features import word_buckets
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.reading import read_each
from carescore.report.call import call_page
from carescore.saved_results import read_results
from carescore.talk import talk_facts
from carescore.training.train import read_training_data, train
from carescore.trends import team_view
from tests.examples import call, shared_tokenizer
from tests.test_linear_time import FILES
from tests.test_tokens import kept_strings
from tests.training.invented import invented_call, write_corpus

# Any canary, and nothing else: the tests hold this pattern, never the words themselves.
CANARY = r"Zq[a-z]+sk[a-z]i|4929[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|KX-\d{5}-QZ"


def canaries() -> list[str]:
    """80 names, 60 card numbers and 60 codes that occur nowhere else, the same ones each time."""
    chance = random.Random(3)
    letters = "bdfgklmnprstv"
    names = ["Zq" + "".join(chance.choices(letters, k=6)) + f"sk{letters[n % 13]}i" for n in range(80)]
    digits = ["".join(chance.choices("0123456789", k=12)) for _ in range(60)]
    cards = [f"4929 {d[:4]} {d[4:8]} {d[8:]}" if n % 2 else f"4929{d}" for n, d in enumerate(digits)]
    codes = [f"KX-{chance.randrange(10_000, 99_999)}-QZ" for _ in range(60)]
    return [*names, *cards, *codes]


def planted() -> Transcript:
    """A call that holds them all, with enough around them to score and to coach."""
    said = [
        "I am so frustrated, I called you twice already, my name is {} and my card is {}, the code is {}.",
        "How exhausting, {}. I see to it myself today, and I note {} and {} for Monday.",
        "No, it still does not work, {} and {} and {} were no help, I want to speak to your manager.",
        "We cannot refund {}, you would have to ask the department about {} or {}.",
    ]
    words = canaries()
    trios = list(zip(words[:66], words[80:146], words[134:200], strict=True)) + [tuple(words[66:69])] * 4
    rest = words[69:80]
    lines = [f"{'CA'[n % 2]}: {said[n % 4].format(*trio)}" for n, trio in enumerate(trios)]
    return call(*lines, f"C: thank you, {', '.join(rest)}, {words[146]}", call_id="planted")


def found_in(text: str) -> set[str]:
    return set(re.findall(CANARY, text))


def use(scorer: Scorer) -> list[str]:
    """All that is done with a call, and what it gives."""
    one = planted()
    result = scorer.score(one)
    notes = scorer.coach(one, result)
    view = team_view([result])
    page = call_page(result, one, coaching=notes)
    facts = talk_facts(one, result)
    return [result.to_json(), json.dumps(notes.to_dict()), page, str(result), str(view), repr(facts)]


def test_there_are_two_hundred_and_people_see_those_they_ask_for(scorer: Scorer) -> None:
    assert len(set(canaries())) == 200
    assert all(re.fullmatch(CANARY, word) for word in canaries())
    assert found_in(" ".join(turn.text for turn in planted().turns)) == set(canaries())
    assert found_in(" ".join(use(scorer)))


def test_none_stays_in_memory(scorer: Scorer) -> None:
    assert len(use(scorer)) == 6
    assert len([one.score for one in score_in_batches(scorer, [planted()], n_jobs=1, size=8)]) == 1
    gc.collect()
    assert kept_strings(CANARY) == []


def read_them(folder: Path) -> int:
    """Read files and a frame that hold them all, also where names of columns and keys should stand."""
    text = " ".join(canaries())
    for name, make in FILES.items():
        (folder / name).write_text(make(text), encoding="utf-8")
    (folder / "keys.json").write_text(json.dumps([{word: word} for word in canaries()]), encoding="utf-8")
    (folder / "rows.csv").write_text("\n".join(f"{word},{word}" for word in canaries()), encoding="utf-8")
    (folder / "gong.json").write_text(json.dumps(gong(canaries())), encoding="utf-8")
    frame = pd.DataFrame([canaries()] * 2, columns=canaries())
    return sum(1 for where in (folder, frame) for _ in read_each(where, redact=True))


def gong(words: list[str]) -> Any:
    parties = [{"speakerId": str(n), "name": word, "affiliation": "External"} for n, word in enumerate(words)]
    return {"calls": [{"metaData": {"id": "1"}, "parties": parties}]}


def test_none_stays_in_memory_of_what_was_read(tmp_path: Path) -> None:
    assert read_them(tmp_path) > len(FILES)
    gc.collect()
    assert kept_strings(CANARY) == []


def test_none_is_logged(scorer: Scorer, caplog: Any, capfd: Any) -> None:
    caplog.set_level(logging.DEBUG)
    use(scorer)
    assert found_in(caplog.text) == set()
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


# ---- errors ------------------------------------------------------------------------------------------


def spoiled() -> Iterator[tuple[str, str]]:
    """Files of each kind, with all canaries in them, that are broken in some way."""
    text = " ".join(canaries())
    for name, make in FILES.items():
        whole = make(text)
        for share in (0.3, 0.6, 0.95):
            yield name, whole[: int(len(whole) * share)]
        yield name, whole.replace("text", "blurb").replace("Customer", "").replace(":", "")
        yield name, whole + "\x00\x01"
        yield f"x{name.replace('.', '_')}.json", whole
        yield f"x{name.replace('.', '_')}.vtt", whole


def test_no_error_of_a_reader_tells_one() -> None:
    refused = 0
    for name, text in spoiled():
        for item in transcripts(Source.from_text(text, name)):
            if not isinstance(item, Transcript):
                refused += 1
                assert found_in(str(item)) == set(), (name, str(item)[:200])
    assert refused > 20


@pytest.mark.parametrize("ending", [".toml", ".jsonl", ".csv"])
def test_no_error_of_a_file_tells_one(ending: str, tmp_path: Path, tiny_model: Path) -> None:
    path = tmp_path / f"mine{ending}"
    text = json.dumps({"schema": "carescore.result/1", "criteria": canaries(), "reason": canaries()[0]})
    for content in (text, text[:200], " ".join(canaries())):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(CareScoreError) as raised:
            list(read_results(path)) if ending != ".toml" else Scorer.load(model=tiny_model, scorecard=path)
        assert found_in(str(raised.value)) == set()
        assert raised.value.__cause__ is None  # nor the error behind it, which may quote the file
        assert raised.value.__suppress_context__


def test_a_fault_of_ours_tells_none(tiny_scorer: Scorer, monkeypatch: Any) -> None:
    def broken(*_: object) -> None:
        raise ValueError(" ".join(canaries()))

    monkeypatch.setattr(Scorer, "score_batch", broken)
    (result,) = score_in_batches(tiny_scorer, [planted()], n_jobs=1, size=8)
    assert result.status == "unscored"
    assert found_in(result.to_json()) == set()


# ---- files -------------------------------------------------------------------------------------------

# Nothing is deleted in this process, so that what was written for a moment can be looked at.
KEEP = """
import os, shutil, sys
os.unlink = os.remove = shutil.rmtree = lambda *_, **__: None
from carescore.cli import main
main()
"""


@pytest.mark.slow
def test_no_temporary_file_of_workers_holds_one(tmp_path: Path) -> None:
    for folder in ("calls", "tmp"):
        (tmp_path / folder).mkdir()
    lines = [f"{turn.role}: {turn.text}" for turn in planted().turns]
    for number in range(3):
        (tmp_path / "calls" / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")
    places = {"TMPDIR": str(tmp_path / "tmp"), "JOBLIB_TEMP_FOLDER": str(tmp_path / "tmp")}
    ran = subprocess.run(
        [sys.executable, "-c", KEEP, "score", str(tmp_path / "calls"), "--jobs", "2", "--format", "jsonl"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **places},
    )
    assert found_in(ran.stdout)
    assert found_in(ran.stderr) == set()
    kept = [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()]
    assert not [path for path in kept if found_in(path.read_bytes().decode("latin-1"))]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on calls in which each canary occurs, said by a customer."""
    corpus = write_corpus(tmp_path_factory.mktemp("corpus"))
    chance, words = random.Random(9), canaries()
    rows = [invented_call(100 + number, chance) for number in range(40)]
    for number, row in enumerate(rows):
        for turn, word in zip(row["turns"][1:], words[number * 5 : number * 5 + 5], strict=False):
            turn["text"] += f" {word}"
    text = "".join(json.dumps(row) + "\n" for row in rows)
    assert found_in(text) == set(words)
    (corpus / "corpus" / "calls" / "part2.jsonl").write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("models") / "mine"
    train(read_training_data(corpus), folder, name="mine", version_="1.0.0")
    return folder


def test_no_model_file_holds_one(trained: Path) -> None:
    for path in trained.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert found_in(content.decode("latin-1")) == set()
            for word in canaries():
                pieces = [piece for piece in re.split(r"[ -]", word) if len(piece) > 4]
                assert not [piece for piece in pieces if piece.lower().encode() in content.lower()]


def test_a_model_does_not_even_know_that_one_was_there(trained: Path) -> None:
    arrays = load((trained / ARRAYS).read_bytes())
    names = [word for word in canaries() if word.startswith("Zq")]
    ids = shared_tokenizer().ids(names).ids
    assert not set(ids.tolist()) & set(arrays["word_ids"].tolist())
    # Features are kept only if several calls share them; some of 262,144 numbers coincide by chance.
    known = set(arrays["buckets"].tolist())
    assert len(set(word_buckets(ids).tolist()) & known) <= 3
    assert len(known) > 50
    assert json.loads((trained / MANIFEST).read_text(encoding="utf-8"))["trained_on"]
