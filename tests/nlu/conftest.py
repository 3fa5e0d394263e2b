"""A small training set, and a graph node that trains, is saved and is loaded again, as Rasa does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.dutch_tokenizer import DutchTokenizer
from bot.nlu.sentence_embedding import SentenceEmbedding

TRAINING = """
version: "3.1"
nlu:
- intent: guide/dialoog-42
  examples: |
    - wat doe ik als iemand heel boos wordt
    - hij staat te schreeuwen, leg ik het dan uit
    - emoties lopen op
    - mevrouw begint te huilen in de zaal
- intent: guide/dialoog-18
  examples: |
    - waar laat ik vragen die ik niet kan beantwoorden
    - vragen verzamelen op een bord
    - hoe houden we adressen van mensen bij
    - parkeerplek voor vragen
- intent: out_of_scope/far
  examples: |
    - wat voor weer wordt het morgen
    - geef me een recept voor soep
- intent: faq/number_of_people
  examples: |
    - hoeveel mensen komen er
    - hoevl komen dr nou
    - om welk aantal gaat het
- intent: faq/parking
  examples: |
    - waar moeten ze parkeren
    - waar laten ze hun auto
    - kan ik mijn auto nog kwijt
    - komen er parkeerplaatsen bij
- intent: side_issue
  examples: |
    - de lantaarnpaal is stuk
    - er ligt overal hondenpoep
- intent: ask_hint
  examples: |
    - hint
    - geef een hint
- intent: retry_from
  examples: |
    - opnieuw vanaf beurt 4
- intent: my_questions
  examples: |
    - mijn vragen
- intent: say_to_resident
  examples: |
    - [Ik zie dat het u raakt,]{"entity": "move", "value": "acknowledge_emotion"} [wilt u erover vertellen?]{"entity": "move", "value": "explore"}
    - [Wat vreselijk voor u.]{"entity": "move", "value": "acknowledge_emotion"}
    - [Waar bent u het meest bang voor?]{"entity": "move", "value": "explore"}
    - [Vertelt u eens wat er gebeurde.]{"entity": "move", "value": "explore"}
    - [Zo praat u niet tegen mij.]{"entity": "move", "value": "set_limit"}
    - [Ik wil niet dat u scheldt.]{"entity": "move", "value": "set_limit"}
    - [Ach, het valt wel mee.]{"entity": "move", "value": "dismiss"}
    - [Rustig maar,]{"entity": "move", "value": "dismiss"} [het komt goed.]{"entity": "move", "value": "dismiss"}
    - [Goedenavond allemaal.]{"entity": "move", "value": "other"}
    - [Lekker weertje.]{"entity": "move", "value": "other"}
"""


EMOTIONS = [
    {"text": "Ik ben hier zo boos over, het is een schande!!", "emotion": True},
    {"text": "DIT IS NIET TE GELOVEN, WAT EEN SCHANDE", "emotion": True},
    {"text": "ik lig er wakker van en ben doodsbang", "emotion": True},
    {"text": "hoeveel mensen komen er", "emotion": False},
    {"text": "wanneer is de bijeenkomst", "emotion": False},
    {"text": "waar kan ik parkeren", "emotion": False},
]


class Node:
    """Runs a component the way Rasa's graph does."""

    def __init__(self, folder: Path) -> None:
        self.storage = LocalModelStorage.create(folder)
        self.context = ExecutionContext(GraphSchema({}), "test", node_name="node")

    def create(self, component: Any, **config: Any) -> Any:
        """A fresh one, for training."""
        full = {**component.get_default_config(), **config}
        return component.create(full, self.storage, Resource(component.__name__), self.context)

    def load(self, component: Any, **config: Any) -> Any:
        """One that reads what training kept."""
        full = {**component.get_default_config(), **config}
        return component.load(full, self.storage, Resource(component.__name__), self.context)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node with its own model storage, shared by the tests of a module: they only read what training kept."""
    return Node(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def prepared(node: Node) -> Callable[..., Message]:
    """Makes a message with words and vector, said by a role (an official's without one)."""
    tokenizer, embedding = node.create(DutchTokenizer), node.create(SentenceEmbedding)

    def prepare(text: str, role: str | None = None) -> Message:
        message = Message({"text": text, "metadata": {"role": role} if role else None})
        return embedding.process(tokenizer.process([message]))[0]

    return prepare


@pytest.fixture(scope="module")
def trained(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Trains a component on the small set, once, and loads it anew."""
    tokenizer, embedding = node.create(DutchTokenizer), node.create(SentenceEmbedding)
    data = embedding.process_training_data(tokenizer.process_training_data(RasaYAMLReader().reads(TRAINING)))
    examples = tmp_path_factory.mktemp("emotion") / "emotion.yml"
    examples.write_text(yaml.safe_dump(EMOTIONS), encoding="utf-8")
    done: dict[Any, Any] = {}

    def train(component: Any) -> Any:
        if component not in done:
            config = {"examples": str(examples)} if component.__name__ == "EmotionGauge" else {}
            node.create(component, **config).train(data)
            done[component] = node.load(component, **config)
        return done[component]

    return train
