"""Progress news: what the municipality did and decided since (VNG 6.5), on the public page and to who follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.faq import EntryState

MAX_TITLE_CHARS = 120
MAX_NEWS_CHARS = 3000
"""What fits in one Telegram message together with the title."""


@dataclass(frozen=True)
class NewsItem:
    """An item of news. id: 0 before it is kept. version: rises with every change; whoever saves names the one they saw.

    published_at: when it was first published, which is the day readers see. saved_at: of this version. Aware, UTC.
    """

    title: str
    text: str
    state: EntryState = EntryState.DRAFT
    id: int = 0
    version: int = 0
    published_at: datetime | None = None
    saved_at: datetime | None = None
    account_id: int | None = None
