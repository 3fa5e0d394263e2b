"""The assistant is away, slow, silent or stumbles: no question is lost, and people hear honestly what happens."""

from __future__ import annotations

import sqlite3
import time

import pytest

from bot.domain.incoming import UpdateState
from bot.services.questions import my_questions
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.telegram.texts import DELAYED, TRY_AGAIN
from tests.bot_api import BotApi
from tests.telegram.town import NOBODY, Town, state_of
from tests.web.stand_in_rasa import Answers, Heard, StandInRasa, echo, running

ANNA, BRAM = 7, 8
ALL_BUT_ONE = "Waarom hier?"


def test_while_rasa_is_down_everything_waits_and_each_chat_hears_it_once(
    api: BotApi, environment: dict[str, str], settings: Settings, store: SqlStore, rasa: StandInRasa
) -> None:
    with running(settings.secret("channel")) as gone:
        environment["DIALOOGCOACH_RASA_PORT"] = str(gone.port)
    away = Town(Settings(**{**vars(settings), "rasa_port": gone.port}), store, api)
    with away.open():
        for text in ("Hoeveel mensen?", "En wanneer?", "Hallo?"):
            api.types(ANNA, text)
        api.types(BRAM, "Waar?")
        api.wait_for(lambda: api.sent_to(ANNA) and api.sent_to(BRAM))
        time.sleep(NOBODY)
        assert (api.texts(ANNA), api.texts(BRAM)) == ([DELAYED], [DELAYED])
        with running(settings.secret("channel"), gone.port) as back:
            api.wait_for(away.all_settled)
            assert sorted(heard["text"] for heard in back.heard) == [
                "En wanneer?",
                "Hallo?",
                "Hoeveel mensen?",
                "Waar?",
            ]
    assert api.texts(ANNA)[1:] == ["Ik hoorde: Hoeveel mensen?", "Ik hoorde: En wanneer?", "Ik hoorde: Hallo?"]
    assert api.texts(BRAM)[1:] == ["Ik hoorde: Waar?"]


def test_a_restart_during_an_outage_repeats_nothing(api: BotApi, settings: Settings, store: SqlStore) -> None:
    with running(settings.secret("channel")) as gone:
        pass
    away = Town(Settings(**{**vars(settings), "rasa_port": gone.port}), store, api)
    api.types(ANNA, "Hoeveel mensen?")
    for _ in range(2):
        with away.open():
            api.wait_for(lambda: api.sent_to(ANNA))
            time.sleep(NOBODY)
    assert api.texts(ANNA) == [DELAYED]


def test_what_needs_no_assistant_goes_on_during_an_outage(api: BotApi, settings: Settings, store: SqlStore) -> None:
    with running(settings.secret("channel")) as gone:
        pass
    away = Town(Settings(**{**vars(settings), "rasa_port": gone.port}), store, api)
    with away.open():
        api.types(ANNA, "Hoeveel mensen?")
        api.types(-55, "Hallo groep")
        away.queue(BRAM, "Uw vraag is beantwoord.", "notice:1")
        api.wait_for(lambda: api.sent_to(ANNA) and api.sent_to(-55) and api.sent_to(BRAM))


def test_a_message_that_fails_now_and_then_is_answered_after_all(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    failures = iter([True, True])

    def stumble(heard: Heard) -> Answers:
        return [] if next(failures, False) else echo(heard)

    rasa.answer = stumble
    api.types(ANNA, "Hoeveel mensen?")
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
    assert api.texts(ANNA) == [DELAYED, "Ik hoorde: Hoeveel mensen?"]


def test_a_message_that_always_fails_goes_to_people_and_holds_up_nobody(
    api: BotApi, rasa: StandInRasa, town: Town
) -> None:
    rasa.answer = lambda heard: [] if heard["text"] == ALL_BUT_ONE else echo(heard)
    message_id = api.types(ANNA, ALL_BUT_ONE)
    api.types(ANNA, "En wanneer?")
    api.types(BRAM, "Waar?")
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 3)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert (question.text, question.owner) == (ALL_BUT_ONE, "Team Communicatie")
    delayed, parked, answered = api.texts(ANNA)
    assert (delayed, answered) == (DELAYED, "Ik hoorde: En wanneer?")
    assert f"vraag {question.number}" in parked
    assert "Team Communicatie" in parked
    assert list(api.sent_to(ANNA)[1].buttons.values()) == [
        f'/{wish}_consent{{"n":{question.number}}}' for wish in ("give", "refuse")
    ]
    assert [heard["text"] for heard in rasa.heard].count(ALL_BUT_ONE) == town.timing.max_attempts
    assert api.texts(BRAM) == ["Ik hoorde: Waar?"]
    api.edits(ANNA, message_id, "Waarom hier en niet daar?")
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 4)
    assert my_questions(town.store, town.conversation(ANNA))[0].text == "Waarom hier en niet daar?"


def test_a_button_or_command_that_always_fails_ends_with_an_honest_word(
    api: BotApi, rasa: StandInRasa, town: Town
) -> None:
    rasa.status = 500
    api.presses(ANNA, 3, "/follow_updates")
    api.types(BRAM, "/updates")
    api.wait_for(lambda: len(api.sent) == 4)
    assert api.texts(ANNA) == api.texts(BRAM) == [DELAYED, TRY_AGAIN]
    assert state_of(town.store, 1000) is state_of(town.store, 1001) is UpdateState.FAILED
    assert my_questions(town.store, town.conversation(BRAM)) == ()


@pytest.mark.parametrize("press", [False, True], ids=["typed", "pressed"])
def test_what_is_asked_once_more_is_the_same_message_and_the_next_is_another(
    api: BotApi, rasa: StandInRasa, town: Town, press: bool
) -> None:
    def says_it(under: int) -> None:
        api.presses(ANNA, under, "/my_questions") if press else api.types(ANNA, "Komt er een hek?")

    rasa.answer = lambda heard: [] if len(rasa.heard) == 1 else echo(heard)
    says_it(3)
    api.wait_for(lambda: len(rasa.heard) == 2 and town.all_settled())
    says_it(4)
    api.wait_for(lambda: len(rasa.heard) == 3)
    first, again, next_one = [each["message_id"] for each in rasa.heard]
    assert first == again != next_one
    assert not press or first not in {"3", "4"}, "an id of the bot's message would be shared by every press there"


def test_whether_they_want_to_hear_is_kept_even_when_the_assistant_keeps_failing(
    api: BotApi, rasa: StandInRasa, town: Town
) -> None:
    rasa.status = 500
    api.types(ANNA, ALL_BUT_ONE)
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
    parked = api.sent_to(ANNA)[-1]
    api.presses(ANNA, parked.message_id, '/give_consent{"n":1}')
    api.presses(BRAM, 9, '/give_consent{"n":1}')
    api.wait_for(town.all_settled)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert question.wants_notice is True
    assert "vraag 1" in api.texts(ANNA)[-1]
    assert api.texts(BRAM)[-1] == TRY_AGAIN, "somebody else's question"


def test_an_answer_that_comes_too_late_is_asked_for_again(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    rasa.delay_seconds = 0.8
    with Town(settings, store, api, reply_seconds=0.5).open(max_attempts=100):
        api.types(ANNA, "Hoeveel mensen?")
        api.wait_for(lambda: api.texts(ANNA) == [DELAYED])
        rasa.delay_seconds = 0.0
        api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
    assert api.texts(ANNA)[1] == "Ik hoorde: Hoeveel mensen?"


def test_a_store_that_is_away_loses_nothing(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    with sqlite3.connect(town.settings.database_url.removeprefix("sqlite:///"), isolation_level=None) as database:
        database.execute("ALTER TABLE telegram_updates RENAME TO elsewhere")
        api.types(ANNA, "Hoeveel mensen?")
        time.sleep(NOBODY)
        assert api.unconfirmed, "Telegram was told to forget what is not kept"
        database.execute("ALTER TABLE elsewhere RENAME TO telegram_updates")
    api.wait_for(town.all_settled)
    assert api.texts(ANNA) == ["Ik hoorde: Hoeveel mensen?"]
