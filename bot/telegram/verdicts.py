"""What an error says about a message: did it arrive, and may it be sent again?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

MAX_REASON_CHARS = 120


class Outcome(str, Enum):
    """What became of a message that was not simply sent."""

    BLOCKED = "blocked"  # the receiver does not want us
    REFUSED = "refused"  # Telegram will never take this message
    UNKNOWN = "unknown"  # it may have arrived
    FLOODED = "flooded"  # not sent: wait as long as Telegram says
    UNREACHED = "unreached"  # not sent: the request never reached Telegram


@dataclass(frozen=True)
class Verdict:
    """An outcome, the reason for the operator (no message text), and how long to wait in seconds when flooded."""

    outcome: Outcome
    reason: str
    wait_seconds: float = 0.0


UNWRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""Causes under which not one byte of the message left."""


def judge(error: Exception) -> Verdict:
    """The verdict on an error of python-telegram-bot, or on a mistake of our own.

    Whatever is not known to have stayed behind may have arrived: never twice by itself.
    """
    if isinstance(error, RetryAfter):
        return Verdict(Outcome.FLOODED, "flood limit", seconds_of(error))
    if isinstance(error, Forbidden):
        return Verdict(Outcome.BLOCKED, _reason(error))
    if isinstance(error, BadRequest):  # a subclass of NetworkError, but trying again cannot help
        return Verdict(Outcome.REFUSED, _reason(error))
    if isinstance(error, InvalidToken) or isinstance(error.__cause__, UNWRITTEN):
        return Verdict(Outcome.UNREACHED, _name(error))
    if isinstance(error, NetworkError):
        return Verdict(Outcome.UNKNOWN, _name(error) if error.__cause__ else _reason(error))
    return Verdict(Outcome.UNKNOWN, _name(error))


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram says to wait, in seconds."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _name(error: Exception) -> str:
    cause = error.__cause__
    return type(error).__name__ + (f" ({type(cause).__name__})" if cause else "")


def _reason(error: TelegramError) -> str:
    # Telegram's own description; it repeats nothing of a message that is sent without parse_mode.
    return f"{type(error).__name__}: {error}"[:MAX_REASON_CHARS]
