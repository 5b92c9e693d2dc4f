"""What every page must be: whole by itself, readable to everybody, the same bytes for the same results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pytest

from carescore.report.agent import agent_page
from carescore.report.call import call_page
from carescore.report.index import index_page
from carescore.report.team import team_page
from carescore.trends import team_view
from tests.report.examples import call, notes, result, team_results
from tests.report.reading import Element, elements

TEMPLATES = files("carescore").joinpath("report/templates")
STYLE = re.findall(r"<style>(.*?)</style>", index_page([]), flags=re.S)[0]


def written() -> Iterator[tuple[str, str]]:
    """Every kind of page, with and without what may be missing."""
    known = team_results()
    nobody = team_results(4, agents=(None,))
    view = team_view(known)
    yield "call", call_page(result(), call(agent="Ana"), coaching=notes())
    yield "saved call", call_page(result())
    yield "unscored call", call_page(result(score=None), call())
    yield "index", index_page([*known, result("x", None)], links=[("Team", "team.html")])
    yield "empty index", index_page([])
    yield "team", team_page(view, known)
    yield "team without results at hand", team_page(view)
    yield "team without agents", team_page(team_view(nobody), nobody)
    yield "empty team", team_page(team_view([]))
    yield "agent", agent_page(view, known, "Ana")


PAGES = dict(written())


@pytest.fixture(params=PAGES, scope="module")
def page(request: pytest.FixtureRequest) -> str:
    """A page as text."""
    return PAGES[request.param]


@pytest.fixture
def found(page: str) -> list[Element]:
    """Its elements."""
    return elements(page)


def named(found: list[Element], *names: str) -> list[Element]:
    return [element for element in found if element.name in names]


def test_a_page_loads_nothing_and_runs_nothing(page, found):
    assert not named(found, "script", "img", "iframe", "object", "embed", "form", "base", "video")
    assert "://" not in page
    assert "@import" not in page
    assert "url(" not in page
    policy = next(e for e in found if e.attributes.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy.attributes["content"]
    assert [e.attributes["href"] for e in named(found, "link")] == ["data:,"]


def test_a_page_names_its_language_title_and_width(found):
    assert found[0].attributes["lang"] == "en"
    assert named(found, "title")[0].text.strip()
    assert any(e.attributes.get("name") == "viewport" for e in named(found, "meta"))
    assert len(named(found, "main")) == len(named(found, "h1")) == 1


def test_headings_go_down_by_one_step(found):
    levels = [int(e.name[1]) for e in named(found, "h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(e.text.strip() for e in named(found, "h1", "h2", "h3"))


def test_tables_have_a_caption_and_every_heading_its_scope(found):
    assert len(named(found, "table")) == len(named(found, "caption"))
    assert all(e.text.strip() for e in named(found, "caption"))
    assert {e.attributes.get("scope") for e in named(found, "th")} <= {"col", "row"}


def test_drawings_say_in_words_what_they_show_or_stand_beside_the_words(found):
    for drawing in named(found, "svg"):
        hidden = drawing.attributes.get("aria-hidden") == "true"
        told = drawing.attributes.get("role") == "img" and drawing.attributes.get("aria-label")
        assert hidden or told


def test_ids_are_given_once_and_every_link_and_label_finds_its_own(found):
    ids = [e.attributes["id"] for e in found if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in found:
        address = element.attributes.get("href", "")
        if address.startswith("#"):
            assert address[1:] in ids
        if "aria-labelledby" in element.attributes:
            assert element.attributes["aria-labelledby"] in ids


def test_a_page_says_that_it_is_a_draft_for_a_person(found):
    notes = [e.text for e in found if e.attributes.get("role") == "note"]
    assert len(notes) == 1
    assert "draft" in notes[0].lower() or "no results" in notes[0]


def test_the_same_results_give_the_same_bytes():
    assert dict(written()) == PAGES


def test_nothing_is_printed_that_a_template_forgot(page):
    text = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|Undefined|&lt;bound|\{\{|\{%|nan", text)


# ---- colours -----------------------------------------------------------------------------------------


def palettes() -> dict[str, dict[str, str]]:
    """The colours for light, dark and print."""
    blocks = re.findall(r"\.carescore \{([^}]*)\}", STYLE)
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), (colours for colours in found if colours), strict=True))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
@pytest.mark.parametrize("text", ["text", "muted", "link", "met", "token", "missed"])
@pytest.mark.parametrize("back", ["back", "panel"])
def test_words_stand_out_from_what_is_behind_them(mode, text, back):
    assert contrast(palettes()[mode][text], palettes()[mode][back]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
@pytest.mark.parametrize("back", ["mark-agent", "mark-customer", "mark-unkind"])
def test_marked_words_stand_out_from_the_mark(mode, back):
    assert contrast(palettes()[mode]["text"], palettes()[mode][back]) >= 7


def test_the_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_rule_keeps_to_what_stands_inside_its_own_class():
    bare = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", STYLE, flags=re.S)
    for selectors in re.findall(r"([^{}]+)\{[^}]*\}", bare):
        assert all(part.strip().startswith(".carescore") for part in selectors.split(",")), selectors


@pytest.mark.parametrize(
    "template", [t for t in TEMPLATES.iterdir() if t.name.endswith((".html", ".md"))], ids=lambda t: t.name
)
def test_no_template_switches_escaping_off(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(safe|forceescape|tojson|urlize|xmlattr)|autoescape|Markup", text)
    assert not re.search(r"[\w-]=\s*\{\{", text), "an attribute without quotes around it"
