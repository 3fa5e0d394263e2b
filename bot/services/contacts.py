"""Where a conversation can be reached, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime

from bot.domain.questions import Question
from bot.services.audit import note
from bot.services.ports import Store, Subject


def remember_contact(store: Store, *, conversation: str, chat_id: int, now: datetime) -> None:
    """Keep the chat in which this conversation is held, for replies and for notices that were asked for."""
    with store.unit() as work:
        work.contacts.remember(conversation, chat_id, now)
        work.commit()


def forget_conversation(store: Store, *, conversation: str, now: datetime) -> tuple[Question, ...]:
    """Cut every link with a resident (/vergeetmij) and return what remains: their questions, without the asker.

    Erased: the contact, messages to them (sent and waiting), what Telegram handed over, the wish for notices. The
    questions themselves stay for whoever else asked the same, under a random name that nothing leads back from. Rasa's
    own record of the conversation is erased by who calls this.
    """
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        chat_id = work.contacts.chat_of(conversation)
        remaining = work.questions.forget_asker(conversation)
        work.lock(Subject.OUTGOING)
        work.outgoing.forget(conversation, chat_id)
        if chat_id is not None:
            work.updates.forget(chat_id)
        work.contacts.forget(conversation)
        note(work, now, None, "forgotten", "conversation", questions=len(remaining))
        work.commit()
        return remaining
