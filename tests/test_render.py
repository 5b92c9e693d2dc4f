"""Templates to text: what is printed is safe for the kind of text, and never a gap."""

from __future__ import annotations

import doctest
from functools import partial

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

import carescore.render
from carescore.render import (
    capital,
    clock,
    coordinate,
    counted,
    in_words,
    number,
    percent,
    render,
    signed,
    when,
)


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch):
    """Renders a template written in the test."""

    def rendered(source: str, ending: str, **data: object) -> str:
        environment = carescore.render._environment(ending)
        monkeypatch.setattr(environment, "loader", DictLoader({f"t.{ending}": source}))
        monkeypatch.setattr(environment, "cache", None)
        return render(f"t.{ending}", **data)

    return rendered


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [
        ("html", "<b> & \"q\" 'q'", "&lt;b&gt; &amp; &#34;q&#34; &#39;q&#39;"),
        ("html", "a\nb\x1b\u202ec", "a\nb c"),
        ("md", "*a* <b>\n# c", "\\*a\\* &lt;b&gt; \\# c"),
        ("txt", "<b> *a*\x1b[31m", "<b> *a* [31m"),
    ],
)
def test_what_is_printed_is_made_safe_for_the_kind_of_text(template, ending, text, expected):
    assert template("{{ text }}", ending, text=text) == expected


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_macros_are_not_made_safe_twice(template, ending):
    once = template("{{ text }}", ending, text="a & b_c")
    assert template("{% macro m(t) %}{{ t }}{% endmacro %}{{ m(text) }}", ending, text="a & b_c") == once


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_a_gap_is_an_error_and_not_a_word_on_the_page(template, ending):
    with pytest.raises(UndefinedError):
        template("{{ missing }}", ending)
    with pytest.raises(UndefinedError):
        template("{{ row.missing }}", ending, row={})
    with pytest.raises(
        TypeError, match=r"^a template printed a value that is missing; it must say what stands for it\.$"
    ):
        template("{{ text }}", ending, text=None)


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_tags_of_a_template_leave_no_gaps(template, ending):
    source = "one\n  {% if more %}\ntwo\n  {% endif %}\nthree"
    assert template(source, ending, more=True) == "one\ntwo\nthree"
    assert template(source, ending, more=False) == "one\nthree"


def test_numbers_stay_numbers(template):
    assert template("{{ n }} {{ x }}", "html", n=3, x=2.5) == "3 2.5"
    assert template("{{ n }}", "md", n=-3) == "-3"


def test_markup_is_only_what_the_code_itself_made(template):
    assert template("{{ text }}", "html", text=Markup("<b>")) == "<b>"
    assert template("{{ text ~ '<i>' }}", "html", text="<b>") == "&lt;b&gt;&lt;i&gt;"


@pytest.mark.parametrize(
    ("write", "value", "expected"),
    [
        (number, 0.0, "0"),
        (number, -0.4, "0"),
        (number, -1.5, "−2"),
        (number, 99.96, "100"),
        (signed, -3.2, "−3"),
        (signed, 0.0, "±0"),
        (partial(signed, digits=1), 0.4, "+0.4"),
        (partial(signed, digits=1), 0.04, "±0.0"),
        (partial(signed, digits=1), -0.05001, "−0.1"),
        (partial(number, digits=1), 0.04, "0.0"),
        (percent, 0.126, "13%"),
        (coordinate, 2.0, "2"),
        (coordinate, 2.346, "2.35"),
        (in_words, "open_question", "open question"),
        (capital, "ends well", "Ends well"),
        (capital, "", ""),
        (clock, 0, "0:00"),
        (clock, -5, "0:00"),
        (clock, 59.99, "0:59"),
        (clock, 86_399, "23:59:59"),
        (clock, 86_400, "1 d 0:00"),
        (when, "2024-05-31T09:05", "2024-05-31 09:05"),
        (when, " 2024-05-31 ", "2024-05-31"),
        (when, "31 May", "31 May"),
        (when, "", ""),
    ],
)
def test_values_are_written_for_people(write, value, expected):
    assert write(value) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0 calls"), (1, "1 call"), (12_345, "12,345 calls")])
def test_things_are_counted(count, expected):
    assert counted(count, "call") == expected


def test_the_examples_in_the_documentation_are_true():
    assert doctest.testmod(carescore.render).failed == 0
