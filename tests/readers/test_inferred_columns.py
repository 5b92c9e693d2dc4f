"""Tables whose columns have names of their own: what stands in them tells what they are, or it is asked."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.frame import transcripts_from_frame
from carescore.readers.source import Source
from carescore.transcript import Transcript

SAID = (("agent", "Lake Hotel."), ("customer", "A room, please."), ("agent", "Which day?"))


def _read(text: str, name: str = "q3.csv") -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, name)))


def _two_calls(header: str, *, first: str = "C7", second: str = "C8") -> str:
    rows = [f"{call},{role},{said!r}\n".replace("'", '"') for call in (first, second) for role, said in SAID]
    return f"{header},role,text\n" + "".join(rows)


@pytest.mark.parametrize(
    "header",
    [
        *("Case Number", "CaseNumber", "salesforce_case_id", "Chat No.", "Call Ref", "Incident ID"),
        *("thread_key", "Session Nr", "contact_ref", "ID", "Ref", "uuid"),
    ],
)
def test_bug_calls_with_another_name_for_their_id_were_read_as_one(header: str) -> None:
    calls = _read(_two_calls(header))
    assert [(c.call_id, len(c.turns)) for c in calls if isinstance(c, Transcript)] == [("C7", 3), ("C8", 3)]
    assert all(isinstance(c, Transcript) and c.warnings == () for c in calls)


def test_the_number_of_a_row_is_no_id_of_a_call() -> None:
    rows = "".join(f'{n},{role},"{said}"\n' for n, (role, said) in enumerate(SAID, 1))
    (call,) = _read("id,role,text\n" + rows)
    assert isinstance(call, Transcript)
    assert len(call.turns) == 3


def test_bug_a_table_that_may_hold_several_calls_was_read_as_one_without_a_word() -> None:
    (call,) = _read(_two_calls("booking"))
    assert isinstance(call, Transcript)
    assert "If column 1 tells calls apart, name it 'call_id'." in call.warnings[0]
    (call,) = _read(_two_calls("mood", first="calm", second="angry"))
    assert isinstance(call, Transcript)
    assert call.warnings == ()


@pytest.mark.parametrize(
    ("column", "agent", "customer"),
    [
        ("channel_role", "AGENT", "CUSTOMER"),
        ("Leg", "Representative", "Caller"),
        ("direction", "outbound", "inbound"),
        ("Direction", "OUTGOING", "INCOMING"),
    ],
)
def test_bug_roles_in_a_column_of_another_name_were_not_seen(column: str, agent: str, customer: str) -> None:
    rows = "".join(f'77,{agent if who == "agent" else customer},"{said}"\n' for who, said in SAID)
    (call,) = _read(f"interaction_id,{column},transcript\n" + rows)
    assert isinstance(call, Transcript)
    assert [(turn.role, turn.role_source, turn.text) for turn in call.turns] == [
        (who, "told", said) for who, said in SAID
    ]
    lines = [json.dumps({"call": "77", "words": 3, column: agent, "text": said}) for _, said in SAID[:1]]
    lines += [json.dumps({"call": "77", "words": 3, column: customer, "text": said}) for _, said in SAID[1:]]
    frame = pd.DataFrame([json.loads(line) for line in lines])
    (call,) = transcripts_from_frame(frame)
    assert isinstance(call, Transcript)
    assert [turn.role for turn in call.turns] == ["agent", "customer", "customer"]


@pytest.mark.parametrize("columns", ["from_side,to_side", "from_side,mood"])
def test_a_column_that_may_not_be_the_speaker_is_not_taken_for_it(columns: str) -> None:
    beside = "customer" if "to_side" in columns else "calm"
    rows = f"9,agent,{beside},Hello\n9,{'customer' if beside == 'calm' else beside},agent,Hi\n"
    found = _read(f"call_id,{columns},text\n" + rows)
    if beside == "calm":
        assert isinstance(found[0], Transcript)
    else:
        assert [str(error).split(":")[0] for error in found] == ["q3.csv"]


def test_bug_a_table_of_turns_without_speakers_gave_an_error_for_each_row() -> None:
    (error,) = _read("interaction_id,started,transcript\n" + "5,2024-05-01,some words\n" * 400)
    assert "lacks a column for the words, or for who says them" in str(error)
    assert "Found: interaction_id, started, transcript" in str(error)


@pytest.mark.parametrize("header", ["call_id;who;said", "call_id;speaker;text"])
def test_excels_line_for_the_separator_is_no_header(header: str) -> None:
    rows = "".join(f"7;{role};{said}\r\n" for role, said in SAID)
    (call,) = _read(f"sep=;\r\n{header}\r\n{rows}")
    assert isinstance(call, Transcript)
    assert len(call.turns) == 3
