"""Score some calls on a local Dask cluster, one's own and one that carescore starts; see `test_clusters`."""

from __future__ import annotations

import logging
import sys

from distributed import Client, Worker

from carescore.batch import ScoreBatch
from carescore.scorer import Scorer
from tests.examples import corpus_sample


def scorers_of(dask_worker: Worker) -> int:
    """The scorers that a worker holds."""
    return sum(isinstance(value, ScoreBatch) for value in dask_worker.data.values())


def main() -> None:
    scorer, calls = Scorer.load(), list(corpus_sample(60)) * 6
    here = [one.to_json() for one in scorer.score_many(calls)]
    assert [one.to_json() for one in scorer.score_many(calls, n_jobs=2, backend="dask")] == here
    with Client(n_workers=2, threads_per_worker=2, dashboard_address=None) as client:
        taken = []
        found = scorer.score_many((taken.append(1) or one for one in calls * 20), backend="dask")  # type: ignore[func-returns-value]
        first = [next(found).to_json() for _ in calls]
        assert first == here
        assert len(taken) <= len(calls) + 13 * 64, "read ahead of what was taken"
        assert list(client.run(scorers_of).values()) == [1, 1]
        found.close()
        assert [one.coaching.focus for one in scorer.score_many(calls[:2], backend="dask")] == [
            scorer.score(one).coaching.focus for one in calls[:2]
        ]


if __name__ == "__main__":
    logging.getLogger("distributed").setLevel(logging.ERROR)
    main()
    sys.stdout.write("all the same\n")
