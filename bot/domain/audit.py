"""Who changed what, and when. Never the text of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class AuditRow:
    """One change.

    account_id: who; None for the bot itself or a resident.
    action: verb in the past tense: 'claimed', 'dismissed', 'published'.
    subject: what was changed: 'cluster:12', 'entry:v3', 'account:2', 'question:17'.
    detail: numbers, ids and states that say more; no text that a resident wrote.
    at: aware datetime, UTC. id: rises with every row; 0 before it is kept.
    """

    at: datetime
    account_id: int | None
    action: str
    subject: str
    detail: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    id: int = 0
