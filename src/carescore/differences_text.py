"""What changed between results, as text to read: the cause first, then what it did to each criterion."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from carescore.differences import (
    CallDifference,
    Change,
    CriterionDifference,
    FeatureChange,
    MomentChange,
    QuoteChange,
    Value,
)
from carescore.differences_of_many import Differences
from carescore.render import counted
from carescore.results import Evidence, Moment, Part
from carescore.safe_text import visible

_MOST_FEATURES: Final = 6
_MOST_QUOTES: Final = 6
_MOST_CALLS: Final = 12
_LONGEST_QUOTE: Final = 160
_HASH: Final = 12
_LEAST_POINTS: Final = 0.005  # of a rating; less is not seen in two decimals
_STATUS: Final = {
    "scored": "scored",
    "not_applicable": "does not apply",
    "not_enough_evidence": "not enough evidence",
    None: "not in it",
}
_FIELDS: Final = {
    "transcript_sha256": "transcript (words, roles or times)",
    "model_sha256": "model's files",
    "scorecard_sha256": "scorecard's content",
    "carescore": "carescore",
    "redacted": "redacted before scoring",
    "estimators": "own estimators",
}
_CAUSES: Final = {"redaction": "Redacted before scoring in one of the two only"}


def differences_text(found: Differences, *, calls: bool = True) -> str:
    """The summary, and with `calls` what changed in each call, for reading in a terminal."""
    lines = [*_summary(found)]
    if calls:
        for call in found.changed:
            lines += ["", *call_lines(call)]
    return "\n".join(visible(line) for line in lines) + "\n"


def call_lines(found: CallDifference) -> Iterator[str]:
    """What changed in one call."""
    call = {change.field: change for change in found.call}
    moved = f": score {_numbers(call['score'], 0)}" if "score" in call else ""
    yield f"CALL {found.call_id}{moved}"
    yield from _because(found)
    for change in found.call:
        if change.field not in ("score", "low", "high", "reason"):
            yield f"  {change.field}: {_value(change.old)} → {_value(change.new)}"
    for criterion in found.criteria:
        yield from _criterion(criterion)
    if found.behaviours and not found.criteria:
        yield f"  behaviours in {len(found.behaviours)} places, with no effect on a criterion"
    if found.same_numbers:
        yield "  every number, moment and quote is the same"


def _summary(found: Differences) -> Iterator[str]:
    unchanged = found.compared - len(found.changed)
    yield f"{counted(found.compared, 'call')} compared: {unchanged} the same, {len(found.changed)} changed."
    for names, where in ((found.only_old, "first"), (found.only_new, "second")):
        if names:
            more = f" and {len(names) - _MOST_CALLS} more" if len(names) > _MOST_CALLS else ""
            yield f"Only in the {where}: {', '.join(names[:_MOST_CALLS])}{more}."
    for cause, count in found.causes.items():
        why = _CAUSES.get(cause, f"Another {cause}")
        yield f"{why}: {counted(count, 'call')}."
    if found.score_mean is not None and found.changed:
        yield f"Call score: {_signed(found.score_mean, 1)} on average over {counted(found.scored, 'call')}."
    if found.criteria:
        yield ""
        yield f"{'CRITERION':<28} {'CALLS':>6} {'MEAN':>6} {'LARGEST':>8} {'APPLIES':>8}"
        for row in found.criteria:
            largest = _short(row.largest)
            whose = row.largest_call or "" if largest[0] in "+-" else ""
            cells = f"{row.calls:>6} {_short(row.mean):>6} {largest:>8} {row.applies:>8}"
            yield f"{row.name[:28]:<28} {cells}  {whose}".rstrip()
        yield "CALLS with a change; MEAN and LARGEST of the rating (1-5), with the call; APPLIES in one only."


def _because(found: CallDifference) -> Iterator[str]:
    if not found.causes:
        if not found.same_numbers:
            yield "  The receipts are alike, so one of the two was changed by hand or damaged."
        return
    for change in found.receipt:
        label = _FIELDS.get(change.field, change.field)
        yield f"  {label}: {_hash(change.old)} → {_hash(change.new)}"
    if "redaction" in found.causes:
        yield "  Only one of them was scored with --redact: placeholders stand where the other has words."


def _criterion(found: CriterionDifference) -> Iterator[str]:
    yield f"  {found.name}: {_ratings(found)}"
    for change in found.fields:
        if change.field in ("weight", "name"):
            yield f"    {change.field}: {_value(change.old)} → {_value(change.new)}"
    if found.old_status != found.new_status:
        counts = ((len(found.features), "line"), (len(found.moments), "moment"), (len(found.quotes), "quote"))
        yield f"    with it {'came' if found.new_rating is not None else 'went'} {_listed(counts)}"
        return
    seen = [row for row in found.features if abs(row.points) >= _LEAST_POINTS]
    yield from _some(map(_feature, seen), _MOST_FEATURES, len(seen), "lines of arithmetic")
    yield from map(_moment, found.moments)
    # A quote that is only more or less sure than before is no other quote.
    quotes = [row for row in found.quotes if row.old is None or row.new is None]
    yield from _some(_quotes(quotes), _MOST_QUOTES, len(quotes), "quotes")
    if len(quotes) < len(found.quotes):
        yield f"    {len(found.quotes) - len(quotes)} quotes with another probability"


def _ratings(found: CriterionDifference) -> str:
    old, new = found.old_rating, found.new_rating
    if old is not None and new is not None:
        moved = _signed(new - old, 2)
        return f"{new:.2f} as before" if moved.startswith("±") else f"{old:.2f} → {new:.2f} ({moved})"
    return f"{_rating(old, found.old_status)} → {_rating(new, found.new_status)}"


def _listed(counts: Sequence[tuple[int, str]]) -> str:
    words = [counted(count, thing) for count, thing in counts]
    return f"{words[0]} of arithmetic, {words[1]} and {words[2]}"


def _some(lines: Iterable[str], most: int, count: int, things: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == most:
            yield f"    and {count - most} more {things}"
            return
        yield line


def _feature(row: FeatureChange) -> str:
    return f"    {_signed(row.points, 2)}  {row.feature}: {_product(row.old)} → {_product(row.new)}"


def _product(part: Part | None) -> str:
    return "none" if part is None else f"{part.value:.2f} × {part.weight:.2f}"


def _moment(row: MomentChange) -> str:
    either: Moment | None = row.new or row.old
    place = "" if either is None else f"turn {either.turn}, {either.trigger.replace('_', ' ')}"
    return f"    moment at {place}: {_outcome(row.old)} → {_outcome(row.new)}"


def _outcome(moment: Moment | None) -> str:
    if moment is None:
        return "none"
    return (
        moment.outcome if moment.response_turn is None else f"{moment.outcome} (turn {moment.response_turn})"
    )


def _quotes(rows: Sequence[QuoteChange]) -> Iterator[str]:
    for row in rows:
        for evidence, said in ((row.old, "no longer quoted"), (row.new, "now quoted")):
            if evidence is not None:
                yield f"    {said}: {_quote(evidence)}"


def _quote(evidence: Evidence) -> str:
    words = textwrap.shorten(" ".join(evidence.quote.split()), _LONGEST_QUOTE, placeholder=" …")
    return f'turn {evidence.turn} ({evidence.behaviour.replace("_", " ")}) "{words}"'


def _rating(rating: float | None, status: str | None) -> str:
    return f"{rating:.2f}" if rating is not None else _STATUS.get(status, str(status))


def _numbers(change: Change, digits: int) -> str:
    values = change.old, change.new
    old, new = (f"{v:.{digits}f}" if isinstance(v, (int, float)) else "none" for v in values)
    if all(isinstance(v, (int, float)) for v in values):
        return f"{old} → {new} ({_signed(float(change.new or 0) - float(change.old or 0), 1)})"
    return f"{old} → {new}"


def _value(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None or value == "" else str(value)


def _hash(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value) or "none"
    return f"{text[:_HASH]}…" if len(text) == 64 else text


def _short(value: float | None) -> str:
    return "–" if value is None else _signed(value, 2)


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits) + 0.0
    return f"{rounded:+.{digits}f}" if rounded else f"±{0:.{digits}f}"
