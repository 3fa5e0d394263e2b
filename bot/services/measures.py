"""Counts for a monitor: how much there is, how much is late. No text, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.faq import EntryState
from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery, OutgoingKind
from bot.domain.questions import QuestionKind, QuestionState
from bot.services.ports import Store


@dataclass(frozen=True)
class Measures:
    """oldest_pending_seconds: how long the first message in the outbox waits; None when none does."""

    questions: Mapping[tuple[QuestionKind, QuestionState], int]
    late_questions: int
    messages: Mapping[tuple[OutgoingKind, Delivery], int]
    oldest_pending_seconds: float | None
    updates: Mapping[UpdateState, int]
    published_answers: int
    reply_tasks: int


def measure(store: Store, *, now: datetime, today: date) -> Measures:
    """How it stands at this moment. today: where people live."""
    with store.view() as work:
        waiting = work.outgoing.in_state(Delivery.PENDING)
        return Measures(
            questions=work.questions.counts(),
            late_questions=work.questions.late(today),
            messages=work.outgoing.counts(),
            oldest_pending_seconds=max(((now - each.created_at).total_seconds() for each in waiting), default=None),
            updates=work.updates.counts(),
            published_answers=len(work.faq.all(EntryState.PUBLISHED)),
            reply_tasks=len(work.reply_wishes.to_do()),
        )
