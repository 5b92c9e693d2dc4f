"""Templates to text: the one place where what customers said is put into HTML, Markdown or plain text.

Templates lie in `report/templates`. Whatever one prints is made harmless for the kind of text it makes,
which its ending tells; no template can switch that off.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from carescore.safe_text import markdown, visible

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **data: Any) -> str:
    """The template's text with `data` in it: HTML, Markdown (`.md`) or plain text (`.txt`).

    Raises `jinja2.UndefinedError` for a name that the template asks for and `data` lacks.
    """
    ending = template.rpartition(".")[2]
    return _environment(ending).get_template(template).render(**data)


@cache
def _environment(ending: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("carescore", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_FINALIZERS[ending],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_FILTERS)
    return environment


def _in_html(value: Any) -> Any:
    """A value before it is escaped: no characters that reverse the order of reading, and never "None"."""
    from markupsafe import Markup

    if isinstance(value, str):
        return value if isinstance(value, Markup) else visible(value, keep="\n")
    if value is None:
        raise TypeError("a template printed a value that is missing; it must say what stands for it.")
    return value


def _in_markdown(value: Any) -> Any:
    return _escaped_by(markdown, value)


def _in_text(value: Any) -> Any:
    return _escaped_by(visible, value)


def _escaped_by(escape: Callable[[str], str], value: Any) -> Any:
    from markupsafe import Markup

    value = _in_html(value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(escape(value))  # so that it is not escaped for HTML on top
    return value


def number(value: float, digits: int = 0) -> str:
    """A number to read, rounded, with a minus sign.

    >>> number(-2.46, 1)
    '−2.5'
    """
    return f"{value:.{digits}f}".replace("-", "−") if round(value, digits) else f"{0:.{digits}f}"


def signed(value: float, digits: int = 0) -> str:
    """A difference to read, with its sign.

    >>> signed(3.2), signed(0.04)
    ('+3', '±0')
    """
    rounded = round(value, digits)
    return f"{'±' if not rounded else '+' if rounded > 0 else ''}{number(value, digits)}"


def percent(value: float) -> str:
    """A share (0-1) as per cent."""
    return f"{value:.0%}"


def coordinate(value: float) -> str:
    """A number for the attribute of a drawing."""
    return f"{round(value, 2):g}"


def clock(seconds: float) -> str:
    """Seconds from the start of a call as people write them; mails take days.

    >>> clock(65), clock(3725.9), clock(90_000)
    ('1:05', '1:02:05', '1 d 1:00')
    """
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 24:
        return f"{hours // 24} d {hours % 24}:{minutes:02d}"
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def when(started: str) -> str:
    """The day, and the time if there is one, of an ISO date; what is none is shown as it is.

    >>> when("2024-05-31T09:05:10+00:00"), when("2024-05-31"), when("May")
    ('2024-05-31 09:05', '2024-05-31', 'May')
    """
    try:
        parsed = datetime.fromisoformat(started.strip())
    except ValueError:
        return started
    return f"{parsed:%Y-%m-%d}" if len(started.strip()) <= len("2024-05-31") else f"{parsed:%Y-%m-%d %H:%M}"


def counted(count: int, thing: str) -> str:
    """How many of a thing.

    >>> counted(1, "call"), counted(1200, "call")
    ('1 call', '1,200 calls')
    """
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def in_words(name: str) -> str:
    """The name of a behaviour as words."""
    return name.replace("_", " ")


def capital(text: str) -> str:
    """The text with a capital at the start."""
    return text[:1].upper() + text[1:]


_FINALIZERS: Final = {"html": _in_html, "md": _in_markdown, "txt": _in_text}
_FILTERS: Final = {
    "number": number,
    "signed": signed,
    "percent": percent,
    "coordinate": coordinate,
    "clock": clock,
    "when": when,
    "counted": counted,
    "in_words": in_words,
    "capital": capital,
}
