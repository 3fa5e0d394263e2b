"""One embedder per process: the model is the dearest thing a process holds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.language.embedder import Embedder, open_embedder
from bot.language.kept_vectors import KeptVectors
from bot.settings import Settings, read_settings

SHIPPED: Final = Path(__file__).resolve().parents[1] / "content" / "models" / "phrasings.npz"
"""Vectors of the phrasings that come with the product; `python -m bot.nlu.ship_vectors` makes them anew."""


@lru_cache(maxsize=1)
def shared_embedder() -> Embedder:
    """The embedder that the settings name, opened on first use."""
    settings = read_settings()
    return open_embedder(settings.embedder, settings.var_dir / "cache")


@lru_cache(maxsize=1)
def training_embedder() -> Embedder:
    """The same, with vectors kept by content: training embeds only phrasings that it has never seen."""
    return KeptVectors(shared_embedder(), own_vectors(read_settings()), SHIPPED)


def own_vectors(settings: Settings) -> Path:
    """The file in VAR_DIR that holds what was embedded on this machine."""
    name = settings.embedder.replace("/", "_").replace(":", "_")
    return settings.var_dir / "cache" / f"phrasings-{name}.npz"
