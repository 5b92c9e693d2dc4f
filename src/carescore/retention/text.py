"""What was or would be removed, told by counts and ids, never by contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carescore.render import counted
from carescore.retention.removal import Removal, Removed
from carescore.safe_text import visible

_MOST_IDS: Final = 20


def removed_text(found: Removed) -> str:
    """A line a file, what still holds the name or id, and what to do next."""
    lines = [line for removal in found.removals for line in _lines(removal, found.done)]
    lines += [
        f"{path}: not rewritten, and holds it still; make it again or delete it" for path in found.still
    ]
    total = counted(found.records, "record")
    if not found.removals:
        lines.append("No results and no review log found.")
    elif found.done:
        lines.append(f"Removed {total}.")
    else:
        lines.append(f"Nothing was removed. {total} would be; say --yes to remove them for good.")
    return "\n".join(visible(line) for line in lines) + "\n"


def _lines(removal: Removal, done: bool) -> Iterator[str]:
    verb = "removed" if done else "would be removed"
    calls = counted(len(removal.calls), "call")
    yield f"{removal.path}: {counted(removal.records, 'record')} of {calls} {verb}, {removal.kept} stay"
    if removal.calls:
        more = len(removal.calls) - _MOST_IDS
        yield f"  {', '.join(removal.calls[:_MOST_IDS])}{f' and {more} more' if more > 0 else ''}"
    if removal.undated:
        yield f"  {removal.undated} without a date stay; say --undated to remove them too"
