"""Every component of ours: train, save, load, predict; and the messages that break such components."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.people import Role
from bot.nlu.dutch_tokenizer import DutchTokenizer, load_pipeline
from bot.nlu.emotion_gauge import EmotionGauge, read_examples
from bot.nlu.exact_phrases import ExactPhrases
from bot.nlu.move_tagger import MoveTagger
from bot.nlu.parsed import pack, understanding_of, unpack
from bot.nlu.question_classifier import QuestionClassifier
from bot.nlu.sentence_embedding import SentenceEmbedding

from .conftest import Node

Prepare = Callable[..., Message]
Train = Callable[..., Any]
ODD = {
    "nothing": "",
    "space": " ",
    "white": "\n\t",
    "emoji": "🙂🙂🙂",
    "marks": "?!…",
    "letter": "a",
    "invisible": "\u200b\u200e",
    "long": "ах " * 4_000,
    "nul": "NUL\x00 erin",
    "payload": "/start_practice{",
    "html": "<b>&amp;",
}


def test_words_come_with_lemmas_and_positions(node: Node) -> None:
    tokens = node.create(DutchTokenizer).tokenize(Message({"text": "De buren  liepen weg."}), "text")
    assert [token.text for token in tokens] == ["De", "buren", "liepen", "weg", "."]
    assert tokens[2].lemma == "lopen"
    assert [token.start for token in tokens] == [0, 3, 10, 17, 20]


def test_a_pipeline_that_is_not_installed_is_named_with_the_cure() -> None:
    with pytest.raises(OSError, match="nl_core_news_xl.*install its package"):
        load_pipeline("nl_core_news_xl")


def test_an_embedding_survives_the_way_to_the_action_server(prepared: Prepare) -> None:
    message = prepared("Hoeveel mensen komen er?")
    vector = message.get_dense_features("text", ["sentence_embedding"])[1].features[0]
    np.testing.assert_allclose(unpack(message.get("embedding")), vector, atol=1e-3)
    assert len(pack(vector)) < 1100


def test_sequence_and_sentence_features_fit_the_words(prepared: Prepare) -> None:
    sequence, sentence = prepared("Waar moet ik parkeren?").get_dense_features("text", ["sentence_embedding"])
    assert sequence.features.shape == (5, 384)
    assert sentence.features.shape == (1, 384)


@pytest.mark.parametrize(
    ("text", "role", "intent", "first"),
    [
        ("iemand wordt woedend, wat nu", "official", "guide", "guide/dialoog-42"),
        ("wt doe ik als iemnad boos wordt", "official", "guide", "guide/dialoog-42"),
        ("hoeveel mensen komen er wonen", "resident", "faq", "faq/number_of_people"),
        ("waar laten ze al die auto's", "resident", "faq", "faq/parking"),
        ("die lantaarnpaal bij ons is al weken stuk", "resident", "side_issue", "side_issue"),
    ],
)
def test_free_text_is_recognised_within_what_its_speaker_can_mean(
    prepared: Prepare, trained: Train, text: str, role: str, intent: str, first: str
) -> None:
    message = trained(QuestionClassifier).process([prepared(text, role)])[0]
    assert message.get("intent")["name"] == intent
    assert message.get("intents")[0][0] == first
    assert sum(chance for _, chance in message.get("intents")) == pytest.approx(1, abs=0.01)


def test_a_resident_never_gets_an_intent_of_officials(prepared: Prepare, trained: Train) -> None:
    classifier = trained(QuestionClassifier)
    message = classifier.process([prepared("wat doe ik als iemand heel boos wordt", "resident")])[0]
    assert not [name for name, _ in message.get("intents") if name.startswith("guide")]


@pytest.mark.parametrize(
    ("text", "role", "intent"),
    [
        ("Hint!", "official", "ask_hint"),
        ("HINT", None, "ask_hint"),
        ("opnieuw, vanaf beurt 12", "official", "retry_from"),
        ("geef een hint aan de bewoner", "official", "guide"),
        ("hint", "resident", "faq"),
        ("mijn vragen?", "resident", "my_questions"),
        ("mijn vragen", "official", "guide"),
    ],
)
def test_commands_count_only_as_a_whole_message_and_for_their_role(
    prepared: Prepare, trained: Train, text: str, role: str | None, intent: str
) -> None:
    message = prepared(text, role)
    message.set("intent", {"name": "faq" if role == "resident" else "guide", "confidence": 0.4})
    trained(ExactPhrases).process([message])
    assert message.get("intent")["name"] == intent


@pytest.mark.parametrize("role", list(Role))
def test_an_example_without_words_makes_no_command_of_silence(node: Node, prepared: Prepare, role: Role) -> None:
    examples = [Message({"text": text, "intent": "affirm"}) for text in ("👍", "!!", "_", "ja")]
    node.create(ExactPhrases).train(TrainingData(examples))
    silent = [prepared(text, role.value) for text in ("", "   ", "👍", "🙂", "?!…", "___")]
    said = prepared("Ja!", role.value)
    node.load(ExactPhrases).process([*silent, said])
    assert [message.get("intent") for message in silent] == [None] * len(silent)
    assert said.get("intent")["name"] == "affirm"


def test_a_number_in_a_command_becomes_an_entity(prepared: Prepare, trained: Train) -> None:
    message = trained(ExactPhrases).process([prepared("opnieuw vanaf beurt 12")])[0]
    assert [(each["entity"], each["value"]) for each in message.get("entities")] == [("number", "12")]


def test_moves_are_marked_where_they_stand(prepared: Prepare, trained: Train) -> None:
    text = "Wat erg voor u. Waar bent u bang voor?"
    message = trained(MoveTagger).process([prepared(text)])[0]
    found = {each["value"]: text[each["start"] : each["end"]] for each in message.get("entities")}
    assert found == {"acknowledge_emotion": "Wat erg voor u.", "explore": "Waar bent u bang voor?"}


def test_what_residents_write_is_not_tagged(prepared: Prepare, trained: Train) -> None:
    message = trained(MoveTagger).process([prepared("Wat erg voor u.", "resident")])[0]
    assert not message.get("entities")


def test_emotion_is_gauged_for_residents_only(prepared: Prepare, trained: Train) -> None:
    gauge = trained(EmotionGauge)
    angry, calm = prepared("ik ben hier woedend over, schande!", "resident"), prepared("waar is het", "resident")
    official = prepared("ik ben hier woedend over, schande!", "official")
    gauge.process([angry, calm, official])
    assert angry.get("emotion") > calm.get("emotion")
    assert official.get("emotion") is None


def test_a_change_in_the_emotion_examples_changes_the_fingerprint(tmp_path: Path) -> None:
    examples = tmp_path / "emotion.yml"
    examples.write_text("[]", encoding="utf-8")
    before = EmotionGauge.fingerprint_addon({"examples": str(examples)})
    examples.write_text("- {text: hoi, emotion: false}", encoding="utf-8")
    assert EmotionGauge.fingerprint_addon({"examples": str(examples)}) != before


def test_what_residents_ask_is_an_example_of_emotion_too(tmp_path: Path) -> None:
    config = {"examples": str(tmp_path / "emotion.yml"), "queries": str(tmp_path)}
    (tmp_path / "emotion.yml").write_text("- {text: hoi, emotion: false}", encoding="utf-8")
    before = EmotionGauge.fingerprint_addon(config)
    (tmp_path / "oudervaart").mkdir()
    asked = '{"q": "Waarom hier?!", "id": null, "kind": "political", "emotion": true}\n'
    (tmp_path / "oudervaart" / "queries.jsonl").write_text(asked, encoding="utf-8")
    assert read_examples(config) == [("hoi", False), ("Waarom hier?!", True)]
    assert EmotionGauge.fingerprint_addon(config) != before


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("role", ["official", "resident"])
def test_odd_messages_pass_through_the_whole_pipeline(prepared: Prepare, trained: Train, text: str, role: str) -> None:
    message = prepared(text, role)
    for component in (QuestionClassifier, ExactPhrases, MoveTagger, EmotionGauge):
        message = trained(component).process([message])[0]
    understood = understanding_of(message.as_dict(only_output_properties=True) | {"text": text})
    assert understood.text == text
    assert all(0 <= chance <= 1.001 for chance in understood.intents.values())


def test_a_model_archive_holds_nothing_that_runs(node: Node, trained: Train) -> None:
    for component in (QuestionClassifier, ExactPhrases, MoveTagger, EmotionGauge):
        trained(component)
    files = [path for path in node.storage._storage_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".npz", ".json"}
    for path in files:
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as stored:
                assert not [name for name in stored if stored[name].dtype.hasobject]


def test_a_foreign_parse_result_reads_as_nothing_known() -> None:
    understood = understanding_of({"text": "hallo", "intent": {"name": "greet"}, "entities": []})
    assert (understood.intents, understood.embedding, understood.moves) == ({}, None, ())
    assert understood.unsure_moves


def test_sentence_embedding_gives_no_vector_for_silence(node: Node) -> None:
    message = node.create(SentenceEmbedding).process([Message({"text": "   "})])[0]
    assert message.get("embedding") is None
