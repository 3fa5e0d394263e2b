"""Questions of officials that the guides did not answer: the gap stays visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class GapReason(str, Enum):
    """Why it counts as a gap."""

    NONE = "none"  # nothing found
    NOT_HELPFUL = "not_helpful"  # the official said the answer was no help


@dataclass(frozen=True)
class GuideGap:
    """A question asked `times` times. `entry_id`: the guide entry that did not help. Datetimes: aware, UTC."""

    id: int
    text: str
    reason: GapReason
    entry_id: str | None
    times: int
    first_at: datetime
    last_at: datetime
