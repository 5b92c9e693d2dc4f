"""The review log: calls go their way from draft to resolved, and the machine's score stays as it was."""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from carescore.errors import UsageError
from carescore.results import UsedEstimator
from carescore.review.expected import Expected
from carescore.review.log import ReviewLog
from carescore.review.reviewed import reviewed_results
from tests.review.examples import AT, results
from tests.team.examples import result


def test_the_way_of_a_call(log):
    assert [review.state for review in log.reviews()] == ["draft", "draft"]
    assert log.note("c1", who="Ana", ratings={"empathy": 4, "clarity": None}, at=AT).state == "reviewed"
    assert log.dispute("c1", criterion="empathy", who="Ben", reason="I did.", at=AT).state == "disputed"
    log.dispute("c1", criterion="clarity", who="Ben", reason="It was clear.", at=AT)
    one = log.resolve("c1", criterion="clarity", who="Cy", upheld=False, reason="No.", at=AT)
    assert (one.state, [d.criterion for d in one.open_disputes]) == ("disputed", ["empathy"])
    two = log.resolve(
        "c1", criterion="empathy", who="Cy", upheld=True, reason="Yes.", expected=Expected(rating=4.5), at=AT
    )
    assert two.state == "resolved"
    assert log.dispute("c1", criterion="empathy", who="Ben", reason="Still.", at=AT).state == "disputed"
    review = log.review("c1")
    assert review.state == "disputed"
    assert review.machine["empathy"]["rating"] == 3.0
    assert {(r.who, r.criterion, r.rating) for r in review.ratings} == {
        ("Ana", "empathy", 4.0),
        ("Ana", "clarity", None),
    }
    assert [entry.at for entry in review.entries] == ["2026-03-01T08:30:00+00:00"] * 7
    assert log.check().whole


def test_a_reviewer_may_think_again_and_several_may_review(log):
    for who, rating in (("Ana", 2), ("Cy", 5), ("Ana", 3)):
        log.note("c1", who=who, ratings={"empathy": rating})
    review = log.review("c1")
    assert {(r.who, r.rating) for r in review.ratings} == {("Ana", 3.0), ("Cy", 5.0)}
    assert review.reviewers == ("Ana", "Cy")


def test_a_call_is_entered_once_and_is_a_draft_again_when_scored_anew(log):
    assert log.open(results(), who="Ana") == 0
    log.note("c1", who="Ana", ratings={"empathy": 4})
    again = result("c1", 80.0, receipt={"model": "care 2.0.0", "model_sha256": "c" * 64})
    assert log.open([again, *results()[1:]], who="Ana") == 1
    review = log.review("c1")
    assert (review.state, review.score, review.ratings) == ("draft", 80.0, ())
    assert [entry.action for entry in review.entries] == ["open", "note", "open"]


def test_what_a_receipt_says_of_estimators_and_redaction_is_known_again(log):
    used = UsedEstimator(behaviour="empathy", name="mine.skops", sha256="c" * 64, threshold=0.5)
    made = [
        result("c3", receipt={"estimators": (used,), "redacted": True}),
        result("c4", receipt={"redacted": None}),
    ]
    assert log.open(made, who="Ana") == 2
    for call_id in ("c3", "c4"):
        log.note(call_id, who="Ana")
    assert log.open(made, who="Ana") == 0
    is_reviewed = reviewed_results(log.reviews())
    assert all(map(is_reviewed, made))
    assert not is_reviewed(result("c3", receipt={"redacted": True}))


REFUSED = [
    ("an unknown call", lambda log: log.note("c9", who="Ana"), "call 'c9' is not in the log"),
    ("its history", lambda log: log.review("c9"), "call 'c9' is not in the log"),
    (
        "an unknown criterion",
        lambda log: log.note("c1", who="A", ratings={"warmth": 3}),
        "it has empathy, clarity",
    ),
    ("a rating of 6", lambda log: log.note("c1", who="A", ratings={"empathy": 6}), "from 1 to 5"),
    (
        "a rating of NaN",
        lambda log: log.note("c1", who="A", ratings={"empathy": float("nan")}),
        "from 1 to 5",
    ),
    ("a draft disputed", lambda log: dispute(log, "c1"), "nobody has reviewed this draft"),
    ("no dispute to settle", lambda log: settle(log, "c1"), "nothing about it is disputed"),
    ("a dispute twice", lambda log: (dispute(log, "c2"), dispute(log, "c2")), "disputed already"),
    (
        "another settled",
        lambda log: (dispute(log, "c2"), settle(log, "c2", "clarity")),
        "disputed are: empathy",
    ),
    ("no reason", lambda log: log.dispute("c2", criterion="empathy", who="B", reason=" "), "need a reason"),
    ("no name", lambda log: log.note("c1", who=" "), "who: expected a name"),
    ("a long note", lambda log: log.note("c1", who="A", note="x" * 10_001), "the note: longer than 10,000"),
    ("half a character", lambda log: log.note("c1", who="A", note="\ud800"), "half a character"),
    ("no time zone", lambda log: log.note("c1", who="A", at="2026-03-01T09:30:00"), "without a time zone"),
    ("no time", lambda log: log.note("c1", who="A", at="noon"), "not an ISO time"),
    (
        "upheld without what is right",
        lambda log: log.resolve("c2", criterion="empathy", who="A", upheld=True, reason="x"),
        "an upheld dispute says what should have come out",
    ),
]


def dispute(log, call):
    return log.dispute(call, criterion="empathy", who="Ben", reason="x")


def settle(log, call, criterion="empathy"):
    return log.resolve(call, criterion=criterion, who="Cy", upheld=False, reason="x")


@pytest.mark.parametrize(("act", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_follow_is_refused_and_adds_nothing(act, said, log):
    log.note("c2", who="Ana")
    with pytest.raises(UsageError, match=said) as error:
        act(log)
    assert "Traceback" not in str(error.value)
    assert log.check().rows <= 4
    assert log.check().whole


class Life(RuleBasedStateMachine):
    """Anything anybody may try, in any order: the state is always one that may follow, nothing is lost."""

    calls = st.sampled_from(["c1", "c2"])
    criteria = st.sampled_from(["empathy", "clarity"])

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.log = ReviewLog(Path(self.folder.name) / "r.db")
        self.log.open(results(), who="Ana", at=AT)
        self.state = {"c1": "draft", "c2": "draft"}
        self.open = {"c1": set(), "c2": set()}
        self.rows = 2

    def teardown(self):
        self.folder.cleanup()

    def tried(self, may, act):
        if may:
            act()
            self.rows += 1
        else:
            with pytest.raises(UsageError):
                act()
        return may

    @rule(call=calls, rating=st.sampled_from([1, 2.5, 5, None]), criterion=criteria)
    def note(self, call, rating, criterion):
        self.tried(True, lambda: self.log.note(call, who="Ana", ratings={criterion: rating}, at=AT))
        self.state[call] = "reviewed" if self.state[call] == "draft" else self.state[call]

    @rule(call=calls, criterion=criteria)
    def dispute(self, call, criterion):
        may = self.state[call] != "draft" and criterion not in self.open[call]
        if self.tried(may, lambda: self.log.dispute(call, criterion=criterion, who="B", reason="x", at=AT)):
            self.state[call] = "disputed"
            self.open[call].add(criterion)

    @rule(call=calls, criterion=criteria, upheld=st.booleans())
    def resolve(self, call, criterion, upheld):
        expected = Expected(rating=4.0) if upheld else None
        may = criterion in self.open[call]

        def act():
            self.log.resolve(
                call, criterion=criterion, who="C", upheld=upheld, reason="x", expected=expected, at=AT
            )

        if self.tried(may, act):
            self.open[call].discard(criterion)
            self.state[call] = "disputed" if self.open[call] else "resolved"

    @invariant()
    def all_is_as_it_should_be(self):
        found = {review.call_id: review for review in self.log.reviews()}
        assert {call: review.state for call, review in found.items()} == self.state
        assert [found[call].machine["empathy"]["rating"] for call in ("c1", "c2")] == [3.0, 4.0]
        checked = self.log.check()
        assert (checked.whole, checked.rows) == (True, self.rows)


Life.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestLife = Life.TestCase


def write(path, name):
    log = ReviewLog(path, wait=60)
    for _ in range(10):
        log.note("c1", who=name, ratings={"empathy": 3})


@pytest.mark.parametrize("kind", [threading.Thread, multiprocessing.get_context("spawn").Process])
def test_several_writers_at_once_lose_nothing(kind, log):
    workers = [kind(target=write, args=(log.path, f"writer {n}")) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (log.check().whole, log.check().rows) == (True, 42)
    assert len(log.review("c1").ratings) == 4
