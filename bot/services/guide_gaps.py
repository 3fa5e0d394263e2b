"""Questions of officials that the guides did not answer."""

from __future__ import annotations

from datetime import datetime

from bot.domain.gaps import GapReason, GuideGap
from bot.domain.questions import same_words
from bot.services.ports import Store


def record_gap(store: Store, *, text: str, reason: GapReason, entry_id: str | None, now: datetime) -> None:
    """Keep the question without who asked it; the same words count once more. Personal data: mask before calling."""
    with store.unit() as work:
        work.gaps.add(text, same_words(text), reason, entry_id, now)
        work.commit()


def list_gaps(store: Store, *, limit: int = 200) -> tuple[GuideGap, ...]:
    """The most asked first."""
    with store.view() as work:
        return work.gaps.all(limit)
