"""One scorer in many threads and in forked and spawned processes: the bytes of a serial run."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.examples import REPOSITORY, corpus_sample

THREADS = 16


@pytest.mark.parametrize("count", [20, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.heavy])])
def test_sixteen_threads_share_a_scorer(count, scorer):
    """Each thread scores that many calls, all of the same ones, in an order of its own."""
    calls = [replace(one, call_id=str(number)) for number, one in enumerate(corpus_sample(60))]
    expected = [one.to_json() for one in scorer.score_many(calls)]

    def wrong(thread: int) -> list[int]:
        places = [(7 * thread + 11 * number) % len(calls) for number in range(count)]
        return [place for place in places if scorer.score(calls[place]).to_json() != expected[place]]

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(wrong, range(THREADS))) == [[]] * THREADS


def test_threads_that_learn_words_at_once_agree(scorer):
    """Every call has words that no thread has met before."""
    calls = [
        replace(
            one,
            turns=tuple(replace(t, text=f"{t.text} order {n}-{t.index} for mr. x{n}y") for t in one.turns),
        )
        for n, one in enumerate(corpus_sample(40))
    ]
    with ThreadPoolExecutor(THREADS) as threads:
        found = [one.to_json() for one in threads.map(scorer.score, calls)]
    assert found == [one.to_json() for one in scorer.score_many(calls)]


# A thread never stops learning words while the process forks or spawns others, which then score.
WHILE_BUSY = """
import itertools, multiprocessing, sys, threading
sys.path.insert(0, sys.argv[1])
from carescore.scorer import Scorer
from tests.examples import call, corpus_sample

def digest(scorer, sent):
    sent.put([one.to_json() for one in scorer.score_many(corpus_sample(3))])

def main():
    scorer, how = Scorer.load(), multiprocessing.get_context(sys.argv[2])
    expected = [one.to_json() for one in scorer.score_many(corpus_sample(3))]
    done = threading.Event()

    def learn():
        for n in itertools.count():
            if done.is_set():
                return
            scorer.score(call(*(f"C: order {n}-{k} for mr. x{n}y{k}" for k in range(400))))

    thread = threading.Thread(target=learn)
    thread.start()
    try:
        for _ in range(int(sys.argv[3])):
            sent = how.Queue()
            child = how.Process(target=digest, args=(scorer, sent), daemon=True)
            child.start()
            assert sent.get(timeout=60) == expected
            child.join(60)
            assert child.exitcode == 0, child.exitcode
    finally:
        done.set()
        thread.join()
    print("all the same")

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("how", "times"), [("fork", 4), pytest.param("fork", 40, marks=pytest.mark.slow), ("spawn", 1)]
)
def test_processes_made_while_a_thread_scores_agree(how, times, tmp_path):
    if how == "fork" and not hasattr(os, "fork"):
        return  # there is no such thing on Windows
    script = tmp_path / "busy.py"
    script.write_text(WHILE_BUSY, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), str(REPOSITORY), how, str(times)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "all the same\n"), ran.stderr
