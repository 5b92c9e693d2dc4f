"""Figures for the dossier, each with the file it was read from; what is not at hand is "not measured"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from carescore.bundle import MANIFEST, Manifest, ModelBundle
from carescore.results import CallScore
from carescore.review.log import ReviewLog
from carescore.safe_text import markdown, visible
from carescore.scorecard import Scorecard
from carescore.version import __version__

NOT_MEASURED: Final = "not measured"
_CARD: Final = "CARD.md"
_DATA_CARD: Final = "README.md"
# Fields that a model card fills in, and the headings below which it says so.
_SECTIONS: Final = {
    "figures": r"Calls$",
    "ratings": r"Ratings of calls$",
    "limits": r"Limits that these figures show$",
    "swaps": r"Words that should not matter$",
    "groups": r"Kinds of calls$",
    "bad_writing": r"Badly written down$",
    "stock_phrases": r"Stock phrases",
    "public": r"Public benchmarks$",
}
_HEADING: Final = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known, in Markdown, and the file or command it comes from; `None` where nothing is known."""

    text: str = NOT_MEASURED
    source: str | None = None


Facts = Mapping[str, Fact]


def model_facts(folder: Path, bundle: ModelBundle) -> dict[str, Fact]:
    """What the model's own folder tells: its manifest, and its card if there is one."""
    manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    source = f"{folder.name}/{MANIFEST}"
    rows = [
        f"| {markdown(f.name)} | {f.calls:,} | {f.turns:,} | {f.sha256[:16]} |" for f in manifest.trained_on
    ]
    found = {
        "library": Fact(__version__, "carescore --version"),
        "model": Fact(markdown(bundle.label), source),
        "model_sha256": Fact(f"`{bundle.sha256}`", source),
        "labels": Fact(str(len(manifest.labels)), source),
        "criteria": Fact(str(len(manifest.criteria)), source),
        "trained_files": Fact(str(len(manifest.trained_on)), source),
        "trained_calls": Fact(f"{sum(f.calls for f in manifest.trained_on):,}", source),
        "trained_turns": Fact(f"{sum(f.turns for f in manifest.trained_on):,}", source),
        "trained_on": Fact(
            "\n".join(["| file | calls | turns | sha256 |", "| --- | ---: | ---: | --- |", *rows]), source
        ),
        "trained_with": Fact(
            markdown(
                ", ".join(f"{name} {version}" for name, version in sorted(manifest.trained_with.items()))
            ),
            source,
        ),
    }
    card = _text(folder / _CARD)
    told = {} if card is None else {name: section(card, heading) for name, heading in _SECTIONS.items()}
    for name in _SECTIONS:
        text = told.get(name)
        found[name] = Fact() if text is None else Fact(text, f"{folder.name}/{_CARD}")
    return found


def data_facts(data: Path) -> dict[str, Fact]:
    """What the data card tells, if there is one."""
    card = _text(data / _DATA_CARD)
    source = f"{data.name}/{_DATA_CARD}"
    headings = {
        "data_origin": r"Read this first$",
        "data_calls": r"Calls$",
        "two_readers": r".*[Tt]wo readers",
    }
    found = {name: None if card is None else section(card, heading) for name, heading in headings.items()}
    return {name: Fact() if text is None else Fact(text, source) for name, text in found.items()}


def scorecard_facts(card: Scorecard) -> dict[str, Fact]:
    """What is graded, and how heavily."""
    whole = sum(criterion.weight for criterion in card.criteria)
    rows = [
        f"| {markdown(one.name)} | {one.weight / whole:.0%} | {markdown(one.asks) or '–'} |"
        for one in card.criteria
    ]
    source = f"scorecard {card.label}, sha256 {card.sha256[:16]}"
    table = "\n".join(["| criterion | weight | asks |", "| --- | ---: | --- |", *rows])
    return {"scorecard": Fact(markdown(card.label), source), "graded": Fact(table, source)}


def result_facts(results: Iterable[CallScore] | None, source: str) -> dict[str, Fact]:
    """What has been scored so far: counts only."""
    names = ("scored", "unscored", "agents", "guessed", "first_day", "last_day", "scored_by")
    if results is None:
        return dict.fromkeys(names, Fact())
    found = list(results)
    days = sorted(markdown(result.started[:10]) for result in found if result.started)
    ways = Counter(f"model {r.receipt.model}, scorecard {r.receipt.scorecard}" for r in found)
    values = {
        "scored": f"{sum(r.status == 'draft' for r in found):,}",
        "unscored": f"{sum(r.status == 'unscored' for r in found):,}",
        "agents": str(len({r.agent for r in found if r.agent is not None})),
        "guessed": f"{sum(r.role_source == 'guessed' for r in found):,}",
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "scored_by": markdown("; ".join(f"{way} ({count:,})" for way, count in sorted(ways.items()))) or None,
    }
    return {name: Fact() if (text := values[name]) is None else Fact(text, source) for name in names}


def review_facts(log: Path | None) -> dict[str, Fact]:
    """What people have reviewed and disputed so far: counts only."""
    names = ("in_log", "reviewed", "disputes", "open_disputes", "upheld", "chain")
    if log is None:
        return dict.fromkeys(names, Fact())
    reviews, checked = ReviewLog(log).reviews(), ReviewLog(log).check()
    disputes = [dispute for review in reviews for dispute in review.disputes]
    values = {
        "in_log": len(reviews),
        "reviewed": sum(review.state != "draft" for review in reviews),
        "disputes": len(disputes),
        "open_disputes": sum(dispute.upheld is None for dispute in disputes),
        "upheld": sum(dispute.upheld is True for dispute in disputes),
    }
    chain = f"whole, {checked.rows} rows" if checked.whole else f"BROKEN: {checked.problem}"
    return {
        **{name: Fact(f"{value:,}", log.name) for name, value in values.items()},
        "chain": Fact(chain, f"carescore review check {log.name}"),
    }


def section(text: str, heading: str) -> str | None:
    """What stands below the first heading that matches, down to the next of its rank; `None` if nothing."""
    headings = list(_HEADING.finditer(text))
    for number, found in enumerate(headings):
        if re.match(heading, found[2]):
            rank = len(found[1])
            after = next((h.start() for h in headings[number + 1 :] if len(h[1]) <= rank), len(text))
            return _without_headings(text[found.end() : after]).strip() or None
    return None


def sources(facts: Facts, used: Sequence[str]) -> Iterator[str]:
    """The lines of a table that says where each field of a page comes from."""
    yield "| field | from |"
    yield "| --- | --- |"
    for name in used:
        source = facts[name].source
        yield f"| {name.replace('_', ' ')} | {NOT_MEASURED if source is None else _as_code(source)} |"


def _as_code(text: str) -> str:
    """A file name or command as it is typed, in which nothing ends the code or the cell."""
    return f"`{visible(text).translate({ord('`'): chr(39), ord('|'): '/'})}`"


def _without_headings(text: str) -> str:
    """Deeper headings as bold lines, so that they do not break the page they are quoted in."""
    return _HEADING.sub(lambda found: f"**{found[2]}**", text)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
