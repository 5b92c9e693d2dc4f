"""Texts that would do something if any output let them: those of reports, and what can be made in series."""

from __future__ import annotations

from itertools import product
from typing import Final

from tests.report.payloads import PAYLOADS

_EVENTS: Final = ("onclick", "onerror", "onload", "onmouseover", "onfocus", "ontoggle", "onbegin")
_QUOTES: Final = ('"', "'", "`", "", '\\"', "&quot;", "\u201d")
_TAGS: Final = (
    *(
        "a",
        "animate",
        "applet",
        "area",
        "audio",
        "base",
        "body",
        "canvas",
        "dialog",
        "embed",
        "foreignObject",
    ),
    *("form", "frame", "frameset", "head", "html", "iframe", "img", "input", "keygen", "link", "map", "math"),
    *("menu", "meta", "object", "picture", "portal", "script", "select", "set", "slot", "source", "style"),
    *("svg", "template", "textarea", "title", "track", "use", "video", "xmp"),
)
_SCHEMES: Final = ("javascript", "vbscript", "data", "file", "blob", "ms-excel:ofe|u|http", "mailto")
_STARTS: Final = "=+-@＝＋－＠"
_BEFORE: Final = ("", *' \t\r\n\u00a0\u3000\u200b\ufeff\u2060"\x00\x1b')
_SEQUENCES: Final = (
    *("[31m", "[2J", "[6n", "[?1049h", "[1;1H", "[200~", "[5i", "[8;1;1t"),
    *("]0;t\x07", "]52;c;Zg==\x07", "]8;;http://a\x1b\\", "]1337;File=inline=1:AA==\x07"),
    *("P$q\x1b\\", "_x\x1b\\", "^x\x1b\\", "c", "(0", "#8"),
)

MARKUP: Final = (
    *(f"{quote} {event}=alert(1) {quote}" for event, quote in product(_EVENTS, _QUOTES)),
    *(f"<{tag} {_EVENTS[place % len(_EVENTS)]}=alert(1)>" for place, tag in enumerate(_TAGS)),
    *(f"</{tag}><b>x</b>" for tag in _TAGS),
    *(f"{scheme}:alert(1)//x" for scheme in _SCHEMES),
)
FORMULAS: Final = tuple(f"{before}{start}1+1" for before, start in product(_BEFORE, _STARTS))
CONTROLS: Final = (
    *(f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))),
    *(f"a{chr(code)}b" for code in (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))),
    *(f"a{char}b" for char in "\u00ad\u061c\u180e\ufeff\ufff9\ufffa\ufffb\U000e0001\U000e0041\U0001d173"),
    *(f"{escape}{rest}x" for escape, rest in product(("\x1b", "\x1b\x1b"), _SEQUENCES)),
    *(f"\x9b{rest[1:]}x" for rest in _SEQUENCES),
    *("\x9d0;title\x9c", "\x90$q\x9c", "x\ud800", "\udfffx", "\udc00\ud800"),
)
MARKDOWN: Final = (
    *(
        "![a](http://b)",
        "[a](http://b 'c')",
        "[a]: http://b",
        "<http://b>",
        "http://a.b",
        "www.a.co",
        "a@b.co",
    ),
    *(
        "<!-- a -->",
        "<br>",
        "&nbsp;",
        "```",
        "~~~ a",
        "# a",
        "a\n---",
        "***",
        "- a",
        "1) a",
        "| a | b |",
        "> a",
    ),
    *("    a", "\\", "\\\n", "[[a]]", "[x] a", "a  \nb", "$$a$$", "@a/b", "#1", ":a:", "[^a]", "*[a]: b"),
    *("~~a~~", "==a==", "^a^", "++a++", "{{a}}"),
)
HEAVY: Final = (
    "a" + "\u0301" * 2000,
    "\u0e47" * 500 + "x",
    "👩\u200d👩\u200d👧\u200d👦" * 50,
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "x" * 20_000,
    "<" * 2_000,
    "&" * 2_000,
    "(" * 5_000,
    "ﷺ" * 1_000,
    "\u202e" * 1_000 + "x",
    "\n" * 1_000 + "x",
)

TEXTS: Final = tuple(dict.fromkeys((*PAYLOADS, *MARKUP, *FORMULAS, *CONTROLS, *MARKDOWN, *HEAVY)))
