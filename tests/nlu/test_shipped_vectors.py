"""The vectors that come with the product are those of its own phrasings, as the embedder makes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from bot.language.e5_weights import FloatArray
from bot.language.kept_vectors import KeptVectors
from bot.nlu.shared_embedder import SHIPPED, shared_embedder
from bot.schemas import check_schemas_once
from bot.training import ROOT

EVERY = 40
"""One phrasing in so many is looked at."""


class Watched:
    """The embedder, and what it is asked to embed."""

    def __init__(self) -> None:
        self.dimension = shared_embedder().dimension
        self.missing: list[str] = []

    def embed(self, texts: Sequence[str]) -> FloatArray:
        self.missing += texts
        return shared_embedder().embed(texts)


def phrasings() -> list[str]:
    check_schemas_once()
    examples = [load_data(str(ROOT / "data" / "nlu" / name), "nl") for name in ("resident_other.yml", "guide_vng.yml")]
    return [each.get("text") for data in examples for each in data.training_examples if each.get("text")][::EVERY]


def test_they_are_the_embedders_own_and_most_phrasings_are_among_them(tmp_path: Path) -> None:
    embedder, texts = Watched(), phrasings()
    kept = KeptVectors(embedder, tmp_path / "own.npz", SHIPPED)
    embedder.missing.clear()
    vectors = kept.embed(texts)
    assert len(embedder.missing) < len(texts) / 2, "far behind: run python -m bot.nlu.ship_vectors"
    known = [at for at, text in enumerate(texts) if text not in embedder.missing]
    again = shared_embedder().embed([texts[at] for at in known])
    assert float((vectors[known] * again).sum(axis=1).min()) > 0.999
