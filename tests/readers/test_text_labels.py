from __future__ import annotations

import pytest

from carescore.readers.text_labels import is_name, label_of


@pytest.mark.parametrize(
    ("head", "role", "name", "sure"),
    [
        ("Agent", "agent", None, True),
        ("AGENT", "agent", None, True),
        ("**Agent**", "agent", None, True),
        ("_Customer_", "customer", None, True),
        ("Agent (Rosa)", "agent", "Rosa", True),
        ("Agent(Rosa)", "agent", "Rosa", True),
        ("**AGENT (ROSA)**", "agent", "Rosa", True),
        ("Agent [Rosa]", "agent", "Rosa", True),
        ("Agent Rosa", "agent", "Rosa", True),
        ("Agent - Rosa", "agent", "Rosa", True),
        ("Rosa (Agent)", "agent", "Rosa", True),
        ("Rosa, Agent", "agent", "Rosa", True),
        ("Rosa Lindqvist (Customer)", "customer", "Rosa Lindqvist", True),
        ("Customer Omar", "customer", "Omar", True),
        ("Customer Service Agent (Rosa)", "agent", "Rosa", True),
        ("Harbour Inc. Representative", "agent", None, True),
        ("Representative", "agent", None, True),
        ("Advisor", "agent", None, True),
        ("Rep", "agent", None, True),
        ("CSR", "agent", None, True),
        ("Operator", "agent", None, True),
        ("Supervisor (Kai)", "agent", "Kai", True),
        ("Customer Support", "agent", None, True),
        ("Caller", "customer", None, True),
        ("Client", "customer", None, True),
        ("User", "customer", None, True),
        ("Angry Customer", "customer", None, True),
        ("AI", "bot", None, True),
        ("Bot", "bot", None, True),
        ("Virtual assistant", "bot", None, True),
        ("IVR", "bot", None, True),
        ("SYSTEM", "system", None, True),
        ("Internal note", "system", None, True),
        ("Agent 2", "agent", None, True),
        ("SPEAKER_00", None, "SPEAKER_00", True),
        ("Speaker 1", None, "Speaker 1", True),
        ("Unknown Speaker", None, "Unknown Speaker", True),
        ("Rosa", None, "Rosa", False),
        ("Rosa (after a check)", None, "Rosa", False),
        ("+1 555*****00", None, "+1 555*****00", False),
        ("[NAME]", None, "[NAME]", False),
        ("Support", "agent", None, False),  # also the name of a thing: "Support: 24 hours"
        ("Service", "agent", None, False),
    ],
)
def test_label_of(head: str, role: str | None, name: str | None, sure: bool) -> None:
    label = label_of(head)
    assert label is not None
    assert (label.role, label.name, label.sure) == (role, name, sure)


@pytest.mark.parametrize(
    "head",
    [
        "Note",
        "Notes",
        "Time",
        "Date",
        "https",
        "Duration",
        "Total words",
        "Step 2",
        "Call 3",
        "Customer ID",
        "Agent name",
        "User guide",
        "Customer number",
        "Is that right? Then",
        "I told her. But then",
        "so what I wanted to say to you all is that the following holds",
        "x" * 61,
        "",
        "...",
    ],
)
def test_not_a_label(head: str) -> None:
    assert label_of(head) is None


@pytest.mark.parametrize("head", ["\x1f", "**\x1c**", "\x1d \x1e"])
def test_bug_a_label_of_control_characters_raised_index_error(head: str) -> None:
    assert label_of(head) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosa", True),
        ("Rosa Lindqvist", True),
        ("Anne-Marie O'Neill", True),
        ("Mr. Ito", True),
        ("Hello", False),
        ("Thanks", False),
        ("Hello Rosa", False),
        ("rosa", False),
        ("Rosa speaking", False),
        ("It broke.", False),
        ("", False),
    ],
)
def test_is_name(text: str, expected: bool) -> None:
    assert is_name(text) is expected
