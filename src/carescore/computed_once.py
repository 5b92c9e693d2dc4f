"""A property computed when first asked for and then kept with its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class computed_once(Generic[Value]):
    """`functools.cached_property` without the lock that it takes, in Python 3.11, for all objects of a class.

    A process forked while another thread held that lock would wait for it forever. Two threads that ask one
    object at once may each compute the value; one of the two equal values is kept.

    >>> class Call:
    ...     @computed_once
    ...     def words(self):
    ...         print("counting")
    ...         return 12
    >>> call = Call()
    >>> call.words + call.words
    counting
    24
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> computed_once[Value]: ...

    @overload
    def __get__(self, owner: object, kind: type | None = None) -> Value: ...

    def __get__(self, owner: object | None, kind: type | None = None) -> computed_once[Value] | Value:
        """The value, written into the object's `__dict__`, where Python looks first from then on."""
        if owner is None:
            return self
        value = self._compute(owner)
        kept: Value = owner.__dict__.setdefault(self._name, value)
        return kept
