"""Weights of criteria: fitted within sources, spread like the readers' ratings, honest about their error."""

from __future__ import annotations

import numpy as np

from carescore.call_features import CallMeasures
from carescore.codebook import AGENT_BEHAVIOURS, BEHAVIOURS
from carescore.moments import Findings
from carescore.scorecard import load_scorecard
from carescore.training.criteria_fit import RatedCall, fit_criterion

OVERALL = next(c for c in load_scorecard().criteria if c.id == "overall")
EMPATHY = next(c for c in load_scorecard().criteria if c.id == "empathy")


def findings(**chance: float) -> Findings:
    """Six turns in turn of customer and agent, in which every turn of the right side has these chances."""
    sides = ["customer", "agent"] * 3
    rows = np.array(
        [
            [
                chance.get(name, 0.01) * ((side == "agent") == (name in AGENT_BEHAVIOURS))
                for name in BEHAVIOURS
            ]
            for side in sides
        ]
    )
    return Findings(BEHAVIOURS, rows, rows >= 0.5, sides, np.zeros(6, dtype=bool))


def calls(rng: np.random.Generator, *, sources: int = 6, noise: float = 0.0) -> list[RatedCall]:
    """Calls whose rating rises with solutions and falls with dismissals, told apart with some noise."""
    made = []
    for number in range(sources * 20):
        good, bad = rng.random(), rng.random()
        seen = (np.clip(value + rng.normal(0, noise), 0.0, 1.0) for value in (good, bad))
        rating = int(np.clip(round(3 + 2 * (good - bad)), 1, 5))
        made.append(
            RatedCall(
                f"source {number % sources}",
                rating,
                findings(**dict(zip(("solution", "dismissive"), seen, strict=True))),
                findings(solution=good, dismissive=bad),
            )
        )
    return made


def test_weights_go_to_what_ratings_rise_with() -> None:
    model = fit_criterion(OVERALL, calls(np.random.default_rng(1)))
    of_solution = sum(w for name, w in model.weights.items() if name.endswith("solution"))
    of_dismissive = sum(w for name, w in model.weights.items() if name.endswith("dismissive"))
    assert min(of_solution, of_dismissive) > 0.5 * sum(model.weights.values()) / 2
    assert all(weight > 0 for weight in model.weights.values())


def test_a_source_that_is_rated_higher_for_other_reasons_teaches_nothing_by_it() -> None:
    """Calls of a kind that shows rapport are rated 5, all others 2, whatever their agents do."""
    lenient = [RatedCall("kind", 5, findings(rapport=0.9), findings(rapport=0.9)) for _ in range(40)]
    strict = [RatedCall(f"other {i % 6}", 2, findings(), findings()) for i in range(40)]
    assert fit_criterion(OVERALL, [*lenient, *strict]).weights == {}


def test_noise_narrows_the_ratings_by_less_than_it_would_alone() -> None:
    made = calls(np.random.default_rng(2), noise=0.4)
    model = fit_criterion(OVERALL, made)
    rated = [
        model.base + sum(w * CallMeasures(call.found).value(name, ()) for name, w in model.weights.items())
        for call in made
    ]
    truth = [call.rating for call in made if call.rating is not None]
    explained = np.corrcoef(rated, truth)[0, 1]
    assert explained * np.std(truth) < np.std(rated) < np.std(truth)


def test_noisier_findings_give_a_wider_interval() -> None:
    widths = [fit_criterion(OVERALL, calls(np.random.default_rng(3), noise=n)).half_width for n in (0.0, 0.3)]
    assert widths[0] < widths[1]


def test_the_cut_for_applying_parts_calls_with_a_rating_from_those_without() -> None:
    rated = [RatedCall(f"s{i % 6}", 1 + i % 5, findings(distress=0.8), findings()) for i in range(30)]
    unrated = [RatedCall(f"s{i % 6}", None, findings(distress=0.1), findings()) for i in range(30)]
    model = fit_criterion(EMPATHY, [*rated, *unrated])
    assert 1 - 0.9**3 * 0.99**3 < model.applies_at < 1 - 0.2**3
