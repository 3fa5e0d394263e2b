"""What Telegram does with a message decides what becomes of it: never twice by itself, never silently lost."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest

from bot.domain.outgoing import Delivery
from bot.settings import Settings
from bot.storage.store import SqlStore
from tests.bot_api import BotApi
from tests.telegram.town import NOBODY, Town
from tests.web.stand_in_rasa import StandInRasa

ANNA, BRAM = 7, 8
TEXT = "Uw vraag is beantwoord."


def test_a_flood_wait_of_one_chat_does_not_hold_up_another(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.flood(ANNA, seconds=2)
    started = time.monotonic()
    town.queue(ANNA, TEXT, "notice:1")
    api.wait_for(lambda: api.called("sendMessage", ANNA))
    for n in range(5):
        town.queue(BRAM, f"bericht {n}", f"notice:bram:{n}")
    api.wait_for(lambda: len(api.sent_to(BRAM)) == 5)
    assert len(api.called("sendMessage", ANNA)) == 1
    (sent,) = api.wait_for(lambda: api.sent_to(ANNA))
    assert sent.at - started >= 2.0


@pytest.mark.parametrize(
    ("status", "description", "state"),
    [
        (403, "Forbidden: bot was blocked by the user", Delivery.BLOCKED),
        (400, "Bad Request: chat not found", Delivery.FAILED),
        (500, "Internal Server Error", Delivery.UNCERTAIN),
        (502, "Bad Gateway", Delivery.UNCERTAIN),
    ],
)
def test_a_refusal_is_kept_and_not_tried_again(
    api: BotApi, rasa: StandInRasa, town: Town, status: int, description: str, state: Delivery
) -> None:
    api.fail("sendMessage", status, description=description)
    town.queue(ANNA, TEXT, "notice:1")
    api.wait_for(town.all_settled)
    (kept,) = town.outbox(state)
    assert TEXT not in kept.last_error
    town.queue(BRAM, TEXT, "notice:2")
    api.wait_for(lambda: api.sent_to(BRAM))
    assert len(api.called("sendMessage", ANNA)) == 1


def test_after_a_block_what_waits_for_the_chat_stops_too(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.flood(ANNA, seconds=2)
    api.fail("sendMessage", 403, chat_id=ANNA)
    for n in range(3):
        town.queue(ANNA, TEXT, f"notice:{n}")
    api.wait_for(lambda: len(town.outbox(Delivery.BLOCKED)) == 3)
    assert len(api.called("sendMessage", ANNA)) == 2


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"delay_seconds": 1.2}])
def test_what_may_have_arrived_is_uncertain_and_not_sent_again(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, fault: dict[str, Any]
) -> None:
    api.fail("sendMessage", chat_id=ANNA, **fault)
    with Town(settings, store, api).open(silence_seconds=0.6) as town:
        town.queue(ANNA, TEXT, "notice:1")
        api.wait_for(lambda: town.outbox(Delivery.UNCERTAIN))
        town.queue(ANNA, "Het volgende bericht", "notice:2")
        api.wait_for(lambda: "Het volgende bericht" in api.texts(ANNA))
        time.sleep(NOBODY)
    assert len(api.called("sendMessage", ANNA)) == 2


def test_while_telegram_is_away_messages_wait(settings: Settings, store: SqlStore, api: BotApi) -> None:
    api.fail("getMe", 0, drop="before", times=3)
    town = Town(settings, store, api)
    town.queue(ANNA, TEXT, "notice:1")
    with town.open():
        api.wait_for(town.all_settled)
    assert api.texts(ANNA) == [TEXT]
    assert len(api.called("getMe")) == 4


def test_a_chat_that_moved_gets_its_message_there(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.fail("sendMessage", 400, chat_id=-55, parameters={"migrate_to_chat_id": -100055})
    api.types(-55, "Hallo groep")
    api.wait_for(town.all_settled)
    assert len(api.sent_to(-100055)) == 1
    assert len(town.outbox(Delivery.SENT)) == 1


def test_a_later_part_waits_out_a_flood_without_repeating_the_first(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    def flood_the_second(call: object) -> None:
        if len(api.sent) == 1 and not flooded:
            flooded.append(api.flood(ANNA, seconds=1))

    flooded: list[object] = []
    api.after = flood_the_second
    town.queue(ANNA, "Een zin die telkens terugkomt. " * 200, "notice:1")
    api.wait_for(lambda: town.outbox(Delivery.SENT))
    assert len(api.called("sendMessage", ANNA)) == 3
    assert Counter(api.texts(ANNA)).most_common(1)[0][1] == 1


def test_one_message_a_second_to_a_chat(api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore) -> None:
    town = Town(settings, store, api)
    for text in ("een", "twee"):
        town.queue(ANNA, text, text)
    with town.open(chat_gap_seconds=1.0):
        api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
    first, second = api.sent_to(ANNA)
    assert (first.text, second.text) == ("een", "twee")
    assert second.at - first.at >= 1.0


def test_no_more_than_the_limit_a_second_over_all_chats(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    town = Town(settings, store, api)
    for chat_id in range(1, 41):
        town.queue(chat_id, TEXT, f"notice:{chat_id}")
    with town.open(sends_per_second=20):
        api.wait_for(lambda: len(api.sent) == 40)
    times = [each.at for each in api.sent]
    assert times[-1] - times[0] >= 0.8, "forty messages left within a second"
