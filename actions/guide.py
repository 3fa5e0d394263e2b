"""Asking the guides."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.practice import conversation
from actions.shared import Events, entity, is_official, parts, say, understanding
from bot.bootstrap import now_utc
from bot.domain.guides_wish import Wish, named_guide
from bot.domain.practice.records import TalkState
from bot.domain.replies import Button, Say, payload
from bot.services import guide
from bot.services.guide_follow_ups import follow_up, missed
from bot.services.guide_replies import GuideContext, GuideTurn

CONTEXT = "guide_context"
WISHES = {
    "ask_why": Wish.WHY,
    "ask_example": Wish.EXAMPLE,
    "ask_other_guide": Wish.OTHER_GUIDE,
    "ask_next": Wish.NEXT,
    "ask_more": Wish.MORE,
}
"""What the command intents ask about the answer before them."""


def context(tracker: Tracker) -> GuideContext:
    """What follow-ups refer to. A slot written by an earlier version may lack a field, or hold one more."""
    kept: dict[str, Any] = tracker.get_slot(CONTEXT) or {}
    known = {name: value for name, value in kept.items() if name in GuideContext.__dataclass_fields__}
    return GuideContext(**{**known, "next": tuple(known.get("next") or ())})


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Look the latest message up in the guides; shared with the action for what stands out as nothing."""
    turn = guide.ask_guide(parts().store, parts().guides, understanding(tracker), context(tracker), now_utc())
    return spoken(dispatcher, tracker, turn)


def spoken(dispatcher: CollectingDispatcher, tracker: Tracker, turn: GuideTurn) -> Events:
    """Say the turn, with the way back to a talk that waits, and remember what it was about."""
    say(dispatcher, (*turn.says[:-1], _with_way_back(turn.says[-1], tracker)))
    return [SlotSet(CONTEXT, {**asdict(turn.context), "next": list(turn.context.next)})]


def _with_way_back(last: Say, tracker: Tracker) -> Say:
    with parts().store.view() as work:
        record = work.talks.current(conversation(tracker))
    if record is None or record.state is not TalkState.PAUSED:
        return last
    return replace(last, buttons=(*last.buttons, Button("Verder met het gesprek", payload("resume_practice"))))


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
    """A suggested, listed or related entry was chosen."""

    def name(self) -> str:
        return "action_show_guide_entry"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return spoken(
            dispatcher, tracker, guide.show_entry(parts().guides, entity(tracker, "entry") or "", context(tracker))
        )


class ActionFollowUp(Action):
    """'Waarom?', 'geef een voorbeeld', 'wat zegt de VNG daarover?', 'en daarna?', 'meer hierover'."""

    def name(self) -> str:
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        wish = WISHES[tracker.get_intent_of_latest_message() or ""]
        named = named_guide(tracker.latest_message.get("text") or "")
        return spoken(dispatcher, tracker, follow_up(parts().guides, wish, named, context(tracker)))


class ActionOfferNext(Action):
    """'Dat bedoel ik niet', typed or by the button under an answer."""

    def name(self) -> str:
        return "action_offer_next"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        pressed = entity(tracker, "entry")
        return spoken(dispatcher, tracker, missed(parts().store, parts().guides, context(tracker), now_utc(), pressed))
