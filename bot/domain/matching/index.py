"""A municipality's published entries, ready to be matched. Rebuilt whole when one changes: it takes milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.domain.faq import FaqEntry
from bot.domain.matching.asked import Asked, Request, offers_of, request_of
from bot.domain.matching.coverage import Text
from bot.domain.matching.lexical import LetterIndex, TermIndex
from bot.domain.matching.model import MatchModel
from bot.domain.matching.sentences import sentences
from bot.domain.matching.space import Matrix, Space, stacked
from bot.domain.matching.words import terms
from bot.domain.questions import QuestionKind, same_words
from bot.domain.understanding import Vector

ANSWER_TYPE_SHARE = 1 / 3
"""How much of an entry's type is read off question and answer in one; the rest is what its question looks like."""
LINKED_TYPE_SHARE = 0.7
"""How much of an entry's type follows what the team linked; the rest is what its question looks like."""


def whole_text(entry: FaqEntry) -> str:
    """Question and answer in one, which meets a resident's words better than either alone."""
    return f"{entry.question} {entry.answer}"


def statements(entry: FaqEntry) -> tuple[str, ...]:
    """Each sentence of the answer, behind its question: what somebody asks is often said in just one of them."""
    return tuple(f"{entry.question} {sentence}" for sentence in sentences(entry.answer))


def texts_of(entry: FaqEntry) -> tuple[str, ...]:
    """The texts whose vectors `FaqIndex.build` needs."""
    return (entry.question, whole_text(entry), *statements(entry), *entry.phrasings)


@dataclass(frozen=True)
class FaqIndex:
    """What the entries say, in every form that matching compares. All lists follow the order of `entries`.

    questions, wholes: shape (n, 384), centred. phrasings, statements: shape (m, 384), with the entry of each in
    `phrasing_of` and `statement_of`.
    types: shape (n, types), rows sum to 1.
    """

    entries: tuple[FaqEntry, ...]
    model: MatchModel
    questions: Matrix
    wholes: Matrix
    phrasings: Matrix
    phrasing_of: tuple[int, ...]
    statements: Matrix
    statement_of: tuple[int, ...]
    types: Matrix
    requests: tuple[Request, ...]
    offers: tuple[frozenset[Asked], ...]
    texts: tuple[Text, ...]
    question_texts: tuple[Text, ...]
    everything: Text
    terms: TermIndex
    letters: LetterIndex

    @classmethod
    def build(cls, entries: Iterable[FaqEntry], vectors: Mapping[str, Vector], model: MatchModel) -> FaqIndex:
        """vectors: one for each text that `texts_of` names. Raises KeyError for a text without a vector."""
        entries = tuple(entries)
        space, read = model.space, model.vocabulary.read
        asked = stacked([vectors[entry.question] for entry in entries])
        whole = stacked([vectors[whole_text(entry)] for entry in entries])
        pairs = [(at, vectors[text]) for at, entry in enumerate(entries) for text in entry.phrasings]
        stated = [(at, vectors[text]) for at, entry in enumerate(entries) for text in statements(entry)]
        wholes = [f"{whole_text(entry)} {' '.join(entry.phrasings)}" for entry in entries]
        return cls(
            entries=entries,
            model=model,
            questions=space.told(asked),
            wholes=space.told(whole),
            phrasings=space.asked(stacked([vector for _, vector in pairs])),
            phrasing_of=tuple(at for at, _ in pairs),
            statements=space.told(stacked([vector for _, vector in stated])),
            statement_of=tuple(at for at, _ in stated),
            types=_types(entries, asked, whole, model),
            requests=tuple(request_of(entry.question) for entry in entries),
            offers=tuple(offers_of(entry.answer) for entry in entries),
            texts=tuple(read(whole) for whole in wholes),
            question_texts=tuple(read(entry.question) for entry in entries),
            everything=read(" ".join(wholes)),
            terms=TermIndex([terms(whole) for whole in wholes]),
            letters=LetterIndex(wholes),
        )

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def political(self) -> Matrix:
        """1 for each entry that explains a political choice, 0 for the others; shape (n,)."""
        return np.array([entry.kind is QuestionKind.POLITICAL for entry in self.entries], dtype=np.float32)

    @cached_property
    def _by_words(self) -> dict[str, int]:
        """Which entry each question and linked phrasing belongs to, by its words; the first where two share them."""
        found: dict[str, int] = {}
        for at, entry in enumerate(self.entries):
            for text in (entry.question, *entry.phrasings):
                found.setdefault(same_words(text), at)
        return found

    def asked_literally(self, text: str) -> int | None:
        """The place of the entry whose question or linked phrasing this is, but for capitals and punctuation."""
        return self._by_words.get(same_words(text))

    def entry(self, entry_id: str) -> FaqEntry | None:
        """The entry with this id."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


def _types(entries: Sequence[FaqEntry], asked: Matrix, whole: Matrix, model: MatchModel) -> Matrix:
    """What type each entry is of: by its question, by its answer as well, and by what the team linked."""
    if not entries:
        return np.zeros((0, len(model.space.types)), np.float32)
    shares = (1 - ANSWER_TYPE_SHARE) * model.space.type_shares(asked) + ANSWER_TYPE_SHARE * model.space.type_shares(
        whole
    )
    return with_linked_types(entries, shares, model.space)


def with_linked_types(entries: Sequence[FaqEntry], shares: Matrix, space: Space) -> Matrix:
    """What type each entry looks like, shape (n, types), and for most of it the type that the team named, if it did."""
    shares = shares.copy()
    for at, entry in enumerate(entries):
        if entry.type in space.types:
            shares[at] *= 1 - LINKED_TYPE_SHARE
            shares[at, space.types.index(entry.type)] += LINKED_TYPE_SHARE
    return shares
