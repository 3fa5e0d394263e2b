"""Gaps in the guides, and vectors that are computed once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.domain.gaps import GapReason
from bot.domain.understanding import Vector
from bot.services.guide_gaps import close_gap, list_gaps, record_gap
from bot.services.ports import Store
from bot.services.vectors import vectors_of
from tests.services.residents import LATER, NOW, vector

pytestmark = pytest.mark.both_databases


def test_the_same_question_is_one_gap_that_counts(store: Store) -> None:
    record_gap(store, text="Wat kost een azc?", reason=GapReason.NONE, entry_id=None, now=NOW)
    record_gap(store, text="Wie zit voor?", reason=GapReason.NOT_HELPFUL, entry_id="dialoog-12", now=NOW)
    record_gap(store, text="wat kost een AZC", reason=GapReason.NONE, entry_id=None, now=LATER)
    first, second = list_gaps(store)
    assert (first.text, first.times, first.first_at, first.last_at) == ("Wat kost een azc?", 2, NOW, LATER)
    assert (second.reason, second.entry_id, second.times) == (GapReason.NOT_HELPFUL, "dialoog-12", 1)


def test_a_closed_gap_is_gone_until_it_is_asked_again(store: Store) -> None:
    for reason in GapReason:
        record_gap(store, text="Wat kost een azc?", reason=reason, entry_id=None, now=NOW)
    (gap,) = list_gaps(store, reason=GapReason.NONE)
    close_gap(store, gap.id, account_id=None, now=NOW)
    close_gap(store, gap.id, account_id=None, now=NOW)
    assert [each.reason for each in list_gaps(store)] == [GapReason.NOT_HELPFUL]
    record_gap(store, text="wat kost een azc", reason=GapReason.NONE, entry_id=None, now=LATER)
    assert [each.times for each in list_gaps(store, reason=GapReason.NONE)] == [1]


def test_only_new_texts_are_embedded(store: Store) -> None:
    seen: list[str] = []

    def embed(texts: Sequence[str]) -> list[Vector]:
        seen.extend(texts)
        return [vector(len(text), 1) for text in texts]

    vectors_of(store, ["een", "twee"], model="e5", embed=embed)
    again = vectors_of(store, ["twee", "drie", "twee", "een"], model="e5", embed=embed)
    assert seen == ["een", "twee", "drie"]
    expected = [vector(4, 1), vector(4, 1), vector(4, 1), vector(3, 1)]
    assert np.allclose(np.stack(again), np.stack(expected), atol=1e-3)
    vectors_of(store, ["een"], model="another", embed=embed)
    assert seen[-1] == "een"
