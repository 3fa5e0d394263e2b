"""How much emotion a resident's message shows: point 42 puts acknowledging it before any fact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.people import Role
from bot.nlu.features import Letters, Meaning
from bot.nlu.linear import Linear
from bot.nlu.parsed import EMOTION
from bot.nlu.question_classifier import embedding_of
from bot.nlu.roles import role_of
from bot.nlu.sentence_embedding import SentenceEmbedding
from bot.nlu.shared_embedder import training_embedder

MEANING_STRENGTH = 3.0
LETTERS_STRENGTH = 10.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EmotionGauge(IntentClassifier, GraphComponent):
    """Two judges, one by meaning and one by letters (exclamation marks, capitals of shouting); their mean counts."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs the sentence vectors."""
        return [SentenceEmbedding]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the examples are; emotion is no intent, so they stand apart.

        `examples`: YAML file with a list of {text, emotion: true|false}. `queries`: folder with queries.jsonl, somewhere
        below it, of what residents ask ({q, emotion}); '' for none.
        """
        return {"features": "sentence_embedding", "examples": "bot/content/training/emotion.yml", "queries": ""}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        parts: tuple[Meaning, Linear, Letters, Linear] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._parts = parts

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """The examples stand outside Rasa's training data: a change in them must count as one."""
        return "".join(path.read_text(encoding="utf-8") for path in (Path(config["examples"]), *_query_files(config)))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EmotionGauge:
        """An untrained component, called by Rasa's graph."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the example files."""
        texts, shown = zip(*read_examples(self._config))
        shows = np.array(shown, dtype=np.int64)[:, np.newaxis]
        vectors = training_embedder().embed(texts)
        meaning, letters = Meaning.fit(vectors, shows[:, 0]), Letters.fit([_loud(text) for text in texts])
        self._parts = (
            meaning,
            Linear.fit_any_of(meaning.of(vectors), shows, MEANING_STRENGTH),
            letters,
            Linear.fit_any_of(letters.of([_loud(text) for text in texts]), shows, LETTERS_STRENGTH),
        )
        self._save()
        return self._resource

    def _save(self) -> None:
        assert self._parts is not None
        meaning, by_meaning, letters, by_letters = self._parts
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / "emotion.npz",
                **meaning.to_store("meaning"),
                **by_meaning.to_store("by_meaning"),
                **letters.to_store("letters"),
                **by_letters.to_store("by_letters"),
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> EmotionGauge:
        """Read what `train` kept."""
        with model_storage.read_from(resource) as folder, np.load(folder / "emotion.npz", allow_pickle=False) as file:
            stored = dict(file)
        parts = (
            Meaning.from_store(stored, "meaning"),
            Linear.from_store(stored, "by_meaning"),
            Letters.from_store(stored, "letters"),
            Linear.from_store(stored, "by_letters"),
        )
        return cls(config, model_storage, resource, parts)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `emotion` on residents' messages."""
        for message in messages:
            vector = embedding_of(message, self._config["features"])
            if vector is None or self._parts is None or role_of(message.get("metadata")) is not Role.RESIDENT:
                continue
            meaning, by_meaning, letters, by_letters = self._parts
            chances = (
                by_meaning.any_of(meaning.of(vector))[0, 0],
                by_letters.any_of(letters.of([_loud(message.get(TEXT))]))[0, 0],
            )
            message.set(EMOTION, round(float(np.mean(chances)), 3), add_to_output=True)
        return messages


def read_examples(config: dict[str, Any]) -> list[tuple[str, bool]]:
    """Texts, and whether each shows strong emotion. Raises InvalidConfigException when the file is not there."""
    path = Path(config["examples"])
    if not path.is_file():
        raise InvalidConfigException(f"config.yml names '{path}' as EmotionGauge's examples, but it is not there.")
    found = [(each["text"], bool(each["emotion"])) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]
    for file in _query_files(config):
        queries = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        found += [(each["q"], bool(each["emotion"])) for each in queries]
    return found


def _query_files(config: dict[str, Any]) -> list[Path]:
    folder = config.get("queries")
    return sorted(Path(folder).rglob("queries.jsonl")) if folder else []


def _loud(text: str) -> str:
    """The text with shouting written out, since n-grams ignore capitals: 'DIT IS ERG' → 'dit is erg ^^^'."""
    return text + " ^^^" * (sum(word.isupper() and len(word) > 2 for word in text.split()) > 1)
