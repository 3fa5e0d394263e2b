"""Keeps to Telegram's limits, without one chat holding up another.

python-telegram-bot's AIORateLimiter is no help here: it knows no limit for a private chat, and when Telegram tells one
chat to wait it holds up the requests of all.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 1.0

FLOODED_CHATS = 3
"""When so many different chats have to wait within WINDOW_SECONDS, Telegram has had enough of the bot as a whole."""


class Pace:
    """Who may be sent something now.

    per_second: messages over all chats. chat_gap_seconds: between two messages to one chat.
    clock: seconds that only go up.
    """

    def __init__(self, per_second: int, chat_gap_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._gap = chat_gap_seconds
        self._clock = clock
        self._sent: deque[float] = deque()
        self._closed: dict[int, float] = {}
        self._all_closed_until = 0.0
        self._floods: dict[int, float] = {}

    def room(self) -> int:
        """How many messages may leave now, over all chats."""
        now = self._clock()
        while self._sent and self._sent[0] <= now - WINDOW_SECONDS:
            self._sent.popleft()
        return self._per_second - len(self._sent) if self.is_open() else 0

    def is_open(self) -> bool:
        """Whether the bot as a whole may send."""
        return self._clock() >= self._all_closed_until

    def leaves(self) -> None:
        """A message leaves now."""
        self._sent.append(self._clock())

    def arrived(self, chat_id: int) -> None:
        """A message to this chat has been handled: from here the gap counts, however slow the way was."""
        self.close(chat_id, self._gap)

    def close(self, chat_id: int, seconds: float) -> None:
        """Nothing to this chat for so long; a longer ban that is in force stays."""
        self._closed[chat_id] = max(self._closed.get(chat_id, 0.0), self._clock() + seconds)

    def flooded(self, chat_id: int, seconds: float) -> None:
        """Telegram told to wait so long with this chat."""
        now = self._clock()
        self.close(chat_id, seconds)
        self._floods = {chat: at for chat, at in self._floods.items() if at > now - WINDOW_SECONDS} | {chat_id: now}
        if len(self._floods) >= FLOODED_CHATS:
            self.close_all(min(self._closed[chat] - now for chat in self._floods))

    def close_all(self, seconds: float) -> None:
        """Nothing to anybody for so long."""
        self._all_closed_until = max(self._all_closed_until, self._clock() + seconds)

    def closed_chats(self) -> frozenset[int]:
        """Chats that may not get anything now."""
        now = self._clock()
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        return frozenset(self._closed)

    def opens_in(self, at_most: float) -> float:
        """Seconds until something that is closed opens, 0 up to `at_most`."""
        now = self._clock()
        if now < self._all_closed_until:
            return min(at_most, self._all_closed_until - now)
        openings = [until for until in self._closed.values() if until > now]
        if len(self._sent) >= self._per_second:
            openings.append(self._sent[0] + WINDOW_SECONDS)
        return max(0.0, min([at_most, *(opening - now for opening in openings)]))
