"""Mails: what the writer wrote, without quotes, forwarded mails and signatures."""

from __future__ import annotations

import pytest
from tests.growth import linear

from carescore.readers.mail import own_words

MARKED_UP = "On Tue, Mar 4, 2031 at 2:34 PM Ida &lt;ida@voss.example&gt; wrote:"
GMAIL = "On Tue, Mar 4, 2031 at 2:34 PM Ida Voss <ida@voss.example> wrote:"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"All done.\n\n{GMAIL}\n\n> Is it done?\n>\n> Ida", "All done."),
        (f"All done.\n\n{GMAIL}\nIs it done?\n\nIda", "All done."),
        ("Done.\n\nOn Tue, Mar 4, 2031 at 2:34 PM Ida Voss\n<ida@voss.example> wrote:\n> Hm?", "Done."),
        (f"{GMAIL}\n> Is it done?\nYes.\n> And the other?\nThat too.", "Yes.\nThat too."),
        (f"{GMAIL}\n> Is it done?\n", ""),
        ("Fertig.\n\nAm 04.03.2031 um 14:34 schrieb Ida Voss <i@voss.example>:\n> Ja?", "Fertig."),
        ("C'est fait.\n\nLe 4 mars 2031 à 14:34, Ida <i@voss.example> a écrit :\n> Et ?", "C'est fait."),
        ("Done.\n\n-----Original Message-----\nFrom: Ida\nHm?", "Done."),
        ("Done.\n\nFrom: Ida Voss\nSent: Tuesday\nTo: Tarn\nSubject: Pump\n\nHm?", "Done."),
        ("Done.\n________________________________\nFrom: Ida\nDate: 4 March\n\nHm?", "Done."),
        ("See below.\n\n---------- Forwarded message ---------\nFrom: Ida\nHm?", "See below."),
        (
            "---------- Forwarded message ---------\nThe pump leaks.",
            "---------- Forwarded message ---------\nThe pump leaks.",
        ),
        ("Thanks!\n-- \nRolf Amsel\nTarn Pumps", "Thanks!"),
        ("Thanks!\n\nSent from my phone", "Thanks!"),
        ("##- Please type your reply above this line -##\nold", ""),
        ("On Monday my son wrote:\nhelp me", "On Monday my son wrote:\nhelp me"),
        ("From: here it leaks\nand there", "From: here it leaks\nand there"),
        ("One\n\n\n\nTwo", "One\n\nTwo"),
        (
            f"<div>All done.</div><br><div><div>{MARKED_UP}</div><blockquote>Is it?</blockquote></div>",
            "All done.",
        ),
        ("<p>New</p><blockquote type='cite'>old</blockquote>", "New"),
        ("", ""),
    ],
)
def test_own_words(body: str, expected: str) -> None:
    assert own_words(body) == expected


@pytest.mark.parametrize("line", ["> ", "On 1:23 @ wrote:", "On ", "From:", "--", "On " + "a" * 90, ""])
def test_time_grows_with_the_number_of_lines(line: str) -> None:
    linear(own_words, lambda size: f"{line}\n" * size, 10_000)
