"""What scoring every call of a large centre takes, worked out from what one call takes on this machine."""

from __future__ import annotations

from carescore.bench.figures import Figure

AGENTS = 10_000
CALLS_A_DAY = 60
DOLLARS_A_CORE_HOUR = 0.05


def sizing_figures(seconds_a_call: float) -> list[Figure]:
    """Calls a core scores in an hour, from file to file."""
    how = "read from JSON lines, scored, written as JSON lines; processor time"
    return [Figure(name="calls an hour a core", value=3600 / seconds_a_call, unit="calls/h", how=how)]


def sentence(seconds_a_call: float) -> str:
    """A day of a large centre, in core hours and money.

    >>> sentence(0.0036)
    'A day of 10,000 agents with 60 calls each: 600,000 calls, 0.6 core hours, 0.03 $ at 0.05 $ a core hour.'
    """
    calls = AGENTS * CALLS_A_DAY
    hours = calls * seconds_a_call / 3600
    return (
        f"A day of {AGENTS:,} agents with {CALLS_A_DAY} calls each: {calls:,} calls, {hours:.1f} core hours, "
        f"{hours * DOLLARS_A_CORE_HOUR:.2f} $ at {DOLLARS_A_CORE_HOUR:.2f} $ a core hour."
    )
