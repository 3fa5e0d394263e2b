"""What Telegram handed over and still has to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class UpdateState(str, Enum):
    """A new update waits for its turn; a failed one is kept for the operator."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Update:
    """One update from Telegram's Bot API.

    chat_id: the chat it belongs to, whose updates are handled in order; None when it belongs to none.
    payload: the update as Telegram sent it; empty once it is done.
    attempts: how often handling it failed.
    received_at, not_before: aware datetimes, UTC; before `not_before` it is not tried again.
    """

    update_id: int
    chat_id: int | None
    payload: Mapping[str, Any]
    received_at: datetime
    state: UpdateState = UpdateState.NEW
    attempts: int = 0
    not_before: datetime | None = None
    error: str = ""
