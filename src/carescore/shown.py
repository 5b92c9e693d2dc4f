"""What a result, a scorecard, a scorer and a team view share: they show themselves in notebooks."""

from __future__ import annotations

from typing import Any, ClassVar


class Shown:
    """An object with a template for HTML and one for plain text; `_shown_by` is their name without ending.

    Jupyter, VS Code, marimo and others ask for the HTML; the plain text says the same without marks.
    """

    __slots__ = ()
    _shown_by: ClassVar[str]

    def __str__(self) -> str:
        from carescore.render import render

        return render(f"notebook/{self._shown_by}.txt", it=self)

    def _repr_html_(self) -> str:
        from carescore.render import render

        return render(f"notebook/{self._shown_by}.html", it=self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": str(self), "text/html": self._repr_html_()}
