"""Each form, written and spoken, and what only looks like it."""

from __future__ import annotations

import re

import pytest

from carescore.redact import redact
from tests.examples import call


def redacted(*lines: str) -> list[str]:
    return [turn.text for turn in redact(call(*lines)).transcript.turns]


def answer(*lines: str) -> str:
    """The last turn, redacted, with its placeholders' numbers left out."""
    return re.sub(r"_\d+\]", "]", redacted(*lines)[-1])


ASKED = [
    ("and the long number on the card", "four one one one " * 3 + "double one one one", "[CARD]"),
    ("the card number please", "double four one one, one one one one, one one one one, oh nine", "[CARD]"),
    ("card number?", "3782 822463 10005", "[CARD]"),
    ("and the expiry", "oh three twenty seven", "[EXPIRY]"),
    ("when does the card expire", "march twenty eight", "[EXPIRY]"),
    ("the three digits on the back", "um nought four six", "um [CVV]"),
    ("and the last four of your social", "four three two one", "[SSN]"),
    ("your national insurance number", "q q one two three four five six c", "[SSN]"),
    (
        "what's your iban",
        "g b two nine n w b k six oh one six one three three one nine two six eight one nine",
        "[IBAN]",
    ),
    ("what's the best number for you", "oh double seven double oh nine double oh one two three", "[PHONE]"),
    ("a contact number", "Yes, 555-0142.", "Yes, [PHONE]."),
    ("and your email", "it's j dot smith forty two at gmail dot com", "it's [EMAIL]"),
    ("and your email", "t for tango k for kilo at yahoo dot co dot uk", "[EMAIL]"),
    ("date of birth", "the second of the eleventh sixty eight", "[BIRTH_DATE]"),
    ("date of birth?", "14/03/1972", "[BIRTH_DATE]"),
    ("account number please", "nine nine one one four four three two", "[ACCOUNT]"),
    ("can i have the sort code", "two two dash one nine dash oh one", "[ACCOUNT]"),
    ("the booking reference", "k for kilo seven q two two b for bravo", "[ORDER]"),
    ("booking ref please", "kilo seven quebec two two", "[ORDER]"),
    ("the card number please", "four thousand oh five double six", "[CARD]"),
    ("the card number please", "four fours four threes double two double two four ones", "[CARD]"),
    ("Card number?", "4444. 3333. 2222. 1111.", "[CARD]."),
    ("the expiration date and the security code", "06/27 and 551.", "[EXPIRY] and [CVV]."),
    (
        "the expiry and the three on the back",
        "oh nine twenty eight and it's three double one",
        "[EXPIRY] and it's [CVV]",
    ),
    ("when does that card run out", "january twenty thirty", "[EXPIRY]"),
    ("the numbers on the strip at the back", "right nine ninety six i think", "right [CVV] i think"),
    ("what's the c v v", "nine nine no sorry nine eight four", "[CVV] no sorry [CVV]"),
    ("your iban", "DE 75 5121 0800 1245 1261 99", "[IBAN]"),
    ("your iban", "g b for great britain two nine n w b k six oh one six", "[IBAN]"),
    ("your email", "jp1987 (at) example (dot) com", "[EMAIL]"),
    ("your email", "l for london i for ink z for zoo at proton mail dot com", "[EMAIL]"),
    ("date of birth", "The 9th of the 12th, '71.", "[BIRTH_DATE]."),
    ("the house number", "two hundred and sixteen", "[ADDRESS]"),
    ("what's the address", "the old rectory church lane", "[ADDRESS]"),
    ("your security password please", "yeah it's velvet seven", "yeah it's [CODE]"),
    ("first and third letter of the password", "t and r", "[CODE]"),
    ("I've texted you a six-digit code, what is it?", "449 013.", "[CODE]."),
    ("what's the order number", "112-4471906-22", "[ORDER]"),
    ("what's your address", "fourteen station road", "[ADDRESS]"),
    ("and the postcode", "l t four nine q f", "[ADDRESS]"),
    ("can i take your name", "it's oluwaseun adebayo", "it's [NAME]"),
    ("what's the code we texted you", "four four nine oh one three", "[CODE]"),
]


@pytest.mark.parametrize(("asked", "said", "expected"), ASKED)
def test_what_is_asked_for_is_found_in_the_answer(asked, said, expected):
    assert answer(f"A: {asked}", f"C: {said}") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("charge 4111 1111 1111 1111 then", "charge [CARD] then"),
        ("my card ending in 4417", "my card ending in [CARD]"),
        ("the IBAN ending 5678", "the IBAN ending [IBAN]"),
        ("cvv is 882", "cvv is [CVV]"),
        ("SSN 987-65-4320", "SSN [SSN]"),
        ("it's 987-65-4320", "it's [SSN]"),
        ("pay GB82 WEST 1234 5698 7654 32 now", "pay [IBAN] now"),
        ("call +44 7700 900982", "call [PHONE]"),
        ("or (415) 555-0132", "or [PHONE]"),
        ("write to a.b@c.co.uk.", "write to [EMAIL]."),
        ("born 30 January 1959", "born [BIRTH_DATE]"),
        ("I live at 16 Quarry Court, Leeds LS1 4AB.", "I live at [ADDRESS]."),
        ("PO Box 4471", "[ADDRESS]"),
        ("I moved to 1520 Maple Street, Apt. 101 in Denver", "I moved to [ADDRESS] in Denver"),
        ("it's flat three twenty two acacia avenue", "it's [ADDRESS]"),
        ("policy HX/88213/07", "policy [ACCOUNT]"),
        ("see BX-40417", "see [ORDER]"),
        ("order #48213907 is late", "order #[ORDER] is late"),
        ("my password is Tulip$1958", "my password is [CODE]"),
        ("my name is grace", "my name is [NAME]"),
        ("thanks femke i'll do that", "thanks [NAME] i'll do that"),
        ("name Tamsin Fell, order 8841-2207", "name [NAME], order [ORDER]"),
        ("Ulrika Sandberg, 19 November 1979, 4 High Road", "[NAME], [BIRTH_DATE], [ADDRESS]"),
        ("thanks\nmilo v.", "thanks\n[NAME]."),
        (
            "for the refund:\nMatthijs Vandermeer\nIBAN BE68 5390 0754 7034",
            "for the refund:\n[NAME]\nIBAN [IBAN]",
        ),
        ("i'm sending it to accounts at fernwood homes dot org", "i'm sending it to [EMAIL]"),
        ("username marlow_77193", "username [ACCOUNT]"),
        ("it's flat nine kestrel court harbour road", "it's [ADDRESS]"),
        ("Regards\n5 Chapel Hill\nKinsale P17 XR20", "Regards\n[ADDRESS]"),
        ("This is Shreya Venkataraman from Leeds.", "This is [NAME] from Leeds."),
        ("Hi Zbigniew, thanks", "Hi [NAME], thanks"),
        ("Is that Mrs Abernathy?", "Is that Mrs [NAME]?"),
        ("tobias speaking", "[NAME] speaking"),
        ("Thanks.\nKind regards,\nJ. Castellano", "Thanks.\nKind regards,\n[NAME]"),
    ],
)
def test_what_says_itself_what_it_is_is_found_unasked(said, expected):
    assert answer(f"C: {said}") == expected


@pytest.mark.parametrize(
    "said",
    [
        "It's £1,249.00, or 45 by 30 cm, at 17:42.",
        "i was number one in the queue for twenty five minutes",
        "we've lived there since nineteen eighty four",
        "The model is the WH-1000XM5, version 14.2.1.",
        "It was dispatched on 12 March 2025.",
        "In May we went to Paris and I will not pay.",
        "You can call us on 0800 496 0000 at any time.",
        "that's two hundred and forty pounds sixty",
        "one two three four five six",
        "The Oxford branch is on the High Street.",
        "Dear me, what a mess. Thanks for calling Harlow Vale Bank.",
        "my old password won't work",
        "it needs four double a batteries",
        "look at booking dot com",
        "Kind regards,\nCustomer Care Team",
        "error 0x80070057 at 192.168.1.1",
        "the golf hotel was full in november",
        "the code on the box was sent by text",
        "thank you sweetheart",
        "It was 2019. Then 2020.",
        "i've told you four or five times",
    ],
)
def test_ordinary_talk_stays_as_it_is(said):
    assert redacted(f"C: {said}") == [said]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("what's the account number", "i've been on hold for forty five minutes"),
        ("can i take your name", "why do you need that"),
        ("what's your date of birth", "I'd rather not say."),
        ("shall we come to your address", "Tuesday at 2:30 PM, or from 9 AM on Friday."),
        ("and the card number", "i lost it in 2019 with 120 other things"),
        ("what's your email", "i forgot it, sorry"),
        ("what's the password", "i don't know it"),
        ("what's your house number", "why is that"),
        ("the security code on the back", "i can't read it it took me four minutes"),
        ("when does the card expire", "not for two years"),
    ],
)
def test_an_answer_that_gives_nothing_away_stays_as_it_is(asked, said):
    assert redacted(f"A: {asked}", f"C: {said}")[-1] == said
