"""Mail threads as text: headers, quotes, order, copies, and who is the agent."""

from __future__ import annotations

import random

import pytest
from tests.growth import linear

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

IDA, ROLF = "Ida Voss <ida@voss.example>", "Rolf Amsel <support@tarn.example>"


def calls(text: str | bytes, format_id: str | None = None) -> list[Transcript | TranscriptError]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(transcripts(Source("thread.txt", data=data), format=format_id))


def call(text: str | bytes) -> Transcript:
    (found,) = calls(text)
    assert isinstance(found, Transcript), found
    assert (found.format, found.channel) == ("mail", "email")
    return found


def said(text: str | bytes) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in call(text).turns]


def mail(sender: str, sent: str, body: str, to: str = "x", subject: str = "Pump") -> str:
    return f"From: {sender}\nSent: {sent}\nTo: {to}\nSubject: {subject}\n\n{body}\n\n"


FIRST = mail(IDA, "Monday, 3 March 2031 09:41", "The pump leaks.\nIda", ROLF)
SECOND = mail(ROLF, "Monday, 3 March 2031 17:02", "A new one is on its way.\nRolf", IDA, "RE: Pump")
THIRD = mail(IDA, "Tuesday, 4 March 2031 08:15", "It came. Thanks!", ROLF, "RE: Pump")
THREAD = [
    ("Ida Voss", "The pump leaks.\nIda"),
    ("Rolf Amsel", "A new one is on its way.\nRolf"),
    ("Ida Voss", "It came. Thanks!"),
]
WROTE_1 = f"On 3 March 2031 at 09:41, {IDA} wrote:"
WROTE_2 = f"On Mon, Mar 3, 2031 at 5:02 PM {ROLF} wrote:"

BETWEEN = "On 3 March 2031, Ida wrote:\n> Is it safe?\n\nYes.\n"
LONG = "The pump leaks whenever it rains for more than two or three hours"


@pytest.mark.parametrize(
    "text",
    [
        FIRST + SECOND + THIRD,
        THIRD + SECOND + FIRST,
        SECOND + THIRD + FIRST,
        f"{THIRD}-----Original Message-----\n{SECOND}-----Original Message-----\n{FIRST}",
        f"{FIRST}\n________________________________\n{SECOND}\n________________________________\n{THIRD}",
        f"Thread 4471\n===========\n\n{FIRST}---\n\n{SECOND}---\n\n{THIRD}",
        "\n".join(f"> {line}" for line in (THIRD + SECOND + FIRST).split("\n")),
        (FIRST + SECOND + THIRD).replace("From:", "**From:**").replace("Sent:", "**Sent:**"),
        (FIRST + SECOND + THIRD).replace("\nSent", "\n\nSent").replace("\nTo", "\n\nTo"),
        (FIRST + SECOND + THIRD).replace("Sent:", "Date:").replace("\n", "\r\n"),
        # Quoted by "> ", and by the words above alone.
        f"{THIRD}{WROTE_2}\n> A new one is on its way.\n> Rolf\n>\n> {WROTE_1}\n>> The pump leaks.\n>> Ida\n",
        f"{THIRD}{WROTE_2}\n\nA new one is on its way.\nRolf\n\n{WROTE_1}\n\nThe pump leaks.\nIda\n",
        f"{WROTE_1}\n> The pump leaks.\n> Ida\n\n{WROTE_2}\n> A new one is on its way.\n> Rolf\n\n{THIRD}",
        # Each mail with all before it, as they are saved.
        f"{FIRST}{SECOND}{WROTE_1}\n> The pump leaks.\n> Ida\n\n{THIRD}{SECOND}{FIRST}",
        f"{THIRD}{WROTE_2}\n> A new one\n> is on its way.\n\n{SECOND}{WROTE_1}\n> The pump leaks.\n\n{FIRST}",
    ],
)
def test_each_mail_once_in_order_of_date(text: str) -> None:
    found = call(text)
    assert [(turn.speaker, turn.text) for turn in found.turns] == THREAD
    assert [turn.start for turn in found.turns] == [0.0, 26_460.0, 81_240.0]
    assert (found.started, found.agent) == ("2031-03-03T09:41:00", "Rolf Amsel")
    assert [(turn.role, turn.role_source) for turn in found.turns] == [
        ("customer", "joined"),
        ("agent", "joined"),
        ("customer", "joined"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = (FIRST + SECOND).replace("leaks", "leaks – “badly”")
    assert said(text.encode(encoding))[0] == ("Ida Voss", "The pump leaks – “badly”.\nIda")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Answers between quoted lines.
        (
            mail("Rolf", "4 March 2031 10:00", f"See below.\n\n{BETWEEN}\n> Who pays?\n\nWe do.", "Ida"),
            [("Ida", "Is it safe?\n\nWho pays?"), ("Rolf", "See below.\n\nYes.\n\nWe do.")],
        ),
        # The rest of a long quoted line stands unmarked.
        (
            f"{SECOND}{WROTE_1}\n> {LONG}\nin the\n> night.",
            [("Ida Voss", f"{LONG} in the\nnight."), ("Rolf Amsel", "A new one is on its way.\nRolf")],
        ),
        # Without dates: what is announced as older is older, else the order of the file.
        (
            "From: Rolf\nTo: Ida\nSubject: Re: Pump\n\nDone.\n\n-----Original Message-----\n"
            "From: Ida\nTo: Rolf\nSubject: Pump\n\nIt leaks.",
            [("Ida", "It leaks."), ("Rolf", "Done.")],
        ),
        (
            "From: Ida\nTo: Rolf\nSubject: A\n\nIt leaks.\n\nFrom: Rolf\nTo: Ida\nSubject: Re: A\n\nDone.",
            [("Ida", "It leaks."), ("Rolf", "Done.")],
        ),
        # A mail that only forwards another.
        (
            f"{mail(ROLF, '5 March 2031 10:00', '', IDA)}---------- Forwarded message ---------\n{FIRST}",
            [("Ida Voss", "The pump leaks.\nIda")],
        ),
        # The same short words at two times are two mails; what is quoted of a third is none.
        (
            mail("Ida", "3 March 2031 09:00", "Any news?")
            + mail("Ida", "4 March 2031 09:00", "Any news?")
            + mail("Rolf", "4 March 2031 10:00", "Yes.\n\nOn 4 March 2031 at 10:00, Ida wrote:\n> Any news?"),
            [("Ida", "Any news?"), ("Ida", "Any news?"), ("Rolf", "Yes.")],
        ),
        # What somebody tells is no mail, and quotes of nobody are left out.
        (
            mail("Ida", "3 March 2031 09:00", "On Monday at 10:30 my son wrote:\nhelp me\n\n> It says so."),
            [("Ida", "On Monday at 10:30 my son wrote:\nhelp me")],
        ),
        # Signatures, notices.
        (
            mail(
                "Ida",
                "3 March 2031 09:00",
                "[EXTERNAL]\n\nIt leaks.\n\nRegards,\nIda Voss\nTel. 020 5550 134",
            ),
            [("Ida", "It leaks.\n\nRegards,\nIda Voss")],
        ),
    ],
)
def test_what_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("top", "speaker", "why"),
    [
        ("Hello Ida,\n\nit is on its way.\n\nRolf", "Rolf Amsel", "who signs it"),
        ("It is on its way.", "Rolf Amsel", "only other person"),
    ],
)
def test_the_newest_mail_without_a_header(top: str, speaker: str, why: str) -> None:
    quoted = f"{WROTE_1}\n> The pump leaks.\n>\n> {WROTE_2.replace('3', '2')}\n>> Your pump was sent.\n"
    found = call(f"{top}\n\n{quoted}")
    assert [turn.speaker for turn in found.turns] == ["Rolf Amsel", "Ida Voss", speaker]
    (warning,) = found.warnings
    assert why in warning
    assert "Put a line such as 'From: Rolf Amsel' above it" in warning


def test_a_writer_whom_nothing_tells_stays_unknown() -> None:
    found = call(f"It is on its way.\n\n{WROTE_1}\n> The pump leaks.")
    assert [(turn.speaker, turn.role) for turn in found.turns] == [
        ("Ida Voss", "unknown"),
        ("unknown sender", "unknown"),
    ]
    assert "It is not known who wrote" in found.warnings[0]


DESK, GERA = "help@tarn.example", "Gera Finch <gera@tarn.example>"


@pytest.mark.parametrize(
    ("mails", "roles", "agent"),
    [
        # Nothing tells the desk.
        ([(IDA, "rolf@tarn.example"), ("Rolf <rolf@tarn.example>", IDA)], ["unknown", "unknown"], None),
        # Written to or from a shared mailbox, by any of its firm.
        ([(IDA, DESK), ("Tarn Help <help@tarn.example>", IDA)], ["customer", "agent"], None),
        ([(IDA, DESK), (GERA, IDA)], ["customer", "agent"], "Gera Finch"),
        ([("Ida", "Tarn Support"), ("Tarn Support", "Ida")], ["customer", "agent"], None),
        ([(GERA, f"{IDA}; {DESK}"), (IDA, GERA)], ["agent", "customer"], "Gera Finch"),
        # Others of the customer's firm, and strangers.
        (
            [(IDA, DESK), ("Luis <luis@voss.example>", DESK), ("Bo <bo@else.example>", IDA), (GERA, IDA)],
            ["customer", "customer", "unknown", "agent"],
            "Gera Finch",
        ),
        (
            [("ida@gmail.com", DESK), ("Bo <bo@gmail.com>", "ida@gmail.com"), (GERA, "ida@gmail.com")],
            ["customer", "unknown", "agent"],
            "Gera Finch",
        ),
        # Within the firm: the customer never sees it.
        ([(IDA, DESK), (GERA, DESK), ("Bo <bo@tarn.example>", IDA)], ["customer", "system", "agent"], "Bo"),
        # A help desk for colleagues: the domain tells nothing.
        (
            [("Ida <ida@tarn.example>", DESK), (GERA, "ida@tarn.example"), (DESK, "ida@tarn.example")],
            ["customer", "unknown", "agent"],
            None,
        ),
        # Machines, shared mailboxes of two firms, a mailing list, what names tell.
        ([(IDA, DESK), ("no-reply@tarn.example", IDA), (DESK, IDA)], ["customer", "bot", "agent"], None),
        ([("service@voss.example", DESK), (DESK, "service@voss.example")], ["unknown", "unknown"], None),
        ([("'Ida Voss' via Help <help@tarn.example>", DESK), (DESK, IDA)], ["customer", "agent"], None),
        ([("Ida (customer)", "x"), ("Rolf Amsel (agent)", "Ida")], ["customer", "agent"], "Rolf Amsel"),
    ],
)
def test_roles(mails: list[tuple[str, str]], roles: list[str], agent: str | None) -> None:
    text = "".join(mail(who, f"3 March 2031 1{n}:00", f"Word {n}", to) for n, (who, to) in enumerate(mails))
    found = call(text)
    assert [turn.role for turn in found.turns] == roles
    assert found.agent == agent


@pytest.mark.parametrize(
    ("mails", "sizes", "warned"),
    [
        ([(IDA, DESK, "Pump"), (DESK, IDA, "AW: [T-12] Re: Pump")], [2], False),
        # Two customers, two subjects; or the same subject of a form.
        ([(IDA, DESK, "Pump"), (DESK, IDA, "Re: Pump"), ("Bo <b@b.example>", DESK, "Hose")], [2, 1], False),
        (
            [
                (IDA, DESK, "Request"),
                ("Bo <b@else.example>", DESK, "Request"),
                (GERA, IDA, "Re: Request"),
                (GERA, "b@else.example", "Re: Request"),
            ],
            [2, 2],
            False,
        ),
        # One customer under two subjects.
        ([(IDA, DESK, "Pump"), (DESK, IDA, "Re: Pump"), (IDA, DESK, "No answer!")], [3], True),
        # Names and addresses of the same people.
        ([("Ida Voss", DESK, "Pump"), (GERA, "ida.voss@voss.example", "Re: Pump")], [2], False),
    ],
)
def test_threads_of_a_file(mails: list[tuple[str, str, str]], sizes: list[int], warned: bool) -> None:
    text = "".join(
        mail(who, f"3 March 2031 1{n}:00", f"Word {n}", to, subject)
        for n, (who, to, subject) in enumerate(mails)
    )
    found = calls(text)
    assert [len(one.turns) for one in found if isinstance(one, Transcript)] == sizes
    assert [one.call_id for one in found if isinstance(one, Transcript)] == (
        ["thread.txt"] if len(sizes) == 1 else [f"thread.txt-{n + 1}" for n in range(len(sizes))]
    )
    assert (
        any("several subjects" in w for one in found if isinstance(one, Transcript) for w in one.warnings)
        == warned
    )


@pytest.mark.parametrize(
    ("days", "starts", "started"),
    [
        (("03/03/2031 09:41", "04/03/2031 09:41"), [0.0, 86_400.0], "2031-03-03T09:41:00"),
        (("03/04/2031 09:41", "03/05/2031 09:41"), [0.0, 86_400.0], None),
        (("3 March 2031 23:59", "4 March 2031 00:01"), [0.0, 120.0], "2031-03-03T23:59:00"),
        (("3 Mar 2031 09:41 +0100", "3 Mar 2031 09:41 +0000"), [0.0, 3600.0], "2031-03-03T09:41:00+01:00"),
        (("3 March 2031", "4 March 2031"), [0.0, 86_400.0], "2031-03-03"),
        (("last week", "yesterday"), [None, None], None),
        (("3 March 2031 09:41", "yesterday"), [0.0, None], "2031-03-03T09:41:00"),
    ],
)
def test_times(days: tuple[str, str], starts: list[float | None], started: str | None) -> None:
    found = call(mail("Ida", days[0], "It leaks.") + mail("Rolf", days[1], "Sorry!"))
    assert [turn.text for turn in found.turns] == ["It leaks.", "Sorry!"]
    assert ([turn.start for turn in found.turns], found.started) == (starts, started)


@pytest.mark.parametrize(
    "text",
    [
        "From: Ida Voss\nTo: help@tarn.example\nDate: 3 March 2031\n\nAgent: Hello\nCustomer: Hi\nAgent: So?",
        f"{FIRST.split('The pump')[0]}Ida: Hello\nRolf: Hi\nIda: It leaks\nRolf: Oh\nIda: Yes",
        "Subject: Pump\nDate: 3 March 2031\nChannel: email\n\n[3 March 2031, 09:41]\nIda (customer):\nHi\n\n"
        "[4 March 2031, 09:41]\nRolf (agent):\nHello",
        "[00:01] Rosa: On 3 March you wrote:\n[00:04] Omar: From: me?\n[00:05] Rosa: Yes",
        "Ida: I wrote to ida@voss.example:\nRolf: When?\nIda: On 3 March 2031, Rolf wrote:\nRolf: So.",
    ],
)
def test_transcripts_with_labels_are_no_mails(text: str) -> None:
    (found,) = calls(text)
    assert isinstance(found, Transcript)
    assert found.format == "text"
    assert len(found.speakers) == 2


def test_a_table_whose_cells_hold_mails_is_a_table() -> None:
    rows = f'speaker,text\nIda,"{FIRST}"\nRolf,"{SECOND}"\n'
    (found,) = calls(rows)
    assert isinstance(found, Transcript)
    assert (found.format, found.speakers) == ("csv", ("Ida", "Rolf"))


def test_no_error_shows_an_address_or_what_was_said() -> None:
    for text in ("Dear Ida, the pump leaks. ida@voss.example", mail(IDA, "3 March 2031", "> The pump leaks")):
        (error,) = calls(text, "mail")
        assert isinstance(error, TranscriptError)
        assert str(error).startswith("thread.txt")
        assert "@" not in str(error)
        assert "pump" not in str(error).lower()


def test_labels_show_no_address() -> None:
    found = call(mail("ida.voss@voss.example", "3 March 2031 09:00", "It leaks.", DESK))
    assert found.speakers == ("ida.voss",)


@pytest.mark.parametrize(
    "piece",
    [
        FIRST,
        "From: ida@voss.example\n",
        "Subject: a\nb\n",
        "On 3 March 2031 at 09:41\n",
        f"{WROTE_1}\n> a\n",
        "> ",
        ">" * 200 + " x\n",
        "ida@voss.example, ",
        "@",
        "a:\n",
    ],
)
def test_time_stays_linear(piece: str) -> None:
    linear(lambda text: calls(text, "mail"), lambda size: FIRST + piece * (size // len(piece)), 20_000)


def test_many_threads_take_time_by_their_number() -> None:
    def threads(size: int) -> str:
        return "".join(
            mail(
                f"A{n} <a{n}@b{n}.example>", f"3 March 2031 {n % 24}:{n % 60:02}", f"Word {n}", DESK, f"S{n}"
            )
            for n in range(size)
        )

    assert len(calls(threads(200))) == 200
    linear(calls, threads, 150)


def test_spoiled_threads_raise_transcript_errors_only() -> None:
    chance = random.Random(4)
    quoted = f"{WROTE_1}\n> The pump leaks.\n>> {WROTE_2}\n"
    base = f"{THIRD}{quoted}\n-----Original Message-----\n{SECOND}{FIRST}Regards,\nIda\n--\nx"
    pieces = [
        "\n",
        ":",
        ">",
        "<",
        "@",
        "From: ",
        "wrote:",
        "\x00",
        "29 Feb",
        "99:99",
        "0000-00-00",
        "\u202e",
        "é",
    ]
    for _ in range(300):
        text = list(base)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(text))
            text[place : place + chance.choice((0, 1, 1, 5, 40))] = chance.choice(pieces)
        for found in calls("".join(text), chance.choice(("mail", None))):
            assert isinstance(found, (Transcript, TranscriptError))
            assert not (isinstance(found, TranscriptError) and "@" in str(found))
