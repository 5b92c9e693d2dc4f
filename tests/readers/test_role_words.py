from __future__ import annotations

import pytest

from carescore.readers.role_words import role_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("agent", "agent"),
        ("Agent", "agent"),
        ("AGENT", "agent"),
        ("Agent 2", "agent"),
        ("agent_1", "agent"),
        ("  Representative ", "agent"),
        ("**Agent**", "agent"),
        ("HUMAN_AGENT", "agent"),
        ("Support", "agent"),
        ("Customer Support", "agent"),
        ("Customer Service Representative", "agent"),
        ("customer care", "agent"),
        ("Supervisor", "agent"),
        ("Customer", "customer"),
        ("CUST", "customer"),
        ("END_USER", "customer"),
        ("endUser", "customer"),
        ("The caller", "customer"),
        ("user", "customer"),
        ("assistant", "bot"),
        ("AI", "bot"),
        ("AUTOMATED_AGENT", "bot"),
        ("Virtual Agent", "bot"),
        ("CUSTOM_BOT", "bot"),
        ("IVR", "bot"),
        ("SYSTEM", "system"),
        ("action", "system"),
        ("tool", "system"),
        ("Internal note", "system"),
        ("Ben", None),
        ("Ben (Agent)", None),
        ("Mary Service", None),
        ("spk_0", None),
        ("unknown", None),
        ("1", None),
        ("", None),
        ("***", None),
    ],
)
def test_role_of(label: str, role: str | None) -> None:
    assert role_of(label) == role
