"""The meaning of a message as one vector, computed once a message and handed on to whoever needs it."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.embedder import Embedder
from bot.nlu.parsed import EMBEDDING, pack
from bot.nlu.shared_embedder import shared_embedder, training_embedder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedding(DenseFeaturizer, GraphComponent):
    """Adds the sentence embedding as dense features and, in compact form, to the parse output."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Sequence features need words to belong to."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`alias`: the name that other components know these features by."""
        return {**DenseFeaturizer.get_default_config(), "alias": "sentence_embedding"}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbedding:
        """Called by Rasa's graph."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to go wrong: the embedder itself is named in the settings."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """All examples in one batch, with vectors kept by content for the next training."""
        examples = [each for each in training_data.training_examples if each.get(TEXT)]
        self._add(examples, training_embedder())
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """One message at a time, as Rasa hands them over. A message without text gets no vector."""
        with_text = [each for each in messages if (each.get(TEXT) or "").strip()]
        self._add(with_text, shared_embedder())
        for message in with_text:
            features = message.get_dense_features(TEXT, [self._config["alias"]])[1]
            if features is not None:
                message.set(EMBEDDING, pack(features.features[0]), add_to_output=True)
        return messages

    def _add(self, messages: list[Message], embedder: Embedder) -> None:
        if not messages:
            return
        vectors = embedder.embed([message.get(TEXT) for message in messages])
        for message, vector in zip(messages, vectors):
            words = len(message.get("text_tokens") or ()) or 1
            # One vector for the whole sentence: each word gets it too, for components that ask for sequences.
            self._set(message, np.broadcast_to(vector, (words, vector.shape[0])), FEATURE_TYPE_SEQUENCE)
            self._set(message, vector[np.newaxis, :], FEATURE_TYPE_SENTENCE)

    def _set(self, message: Message, values: np.ndarray[Any, Any], kind: str) -> None:
        message.add_features(Features(values, kind, TEXT, self._config["alias"]))
