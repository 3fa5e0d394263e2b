"""What is published answers at once, without training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.faq import FaqEntry
from bot.domain.questions import QuestionKind
from bot.services.entry_index import EntryIndex
from bot.services.ports import Store
from bot.storage.matching_model import load_matching_model
from tests.services.residents import NOW


class Counting:
    """An embedder that remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.extend(texts)
        rows = np.stack([np.random.default_rng(len(text)).normal(size=384) for text in texts]).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def entry(entry_id: str) -> FaqEntry:
    return FaqEntry(entry_id, f"Vraag {entry_id}?", f"Antwoord {entry_id}.", QuestionKind.FACTUAL, "planning", "team")


def publish(store: Store, *entries: FaqEntry) -> None:
    with store.unit() as work:
        for each in entries:
            work.faq.save(each, None, NOW)
        work.faq.raise_revision()
        work.commit()


def test_a_new_entry_is_there_at_the_next_question_and_only_its_texts_are_embedded(store: Store) -> None:
    embed = Counting()
    index = EntryIndex(store, load_matching_model(), embed, "counting")
    assert len(index.current()) == 0
    publish(store, entry("a1"))
    assert [each.id for each in index.current().entries] == ["a1"]
    first = len(embed.texts)
    publish(store, entry("a2"))
    assert [each.id for each in index.current().entries] == ["a1", "a2"]
    assert embed.texts[first:] == ["Vraag a2?", "Vraag a2? Antwoord a2."]


def test_nothing_is_built_again_while_nothing_changes(store: Store) -> None:
    index = EntryIndex(store, load_matching_model(), Counting(), "counting")
    publish(store, entry("a1"))
    assert index.current() is index.current()


def test_another_process_finds_the_vectors_in_the_store(store: Store) -> None:
    publish(store, entry("a1"))
    EntryIndex(store, load_matching_model(), Counting(), "counting").current()
    embed = Counting()
    EntryIndex(store, load_matching_model(), embed, "counting").current()
    assert embed.texts == []
