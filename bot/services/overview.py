"""Looking back on a period at the desk, and taking the questions along as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.overview import Overview, look_back
from bot.domain.personal_data import mask_personal_data
from bot.domain.questions import Question
from bot.services.audit import note
from bot.services.ports import Store

EVER = 3650


def overview(store: Store, *, days: int, now: datetime, day_of: Callable[[datetime], date]) -> Overview:
    """The last `days` days, today included. day_of: which day a moment is, where people live."""
    last = day_of(now)
    first = last - timedelta(days=days - 1)
    with store.view() as work:
        known = work.questions.since(now - timedelta(days=days + 1))
    return look_back(known, first, last, day_of)


def export_questions(store: Store, *, account_id: int, file: str, now: datetime) -> tuple[Question, ...]:
    """Every question of the last ten years, personal data masked, in order of number; the log keeps who took it."""
    with store.unit() as work:
        known = work.questions.since(now - timedelta(days=EVER))
        note(work, now, account_id, "exported", "export:questions", file=file, questions=len(known))
        work.commit()
    return tuple(_masked(each) for each in known)


def _masked(question: Question) -> Question:
    return replace(question, text=mask_personal_data(question.text), conversation="", emotion=False)
