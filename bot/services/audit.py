"""The audit log: who changed what."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditRow
from bot.services.ports import AuditFilter, Store, Unit


def note(
    work: Unit, now: datetime, account_id: int | None, action: str, subject: str, **detail: str | int | bool | None
) -> None:
    """Write one change into the audit log, as part of the unit that makes it. Pass no text of a resident."""
    work.audit.add(AuditRow(now, account_id, action, subject, detail))


def audit_trail(store: Store, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
    """The latest changes first, of one subject ('cluster:12') or of all."""
    with store.view() as work:
        return work.audit.find(subject, limit)


def audit_page(store: Store, chosen: AuditFilter) -> tuple[AuditRow, ...]:
    """The log as the administrator leafs through it, latest first."""
    with store.view() as work:
        return work.audit.page(chosen)
