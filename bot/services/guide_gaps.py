"""Questions of officials that the guides did not answer."""

from __future__ import annotations

from datetime import datetime

from bot.domain.gaps import GapReason, GuideGap
from bot.domain.questions import same_words
from bot.services.audit import note
from bot.services.ports import Store


def record_gap(store: Store, *, text: str, reason: GapReason, entry_id: str | None, now: datetime) -> None:
    """Keep the question without who asked it; the same words count once more. Personal data: mask before calling."""
    with store.unit() as work:
        work.gaps.add(text, same_words(text), reason, entry_id, now)
        work.commit()


def list_gaps(store: Store, *, limit: int = 200, reason: GapReason | None = None) -> tuple[GuideGap, ...]:
    """The most asked first."""
    with store.view() as work:
        return work.gaps.all(limit, reason)


def close_gap(store: Store, gap_id: int, *, account_id: int | None, now: datetime) -> None:
    """Take a gap off the list, since the content was mended or it never will be; asked again, it comes back.

    A gap that a colleague closed already is no problem. Its text is gone, so that nothing is kept longer than needed.
    """
    with store.unit() as work:
        if work.gaps.remove(gap_id):
            note(work, now, account_id, "closed", f"gap:{gap_id}")
            work.commit()
