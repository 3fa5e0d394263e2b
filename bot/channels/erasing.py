"""Erases Rasa's own record of a conversation, once its last reply is out (/vergeetmij)."""

from __future__ import annotations

import logging
from typing import Any, Final

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore

logger = logging.getLogger(__name__)

ERASING: Final = ("/forget_me_confirmed", "/forget_talks")
"""Buttons after which nothing of the conversation stays."""


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
