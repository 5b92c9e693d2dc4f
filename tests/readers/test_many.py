"""What is kept of each of many calls while they are read."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.readers import many
from carescore.readers.many import LastRows, SeenIds

IDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@pytest.fixture(params=[2, 65_536], autouse=True)
def pending(request, monkeypatch) -> None:
    """With what is pending packed often, and never."""
    monkeypatch.setattr(many, "_PENDING", request.param)


@given(IDS)
def test_ids_are_counted(ids):
    seen, counted = SeenIds(), Counter()
    for name in ids:
        counted[name] += 1
        assert seen.count(name) == counted[name]


@given(IDS, st.sampled_from(["a", "z", None]))
def test_each_call_has_a_last_row(ids, without):
    last = LastRows()
    for row, key in enumerate(ids):
        last.see(key, row)
    expected = {key: row for row, key in enumerate(ids) if key != without}
    assert list(last.rows(without=without)) == sorted(expected.values())


def test_a_hundred_thousand_calls_take_little_memory(monkeypatch):
    monkeypatch.setattr(many, "_PENDING", 4096)
    tracemalloc.start()
    seen, last = SeenIds(), LastRows()
    for number in range(100_000):
        name = f"call-{number:012}"
        assert seen.count(name) == 1
        last.see(name, number)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 4_000_000
