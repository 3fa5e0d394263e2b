"""Who changed what."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.domain.audit import AuditRow
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
        return tuple(AuditRow(row.at, row.account_id, row.action, row.subject, row.detail) for row in rows)
