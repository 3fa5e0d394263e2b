"""A phrasing is to Rasa what a message is: equal when its content is, another when anything in it changes."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.phrasing import Phrasing, as_phrasings


def phrasing() -> Phrasing:
    entity = {"entity": "move", "value": "explore", "start": 0, "end": 3}
    made = Phrasing({"text": "Hoe gaat het?", "intent": "faq", "entities": [entity]})
    made.set("text_tokens", [Token("Hoe", 0, lemma="hoe")])
    made.add_features(Features(np.ones((1, 4), np.float32), "sentence", "text", "here"))
    return made


def change_text(each: Phrasing) -> None:
    each.set("text", "Hoe gaat dat?")


def change_entity(each: Phrasing) -> None:
    each.set("entities", [{**each.get("entities")[0], "end": 4}])


def change_lemma(each: Phrasing) -> None:
    each.set("text_tokens", [Token("Hoe", 0, lemma="ho")])


def change_features(each: Phrasing) -> None:
    each.features = [Features(np.zeros((1, 4), np.float32), "sentence", "text", "here")]
    each.add_features(None)


def change_origin(each: Phrasing) -> None:
    each.features = [Features(np.ones((1, 4), np.float32), "sentence", "text", "there")]
    each.add_features(None)


def test_two_with_the_same_content_are_the_same() -> None:
    assert phrasing() == phrasing()
    assert len({phrasing(), phrasing(), copy.deepcopy(phrasing())}) == 1


@pytest.mark.parametrize("change", [change_text, change_entity, change_lemma, change_features, change_origin])
def test_any_change_makes_another(change: Callable[[Phrasing], None]) -> None:
    each = phrasing()
    before = each.fingerprint()
    change(each)
    assert each.fingerprint() != before


def test_what_changes_in_a_copy_does_not_change_in_the_original() -> None:
    original = phrasing()
    copied = copy.deepcopy(original)
    copied.get("entities")[0]["value"] = "argue"
    copied.set("intent", "other")
    assert original.get("entities")[0]["value"] == "explore"
    assert original.get("intent") == "faq"
    assert isinstance(copied, Phrasing)


def test_training_data_keeps_all_it_held() -> None:
    messages = [Message({"text": "a", "intent": "x"}), Message({"text": "b", "intent": "y", "response": "z"})]
    data = as_phrasings(TrainingData(messages, entity_synonyms={"q": "r"}))
    assert [each.as_dict() for each in data.training_examples] == [each.as_dict() for each in messages]
    merged = TrainingData().merge(data, data)
    assert len(merged.training_examples) == 2
    assert all(isinstance(each, Phrasing) for each in merged.training_examples)
    assert merged.entity_synonyms == {"q": "r"}
