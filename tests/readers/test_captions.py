from __future__ import annotations

import json
import random

import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript

Row = tuple[str, str, float | None, float | None]


def _read(text: str) -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, "call.vtt")))


def _call(text: str) -> Transcript:
    (call,) = _read(text)
    assert isinstance(call, Transcript), call
    return call


def _rows(text: str) -> list[Row]:
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in _call(text).turns]


def _refusal(text: str) -> str:
    (error,) = _read(text)
    assert isinstance(error, TranscriptError), error
    return str(error)


ZOOM = """WEBVTT

1
00:00:00.000 --> 00:00:02.500
Maren Oduya: Harbour Power, Maren speaking.

2
00:00:03.000 --> 00:00:04.000
+1 555*****12: Hi.

3
00:00:04.200 --> 00:00:06.000
+1 555*****12: My meter is wrong: it says 12:30 or 12:45?

4
00:00:06.500 --> 00:00:08.000
Maren Oduya: Let me look.
"""


def test_zoom_names_stand_before_the_words() -> None:
    assert _rows(ZOOM) == [
        ("Maren Oduya", "Harbour Power, Maren speaking.", 0.0, 2.5),
        ("+1 555*****12", "Hi. My meter is wrong: it says 12:30 or 12:45?", 3.0, 6.0),
        ("Maren Oduya", "Let me look.", 6.5, 8.0),
    ]
    call = _call(ZOOM)
    assert (call.format, call.channel, call.call_id) == ("vtt", "voice", "call.vtt")
    assert {turn.role for turn in call.turns} == {"unknown"}


TEAMS = """WEBVTT

NOTE made by hand
Ann: this is a note

STYLE
::cue { color: red }

0f3c1a2b-44c6-4a8b-8c0a-add105d81000/11-0
00:00:01.000 --> 00:00:03.000
<v Ito, Ren (Sales)>Good morning &amp; welcome,
how can I help?</v>

0f3c1a2b-44c6-4a8b-8c0a-add105d81000/11-1
00:00:03.000 --> 00:00:04.000
<v Ito, Ren (Sales)>Are you there?</v>

00:04.500 --> 00:06,000 align:start position:10%
<v.loud Luz>I <i>am</i>, 2 < 3. <v Ito, Ren (Sales)>Great.</v>

00:06.000 --> 00:07.000
Go on.
"""


def test_teams_voices_are_joined_over_cues_and_parted_within_one() -> None:
    assert _rows(TEAMS) == [
        ("Ito, Ren (Sales)", "Good morning & welcome, how can I help? Are you there?", 1.0, 4.0),
        ("Luz", "I am, 2 < 3.", 4.5, 6.0),
        ("Ito, Ren (Sales)", "Great. Go on.", 4.5, 7.0),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "1\n00:01.000 --> 00:02.000\nAgent: Hi.\n2\n00:02.000 --> 00:03.000\nCustomer: Hello.\n42\n",
            [("Agent", "Hi."), ("Customer", "Hello. 42")],
            id="no empty line between cues; a number that is said stays",
        ),
        pytest.param(
            "1:00:01.000 --> 1:00:02.000\nAgent (Ben): Hi.\n\n"
            "101:00:02.000 --> 101:00:03.000\n[Customer] Hello.\n\n"
            "101:00:04.000 --> 101:00:05.000\nUnlabelled goes on.",
            [("Agent (Ben)", "Hi."), ("Customer", "Hello. Unlabelled goes on.")],
            id="long hours, brackets, a cue without a name",
        ),
        pytest.param(
            "00:01.000 --> 00:02.000\n- Agent: Hi.\n- Customer: Hello.\n\n"
            "00:03.000 --> 00:04.000\nAgent: The plan: it is this\nhttps://example.org and more.\n",
            [
                ("Agent", "Hi."),
                ("Customer", "Hello."),
                ("Agent", "The plan: it is this https://example.org and more."),
            ],
            id="two speakers in one cue, colons that name nobody",
        ),
        pytest.param(
            "00:01.000 --> 00:02.000\n[Music]\n\n00:02.000 --> 00:03.000\nThis call is recorded.\n\n"
            "00:03.000 --> 00:04.000\nAgent: Hi.\n\n00:04.000 --> 00:05.000\nCustomer: Hello.\n",
            [("unknown", "This call is recorded."), ("Agent", "Hi."), ("Customer", "Hello.")],
            id="words before the first name",
        ),
        pytest.param(
            "00:09.000 --> 00:10.000\nB: two\n\n00:01.000 --> 00:02.000\nA: one\n\n"
            "00:05.000 --> 00:04.000\nB: three --> and an arrow\n",
            [("A", "one"), ("B", "three --> and an arrow two")],
            id="cues out of order",
        ),
    ],
)
def test_cues(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(speaker, text) for speaker, text, _, _ in _rows("WEBVTT\n\n" + body)] == expected


def test_a_role_in_the_label_is_told() -> None:
    call = _call("WEBVTT\n\n00:01.000 --> 00:02.000\nAgent (Ben): Hi.\n\n00:02.000 --> 00:03.000\nLuz: Hi.\n")
    assert [(t.role, t.role_source) for t in call.turns] == [("agent", "told"), ("unknown", "unknown")]


SRT = """1\r
00:00:00,500 --> 00:00:02,000\r
Nora: When you first\r
call us, it\r
\r
2\r
00:00:02,000 --> 00:00:03,500\r
is <i>almost</i> certain that you\r
\r
wait a bit.\r
\r
3\r
00:00:04,000 --> 00:00:05,000\r
Piet: {\\an8}Remember: not long.\r
\r
4\r
00:00:06,000 --> 00:00:07,000\r
In one case: two days.\r
\r
5\r
00:00:07,000 --> 00:00:08,000\r
Nora: Yes.\r
6\r
00:00:08,000 --> 00:00:09,000\r
Piet: No.\r
"""


def test_srt_names_only_where_the_speaker_changes() -> None:
    call = _call(SRT)
    assert call.format == "srt"
    assert [(t.speaker, t.text, t.start, t.end) for t in call.turns] == [
        ("Nora", "When you first call us, it is almost certain that you wait a bit.", 0.5, 3.5),
        ("Piet", "Remember: not long. In one case: two days.", 4.0, 7.0),
        ("Nora", "Yes.", 7.0, 8.0),
        ("Piet", "No.", 8.0, 9.0),
    ]


WEBEX = """WEBVTT

1 "Maren Oduya" (1838592000)
00:00:00.000 --> 00:00:02.500
Harbour Power, Maren speaking.

2 "T. Ito" (2219837184)
00:00:03.000 --> 00:00:04.000
Hi: my meter is wrong.

3 "Piet Vos" (2219837185)
00:00:03.000 --> 00:00:04.000
Hi.
"""


def test_bug_names_beside_the_numbers_of_webex_cues_were_not_seen() -> None:
    assert _rows(WEBEX) == [
        ("Maren Oduya", "Harbour Power, Maren speaking.", 0.0, 2.5),
        ("T. Ito", "Hi: my meter is wrong.", 3.0, 4.0),
        ("Piet Vos", "Hi.", 3.0, 4.0),
    ]


def _metadata(second: int, name: str, said: str) -> str:
    cue = {"startDateTime": f"2031-05-06T10:00:0{second}Z", "speakerName": name, "spokenText": said}
    return f"00:00:0{second}.000 --> 00:00:0{second + 1}.000\n{json.dumps(cue)}\n\n"


def test_bug_teams_metadata_with_json_in_its_cues_was_refused() -> None:
    cues = [_metadata(0, "Maren Oduya", "Harbour Power."), _metadata(2, "Ito, Tam (Guest)", "R&D calling.")]
    assert _rows("WEBVTT\n\n" + "".join(cues)) == [
        ("Maren Oduya", "Harbour Power.", 0.0, 1.0),
        ("Ito, Tam (Guest)", "R&D calling.", 2.0, 3.0),
    ]
    cut = _call("WEBVTT\n\n" + "".join(cues) + _metadata(4, "Maren Oduya", "One moment.")[:-9])
    assert len(cut.turns) == 2
    assert "captions are broken JSON" in cut.warnings[0]


@pytest.mark.parametrize("arrow", [" --> ", "-->"])
def test_bug_srt_without_hours_had_the_numbers_of_its_cues_in_the_words(arrow: str) -> None:
    text = "1\n00:01.000 --> 00:03.000\nNora: Hello.\n\n2\n00:03.200 --> 00:05.000\nPiet: Hi.\n"
    assert _rows(text.replace(" --> ", arrow)) == [("Nora", "Hello.", 1.0, 3.0), ("Piet", "Hi.", 3.2, 5.0)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n", "has no speakers"),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nWelcome.\n\n2\n00:00:02,000 --> 00:00:03,000\nA plan.\n\n"
            "3\n00:00:03,000 --> 00:00:04,000\nRemember: be kind.\n\n4\n00:00:04,000 --> 00:00:05,000\n"
            "Remember: be quick.\n\n5\n00:00:05,000 --> 00:00:06,000\nBye.",
            "has no speakers",
        ),
        ("WEBVTT\n", "no captions were found"),
        ("WEBVTT\n\n00:0x.000 --> 00:02.000\nAgent: Hello.\n\nno times --> here\n", "no captions were found"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: Hi.\n\n1 --> 00:03\nAgent: Hello.\n",
            "call.vtt, line 6: the times",
        ),
        ("WEBVTT\n\n --> \n", "line 3: the times"),
    ],
)
def test_refused(text: str, sentence: str) -> None:
    assert sentence in _refusal(text)


@pytest.mark.parametrize("document", [ZOOM, TEAMS, SRT, WEBEX])
def test_spoiled_captions_give_calls_or_errors(document: str) -> None:
    chance = random.Random(3)
    pieces = [
        "-->",
        "\n",
        "<v ",
        ">",
        ":",
        "00:",
        "&#" + "9" * 5000 + ";",
        "\x00",
        "<",
        "1",
        "WEBVTT",
        ",",
        "]",
    ]
    for _ in range(400):
        start = chance.randrange(len(document))
        end = min(len(document), start + chance.randrange(12))
        for found in _read(document[:start] + chance.choice(pieces) + document[end:]):
            assert isinstance(found, (Transcript, TranscriptError))
            assert "Harbour" not in str(found) or isinstance(found, Transcript)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nA: " + "1" * 300_000 + "\nB: x",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v A>x" * 50_000,
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nA: x\n" * 20_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "[" * 300_000 + "\n" + ">" * 300_000 + "\n" + " " * 300_000,
    ],
)
def test_hostile_captions_take_little_time(text: str) -> None:
    assert len(_read(text)) == 1
