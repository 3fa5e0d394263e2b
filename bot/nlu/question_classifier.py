"""Recognises what a free text is about, among what its speaker can mean."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.people import Role
from bot.nlu.features import Matrix
from bot.nlu.nearest import NearestPhrasings
from bot.nlu.parsed import INTENTS
from bot.nlu.roles import QUESTIONS, role_of
from bot.nlu.sentence_embedding import SentenceEmbedding
from bot.nlu.shared_embedder import training_embedder
from bot.storage.guides import load_guides

KEPT = 40
"""Enough for every decision made later; the rest of some 200 intents would only weigh down the tracker."""
SHOWN = 10


def full_name(message: Message) -> str:
    """An example's intent with its part, such as 'faq/parking' or 'side_issue'."""
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def guide_sentences() -> tuple[list[str], list[str], Matrix]:
    """The sentences of the guide entries, the intent each stands for, and their embeddings, shape (n, d)."""
    pairs = [(sentence, f"guide/{entry.id}") for entry in load_guides() for sentence in entry.sentences]
    sentences = [sentence for sentence, _ in pairs]
    return sentences, [intent for _, intent in pairs], training_embedder().embed(sentences)


def embedding_of(message: Message, alias: str) -> Matrix | None:
    """The sentence vector that SentenceEmbedding left, shape (1, d); None for an empty message."""
    features = message.get_dense_features(TEXT, [alias])[1]
    return None if features is None else np.asarray(features.features, dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(IntentClassifier, GraphComponent):
    """One model of nearest phrasings for each role.

    Rasa's own ResponseSelector would need TensorFlow; here the parts of retrieval intents ('faq/parking') are told
    apart at once and their probabilities summed for the intent itself ('faq').
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs the sentence vectors."""
        return [SentenceEmbedding]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`features`: alias of the sentence embedding."""
        return {"features": "sentence_embedding"}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        models: dict[Role, NearestPhrasings] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models = models or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """An untrained component, called by Rasa's graph."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit and keep a model for each role."""
        for role, intents in QUESTIONS.items():
            examples = [
                each for each in training_data.intent_examples if each.get(INTENT) in intents and each.get(TEXT)
            ]
            vectors = [embedding_of(each, self._config["features"]) for each in examples]
            kept = [(each, vector) for each, vector in zip(examples, vectors) if vector is not None]
            self._models[role] = NearestPhrasings.fit(
                [each.get(TEXT) for each, _ in kept],
                [full_name(each) for each, _ in kept],
                np.concatenate([vector for _, vector in kept]),
                guide_sentences() if "guide" in intents else None,
            )
        with self._model_storage.write_to(self._resource) as folder:
            for role, model in self._models.items():
                model.save(folder / f"{role.value}.npz")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> QuestionClassifier:
        """Read the models that `train` kept."""
        with model_storage.read_from(resource) as folder:
            models = {role: NearestPhrasings.load(folder / f"{role.value}.npz") for role in QUESTIONS}
        return cls(config, model_storage, resource, models)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent`, `intent_ranking` and, for those who decide later, `intents`."""
        for message in messages:
            vector = embedding_of(message, self._config["features"])
            if vector is None:
                self._set(message, [])
                continue
            model = self._models[role_of(message.get("metadata"))]
            chances = model.probabilities([message.get(TEXT)], vector)[0]
            order = np.argsort(-chances)
            self._set(message, [(model.labels[at], float(chances[at])) for at in order])
        return messages

    @staticmethod
    def _set(message: Message, ranked: list[tuple[str, float]]) -> None:
        groups: dict[str, float] = {}
        for name, chance in ranked:
            base = name.partition("/")[0]
            groups[base] = groups.get(base, 0.0) + chance
        ranking = [
            {"name": name, "confidence": chance}
            for name, chance in sorted(groups.items(), key=lambda item: -item[1])[:SHOWN]
        ]
        message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(INTENTS, [[name, round(chance, 4)] for name, chance in ranked[:KEPT]], add_to_output=True)
