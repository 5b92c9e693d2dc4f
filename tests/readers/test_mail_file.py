"""Mails as mail programs keep them: `.eml` and mbox files."""

from __future__ import annotations

import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.growth import linear

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

IDA, ROLF = "Ida Vöss <ida@voss.example>", "Rolf Amsel <support@tarn.example>"
WROTE = "On Mon, 3 Mar 2031 at 9:41 AM Ida Vöss <ida@voss.example> wrote:"
MARKED_UP = "On Mon, Mar 3, 2031 at 9:41 AM Ida Vöss &lt;<a href='mailto:i'>ida@voss.example</a>&gt; wrote:"
LEAKS = "The pump leaks – “badly”."


def eml(
    sender: str,
    sent: str,
    text: str | None,
    *,
    html: str | None = None,
    to: str = ROLF,
    subject: str = "Pump",
    encoding: str | None = None,
    charset: str = "utf-8",
    attached: bool = False,
    **headers: str,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Date"], message["Subject"] = sender, to, sent, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text, cte=encoding, charset=charset)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    if attached:
        message.add_attachment("Private notes", filename="notes.txt")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="pump.png")
    return message.as_bytes()


def calls(data: bytes, format_id: str | None = None) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source("box", data=data), format=format_id))


def call(data: bytes) -> Transcript:
    (found,) = calls(data)
    assert isinstance(found, Transcript), found
    assert (found.format, found.channel) == ("mail", "email")
    return found


def said(data: bytes) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in call(data).turns]


def mbox(*mails: bytes) -> bytes:
    return b"".join(b"From a@b Mon Mar  3 09:41:00 2031\n" + one + b"\n" for one in mails)


DAY = "Mon, 03 Mar 2031 09:41:00 +0100"
FIRST = eml(IDA, DAY, f"{LEAKS}\nIda", Message_ID="<1@voss.example>")


@pytest.mark.parametrize(
    "data",
    [
        eml(IDA, DAY, LEAKS),
        eml(IDA, DAY, LEAKS, encoding="quoted-printable"),
        eml(IDA, DAY, LEAKS, encoding="base64"),
        eml(IDA, DAY, LEAKS, encoding="8bit"),
        eml(IDA, DAY, LEAKS, charset="cp1252", encoding="8bit"),
        eml(IDA, DAY, LEAKS, attached=True),
        eml(IDA, DAY, LEAKS, html="<p>Other words</p>"),
        eml(IDA, DAY, LEAKS, html="<p>Other words</p>", attached=True),
        eml(IDA, DAY, None, html=f"<div>{LEAKS}</div><style>p {{}}</style>"),
        eml(IDA, DAY, " \n", html=f"<p>{LEAKS}</p>", attached=True),
        eml(IDA, DAY, LEAKS).replace(b"\n", b"\r\n"),
        b"Received: from x\n  by y; Mon\nReturn-Path: <x@y>\n" + eml(IDA, DAY, LEAKS),
        b"\xef\xbb\xbf" + eml(IDA, DAY, LEAKS),
        mbox(eml(IDA, DAY, LEAKS)),
    ],
)
def test_the_words_of_one_mail(data: bytes) -> None:
    found = call(data)
    assert [(turn.speaker, turn.role, turn.text) for turn in found.turns] == [("Ida Vöss", "customer", LEAKS)]
    assert found.started == "2031-03-03T09:41:00+01:00"


HTML_ANSWER = (
    "<div>Dear Ida,</div><div><br></div><div>it is on its way.</div>"
    f"<div class='gmail_quote'><div>{MARKED_UP}</div><blockquote>{LEAKS}<br>Ida</blockquote></div>"
)
SECOND = eml(
    ROLF,
    "Mon, 03 Mar 2031 17:02:12 +0100",
    None,
    html=HTML_ANSWER,
    to=IDA,
    subject="Re: Pump",
    Message_ID="<2@tarn.example>",
    In_Reply_To="<1@voss.example>",
)
THIRD = eml(
    IDA,
    "Tue, 04 Mar 2031 08:15:00 +0100",
    f"It came, thanks!\n\nOn Mon, 3 Mar 2031 at 17:02, {ROLF} wrote:\n> Dear Ida,\n>\n"
    f"> it is on its way.\n>\n> {WROTE}\n>> {LEAKS}\n>> Ida\n",
    subject="Re: Pump",
    Message_ID="<3@voss.example>",
    In_Reply_To="<2@tarn.example>",
)
THREAD = [
    ("Ida Vöss", f"{LEAKS}\nIda"),
    ("Rolf Amsel", "Dear Ida,\n\nit is on its way."),
    ("Ida Vöss", "It came, thanks!"),
]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (SECOND, 2),
        (THIRD, 3),
        (mbox(FIRST, SECOND), 2),
        (mbox(FIRST, SECOND, THIRD), 3),
        (mbox(THIRD, FIRST, SECOND), 3),
        (mbox(THIRD, FIRST), 3),  # the answer is known from a quote only
        (mbox(FIRST, FIRST, SECOND, SECOND, THIRD), 3),
        (mbox(FIRST, SECOND, THIRD).replace(b"\n", b"\r\n"), 3),
    ],
)
def test_a_thread_has_each_mail_once(data: bytes, count: int) -> None:
    found = call(data)
    assert [(turn.speaker, turn.text) for turn in found.turns] == THREAD[:count]
    assert [turn.role for turn in found.turns] == ["customer", "agent", "customer"][:count]
    assert [round((turn.start or 0) / 60) for turn in found.turns] == [0, 441, 1354][:count]
    assert found.agent == "Rolf Amsel"


OTHER = eml("Bo <bo@else.example>", DAY, "A hose, please.", subject="Hose", Message_ID="<4@else.example>")


@pytest.mark.parametrize(
    ("data", "sizes"),
    [
        (mbox(FIRST, OTHER, SECOND, THIRD), [3, 1]),
        # The same subject again is a new thread, an answer to it without ids is not.
        (mbox(FIRST, eml(IDA, DAY, "Again!", Message_ID="<5@voss.example>")), [1, 1]),
        (mbox(FIRST, eml(ROLF, DAY, "Sent.", to=IDA, subject="AW: Pump", Message_ID="<6@x>")), [2]),
        (
            mbox(FIRST, eml("Bo <bo@else.example>", DAY, "Me too", subject="Re: Pump", Message_ID="<7@x>")),
            [1, 1],
        ),
    ],
)
def test_threads_of_an_mbox(data: bytes, sizes: list[int]) -> None:
    found = [one for one in calls(data) if isinstance(one, Transcript)]
    assert [len(one.turns) for one in found] == sizes
    assert [one.call_id for one in found] == (["box"] if len(sizes) == 1 else ["box-1", "box-2"])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # What Outlook puts below an answer, and what it forwards.
        (
            eml(
                ROLF,
                "Tue, 4 Mar 2031 10:00:00 +0000",
                "Sent.\n\nFrom: Ida Vöss\nSent: Monday, 3 March 2031 09:41\n"
                "To: Rolf\nSubject: Pump\n\nIt leaks.",
                to=IDA,
            ),
            [("Ida Vöss", "It leaks."), ("Rolf Amsel", "Sent.")],
        ),
        # Lines that were wrapped, as RFC 3676 says or as mail programs do.
        (
            eml(IDA, DAY, "It leaks \nall day.\n-- \nIda").replace(
                b'charset="utf-8"', b'charset="utf-8"; format=flowed'
            ),
            [("Ida Vöss", "It leaks all day.")],
        ),
        # A name in bytes of UTF-8, one that is no encoded word, none at all.
        (
            "From: Ida Vöss <i@v.example>\nMIME-Version: 1.0\n\nIt leaks.".encode(),
            [("Ida Vöss", "It leaks.")],
        ),
        (b"From: =?utf-8?b?!!?= <ida@voss.example>\nMIME-Version: 1.0\n\nIt leaks.", [("ida", "It leaks.")]),
        (b"From:\nMIME-Version: 1.0\n\nIt leaks.", [("unknown sender", "It leaks.")]),
        # Charsets and encodings that do not exist.
        (
            b"From: Ida <i@v.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=none\n"
            b"Content-Transfer-Encoding: odd\n\nIt leaks \xe2\x80\x93 badly.",
            [("Ida", "It leaks – badly.")],
        ),
        # ">From" stands for "From" at the beginning of a line.
        (
            mbox(eml(IDA, DAY, "Hello.\n\n>From now on it leaks.")),
            [("Ida Vöss", "Hello.\n\nFrom now on it leaks.")],
        ),
    ],
)
def test_what_mail_programs_write(data: bytes, expected: list[tuple[str, str]]) -> None:
    assert said(data) == expected


def test_of_two_forms_of_one_text_the_plain_one_is_read_wherever_it_stands() -> None:
    message = EmailMessage()
    message["From"], message["Date"] = IDA, DAY
    message.set_content("<p>It <b>leaks</b>, see picture 1</p>", subtype="html")
    message.add_alternative("It leaks.", subtype="plain")
    assert said(message.as_bytes()) == [("Ida Vöss", "It leaks.")]


def test_machines_that_answer_are_bots() -> None:
    answer = eml(
        "Tarn Help <help@tarn.example>", DAY, "We got it.", to=IDA, Auto_Submitted="auto-replied (x)"
    )
    assert [(turn.role, turn.role_source) for turn in call(answer).turns] == [("bot", "told")]


def test_a_forwarded_mail_that_is_attached_is_left_out() -> None:
    message = EmailMessage()
    message["From"], message["Date"] = ROLF, DAY
    message.set_content("See below.")
    inner = EmailMessage()
    inner["From"] = IDA
    inner.set_content("Private words")
    message.add_attachment(inner)
    assert said(message.as_bytes()) == [("Rolf Amsel", "See below.")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (eml(IDA, DAY, " "), "no words were found"),
        (eml(IDA, DAY, f"{WROTE}\n\n"), "no words were found"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_001A".encode("utf-16-le"),
            "Save it from Outlook",
        ),
        (
            b"From: a@b.example\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 3_000 + b"Hi",
            "too many parts",
        ),
        (
            b"From: a@b.example\nMIME-Version: 1.0\n"
            + b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
            ),
            "too many parts",
        ),
    ],
)
def test_refusals(data: bytes, sentence: str) -> None:
    (error,) = calls(data)
    assert isinstance(error, TranscriptError)
    assert sentence in str(error)
    assert "@" not in str(error)


def test_one_bad_mail_of_an_mbox_is_an_error_in_its_place() -> None:
    bad = b"From: a@b.example\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 200
    error, found = calls(mbox(FIRST, bad))
    assert isinstance(error, TranscriptError)
    assert error.place == "mail 2"
    assert isinstance(found, Transcript)


@pytest.mark.parametrize(
    "text",
    ["From March 2031\nAgent: Hello\nCustomer: Hi", "From: Rolf\nMessage: hello\nFrom: Ida\nMessage: hi"],
)
def test_texts_that_begin_with_from_are_no_mail_files(text: str) -> None:
    assert all(isinstance(one, TranscriptError) or one.format == "text" for one in calls(text.encode()))


def test_files_by_their_path(tmp_path: Path) -> None:
    path = tmp_path / "pump.eml"
    path.write_bytes(THIRD)
    (found,) = transcripts(Source.from_path(path))
    assert isinstance(found, Transcript)
    assert (found.call_id, len(found.turns)) == ("pump", 3)


def test_time_grows_with_the_number_of_mails() -> None:
    def mails(size: int) -> bytes:
        return mbox(
            *(
                eml(f"A{n} <a{n}@b{n}.example>", DAY, f"Word {n}", Message_ID=f"<{n}@x>", subject="Re: Pump")
                for n in range(size)
            )
        )

    linear(calls, mails, 60)


def test_spoiled_mails_raise_transcript_errors_only() -> None:
    chance = random.Random(6)
    base = mbox(FIRST, SECOND, THIRD, eml(IDA, DAY, LEAKS, html="<p>x</p>", encoding="base64", attached=True))
    pieces = [
        b"\n",
        b":",
        b">",
        b"\xff\xfe",
        b"=?utf-8?b?!!?=",
        b"boundary=",
        b"--",
        b"\x00",
        b"\r",
        b"charset=utf-7",
        b"charset=idna",
        b"charset=base64",
        b"Content-Transfer-Encoding: uuencode\n",
        b"format=flowed",
        b"29 Feb",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"99:99",
        b"=?x?q?a?=",
    ]
    for _ in range(400):
        data = bytearray(base)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice((0, 1, 1, 5, 40, 200))] = chance.choice(pieces)
        for found in calls(bytes(data), chance.choice(("mail", None))):
            assert isinstance(found, (Transcript, TranscriptError))
            assert not (isinstance(found, TranscriptError) and "@" in str(found))
