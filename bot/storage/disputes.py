"""Remarks of the coach that were not agreed with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.practice.deeds import Deed
from bot.domain.practice.disputes import Dispute
from bot.storage.tables import coach_disputes
from bot.storage.writing import digest, insert_new


class SqlDisputes:
    """See `bot.services.talk_ports.DisputeRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, dispute: Dispute, now: datetime) -> None:
        """See the port."""
        key = digest(dispute.scenario, dispute.deed.value, dispute.words)
        values = {"digest": key, "scenario": dispute.scenario, "deed": dispute.deed.value, "words": dispute.words}
        if insert_new(
            self._connection, coach_disputes, {**values, "answered": dispute.answered, "times": 1, "last_at": now}
        ):
            return
        once_more = update(coach_disputes).where(coach_disputes.c.digest == key)
        self._connection.execute(once_more.values(times=coach_disputes.c.times + 1, last_at=now))

    def all(self, limit: int) -> tuple[Dispute, ...]:
        """See the port."""
        order = coach_disputes.c.times.desc(), coach_disputes.c.last_at.desc(), coach_disputes.c.digest
        rows = self._connection.execute(select(coach_disputes).order_by(*order).limit(limit))
        return tuple(
            Dispute(row.scenario, Deed(row.deed), row.words, row.answered, row.times, row.last_at) for row in rows
        )
