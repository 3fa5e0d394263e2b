"""Practising with a resident. Rasa's form keeps the official in the talk; the service plays it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.shared import Events, entity, is_official, number, parts, say, speaker, understanding
from bot.bootstrap import now_utc
from bot.domain.moves import TaggedMessage
from bot.domain.practice.records import TalkState
from bot.domain.replies import Say
from bot.services import practice

FORM = "practice_form"
SAID = "said"


def conversation(tracker: Tracker) -> str:
    """Whose talks these are: the terminal's id has no role in front, so the speaker's own is used."""
    return speaker(tracker).sender_id


def loop(tracker: Tracker) -> Events:
    """Bring Rasa's form in line with the store, which knows whether a talk is going on."""
    with parts().store.view() as work:
        record = work.talks.current(conversation(tracker))
    running = record is not None and record.state is TalkState.RUNNING
    return [ActiveLoop(FORM if running else None), SlotSet("requested_slot", SAID if running else None)]


class PracticeAction(Action, ABC):
    """What the practice actions share: only officials practise, and afterwards the form follows the store.

    Abstract, so that rasa_sdk does not take it for an action of its own.
    """

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not is_official(tracker):
            dispatcher.utter_message(response="utter_not_allowed")
            return []
        say(dispatcher, self.act(tracker))
        return loop(tracker)

    @abstractmethod
    def act(self, tracker: Tracker) -> Iterable[Say]:
        """What is said."""


class ActionListScenarios(PracticeAction):
    """Which residents there are."""

    def name(self) -> str:
        return "action_list_scenarios"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.list_scenarios(parts().scenarios)


class ActionStartPractice(PracticeAction):
    """Begin a talk with the resident of a scenario, or with the first one."""

    def name(self) -> str:
        return "action_start_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        chosen = entity(tracker, "scenario") or parts().surprise()
        return practice.start_talk(parts().store, parts().scenarios, conversation(tracker), now_utc(), chosen)


class ActionHint(PracticeAction):
    """What would help now."""

    def name(self) -> str:
        return "action_hint"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.give_hint(parts().store, parts().scenarios, conversation(tracker))


class ActionSwitchCues(PracticeAction):
    """The coach speaks after each turn, or only afterwards."""

    def name(self) -> str:
        return "action_switch_cues"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        on = tracker.get_intent_of_latest_message() == "cues_on"
        return practice.set_cues(parts().store, parts().scenarios, conversation(tracker), on, now_utc())


class ActionPausePractice(PracticeAction):
    """Step out of the talk, to ask the guides something."""

    def name(self) -> str:
        return "action_pause_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.pause_talk(parts().store, parts().scenarios, conversation(tracker), now_utc())


class ActionResumePractice(PracticeAction):
    """Go on where the talk stood."""

    def name(self) -> str:
        return "action_resume_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.resume_talk(parts().store, parts().scenarios, conversation(tracker), now_utc())


class ActionStopPractice(PracticeAction):
    """End the talk and look back."""

    def name(self) -> str:
        return "action_stop_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.stop_talk(parts().store, parts().scenarios, conversation(tracker), now_utc())


class ActionDebrief(PracticeAction):
    """Look back on the last talk once more."""

    def name(self) -> str:
        return "action_debrief"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.show_debrief(parts().store, parts().scenarios, conversation(tracker))


class ActionRetry(PracticeAction):
    """Do it again from an earlier turn."""

    def name(self) -> str:
        return "action_retry"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        turn = number(tracker, "turn") or number(tracker, "number") or 1
        return practice.retry_talk(parts().store, parts().scenarios, conversation(tracker), turn, now_utc())


class ActionDisagree(PracticeAction):
    """The official does not agree with a remark of the coach."""

    def name(self) -> str:
        return "action_disagree"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        turn = number(tracker, "turn") or 0
        return practice.disagree(parts().store, parts().scenarios, conversation(tracker), turn, now_utc())


class ActionProgress(PracticeAction):
    """How one's own talks went."""

    def name(self) -> str:
        return "action_progress"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.show_progress(parts().store, parts().scenarios, conversation(tracker))


class ActionForgetTalks(PracticeAction):
    """Erase one's own talks."""

    def name(self) -> str:
        return "action_forget_talks"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.forget_talks(parts().store, conversation(tracker))


class ValidatePracticeForm(PracticeAction):
    """One turn of the talk. The slot is emptied again, so that the form asks for the next."""

    def name(self) -> str:
        return "validate_practice_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot(SAID) is None:  # Rasa validates also when a command brought it back to the form
            return []
        say(dispatcher, self.act(tracker))
        return [SlotSet(SAID, None), *self._leave(tracker)]

    def act(self, tracker: Tracker) -> Iterable[Say]:
        """The turn itself."""
        understood = understanding(tracker)
        message = TaggedMessage(understood.text, understood.moves, understood.unsure_moves)
        return practice.say(parts().store, parts().scenarios, conversation(tracker), message, now_utc())

    @staticmethod
    def _leave(tracker: Tracker) -> Events:
        """Nothing while the talk goes on; else the way out of the form, such as after its erasure elsewhere."""
        events = loop(tracker)
        return [] if events[0]["name"] == FORM else events
