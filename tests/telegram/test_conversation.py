"""Somebody writes to the bot and gets an answer."""

from __future__ import annotations

import time

from bot.domain.outgoing import Delivery
from bot.services.contacts import forget_conversation
from bot.telegram.texts import CHOOSE, COMMANDS, STALE_BUTTON
from tests.bot_api import BotApi
from tests.telegram.town import NOBODY, Town, now
from tests.web.stand_in_rasa import Answers, Heard, StandInRasa, echo

ANNA, BRAM = 7, 8


def test_a_question_gets_its_answer(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(ANNA, "Hoeveel mensen komen er?")
    (sent,) = api.wait_for(lambda: api.sent_to(ANNA))
    assert sent.text == "Ik hoorde: Hoeveel mensen komen er?"
    heard = {"sender": town.conversation(ANNA), "text": "Hoeveel mensen komen er?", "message_id": "1"}
    assert rasa.heard == [heard]
    api.wait_for(town.all_settled)


def test_the_assistant_hears_a_pseudonym_and_no_chat_id(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(1234567890, "Hallo")
    api.wait_for(lambda: rasa.heard)
    assert rasa.heard[0]["sender"].startswith("resident:telegram:")
    assert "1234567890" not in rasa.heard[0]["sender"]
    assert town.conversation(1234567890) != town.conversation(1234567891)


def test_a_notice_from_another_process_reaches_the_chat(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(ANNA, "Hallo")
    api.wait_for(town.all_settled)
    with town.store.view() as work:
        assert work.contacts.chat_of(town.conversation(ANNA)) == ANNA
    town.queue(ANNA, "Uw vraag is beantwoord.", "notice:1")
    api.wait_for(lambda: "Uw vraag is beantwoord." in api.texts(ANNA))


def test_messages_of_a_chat_are_answered_in_order(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    said = [f"vraag {n}" for n in range(12)]
    for text in said:
        api.types(ANNA, text)
    api.wait_for(lambda: len(api.sent_to(ANNA)) == len(said))
    assert api.texts(ANNA) == [f"Ik hoorde: {text}" for text in said]


def test_a_slow_answer_keeps_nobody_else_waiting(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    busy: set[str] = set()
    peak: list[int] = []

    def think(heard: Heard) -> Answers:
        busy.add(heard["sender"])
        peak.append(len(busy))
        time.sleep(0.4)
        busy.discard(heard["sender"])
        return echo(heard)

    rasa.answer = think
    chats = range(1, town.timing.answering + 1)
    for chat_id in chats:
        api.types(chat_id, "Hallo")
    api.wait_for(lambda: all("Ik hoorde: Hallo" in api.texts(chat_id) for chat_id in chats))
    assert max(peak) >= len(chats) / 2, "the chats were answered one after another"


def test_typing_shows_while_the_assistant_thinks(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    rasa.delay_seconds = 0.5
    api.types(ANNA, "Hallo")
    api.wait_for(lambda: api.sent_to(ANNA))
    assert len(api.called("sendChatAction", ANNA)) >= 2


def test_a_link_with_a_topic_greets_and_then_asks(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(ANNA, "/start verkeer-en_parkeren")
    api.wait_for(lambda: api.sent_to(ANNA) and town.all_settled())
    assert [each.get("payload", each.get("text")) for each in rasa.heard] == ["/greet", "verkeer en parkeren"]
    assert api.texts(ANNA) == ["Ik hoorde: /greet\n\nIk hoorde: verkeer en parkeren"]


def test_bubbles_become_one_message_up_to_one_with_buttons(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    yes = [{"title": "Ja", "payload": "/answer_helped"}]
    bubbles = ({"text": "een"}, {"text": "twee", "buttons": yes}, {"text": "drie"}, {"text": " "}, {"buttons": yes})
    rasa.answer = lambda heard: [*bubbles]
    api.types(ANNA, "Hallo")
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
    assert api.texts(ANNA) == ["een\n\ntwee", f"drie\n\n{CHOOSE}"]
    assert [list(each.buttons) for each in api.sent_to(ANNA)] == [["Ja"], ["Ja"]]


def test_a_typed_intent_is_text_and_no_button(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(ANNA, '/start_practice{"scenario":"s1"}')
    api.wait_for(lambda: rasa.heard)
    assert rasa.heard[0]["text"] == '/start_practice{"scenario":"s1"}'
    assert "payload" not in rasa.heard[0]


def test_the_menu_holds_every_command(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    (call,) = api.wait_for(lambda: api.called("setMyCommands"))
    assert all(f'"{name}"' in call.values["commands"] for name, _ in COMMANDS)
    (call,) = api.wait_for(lambda: api.called("deleteWebhook"))
    assert call.values.get("drop_pending_updates", "False").lower() == "false"


def test_buttons_come_with_the_answer_and_work_once(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    button = {"title": "Ja, graag", "payload": '/choose_entry{"entry":"e1"}'}
    rasa.answer = lambda heard: [{"text": "Bedoelt u dit?", "buttons": [button]}]
    api.types(ANNA, "Opvang")
    (question,) = api.wait_for(lambda: api.sent_to(ANNA))
    assert question.buttons == {"Ja, graag": button["payload"]}

    rasa.answer = lambda heard: [{"text": "Mooi."}]
    api.presses(ANNA, question.message_id, button["payload"])
    api.presses(ANNA, question.message_id, button["payload"])
    api.wait_for(lambda: len(api.called("answerCallbackQuery")) == 2)
    api.wait_for(town.all_settled)
    assert [each.get("payload") for each in rasa.heard] == [None, button["payload"]]
    assert api.texts(ANNA)[1:] == ["Mooi."]
    assert api.called("editMessageReplyMarkup", ANNA)[0].values["message_id"] == str(question.message_id)


def test_a_button_that_is_not_for_residents_does_nothing(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    for message_id, data in enumerate(("/start_practice", "/show_debrief{}", "oud", '/greet{"a":{"b":1}}')):
        api.presses(ANNA, message_id, data)
    api.wait_for(lambda: len(api.sent_to(ANNA)) == 4)
    assert api.texts(ANNA) == [STALE_BUTTON] * 4
    assert rasa.heard == []
    assert len(api.called("answerCallbackQuery")) == 4


def test_a_late_press_that_telegram_refuses_still_counts(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.fail("answerCallbackQuery", 400, description="Bad Request: query is too old")
    api.fail("editMessageReplyMarkup", 400, description="Bad Request: message can't be edited")
    api.presses(ANNA, 3, "/answer_helped")
    api.wait_for(lambda: api.sent_to(ANNA))
    assert rasa.heard[0]["payload"] == "/answer_helped"


def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(
    api: BotApi, rasa: StandInRasa, town: Town
) -> None:
    sentences = [f"Zin {n} gaat over de opvang 🙂." for n in range(400)]
    button = {"title": "Ja", "payload": "/answer_helped"}
    rasa.answer = lambda heard: [{"text": " ".join(sentences), "buttons": [button]}]
    api.types(ANNA, "Vertel alles")
    api.wait_for(lambda: api.sent_to(ANNA) and town.all_settled())
    texts = api.texts(ANNA)
    assert len(texts) > 2
    assert " ".join(texts).split() == " ".join(sentences).split()
    assert all(text.endswith(".") for text in texts)
    assert [bool(each.buttons) for each in api.sent_to(ANNA)] == [False] * (len(texts) - 1) + [True]


def test_a_long_notice_is_split_too(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    town.queue(ANNA, "Een zin die telkens terugkomt. " * 200, "notice:1")
    api.wait_for(town.all_settled)
    assert len(api.sent_to(ANNA)) == 2
    assert len(town.outbox(Delivery.SENT)) == 1


def test_no_sign_breaks_the_layout(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    text = "<b>vet</b> & *ster* _streep_ [x](y) `c` 1 < 2 👨‍👩‍👧 \\ {}"
    rasa.answer = lambda heard: [{"text": text}]
    api.types(ANNA, text)
    api.wait_for(lambda: api.sent_to(ANNA))
    assert api.texts(ANNA) == [text]
    assert "parse_mode" not in api.called("sendMessage")[0].values


def test_the_contact_stays_forgotten_after_the_answer_to_forget_me(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    def forget(heard: object) -> list[dict[str, object]]:
        forget_conversation(town.store, conversation=town.conversation(ANNA), now=now())
        return [{"text": "Uw gegevens zijn gewist."}]

    rasa.answer = forget
    api.presses(ANNA, 3, "/forget_me_confirmed")
    api.wait_for(lambda: api.sent_to(ANNA))
    api.wait_for(town.all_settled)
    with town.store.view() as work:
        assert work.contacts.chat_of(town.conversation(ANNA)) is None


def test_nothing_happens_without_updates(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    time.sleep(NOBODY)
    assert (rasa.heard, api.sent) == ([], [])
