"""Recall and precision of a way of redacting, form by form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from carescore.evaluation.redaction.marked_set import Mark, Snippet
from carescore.redact import FORMS, redact
from carescore.transcript import Transcript

Finder = Callable[[Transcript], Iterable[Mark]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFigures:
    """What was marked as a form, and what was taken for it.

    Of the `marked` things, `found` were covered to the last letter and digit by whatever was taken away, and
    `named` of these by something of the same form. Of the `taken` things, `right` overlap something marked.
    """

    form: str
    marked: int
    found: int
    named: int
    taken: int
    right: int

    @property
    def recall(self) -> float | None:
        """The share of marked things that are covered."""
        return self.found / self.marked if self.marked else None

    @property
    def precision(self) -> float | None:
        """The share of taken things that were marked as something."""
        return self.right / self.taken if self.taken else None

    @property
    def f2(self) -> float | None:
        """Recall and precision in one number, recall weighing four times (van Rijsbergen's F with beta 2)."""
        if self.recall is None or self.precision is None or not (self.recall or self.precision):
            return None
        return 5 * self.precision * self.recall / (4 * self.precision + self.recall)


def by_carescore(call: Transcript) -> list[Mark]:
    """What `redact` takes away."""
    return [Mark(span.turn, span.original_start, span.original_end, span.form) for span in redact(call).spans]


def measure(snippets: Sequence[Snippet], finder: Finder) -> list[FormFigures]:
    """The figures of each form that is marked or taken, in the order of `FORMS`, and of all together."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("marked", "found", "named", "taken", "right")
    }
    for snippet in snippets:
        taken = list(finder(snippet.call))
        for mark in snippet.marks:
            over = [one for one in taken if _overlap(one, mark)]
            covered = _covers(over, mark, snippet.call.turns[mark.turn].text)
            counts["marked"][mark.form] += 1
            counts["found"][mark.form] += covered
            counts["named"][mark.form] += covered and any(one.form == mark.form for one in over)
        for one in taken:
            counts["taken"][one.form] += 1
            counts["right"][one.form] += any(_overlap(one, mark) for mark in snippet.marks)
    forms = [form for form in FORMS if counts["marked"][form] or counts["taken"][form]]
    rows = [FormFigures(form=form, **{name: count[form] for name, count in counts.items()}) for form in forms]
    return [*rows, FormFigures(form="all", **{name: count.total() for name, count in counts.items()})]


def disturbed(snippets: Sequence[Snippet], finder: Finder) -> tuple[int, int]:
    """How many snippets without anything private lose something all the same, and how many there are."""
    plain = [snippet for snippet in snippets if not snippet.marks]
    return sum(any(True for _ in finder(snippet.call)) for snippet in plain), len(plain)


def _overlap(one: Mark, other: Mark) -> bool:
    return one.turn == other.turn and one.start < other.end and one.end > other.start


def _covers(taken: Sequence[Mark], mark: Mark, text: str) -> bool:
    covered = {at for one in taken for at in range(one.start, one.end)}
    return all(at in covered for at in range(mark.start, mark.end) if text[at].isalnum())
