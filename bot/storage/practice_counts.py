"""How often each scenario was practised, per month."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.practice.counting import MonthCount
from bot.storage.tables import practice_counts
from bot.storage.writing import insert_new


class SqlPracticeCounts:
    """See `bot.services.talk_ports.PracticeCountRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, scenario: str, month: date) -> None:
        """See the port."""
        if insert_new(self._connection, practice_counts, {"month": month, "scenario": scenario, "talks": 1}):
            return
        here = practice_counts.c.month == month, practice_counts.c.scenario == scenario
        self._connection.execute(update(practice_counts).where(*here).values(talks=practice_counts.c.talks + 1))

    def all(self) -> tuple[MonthCount, ...]:
        """See the port."""
        order = practice_counts.c.month.desc(), practice_counts.c.scenario
        rows = self._connection.execute(select(practice_counts).order_by(*order))
        return tuple(MonthCount(row.month, row.scenario, row.talks) for row in rows)
