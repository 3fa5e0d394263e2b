"""The published entries as they are now: a published answer works at once, without training."""

from __future__ import annotations

from threading import Lock

from bot.domain.faq import EntryState
from bot.domain.matching.index import FaqIndex, texts_of
from bot.domain.matching.model import MatchModel
from bot.services.ports import Store
from bot.services.vectors import Embed, vectors_of


class EntryIndex:
    """Rebuilt when the FAQ's revision changed; only new texts are embedded. Thread-safe."""

    def __init__(self, store: Store, model: MatchModel, embed: Embed, embedder: str) -> None:
        """embedder: its name, which keeps vectors of different embedders apart."""
        self._store = store
        self._model = model
        self._embed = embed
        self._embedder = embedder
        self._lock = Lock()
        self._built: tuple[int, FaqIndex] | None = None

    def current(self) -> FaqIndex:
        """The index of what is published now. Raises StoreUnavailable."""
        with self._lock:
            with self._store.view() as work:
                revision = work.faq.revision()
                if self._built is not None and self._built[0] == revision:
                    return self._built[1]
                entries = work.faq.all(EntryState.PUBLISHED)
            texts = list(dict.fromkeys(text for entry in entries for text in texts_of(entry)))
            vectors = vectors_of(self._store, texts, model=self._embedder, embed=self._embed)
            index = FaqIndex.build(entries, dict(zip(texts, vectors)), self._model)
            self._built = (revision, index)
            return index
