"""Id tables: the number of every id, also where many want the same place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescore.id_table import IdTable
from tests.growth import linear

# Many share their highest bits, and so a place.
IDS = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1))


def array(ids: list[int]) -> np.ndarray:
    return np.array(ids, dtype=np.uint64)


@given(st.lists(IDS, unique=True, max_size=60), st.lists(IDS, max_size=20), st.integers(0, 60))
def test_each_id_has_the_number_it_was_added_as(ids, others, half):
    table = IdTable()
    table.add(array(ids[:half]))
    table.add(array(ids[half:]))
    number = {one: place for place, one in enumerate(ids)}
    wanted = [*reversed(ids), *others]
    assert table.find(array(wanted)).tolist() == [number.get(one, -1) for one in wanted]
    assert len(table) == len(ids)


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 5000])
def test_a_table_grows_with_what_is_in_it(count):
    ids = np.random.default_rng(count).integers(0, 2**64, count, dtype=np.uint64)
    table = IdTable()
    for part in np.array_split(ids, 7):
        table.add(part)
    assert table.find(ids).tolist() == list(range(count))
    assert (table.find(ids ^ np.uint64(1)) == -1).all()


def test_growing_takes_time_in_proportion():
    def run(ids: np.ndarray) -> None:
        table = IdTable()
        table.add(ids)
        table.find(ids)

    linear(run, lambda size: np.random.default_rng(1).integers(0, 2**64, size, dtype=np.uint64), 20_000)
