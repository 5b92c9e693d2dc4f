"""Functions written without decorators do the same."""

from __future__ import annotations

from runpy import run_path

import pytest

from tests.mutation.plain import without_decorators

SOURCE = """
from functools import cache


class Call:
    words = 12

    @property
    def double(self):
        return 2 * self.words

    @classmethod
    def new(cls):
        return cls()


@cache
def once(number):
    made.append(number)
    return (
        number + 1
    )


made = []
"""


@pytest.mark.parametrize("source", [SOURCE, without_decorators(SOURCE)], ids=["before", "after"])
def test_it_does_the_same(source, tmp_path):
    (tmp_path / "code.py").write_text(source, encoding="utf-8")
    names = run_path(str(tmp_path / "code.py"))
    assert names["Call"].new().double == 24
    assert (names["once"](1), names["once"](1), names["made"]) == (2, 2, [1])


def test_only_what_mutmut_passes_over_is_written_anew():
    plain = without_decorators(SOURCE)
    assert "@property" not in plain
    assert "@cache" not in plain
    assert "@classmethod" in plain
    assert "    double = property(double)\n" in plain
    assert without_decorators(plain) == plain
