"""Gaps in the guides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.domain.gaps import GapReason, GuideGap
from bot.storage.tables import guide_gaps
from bot.storage.writing import digest, insert_new


class SqlGaps:
    """See `bot.services.ports.GapRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, text: str, words: str, reason: GapReason, entry_id: str | None, now: datetime) -> None:
        """See the port."""
        key = digest(words, reason.value, entry_id or "")
        values = {"text": text, "digest": key, "reason": reason.value, "entry_id": entry_id, "times": 1}
        if insert_new(self._connection, guide_gaps, {**values, "first_at": now, "last_at": now}):
            return
        once_more = update(guide_gaps).where(guide_gaps.c.digest == key)
        self._connection.execute(once_more.values(times=guide_gaps.c.times + 1, last_at=now))

    def all(self, limit: int, reason: GapReason | None = None) -> tuple[GuideGap, ...]:
        """See the port."""
        order = guide_gaps.c.times.desc(), guide_gaps.c.last_at.desc(), guide_gaps.c.id
        wanted = select(guide_gaps) if reason is None else select(guide_gaps).where(guide_gaps.c.reason == reason.value)
        rows = self._connection.execute(wanted.order_by(*order).limit(limit))
        return tuple(
            GuideGap(row.id, row.text, GapReason(row.reason), row.entry_id, row.times, row.first_at, row.last_at)
            for row in rows
        )

    def remove(self, gap_id: int) -> bool:
        """See the port."""
        return bool(self._connection.execute(delete(guide_gaps).where(guide_gaps.c.id == gap_id)).rowcount)
