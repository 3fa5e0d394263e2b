"""Where a conversation can be reached, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime

from bot.domain.questions import Question
from bot.services.audit import note
from bot.services.ports import Store, Subject, Unit


def remember_contact(store: Store, *, conversation: str, chat_id: int, now: datetime) -> None:
    """Keep the chat in which this conversation is held, for replies and for notices that were asked for."""
    with store.unit() as work:
        work.contacts.remember(conversation, chat_id, now)
        work.commit()


def block_chat(store: Store, chat_id: int) -> None:
    """Its owner blocked the bot: what waits for it stops, which the desk sees, and so does the news."""
    with store.unit() as work:
        work.lock(Subject.OUTGOING)
        stop_chat(work, chat_id)
        work.commit()


def stop_chat(work: Unit, chat_id: int) -> None:
    """`block_chat` as part of a larger unit."""
    work.outgoing.block_chat(chat_id)
    work.subscriptions.remove_chat(chat_id)


def forget_conversation(store: Store, *, conversation: str, now: datetime) -> tuple[Question, ...]:
    """Cut every link with a resident (/vergeetmij) and return what remains: their questions, without the asker.

    Erased: the contact, messages to them (sent and waiting), what Telegram handed over, addresses they left, the wish
    for notices and news. The questions themselves stay for whoever else asked the same, under a random name that
    nothing leads back from. Rasa's own record of the conversation is erased by the channel, once the reply is out.
    """
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        chat_id = work.contacts.chat_of(conversation)
        work.reply_wishes.forget(conversation)
        remaining = work.questions.forget_asker(conversation)
        work.lock(Subject.OUTGOING)
        work.subscriptions.remove(conversation)
        work.outgoing.forget(conversation, chat_id)
        if chat_id is not None:
            work.updates.forget(chat_id)
        work.contacts.forget(conversation)
        note(work, now, None, "forgotten", "conversation", questions=len(remaining))
        work.commit()
        return remaining
