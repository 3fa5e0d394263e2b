"""Sentences as vectors, each computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.understanding import Vector
from bot.services.ports import Store

Embed = Callable[[Sequence[str]], Sequence[Vector] | NDArray[np.float32]]
"""Texts in, as many vectors out, L2-normalised."""


def vectors_of(store: Store, texts: Sequence[str], *, model: str, embed: Embed) -> tuple[Vector, ...]:
    """One vector for each text, in order; only what the cache lacks is computed.

    model: name of the embedder, so that vectors of another one are never mixed in. The cosine of a cached vector with
    itself as computed is above 0.999: the cache keeps half precision, and what comes back always went through it.
    """
    keys = [vector_key(model, text) for text in texts]
    with store.view() as work:
        known = dict(work.vectors.get(set(keys)))
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        # Outside any unit: embedding takes tens of milliseconds a text and must not hold a transaction open.
        made = dict(zip(missing, embed(list(missing.values())), strict=True))
        with store.unit() as work:
            work.vectors.put(made)
            known.update(work.vectors.get(set(made)))
            work.commit()
    return tuple(known[key] for key in keys)


def vector_key(model: str, text: str) -> str:
    """SHA-256 of model and text, in hexadecimal."""
    return hashlib.sha256(f"{model}\n{text}".encode()).hexdigest()
