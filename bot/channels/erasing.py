"""Erases Rasa's own record of a conversation, once its last reply is out (/vergeetmij, 'wis dit gesprek')."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore

from bot.domain.replies import FORGET

logger = logging.getLogger(__name__)


def wants_erasing(messages: list[dict[str, Any]]) -> bool:
    """Whether an action said that the conversation is to be forgotten; takes that note out of what people are sent."""
    wanted = False
    for message in list(messages):
        data = message.get("custom")
        if isinstance(data, dict) and data.pop(FORGET, False):
            wanted = True
            if not data:
                del message["custom"]
        if set(message) <= {"recipient_id"}:
            messages.remove(message)
    return wanted


def erase_conversation(tracker_store: Any, sender_id: str) -> bool:
    """Whether it could be done: stores of other kinds are not this project's, and the log says so.

    While a message is handled Rasa holds its tracker in memory and would write it back: call this after.
    """
    store = tracker_store
    while hasattr(store, "_tracker_store"):  # Rasa wraps the real one
        store = store._tracker_store
    if isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()
        return True
    if isinstance(store, InMemoryTrackerStore):
        store.store.pop(sender_id, None)
        return True
    logger.error("A conversation could not be erased: a %s cannot erase one.", type(store).__name__)
    return False
