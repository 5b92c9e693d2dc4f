"""What redaction found appears nowhere in what is made of a call: results, JSON, coaching, pages, files."""

from __future__ import annotations

import json

import pytest

import carescore as cs
from carescore.redact import redact
from carescore.report.call import call_page
from carescore.scorer import Scorer
from tests.examples import SIGNS, call, save_tiny_model

CANARIES = [
    "4111 1111 1111 1111",
    "four one one one one one one one one one one one one one one one",
    "zebulon",
    "Quillfeather",
    "07700 900461",
    "oh double seven double oh nine double oh two one six",
    "zq.canary@example.com",
    "GB29NWBK60161331926819",
    "987-65-4320",
    "16 Quarry Court",
    "LT4 9QF",
    "70418826",
    "882",
]
LINES = (
    "A: Hello, I am sorry, who am I speaking to?",
    f"C: I am frustrated, my name is {CANARIES[2]} {CANARIES[3]}, I called twice and nobody will help me",
    f"A: How exhausting, {CANARIES[3]}. Why? I see to it myself on monday because you called twice.",
    f"C: My card is {CANARIES[0]} cvv {CANARIES[12]}, or {CANARIES[1]}.",
    "A: I am sorry. What is the best number for you, and your email and address?",
    f"C: It's {CANARIES[4]}, no wait, {CANARIES[5]}, email {CANARIES[6]}.",
    f"C: I live at {CANARIES[9]}, {CANARIES[10]}.",
    f"C: The iban is {CANARIES[7]}, SSN {CANARIES[8]}, account number {CANARIES[11]}, this is nonsense.",
    f"A: Thank you {CANARIES[2]}, I do your refund myself on monday, how exhausting.",
)


def survivors(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]


@pytest.fixture(scope="module")
def scorer(tmp_path_factory) -> Scorer:
    return Scorer.load(model=save_tiny_model(tmp_path_factory.mktemp("tiny")))


@pytest.fixture
def one() -> cs.Transcript:
    return call(
        *LINES, call_id="Quillfeather 7", source="zebulon.txt", warnings=("Quillfeather was guessed.",)
    )


def test_without_redaction_the_canaries_are_in_results(scorer, one):
    assert {"zebulon", "Quillfeather"} <= set(survivors(scorer.score(one).to_json()))
    assert set(SIGNS) & set(one.turns[2].text.lower().replace(",", "").split())


def test_no_canary_survives_in_a_result(scorer, one):
    result = scorer.score(one, redact=True)
    assert result.status == "draft"
    assert survivors(result.to_json()) == []
    assert survivors(repr(result)) == []
    assert survivors(json.dumps(result.to_dict())) == []
    assert survivors(repr(result.coaching)) == []
    quotes = [quote for criterion in result.criteria.values() for quote in criterion.evidence]
    said = redact(one).transcript.turns
    assert quotes
    assert all(said[quote.turn].text[quote.start : quote.end] == quote.quote for quote in quotes)


def test_no_canary_survives_in_a_page_of_the_redacted_call(scorer, one):
    found = redact(one).transcript
    assert survivors(str(call_page(scorer.score(found), found))) == []


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_many_calls_are_redacted_alike(scorer, one, n_jobs):
    results = list(scorer.score_many([one, one], n_jobs=n_jobs, redact=True))
    assert [survivors(result.to_json()) for result in results] == [[], []]
    assert survivors(repr(results[0].coaching)) == []
    assert results[0] == scorer.score(one, redact=True)


def test_reading_can_redact(tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(
        "Agent: who is calling?\nCustomer: Zebulon Quillfeather, card 4111 1111 1111 1111\n", "utf-8"
    )
    assert cs.read(path, redact=True).turns[1].text == "[NAME_1], card [CARD_1]"
    assert [found.turns[1].text for found in cs.read_all(path, redact=True)] == ["[NAME_1], card [CARD_1]"]
    assert survivors(cs.read(path).turns[1].text) != []
