"""Criterion models: the printed arithmetic adds up to the rating, which stays between 1 and 5."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carescore.criteria import CriterionModel, arithmetic, as_score

WEIGHTS = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-100, 100), max_size=8)


@pytest.mark.parametrize(
    ("base", "weights", "values", "expected"),
    [
        (2.0, {}, {}, [("base", 2.0)]),
        (1.5, {"a": 2.0}, {"a": 0.5}, [("base", 1.5), ("a", 1.0)]),
        (1.0, {"a": 0.5, "b": 2.0}, {"a": 1.0, "b": 1.0}, [("base", 1.0), ("b", 2.0), ("a", 0.5)]),
        (1.0, {"b": 1.0, "a": 1.0}, {"a": 1.0, "b": 1.0}, [("base", 1.0), ("a", 1.0), ("b", 1.0)]),
        (3.0, {"a": 0.5, "b": 2.0}, {"a": 0.0, "b": 0.0}, [("base", 3.0)]),
        (4.0, {"a": -1.5}, {"a": 1.0}, [("base", 4.0), ("a", -1.5)]),
        (4.0, {"a": 3.0}, {"a": 1.0}, [("base", 4.0), ("a", 3.0), ("kept between 1 and 5", -2.0)]),
        (-1.5, {"a": 0.5}, {"a": 1.0}, [("base", -1.5), ("a", 0.5), ("kept between 1 and 5", 2.0)]),
        (1.0, {}, {}, [("base", 1.0)]),
        (5.0, {}, {}, [("base", 5.0)]),
    ],
)
def test_lines_of_the_arithmetic(base, weights, values, expected):
    lines = arithmetic(CriterionModel(base, weights, 1.0), values)
    assert [(line.feature, line.points) for line in lines] == expected


@given(base=st.floats(-100, 100), weights=WEIGHTS, values=st.lists(st.floats(0, 1), min_size=8, max_size=8))
@example(base=-0.7605, weights={"a": 0.123}, values=[0.37] * 8)
def test_the_lines_add_up_to_a_rating_from_one_to_five(base, weights, values):
    features = dict(zip("abcdefgh", values, strict=True))
    lines = arithmetic(CriterionModel(base, weights, 1.0), features)
    rating = sum(line.points for line in lines)
    assert 1.0 <= rating <= 5.0
    assert all(line.points == line.value * line.weight for line in lines)
    plain = base + sum(weights[name] * features[name] for name in sorted(weights))
    assert rating == pytest.approx(min(max(plain, 1.0), 5.0), abs=1e-9)


def test_bug_ratings_kept_at_one_came_out_a_bit_below_one():
    bases = [-n / 1009 for n in range(1, 4000)]
    ratings = [sum(x.points for x in arithmetic(CriterionModel(base, {}, 1.0), {})) for base in bases]
    assert {rating for rating in ratings if not 1.0 <= rating < 1.0 + 1e-9} == set()


@pytest.mark.parametrize(("rating", "score"), [(1.0, 0.0), (2.0, 25.0), (3.4, 60.0), (5.0, 100.0)])
def test_ratings_as_scores(rating, score):
    assert as_score(rating) == score
