"""Tells what a message's time goes to, when one step calls another."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Stopwatch:
    """Seconds per step, each without the steps inside it, so that together they are the whole.

    For one message at a time: a step that waits (the action server) keeps the clock.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._open: list[str] = []
        self._since = 0.0
        self._seconds: dict[str, float] = {}

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
        now = self._clock()
        if self._open:
            self._seconds[self._open[-1]] = self._seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def take(self) -> dict[str, float]:
        """The seconds so far, which begin anew."""
        taken, self._seconds = self._seconds, {}
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
