"""Looks the answers over; see `bot.domain.faq_check`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.faq import FaqEntry
from bot.domain.faq_check import Pointer, check_entries, texts_to_embed
from bot.domain.matching.model import MatchModel
from bot.domain.municipality import Municipality
from bot.services.ports import Store
from bot.services.vectors import Embed, vectors_of

LookOver = Callable[[Sequence[FaqEntry], date], tuple[Pointer, ...]]
"""What wants looking at in these answers on this day."""


def look_over(
    store: Store,
    entries: Sequence[FaqEntry],
    *,
    embed: Embed,
    embedder: str,
    model: MatchModel,
    municipality: Municipality,
    today: date,
) -> tuple[Pointer, ...]:
    """All that wants looking at, most urgent kind first.

    embedder: its name. Vectors are kept in the store, where a running assistant finds them too.
    """
    texts = texts_to_embed(entries)
    vectors = vectors_of(store, texts, model=embedder, embed=embed)
    return check_entries(entries, dict(zip(texts, vectors, strict=True)), model, municipality, today)
