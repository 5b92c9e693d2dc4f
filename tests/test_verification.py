"""Verification: the same call gives the same numbers, and whatever was changed is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import carescore
from carescore.codebook import VERSION
from carescore.errors import TranscriptError, UsageError
from carescore.scorecard import load_scorecard
from carescore.scorer import Scorer
from carescore.verification import told_agents, verify, verify_each
from carescore.verification_text import verification_text
from tests.examples import call

LINES = (
    "C: I am frustrated and I called you twice",
    "A: How exhausting. I see to it myself, you have the refund on monday",
    "C: what a relief, thank you",
)
CALL = call(*LINES, call_id="c1")


@pytest.fixture(scope="module")
def result(tiny_scorer):
    return tiny_scorer.score(CALL)


def test_a_receipt_holds_all_that_decides_and_no_time(result, tiny_scorer):
    receipt = result.receipt
    assert receipt.codebook == VERSION
    assert receipt.tokenizer.startswith("spacy 3.")
    assert (receipt.model, receipt.model_sha256) == ("tiny 1.0.0", tiny_scorer.bundle.sha256)
    assert receipt.transcript_sha256 == CALL.sha256
    assert tiny_scorer.score(CALL).to_json() == result.to_json()


def test_results_without_codebook_can_still_be_read(result):
    data = json.loads(result.to_json())
    for name in ("codebook", "tokenizer", "redacted"):
        del data["receipt"][name]
    old = carescore.CallScore.from_dict(data)
    assert (old.receipt.codebook, old.receipt.tokenizer, old.receipt.redacted) == (None, None, None)
    assert old.receipt.transcript_sha256 == result.receipt.transcript_sha256


CHANGES = [
    ("nothing", lambda r: r, True, "c1: the same numbers"),
    ("the score", lambda r: replace(r, score=1.0), False, "score: 1 saved, "),
    (
        "a rating",
        lambda r: replace(r, criteria={**r.criteria, "empathy": replace(r.criteria["empathy"], rating=1.25)}),
        False,
        "Empathy: 1.25 → ",
    ),
    ("a turn", lambda r: replace(r, turns=r.turns[:-1]), False, "behaviours in 2 places"),
    ("the text", lambda r: signed(r, transcript_sha256="0" * 64), False, "Other words, roles or times"),
    ("the model", lambda r: signed(r, model_sha256="0" * 64), False, "--model FOLDER"),
    ("the scorecard", lambda r: signed(r, scorecard_sha256="0" * 64), False, "--scorecard FILE"),
    ("that it was redacted, of nothing", lambda r: signed(r, redacted=True), True, "c1: the same numbers"),
    ("the library", lambda r: signed(r, carescore="0.0.1"), True, "carescore 0.0.1 then, "),
    ("an older receipt", lambda r: signed(r, codebook=None), True, "names no codebook"),
]


def signed(result, **changes):
    return replace(result, receipt=replace(result.receipt, **changes))


@pytest.mark.parametrize(
    ("change", "same", "said"), [row[1:] for row in CHANGES], ids=[r[0] for r in CHANGES]
)
def test_what_was_changed_is_named(change, same, said, result, tiny_scorer):
    found = verify(change(result), transcript=CALL, scorer=tiny_scorer)
    assert found.same is same
    text = verification_text([found])
    assert said in text
    assert f"{int(same)} of 1 result verified." in text


@pytest.mark.parametrize(
    "other",
    [
        call(*LINES[:2], "C: what a relief, thank you!", call_id="c1"),
        call("A" + LINES[0][1:], "C" + LINES[1][1:], LINES[2], call_id="c1"),
        call(*LINES[:2], call_id="c1"),
    ],
    ids=["a letter", "roles", "a turn less"],
)
def test_another_transcript_differs(other, result, tiny_scorer):
    found = verify(result, transcript=other, scorer=tiny_scorer)
    assert not found.same
    assert "transcript" in found.difference.causes


def test_another_scorecard_differs(result, tiny_model, tiny_scorer):
    heavier = load_scorecard().model_copy(update={"version": "2.0.0"})
    found = verify(result, transcript=CALL, scorer=Scorer(tiny_scorer.bundle, heavier))
    assert (found.same, found.difference.same_numbers) == (False, True)
    assert "care 1.0.0 → care 2.0.0" in verification_text([found])


def test_results_find_their_calls(result, tiny_scorer):
    other = call(*LINES[::-1], call_id="c2")
    twin = call(*LINES[:2], call_id="c1", source="elsewhere.txt")
    results = [tiny_scorer.score(one) for one in (CALL, other)] + [replace(result, call_id="c3")]
    found = list(verify_each(results, [twin, other, CALL], scorer=tiny_scorer))
    assert [(one.call_id, one.same) for one in found] == [("c1", True), ("c2", True), ("c3", False)]
    assert "c3: NOT FOUND" in verification_text(found)


def test_a_call_that_could_not_be_read_is_the_same_if_it_still_cannot(tiny_scorer):
    error = TranscriptError("it is empty.", source="a.txt")
    (saved, _) = tiny_scorer.score_many([error, CALL])
    (found, _) = verify_each([saved, saved], [error, CALL], scorer=tiny_scorer)
    assert (saved.status, found.same) == ("unscored", True)


def test_a_receipt_says_whether_the_call_was_redacted_and_verify_goes_by_it(tiny_scorer):
    private = call(*LINES, "C: mail me at zq.canary@example.com", call_id="c1")
    found = {way: tiny_scorer.score(private, redact=way) for way in (True, False)}
    assert [found[way].receipt.redacted for way in (True, False)] == [True, False]
    assert found[True].receipt.transcript_sha256 != found[False].receipt.transcript_sha256
    for result in found.values():
        assert verify(result, transcript=private, scorer=tiny_scorer).same
    assert all(one.same for one in verify_each(found.values(), [private], scorer=tiny_scorer))
    (wrong,) = verify_each([signed(found[True], redacted=False)], [private], scorer=tiny_scorer)
    assert wrong.difference.causes == ("transcript",)


def test_files(result, tiny_model, tmp_path):
    spoken = "\n".join(LINES).replace("C: ", "Rosa: ").replace("A: ", "Ana: ")
    (tmp_path / "call.txt").write_text(spoken, encoding="utf-8")
    saved = Scorer.load(model=tiny_model).score(carescore.read(tmp_path / "call.txt", agent="Rosa"))
    assert (saved.role_source, dict(told_agents([saved, result]))) == ("given", {"call": "Rosa"})
    (tmp_path / "r.jsonl").write_text(saved.to_json() + "\n", encoding="utf-8")
    found = carescore.verify(tmp_path / "r.jsonl", transcript=tmp_path / "call.txt", model=tiny_model)
    assert found.same
    other = carescore.verify(
        tmp_path / "r.jsonl", transcript=tmp_path / "call.txt", model=tiny_model, agent="Ana"
    )
    assert not other.same
    (tmp_path / "r.jsonl").write_text(saved.to_json() + "\n" + saved.to_json(), encoding="utf-8")
    with pytest.raises(UsageError, match=r"r\.jsonl: holds 2 results"):
        carescore.verify(tmp_path / "r.jsonl", transcript=tmp_path / "call.txt", model=tiny_model)
    with pytest.raises(TranscriptError):
        carescore.verify(saved, transcript=tmp_path / "none.txt", model=tiny_model)
