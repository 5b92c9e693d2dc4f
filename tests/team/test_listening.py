"""Which calls to hear: fair, reproducible, each with its reason."""

from __future__ import annotations

from collections import Counter

from carescore.team.listening import CRITICAL, EXTREMES, RANDOM, UNCERTAIN, UNSCORED, calls_to_hear
from tests.team.examples import result

CALLS = [result(f"c{n:03}", float(n), agent=f"Agent {n % 4}", half=5 + n % 7) for n in range(100)]


def test_the_same_seed_gives_the_same_calls_in_whatever_order_they_come() -> None:
    assert calls_to_hear(CALLS, seed=4) == calls_to_hear(CALLS[::-1], seed=4)
    assert calls_to_hear(CALLS, seed=4) != calls_to_hear(CALLS, seed=5)


def test_a_call_more_changes_the_draw_by_one_call_at_most() -> None:
    drawn = {c.call_id for c in calls_to_hear(CALLS, seed=1) if "random" in c.kinds}
    again = {c.call_id for c in calls_to_hear([*CALLS, result("new", 50.0)], seed=1) if "random" in c.kinds}
    assert len(drawn - again) <= 1


def test_every_kind_is_there_with_a_reason_for_each() -> None:
    results = [
        *CALLS,
        *(result(f"x{n}", 40.0, critical=("courtesy",)) for n in range(5)),
        *(result(f"u{n}", None) for n in range(4)),
    ]
    found = calls_to_hear(results, seed=0)
    kinds = Counter(kind for call in found for kind in call.kinds)
    assert kinds == {
        "random": RANDOM,
        "critical": CRITICAL,
        "lowest": EXTREMES,
        "highest": EXTREMES,
        "uncertain": UNCERTAIN,
        "not scored": UNSCORED,
    }
    assert all(len(call.kinds) == len(call.reasons) and all(call.reasons) for call in found)
    by_kind = {kind: call for call in found for kind in call.kinds}
    assert {call.call_id for call in found if "lowest" in call.kinds} == {"c000", "c001"}
    assert "courtesy" in " ".join(by_kind["critical"].reasons)
    assert "Too short" in " ".join(by_kind["not scored"].reasons)


def test_a_call_chosen_twice_is_listed_once() -> None:
    found = calls_to_hear([result(f"c{n}", float(n)) for n in range(8)], seed=0)
    assert len({call.call_id for call in found}) == len(found)
    assert any(len(call.kinds) > 1 for call in found)


def test_few_calls_are_all_heard_and_have_no_extremes() -> None:
    found = calls_to_hear([result(f"c{n}", 10.0 * n) for n in range(3)], seed=0)
    assert [call.kinds for call in found] == [("random",)] * 3
    assert calls_to_hear([], seed=0) == ()


def test_the_draw_is_fair() -> None:
    drawn = Counter(
        call.call_id
        for seed in range(400)
        for call in calls_to_hear(CALLS, seed=seed)
        if "random" in call.kinds
    )
    assert len(drawn) == 100
    assert max(drawn.values()) < 45  # 20 expected; five standard deviations above


def test_a_guessed_agent_is_said() -> None:
    results = [result(f"c{n}", 50.0, half=1.0) for n in range(9)]
    results.append(result("doubtful", 50.0, half=30.0, role_source="guessed"))
    found = {call.call_id: " ".join(call.reasons) for call in calls_to_hear(results, seed=0)}
    assert "from 20 to 80" in found["doubtful"]
    assert "guessed" in found["doubtful"]
