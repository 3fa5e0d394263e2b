"""Embeds everything a training needs, and keeps it for everybody: `python -m bot.nlu.ship_vectors`.

Embedding some 20,000 sentences is two thirds of a first training. The vectors follow from the sentences and the
embedder alone, so they come with the product, as the fitted matcher does. Nothing goes wrong when they are behind:
a training embeds what is not among them. Worth doing before a release, or after many new phrasings.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.language.kept_vectors import ship
from bot.nlu.shared_embedder import SHIPPED, own_vectors
from bot.settings import PREFIX, read_settings
from bot.training import train


def main() -> None:
    """Train without any vectors, in a folder of its own, and take those that were made."""
    SHIPPED.unlink(missing_ok=True)
    with TemporaryDirectory() as folder:
        os.environ[PREFIX + "VAR_DIR"] = folder
        os.environ[PREFIX + "MODEL_DIR"] = folder
        settings = read_settings()
        train(settings, Path(folder) / "train.log")
        count = ship(own_vectors(settings), SHIPPED)
    print(f"{SHIPPED.name}: {count} vectors, {SHIPPED.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
