"""What happens with by-catch: it gets an owner, a next step, and the asker hears about it (points 30-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

MAX_MESSAGE_CHARS = 1500


class Step(str, Enum):
    """How far it is. The last two close it."""

    PASSED_ON = "passed_on"
    UNDER_WAY = "under_way"
    SOLVED = "solved"
    DECLINED = "declined"

    @property
    def closes(self) -> bool:
        """Whether nothing is left to do."""
        return self in (Step.SOLVED, Step.DECLINED)


@dataclass(frozen=True)
class FollowUp:
    """One step. text: what the askers were told, '' for nothing. notices: to how many. at: aware, UTC."""

    id: int
    step: Step
    text: str
    account_id: int | None
    at: datetime
    notices: int
