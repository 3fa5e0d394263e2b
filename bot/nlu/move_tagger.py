"""Marks in an official's message, as entities, what each clause does to the resident."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.moves import Move, TaggedMove
from bot.domain.people import Role
from bot.nlu.move_model import LabelledMessage, MoveModel
from bot.nlu.parsed import MOVE_ENTITY, UNSURE_MOVES
from bot.nlu.question_classifier import embedding_of
from bot.nlu.roles import role_of
from bot.nlu.sentence_embedding import SentenceEmbedding
from bot.nlu.shared_embedder import shared_embedder, training_embedder

SAID_TO_RESIDENT = "say_to_resident"
BOTH = "+"
"""Between the moves of a clause that does two things at once: 'dismiss+argue'."""


def labelled(example: Message) -> LabelledMessage:
    """A training example with its clauses, which are annotated as 'move' entities."""
    text = example.get(TEXT)
    return LabelledMessage(
        tuple(
            (text[each["start"] : each["end"]], tuple(Move(name) for name in each["value"].split(BOTH)))
            for each in example.get(ENTITIES, [])
            if each["entity"] == MOVE_ENTITY
        )
    )


def as_entity(tagged: TaggedMove) -> dict[str, Any]:
    """A move in Rasa's shape."""
    return {
        "entity": MOVE_ENTITY,
        "value": tagged.move.value,
        "start": tagged.start,
        "end": tagged.end,
        "confidence_entity": tagged.confidence,
        "extractor": "MoveTagger",
    }


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class MoveTagger(GraphComponent, EntityExtractorMixin):
    """Runs only for officials: what residents write is nobody's exercise."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs the sentence vectors."""
        return [SentenceEmbedding]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`features`: alias of the sentence embedding."""
        return {"features": "sentence_embedding"}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: MoveModel | None = None
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MoveTagger:
        """An untrained component, called by Rasa's graph."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the annotated messages of intent say_to_resident."""
        examples = [each for each in training_data.entity_examples if each.get(INTENT) == SAID_TO_RESIDENT]
        self._model = MoveModel.fit([labelled(each) for each in examples], training_embedder().embed)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder / "moves.npz")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> MoveTagger:
        """Read what `train` kept."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, MoveModel.load(folder / "moves.npz"))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the moves to the entities of an official's message."""
        for message in messages:
            text, vector = message.get(TEXT) or "", embedding_of(message, self._config["features"])
            if vector is None or self._model is None or role_of(message.get("metadata")) is not Role.OFFICIAL:
                continue
            tagged = self._model.tag(text, vector, shared_embedder().embed)
            entities = message.get(ENTITIES, []) + [as_entity(each) for each in tagged.moves]
            message.set(ENTITIES, entities, add_to_output=True)
            message.set(UNSURE_MOVES, tagged.unsure, add_to_output=True)
        return messages
