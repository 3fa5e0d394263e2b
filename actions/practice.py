"""Practising with a resident. Rasa's form keeps the official in the talk; the service plays it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.shared import Events, entity, is_official, message_id, number, parts, say, speaker, understanding
from bot.bootstrap import now_utc
from bot.domain.moves import TaggedMessage
from bot.domain.practice.goals import Goal, goal_named
from bot.domain.practice.records import TalkState
from bot.domain.replies import Say
from bot.services import disputes, own_talks, practice

FORM = "practice_form"
SAID = "said"
AWAITING = "awaiting"
GOAL = "goal"
A_SCENARIO = "scenario"


def conversation(tracker: Tracker) -> str:
    """Whose talks these are: the terminal's id has no role in front, so the speaker's own is used."""
    return speaker(tracker).sender_id


def loop(tracker: Tracker) -> Events:
    """Bring Rasa's form in line with the store, which knows whether a talk is going on."""
    with parts().store.view() as work:
        record = work.talks.current(conversation(tracker))
    running = record is not None and record.state is TalkState.RUNNING
    return [ActiveLoop(FORM if running else None), SlotSet("requested_slot", SAID if running else None)]


def goal(tracker: Tracker) -> Goal:
    """What is practised: behind the button, in the words, or as chosen before."""
    known = {each.value: each for each in Goal}
    named = known.get(entity(tracker, GOAL) or "") or goal_named(tracker.latest_message.get("text") or "")
    return named or known.get(tracker.get_slot(GOAL) or "") or Goal.ALL


class PracticeAction(Action, ABC):
    """What the practice actions share: only officials practise, and afterwards the form follows the store.

    Abstract, so that rasa_sdk does not take it for an action of its own.
    """

    awaits: str | None = None
    """What the next words may be an answer to."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not is_official(tracker):
            dispatcher.utter_message(response="utter_not_allowed")
            return []
        says = tuple(self.act(tracker))
        say(dispatcher, says)
        return [*loop(tracker), SlotSet(AWAITING, self.awaits), *self.more(tracker, says)]

    @abstractmethod
    def act(self, tracker: Tracker) -> Iterable[Say]:
        """What is said."""

    def more(self, tracker: Tracker, says: tuple[Say, ...]) -> Events:
        """Events of its own."""
        return []


class ActionListScenarios(PracticeAction):
    """Which residents there are."""

    awaits = A_SCENARIO

    def name(self) -> str:
        return "action_list_scenarios"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.list_scenarios(parts().scenarios, goal(tracker))


class ActionWishPractice(PracticeAction):
    """A wish in free words: the talk it names, or what there is."""

    awaits = A_SCENARIO

    def name(self) -> str:
        return "action_wish_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        text, aim = understanding(tracker).text, goal(tracker)
        return practice.wish_talk(parts().store, parts().scenarios, conversation(tracker), text, now_utc(), aim)

    def more(self, tracker: Tracker, says: tuple[Say, ...]) -> Events:
        return [SlotSet(GOAL, goal(tracker).value)]


class ActionChooseTalk(PracticeAction):
    """Right after the list: the talk that was named. Words about something else are answered as always."""

    def name(self) -> str:
        return "action_choose_talk"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        text, aim = understanding(tracker).text, goal(tracker)
        return practice.choose_talk(parts().store, parts().scenarios, conversation(tracker), text, now_utc(), aim)

    def more(self, tracker: Tracker, says: tuple[Say, ...]) -> Events:
        return [] if says else [FollowupAction("action_answer_unclear")]


class ActionChooseGoal(PracticeAction):
    """What to practise from now on."""

    awaits = A_SCENARIO

    def name(self) -> str:
        return "action_choose_goal"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return practice.choose_goal(parts().store, parts().scenarios, conversation(tracker), goal(tracker), now_utc())

    def more(self, tracker: Tracker, says: tuple[Say, ...]) -> Events:
        return [SlotSet(GOAL, goal(tracker).value)]


class ActionStartPractice(PracticeAction):
    """Begin a talk with the resident of a scenario, or 'verras me'."""

    def name(self) -> str:
        return "action_start_practice"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        mine = (parts().store, parts().scenarios, conversation(tracker), now_utc())
        chosen = entity(tracker, "scenario")
        if chosen is None:
            return practice.surprise(*mine, goal(tracker))
        return practice.start_talk(*mine, chosen, goal=goal(tracker))

    def more(self, tracker: Tracker, says: tuple[Say, ...]) -> Events:
        return [SlotSet(GOAL, goal(tracker).value)]


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
        mine = (parts().store, parts().scenarios, conversation(tracker))
        return practice.retry_talk(*mine, turn, now_utc(), entity(tracker, "talk") or "")


class ActionDisagree(PracticeAction):
    """The official does not agree with a remark of the coach: behind a button, or typed, of the last remark."""

    def name(self) -> str:
        return "action_disagree"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        turn = number(tracker, "turn") or number(tracker, "number")
        mine = (parts().store, parts().scenarios, conversation(tracker))
        return disputes.disagree(*mine, turn, now_utc(), entity(tracker, "talk") or "")


class ActionShareWords(PracticeAction):
    """The content keeper may read the words the remark was about."""

    def name(self) -> str:
        return "action_share_words"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        turn = number(tracker, "turn") or 0
        mine = (parts().store, parts().scenarios, conversation(tracker))
        return disputes.share_words(*mine, turn, now_utc(), entity(tracker, "talk") or "")


class ActionProgress(PracticeAction):
    """How one's own talks went."""

    def name(self) -> str:
        return "action_progress"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return own_talks.show_progress(parts().store, parts().scenarios, conversation(tracker))


class ActionKeepTalk(PracticeAction):
    """Keep the talk that was just held."""

    def name(self) -> str:
        return "action_keep_talk"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return own_talks.keep_talk(parts().store, conversation(tracker))


class ActionEraseTalk(PracticeAction):
    """Erase one talk."""

    def name(self) -> str:
        return "action_erase_talk"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return own_talks.erase_talk(parts().store, conversation(tracker), entity(tracker, "talk") or "")


class ActionForgetTalks(PracticeAction):
    """Erase one's own talks."""

    def name(self) -> str:
        return "action_forget_talks"

    def act(self, tracker: Tracker) -> Iterable[Say]:
        return own_talks.forget_talks(parts().store, conversation(tracker))


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
        mine = (parts().store, parts().scenarios, conversation(tracker))
        return practice.say(*mine, message, now_utc(), message_id(tracker))

    @staticmethod
    def _leave(tracker: Tracker) -> Events:
        """Nothing while the talk goes on; else the way out of the form, such as after its erasure elsewhere."""
        events = loop(tracker)
        return [] if events[0]["name"] == FORM else events
