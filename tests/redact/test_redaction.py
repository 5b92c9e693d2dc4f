"""Placeholders, offsets, what stands beside the turns, and properties that hold for any text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import carescore as cs
from carescore.errors import TranscriptError, UsageError
from carescore.placeholders import as_read
from carescore.redact import FORMS, Redaction, redact, redacted
from carescore.transcript import RoleGuess, Transcript
from tests.examples import call, corpus_sample
from tests.growth import linear

PIECES = [
    "four one one one",
    "4111 1111 1111 1111",
    "card",
    "card number",
    "cvv",
    "882",
    "my name is",
    "ann lee",
    "Ann Lee",
    "Mr",
    "Otway",
    "hi",
    "oh",
    "double seven",
    ",",
    ".",
    "\n",
    "at",
    "dot com",
    "a@b.com",
    "gmail",
    "14 march",
    "1972",
    "born",
    "twenty twenty four",
    "no sorry",
    "12/03/1972",
    "£45.50",
    "flat 4",
    "16 Quarry Court",
    "LS1 4AB",
    "order",
    "#",
    "AB-12345",
    "k for kilo",
    "password is",
    "Tulip7",
    "[CARD_1]",
    "[NAME_7]",
    "[",
    "]",
    "yep",
    "and",
    "the",
    "phone",
    "07700 900123",
    "ending",
    "speaking",
    "regards",
    "a",
    "i",
    "é",
    "٤١",
    "-",
    "/",
    "+",
    "(",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=40)
CALLS = st.lists(st.tuples(st.sampled_from("AC"), TEXTS), max_size=6).map(
    lambda turns: call(*(f"{side}: {text}" for side, text in turns))
)


def restored(found: Redaction, original: Transcript) -> list[str]:
    """The original texts, put together from the redacted ones by the spans alone."""
    texts = []
    for turn, before in zip(found.transcript.turns, original.turns, strict=True):
        pieces, done, at = [], 0, 0
        for span in (span for span in found.spans if span.turn == turn.index):
            assert turn.text[span.start : span.end] == span.placeholder
            assert span.original_start - at == span.start - done
            pieces += [turn.text[done : span.start], before.text[span.original_start : span.original_end]]
            done, at = span.end, span.original_end
        texts.append("".join([*pieces, turn.text[done:]]))
    return texts


@settings(deadline=None, max_examples=150)
@given(CALLS)
def test_redacting_twice_changes_nothing_and_offsets_lead_back(one):
    found = redact(one)
    assert restored(found, one) == [turn.text for turn in one.turns]
    again = redact(found.transcript)
    assert again.spans == ()
    assert again.transcript == found.transcript
    assert redact(one) == found


def test_the_same_holds_for_whole_calls():
    for one in corpus_sample(40):
        found = redact(one)
        assert restored(found, one) == [turn.text for turn in one.turns]
        assert redact(found.transcript).transcript == found.transcript


def test_any_stretch_of_the_redacted_text_leads_back_to_the_original():
    one = call("C: Hi, my name is Ann Lee and my card is 4111 1111 1111 1111 okay?")
    found = redact(one)
    text = found.transcript.turns[0].text
    assert text == "Hi, my name is [NAME_1] and my card is [CARD_1] okay?"

    def original(piece: str) -> str:
        start, end = found.original(0, text.index(piece), text.index(piece) + len(piece))
        return one.turns[0].text[start:end]

    assert original("my name") == "my name"
    assert original("and my card") == "and my card"
    assert original("is [CARD_1] okay") == "is 4111 1111 1111 1111 okay"
    assert original("okay?") == "okay?"
    assert (
        original("ME_1] and") == "Ann Lee and"
    )  # what begins inside a placeholder is all that it stands for


def test_placeholders_that_are_there_keep_their_meaning():
    assert (
        redact(call("C: [CARD_1] and 4111 1111 1111 1111")).transcript.turns[0].text
        == "[CARD_1] and [CARD_2]"
    )


def test_only_the_forms_asked_for_are_replaced():
    found = redact(call("C: my name is Ann, card 4111 1111 1111 1111"), forms=["card"])
    assert found.transcript.turns[0].text == "my name is Ann, card [CARD_1]"
    with pytest.raises(UsageError, match="knows no form 'cards'"):
        redact(call("C: hi"), forms=["cards"])


def test_names_beside_the_turns_are_replaced_but_the_agent_stays():
    one = call(
        "A: Hi", "C: my name is Femi Adeyemi", call_id="Adeyemi-12", source="mrs adeyemi.txt", agent="Tom"
    )
    one = replace(
        one,
        turns=(one.turns[0], replace(one.turns[1], speaker="Femi Adeyemi (Customer)")),
        role_guess=RoleGuess("Femi Adeyemi (Customer)", 0.9, ("Femi says why they call",)),
        warnings=("'Adeyemi' was taken for the customer.",),
    )
    found = redact(one).transcript
    assert found.turns[1].speaker == "[NAME_1] (Customer)"
    assert (found.call_id, found.source, found.agent) == ("[NAME_1]-12", "mrs [NAME_1].txt", "Tom")
    assert found.role_guess == RoleGuess("[NAME_1] (Customer)", 0.9, ("[NAME_1] says why they call",))
    assert found.warnings == ("'[NAME_1]' was taken for the customer.",)


def test_a_label_gives_a_name_away():
    one = call("A: over to zork then", "C: ok")
    one = replace(one, turns=(one.turns[0], replace(one.turns[1], speaker="Zork")))
    assert redact(one).transcript.turns[0].text == "over to [NAME_1] then"


@pytest.mark.parametrize(
    "label", ["Advisor", "CUST", "spk_0", "SPEAKER_01", "Virtual Assistant", "Channel 2"]
)
def test_a_label_that_tells_a_role_is_no_name(label):
    one = call("A: hello")
    one = replace(one, turns=(replace(one.turns[0], speaker=label),))
    assert redact(one).transcript == one


def test_errors_among_calls_pass():
    error = TranscriptError("no")
    assert redacted(error) is error


def test_models_read_placeholders_as_words():
    assert as_read("Hi [NAME_12], [CARD_1].") == "Hi zzqx, b7-44."
    assert as_read("[x_1] [NAME_] [NAME_1") == "[x_1] [NAME_] [NAME_1"


def test_plain_data_is_read_again_as_the_call(tmp_path):
    found = redact(
        call("A: who is this?", "C: my name is Ann Lee", call_id="one", agent="Tom", channel="chat")
    )
    data = found.to_dict()
    (tmp_path / "one.json").write_text(json.dumps(data), encoding="utf-8")
    again = cs.read(tmp_path / "one.json")
    assert [(t.role, t.text, t.start) for t in again.turns] == [
        (t.role, t.text, t.start) for t in found.transcript.turns
    ]
    assert (again.call_id, again.agent, again.channel) == ("one", "Tom", "chat")
    assert data["redactions"] == [
        {"turn": 1, "start": 11, "end": 19, "original_start": 11, "original_end": 18, "form": "name"}
        | {"placeholder": "[NAME_1]"}
    ]


@pytest.mark.parametrize(
    "piece",
    [
        *("4", "4 ", "oh ", ".", "a@", "a at ", "email a at b dot ", "card number ", "my name is Ann Lee "),
        *(
            "a b c ",
            "[CARD_",
            "14 High ",
            "first of the ",
            "1,111,",
            "regards\n",
            "e\u0301",
            "\U0001f600",
            "a-",
        ),
        *("card 4111 1111 1111 1111 ", "12/12/12 ", "flat 4, ", "account 12345, ", "password is "),
    ],
)
def test_time_grows_with_the_text(piece):
    linear(redact, lambda size: call("C: " + piece * size), 1000)


def test_time_grows_with_the_turns():
    lines = ("A: card number please", "C: four one one one", "A: four one one one yep")
    linear(redact, lambda size: call(*lines * size), 60)


def test_every_form_has_cues_or_a_finder():
    assert len(set(FORMS)) == len(FORMS) == 13
