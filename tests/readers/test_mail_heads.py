"""What stands above a mail: dates, people, header blocks and "On …, Ida wrote:"."""

from __future__ import annotations

import pytest

from carescore.readers.mail_heads import attribution, block
from carescore.readers.mail_people import People, Person, people_in
from carescore.readers.mail_when import instants, iso, when_in


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 3 Mar 2031 09:41:00 +0100", "2031-03-03T09:41:00+01:00"),
        ("Mon, 03 Mar 2031 09:41:22 -0800 (PST)", "2031-03-03T09:41:22-08:00"),
        ("2031-03-03T09:41:00Z", "2031-03-03T09:41:00+00:00"),
        ("2031-03-03 9:41 GMT+01:00", "2031-03-03T09:41:00+01:00"),
        ("Monday, March 3, 2031 9:41 AM", "2031-03-03T09:41:00"),
        ("Mar 3, 2031, at 9:41 PM", "2031-03-03T21:41:00"),
        ("Monday, 3 March 2031 12:05 am", "2031-03-03T00:05:00"),
        ("March-03-31 4:22 PM", "2031-03-03T16:22:00"),
        ("Friday, March 3, 2031, 06:05:24 PM EDT", "2031-03-03T18:05:24"),
        ("03.03.2031 um 09:41", "2031-03-03T09:41:00"),
        ("lundi 3 mars 2031 à 9h41", "2031-03-03T09:41:00"),
        ("Monday, March 3, 2031", "2031-03-03"),
        ("3 March 2031 25:99", "2031-03-03"),
        ("03/04/2031 09:41", None),  # March or April
        ("yesterday at 09:41", None),
    ],
)
def test_when_a_mail_was_sent(written: str, expected: str | None) -> None:
    found = when_in(written)
    assert (iso(found[0]) if found is not None else None) == expected


def test_instants_count_from_one_clock() -> None:
    written = ("3 Mar 2031 09:41 +0100", "3 Mar 2031 08:41 +0000", "3 Mar 2031 09:41", "3 Mar 2031")
    found = [when_in(one) for one in written]
    first, same, naive, day = instants([one[0] for one in found if one is not None])
    assert first is not None
    assert naive is not None
    assert (first, naive - first, day) == (same, 3600.0, naive - 34_860)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ida Voss <ida@voss.example>", [("Ida Voss", "ida@voss.example")]),
        ("<ida@voss.example>", [("", "ida@voss.example")]),
        ('"Voss, Ida" <ida@voss.example>', [("Ida Voss", "ida@voss.example")]),
        ("Voss, Ida <i@v.e>; Roth, Luis <l@r.e>", [("Ida Voss", "i@v.e"), ("Luis Roth", "l@r.e")]),
        ("Ida Voss [mailto:ida@voss.example]", [("Ida Voss", "ida@voss.example")]),
        ("ida@voss.example <ida@voss.example>", [("", "ida@voss.example")]),
        ("ida@v.example<mailto:ida@v.example>, Luis <l@r.e>", [("", "ida@v.example"), ("Luis", "l@r.e")]),
        ("Ida Voss (ida@voss.example)", [("Ida Voss", "ida@voss.example")]),
        ("Rolf (Tarn Pumps) <r@tarn.example>", [("Rolf (Tarn Pumps)", "r@tarn.example")]),
        ("'Ida Voss' via Support <support@tarn.example>", [("Ida Voss", "")]),
        ("Ida Voss; Rolf Amsel", [("Ida Voss", ""), ("Rolf Amsel", "")]),
        ("Ida <[EMAIL]>", [("Ida", "")]),
        ("", []),
    ],
)  # fmt: skip
def test_people_of_a_line(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(person.name, person.address) for person in people_in(value)] == expected


@pytest.mark.parametrize(
    ("address", "shared", "machine"),
    [
        ("support@tarn.example", True, False),
        ("Customer.Service+12@tarn.example", True, False),
        ("help-desk@tarn.example", True, False),
        ("uk_support@tarn.example", True, False),
        ("ida@support.example", False, False),
        ("no-reply@tarn.example", False, True),
        ("do.not.reply@tarn.example", False, True),
        ("helpful.ida@voss.example", False, False),
    ],
)
def test_mailboxes(address: str, shared: bool, machine: bool) -> None:
    person = Person("", address)
    assert (person.is_shared, person.is_machine) == (shared, machine)


def test_one_person_under_name_and_address() -> None:
    people = People(
        [Person("Ida Voss", "ida@voss.example"), Person("Luis Roth"), Person("", "luis.roth@roth.example")]
    )
    assert people.label(Person("", "IDA@voss.example")) == "Ida Voss"
    assert people.key(Person("Voss Ida")) == people.key(Person("", "ida@voss.example"))
    assert people.label(Person("", "luis.roth@roth.example")) == "Luis Roth"
    desks = People([Person("Tarn Support"), Person("", "support@a.example"), Person("", "support@b.example")])
    assert desks.key(Person("", "support@a.example")) != desks.key(Person("", "support@b.example"))
    assert people.label(Person("", "info@a.example")) == "info"
    assert people.label(Person("", "info@b.example")) == "info (2)"


ADA, ROLF = "Ida Voss <ida@voss.example>", "Rolf Amsel <rolf@tarn.example>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"From: {ADA}\nSent: 3 March 2031 09:41\nTo: x\nSubject: Pump\n\nHi", ("Ida Voss", "Pump", 4)),
        (f"Subject: Pump\nDate: 3 Mar 2031\nFrom: {ADA}\nTo: x\n\nHi", ("Ida Voss", "Pump", 4)),
        (f"**From:** {ADA}\n**Sent:** 3/3/2031 9:41 AM\n**Subject:** Pump\nHi", ("Ida Voss", "Pump", 3)),
        (f"*From*: {ADA}\n*Date*: 3 Mar 2031\n\nHi", ("Ida Voss", "", 2)),
        (f"  *From:* {ADA}\n  *To:* x\n  *Subject:* Pump\n", ("Ida Voss", "Pump", 3)),
        (f"From: {ADA}\n\nSent: 3 Mar 2031\n\nTo: x\n\nSubject: A\n\nSubject: no", ("Ida Voss", "A", 7)),
        (f"Von: {ADA}\nGesendet: 3. März 2031\nAn: x\nBetreff: Pumpe\n", ("Ida Voss", "Pumpe", 4)),
        (f"De : {ADA}\nEnvoyé : 3 mars 2031\nÀ : x\nObjet : Pompe\n", ("Ida Voss", "Pompe", 4)),
        (f"From: {ADA}\nTo: a@b.e;\nc@d.e\nSubject: A\n one\nX-Mailer: y\n", ("Ida Voss", "A one", 6)),
        (f"From: {ADA}\nSubject: Two\nlines\nTo: x\n\nHi", ("Ida Voss", "Two lines", 4)),
        ("From: Ida\nTo: Rolf\nSubject: Pump", ("Ida", "Pump", 3)),
        # No header of a mail.
        ("From: Ida\nto you", None),
        ("From: here it leaks\nTo: there", None),
        ("From: +44 20 5550 134\nTo: +44 20 5550 135\nDate: 3 March 2031", None),
        ("Subject: Pump\nDate: 3 March 2031", None),
    ],
)  # fmt: skip
def test_header_blocks(text: str, expected: tuple[str, str, int] | None) -> None:
    found = block(text.split("\n"), 0)
    if found is None or found[0].sender is None:
        assert expected is None
    else:
        assert (found[0].sender.name, found[0].subject, found[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"On 3 March 2031 at 09:41, {ADA} wrote:", "Ida Voss"),
        (f"On Tue, Mar 4, 2031 at 2:34 PM {ADA} wrote:", "Ida Voss"),
        (f"On Mon, 3 Mar 2031 09:41:00 +0000 (GMT), {ADA} wrote:", "Ida Voss"),
        ("On Friday, April 3, 2031, 06:05:24 PM EDT, Ida Voss  wrote:", "Ida Voss"),
        ("On 03/04/2031 09:41, Ida Voss wrote:", "Ida Voss"),
        ("On Mar 3, 2031, at 09:41, Ida Voss\n<ida@voss.example> wrote:", "Ida Voss"),
        ("On Mar 3, 2031, at 09:41, Ida <\nida@voss.example>\nwrote:", "Ida"),
        ("On 3 March 2031, Ida van der Voss wrote:", "Ida van der Voss"),
        ("On Monday 10:30 Ida <ida@voss.example> wrote:", "Ida"),
        ("On 3 March 2031 at 09:41, ida@voss.example wrote:", ""),
        (f"{ADA} wrote on 3 March 2031 at 09:41:", "Ida Voss"),
        ("ida <ida@voss.example> wrote:", "ida"),
        (f"2031-03-03 9:41 GMT+01:00 {ADA}:", "Ida Voss"),
        (f"Am 04.03.2031 um 14:34 schrieb {ADA}:", "Ida Voss"),
        (f"Le 4 mars 2031 à 14:34, {ADA} a écrit :", "Ida Voss"),
        # Somebody tells what somebody wrote.
        ("On Monday my son wrote:", None),
        ("On Monday at 10:30 my son wrote:", None),
        ("On 3 March 2031 at 10:30 your colleague Rolf wrote:", None),
        ("On 3 March 2031 at 10:30 Rolf told me what he thinks of it and wrote:", None),
        ("We wrote on 3 March 2031:", None),
        ("On 3 March 2031:", None),
    ],
)
def test_attributions(text: str, expected: str | None) -> None:
    found = attribution(text.split("\n"), 0)
    assert (found[0].sender.name if found is not None and found[0].sender else None) == expected
    assert found is None or found[1] == text.count("\n") + 1
