"""Telegram's updates: kept, answered in order, answered once."""

from __future__ import annotations

import pytest

from bot.domain.outgoing import Message
from bot.services.errors import NotFound
from bot.services.inbox import fail_update, finish_update, pending_updates, receive_update
from bot.services.notices import lease_next
from bot.services.ports import Store
from tests.services.residents import ANNA, LATER, NOW, keys

pytestmark = pytest.mark.both_databases


def receive(store: Store, update_id: int, chat_id: int | None = 7) -> bool:
    """An update comes in."""
    return receive_update(store, update_id, {"message": {"text": "hé 👋"}}, chat_id=chat_id, now=NOW)


def pending(store: Store, now: object = NOW, skip_chats: tuple[int, ...] = ()) -> list[int]:
    """Ids of what waits for an answer."""
    found = pending_updates(store, limit=10, now=now, skip_chats=skip_chats)  # type: ignore[arg-type]
    return [update.update_id for update in found]


def test_an_update_comes_in_once(store: Store) -> None:
    assert [receive(store, 5), receive(store, 5)] == [True, False]
    (kept,) = pending_updates(store, limit=10, now=NOW)
    assert (kept.payload, kept.chat_id, kept.received_at) == ({"message": {"text": "hé 👋"}}, 7, NOW)


def test_a_chat_is_answered_in_order(store: Store) -> None:
    for update_id, chat_id in ((12, 7), (11, 7), (13, 8), (14, None)):
        receive(store, update_id, chat_id)
    assert pending(store) == [11, 13, 14]
    assert pending(store, skip_chats=(7,)) == [13, 14]
    finish_update(store, 11, [], conversation=ANNA, now=NOW)
    assert pending(store) == [12, 13, 14]


def test_finishing_queues_the_replies_and_forgets_the_words(store: Store) -> None:
    receive(store, 5)
    assert finish_update(store, 5, [Message("een"), Message("twee")], conversation=ANNA, now=NOW)
    (first,) = lease_next(store, now=NOW, lease_seconds=60, limit=10)
    assert (first.dedupe_key, first.chat_id, first.conversation, first.message.text) == ("reply:5:1", 7, ANNA, "een")
    with store.view() as work:
        kept = work.updates.get(5)
    assert kept is not None
    assert kept.payload == {}


def test_finishing_twice_replies_once(store: Store) -> None:
    receive(store, 5)
    assert finish_update(store, 5, [Message("een")], conversation=ANNA, now=NOW)
    assert not finish_update(store, 5, [Message("een"), Message("nog een")], conversation=ANNA, now=NOW)
    with store.view() as work:
        assert sum(work.outgoing.counts().values()) == 1


def test_an_update_that_never_came_is_not_finished(store: Store) -> None:
    with pytest.raises(NotFound, match="Update 99"):
        finish_update(store, 99, [], conversation=ANNA, now=NOW)


def test_a_failure_waits_and_holds_up_its_own_chat_only(store: Store) -> None:
    for update_id, chat_id in ((1, 7), (2, 7), (3, 8)):
        receive(store, update_id, chat_id)
    fail_update(store, 1, error="Rasa is away", retry_at=LATER, now=NOW)
    assert pending(store) == [3]
    assert pending(store, now=LATER) == [1, 3]
    (again, _) = pending_updates(store, limit=10, now=LATER)
    assert (again.attempts, again.error) == (1, "Rasa is away")


def test_giving_up_says_sorry_and_goes_on(store: Store) -> None:
    for update_id in (1, 2):
        receive(store, update_id)
    apology = Message("Er ging iets mis.")
    assert fail_update(store, 1, error="boom", retry_at=None, now=NOW, apology=apology, conversation=ANNA)
    assert not fail_update(store, 1, error="boom", retry_at=None, now=NOW, apology=apology, conversation=ANNA)
    assert pending(store) == [2]
    assert keys(lease_next(store, now=NOW, lease_seconds=60, limit=10)) == ["reply:1:1"]
