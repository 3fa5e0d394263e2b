"""Progress news goes once to everybody who wants it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outgoing import Delivery, Outgoing, OutgoingKind
from bot.services.contacts import block_chat, forget_conversation, remember_contact
from bot.services.notices import enqueue, lease_next, mark_blocked, mark_sent
from bot.services.ports import Store
from bot.services.questions import stop_notices
from bot.services.retention import clean_up
from bot.services.subscriptions import is_subscribed, subscribe, tell_subscribers, unsubscribe
from tests.services.residents import ANNA, BRAM, NOW, ask_and_wish, colleague, letter, publish

pytestmark = pytest.mark.both_databases

YEAR = timedelta(days=366)


@pytest.fixture(autouse=True)
def followers(store: Store) -> None:
    """Anna and Bram follow the news; Carla once wrote."""
    for who, chat_id in ((ANNA, 7), (BRAM, 8), ("resident:telegram:carla", 9)):
        remember_contact(store, conversation=who, chat_id=chat_id, now=NOW)
    assert subscribe(store, ANNA, now=NOW)
    assert subscribe(store, BRAM, now=NOW)


def publish_news(store: Store, news_id: int = 1) -> int:
    with store.unit() as work:
        told = tell_subscribers(work, news_id=news_id, title="Open dag", text="Kom kijken op 4 mei.", now=NOW)
        work.commit()
        return told


def waiting(store: Store) -> dict[int | None, Outgoing]:
    with store.view() as work:
        return {each.chat_id: each for each in work.outgoing.in_state(Delivery.PENDING)}


def test_each_follower_gets_an_item_once_however_often_it_is_published(store: Store) -> None:
    assert [publish_news(store), publish_news(store)] == [2, 0]
    assert publish_news(store, news_id=2) == 2
    assert set(waiting(store)) == {7, 8}
    message = waiting(store)[7].message
    assert message.text == "Nieuws over de opvang: Open dag\n\nKom kijken op 4 mei."
    assert [button.payload for button in message.buttons] == ["/unsubscribe_news"]


def test_following_twice_is_following_once(store: Store) -> None:
    assert not subscribe(store, ANNA, now=NOW)
    assert publish_news(store) == 2


def test_news_that_is_not_committed_reaches_nobody(store: Store) -> None:
    with store.unit() as work:
        tell_subscribers(work, news_id=1, title="x", text="y", now=NOW)
    assert waiting(store) == {}


def test_who_stops_the_news_gets_none_but_keeps_the_answer_they_asked_for(store: Store) -> None:
    publish(store, ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7).cluster_id, colleague(store))
    publish_news(store)
    assert unsubscribe(store, ANNA)
    assert waiting(store)[7].kind is OutgoingKind.NOTICE
    assert not unsubscribe(store, ANNA)
    assert publish_news(store, news_id=2) == 1


def test_stop_ends_news_and_notices(store: Store) -> None:
    publish_news(store)
    stop_notices(store, ANNA)
    assert not is_subscribed(store, ANNA)
    assert set(waiting(store)) == {8}


def test_who_is_forgotten_follows_nothing(store: Store) -> None:
    publish_news(store)
    forget_conversation(store, conversation=ANNA, now=NOW)
    assert set(waiting(store)) == {8}
    remember_contact(store, conversation=ANNA, chat_id=7, now=NOW)
    assert publish_news(store, news_id=2) == 1


@pytest.mark.parametrize("how", ["told", "noticed"])
def test_who_blocks_the_bot_follows_nothing(store: Store, how: str) -> None:
    publish_news(store)
    if how == "told":
        block_chat(store, 7)
    else:
        (message,) = lease_next(store, now=NOW, lease_seconds=60, limit=1)
        mark_blocked(store, message.id)
    assert not is_subscribed(store, ANNA)
    assert is_subscribed(store, BRAM)
    assert set(waiting(store)) == {8}


def test_news_to_many_holds_up_no_answer(store: Store) -> None:
    publish_news(store)
    enqueue(store, letter("antwoord", 9), now=NOW)
    enqueue(store, letter("bericht", 7, OutgoingKind.NOTICE), now=NOW)
    order = []
    for _ in range(4):
        (message,) = lease_next(store, now=NOW, lease_seconds=60, limit=1)
        mark_sent(store, message.id, now=NOW)
        order.append((message.chat_id, message.kind.value))
    assert order == [(9, "reply"), (7, "notice"), (7, "news"), (8, "news")]


def test_a_follower_who_writes_now_and_then_keeps_following(store: Store) -> None:
    remember_contact(store, conversation=ANNA, chat_id=7, now=NOW + timedelta(days=200))
    removed = clean_up(store, now=NOW + YEAR)
    assert (removed.subscriptions, removed.contacts) == (1, 2)
    assert is_subscribed(store, ANNA)
    assert not is_subscribed(store, BRAM)
    assert publish_news(store) == 1
    assert clean_up(store, now=NOW + YEAR).subscriptions == 0


def test_a_follower_is_not_forgotten_while_they_follow(store: Store) -> None:
    removed = clean_up(store, now=NOW + timedelta(days=300))
    assert (removed.subscriptions, removed.contacts) == (0, 1)
    assert publish_news(store) == 2
