"""Corpus calls, scored and coached once for all tests of coaching."""

from __future__ import annotations

import pytest

from carescore.results import CallScore
from carescore.scorer import Scorer
from carescore.transcript import Transcript
from tests.examples import corpus_sample


@pytest.fixture(scope="session")
def coached(scorer: Scorer) -> list[tuple[Transcript, CallScore]]:
    """Calls of every quality with their results, whose coaching is worked out once."""
    calls = corpus_sample(70)
    return list(zip(calls, scorer.score_many(calls), strict=True))
