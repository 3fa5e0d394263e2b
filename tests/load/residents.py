"""Residents who write at a steady pace, each again after a while; some want to hear the answer later."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Final

from tests.bot_api import BotApi, Sent

AGAIN_SECONDS: Final = 20.0
"""How long a resident reads and thinks before writing again: more than a reply may take."""

WISHERS: Final = 3
"""One resident in so many presses 'Ja, graag' under a question that goes to people."""

FIRST_CHAT: Final = 1_000_001


@dataclass
class Residents:
    """Writes `rate` messages a second for `seconds`. asked: by update id, when; pressed: how many buttons."""

    api: BotApi
    rate: float
    seconds: float
    lines: Sequence[str]
    asked: dict[int, datetime] = field(default_factory=dict)
    pressed: int = 0
    _seen: set[int] = field(default_factory=set)

    def write(self, stop: threading.Event) -> None:
        """Until the time is over or the stop; never faster than the rate, also when it fell behind."""
        started, total = time.monotonic(), int(self.rate * self.seconds)
        people = max(1, round(self.rate * AGAIN_SECONDS))
        for n in range(total):
            if stop.wait(max(0.0, started + n / self.rate - time.monotonic())):
                return
            chat_id = FIRST_CHAT + n % people
            message = self.api.message(chat_id, text=self.lines[n % len(self.lines)])
            asked_at = datetime.now(timezone.utc)
            self.asked[self.api.push(message=message)] = asked_at
            self._press(self.api.sent_to(chat_id) if n % people % WISHERS == 0 and n >= people else ())

    def _press(self, got: Sequence[Sent]) -> None:
        """Say yes to being told, once for each offer."""
        for sent in got:
            data = next((each for each in sent.buttons.values() if each.startswith("/give_consent")), None)
            if data and sent.message_id not in self._seen:
                self._seen.add(sent.message_id)
                self.api.presses(sent.chat_id, sent.message_id, data)
                self.pressed += 1


def twice(got: Sequence[Sent], expected: Counter[tuple[int, str]]) -> int:
    """How many messages arrived more often than they were to be sent."""
    arrived = Counter((sent.chat_id, sent.text) for sent in got)
    return sum((arrived - expected).values())
