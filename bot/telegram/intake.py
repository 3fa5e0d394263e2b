"""What both ways in do with an update: keep it as Telegram sent it, before Telegram may forget it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.services.inbox import receive_update
from bot.services.ports import Store
from bot.telegram.reading import chat_of


def keep_update(store: Store, raw: Mapping[str, Any], now: datetime) -> bool:
    """Commit one update; False when it is known. Raises StoreUnavailable, and ValueError for what is no update."""
    try:
        return receive_update(store, id_of(raw), raw, chat_id=chat_of(raw), now=now)
    except RecursionError:
        raise ValueError("an update that is nested too deep") from None


def id_of(raw: Any) -> int:
    """The number of an update. Raises ValueError for what is no update."""
    update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**63:
        raise ValueError("an update without a usable update_id")
    return update_id
