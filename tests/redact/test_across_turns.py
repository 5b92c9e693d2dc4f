"""Numbers in pieces, said again, corrected; names carried through a call; one placeholder for one thing."""

from __future__ import annotations

from carescore.redact import redact
from tests.examples import call


def redacted(*lines: str) -> list[str]:
    return [turn.text for turn in redact(call(*lines)).transcript.turns]


def test_a_number_said_in_pieces_is_one_number():
    assert redacted(
        "A: the card number please",
        "C: five five five five",
        "A: yep",
        "C: five five five five",
        "A: mm hm",
        "C: five five five five four four four four",
    )[1::2] == ["[CARD_1]", "[CARD_1]", "[CARD_1]"]


def test_a_number_asked_for_in_two_questions_is_one_number():
    turns = redacted(
        "A: read me the first eight of the card",
        "C: forty two forty two forty two forty two",
        "A: and the rest of the card",
        "C: four two four two four two four two",
    )
    assert turns[1::2] == ["[CARD_1]", "[CARD_1]"]


def test_what_was_asked_is_kept_through_nods():
    iban = [
        "g b two nine",
        "november whiskey bravo kilo",
        "six oh one six",
        "thirteen thirty one",
        "nine two",
        "six eight",
    ]
    lines = ["A: what's your iban"]
    for piece in iban:
        lines += [f"C: {piece}", "A: got that"]
    assert redacted(*lines)[1::2] == ["[IBAN_1]"] * len(iban)


def test_a_restart_is_found_with_what_comes_after_it():
    turns = redacted(
        "A: the card number",
        "C: five one oh let me start again " + "five one oh five " * 3 + "five one double oh",
    )
    assert turns[1] == "[CARD_1] let me start again [CARD_2]"


def test_an_address_goes_on_after_a_nod():
    turns = redacted("A: your email please", "C: team dash leads", "A: yep", "C: at example dot net")
    assert turns[1::2] == ["[EMAIL_1]", "[EMAIL_1]"]


def test_a_code_a_date_and_a_mail_said_back_are_the_same_thing():
    turns = redacted(
        "A: the three digits on the back",
        "C: four oh eight",
        "A: four oh eight lovely and your date of birth",
        "C: thirteenth of june nineteen sixty six",
        "A: thirteen six sixty six",
    )
    assert turns[1:] == [
        "[CVV_1]",
        "[CVV_1] lovely and your date of birth",
        "[BIRTH_DATE_1]",
        "[BIRTH_DATE_1]",
    ]


def test_a_piece_said_back_belongs_to_the_number():
    turns = redacted(
        "A: the account number",
        "C: nine nine one one",
        "A: nine nine one one",
        "C: four four three two",
        "A: so nine nine one one four four three two",
    )
    assert turns[1:] == ["[ACCOUNT_1]", "[ACCOUNT_1]", "[ACCOUNT_1]", "so [ACCOUNT_1]"]


def test_a_correction_is_a_number_of_its_own():
    assert redacted("C: my phone number is 555 0142 no sorry 555 0143") == [
        "my phone number is [PHONE_1] no sorry [PHONE_2]"
    ]


def test_three_digits_alone_after_a_card_are_its_code():
    assert redacted("C: 4111 1111 1111 1111", "A: okay", "C: seven four one")[-1] == "[CVV_1]"


def test_written_and_spoken_forms_of_one_value_share_a_placeholder():
    turns = redacted(
        "C: my number is 07700 900123 and my email is j.smith@gmail.com",
        "A: so that's plus four four seven seven double oh nine double oh one two three",
        "A: and j dot smith at gmail dot com, born 14/03/1972",
        "C: born fourteenth of march nineteen seventy two",
    )
    assert turns[0] == "my number is [PHONE_1] and my email is [EMAIL_1]"
    assert turns[1] == "so that's [PHONE_1]"
    assert turns[2] == "and [EMAIL_1], born [BIRTH_DATE_1]"
    assert turns[3] == "born [BIRTH_DATE_1]"


def test_last_digits_are_those_of_the_number_that_ends_so():
    assert redacted("C: card 4111 1111 1111 1111", "A: is that the card ending in 1111?")[1] == (
        "is that the card ending in [CARD_1]?"
    )


def test_a_name_is_carried_through_the_call():
    turns = redacted(
        "A: Who am I speaking to?",
        "C: Dermot Quillane.",
        "A: Thank you, Mr Quillane.",
        "C: It's Quillane with a Q, tell Dermot's bank.",
    )
    assert turns[1:] == [
        "[NAME_1].",
        "Thank you, Mr [NAME_1].",
        "It's [NAME_1] with a Q, tell [NAME_1]'s bank.",
    ]


def test_a_name_that_is_a_word_is_carried_only_where_it_is_written_as_one():
    turns = redacted("C: My name is Grace.", "A: Hello Grace, there is a grace period.")
    assert turns == ["My name is [NAME_1].", "Hello [NAME_1], there is a grace period."]


def test_a_spelled_name_is_the_name():
    assert redacted("A: your surname please", "C: otway", "A: spell it", "C: o t w a y")[1::2] == [
        "[NAME_1]",
        "[NAME_1]",
    ]
