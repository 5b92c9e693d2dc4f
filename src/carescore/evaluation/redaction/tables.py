"""Figures of redaction as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carescore.evaluation.redaction.marked_set import Snippet
from carescore.evaluation.redaction.measure import Finder, FormFigures, disturbed, measure
from carescore.evaluation.tables import MISSING, Table, two
from carescore.intervals import wilson
from carescore.redact import FORMS


def redaction_tables(snippets: Sequence[Snippet], finder: Finder, who: str) -> Iterator[Table]:
    """Recall and precision of each form, then recall apart for what is written and spoken."""
    lost, plain = disturbed(snippets, finder)
    yield Table(
        title=f"Redaction by {who}",
        heads=["form", "marked", "recall (90%)", "right form", "taken", "precision (90%)", "F2"],
        rows=[_row(one) for one in measure(snippets, finder)],
        note="Recall: marked things that are covered to the last letter, by a placeholder of any form. "
        "Precision: what was taken away and was marked. Wilson intervals, as if things were independent of "
        f"one another. Of {plain} snippets with nothing private in them, {lost} lost something.",
    )
    parts = {style: [one for one in snippets if one.style == style] for style in ("written", "spoken")}
    rows = {style: {one.form: one for one in measure(part, finder)} for style, part in parts.items()}
    forms = [form for form in rows["written"] | rows["spoken"] if form != "all"]
    yield Table(
        title=f"Recall by {who}, written and spoken",
        heads=["form", "written", "spoken"],
        rows=[[form, *(_recall(rows[style].get(form)) for style in parts)] for form in [*forms, "all"]],
    )


def by_file(snippets: Sequence[Snippet], finder: Finder, who: str) -> Table:
    """Recall of each form in each file, and what was taken away in it that was marked as nothing."""
    parts: dict[str, list[Snippet]] = {}
    for one in snippets:
        parts.setdefault(one.call.source or MISSING, []).append(one)
    figures = {name: {one.form: one for one in measure(part, finder)} for name, part in parts.items()}
    lost = {name: disturbed(part, finder) for name, part in parts.items()}
    forms = [form for form in FORMS if any(form in rows for rows in figures.values())]
    rows = [[form, *(_recall(rows.get(form)) for rows in figures.values())] for form in [*forms, "all"]]
    wrong = [f"{rows['all'].taken - rows['all'].right} of {rows['all'].taken}" for rows in figures.values()]
    return Table(
        title=f"Recall by {who}, file by file",
        heads=["form", *(name.removesuffix(".txt") for name in parts)],
        rows=[
            *rows,
            ["taken wrongly", *wrong],
            ["plain snippets disturbed", *(f"{some} of {of}" for some, of in lost.values())],
        ],
    )


def _row(one: FormFigures) -> list[str]:
    return [
        one.form,
        str(one.marked),
        _share(one.found, one.marked),
        str(one.named),
        str(one.taken),
        _share(one.right, one.taken),
        two(one.f2),
    ]


def _recall(one: FormFigures | None) -> str:
    return MISSING if one is None or not one.marked else f"{two(one.recall)} of {one.marked}"


def _share(part: int, of: int) -> str:
    if not of:
        return MISSING
    low, high = wilson(part, of)
    return f"{two(part / of)} ({two(low)} to {two(high)})"
