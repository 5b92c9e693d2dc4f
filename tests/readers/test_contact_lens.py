"""Contact Lens: roles joined from the participants (voice) or told by the turns (chat)."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of, refusal_of


def voice(*turns: tuple[str, str, int, int], people: dict[str, str] | None = None) -> dict[str, Any]:
    """A call whose turns name a participant only."""
    roles = {"p-1": "CUSTOMER", "p-2": "AGENT"} if people is None else people
    return {
        "Version": "VOICE-2022-11-30",
        "Channel": "VOICE",
        "CustomerMetadata": {"ContactId": "c-42"},
        "Participants": [{"ParticipantId": key, "ParticipantRole": role} for key, role in roles.items()],
        "Transcript": [
            {"ParticipantId": who, "Content": said, "BeginOffsetMillis": start, "EndOffsetMillis": end}
            for who, said, start, end in turns
        ],
    }


VOICE = voice(
    ("p-2", "Odile Seeds, hello.", 0, 1900),
    ("p-1", "My seeds", 2000, 2900),
    ("p-1", "never came.", 2950, 4000),
    ("p-2", "Mhm.", 2500, 2600),
)


def message(second: str, role: str, name: str, content: str | None, **more: Any) -> dict[str, Any]:
    """A message of a chat, or an event where nothing is said."""
    row = {
        "AbsoluteTime": f"2031-05-06T10:00:{second}Z",
        "ParticipantId": f"id-{name}",
        "ParticipantRole": role,
        "DisplayName": name,
        "Type": "EVENT" if content is None else "MESSAGE",
    }
    return {**row, **({} if content is None else {"Content": content}), **more}


CHAT: dict[str, Any] = {
    "Channel": "CHAT",
    "CustomerMetadata": {"ContactId": "c-43"},
    "Participants": [
        {"ParticipantId": "id-Ines", "ParticipantRole": "CUSTOMER", "DisplayName": "Ines"},
        {"ParticipantId": "id-Otto", "ParticipantRole": "AGENT", "DisplayName": "Otto"},
    ],
    "Transcript": [
        message("00.500", "CUSTOMER", "Ines", None),
        message("02.000", "SYSTEM", "SYSTEM_MESSAGE", "You are in the queue."),
        message("03.000", "CUSTOM_BOT", "Seedy", "What is it about?"),
        message("10.000", "AGENT", "Otto", "Otto here."),
        message("12.000", "AGENT", "Otto", "How can I help?"),
        message("15.250", "CUSTOMER", "Ines", "My seeds never came."),
        message("20.000", "SUPERVISOR", "Ada", "I will join."),
        {"AbsoluteTime": "2031-05-06T10:01:00Z", "Type": "EVENT"},
    ],
}


def test_voice_roles_are_joined_from_the_participants() -> None:
    call = call_of(VOICE)
    assert [(t.speaker, t.role, t.role_source, t.text, t.start, t.end) for t in call.turns] == [
        ("p-2", "agent", "joined", "Odile Seeds, hello.", 0.0, 1.9),
        ("p-1", "customer", "joined", "My seeds", 2.0, 2.9),
        ("p-2", "agent", "joined", "Mhm.", 2.5, 2.6),
        ("p-1", "customer", "joined", "never came.", 2.95, 4.0),
    ]
    assert (call.call_id, call.channel, call.format) == ("c-42", "voice", "contact-lens")
    assert (call.agent, call.started) == (None, None)


def test_neighbouring_pieces_of_a_call_are_joined() -> None:
    call = call_of(voice(("p-1", "My seeds", 0, 1000), ("p-1", "never came.", 1500, 2000)))
    assert [(t.text, t.start, t.end) for t in call.turns] == [("My seeds never came.", 0.0, 2.0)]


def test_two_agents_of_a_call_stay_apart() -> None:
    people = {"p-1": "CUSTOMER", "p-2": "AGENT", "p-3": "AGENT"}
    call = call_of(voice(("p-2", "One moment.", 0, 900), ("p-3", "Hello.", 1000, 1900), people=people))
    assert [(t.speaker, t.role) for t in call.turns] == [("p-2", "agent"), ("p-3", "agent")]


def test_a_participant_that_nobody_lists_stays_unknown() -> None:
    (turn,) = call_of(voice(("p-9", "Hello.", 0, 900))).turns
    assert (turn.speaker, turn.role, turn.role_source) == ("p-9", "unknown", "unknown")


def test_chat_messages_stay_separate_and_are_timed_from_its_first_event() -> None:
    call = call_of(CHAT)
    assert [(t.speaker, t.role, t.text, t.start, t.end) for t in call.turns] == [
        ("SYSTEM_MESSAGE", "system", "You are in the queue.", 1.5, None),
        ("Seedy", "bot", "What is it about?", 2.5, None),
        ("Otto", "agent", "Otto here.", 9.5, None),
        ("Otto", "agent", "How can I help?", 11.5, None),
        ("Ines", "customer", "My seeds never came.", 14.75, None),
        ("Ada", "agent", "I will join.", 19.5, None),
    ]
    assert {t.role_source for t in call.turns} == {"told"}
    assert (call.call_id, call.channel) == ("c-43", "chat")
    assert (call.agent, len(call.warnings)) == ("Otto", 1)
    assert call.started == "2031-05-06T10:00:00+00:00"


def test_a_redacted_chat_names_all_alike_and_lists_no_roles() -> None:
    redacted = {
        **CHAT,
        "Participants": [
            {"ParticipantId": f"id-{name}", "DisplayName": "[PII]"} for name in ("Ines", "Otto")
        ],
        "Transcript": [
            {**row, "DisplayName": "[PII]"} for row in CHAT["Transcript"] if "ParticipantId" in row
        ],
    }
    call = call_of(redacted)
    assert [(t.speaker, t.role) for t in call.turns][-2:] == [("id-Ines", "customer"), ("id-Ada", "agent")]
    assert call.agent is None


def test_several_agents_of_a_chat_are_told_apart() -> None:
    more = [message("30.000", "AGENT", "Ada", "I am Ada, and I can look after your order from here on.")]
    call = call_of({**CHAT, "Transcript": [*CHAT["Transcript"][3:5], *more]})
    assert [t.speaker for t in call.turns] == ["Otto", "Otto", "Ada"]
    assert call.agent == "Ada"
    assert call.warnings[0].startswith("It has several agents (Ada, Otto)")


def test_a_role_that_only_the_participants_tell() -> None:
    rows = [{k: v for k, v in row.items() if k != "ParticipantRole"} for row in CHAT["Transcript"][3:6]]
    call = call_of({**CHAT, "Transcript": rows})
    assert [(t.role, t.role_source) for t in call.turns] == [
        ("agent", "joined"),
        ("agent", "joined"),
        ("customer", "joined"),
    ]


def test_mail_is_its_own_channel() -> None:
    assert call_of({**CHAT, "Channel": "EMAIL"}).channel == "email"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Transcript": []}, "no words were found"),
        ({"Transcript": {}}, "Transcript: expected a list of objects, found dict"),
        (
            {"Participants": [{"ParticipantId": ["x"]}]},
            "Participants[0].ParticipantId: expected text, found list",
        ),
        ({"CustomerMetadata": "x"}, "CustomerMetadata: expected an object, found str"),
        ({"Channel": []}, "Channel: expected text, found list"),
    ],
)
def test_malformed(change: dict[str, Any], sentence: str) -> None:
    assert sentence in refusal_of({**VOICE, **change})


@pytest.mark.parametrize("document", [VOICE, CHAT], ids=["voice", "chat"])
def test_spoiled(document: dict[str, Any]) -> None:
    assert_only_transcript_errors(document, "seeds")


def test_bug_a_chat_that_connect_keeps_itself_was_read_as_a_call_without_times() -> None:
    kept = {"ContactId": "c-44", "Participants": CHAT["Participants"], "Transcript": CHAT["Transcript"]}
    call = call_of(kept)
    assert (call.call_id, call.channel, call.turns[0].start) == ("c-44", "chat", 1.5)
    assert call.turns == call_of(CHAT).turns


def test_bug_real_time_segments_of_a_call_were_refused() -> None:
    roles = {"p-1": "CUSTOMER", "p-2": "AGENT"}
    turns = [{**row, "ParticipantRole": roles[row["ParticipantId"]]} for row in VOICE["Transcript"]]
    segments = [*({"Transcript": turn} for turn in turns), {"Categories": {"MatchedCategories": []}}]
    call = call_of({"Segments": segments, "NextToken": "abc"})
    assert call.turns[0].text == "Odile Seeds, hello."
    assert [(t.role, t.role_source, t.start) for t in call.turns] == [
        ("agent", "told", 0.0),
        ("customer", "told", 2.0),
        ("agent", "told", 2.5),
        ("customer", "told", 2.95),
    ]
    assert "NextToken" in call.warnings[0]


def test_bug_real_time_segments_of_a_chat_were_refused() -> None:
    def segment(row: dict[str, Any]) -> dict[str, Any]:
        inside = {key: value for key, value in row.items() if key != "AbsoluteTime"}
        return {"Transcript": {**inside, "Time": {"AbsoluteTime": row["AbsoluteTime"]}}}

    said = [row for row in CHAT["Transcript"] if row["Type"] == "EVENT" or "Content" in row][1:-1]
    call = call_of({"Channel": "CHAT", "Status": "COMPLETED", "Segments": [segment(row) for row in said]})
    assert [(t.speaker, t.role) for t in call.turns][2:4] == [("Otto", "agent"), ("Otto", "agent")]
    assert (call.channel, call.turns[0].start, call.turns[1].start) == ("chat", 0.0, 1.0)


@pytest.mark.parametrize("segments", [None, {}, [None], [{"Categories": {}}], [[]]])
def test_segments_without_turns_are_refused(segments: Any) -> None:
    assert "no transcript" in refusal_of({"Segments": segments})
