"""Not every update is a question."""

from __future__ import annotations

import time

import pytest

from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery
from bot.domain.questions import QuestionKind, QuestionState
from bot.services.questions import my_questions, register_question
from bot.telegram.reading import chat_of
from bot.telegram.texts import ONLY_PRIVATE, ONLY_TEXT, changed
from tests.bot_api import BOT, BotApi
from tests.telegram.town import NOBODY, Town, now, state_of
from tests.web.stand_in_rasa import StandInRasa

ANNA, BRAM, GROUP = 7, 8, -55

PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
FILE = {"file_id": "a", "file_unique_id": "b", "duration": 1}
WORDLESS = {
    "photo": PHOTO,
    "voice": FILE,
    "document": FILE,
    "sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"},
    "location": {"longitude": 5.1, "latitude": 52.1},
    "contact": {"phone_number": "1", "first_name": "Sam"},
}


def ask_open_question(town: Town, message_id: int, text: str) -> int:
    """A question that the assistant registered for a message; its number."""
    today = now()
    question = register_question(
        town.store,
        text=text,
        kind=QuestionKind.FACTUAL,
        topic="verkeer",
        owner="Afdeling Verkeer",
        due_on=today.date(),
        conversation=town.conversation(ANNA),
        emotion=False,
        embedding=None,
        now=today,
        message_id=str(message_id),
    )
    return question.number


def test_what_holds_no_words_is_asked_for_in_words(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    for chat_id, (kind, content) in enumerate(WORDLESS.items(), start=1):
        api.posts(chat_id, **{kind: content})
    api.wait_for(town.all_settled)
    assert [api.texts(chat_id) for chat_id in range(1, len(WORDLESS) + 1)] == [[ONLY_TEXT]] * len(WORDLESS)
    assert rasa.heard == []


def test_an_album_is_mentioned_once(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    for _ in range(4):
        api.posts(ANNA, photo=PHOTO, media_group_id="album-1")
    api.posts(ANNA, photo=PHOTO, media_group_id="album-2")
    api.wait_for(town.all_settled)
    assert api.texts(ANNA) == [ONLY_TEXT, ONLY_TEXT]


def test_captions_and_forwarded_texts_are_texts(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.posts(ANNA, photo=PHOTO, caption="Is dit het gebouw?")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Kim"}
    api.posts(ANNA, text="Klopt dit bericht?", forward_origin=origin)
    api.wait_for(lambda: len(rasa.heard) == 2)
    assert [each["text"] for each in rasa.heard] == ["Is dit het gebouw?", "Klopt dit bericht?"]


def test_an_edited_message_changes_its_open_question(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    number = ask_open_question(town, 41, "Komt er een drempel?")
    api.edits(ANNA, 41, "Komt er een drempel in de Dorpsstraat?")
    api.edits(ANNA, 41, "Komt er een drempel in de Dorpsstraat?")
    api.wait_for(town.all_settled)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert (question.number, question.text) == (number, "Komt er een drempel in de Dorpsstraat?")
    assert api.texts(ANNA) == [changed(number)]
    assert rasa.heard == []


@pytest.mark.parametrize("message_id", [41, 42])
def test_an_edited_message_without_an_open_question_is_answered(
    api: BotApi, rasa: StandInRasa, town: Town, message_id: int
) -> None:
    ask_open_question(town, 41, "Komt er een drempel?")
    with town.store.unit() as work:
        (question,) = work.questions.of_conversation(town.conversation(ANNA))
        work.questions.save(type(question)(**{**vars(question), "state": QuestionState.ANSWERED}))
        work.commit()
    api.edits(ANNA, message_id, "Komt er een bus?")
    api.wait_for(lambda: api.sent_to(ANNA))
    assert [each["text"] for each in rasa.heard] == ["Komt er een bus?"]


def test_a_message_edited_before_its_turn_is_asked_first_and_changed_then(
    api: BotApi, rasa: StandInRasa, town: Town
) -> None:
    def register(heard: object) -> list[dict[str, object]]:
        return [{"text": f"Vraag {ask_open_question(town, message_id, 'Komt er een bus?')}"}]

    rasa.answer = register
    message_id = api.types(ANNA, "Komt er een bus?")
    api.edits(ANNA, message_id, "Komt er een bus naar Halmerdijk?")
    api.wait_for(town.all_settled)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert question.text == "Komt er een bus naar Halmerdijk?"
    assert api.texts(ANNA) == ["Vraag 1", changed(1)]


def test_a_group_hears_once_that_this_is_for_private_talks(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.membership(GROUP, "member")
    api.types(GROUP, "/start")
    api.types(GROUP, "Hallo bot")
    api.wait_for(town.all_settled)
    assert api.texts(GROUP) == [ONLY_PRIVATE]
    assert rasa.heard == []


def test_who_blocks_the_bot_gets_nothing_more(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    hold = api.flood(ANNA, seconds=30)
    town.queue(ANNA, "Uw vraag is beantwoord.", "notice:1")
    api.wait_for(lambda: hold.times == 0)
    api.membership(ANNA, "kicked")
    api.wait_for(lambda: town.outbox(Delivery.BLOCKED))
    assert town.outbox(Delivery.PENDING) == ()
    api.membership(ANNA, "member")
    api.wait_for(town.all_settled)
    assert api.sent == []


def test_bots_channels_and_empty_messages_are_ignored(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    channel = {"id": -1001, "type": "channel", "title": "Nieuws"}
    api.push(channel_post={"message_id": 1, "date": 1, "chat": channel, "text": "Nieuws"})
    api.push(message={**api.message(ANNA, text="Ik ben ook een bot"), "from": BOT})
    api.posts(ANNA, text="   ")
    api.posts(ANNA, pinned_message=api.message(ANNA, text="x"))
    api.posts(GROUP, migrate_to_chat_id=-1005)
    api.posts(GROUP, left_chat_member=BOT)
    api.push(poll_answer={"poll_id": "1", "option_ids": [0]})
    api.push(inline_query={"id": "1", "from": BOT, "query": "x", "offset": ""})
    api.wait_for(town.all_settled)
    assert (rasa.heard, api.sent) == ([], [])


def test_an_update_that_nobody_can_read_stops_nothing(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    broken = api.push(message={"message_id": "?", "chat": {"id": ANNA, "type": {}}, "date": "gisteren"})
    api.types(ANNA, "Hallo")
    api.wait_for(lambda: api.sent_to(ANNA))
    assert state_of(town.store, broken) is UpdateState.FAILED


def test_the_same_update_twice_is_answered_once(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    message = api.message(ANNA, text="Hallo")
    api.push(message=message)
    api.wait_for(town.all_settled)
    again = {"update_id": 1000, "message": message}
    api._waiting.append(again)
    time.sleep(NOBODY)
    assert api.texts(ANNA) == ["Ik hoorde: Hallo"]


@pytest.mark.parametrize(
    ("raw", "chat_id"),
    [
        ({"update_id": 1, "message": {"chat": {"id": 7}}}, 7),
        ({"update_id": 1, "callback_query": {"message": {"chat": {"id": 8}}}}, 8),
        ({"update_id": 1, "callback_query": {"inline_message_id": "x"}}, None),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -9}}}, -9),
        ({"update_id": 1, "poll": {}}, None),
        ({"update_id": 1, "message": "?"}, None),
        ({"update_id": 1, "message": {"chat": {"id": "7"}}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_the_chat_of_an_update_is_found_whatever_it_holds(raw: dict[str, object], chat_id: int | None) -> None:
    assert chat_of(raw) == chat_id
