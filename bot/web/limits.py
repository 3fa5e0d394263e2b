"""How often somebody may do something, counted in this process's memory.

With several web processes each counts for itself: the limits are a brake, not an account.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MAX_KEYS: Final = 10_000


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`."""

    times: int
    seconds: int


LOGIN: Final = Limit(times=10, seconds=600)
"""Refused links per address. A token holds 256 bits: guessing is hopeless, trying must just not cost us work. Links
that work do not count: a town hall is one address for everybody in it."""
MESSAGES: Final = Limit(times=20, seconds=60)
"""Per visitor of the public page or official; nobody types faster."""
MESSAGES_OF_ADDRESS: Final = Limit(times=120, seconds=60)
"""Per address on the public page: a library or town hall is one address for many people."""


class Limits:
    """Counts by key; the keys that were quiet longest are forgotten first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()

    def allows(self, limit: Limit, key: str) -> bool:
        """Count one more for `key`, unless it is over its limit."""
        if self.is_spent(limit, key):
            return False
        self.count(key)
        return True

    def is_spent(self, limit: Limit, key: str) -> bool:
        """Whether `key` is over its limit now; nothing is counted."""
        times = self._times.get(key, deque())
        while times and times[0] <= self._now() - timedelta(seconds=limit.seconds):
            times.popleft()
        return len(times) >= limit.times

    def count(self, key: str) -> None:
        """One more for `key`."""
        self._times.setdefault(key, deque()).append(self._now())
        self._times.move_to_end(key)
        while len(self._times) > MAX_KEYS:
            self._times.popitem(last=False)
