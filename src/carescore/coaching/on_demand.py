"""Coaching that is worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import replace

from carescore.coaching.judge import Judge
from carescore.notes import Coaching
from carescore.results import CallScore
from carescore.transcript import Transcript


class CoachingOnDemand:
    """What a result keeps to be coached from: its transcript and who scored it.

    It stays in the process: pickled or copied with a result, it turns into `None`, so that neither
    transcripts nor models travel with results.
    """

    __slots__ = ("_call", "_coached", "_judge")

    def __init__(self, call: Transcript, judge: Judge) -> None:
        self._call = call
        self._judge = judge
        self._coached: tuple[CallScore, Coaching] | None = None

    def __call__(self, result: CallScore) -> Coaching:
        """The coaching of a result of this call, worked out once."""
        from carescore.coaching.coach import coach  # only results that are asked need it

        if self._coached is None or self._coached[0] is not result:
            self._coached = result, coach(self._call, result, self._judge)
        return self._coached[1]

    def __reduce__(self) -> tuple[object, ...]:
        """See the class."""
        return (type(None), ())


def coachable(result: CallScore, call: Transcript, judge: Judge) -> CallScore:
    """The result with its coaching at hand."""
    return replace(result, _coach=CoachingOnDemand(call, judge))
