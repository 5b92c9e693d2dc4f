"""Measures of agreement against published worked examples, scikit-learn and the textbook."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from carescore.raters import measures
from carescore.raters.measures import alpha_parts, on_scale, ordinal_alpha

NONE = float("nan")

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)

# Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", table 18.1: 100 cases in three
# categories.
DIAGNOSES = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def from_table(table: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    pairs = [
        (i + 1.0, j + 1.0) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)
    ]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def two_raters(calls: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    first = random.integers(1, 6, calls).astype(float)
    return first, np.clip(first + random.integers(-2, 3, calls), 1, 5).astype(float)


def test_krippendorffs_own_example() -> None:
    parts = alpha_parts(OBSERVERS)
    assert parts.sum() == pytest.approx(40)
    assert ordinal_alpha(parts.sum(axis=0)) == pytest.approx(0.815, abs=0.0005)


def test_the_coincidences_are_those_of_the_paper() -> None:
    matrix = alpha_parts(OBSERVERS).sum(axis=0).reshape(5, 5)
    assert matrix[0] == pytest.approx([7, 4 / 3, 1 / 3, 1 / 3, 0])
    assert matrix.sum(axis=1) == pytest.approx([9, 13, 10, 5, 3])


def test_fleiss_example_of_kappa() -> None:
    assert measures.kappa(*from_table(DIAGNOSES)) == pytest.approx(0.676, abs=0.0005)


def test_two_by_two_by_hand() -> None:
    assert measures.kappa(*from_table([[20, 5], [10, 15]])) == pytest.approx(0.40)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("calls", [8, 40, 300])
def test_kappas_are_those_of_scikit_learn(calls: int, seed: int) -> None:
    from sklearn.metrics import cohen_kappa_score

    first, second = two_raters(calls, seed)
    assert measures.kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))
    assert measures.weighted_kappa(first, second) == pytest.approx(
        cohen_kappa_score(first, second, weights="quadratic")
    )


@pytest.mark.parametrize("seed", range(5))
def test_correlation_is_that_of_scipy(seed: int) -> None:
    from scipy.stats import pearsonr

    first, second = two_raters(50, seed)
    assert measures.correlation(first, second) == pytest.approx(pearsonr(first, second).statistic)


def test_mean_differences_by_hand() -> None:
    person, machine = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 4.0, 4.0])
    assert measures.machine_difference(person, machine) == pytest.approx(0.5 / 1.2909944)
    pooled = ((1.2909944**2 + 1.1547005**2) / 2) ** 0.5
    assert measures.mean_difference(person, machine) == pytest.approx(0.5 / pooled)


def test_percentages_are_of_rounded_ratings() -> None:
    person, machine = np.array([1.0, 3.0, 5.0, 2.0]), np.array([1.4, 3.5, 4.6, 4.2])
    assert on_scale(machine).tolist() == [1, 4, 5, 4]
    assert measures.exact(person, machine) == 0.5
    assert measures.adjacent(person, machine) == 0.75


def test_what_is_not_defined_is_not_a_number() -> None:
    same = np.array([3.0] * 6)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for measure in (
            measures.kappa,
            measures.weighted_kappa,
            measures.correlation,
            measures.mean_difference,
        ):
            assert np.isnan(measure(same, same))
        assert np.isnan(ordinal_alpha(alpha_parts(np.stack([same, same])).sum(axis=0)))


def test_rows_are_measured_one_by_one() -> None:
    first, second = two_raters(60, 3)
    several = np.stack([first, first[::-1]]), np.stack([second, second[::-1]])
    for measure in (measures.exact, measures.kappa, measures.weighted_kappa, measures.correlation):
        assert measure(*several) == pytest.approx([float(measure(first, second))] * 2)
