"""The names in the code are those of the codebook that people label by, in its order."""

from __future__ import annotations

import re

from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS, CRITERIA, CUSTOMER_BEHAVIOURS
from tests.examples import REPOSITORY

TEXT = (REPOSITORY / "data" / "CODEBOOK.md").read_text(encoding="utf-8")


def rows(heading: str) -> tuple[str, ...]:
    """The names in the first column of the table under a heading."""
    section = TEXT.partition(f"## {heading}")[2].partition("\n## ")[0]
    return tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def test_the_codebook_and_the_code_name_the_same():
    assert rows("Agent labels") == AGENT_BEHAVIOURS
    assert rows("Customer labels") == CUSTOMER_BEHAVIOURS
    assert rows("How to rate a call") == CRITERIA


def test_no_name_is_used_twice():
    assert len(set(BEHAVIOURS)) == len(BEHAVIOURS) == 31
    assert BEHAVIOURS == AGENT_BEHAVIOURS + CUSTOMER_BEHAVIOURS
