"""CHAT transcripts and Praat TextGrids."""

from __future__ import annotations

import random

import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.chat_cha import plain
from carescore.readers.source import Source
from carescore.transcript import Transcript


def _read(text: str) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, "call")))


def _call(text: str) -> Transcript:
    (call,) = _read(text)
    assert isinstance(call, Transcript), call
    return call


CHAT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tAGT Maren_Oduya Agent , CUS Luz Customer, TEC Technician, INV Investigator
@ID:\teng|made|AGT|||||Agent|||
@Date:\t03-FEB-2024
*AGT:\tharbour power , <this is> [//] this is Maren . \x150_2500\x15
%mor:\tn|harbour n|power
*AGT:\thow can I help ? \x152500_3000\x15
%com:\tsecond part
*CUS:\tmy meter (.) is &+br broken ,
\tsince &=coughs yesterday@s:eng . \x153100_6000\x15
*INV:\t0 [=! nods] .
*TEC:\t+< oh no [>] ! \x155800_7000\x15
*CUS:\txxx .
@End
"""


def test_chat_roles_come_from_the_participants() -> None:
    call = _call(CHAT)
    assert (call.format, call.channel, call.agent, call.started) == (
        "cha",
        "voice",
        "Maren Oduya",
        "2024-02-03",
    )
    assert [(t.speaker, t.role, t.role_source, t.start, t.end, t.text) for t in call.turns] == [
        ("AGT", "agent", "joined", 0.0, 3.0, "harbour power, this is this is Maren. how can I help?"),
        ("CUS", "customer", "joined", 3.1, 6.0, "my meter is broken, since yesterday."),
        ("TEC", "agent", "joined", 5.8, 7.0, "oh no!"),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("&-uh I &-um see .", "uh I um see."),
        ("so I +...", "so I…"),
        ("and you +/?", "and you?"),
        ('he said +"/.', "he said."),
        ('+" hello there .', "hello there."),
        ("I want [: wanted] [*] (be)cause (1.5) New_York ‡ yes .", "I want because New York, yes."),
        ("that's fine (..) &=laughs www .", "that's fine."),
        ("it is 0.5 (it is) cheap .", "it is 0.5 (it is) cheap."),
    ],
)
def test_marks_of_the_transcriber_are_not_said(written: str, said: str) -> None:
    assert plain(written) == said


LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 6
tiers? <exists>
size = 4
item []:
    item [1]:
        class = "IntervalTier"
        name = "Agent"
        xmin = 0
        xmax = 6
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 2
            text = "Hi, ""Harbour"" 3 power"
        intervals [2]:
            xmin = 2
            xmax = 4.5
            text = "sil"
        intervals [3]:
            xmin = 4.5
            xmax = 6
            text = "IntervalTier"
    item [2]:
        class = "IntervalTier"
        name = "Luz - words"
        xmin = 0
        xmax = 6
        intervals: size = 2
        intervals [1]:
            xmin = 1.5
            xmax = 3
            text = "hello"
        intervals [2]:
            xmin = 3
            xmax = 4
            text = "there"
    item [3]:
        class = "IntervalTier"
        name = "Luz - phones"
        xmin = 0
        xmax = 6
        intervals: size = 1
        intervals [1]:
            xmin = 1.5
            xmax = 3
            text = "h"
    item [4]:
        class = "TextTier"
        name = "Luz"
        xmin = 0
        xmax = 6
        points: size = 1
        points [1]:
            number = 1
            mark = "click"
"""
SHORT = """File type = "ooTextFile"
"TextGrid"

0
6
<exists>
2
"IntervalTier"
"Agent"
0
6
2
0
2
"Hi, ""Harbour"" 3 power"
4.5
6
"IntervalTier"
"IntervalTier"
"Luz"
0
6
1
1.5
4
"hello there"
"""


@pytest.mark.parametrize("grid", [LONG, SHORT])
def test_tiers_are_speakers(grid: str) -> None:
    call = _call(grid)
    assert (call.format, call.channel) == ("textgrid", "voice")
    assert [(t.speaker, t.role, t.start, t.end, t.text) for t in call.turns] == [
        ("Agent", "agent", 0.0, 2.0, 'Hi, "Harbour" 3 power'),
        ("Luz", "unknown", 1.5, 4.0, "hello there"),
        ("Agent", "agent", 4.5, 6.0, "IntervalTier"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LONG.replace('"Agent"', '"words"').replace('"Luz - words"', '"transcript"'), "has no speakers"),
        (LONG[:500], "tier 1: the TextGrid is damaged or breaks off"),
        (LONG.replace("size = 2", "size = 200000000"), "tier 2: the TextGrid is damaged"),
        (LONG.replace("xmax = 4.5", 'xmax = "x"'), "tier 1: the TextGrid is damaged"),
        (CHAT.replace("*", "%"), "no words were found"),
    ],
)
def test_refused(text: str, sentence: str) -> None:
    (error,) = _read(text)
    assert isinstance(error, TranscriptError)
    assert sentence in str(error)
    assert "Harbour" not in str(error)


@pytest.mark.parametrize("document", [CHAT, LONG, SHORT])
def test_spoiled_files_give_calls_or_errors(document: str) -> None:
    chance = random.Random(4)
    pieces = ['"', "\x15", "[", "(", "*", ":", "\t", "|", "<exists>", "9" * 400, "1e999", "nan", "-1", "\n"]
    for _ in range(400):
        start = chance.randrange(len(document))
        for found in _read(
            document[:start] + chance.choice(pieces) + document[start + chance.randrange(9) :]
        ):
            assert isinstance(found, (Transcript, TranscriptError))


@pytest.mark.parametrize(
    "text",
    [
        "@UTF8\n@Begin\n*A:\t" + "[" * 200_000 + "(" * 200_000 + "\x15" * 200_000 + "+" * 200_000,
        "@UTF8\n@Begin\n*A:\t" + "&" * 300_000 + " x" + "<" * 300_000,
        "@UTF8\n@Begin\n" + "*A:\thi .\n\tyes .\n" * 50_000,
        'File type = "ooTextFile"\n"TextGrid"\n' + '""' * 200_000 + '"' + "1" * 300_000,
        'File type = "ooTextFile"\n"TextGrid"\n' + '"IntervalTier"\n' * 50_000,
    ],
)
def test_hostile_files_take_little_time(text: str) -> None:
    assert len(_read(text)) == 1
