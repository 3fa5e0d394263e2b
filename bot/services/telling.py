"""Notices about answers, as part of a larger unit: one for each person, whatever number of questions it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.domain.faq import FaqEntry
from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.domain.questions import Question
from bot.services.notices import queue
from bot.services.ports import Unit

Words = Callable[[str, Sequence[int], FaqEntry], Message]
"""How an asker is told: their question, all their numbers that it answers, the entry."""


def tell(work: Unit, questions: Iterable[Question], entry: FaqEntry, words: Words, now: datetime) -> int:
    """Queue a notice for each asker of these questions who wants one; returns how many were new."""
    asked: dict[str, list[Question]] = {}
    for question in questions:
        if question.wants_notice:
            asked.setdefault(question.conversation, []).append(question)
    chats = work.contacts.chats_of(asked)
    return sum(queue(work, _notice(theirs, chats.get(who), entry, words), now) for who, theirs in asked.items())


def _notice(asked: Sequence[Question], chat_id: int | None, entry: FaqEntry, words: Words) -> NewOutgoing:
    """To one person; `asked`: their questions that this answers, lowest number first."""
    first = asked[0]
    return NewOutgoing(
        kind=OutgoingKind.NOTICE,
        conversation=first.conversation,
        chat_id=chat_id,
        message=words(first.text, [question.number for question in asked], entry),
        dedupe_key=f"notice:{first.number}:{first.conversation}:{entry.id}:{entry.version}",
        cluster_id=first.cluster_id,
        question_number=first.number,
    )
