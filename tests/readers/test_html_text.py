"""HTML of messages as text: lines, quotes, hidden parts, and hostile input in linear time."""

from __future__ import annotations

import pytest
from tests.growth import linear

from carescore.readers.html_text import from_html, plain


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hello Mara,</p><p>it works.</p>", "Hello Mara,\n\nit works."),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one</div>\n  <div>two</div>", "one\ntwo"),
        ("<ul><li>first</li><li>second</li></ul>", "first\nsecond"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<b>bold</b> <i>and</i> plain", "bold and plain"),
        ("Tom &amp; Ida &lt;3 &#x2764; &nbsp;x", "Tom & Ida <3 ❤ x"),
        ("<p>in\n  the same\n line</p>", "in the same line"),
        ("<pre>kept\nlines</pre>", "kept\nlines"),
        ("<p>said</p><script>var x = '<p>no</p>';</script><style>p{}</style>", "said"),
        ("<title>no</title><p>said</p><!-- <p>no</p> -->", "said"),
        ("<!DOCTYPE html><html><head></head><body>said</body></html>", "said"),
        (
            "<div>new</div><blockquote>old<br>older</blockquote><div>below</div>",
            "new\n\n> old\n> older\n\nbelow",
        ),
        ('<p>said</p><div style="display: none">preview</div>', "said"),
        ('<p>said</p><div class="gmail_signature"><div>Rolf</div>Office 4</div><p>end</p>', "said\n\nend"),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("<p>cut off <a href=", "cut off <a href="),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("", ""),
    ],
)
def test_what_a_reader_of_the_page_sees(html: str, expected: str) -> None:
    assert from_html(html) == expected


@pytest.mark.parametrize(
    "body",
    ["no markup\nat all", "2 < 3 and 5 > 4", "<mara@tarn.example>", "a <- b", "if x<y: pass", "&amp; stays"],
)
def test_text_that_is_no_html_stays_as_it_is(body: str) -> None:
    assert plain(body) == body


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", "<!--", "<![CDATA[", "<?x", "</", '<a b="', "<div>", "<div> ", "<pre>\n", "&#", "<td> "],
)
def test_time_grows_with_the_length_not_with_its_square(unit: str) -> None:
    linear(plain, lambda size: "<p>" + unit * size, 15_000)
