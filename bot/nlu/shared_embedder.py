"""One embedder per process: the model is the dearest thing a process holds."""

from __future__ import annotations

from functools import lru_cache

from bot.language.embedder import CachedEmbedder, Embedder, open_embedder
from bot.settings import read_settings


@lru_cache(maxsize=1)
def shared_embedder() -> Embedder:
    """The embedder that the settings name, opened on first use."""
    settings = read_settings()
    return open_embedder(settings.embedder, settings.var_dir / "cache")


@lru_cache(maxsize=1)
def training_embedder() -> Embedder:
    """The same, with vectors kept by content in VAR_DIR: a second training embeds only new phrasings."""
    settings = read_settings()
    name = settings.embedder.replace("/", "_").replace(":", "_")
    return CachedEmbedder(shared_embedder(), settings.var_dir / "cache" / f"phrasings-{name}.npz")
