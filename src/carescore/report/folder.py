"""A folder of pages that lead to one another: all calls, each call, the team, each agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from carescore.coaching.library import MomentLibrary
from carescore.errors import UsageError
from carescore.report.agent import agent_page
from carescore.report.call import call_page, notes_on
from carescore.report.index import index_page
from carescore.report.team import team_page
from carescore.report.views import Given
from carescore.trends import TeamView
from carescore.whole_file import whole

HOME: Final = "index.html"
_TEAM: Final = "team.html"


def write_folder(pages: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write pages, each whole or not at all, and return how many. Raises `UsageError` if one cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}).") from None
    count = 0
    for name, text in pages:
        with whole(folder / name) as path:
            path.write_text(text, encoding="utf-8")
        count += 1
    return count


def pages(given: Sequence[Given], view: TeamView) -> Iterator[tuple[str, str]]:
    """The name and text of every page. Names are numbers, never what a transcript says."""
    results = [result for result, _ in given]
    addresses = [f"call-{number:05d}.html" for number in range(1, len(results) + 1)]
    links = _unambiguous(zip((result.call_id for result in results), addresses, strict=True))
    names = sorted({p.agent for part in view.parts for p in part.agents if p.agent is not None})
    people = {name: f"agent-{number:04d}.html" for number, name in enumerate(names, 1)}
    yield (
        HOME,
        index_page(
            results, hrefs=addresses, links=[("Team", _TEAM), *((name, people[name]) for name in names)]
        ),
    )
    yield _TEAM, team_page(view, results, links=links, people=people, home=HOME)
    for name in names:
        yield people[name], agent_page(view, results, name, links=links, home=HOME)
    team = MomentLibrary.of((call, result) for result, call in given if call is not None)
    for address, (result, call) in zip(addresses, given, strict=True):
        yield address, call_page(result, call, coaching=notes_on(result, call, team), home=HOME)


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Addresses by call id, without those ids that several calls share."""
    known = list(pairs)
    times = Counter(name for name, _ in known)
    return {name: address for name, address in known if times[name] == 1}
