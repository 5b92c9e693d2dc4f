"""The labels and criteria of the codebook (`data/CODEBOOK.md`), in its order."""

from __future__ import annotations

from typing import Final

# Raised whenever a definition changes in a way that readers would label otherwise.
VERSION: Final = "1.0.0"

AGENT_BEHAVIOURS: Final[tuple[str, ...]] = (
    "greeting",
    "service_offer",
    "open_question",
    "closed_question",
    "understanding_check",
    "empathy",
    "apology",
    "ownership",
    "deflection",
    "solution",
    "goodwill",
    "explanation",
    "next_step",
    "timeframe",
    "escalation",
    "follow_up_path",
    "patience",
    "teamwork",
    "anticipation",
    "reassurance",
    "refusal",
    "dismissive",
    "rapport",
    "thanks",
)

CUSTOMER_BEHAVIOURS: Final[tuple[str, ...]] = (
    "distress",
    "confusion",
    "effort",
    "escalation_request",
    "churn_risk",
    "unresolved",
    "satisfaction",
)

BEHAVIOURS: Final[tuple[str, ...]] = AGENT_BEHAVIOURS + CUSTOMER_BEHAVIOURS

CRITERIA: Final[tuple[str, ...]] = (
    "empathy",
    "ownership",
    "questions",
    "escalation_plan",
    "courtesy",
    "solution",
    "clarity",
    "foresight",
    "overall",
)
