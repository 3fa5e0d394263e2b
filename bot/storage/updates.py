"""Telegram's updates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.incoming import Update, UpdateState
from bot.storage.tables import telegram_updates as updates
from bot.storage.writing import insert_new

NEW = updates.c.state == UpdateState.NEW.value


class SqlUpdates:
    """See `bot.services.ports.UpdateRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, update: Update) -> bool:
        """See the port."""
        values = {
            "update_id": update.update_id, "chat_id": update.chat_id, "payload": dict(update.payload),
            "received_at": update.received_at, "state": update.state.value, "attempts": update.attempts,
            "not_before": update.not_before, "error": update.error,
        }  # fmt: skip
        return insert_new(self._connection, updates, values)

    def get(self, update_id: int) -> Update | None:
        """See the port."""
        found = self._find(select(updates).where(updates.c.update_id == update_id))
        return found[0] if found else None

    def heads(self, now: datetime, limit: int, skip_chats: Collection[int]) -> tuple[Update, ...]:
        """See the port. What belongs to no chat forms one queue together."""
        first = select(func.min(updates.c.update_id)).where(NEW).group_by(updates.c.chat_id)
        ready = or_(updates.c.not_before.is_(None), updates.c.not_before <= now)
        free = or_(updates.c.chat_id.is_(None), updates.c.chat_id.not_in(list(skip_chats)))
        query = select(updates).where(updates.c.update_id.in_(first), ready, free)
        return self._find(query.order_by(updates.c.update_id).limit(limit))

    def done(self, update_id: int) -> bool:
        """See the port."""
        return self._change(update_id, state=UpdateState.DONE.value, payload={}, error="", not_before=None)

    def failed(self, update_id: int, error: str, retry_at: datetime | None) -> bool:
        """See the port."""
        state = UpdateState.FAILED if retry_at is None else UpdateState.NEW
        attempts = updates.c.attempts + 1
        return self._change(update_id, state=state.value, error=error, not_before=retry_at, attempts=attempts)

    def counts(self) -> Mapping[UpdateState, int]:
        """See the port."""
        query = select(updates.c.state, func.count()).group_by(updates.c.state)
        return {UpdateState(state): count for state, count in self._connection.execute(query)}

    def forget(self, chat_id: int) -> None:
        """See the port."""
        self._connection.execute(delete(updates).where(updates.c.chat_id == chat_id, ~NEW))

    def _change(self, update_id: int, **values: Any) -> bool:
        result = self._connection.execute(update(updates).where(updates.c.update_id == update_id, NEW).values(**values))
        return bool(result.rowcount)

    def _find(self, query: Any) -> tuple[Update, ...]:
        rows = self._connection.execute(query).mappings()
        return tuple(Update(**{**row, "state": UpdateState(row["state"])}) for row in rows)
