"""A message read in other ways too, on its way through Rasa's graph."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.other_readings import CONTEXT_SLOT, GatherReadings, OtherReadings
from bot.nlu.parsed import INTENTS, understanding_of

TWO = "Wie nodig ik uit? En hoe groot mag de groep zijn?"


def tracker(*events: Any) -> DialogueStateTracker:
    """A conversation after these events."""
    found = DialogueStateTracker("official:web:1", [AnySlot(CONTEXT_SLOT, mappings=[{}])])
    for event in events:
        found.update(event)
    return found


def readings(text: str, state: DialogueStateTracker, role: str = "official") -> list[str]:
    """The texts that the components after it see."""
    message = Message({"text": text, "metadata": {"role": role}})
    return [each.get("text") for each in OtherReadings().process([message], state)]


def test_each_question_is_read_apart_behind_the_whole() -> None:
    assert readings(TWO, tracker()) == [TWO, "Wie nodig ik uit?", "En hoe groot mag de groep zijn?"]


def test_a_follow_up_is_read_with_the_running_topic() -> None:
    state = tracker(SlotSet(CONTEXT_SLOT, {"entry": "dialoog-43", "topic": "Trek een grens"}))
    assert readings("en als hij doorgaat?", state) == ["en als hij doorgaat?", "Trek een grens. en als hij doorgaat?"]
    assert readings("en als hij doorgaat?", tracker()) == ["en als hij doorgaat?"]
    assert readings("moet de politie in uniform komen?", state) == ["moet de politie in uniform komen?"]


def test_what_is_asked_of_a_guide_is_read_without_the_guide() -> None:
    asked = "wat zegt de VNG over insprekers?"
    assert readings(asked, tracker()) == [asked, "insprekers"]
    messages = OtherReadings().process([Message({"text": asked})], tracker())
    messages[1].set(INTENTS, [["guide/vng-6.3.6", 0.5]], add_to_output=True)
    (whole,) = GatherReadings().process(messages)
    subject = understanding_of(whole.as_dict(only_output_properties=True)).subject
    assert subject is not None
    assert (subject.text, dict(subject.intents)) == ("insprekers", {"guide/vng-6.3.6": 0.5})


def test_a_resident_and_an_official_in_a_talk_are_read_one_way() -> None:
    assert readings(TWO, tracker(), "resident") == [TWO]
    assert readings(TWO, tracker(ActiveLoop("practice_form"))) == [TWO]


@pytest.mark.parametrize("text", ["", " ", "🙂", "?!…", "a"])
def test_odd_messages_are_read_one_way(text: str) -> None:
    assert readings(text, tracker()) == [text]


def test_what_was_found_in_the_readings_comes_home() -> None:
    state = tracker(SlotSet(CONTEXT_SLOT, {"topic": "Trek een grens"}))
    messages = OtherReadings().process([Message({"text": TWO}), Message({"text": "en als hij doorgaat?"})], state)
    for number, message in enumerate(messages):
        message.set(INTENTS, [[f"guide/dialoog-{number}", 0.5]], add_to_output=True)
    first, second = GatherReadings().process(messages)
    parsed = understanding_of(first.as_dict(only_output_properties=True))
    assert [(each.text, dict(each.intents)) for each in parsed.parts] == [
        ("Wie nodig ik uit?", {"guide/dialoog-1": 0.5}),
        ("En hoe groot mag de groep zijn?", {"guide/dialoog-2": 0.5}),
    ]
    leaning = understanding_of(second.as_dict(only_output_properties=True)).with_topic
    assert leaning is not None
    assert leaning.intents == {"guide/dialoog-4": 0.5}
