"""Reads a message in other ways too: each of its questions apart, together with what was talked about, and without the
words about the guide that it asks.

Rasa hands its components a list of messages, and answers from the first. `OtherReadings` puts further ones behind it,
the components in between understand them all, and `GatherReadings` brings what they found home to the first.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.domain.guides_questions import leans_back, questions_in
from bot.domain.guides_wish import subject_in_guide
from bot.domain.people import Role
from bot.nlu.parsed import INTENTS, PARTS, SUBJECT, WITH_TOPIC
from bot.nlu.roles import role_of

READING = "reading_as"
"""On a further message: under which key its findings belong to the message before it."""
CONTEXT_SLOT = "guide_context"
KEPT = 20
"""Intents kept of a reading; what comes after hardly weighs."""


class _Extra(GraphComponent):
    """What both share: nothing to set, nothing to train."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _Extra:
        """Called by Rasa's graph."""
        return cls()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OtherReadings(_Extra):
    """Put further readings behind an official's message. In a practice talk there are none: all is said to the resident."""

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """The messages, each followed by its readings."""
        return [each for message in messages for each in (message, *_readings(message, tracker))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class GatherReadings(_Extra):
    """Stands after the classifier: the further messages go, what was found in them stays."""

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages that came from people, with `parts`, `with_topic` and `subject` where read so."""
        kept: list[Message] = []
        for message in messages:
            key = message.get(READING)
            if key is None:
                kept.append(message)
                continue
            found = {"text": message.get(TEXT), INTENTS: (message.get(INTENTS) or [])[:KEPT]}
            home = kept[-1]
            home.set(key, [*(home.get(PARTS) or ()), found] if key == PARTS else found, add_to_output=True)
        return kept


def _readings(message: Message, tracker: DialogueStateTracker | None) -> list[Message]:
    text = message.get(TEXT) or ""
    if role_of(message.get("metadata")) is not Role.OFFICIAL or (tracker and tracker.active_loop_name):
        return []
    found = [_reading(message, each, PARTS) for each in questions_in(text)]
    topic = (tracker.get_slot(CONTEXT_SLOT) or {}).get("topic") if tracker else None
    if topic and leans_back(text):
        found.append(_reading(message, f"{topic}. {text}", WITH_TOPIC))
    if not found and (subject := subject_in_guide(text)):
        found.append(_reading(message, subject, SUBJECT))
    return found


def _reading(message: Message, text: str, key: str) -> Message:
    return Message({TEXT: text, "metadata": message.get("metadata"), READING: key})
