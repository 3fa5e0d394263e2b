"""Progress news for residents who want it (VNG 6.5): once each, and no longer than they like."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import news_notice
from bot.domain.outgoing import NewOutgoing, OutgoingKind
from bot.services.notices import queue
from bot.services.ports import Store, Subject, Unit


def subscribe(store: Store, conversation: str, *, now: datetime) -> bool:
    """From now on they hear progress news; False when they did already."""
    with store.unit() as work:
        added = work.subscriptions.add(conversation, now)
        work.commit()
        return added


def unsubscribe(store: Store, conversation: str) -> bool:
    """No more news, also none that waits to be sent; answers to their questions still come. False if they had none."""
    with store.unit() as work:
        work.lock(Subject.OUTGOING)
        removed = work.subscriptions.remove(conversation)
        work.outgoing.drop(conversation, (OutgoingKind.NEWS,))
        work.commit()
        return removed


def is_subscribed(store: Store, conversation: str) -> bool:
    """Whether they hear progress news."""
    with store.view() as work:
        return work.subscriptions.has(conversation)


def tell_subscribers(work: Unit, *, news_id: int, title: str, text: str, now: datetime) -> int:
    """Queue one item of news for everybody who wants it, as part of the unit that publishes it; how many were new.

    Whoever was told about an item is not told again, however often it is published: a correction is on the page.
    """
    work.lock(Subject.OUTGOING)
    message = news_notice(title, text)
    told = (
        NewOutgoing(OutgoingKind.NEWS, who, chat_id, message, f"news:{news_id}:{who}")
        for who, chat_id in work.subscriptions.chats().items()
    )
    return sum(queue(work, each, now) for each in told)
