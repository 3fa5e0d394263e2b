"""What residents can do."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.shared import Events, entity, message_id, number, numbers, parts, say, speaker, understanding
from bot.bootstrap import now_utc
from bot.domain.replies import FORGET
from bot.domain.resident.talk import Talk
from bot.services import resident_choices, residents
from bot.services.contacts import forget_conversation
from bot.services.front_desk import CALL_CHANNEL, look_up
from bot.services.questions import stop_notices
from bot.services.resident_desk import ResidentTurn
from bot.services.subscriptions import is_subscribed, subscribe, unsubscribe

CONTEXT = "resident_context"
AWAITING = "awaiting"


def conversation(tracker: Tracker) -> str:
    """The asker's conversation id, the only thing kept of who they are."""
    return speaker(tracker).sender_id


def talk(tracker: Tracker) -> Talk:
    """What a follow-up can refer to."""
    return Talk.from_json(tracker.get_slot(CONTEXT))


def spoken(dispatcher: CollectingDispatcher, turn: ResidentTurn) -> Events:
    """Say the turn and remember what it was about."""
    say(dispatcher, turn.says)
    return [SlotSet(CONTEXT, turn.talk.to_json()), SlotSet(AWAITING, turn.awaiting)]


def answer_latest(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """The decision table on the latest message; shared with the action for what stands out as nothing."""
    if speaker(tracker).channel == CALL_CHANNEL:
        return spoken(dispatcher, look_up(parts().residents, understanding(tracker), talk=talk(tracker)))
    turn = residents.answer_resident(
        parts().residents,
        understanding(tracker),
        conversation=conversation(tracker),
        talk=talk(tracker),
        now=now_utc(),
        message_id=message_id(tracker),
    )
    return spoken(dispatcher, turn)


def stop_updates(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """No more notices; shared with the action for a typed 'stop'."""
    stop_notices(parts().store, conversation(tracker))
    dispatcher.utter_message(response="utter_updates_stopped")
    return []


class ActionAnswerResident(Action):
    """A question in free words."""

    def name(self) -> str:
        return "action_answer_resident"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return answer_latest(dispatcher, tracker)


class ActionChooseEntry(Action):
    """One of the suggested entries."""

    def name(self) -> str:
        return "action_choose_entry"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        chosen = entity(tracker, "entry") or ""
        who, before = conversation(tracker), talk(tracker)
        return spoken(
            dispatcher, resident_choices.choose_entry(parts().residents, chosen, conversation=who, talk=before)
        )


class ActionNoneOfThese(Action):
    """None of the suggested entries."""

    def name(self) -> str:
        return "action_none_of_these"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        turn = resident_choices.none_of_these(
            parts().residents,
            number(tracker),
            conversation=conversation(tracker),
            talk=talk(tracker),
            now=now_utc(),
            message_id=message_id(tracker),
        )
        return spoken(dispatcher, turn)


class ActionAnswerHelped(Action):
    """'Ja, mijn vraag is beantwoord.'"""

    def name(self) -> str:
        return "action_answer_helped"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        who, before = conversation(tracker), talk(tracker)
        return spoken(dispatcher, resident_choices.answer_helped(parts().residents, conversation=who, talk=before))


class ActionAnswerDidNotHelp(Action):
    """'Nee, mijn vraag is niet beantwoord.'"""

    def name(self) -> str:
        return "action_answer_did_not_help"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        turn = resident_choices.answer_did_not_help(
            parts().residents,
            entity(tracker, "entry"),
            conversation=conversation(tracker),
            talk=talk(tracker),
            now=now_utc(),
            message_id=message_id(tracker),
        )
        return spoken(dispatcher, turn)


class ActionGiveConsent(Action):
    """They want to hear the answer."""

    def name(self) -> str:
        return "action_give_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        who, before = conversation(tracker), talk(tracker)
        turn = resident_choices.give_consent(
            parts().residents, numbers(tracker), conversation=who, talk=before, now=now_utc()
        )
        return spoken(dispatcher, turn)


class ActionRefuseConsent(Action):
    """They do not."""

    def name(self) -> str:
        return "action_refuse_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        who, before = conversation(tracker), talk(tracker)
        turn = resident_choices.refuse_consent(
            parts().residents, numbers(tracker), conversation=who, talk=before, now=now_utc()
        )
        return spoken(dispatcher, turn)


class ActionMyQuestions(Action):
    """How it stands with everything they asked."""

    def name(self) -> str:
        return "action_my_questions"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        who, before = conversation(tracker), talk(tracker)
        return spoken(dispatcher, residents.tell_my_questions(parts().residents, conversation=who, talk=before))


class ActionFollowUpdates(Action):
    """News about the location: the offer, or how to end it."""

    def name(self) -> str:
        return "action_follow_updates"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if speaker(tracker).channel != "telegram":
            # Nobody can be reached on a page that is closed.
            dispatcher.utter_message(response="utter_updates_where", website=parts().residents.municipality.website)
            return []
        if is_subscribed(parts().store, conversation(tracker)):
            dispatcher.utter_message(response="utter_news_is_on")
            return []
        dispatcher.utter_message(response="utter_offer_news")
        return [SlotSet(AWAITING, "news")]


class ActionSubscribeNews(Action):
    """They want news."""

    def name(self) -> str:
        return "action_subscribe_news"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        subscribe(parts().store, conversation(tracker), now=now_utc())
        dispatcher.utter_message(response="utter_subscribed", website=parts().residents.municipality.website)
        return [SlotSet(AWAITING, None)]


class ActionUnsubscribeNews(Action):
    """They do not."""

    def name(self) -> str:
        return "action_unsubscribe_news"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        unsubscribe(parts().store, conversation(tracker))
        dispatcher.utter_message(response="utter_unsubscribed")
        return [SlotSet(AWAITING, None)]


class ActionStopUpdates(Action):
    """No more notices."""

    def name(self) -> str:
        return "action_stop_updates"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return stop_updates(dispatcher, tracker)


class ActionForget(Action):
    """Erase what is known of this conversation."""

    def name(self) -> str:
        return "action_forget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        remaining = forget_conversation(parts().store, conversation=conversation(tracker), now=now_utc())
        dispatcher.utter_message(response="utter_forgotten", count=len(remaining), json_message={FORGET: True})
        return [SlotSet(CONTEXT, None), SlotSet(AWAITING, None)]
