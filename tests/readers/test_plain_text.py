from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from tests.growth import linear

from carescore.errors import TranscriptError
from carescore.readers import transcripts
from carescore.readers.source import Source
from carescore.transcript import Transcript


def read_many(text: str, name: str = "call") -> list[Transcript | TranscriptError]:
    return list(transcripts(Source.from_text(text, name)))


def read_one(text: str) -> Transcript:
    (call,) = read_many(text)
    assert isinstance(call, Transcript), call
    assert call.format == "text"
    return call


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in read_one(text).turns]


def times(text: str) -> list[tuple[float | None, float | None]]:
    return [(turn.start, turn.end) for turn in read_one(text).turns]


A, C, U, B, S = "agent", "customer", "unknown", "bot", "system"

STYLES = [
    ("Agent: Hello\nCustomer: Hi", "Agent", "Customer"),
    ("AGENT: Hello\n\nCUSTOMER: Hi\n", "AGENT", "CUSTOMER"),
    ("Agent (Rosa): Hello\nCustomer (Omar): Hi", "Agent (Rosa)", "Customer (Omar)"),
    ("Agent(Rosa): Hello\nCustomer(Omar): Hi", "Agent(Rosa)", "Customer(Omar)"),
    ("Agent Rosa: Hello\nCustomer Omar: Hi", "Agent Rosa", "Customer Omar"),
    ("Rosa (Agent): Hello\nOmar (Customer): Hi", "Rosa (Agent)", "Omar (Customer)"),
    ("**Agent:** Hello\n**Customer:** Hi", "Agent", "Customer"),
    ("**Agent**: Hello\n**Customer**: Hi", "Agent", "Customer"),
    ("**AGENT (ROSA):** Hello\n**CUSTOMER (OMAR):** Hi", "AGENT (ROSA)", "CUSTOMER (OMAR)"),
    ("**Agent(Rosa)**: Hello\n**Customer(Omar)**: Hi", "Agent(Rosa)", "Customer(Omar)"),
    ("*Agent:* Hello\n*Customer:* Hi", "Agent", "Customer"),
    ("_Agent_: Hello\n_Customer_: Hi", "Agent", "Customer"),
    ("- **Agent:** Hello\n- **Customer:** Hi", "Agent", "Customer"),
    ("1. Agent: Hello\n2. Customer: Hi", "Agent", "Customer"),
    ("> Agent: Hello\n> Customer: Hi", "Agent", "Customer"),
    ("### Agent:\nHello\n### Customer:\nHi", "Agent", "Customer"),
    ("   Agent:   Hello\n\tCustomer:\tHi", "Agent", "Customer"),
    ("Agent:Hello\nCustomer:Hi", "Agent", "Customer"),
    ("Agent\u00a0:\u00a0Hello\nCustomer\u00a0:\u00a0Hi", "Agent", "Customer"),
    ("Agent：Hello\nCustomer：Hi", "Agent", "Customer"),
    ("Agent:\nHello\n\nCustomer:\nHi", "Agent", "Customer"),
    ("Agent\nHello\n\nCustomer\nHi", "Agent", "Customer"),
    ("**Agent**\nHello\n\n**Customer**\nHi", "Agent", "Customer"),
    ("12 Agent: Hello\n13 Customer: Hi", "Agent", "Customer"),
    ("Agent: Hello\nVisitor 20551: Hi", "Agent", "Visitor 20551"),
    ("[Agent] Hello\n[Customer] Hi", "Agent", "Customer"),
    ("[AGENT]: Hello\n[CUSTOMER]: Hi", "AGENT", "CUSTOMER"),
    ("<Agent> Hello\n<Customer> Hi", "Agent", "Customer"),
    ("Agent - Hello\nCustomer - Hi", "Agent", "Customer"),
    ("Agent – Hello\nCustomer – Hi", "Agent", "Customer"),
    ("Agent> Hello\nCustomer> Hi", "Agent", "Customer"),
    ("Agent\tHello\nCustomer\tHi", "Agent", "Customer"),
    ("| Speaker | Text |\n|---|---|\n| Agent | Hello |\n| Customer | Hi |", "Agent", "Customer"),
    ("Agent: Hello Customer: Hi", "Agent", "Customer"),
    ("Agent: Hello\\nCustomer: Hi", "Agent", "Customer"),
    ("Representative: Hello\nCaller: Hi", "Representative", "Caller"),
    ("Advisor: Hello\nClient: Hi", "Advisor", "Client"),
    ("Rep: Hello\nCust: Hi", "Rep", "Cust"),
    ("CSR: Hello\nUser: Hi", "CSR", "User"),
    ("Operator: Hello\nMember: Hi", "Operator", "Member"),
    ("Northwind Representative: Hello\nPatient: Hi", "Northwind Representative", "Patient"),
    ("Support: Hello\nUser: Hi", "Support", "User"),
    ("Customer Service: Hello\nGuest: Hi", "Customer Service", "Guest"),
]


@pytest.mark.parametrize(("text", "agent", "customer"), STYLES)
def test_label_styles(text: str, agent: str, customer: str) -> None:
    call = read_one(text)
    assert rows(text) == [(agent, A, "Hello"), (customer, C, "Hi")]
    assert {turn.role_source for turn in call.turns} == {"told"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Supervisor (Kai): Hello\nAgent (Rosa): Hi\nCustomer: Oh\nRosa: Yes\nKai: Bye",
            [
                ("Supervisor (Kai)", A, "Hello"),
                ("Agent (Rosa)", A, "Hi"),
                ("Customer", C, "Oh"),
                ("Agent (Rosa)", A, "Yes"),
                ("Supervisor (Kai)", A, "Bye"),
            ],
        ),
        (
            "Agent 1: Hello\nAgent 2: Hi\nCustomer: Oh",
            [("Agent 1", A, "Hello"), ("Agent 2", A, "Hi"), ("Customer", C, "Oh")],
        ),
        (
            "AI: Hello\nUser: Hi\nSystem: Call passed on\nAgent: Rosa here",
            [
                ("AI", B, "Hello"),
                ("User", C, "Hi"),
                ("System", S, "Call passed on"),
                ("Agent", A, "Rosa here"),
            ],
        ),
        (
            "IVR: Press one\nCaller: One\nBot: Thanks\nVirtual assistant: Wait\nInternal note: angry",
            [
                ("IVR", B, "Press one"),
                ("Caller", C, "One"),
                ("Bot", B, "Thanks"),
                ("Virtual assistant", B, "Wait"),
                ("Internal note", S, "angry"),
            ],
        ),
    ],
)
def test_more_than_two_parties(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosa: Hello\nOmar: Hi\nRosa: Yes\nOmar: Oh", [("Rosa", U, "unknown"), ("Omar", U, "unknown")]),
        ("Rosa: Hello\nOmar: Hi", [("Rosa", U, "unknown"), ("Omar", U, "unknown")]),
        ("SPEAKER_00: Hello\nSPEAKER_01: Hi", [("SPEAKER_00", U, "unknown"), ("SPEAKER_01", U, "unknown")]),
        ("SPEAKER: S1\nHello\nSPEAKER: S2\nHi", [("S1", U, "unknown"), ("S2", U, "unknown")]),
        ("Q: What?\nA: This\nQ: And?\nA: That", [("Q", U, "unknown"), ("A", U, "unknown")]),
        (
            "dee_92: Hi\ned.lee: Yo\ndee_92: So\ned.lee: Ok",
            [("dee_92", U, "unknown"), ("ed.lee", U, "unknown")],
        ),
        (
            "+1 555*****00: Hi\n[NAME]: Yo\n+1 555*****00: So\n[NAME]: [PII]",
            [("+1 555*****00", U, "unknown"), ("[NAME]", U, "unknown")],
        ),
        # One side told: the other follows.
        ("Agent: Hello\nOmar: Hi\nAgent: Yes\nOmar: Oh", [("Agent", A, "told"), ("Omar", C, "joined")]),
        ("Rosa: Hello\nCaller: Hi\nRosa: Yes", [("Rosa", A, "joined"), ("Caller", C, "told")]),
        (
            "Agent: Hello\nOmar: Hi\nIda: Hi\nOmar: Oh\nIda: Ah\nAgent: Yes\nOmar: Oh\nIda: Ah",
            [("Agent", A, "told"), ("Omar", U, "unknown"), ("Ida", U, "unknown")],
        ),
        (
            "Agent: Hi\nUnknown Speaker: Oh\nAgent: Yes",
            [("Agent", A, "told"), ("Unknown Speaker", U, "unknown")],
        ),
        # A header says who is who.
        (
            "Agent: Rosa\nCustomer: Omar\n\nRosa: Hello\nOmar: Hi\nRosa: Yes",
            [("Rosa", A, "joined"), ("Omar", C, "joined")],
        ),
        (
            "*Agent:* Rosa  \n*Customer:* Omar\n\n"
            "**Rosa:** Hello\n\n**Omar:** Hi\n\n**Rosa:** Yes\n\n**Omar:** Oh",
            [("Rosa", A, "joined"), ("Omar", C, "joined")],
        ),
        (
            "Call between Omar (Customer) and Rosa (Agent)\n\nRosa: Hello\nOmar: Hi\nRosa: Yes\nOmar: Oh",
            [("Rosa", A, "joined"), ("Omar", C, "joined")],
        ),
        (
            "**Call with customer service agent Rosa**\n\nOmar: Hi\nRosa: Hello\nOmar: Oh\nRosa: Yes",
            [("Omar", C, "joined"), ("Rosa", A, "joined")],
        ),
        (
            "Participants: Rosa - Agent, Omar - Customer\n\nRosa: Hello\nOmar: Hi\nRosa: Yes\nOmar: Oh",
            [("Rosa", A, "joined"), ("Omar", C, "joined")],
        ),
        # First with the role, then by name, or by role alone.
        (
            "Agent (Rosa): Hello\nCustomer (Omar): Hi\nRosa: Yes\nOmar: Oh\nRosa (after a check): Done",
            [("Agent (Rosa)", A, "told"), ("Customer (Omar)", C, "told")],
        ),
        (
            "Agent (Rosa Ito): Hello\nCustomer (Omar): Hi\nAgent: Yes\nCustomer: Oh\nRosa: Done",
            [("Agent (Rosa Ito)", A, "told"), ("Customer (Omar)", C, "told")],
        ),
    ],
)
def test_who_is_who(text: str, expected: list[tuple[str, str, str]]) -> None:
    turns = read_one(text).turns
    assert list(dict.fromkeys((t.speaker, t.role, t.role_source) for t in turns)) == expected


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Agent (Rosa): Hello\nCustomer: Hi", "Rosa"),
        ("AGENT (ROSA): Hello\nCUSTOMER (OMAR): Hi", "Rosa"),
        ("Rosa (Agent): Hello\nOmar (Customer): Hi", "Rosa"),
        ("Agent: Rosa\nCustomer: Omar\n\nAgent: Hello\nCustomer: Hi", "Rosa"),
        ("Agent: Rosa\nCustomer: Omar\n\nRosa: Hello\nOmar: Hi\nRosa: Yes", "Rosa"),
        ("Agent name: Rosa Ito\n\nAgent: Hello\nCustomer: Hi", "Rosa Ito"),
        # The header has the full name, the labels the first one.
        ("Agent: Rosa Ito\nCustomer: Omar Voss\n\nRosa: Hello\nOmar: Hi\nRosa: Yes", "Rosa Ito"),
        ("Agent: Rosa Ito\nCustomer: Omar\n\nAgent (Rosa): Hello\nOmar: Hi\nRosa: Yes", "Rosa Ito"),
        ("Agent: Rosa Ito\nCustomer: Rosa Voss\n\nAgent (Rosa): Hello\nCustomer: Hi", "Rosa Ito"),
        ("Agent name: Rosa Ito\n\nAgent (Rosa): Hello\nCustomer: Hi", "Rosa Ito"),
        ("Agent: Rosa Ito\nCustomer: Omar\n\nAgent (Kai): Hello\nCustomer: Hi", "Kai"),
        ("Agent: Hello\nCustomer: Hi", None),
        (
            "Agent (Rosa): Hello\nAgent (Kai): Hi\nCustomer: Oh",
            None,
        ),  # a call of two agents is nobody's alone
    ],
)
def test_agent_name(text: str, agent: str | None) -> None:
    assert read_one(text).agent == agent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Times, addresses, titles and lists have colons too.
        (
            "Agent: We open at 10:30: come by\nCustomer: 12:30 or 12:45?\nAgent: Yes",
            ["We open at 10:30: come by", "12:30 or 12:45?", "Yes"],
        ),
        (
            "Agent: See\nhttps://example.org/a\nCustomer: Ok",
            ["See https://example.org/a", "Ok"],
        ),
        (
            "Agent: See\nNote: bring it\nTime: 10:30\n12:30 or 12:45?\nCustomer: Ok",
            ["See Note: bring it Time: 10:30 12:30 or 12:45?", "Ok"],
        ),
        (
            "Doctor Ito: Last part: closing it\nIda: So: what?\nDoctor Ito: This\nIda: Ok",
            ["Last part: closing it", "So: what?", "This", "Ok"],
        ),
        (
            "Agent: Enter this:\n\nHost: *\nRelay: * * *\nGateway: 7\n\nThen save.\n\n"
            "Customer: Ok\nAgent: Good",
            ["Enter this: Host: * Relay: * * * Gateway: 7 Then save.", "Ok", "Good"],
        ),
        (
            "Agent: First\n1. Put it in.\n2. Turn it on.\nCustomer: Ok",
            ["First 1. Put it in. 2. Turn it on.", "Ok"],
        ),
        # Wrapped lines and paragraphs go on with the last speaker.
        ("Agent: One\ntwo\n\nthree\nCustomer: Ok", ["One two three", "Ok"]),
        ("Agent: My number is\n[PHONE NUMBER]\nCustomer: Ok", ["My number is [PHONE NUMBER]", "Ok"]),
        # Titles, directions, rules and counts are not said by anybody.
        (
            "Harbour Support Transcript\nDuration: 6 minutes\n\nAgent: Hello\nCustomer: Hi",
            ["Hello", "Hi"],
        ),
        (
            "[Phone rings]\n\nAgent: One\n\n[Checking the account]\n(After a short wait)\n"
            "*Music plays*\n\ntwo\n\nCustomer: Ok\n\n(Call ends)",
            ["One two", "Ok"],
        ),
        (
            "**Transcript Start**\n\n## Opening\nAgent: One\n\n**The problem**\n\n---\n"
            "Customer: Ok\n\n**Transcript End**",
            ["One", "Ok"],
        ),
        (
            "Agent: One\nCustomer: Ok\n\nEnd of Transcript. (812 words)\n\nNote: this was written to length.",
            ["One", "Ok"],
        ),
        ("Agent: One\nCustomer: Ok\n\nTotal Words: 390\n\nMore of that", ["One", "Ok"]),
        ("Agent: One\nCustomer: Ok\n[End of call", ["One", "Ok"]),
        (
            "Agent: One\nCustomer: the call ended on me\nand then\nAgent: Ah",
            ["One", "the call ended on me and then", "Ah"],
        ),
        (
            "Agent: It takes forty-\nfive days -\nat most\nCustomer: Ok 🤷\u200d♀️",
            ["It takes forty-five days - at most", "Ok 🤷\u200d♀️"],
        ),
        ("Agent:\n[inaudible]\nCustomer:\nOk", ["[inaudible]", "Ok"]),
        (
            "Agent\nDear Ida,\nwe sent it.\nKai\n\nCustomer\nThanks\nIda\n\n"
            "Agent\nGood.\nKai\n\nCustomer\nBye\nIda",
            ["Dear Ida, we sent it. Kai", "Thanks Ida", "Good. Kai", "Bye Ida"],
        ),
        # Neighbouring pieces of one speaker are one turn; labels without words are none.
        ("Agent: One\nAgent: two\nCustomer:\nAgent: three\nCustomer: Ok", ["One two three", "Ok"]),
    ],
)
def test_what_is_said(text: str, expected: list[str]) -> None:
    assert [turn.text for turn in read_one(text).turns] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[00:00:03] Agent: Hello\n[00:00:08] Customer: Hi", [(3.0, None), (8.0, None)]),
        ("00:00:03 Agent: Hello\n00:00:08 Customer: Hi", [(3.0, None), (8.0, None)]),
        ("00:03 - Agent: Hello\n00:08 - Customer: Hi", [(3.0, None), (8.0, None)]),
        ("(0:03) Agent: Hello\n(1:00:08.5) Customer: Hi", [(3.0, None), (3608.5, None)]),
        ("00:00:03\n\nAgent: Hello\n\n00:00:08\n\nCustomer: Hi", [(3.0, None), (8.0, None)]),
        ("00:00:03\tAgent:\tHello\n00:00:08\tCustomer:\tHi", [(3.0, None), (8.0, None)]),
        ("**[00:03]** **Agent:** Hello\n**[00:08]** **Customer:** Hi", [(3.0, None), (8.0, None)]),
        ("Agent (00:03): Hello\nCustomer (00:08): Hi", [(3.0, None), (8.0, None)]),
        ("Agent [00:00:03]: Hello\nCustomer [00:00:08]: Hi", [(3.0, None), (8.0, None)]),
        ("Agent (00:03)\nHello\n\nCustomer (00:08)\nHi", [(3.0, None), (8.0, None)]),
        ("Agent 00:03\nHello\n\nCustomer 00:08\nHi", [(3.0, None), (8.0, None)]),
        ("Agent: [00:03] Hello\nCustomer: [00:08] Hi", [(3.0, None), (8.0, None)]),
        ("00:00:03 SPEAKER_00\nHello\n\n00:00:08 SPEAKER_01\nHi", [(3.0, None), (8.0, None)]),
        ("Rosa  10:04 AM\nHello\n\nOmar  10:05 AM\nHi", [(0.0, None), (60.0, None)]),
        ("[00:03 - 00:06] Agent: Hello\n[00:08 - 00:09] Customer: Hi", [(3.0, 6.0), (8.0, 9.0)]),
        (
            "0:00:03.0 - 0:00:06.1\nAgent\nHello\n\n0:00:08.0 - 0:00:09.1\nCustomer\nHi",
            [(3.0, 6.1), (8.0, 9.1)],
        ),
        ("[3.0 - 6.5] SPEAKER_00: Hello\n[8.0 - 9.5] SPEAKER_01: Hi", [(3.0, 6.5), (8.0, 9.5)]),
        # By the clock on the wall: from the first one, over midnight as well.
        ("10:04 AM Rosa: Hello\n10:05 AM Omar: Hi", [(0.0, None), (60.0, None)]),
        ("11:59:30 PM Rosa: Hello\n12:00:30 AM Omar: Hi", [(0.0, None), (60.0, None)]),
        ("[2025-03-03 14:00:03] Rosa: Hello\n[2025-03-03 14:00:09] Omar: Hi", [(0.0, None), (6.0, None)]),
        ("[22/11/24, 14:00:03] Rosa: Hello\n[22/11/24, 14:00:09] Omar: Hi", [(0.0, None), (6.0, None)]),
        (
            "14:00:03 From Rosa to Everyone: Hello\n14:00:09 From Omar to Everyone: Hi",
            [(0.0, None), (6.0, None)],
        ),
        # Days count, however they are written; times never lead back before the first.
        ("[2025-03-03 20:11] Rosa: Hello\n[2025-03-04 09:02] Omar: Hi", [(0.0, None), (46260.0, None)]),
        (
            "[3 March 2025, 09:41]\nAgent:\nHello\n\n[5 March 2025, 00:05]\nCustomer:\nHi",
            [(0.0, None), (138240.0, None)],
        ),
        (
            "[31 Dec 2024, 11:59 PM] Rosa: a\n[Jan 1, 2025, 12:01 AM] Omar: b\n[1/2/2025 0:01] Rosa: c",
            [(0.0, None), (120.0, None), (86520.0, None)],
        ),
        ("[09:41, 03/04/2025] Rosa: Hello\n[09:41, 04/04/2025] Omar: Hi", [(0.0, None), (86400.0, None)]),
        ("[3 March, 09:41] Rosa: Hello\n[4 March, 09:40] Omar: Hi", [(0.0, None), (86340.0, None)]),
        (
            "[2025-03-03 14:00:03 - 23:59:50] Rosa: a\n[2025-03-03 23:59:51 - 00:00:04] Omar: b",
            [(0.0, 35987.0), (35988.0, 36001.0)],
        ),
        # Where only some times have a day, a clock that falls back shows the next one.
        (
            "[2025-03-03 14:00:03] Rosa: a\n[09:00:03] Omar: b\n[2025-03-06 14:00:03] Rosa: c",
            [(0.0, None), (68400.0, None), (259200.0, None)],
        ),
        ("02:00:09 PM Rosa: a\n09:00:09 AM Omar: b", [(0.0, None), (68400.0, None)]),
        ("14:00:05 Rosa: a\n14:00:03 Omar: b", [(2.0, None), (0.0, None)]),
        (
            f"23:50 Rosa: {'a ' * 40}\n00:05 Omar: b\n00:07 Rosa: c",
            [(0.0, None), (900.0, None), (1020.0, None)],
        ),
        (
            "Rosa 10:04 AM\nHello\n\nTuesday, March 4, 2025\n\nOmar 9:05 AM\nHi\n\nRosa 9:06 AM\nYes",
            [(0.0, None), (82860.0, None), (82920.0, None)],
        ),
        (
            "--- 3 March 2025 ---\nRosa 10:04\nHello\n--- 4 March 2025 ---\nOmar 10:05\nHi",
            [(0.0, None), (86460.0, None)],
        ),
        # A day above a recording says nothing about what its times count from.
        ("3 March 2025\n\n[00:00:03] Agent: Hello\n[00:00:08] Customer: Hi", [(3.0, None), (8.0, None)]),
        # Hours and minutes, for nobody says this much in two seconds.
        (
            f"14:00 Rosa: {'word ' * 40}\n14:01 Omar: {'word ' * 40}\n14:02 Rosa: Bye",
            [(0.0, None), (60.0, None), (120.0, None)],
        ),
        ("Agent: Hello\nCustomer: Hi", [(None, None), (None, None)]),
    ],
)
def test_times(text: str, expected: list[tuple[float | None, float | None]]) -> None:
    assert times(text) == expected


@pytest.mark.parametrize(
    ("heads", "started"),
    [
        (("Agent (3 March 2025, 09:41):", "Customer (4 March 2025, 09:41):"), "2025-03-03"),
        (("Agent, 3 March 2025, 09:41:", "Customer, 4 March 2025, 09:41:"), "2025-03-03"),
        (("Agent, Mon 3 Mar 2025 9:41 AM:", "Customer, Tue 4 Mar 2025 9:41 AM:"), "2025-03-03"),
        (("Agent on 3 March 2025 at 09:41:", "Customer on 4 March 2025 at 09:41:"), "2025-03-03"),
        (("Agent wrote on 2025-03-03 09:41:", "Customer wrote on 2025-03-04 09:41:"), "2025-03-03"),
        (("Agent [09:41, 3 March 2025]:", "Customer [09:41, 4 March 2025]:"), "2025-03-03"),
        (("Agent - 03.03.2025 09:41:", "Customer - 04.03.2025 09:41:"), "2025-03-03"),
        (("[2025-03-03 09:41 UTC] Agent:", "[2025-03-04 09:41 UTC] Customer:"), "2025-03-03"),
        (("Agent (03/03/2025, 09:41):", "Customer (04/03/2025, 09:41):"), "2025-03-03"),
        (("**Agent** (3 March, 09:41):", "**Customer** (4 March, 09:41):"), None),
    ],
)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_label_with_day_and_time(heads: tuple[str, str], started: str | None, between: str) -> None:
    call = read_one(f"{heads[0]}{between}Hello\n\n{heads[1]}{between}Hi\n\n{heads[0]}{between}Bye")
    assert [(t.speaker, t.role, t.text) for t in call.turns] == [
        ("Agent", A, "Hello"),
        ("Customer", C, "Hi"),
        ("Agent", A, "Bye"),
    ]
    assert [t.start for t in call.turns] == [0.0, 86400.0, 0.0]
    assert call.started == started


def test_a_name_and_role_with_day_and_time() -> None:
    text = "Omar Voss (customer), 3 March 2025, 09:41:\nHi\n\nRosa Ito (agent), 4 March 2025, 11:05:\nHello"
    assert rows(text) == [("Omar Voss (customer)", C, "Hi"), ("Rosa Ito (agent)", A, "Hello")]
    assert times(text) == [(0.0, None), (91440.0, None)]
    assert read_one(text).agent == "Rosa Ito"


@pytest.mark.parametrize(
    "head", ["{who} ({day}): ", "[{day}] {who}: ", "{day} {who}: ", "{who}, {day}: ", "{who} on {day}:\n"]
)
@pytest.mark.parametrize("days", [("3 March 2025", "4 March 2025"), ("2025-03-03", "2025-03-04")])
def test_a_day_without_a_time_is_no_part_of_a_label(head: str, days: tuple[str, str]) -> None:
    said = [("Agent", days[0], "Hello"), ("Customer", days[1], "Hi"), ("Agent", days[1], "Yes")]
    text = "\n".join(head.format(who=who, day=day) + words for who, day, words in said)
    assert rows(text) == [("Agent", A, "Hello"), ("Customer", C, "Hi"), ("Agent", A, "Yes")]


def test_newest_first_is_turned_round() -> None:
    text = "[2025-03-05 09:00] Rosa: c\n[2025-03-04 10:00] Omar: b\n[2025-03-03 10:00] Rosa: a"
    call = read_one(text)
    assert [(t.text, t.start) for t in call.turns] == [("a", 0.0), ("b", 86400.0), ("c", 169200.0)]
    assert call.started == "2025-03-03"


@pytest.mark.parametrize(
    "said", ["Sent on\n3 March 2025\nas I said", "I ordered 3 May 2025: nothing", "Due 3 March 2025"]
)
def test_a_day_that_somebody_says_is_kept(said: str) -> None:
    assert rows(f"Agent: Hello\nCustomer: {said}\nAgent: Yes")[1] == ("Customer", C, said.replace("\n", " "))
    timed = f"[00:01] Agent: Hello\n[00:05] Customer: {said}\n[00:09] Agent: Yes"
    assert rows(timed)[1] == ("Customer", C, said.replace("\n", " "))


def test_days_tell_calls_and_evenings_apart() -> None:
    day = "[2025-03-03 14:00:03] {0}: a\n[2025-03-03 14:05:00] {1}: b\n"
    night = "[2025-03-04 00:00:04] {0}: c\n[2025-03-04 00:01:00] {1}: d"
    (call,) = read_many((day + night).format("Agent", "Customer"))
    assert isinstance(call, Transcript)
    assert len(call.turns) == 4


def test_a_name_said_once_counts_where_times_set_labels_off() -> None:
    text = (
        "[00:01] Rosa: Hello\n[00:05] Omar: Hi\n[00:09] Rosa: I get Kai\n[00:20] Kai: Hello\n[00:30] Omar: Oh"
    )
    assert [row[0] for row in rows(text)] == ["Rosa", "Omar", "Rosa", "Kai", "Omar"]


HELLO = "Agent: “Hello”\r\nCustomer: Hi\r\n"


@pytest.mark.parametrize(
    "data",
    [
        HELLO.encode(),
        HELLO.encode("utf-8-sig"),
        HELLO.encode("utf-16"),
        HELLO.encode("utf-16-le"),
        HELLO.encode("cp1252"),
        HELLO.replace("\r\n", "\r").encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    (call,) = transcripts(Source("call.txt", data=data))
    assert isinstance(call, Transcript)
    assert [(t.speaker, t.text) for t in call.turns] == [("Agent", "“Hello”"), ("Customer", "Hi")]


def test_header_tells_of_the_call() -> None:
    call = read_one(
        "Call ID: HB-2291\nDate: March 3rd, 2025\nTime: 10:04 AM\nChannel: Chat\nCustomer ID: 5\n\n"
        "Agent: Hello\nAgent: Yes?\nCustomer: Hi"
    )
    assert (call.call_id, call.started, call.channel) == ("HB-2291", "2025-03-03T10:04:00", "chat")
    assert len(call.turns) == 3  # messages of a chat stay apart
    call = read_one("Agent: Rosa\nCustomer: Omar\nDate: 2025-03-03\n\nAgent: Hello\nCustomer: Hi")
    assert (call.agent, call.started, len(call.turns)) == ("Rosa", "2025-03-03", 2)


@pytest.mark.parametrize(
    ("day", "started"),
    [
        ("2025-03-03", "2025-03-03"),
        ("2025-03-03T10:04:05", "2025-03-03T10:04:05"),
        ("3 March 2025", "2025-03-03"),
        ("Mar 3, 2025", "2025-03-03"),
        ("Monday, 3 March 2025, 09:41", "2025-03-03T09:41:00"),
        ("25/03/2025", "2025-03-25"),
        ("03/04/2025", None),  # March or April
        ("[DATE]", None),
    ],
)
def test_day_of_the_call(day: str, started: str | None) -> None:
    assert read_one(f"Date: {day}\n\nAgent: Hello\nCustomer: Hi").started == started


CALL_1 = (
    "Agent: Hello, Harbour Bank.\nCustomer: My card is gone.\nAgent: It is blocked. Goodbye.\nCustomer: Bye."
)
CALL_2 = "Agent: Good morning, Harbour Bank.\nCustomer: I moved.\nAgent: Noted. Take care.\nCustomer: Thanks."
CALL_3 = "Rosa: Hello, how can I help?\nOmar: A new card.\nRosa: On its way, bye.\nOmar: Thank you."
TIMED_1 = "[00:00:01] Agent: Hello\n[00:00:40] Customer: Hi"
TIMED_2 = "[00:00:00] Agent: Yes?\n[00:00:05] Customer: Me"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"Call 1\n{CALL_1}\nCall 2\n{CALL_2}\nCall 3\n{CALL_3}", ["x-1", "x-2", "x-3"]),
        (f"# Calls\n\n## Call 1: Lost card\n\n{CALL_1}\n\n## Call 2: New home\n\n{CALL_2}", ["x-1", "x-2"]),
        (
            f"Calls\n1. Call 1: Card\n2. Call 2: Home\n\nCall 1: Card\n{CALL_1}\n\nCall 2: Home\n{CALL_2}",
            ["x-1", "x-2"],
        ),
        (f"=== Call 1 ===\n{CALL_1}\n\n=== Call 2 ===\n{CALL_2}", ["x-1", "x-2"]),
        (f"**Conversation #12**\n\n{CALL_1}\n\n**Conversation #15**\n\n{CALL_3}", ["x-12", "x-15"]),
        (f"Call ID: HB-7\nAgent name: Kai\n\n{CALL_1}\n\nCall ID: HB-8\n\n{CALL_2}", ["HB-7", "HB-8"]),
        (
            f"Date: 2025-01-02\nCall ID: HB-7\n\n{CALL_1}\n\nDate: 2025-01-03\nCall ID: HB-8\n\n{CALL_2}",
            ["HB-7", "HB-8"],
        ),
        (f"[Call starts]\n{CALL_1}\n[Call ends]\n\n[Call starts]\n{CALL_2}\n[Call ends]", ["x-1", "x-2"]),
        (f"{CALL_1}\n\n---\n\n{CALL_2}\n\n---\n\n{CALL_3}", ["x-1", "x-2", "x-3"]),
        (f"{CALL_1}\n\n==========\n\n{CALL_2}", ["x-1", "x-2"]),
        (f"{CALL_1}\n\x0c{CALL_2}", ["x-1", "x-2"]),
        (f"## Lost card\n\n{CALL_1}\n\n## New home\n\n{CALL_2}", ["x-1", "x-2"]),
        (f"Topic: card\n\n{CALL_1}\n\nTopic: home\n\n{CALL_2}", ["x-1", "x-2"]),
        (f"{TIMED_1}\n\n{TIMED_2}", ["x-1", "x-2"]),
        (
            f"Date: 2025-01-02\nAgent: Kai\n\n{CALL_1}\n\nDate: 2025-01-03\nAgent: Bo\n\n{CALL_2}",
            ["x-1", "x-2"],
        ),
        (f"```\n{CALL_1}\n```\n\n```\n{CALL_2}\n```", ["x-1", "x-2"]),
        (
            "Agent: It is\n\nTicket 12\n\nCustomer: Ok\nAgent: And\n\nTicket 15\n\nCustomer: Ok\nAgent: So",
            ["x"],
        ),
        # One call with a number, and phases of one call that rules and headings part.
        (f"Call 7: Lost card\n\n{CALL_1}", ["x"]),
        (
            "## Open\nAgent: Hello\nCustomer: Hi\n## Check\nAgent: Your number?\nCustomer: Five\nAgent: Ok",
            ["x"],
        ),
        (
            "Agent: Hello\nCustomer: Hi\n---\nAgent: Number?\nCustomer: Five\n---\nAgent: Bye\nCustomer: Bye",
            ["x"],
        ),
        (
            "Agent: It is\nCase 4471\nCustomer: Ok\nAgent: Bye\nCustomer: Bye\nAgent: And your\nCase 4472",
            ["x"],
        ),
    ],
)
def test_calls_in_one_file(text: str, ids: list[str]) -> None:
    calls = read_many(text, "x")
    assert [call.call_id for call in calls if isinstance(call, Transcript)] == ids


CORPUS = Path(__file__).parents[2] / "data" / "corpus" / "calls"
NAMES = {"agent": "Rosa", "customer": "Omar"}
WRITTEN = {
    "colon": "{role}: {text}\n",
    "capitals": "{ROLE}: {text}\n\n",
    "role and name": "{role} ({name}): {text}\n\n",
    "name": "{name}: {text}\n",
    "bold": "**{role}:** {text}\n\n",
    "time": "[00:{minute:02}:{second:02}] {role}: {text}\n",
    "time and name": "00:{minute:02}:{second:02} {name}: {text}\n",
    "own line": "{role}\n{text}\n\n",
    "name and time": "{name} {minute}:{second:02}\n{text}\n\n",
    "dash": "{role} - {text}\n",
    "numbered": "{number}. {role}: {text}\n",
    "one line": "{role}: {text} ",
}


@pytest.mark.parametrize("style", WRITTEN)
def test_what_is_written_in_a_style_is_read_back(style: str) -> None:
    right = total = 0
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[::5]:
            said = [(turn["speaker"], " ".join(turn["text"].split())) for turn in json.loads(line)["turns"]]
            text = "".join(
                WRITTEN[style].format(
                    role=who.title(),
                    ROLE=who.upper(),
                    name=NAMES[who],
                    text=words,
                    number=n + 1,
                    minute=n // 6,
                    second=n % 6 * 10,
                )
                for n, (who, words) in enumerate(said)
            )
            found = read_many(text)
            joined = [
                " ".join(words for _, words in turns) for _, turns in groupby(said, key=lambda one: one[0])
            ]
            total += 1
            right += (
                len(found) == 1
                and isinstance(found[0], Transcript)
                and [t.text for t in found[0].turns] == joined
            )
    assert right >= 0.97 * total > 50


def test_calls_in_one_file_keep_their_words_people_and_roles() -> None:
    first, second = read_many(
        f"## Call 1\n**Agent:** Kai\n**Customer:** Ida\n\n{CALL_1}\n\n## Call 2\n\n{CALL_3}"
    )
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.agent, second.agent) == ("Kai", None)
    assert [t.text for t in first.turns][-1] == "Bye."
    assert [t.speaker for t in second.turns] == ["Rosa", "Omar", "Rosa", "Omar"]
    assert {t.role for t in second.turns} == {"unknown"}


def test_doubt_about_the_number_of_calls_is_told() -> None:
    part = "Agent: Hello again\nCustomer: Five\nAgent: And then?\nCustomer: It broke"
    (call,) = read_many(f"{part}\n---\n{part}\n---\n{part}")
    assert isinstance(call, Transcript)
    assert "put a line such as 'Call 1'" in call.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "This is a letter without any speakers. It goes on for a while.\nAnd it ends here.",
        "hello there thank you for calling how can i help hi my phone is broken",
        "It says: nothing.\nhttps://example.org/x\n12:30",
    ],
)
def test_text_without_speakers_is_refused(text: str) -> None:
    (error,) = read_many(text, "letter.txt")
    assert isinstance(error, TranscriptError)
    assert str(error).startswith("letter.txt: this text has no speakers")
    assert "speaker labels" in str(error)


@pytest.mark.parametrize(
    "text", ["<html><body>Agent: hi</body></html>", "<?xml version='1.0'?><a/>", "12345"]
)
def test_markup_and_numbers_are_no_plain_text(text: str) -> None:
    (error,) = read_many(text)
    assert isinstance(error, TranscriptError)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda size: "a:" * size, 15_000),
        (lambda size: "[(" * size, 15_000),
        (lambda size: "Ab " * size + ":", 10_000),
        (lambda size: "x" + " " * size + "y", 20_000),
        (lambda size: "- " * size, 15_000),
        (lambda size: "00:01 " * size, 5_000),
        (lambda size: "\n\n".join(f"Date {n}: x\n\nAgent: a\nCustomer: b" for n in range(size)), 500),
        (
            lambda size: "\n".join(
                f"Agent {chr(65 + n % 26)}{'o' * (n % 40)}{n % 7}: hello" for n in range(size)
            ),
            500,
        ),
    ],
)
def test_time_stays_linear(make: Callable[[int], str], size: int) -> None:
    linear(read_many, make, size)


def test_spoiled_text_raises_transcript_errors_only() -> None:
    chance = random.Random(3)
    base = (
        f"# Calls\n\nCall 1: x\nDate: March 3, 2025\n**Agent:** Kai\n\n{CALL_1}\n\n---\n[00:00:03] {CALL_3}\n"
        "10:04 AM Rosa: a\n(0:03 - 0:06) Omar (Customer): [NAME]\n| Agent | b |\nEnd of call"
    )
    secret = "My card is gone"
    pieces = [
        "\n",
        ":",
        "[",
        "]",
        "**",
        "\x0c",
        "99:99:99",
        "\u202e",
        "0000-00-00",
        "```",
        "\ufeff",
        "(",
        "#",
        "é",
    ]
    for _ in range(400):
        text = list(base)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(text))
            text[place : place + chance.choice((0, 1, 1, 5, 40))] = chance.choice(pieces)
        for found in read_many("".join(text)):
            assert isinstance(found, (Transcript, TranscriptError))
            assert not (isinstance(found, TranscriptError) and secret in str(found))


def test_bug_a_call_numbered_with_a_superscript_raised_value_error() -> None:
    call = "Call {0}²\nAgent: Hello, Fern Bank.\nCustomer: My card is lost.\nAgent: Bye.\n\n"
    calls = read_many(call.format(1) + call.format(2))
    assert [c.call_id for c in calls if isinstance(c, Transcript)] == ["call-1²", "call-2²"]
