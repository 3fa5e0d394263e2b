"""Vectors that are kept: nothing is embedded twice, whatever state the files are in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.language.e5_weights import FloatArray
from bot.language.kept_vectors import KeptVectors, ship


class CountingEmbedder:
    """Stands in for a model: a vector per text, from its characters, and a count of the texts embedded."""

    dimension = 8

    def __init__(self, seed: int = 0) -> None:
        self.embedded = 0
        self._directions = np.random.default_rng(seed).normal(size=(256, self.dimension))

    def embed(self, texts: Sequence[str]) -> FloatArray:
        self.embedded += len(texts)
        rows = [self._directions[[ord(letter) % 256 for letter in text or " "]].sum(axis=0) for text in texts]
        vectors: FloatArray = np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def test_the_cache_embeds_only_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vectors.npz"
    first = KeptVectors(CountingEmbedder(), path).embed(["een", "twee", "een", "\ud800"])
    inner = CountingEmbedder()
    cached = KeptVectors(inner, path)
    inner.embedded = 0
    again = cached.embed(["een", "twee", "een", "\ud800", "drie"])
    assert inner.embedded == 1
    assert np.array_equal(again[:4], first)
    assert np.allclose(again, CountingEmbedder().embed(["een", "twee", "een", "\ud800", "drie"]), atol=2e-3)
    assert cached.embed([]).shape == (0, 8)


def test_the_cache_does_not_serve_another_embedders_vectors(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    KeptVectors(CountingEmbedder(seed=0), path).embed(["een"])
    vector = KeptVectors(CountingEmbedder(seed=1), path).embed(["een"])
    assert np.allclose(vector, CountingEmbedder(seed=1).embed(["een"]), atol=2e-3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"none of it"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vectors.npz"
    path.write_bytes(content)
    KeptVectors(CountingEmbedder(), path).embed(["een"])
    inner = CountingEmbedder()
    cached = KeptVectors(inner, path)
    inner.embedded = 0
    cached.embed(["een"])
    assert inner.embedded == 0


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Vectors of two texts, as they come with the product."""
    kept, shipped = tmp_path / "kept.npz", tmp_path / "shipped.npz"
    KeptVectors(CountingEmbedder(), kept).embed(["een", "twee"])
    assert ship(kept, shipped) == 2
    return shipped


def test_what_came_with_the_product_is_not_embedded_and_what_is_new_is_kept_apart(
    tmp_path: Path, shipped: Path
) -> None:
    inner, own = CountingEmbedder(), tmp_path / "own.npz"
    cached = KeptVectors(inner, own, shipped)
    inner.embedded = 0
    vectors = cached.embed(["twee", "een"])
    assert inner.embedded == 0
    assert not own.exists()
    assert np.allclose(vectors, CountingEmbedder().embed(["twee", "een"]), atol=0.01)
    cached.embed(["een", "drie"])
    assert inner.embedded == 1
    inner.embedded = -1  # the probe
    KeptVectors(inner, own, shipped).embed(["een", "twee", "drie"])
    assert inner.embedded == 0


def test_what_came_with_the_product_is_of_no_use_to_another_embedder(tmp_path: Path, shipped: Path) -> None:
    other = CountingEmbedder(seed=1)
    vector = KeptVectors(other, tmp_path / "own.npz", shipped).embed(["een"])
    assert np.allclose(vector, other.embed(["een"]), atol=2e-3)


def test_the_same_vectors_make_the_same_file(tmp_path: Path) -> None:
    for name, order in (("a", ["een", "twee"]), ("b", ["twee", "een"])):
        KeptVectors(CountingEmbedder(), tmp_path / name).embed(order)
        ship(tmp_path / name, tmp_path / f"{name}.npz")
    with np.load(tmp_path / "a.npz") as one, np.load(tmp_path / "b.npz") as two:
        assert all(np.array_equal(one[each], two[each]) for each in one)
