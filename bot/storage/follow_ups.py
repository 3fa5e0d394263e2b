"""Steps taken with by-catch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.follow_up import FollowUp, Step
from bot.storage.tables import follow_ups


class SqlFollowUps:
    """See `bot.services.ports.FollowUpRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, cluster_id: int, step: Step, text: str, account_id: int, now: datetime) -> int:
        """See the port."""
        values = {"cluster_id": cluster_id, "step": step.value, "text": text, "account_id": account_id, "at": now}
        inserted = self._connection.execute(follow_ups.insert().values(**values, notices=0))
        return int(inserted.inserted_primary_key[0])

    def told(self, follow_up_id: int, notices: int) -> None:
        """See the port."""
        self._connection.execute(update(follow_ups).where(follow_ups.c.id == follow_up_id).values(notices=notices))

    def of_cluster(self, cluster_id: int) -> tuple[FollowUp, ...]:
        """See the port."""
        query = select(follow_ups).where(follow_ups.c.cluster_id == cluster_id).order_by(follow_ups.c.id)
        return tuple(
            FollowUp(row.id, Step(row.step), row.text, row.account_id, row.at, row.notices)
            for row in self._connection.execute(query)
        )
