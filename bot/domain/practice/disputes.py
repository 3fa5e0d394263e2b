"""A remark of the coach that an official did not agree with, as whoever keeps the content may see it: without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.practice.deeds import Deed


@dataclass(frozen=True)
class Dispute:
    """One kind of remark in one scenario, disputed `times` times.

    words: what was said, with personal data masked, and only when the official chose to share it; else ''.
    answered: the resident's line it answered, for what was shared. Datetime: aware, UTC.
    """

    scenario: str
    deed: Deed
    words: str = ""
    answered: str = ""
    times: int = 1
    last_at: datetime | None = None
