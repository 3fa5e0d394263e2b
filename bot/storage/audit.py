"""Who changed what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.domain.audit import AuditRow
from bot.services.ports import AuditFilter
from bot.storage.tables import audit_log


class SqlAudit:
    """See `bot.services.ports.AuditRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: AuditRow) -> None:
        """See the port."""
        values = {"at": row.at, "account_id": row.account_id, "action": row.action, "subject": row.subject}
        self._connection.execute(audit_log.insert().values(**values, detail=dict(row.detail)))

    def find(self, subject: str | None, limit: int) -> tuple[AuditRow, ...]:
        """See the port."""
        query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
        rows = self._connection.execute(query if subject is None else query.where(audit_log.c.subject == subject))
        return tuple(_as_row(row) for row in rows)

    def page(self, chosen: AuditFilter) -> tuple[AuditRow, ...]:
        """See the port."""
        query = select(audit_log).order_by(audit_log.c.id.desc()).limit(chosen.limit)
        if chosen.account_id is not None:
            query = query.where(audit_log.c.account_id == chosen.account_id)
        if chosen.area:
            query = query.where(audit_log.c.subject.startswith(chosen.area, autoescape=True))
        if chosen.before is not None:
            query = query.where(audit_log.c.id < chosen.before)
        return tuple(_as_row(row) for row in self._connection.execute(query))


def _as_row(row: Any) -> AuditRow:
    return AuditRow(row.at, row.account_id, row.action, row.subject, row.detail, row.id)
