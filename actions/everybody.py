"""What both roles can do; who talks decides what is said."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import guide
from actions.practice import ActionStopPractice, loop
from actions.residents import answer_latest, stop_updates
from actions.shared import Events, is_official, understanding
from bot.services.guide import is_about_guides


class ActionSessionStart(Action):
    """Rasa starts a new session after a day of silence: what was remembered stays, and so does a talk going on."""

    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        kept = [SlotSet(name, value) for name, value in tracker.slots.items() if value is not None]
        going_on = loop(tracker) if is_official(tracker) else []
        return [SessionStarted(), *kept, *going_on, ActionExecuted("action_listen")]


class ActionGreet(Action):
    """The first words."""

    def name(self) -> str:
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        whom = "official" if is_official(tracker) else "resident"
        dispatcher.utter_message(response=f"utter_welcome_{whom}")
        return []


class ActionHelp(Action):
    """What can be done here."""

    def name(self) -> str:
        return "action_help"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not is_official(tracker):
            dispatcher.utter_message(response="utter_help_resident")
        elif tracker.active_loop_name:
            dispatcher.utter_message(response="utter_help_in_talk")
        else:
            dispatcher.utter_message(response="utter_help_official")
        return []


class ActionAnswerUnclear(Action):
    """Small talk, or nothing that stands out: the services still look, since a suggestion may help."""

    def name(self) -> str:
        return "action_answer_unclear"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not is_official(tracker):
            return answer_latest(dispatcher, tracker)
        intents = understanding(tracker)
        if is_about_guides(intents.text, guide.context(tracker)):
            return guide.answer(dispatcher, tracker)
        if intents.group("smalltalk") >= max(0.5, intents.group("guide")):
            dispatcher.utter_message(response="utter_smalltalk_official")
            return []
        if tracker.get_intent_of_latest_message() in ("affirm", "deny"):
            dispatcher.utter_message(response="utter_anything_else")
            return []
        return guide.answer(dispatcher, tracker)


class ActionStop(Action):
    """A typed 'stop': of the talk for an official, of the news for a resident."""

    def name(self) -> str:
        return "action_stop"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_official(tracker):
            return ActionStopPractice().run(dispatcher, tracker, domain)
        return stop_updates(dispatcher, tracker)
