"""Telegram's updates: kept before Telegram may forget them, answered in order, answered once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.incoming import Update
from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.services.errors import NotFound
from bot.services.notices import queue
from bot.services.ports import Store, Unit


def receive_update(
    store: Store, update_id: int, payload: Mapping[str, Any], *, chat_id: int | None, now: datetime
) -> bool:
    """Keep an update; False when it is known. Only after this may the offset move on or the webhook answer 200."""
    with store.unit() as work:
        added = work.updates.add(Update(update_id, chat_id, payload, now))
        work.commit()
        return added


def pending_updates(store: Store, *, limit: int, now: datetime, skip_chats: Collection[int] = ()) -> tuple[Update, ...]:
    """The next update of each chat, oldest first; the one after it comes when this one is done or given up.

    skip_chats: chats whose update is being handled right now.
    """
    with store.view() as work:
        return work.updates.heads(now, limit, skip_chats)


def finish_update(
    store: Store, update_id: int, replies: Sequence[Message], *, conversation: str, now: datetime
) -> bool:
    """Queue the replies and mark the update done, both or neither; False when it was done already.

    Replies go to the update's own chat, in this order. Raises NotFound for an update that was never received.
    """
    with store.unit() as work:
        _queue_replies(work, update_id, replies, conversation, now)
        finished = work.updates.done(update_id)
        if finished:
            work.commit()
        return finished


def fail_update(
    store: Store,
    update_id: int,
    *,
    error: str,
    retry_at: datetime | None,
    now: datetime,
    apology: Message | None = None,
    conversation: str = "",
) -> bool:
    """Handling went wrong: again from `retry_at` on, or None to give up, with an apology if one is handed over.

    `error` must not hold the message's text. False when the update was done or given up already.
    """
    with store.unit() as work:
        if retry_at is None and apology is not None:
            _queue_replies(work, update_id, (apology,), conversation, now)
        failed = work.updates.failed(update_id, error, retry_at)
        if failed:
            work.commit()
        return failed


def _queue_replies(work: Unit, update_id: int, replies: Sequence[Message], conversation: str, now: datetime) -> None:
    update = work.updates.get(update_id)
    if update is None:
        raise NotFound(f"Update {update_id} is niet bekend.")
    for n, message in enumerate(replies, start=1):
        key = f"reply:{update_id}:{n}"
        queue(work, NewOutgoing(OutgoingKind.REPLY, conversation, update.chat_id, message, key), now)
