"""What a report can be about: one call, a list of calls, one agent, a team; each as page, rows and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from carescore.coaching.library import MomentLibrary
from carescore.errors import UsageError
from carescore.frame import COLUMNS, rows
from carescore.report.agent import agent_page, name_in
from carescore.report.call import call_page, notes_on
from carescore.report.index import index_page
from carescore.report.tables import Row, Sheet, call_sheets, team_sheets
from carescore.report.team import team_page
from carescore.results import CallScore
from carescore.safe_text import visible
from carescore.team.rows import COLUMNS as LEVEL_COLUMNS
from carescore.transcript import Transcript
from carescore.trends import TeamView

Given = tuple[CallScore, Transcript | None]


class View(Protocol):
    """A report that can be written in several ways; `about` says in words what it is about."""

    @property
    def about(self) -> str:
        """What it is about."""

    def page(self, *, markdown: bool = False) -> str:
        """A page of HTML that needs nothing beside it, or Markdown."""

    def table(self) -> tuple[Sequence[str], Iterable[Row]]:
        """Columns and rows of one table."""

    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook."""


@dataclass(frozen=True, slots=True)
class CallView:
    """One call, with its coaching where the transcript is at hand, and what colleagues said where known."""

    result: CallScore
    call: Transcript | None = None
    colleagues: MomentLibrary | None = None

    @property
    def about(self) -> str:
        """What it is about."""
        return f"call {self.result.call_id}"

    def page(self, *, markdown: bool = False) -> str:
        """The page of the call."""
        notes = notes_on(self.result, self.call, self.colleagues)
        return call_page(self.result, self.call, coaching=notes, markdown=markdown)

    def table(self) -> tuple[Sequence[str], Iterable[Row]]:
        """A row a criterion."""
        return COLUMNS, rows([self.result])

    def sheets(self) -> tuple[Sheet, ...]:
        """The call, its criteria, quotes, moments and notes."""
        return call_sheets([self.result], [notes_on(self.result, self.call, self.colleagues)])


@dataclass(frozen=True, slots=True)
class IndexView:
    """A list of calls."""

    results: Sequence[CallScore]

    @property
    def about(self) -> str:
        """What it is about."""
        return _calls(len(self.results))

    def page(self, *, markdown: bool = False) -> str:
        """The list with every call's evidence."""
        return index_page(self.results, markdown=markdown)

    def table(self) -> tuple[Sequence[str], Iterable[Row]]:
        """A row a call and criterion."""
        return COLUMNS, rows(self.results)

    def sheets(self) -> tuple[Sheet, ...]:
        """Calls, criteria, quotes and moments."""
        return call_sheets(self.results)


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team, from its view and the results that the view was made of."""

    view: TeamView
    results: Sequence[CallScore]

    @property
    def about(self) -> str:
        """What it is about."""
        return f"a team with {_calls(self.view.calls)}"

    def page(self, *, markdown: bool = False) -> str:
        """The page of the team."""
        return team_page(self.view, self.results, markdown=markdown)

    def table(self) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for the team and each agent, and each measure."""
        return list(LEVEL_COLUMNS), self.view.rows()

    def sheets(self) -> tuple[Sheet, ...]:
        """Levels, misses, celebrations, calls to hear and notes."""
        return team_sheets(self.view)


@dataclass(frozen=True, slots=True)
class AgentReport:
    """One agent beside the team. Raises `UsageError` if no scored call names the agent."""

    view: TeamView
    results: Sequence[CallScore]
    agent: str

    @property
    def about(self) -> str:
        """What it is about."""
        return f"agent {name_in(self.view, self.agent)}"

    def page(self, *, markdown: bool = False) -> str:
        """The page of the agent."""
        return agent_page(self.view, self.results, self.agent, markdown=markdown)

    def table(self) -> tuple[Sequence[str], Iterable[Row]]:
        """The rows of the team and the agent."""
        name = name_in(self.view, self.agent)
        return list(LEVEL_COLUMNS), (row for row in self.view.rows() if row["agent"] in (None, name))

    def sheets(self) -> tuple[Sheet, ...]:
        """Levels beside the team's, and what else the team's view says of the agent."""
        return team_sheets(self.view, agent=name_in(self.view, self.agent))


def calls_view(given: Sequence[Given], *, call_id: str | None = None) -> View:
    """The view of one call, if there is one or `call_id` names one, else of all of them.

    Raises `UsageError` if no call, or more than one, has that id.
    """
    if call_id is None:
        # What could not even be read is no call with a page of its own.
        alone = len(given) == 1 and (given[0][0].score is not None or given[0][1] is not None)
        return CallView(*given[0]) if alone else IndexView([result for result, _ in given])
    found = [pair for pair in given if pair[0].call_id == call_id]
    if len(found) != 1:
        count = "no call has" if not found else f"{len(found)} calls have"
        raise UsageError(f"{count} the id '{visible(call_id)}'. A report without --call lists all ids.")
    team = MomentLibrary.of((call, result) for result, call in given if call is not None)
    return CallView(*found[0], colleagues=team)


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count:,} calls"
