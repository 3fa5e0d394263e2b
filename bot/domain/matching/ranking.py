"""Puts a municipality's entries in order for a message, by meaning, question type, words and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.domain.matching.asked import OWN_SIGNS, Asked, Request
from bot.domain.matching.coverage import coverage, offered
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Message
from bot.domain.matching.model import Numbers
from bot.domain.matching.space import Matrix
from bot.domain.matching.words import terms, words

COMPARED: Final = (
    "question", "question_part", "whole", "whole_part", "statement", "statement_part", "phrasing",
    "type", "type_part", "type_classifier", "terms", "terms_part", "letters_part",
    "topics_question", "topics", "topics_part", "synonyms_question", "same_request", "same_main_request", "offered",
    "political", "covered", "covered_part", "counted", "other_request",
)  # fmt: skip

RANK_NAMES: Final = (*COMPARED, *(f"ahead_{name}" for name in COMPARED))
SPREAD_FLOOR: Final = 0.05
"""Added to a spread, so that what hardly differs between entries does not count as standing out."""

DEFINITE: Final = frozenset(
    {Asked.PRICE, Asked.COUNT, Asked.SIZE, Asked.DURATION, Asked.UNTIL, Asked.CLOCK, Asked.WHEN, Asked.WHY, Asked.WHO}
)


def rank_features(index: FaqIndex, message: Message) -> Numbers:
    """One row for each entry, one column for each of RANK_NAMES; shape (n, f), n ≥ 1."""
    columns = {**_meaning(index, message), **_types(index, message), **_words(index, message), **_asked(index, message)}
    rows = np.stack([np.asarray(columns[name], dtype=np.float64) for name in COMPARED], axis=1)
    return np.concatenate([rows, standing_out(rows)], axis=1)


def standing_out(rows: Numbers) -> Numbers:
    """By how much each entry stands out for this very message, in standard deviations; shape (n, f).

    One message is nearer to all entries than another, by its length and its tone: only the differences tell.
    """
    result: Numbers = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + SPREAD_FLOOR)
    return result


def _meaning(index: FaqIndex, message: Message) -> dict[str, Numbers]:
    whole = index.model.space.asked(message.vector[None, :])
    parts = index.model.space.asked(message.all_vectors)
    return {
        "question": (index.questions @ whole.T)[:, 0],
        "question_part": (index.questions @ parts.T).max(axis=1),
        "whole": (index.wholes @ whole.T)[:, 0],
        "whole_part": (index.wholes @ parts.T).max(axis=1),
        "statement": _nearest(index.statements, index.statement_of, whole, len(index)),
        "statement_part": _nearest(index.statements, index.statement_of, parts, len(index)),
        "phrasing": _nearest(index.phrasings, index.phrasing_of, np.concatenate([whole, parts]), len(index)),
    }


def _nearest(texts: Matrix, entry_of: Sequence[int], asked: Matrix, entries: int) -> Numbers:
    """The best cosine between anything asked and the texts of each entry, 0 without texts; shape (entries,)."""
    best = np.full(entries, -1.0)
    if entry_of:
        np.maximum.at(best, np.array(entry_of), (texts @ asked.T).max(axis=1))
    result: Numbers = np.where(best > -1.0, best, 0.0)
    return result


def _types(index: FaqIndex, message: Message) -> dict[str, Numbers]:
    """How far the types of entry and message overlap (Bhattacharyya, 0-1)."""
    space, own = index.model.space, np.sqrt(index.types)
    classified = np.array([message.intents.get(f"faq/{name}", 0.0) for name in space.types])
    return {
        "type": own @ np.sqrt(space.type_shares(message.vector[None, :])[0]),
        "type_part": (own @ np.sqrt(space.type_shares(message.all_vectors)).T).max(axis=1),
        "type_classifier": own @ np.sqrt(classified),
    }


def _words(index: FaqIndex, message: Message) -> dict[str, Numbers]:
    vocabulary = index.model.vocabulary
    said, asking = vocabulary.read(message.text), vocabulary.read(message.asking)
    return {
        "terms": index.terms.scores(terms(message.text)),
        "terms_part": index.terms.scores(terms(message.asking)),
        "letters_part": index.letters.scores(message.asking),
        "topics_question": _overlap(said.topics, [text.topics for text in index.question_texts]),
        "topics": _overlap(said.topics, [text.topics for text in index.texts]),
        "topics_part": _overlap(asking.topics, [text.topics for text in index.texts]),
        "synonyms_question": _overlap(asking.synonyms, [text.synonyms for text in index.question_texts]),
    }


def _asked(index: FaqIndex, message: Message) -> dict[str, Numbers]:
    request, vocabulary = message.request, index.model.vocabulary
    kinds = set(request.kinds)
    leaning = message.intents.get("political_question", 0.0) + 0.5 * (Asked.WHY in kinds)
    told = [(set(other.kinds), other.main) for other in index.requests]
    return {
        "same_request": np.array([len(kinds & theirs) / max(1, len(kinds | theirs)) for theirs, _ in told]),
        "same_main_request": np.array([float(main in kinds) for _, main in told]),
        "offered": np.array([offered(request, offers, OWN_SIGNS) for offers in index.offers]),
        "political": index.political * leaning,
        "counted": np.array([counted(message, index, at) for at in range(len(index))]),
        "other_request": np.array([float(_asks_otherwise(request, other)) for other in index.requests]),
        "covered": np.array([coverage(words(message.text), text, vocabulary).share for text in index.texts]),
        "covered_part": np.array([coverage(words(message.asking), text, vocabulary).share for text in index.texts]),
    }


def counted(message: Message, index: FaqIndex, at: int) -> float:
    """1 when an entry counts what is to be counted, -1 when it does not, 0 when nothing is."""
    request = message.request
    if Asked.COUNT not in request.kinds:
        return 0.0
    what = request.head or tuple(words(message.asking)[:4])
    return 1.0 if index.model.vocabulary.counts(what, index.texts[at]) else -1.0


def _asks_otherwise(request: Request, other: Request) -> bool:
    """Whether both ask for something definite, and not for the same: 'hoeveel' beside 'hoe lang'."""
    mine, theirs = set(request.kinds) & DEFINITE, set(other.kinds) & DEFINITE
    return bool(mine and theirs) and not mine & theirs


def _overlap(asked: frozenset[str], told: list[frozenset[str]]) -> Numbers:
    """Share of what is asked that each entry has, what few entries have counting most; 0-1, shape (n,)."""
    total = len(told)
    weight = {name: float(np.log((2 + total) / (1 + sum(name in each for each in told)))) for name in asked}
    whole = sum(weight.values())
    if not whole:
        return np.zeros(total)
    return np.array([sum(weight[name] for name in asked & each) / whole for each in told])
