"""Telegram with everything real behind it: news, hostile messages, and processes that are killed at their work."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.bootstrap import now_utc
from bot.channels.client import shorten
from bot.domain.outgoing import Delivery
from bot.services.subscriptions import tell_subscribers
from bot.settings import read_settings
from bot.storage.store import SqlStore
from bot.telegram.commands import asks_of
from bot.telegram.texts import DELAYED
from bot.training import model_path
from tests.bot_api import BotApi, running_bot_api
from tests.hostile import hostile_texts
from tests.product import Product, running_product
from tests.telegram.test_hostile import words_in
from tests.telegram.town import inbox_is_empty, outbox_is_settled

pytestmark = pytest.mark.skipif(not model_path(read_settings()).exists(), reason="no trained model: run 'make train'")

REPLY_SECONDS, REPAIR_SECONDS = 60, 240
HOSTILE = 80


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """All of it."""
    with running_bot_api() as telegram, running_product(tmp_path_factory.mktemp("var"), telegram) as running:
        yield running


@pytest.fixture(scope="module")
def store(product: Product) -> Iterator[SqlStore]:
    """The store that the processes share."""
    opened = SqlStore(product.settings.database_url)
    yield opened
    opened.close()


def settled(telegram: BotApi, store: SqlStore) -> bool:
    return not telegram.unconfirmed and inbox_is_empty(store) and outbox_is_settled(store)


def press(telegram: BotApi, chat: int, title: str) -> None:
    message = next(each for each in reversed(telegram.sent_to(chat)) if title in each.buttons)
    telegram.presses(chat, message.message_id, message.buttons[title])


def say(telegram: BotApi, chat: int, text: str) -> str:
    """The first message in answer to this one."""
    before = len(telegram.sent_to(chat))
    telegram.types(chat, text)
    telegram.wait_for(lambda: len(telegram.sent_to(chat)) > before, REPLY_SECONDS)
    return telegram.texts(chat)[before]


def publish_news(store: SqlStore, news_id: int, title: str) -> int:
    """What the desk does."""
    with store.unit() as work:
        told = tell_subscribers(work, news_id=news_id, title=title, text="Meer weten? Kom langs.", now=now_utc())
        work.commit()
        return told


def test_news_comes_to_who_wants_it_and_stops_when_they_like(product: Product, store: SqlStore) -> None:
    telegram = product.telegram
    say(telegram, 41, "/updates")
    press(telegram, 41, "Ja, graag")
    telegram.wait_for(lambda: len(telegram.sent_to(41)) == 2, REPLY_SECONDS)
    assert "Geen nieuws meer" in str(say(telegram, 41, "/updates") and telegram.sent_to(41)[-1].buttons)
    say(telegram, 42, "/updates")
    assert "nieuws" in say(telegram, 42, "ja")
    assert publish_news(store, 1, "Open dag op 4 mei") == 2
    telegram.wait_for(lambda: "Open dag" in telegram.texts(41)[-1] and "Open dag" in telegram.texts(42)[-1], 20)
    press(telegram, 41, "Geen nieuws meer")
    telegram.wait_for(lambda: "geen nieuws" in telegram.texts(41)[-1], REPLY_SECONDS)
    say(telegram, 42, "/stop")
    assert publish_news(store, 2, "De bouw begint") == 0


def test_hostile_messages_get_an_answer_and_change_nothing(product: Product, store: SqlStore) -> None:
    telegram, before = product.telegram, product.processes()
    texts = list(hostile_texts(HOSTILE, seed=3))
    for n, text in enumerate(texts):
        telegram.types(1000 + n, text)
    telegram.wait_for(lambda: settled(telegram, store), REPAIR_SECONDS)
    worded = [n for n, text in enumerate(texts) if any(ask.text for ask in asks_of(words_in(text)))]
    assert len(worded) > HOSTILE * 0.85
    for n in worded:
        answers = " ".join(telegram.texts(1000 + n))
        assert answers, f"no answer to {shorten(texts[n])!r}"
        assert "oefengesprek" not in answers
    assert all("parse_mode" not in call.values for call in telegram.called("sendMessage"))
    assert product.processes() == before, "a process fell"
    assert "160 mensen" in say(telegram, 43, "Hoeveel mensen komen er wonen?")


@pytest.mark.parametrize("part", ["actions", "telegram", "rasa"])
def test_a_part_that_is_killed_loses_no_question_and_repeats_no_answer(
    product: Product, store: SqlStore, part: str
) -> None:
    telegram, chats = product.telegram, range(2000 + 100 * len(part), 2006 + 100 * len(part))
    for chat in chats:
        telegram.types(chat, f"Welk merk stoelen staat er in kamer {chat} van de {part}?")
        if chat == chats[3]:
            os.kill(product.processes()[part], signal.SIGKILL)
        time.sleep(0.1)
    telegram.wait_for(lambda: settled(telegram, store), REPAIR_SECONDS)
    with store.view() as work:
        uncertain = {each.chat_id for each in work.outgoing.in_state(Delivery.UNCERTAIN)}
    for chat in chats:
        said = [text for text in telegram.texts(chat) if text != DELAYED]
        assert len(said) == 1 or chat in uncertain, (chat, said)
        assert max(Counter(telegram.texts(chat)).values(), default=0) <= 1
        assert all(re.search(r"\d{1,2} \w+ 20\d\d", text) for text in said)
