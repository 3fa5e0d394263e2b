"""Tells what a message's time goes to, when one step calls another."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple


class Moment(NamedTuple):
    """A length of time, or a point in it, in seconds. processor: of this process, which a busy machine changes little."""

    clock: float
    processor: float

    def plus(self, other: Moment, sign: int = 1) -> Moment:
        """Both added up."""
        return Moment(self.clock + sign * other.clock, self.processor + sign * other.processor)


NOTHING = Moment(0.0, 0.0)


def now() -> Moment:
    """This moment."""
    return Moment(time.perf_counter(), time.process_time())


class Stopwatch:
    """Time per step, each without the steps inside it, so that together they are the whole.

    For one message at a time: a step that waits (the action server) keeps the clock.
    """

    def __init__(self, read: Callable[[], Moment] = now) -> None:
        self._read = read
        self._open: list[str] = []
        self._since = NOTHING
        self._spent: dict[str, Moment] = {}

    @property
    def current(self) -> str:
        """The innermost step that is going on; '' when none is."""
        return self._open[-1] if self._open else ""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time spent in the block belongs to `name`, but for the steps inside it."""
        self._charge()
        self._open.append(name)
        try:
            yield
        finally:
            self._charge()
            self._open.pop()

    def _charge(self) -> None:
        at = self._read()
        if self._open:
            step = self._open[-1]
            self._spent[step] = self._spent.get(step, NOTHING).plus(at).plus(self._since, -1)
        self._since = at

    def take(self) -> dict[str, Moment]:
        """What each step took so far; all begin anew."""
        taken, self._spent = self._spent, {}
        return taken

    def timed(self, name: Callable[[], str], function: Callable[..., Any]) -> Callable[..., Any]:
        """The function as a step; its name is asked for at each call."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.step(name()):
                return function(*args, **kwargs)

        return call

    def timed_async(self, name: str, function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """The same for a coroutine function."""

        @wraps(function)
        async def call(*args: Any, **kwargs: Any) -> Any:
            with self.step(name):
                return await function(*args, **kwargs)

        return call
