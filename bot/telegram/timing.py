"""How long and how often. Tests hand over shorter times."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Waiting times that double, in seconds."""

    first_seconds: float
    longest_seconds: float

    def after(self, failures: int) -> float:
        """How long to wait after so many failures in a row (1 or more)."""
        return min(self.longest_seconds, self.first_seconds * 2.0 ** min(failures - 1, 30))


@dataclass(frozen=True)
class Timing:
    """Times and bounds of the Telegram process.

    poll_seconds: how long Telegram holds a request for updates when there are none (whole seconds).
    silence_seconds: how long Telegram may be silent after a request, beyond poll_seconds where that applies.
    webhook_look_seconds: how often Telegram is asked whether it can reach our webhook.
    look_seconds: how often the store is looked into for what another process put there.
    network: after a request that Telegram did not take.
    message: after a message that could not be handled while the assistant was up.
    probe: between looks whether the assistant is back.
    max_attempts: after so many failures of one message it goes to people.
    answering, sending: how many chats at a time.
    sends_per_second: over all chats. Telegram allows 30; two are left for jitter on the way.
    chat_gap_seconds: from the end of one message to a chat until the next. Telegram allows one a second.
    lease_seconds: longer than one request can take, so that a message is uncertain only when nobody is at it.
    again_told_seconds: a chat hears at most once in this time that its answer is late.
    typing_after_seconds, typing_every_seconds: when 'typing…' shows; Telegram keeps it for five seconds.
    stop_seconds: how long what is in hand may take when the process is asked to stop; the launcher waits ten.
    """

    poll_seconds: int = 25
    silence_seconds: float = 10.0
    webhook_look_seconds: float = 300.0
    look_seconds: float = 1.0
    network: Backoff = Backoff(1.0, 30.0)
    message: Backoff = Backoff(2.0, 60.0)
    probe: Backoff = Backoff(0.5, 5.0)
    max_attempts: int = 5
    answering: int = 8
    sending: int = 16
    sends_per_second: int = 28
    chat_gap_seconds: float = 1.0
    lease_seconds: float = 60.0
    again_told_seconds: float = 600.0
    typing_after_seconds: float = 0.3
    typing_every_seconds: float = 4.5
    stop_seconds: float = 8.0
