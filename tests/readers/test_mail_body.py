"""What the writer of a mail says: signatures, notices and wrapped lines."""

from __future__ import annotations

import pytest
from tests.growth import linear

from carescore.readers.mail_body import body_of

LONG = "This line is as long as mail programs make lines before they wrap them in"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Thanks!\n-- \nRolf Amsel\nTarn Pumps", "Thanks!"),
        ("Done.\n\nRegards,\nRolf Amsel\nTarn Pumps\nTel: 020 5550 134", "Done.\n\nRegards,\nRolf Amsel"),
        ("Done.\n\nKind regards, Rolf\nTarn Pumps Ltd | 1 High Street", "Done.\n\nKind regards, Rolf"),
        ("Done.\n\nMany thanks\n\nRolf\nClaims\nwww.tarn.example", "Done.\n\nMany thanks\n\nRolf"),
        ("Done.\n\nRolf Amsel\nClaims, Tarn Pumps\n+44 20 5550 1340", "Done.\n\nRolf Amsel"),
        ("Done.\n\nThis e-mail is confidential and intended for its reader only. Delete it.", "Done."),
        ("Done.\n\n____________\nConfidentiality notice: not for you.", "Done."),
        ("[EXTERNAL]\n\nIt leaks.", "It leaks."),
        ("CAUTION: This email originated from outside. Do not click links.\n\nIt leaks.", "It leaks."),
        ("See [cid:image001.png@01D] here.\n<logo.png>", "See  here."),
        (
            "See our page<https://t.example/x?y=1> or <https://t.example>",
            "See our page or <https://t.example>",
        ),
        ("Done.\n\nSent from my phone", "Done."),
        ("-----Original Message-----", ""),
        (f"{LONG} the\nmiddle of it.\n\nIt is short.", f"{LONG} the middle of it.\n\nIt is short."),
        ("\n\nOne\n\n\n\nTwo\n", "One\n\nTwo"),
        ("", ""),
    ],
)
def test_words_of_a_mail(written: str, expected: str) -> None:
    assert body_of(written.split("\n")) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Done.\n\nRegards,\nRolf\n\nP.S. Bring the old one",
        "Thanks,\nand could you send the old one too?\nIda",
        "Best regards,\nIda\n\nOne more thing: who pays?",
        "Is this message confidential? I hope so.",
        "Caution: the pump is hot.",
        f"{LONG} two:\n- one\n- two",
        "A short line.\nAnother short line.",
    ],
)
def test_words_that_look_like_more_are_kept(written: str) -> None:
    assert body_of(written.split("\n")) == written


@pytest.mark.parametrize(
    "line", ["--", "Regards", "[cid:", "x<http://", "", "This email", "CAUTION " + "a" * 80]
)
def test_time_grows_with_the_number_of_lines(line: str) -> None:
    linear(body_of, lambda size: ["Hello", *[line] * size], 3_000)
