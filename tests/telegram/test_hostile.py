"""A thousand hostile messages through Telegram: nothing stops, nothing is executed, what comes back is plain text."""

from __future__ import annotations

import json

import pytest

from bot.channels.client import shorten
from bot.channels.gateway import read_message
from bot.channels.payloads import is_allowed
from bot.domain.people import Role
from bot.services.questions import my_questions
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.telegram.commands import asks_of
from bot.telegram.reading import Typed, read_event
from bot.telegram.splitting import units
from tests.bot_api import BotApi
from tests.hostile import hostile_texts, malformed_updates
from tests.telegram.test_other_updates import ask_open_question
from tests.telegram.town import Town
from tests.web.stand_in_rasa import StandInRasa, echo

COUNT = 1000
CHATS = 40
ANNA, BRAM = 7, 8
QUICKLY = {"sends_per_second": 100_000, "chat_gap_seconds": 0.0, "answering": 16, "lease_seconds": 60.0}


def words_in(text: str) -> str:
    """What a message with this text says, once it is read."""
    raw = {"message_id": 1, "date": 1, "chat": {"id": ANNA, "type": "private"}, "text": text}
    event = read_event(json.loads(json.dumps({"update_id": 1, "message": raw})))
    return event.text if isinstance(event, Typed) else ""


def without_spaces(texts: list[str]) -> str:
    return "".join("".join(texts).split())


def test_a_thousand_messages_come_back_as_they_were(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    texts = list(hostile_texts(COUNT))
    assert len(set(texts)) > COUNT * 0.7
    with Town(settings, store, api).open(**QUICKLY) as town:
        for n, text in enumerate(texts):
            api.types(100 + n % CHATS, text)
        api.wait_for(town.all_settled, 240)
    assert town.error is None
    assert len(rasa.heard) > COUNT * 0.9, "too few messages had words"
    for each in rasa.heard:
        said, _ = read_message(dict(each))  # as the channel in Rasa does; it refuses what a resident may not press
        assert "payload" in each or not said.text.startswith("/"), "Rasa would take it for a button"
    for call in api.called("sendMessage"):
        assert set(call.values) <= {"chat_id", "text", "link_preview_options"}
        assert units(call.values["text"]) <= 4096
    for place in range(CHATS):
        said_here = [words_in(text) for text in texts[place::CHATS]]
        asked = [ask.text for words in said_here if words for ask in asks_of(words) if ask.text]
        echoed = [echo({"text": shorten(each)})[0]["text"] for each in asked]
        assert without_spaces(api.texts(100 + place)) == without_spaces(echoed)


def test_buttons_that_nobody_made_do_nothing(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    pressed = [text[:64] for text in hostile_texts(150, seed=11)]
    for n, data in enumerate(pressed):
        api.presses(1000 + n, 1, data)
    api.wait_for(town.all_settled, 120)
    assert [each for each in rasa.heard if not is_allowed(each.get("payload", ""), Role.RESIDENT)] == []


def test_malformed_updates_stop_nobody(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    for update in malformed_updates(300, ANNA):
        api.push(**update)
    api.types(BRAM, "Bent u daar nog?")
    api.wait_for(lambda: api.sent_to(BRAM), 60)
    api.wait_for(town.all_settled, 60)
    assert town.error is None


def test_what_is_no_update_at_all_stops_nobody(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api._waiting.append({"message": {}})
    api._waiting.append({"update_id": "x"})
    api._waiting.append({"update_id": -5})
    api.types(BRAM, "Bent u daar nog?")
    api.wait_for(lambda: api.sent_to(BRAM))


@pytest.mark.both_databases
def test_an_open_question_may_be_given_hostile_words(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    ask_open_question(town, 41, "Komt er een bus?")
    texts = [text for text in hostile_texts(60, seed=5) if words_in(text)]
    for text in texts:
        api.edits(ANNA, 41, text)
    api.wait_for(town.all_settled, 120)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert question.text == words_in(texts[-1])
    assert town.error is None
