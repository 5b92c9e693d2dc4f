"""A log with two calls in it."""

from __future__ import annotations

import pytest

from carescore.review.log import ReviewLog
from tests.review.examples import AT, results


@pytest.fixture
def log(tmp_path):
    """A log with the calls c1 and c2 as drafts."""
    found = ReviewLog(tmp_path / "reviews.db", wait=0.2)
    assert found.open(results(), who="Ana", at=AT) == 2
    return found
