"""A property computed once: kept, not shared, and without a lock that a forked process could inherit."""

from __future__ import annotations

import copy
import threading

from carescore.computed_once import computed_once


class Counted:
    """Counts how often its property is computed, and waits in it where told to."""

    def __init__(self, wait: threading.Event | None = None) -> None:
        self.times = 0
        self.wait = wait
        self.started = threading.Event()

    @computed_once
    def value(self) -> list[int]:
        """The computed value."""
        self.times += 1
        self.started.set()
        if self.wait is not None:
            assert self.wait.wait(30)
        return [self.times]


def test_it_is_computed_once_and_kept():
    one = Counted()
    assert one.value is one.value
    assert one.times == 1


def test_objects_do_not_share_it():
    one, other = Counted(), Counted()
    assert one.value is not other.value


def test_the_class_gives_the_property_with_its_words():
    assert isinstance(Counted.value, computed_once)
    assert Counted.value.__doc__ == "The computed value."


def test_a_copy_has_what_was_computed():
    one = Counted()
    assert copy.copy(one).times == 0
    assert one.value is copy.copy(one).value
    assert one.times == 1


def test_one_thread_at_work_keeps_no_other_object_waiting():
    """The lock of Python 3.11's `cached_property` did, and a process forked then waited for ever."""
    go = threading.Event()
    busy, other = Counted(go), Counted()
    thread = threading.Thread(target=lambda: busy.value)
    thread.start()
    try:
        assert busy.started.wait(30)
        asked = threading.Thread(target=lambda: other.value, daemon=True)
        asked.start()
        asked.join(30)
        assert other.times == 1
        assert not asked.is_alive()
    finally:
        go.set()
        thread.join()
