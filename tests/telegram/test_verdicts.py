"""What an error says about a message: did it arrive, and may it be sent again?"""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.verdicts import Outcome, judge


def because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (BadRequest("Bad Request: chat not found"), Outcome.REFUSED),
        (because(TimedOut(), httpx.ReadTimeout("")), Outcome.UNKNOWN),
        (because(TimedOut(), httpx.WriteTimeout("")), Outcome.UNKNOWN),
        (because(TimedOut(), httpx.ConnectTimeout("")), Outcome.UNREACHED),
        (because(TimedOut(), httpx.PoolTimeout("")), Outcome.UNREACHED),
        (because(NetworkError("x"), httpx.ConnectError("")), Outcome.UNREACHED),
        (because(NetworkError("x"), httpx.ProxyError("")), Outcome.UNREACHED),
        (because(NetworkError("x"), httpx.ReadError("")), Outcome.UNKNOWN),
        (because(NetworkError("x"), httpx.WriteError("")), Outcome.UNKNOWN),
        (because(NetworkError("x"), httpx.RemoteProtocolError("")), Outcome.UNKNOWN),
        (NetworkError("Bad Gateway (502)"), Outcome.UNKNOWN),
        (InvalidToken(), Outcome.UNREACHED),
        (Conflict("x"), Outcome.UNKNOWN),
        (TelegramError("Invalid server response"), Outcome.UNKNOWN),
        (RuntimeError("a mistake of ours"), Outcome.UNKNOWN),
    ],
)
def test_only_what_never_left_is_sent_again(error: Exception, outcome: Outcome) -> None:
    assert judge(error).outcome is outcome


@pytest.mark.parametrize("as_span", ["true", "false"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_flood_says_how_long_to_wait(as_span: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_span)
    assert judge(RetryAfter(timedelta(seconds=17))).wait_seconds == 17.0


def test_a_mistake_of_ours_is_told_without_its_words() -> None:
    assert "geheim" not in judge(ValueError("geheim")).reason
