"""Upheld disputes as a test of the scorer: every case has to come out as a person decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from carescore.render import counted
from carescore.review.cases import Case
from carescore.safe_text import visible
from carescore.scorer import Scorer


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutcome:
    """A case and why it failed, `None` where it passed."""

    case: Case
    problem: str | None

    @property
    def passed(self) -> bool:
        """Whether it came out as it should."""
        return self.problem is None


def check_cases(cases: Iterable[Case], scorer: Scorer) -> Iterator[CaseOutcome]:
    """Score the call of every case and compare. A case whose call is not at hand, or is another, fails."""
    for case in cases:
        yield CaseOutcome(case=case, problem=_problem(case, scorer))


def outcomes_text(outcomes: Sequence[CaseOutcome]) -> str:
    """A line for each case that failed, and how many passed."""
    lines = [
        f"FAILED  {one.case.call_id}, {one.case.criterion}: {one.problem}"
        for one in outcomes
        if not one.passed
    ]
    passed = sum(one.passed for one in outcomes)
    lines.append(f"{passed} of {counted(len(outcomes), 'upheld dispute')} passed.")
    return "\n".join(visible(line) for line in lines) + "\n"


def _problem(case: Case, scorer: Scorer) -> str | None:
    if case.call is None:
        return "its transcript is not at hand; give it with --transcripts"
    if case.call.sha256 != case.transcript_sha256:
        return "its transcript is not the one that was disputed (words, roles or times differ)"
    return case.expected.why_not(scorer.score(case.call), case.criterion)
