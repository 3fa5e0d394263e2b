"""How often somebody may say something, counted in this process's memory.

With several web processes each counts for itself: the limits are a brake, not an account. Sign-ins are counted in the
database (`bot.services.sign_in`).
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.accounts import Limit

MAX_KEYS: Final = 10_000


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
