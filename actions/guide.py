"""Asking the guides."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.shared import Events, entity, is_official, parts, say, understanding
from bot.bootstrap import now_utc
from bot.services import guide
from bot.services.guide import GuideTurn

CONTEXT = "guide_context"


def context(tracker: Tracker) -> dict[str, Any]:
    """What follow-up questions refer to: the question asked, the entry shown, the candidates left."""
    return tracker.get_slot(CONTEXT) or {}


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Look the latest message up in the guides; shared with the action for what stands out as nothing."""
    understood = understanding(tracker)
    turn = guide.ask_guide(parts().store, parts().guides, understood, now_utc())
    return spoken(dispatcher, turn, understood.text)


def spoken(dispatcher: CollectingDispatcher, turn: GuideTurn, question: str) -> Events:
    """Say the turn and remember what it was about."""
    say(dispatcher, turn.says)
    kept = {"question": question, "entry": turn.entry, "next": list(turn.next_candidates)}
    return [SlotSet(CONTEXT, kept)]


class ActionAnswerGuide(Action):
    """A question in free words."""

    def name(self) -> str:
        return "action_answer_guide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not is_official(tracker):
            dispatcher.utter_message(response="utter_not_allowed")
            return []
        return answer(dispatcher, tracker)


class ActionShowGuideEntry(Action):
    """A suggested or related entry was chosen."""

    def name(self) -> str:
        return "action_show_guide_entry"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        turn = guide.show_entry(parts().guides, entity(tracker, "entry") or "")
        return spoken(dispatcher, turn, context(tracker).get("question", ""))


class ActionExplainWhy(Action):
    """'Waarom?'"""

    def name(self) -> str:
        return "action_explain_why"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, guide.explain_why(parts().guides, context(tracker).get("entry")).says)
        return []


class ActionGiveExample(Action):
    """'Geef een voorbeeld'"""

    def name(self) -> str:
        return "action_give_example"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, guide.give_example(parts().guides, context(tracker).get("entry")).says)
        return []


class ActionOfferNext(Action):
    """'Dat bedoel ik niet'"""

    def name(self) -> str:
        return "action_offer_next"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        before = context(tracker)
        turn = guide.offer_next(parts().guides, tuple(before.get("next") or ()))
        return spoken(dispatcher, turn, before.get("question", ""))


class ActionNoteNotHelpful(Action):
    """The answer was no help."""

    def name(self) -> str:
        return "action_note_not_helpful"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        before = context(tracker)
        chosen = entity(tracker, "entry") or before.get("entry") or ""
        turn = guide.note_not_helpful(parts().store, parts().guides, chosen, before.get("question", ""), now_utc())
        say(dispatcher, turn.says)
        return []
