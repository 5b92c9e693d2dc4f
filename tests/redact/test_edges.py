"""Where redaction begins and ends: the last case of each rule that is taken, and the first that is not."""

from __future__ import annotations

import pytest

from carescore.redact import redact
from tests.examples import call

CARD = "C: the card is 4111 1111 1111 1111"


def last(*lines: str) -> str:
    return redact(call(*lines)).transcript.turns[-1].text


@pytest.mark.parametrize(
    ("between", "expected"), [(5, "[CVV_1]"), (6, "seven four one")], ids=["soon", "long after"]
)
def test_three_digits_are_a_code_soon_after_a_card(between, expected):
    assert last(CARD, *["A: ok"] * between, "C: seven four one") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("four one one one no wait four two two two", "[CARD_1] no wait [CARD_2]"),
        ("four one one one no sorry four two two two", "[CARD_1] no sorry [CARD_2]"),
    ],
)
def test_a_number_that_is_put_in_place_of_another(said, expected):
    assert last("A: card number", f"C: {said}") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("010280", "[BIRTH_DATE_1]"),
        ("oh one oh two eighty", "[BIRTH_DATE_1]"),
        ("1980-02-01", "[BIRTH_DATE_1]"),
        ("31.12.1980", "[BIRTH_DATE_1]"),
        ("14 Mar. 1972", "[BIRTH_DATE_1]"),
        ("9 sept 1980", "[BIRTH_DATE_1]"),
        ("Sept. 4, 1980", "[BIRTH_DATE_1]"),
    ],
)
def test_a_date_of_birth_in_an_answer(said, expected):
    assert last("A: date of birth?", f"C: {said}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "we met on the 5th of May and my birthday is 6 May 1980",
            "we met on the 5th of May and my birthday is [BIRTH_DATE_1]",
        ),
        ("my birthday, 5 May 1980, order 55123", "my birthday, [BIRTH_DATE_1], order [ORDER_1]"),
        ("we met on 32/01/1980", "we met on 32/01/1980"),
    ],
)
def test_only_the_day_that_is_spoken_of_is_one_of_birth(text, expected):
    assert last(f"C: {text}") == expected


def test_a_day_said_back_is_the_same_and_another_is_not():
    back = [
        last("A: date of birth?", "C: 14/03/1972", f"A: {said}")
        for said in ("fourteenth of march nineteen seventy two", "fifteenth of march nineteen seventy two")
    ]
    assert back == ["[BIRTH_DATE_1]", "fifteenth of march nineteen seventy two"]


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("what is your address", "The Old Rectory Church Lane", "[ADDRESS_1]"),
        ("what is your address", "it's the old rectory church lane", "it's [ADDRESS_1]"),
        ("what is your address", "the lane", "the lane"),
        ("what is your address", "the Old Rectory church lane", "the Old Rectory church lane"),
        ("what's the house number", "two hundred and sixteen", "[ADDRESS_1]"),
        ("what's the house number", "12 people live here", "12 people live here"),
        ("what's the house number", "it is number twelve", "it is number [ADDRESS_1]"),
        (
            "what's the house number",
            "well you know i think it is twelve",
            "well you know i think it is twelve",
        ),
        ("the house number", "no idea", "no idea"),
        ("what's the postcode", "l s one four a b", "[ADDRESS_1]"),
        ("what's the postcode", "l s one four a b c", "l s one four a b c"),
    ],
)
def test_addresses_in_answers(asked, said, expected):
    assert last(f"A: {asked}", f"C: {said}") == expected


@pytest.mark.parametrize(
    "text",
    ["Rose Cottage Mill Lane LS1 4AB", "rose cottage mill lane, l s one four a b", "Mill House, 4 Mill Lane"],
)
def test_a_house_with_its_street(text):
    assert last(f"C: {text}").endswith("[ADDRESS_1]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("password: Tulip$1958", "password: [CODE_1]"),
        ("the password is tulip", "the password is [CODE_1]"),
        ("my password is Orchid", "my password is [CODE_1]"),
        ("my password Orchid", "my password [CODE_1]"),
        ("my password orchid7", "my password [CODE_1]"),
        ("my password works", "my password works"),
        ("my password orchid", "my password orchid"),
        ('my password is "Tulip"', 'my password is "[CODE_1]"'),
        ("my password is 'tulip7', thanks", "my password is '[CODE_1]', thanks"),
        ("my password is (tulip).", "my password is ([CODE_1])."),
        ("my login is marlow_k", "my login is [ACCOUNT_1]"),
        ("my login is marlow", "my login is marlow"),
    ],
)
def test_passwords_and_logins(text, expected):
    assert last(f"C: {text}") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it's hedgehog", "it's [CODE_1]"),
        ("hedgehog.", "[CODE_1]."),
        ("hedgehog and badger", "[CODE_1]"),
        ("i don't know", "i don't know"),
        ("hedgehog and three more words", "hedgehog and three more words"),
    ],
)
def test_a_password_in_an_answer(said, expected):
    assert last("A: what's your memorable word", f"C: {said}") == expected


@pytest.mark.parametrize(("turns", "expected"), [(0, "[CODE_1]"), (1, "[CODE_1]"), (2, "velvet")])
def test_a_question_for_a_password_is_forgotten(turns, expected):
    assert last("A: what's your password", *["C: um"] * (2 * turns), "C: velvet") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b-c+d@x-y.co.uk, ok", "[EMAIL_1], ok"),
        ("mail ann.lee@example.com.", "mail [EMAIL_1]."),
        ("email me at ann at example dot com please", "email me at [EMAIL_1] please"),
        ("it's ann (at) example (dot) com", "it's [EMAIL_1]"),
        ("my email is ann underscore lee hyphen four at gmail dot com", "my email is [EMAIL_1]"),
        ("i am sending it to sales at shop dot com", "i am sending it to [EMAIL_1]"),
        ("send to x for xray y as in yankee at gmail dot com", "send to [EMAIL_1]"),
        ("reach me on ann at proton mail dot com", "reach me on [EMAIL_1]"),
        ("look at example dot com", "look at example dot com"),
        ("i went to sales at shop dot com", "i went to sales at shop dot com"),
        ("@example.com", "@example.com"),
    ],
)
def test_emails(text, expected):
    assert last(f"C: {text}") == expected


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ann.lee@example.com", "ann dot lee at example dot com"),
        ("ann_lee@example.com", "ann underscore lee at example dot com"),
        ("ann-lee@example.com", "ann hyphen lee at example dot com"),
        ("ann-lee@example.com", "ann dash lee at example dot com"),
        ("ann+lee@example.com", "ann plus lee at example dot com"),
        ("ann4@example.com", "ann four at example dot com"),
        ("kl9@example.com", "k for kilo l for lima nine at example dot com"),
        ("ann.lee@example.com", "ann point lee (at) example (dot) com"),
    ],
)
def test_an_address_said_is_the_one_written(written, said):
    turns = redact(call(f"C: it's {written}", "A: your email", f"C: {said}")).transcript.turns
    assert [turn.text for turn in turns][::2] == ["it's [EMAIL_1]", "[EMAIL_1]"]


def test_an_address_in_two_turns_is_the_one_written():
    turns = redact(
        call(
            "C: it's ann.lee@example.com",
            "A: your email",
            "C: ann dot lee",
            "A: yes",
            "C: at example dot com",
        )
    ).transcript.turns
    assert [turn.text for turn in turns][2::2] == ["[EMAIL_1]", "[EMAIL_1]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live at 14 High Road, Leeds, LS1 4AB", "I live at [ADDRESS_1]"),
        ("send it to 4B Mill Lane", "send it to [ADDRESS_1]"),
        ("send it to 12345 Mill Lane", "send it to [ADDRESS_1]"),
        ("send it to 123456 Mill Lane", "send it to 123456 Mill Lane"),
        ("I waited 14 minutes on the road", "I waited 14 minutes on the road"),
        ("£14 High Road", "£14 High Road"),
        ("14. High Road", "14. High Road"),
        ("14 High. Road", "14 High. Road"),
        ("Apt 4B, 16 Quarry Court", "[ADDRESS_1]"),
        ("flat 3, 22 Acacia Avenue, Hove", "[ADDRESS_1]"),
        ("flat three twenty two acacia avenue hove", "[ADDRESS_1]"),
        ("one two three four five acacia avenue", "[ADDRESS_1]"),
        ("i'm at twenty-two acacia avenue", "i'm at [ADDRESS_1]"),
        ("16 Quarry Court\nLeeds LS1 4AB", "[ADDRESS_1]"),
        ("16 Quarry Court\nleeds", "[ADDRESS_1]\nleeds"),
        ("1520 Maple Street, Denver, CO 80203", "[ADDRESS_1]"),
        ("1520 Maple Street, Denver, CO 80203 1234", "[ADDRESS_1] [ACCOUNT_1]"),
        ("My address is 22 Acacia", "My address is [ADDRESS_1]"),
        ("My address is 22 Rue de la Paix", "My address is [ADDRESS_1]"),
        ("My address is 22 May", "My address is 22 May"),
        ("My address is 22 km away", "My address is 22 km away"),
        ("it is 5 Chapel Hill, thanks", "it is [ADDRESS_1], thanks"),
        ("it is 5 Chapel Hill, Please send it", "it is [ADDRESS_1], Please send it"),
        ("it is 5 Chapel Hill, London SE15", "it is [ADDRESS_1]"),
        ("it is 5 Chapel Hill, London SE15 4AY, ok", "it is [ADDRESS_1], ok"),
        ("5 chapel street hove please", "[ADDRESS_1] please"),
        ("PO Box 12", "[ADDRESS_1]"),
        ("P.O. Box 12, ok", "[ADDRESS_1], ok"),
        ("it's p o box 4471", "it's [ADDRESS_1]"),
        ("po box four four seven one", "[ADDRESS_1]"),
        ("PO Box 1234567", "[ADDRESS_1]"),
        ("the po box is full", "the po box is full"),
    ],
)
def test_addresses(text, expected):
    assert last(f"C: {text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("this is Mr. Otway", "this is Mr. [NAME_1]"),
        ("this is mr otway", "this is mr [NAME_1]"),
        ("Mr and Mrs Otway", "Mr and Mrs [NAME_1]"),
        ("my name is Anna J. Cruz", "my name is [NAME_1]"),
        ("my name is Anna J Cruz, hello", "my name is [NAME_1], hello"),
        ("my name is Anna. I want to cancel", "my name is [NAME_1]. I want to cancel"),
        ("my name is Anna I want to cancel", "my name is [NAME_1] I want to cancel"),
        ("my name is anna j.", "my name is [NAME_1]."),
        ("my name is anna j\nthanks", "my name is [NAME_1]\nthanks"),
        ("I am Anna de la Cruz", "I am [NAME_1]"),
        ("my name is Otway Bank", "my name is Otway Bank"),
        ("this is Otway Plumbing Ltd", "this is Otway Plumbing Ltd"),
        ("hi there otway", "hi there [NAME_1]"),
        ("Hi again, Otway", "Hi again, [NAME_1]"),
        ("speaking to otway", "speaking to [NAME_1]"),
        ("otway here", "[NAME_1] here"),
        ("Otway Lee here", "[NAME_1] here"),
        ("nobody here", "nobody here"),
        ("it's Lee-Otway speaking", "it's [NAME_1] speaking"),
        ("Kind regards,\nA. Otway", "Kind regards,\n[NAME_1]"),
        ("Kind regards Otway", "Kind regards [NAME_1]"),
        ("Best\nThe team", "Best\nThe team"),
        ("and Grace called", "and [NAME_1] called"),
        ("Grace called", "Grace called"),
        ("i met will", "i met will"),
        ("Hi O'Brien", "Hi [NAME_1]"),
        ("Halcyon Jet, order 12345", "Halcyon Jet, order [ORDER_1]"),
        ("Ann de Lee, card 4111 1111 1111 1111", "[NAME_1], card [CARD_1]"),
        ("my husband Zork rang", "my husband [NAME_1] rang"),
        ("my husband rang", "my husband rang"),
        ("o t w a y", "o t w a y"),
        ("my name is otway o t w a y", "my name is [NAME_1] [NAME_1]"),
    ],
)
def test_names(text, expected):
    assert last(f"C: {text}") == expected


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("your name?", "it's ann", "it's [NAME_1]"),
        ("your name?", "yes it's, um, otway", "yes it's, um, [NAME_1]"),
        ("your name?", "Otway Lee Smith Jones Brown", "[NAME_1] Brown"),
        ("your name?", "yes", "yes"),
        ("spell your name", "o t w", "[NAME_1]"),
        ("spell your name", "o t", "o t"),
        ("spell your name", "o-t-w-a-y ok", "[NAME_1] ok"),
    ],
)
def test_names_in_answers(asked, said, expected):
    assert last(f"A: {asked}", f"C: {said}") == expected
