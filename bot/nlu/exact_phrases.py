"""Commands in plain words: 'hint', 'pauze', 'opnieuw vanaf beurt 4'. Only when they are the whole message."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.parsed import NUMBER_ENTITY
from bot.nlu.roles import COMMANDS, role_of

NUMBER = re.compile(r"\d+")


def plain(text: str) -> str:
    """A phrase without capitals, punctuation and the value of its numbers, so that it can be looked up."""
    return " ".join(re.findall(r"[^\W_]+", NUMBER.sub("0", text.lower())))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ExactPhrases(IntentClassifier, GraphComponent):
    """Looks the whole message up among the examples of command intents; a number in it becomes an entity.

    In a role-play everything that is not a command is said to the resident. A classifier that guesses would now and
    then end a talk because the official said 'zullen we hier stoppen?'; a list cannot.
    """

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, phrases: dict[str, list[str]] | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._phrases = phrases or {}

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
    ) -> ExactPhrases:
        """An empty component, called by Rasa's graph."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the phrases: phrase → the intents it can stand for (for different roles).

        An example of signs alone, such as a thumb, is passed over: of it nothing is left that tells it from silence.
        """
        commands = frozenset().union(*COMMANDS.values())
        for example in training_data.intent_examples:
            phrase = plain(example.get(TEXT) or "")
            if phrase and example.get(INTENT) in commands:
                names = self._phrases.setdefault(phrase, [])
                if example.get(INTENT) not in names:
                    names.append(example.get(INTENT))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "phrases.json").write_text(json.dumps(self._phrases, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> ExactPhrases:
        """Read what `train` kept."""
        with model_storage.read_from(resource) as folder:
            phrases = json.loads((folder / "phrases.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, phrases)

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrule the classifier where the whole message is a command of its speaker's role."""
        for message in messages:
            text = message.get(TEXT) or ""
            allowed = COMMANDS[role_of(message.get("metadata"))]
            found = [name for name in self._phrases.get(plain(text), ()) if name in allowed]
            if found:
                self._set(message, text, found[0])
        return messages

    @staticmethod
    def _set(message: Message, text: str, name: str) -> None:
        intent = {"name": name, "confidence": 1.0}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
        numbers = [
            {"entity": NUMBER_ENTITY, "value": found[0], "start": found.start(), "end": found.end()}
            for found in NUMBER.finditer(text)
        ]
        message.set(ENTITIES, message.get(ENTITIES, []) + numbers, add_to_output=True)
