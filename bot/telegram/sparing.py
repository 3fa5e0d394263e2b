"""Says the same thing to the log once a minute at most."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable


class Sparing:
    """A log for troubles that last: each kind is said at once, and then not again until the time is over.

    seconds: how long one kind stays silent.
    """

    def __init__(
        self, logger: logging.Logger, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._logger = logger
        self._seconds = seconds
        self._clock = clock
        self._said: dict[str, float] = {}

    def warn(self, message: str, *values: object) -> None:
        """Log a warning; two with the same `message` (before the values are filled in) are of one kind."""
        now = self._clock()
        if now - self._said.get(message, -self._seconds) >= self._seconds:
            self._said[message] = now
            self._logger.warning(message, *values)
