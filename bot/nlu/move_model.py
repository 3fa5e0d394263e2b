"""Tells which moves a message of an official holds, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bot.domain.clauses import Clause, split_clauses
from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.nlu.features import Matrix, Meaning
from bot.nlu.linear import Linear
from bot.nlu.nearest import NearestPhrasings

Embed = Callable[[Sequence[str]], Matrix]

KEPT_FROM: Final = 0.32
"""A move counts from this score up; found by leaving a fifth of the training messages out in turn."""
SURE_FROM: Final = 0.44
"""Doubt starts where a kept move scores below this, or a rejected one above its complement."""
CLAUSE_MEANING_STRENGTH: Final = 3.0
CLAUSE_LETTERS_STRENGTH: Final = 10.0
MESSAGE_MEANING_STRENGTH: Final = 10.0
MESSAGE_LETTERS_STRENGTH: Final = 30.0


@dataclass(frozen=True)
class LabelledMessage:
    """A training message: its clauses with the moves of each."""

    clauses: tuple[tuple[str, tuple[Move, ...]], ...]

    @property
    def text(self) -> str:
        """The whole message."""
        return " ".join(text for text, _ in self.clauses)


@dataclass
class MoveModel:
    """Clauses say where a move is, the whole message says whether it is one: the mean of both judges best.

    A clause is judged by its nearest phrasings, by its meaning and by its letters; a message by its meaning and its
    letters. One judge alone reached 0.64-0.75 micro-F1 on the development set, together 0.81 (docs/language.md).
    """

    moves: list[Move]
    nearest: NearestPhrasings
    clause_meaning: Linear
    clause_letters: Linear
    message_sense: Meaning
    message_meaning: Linear
    message_letters: Linear

    @classmethod
    def fit(cls, messages: Sequence[LabelledMessage], embed: Embed) -> MoveModel:
        """Learn from labelled messages; `embed` gives vectors of shape (n, d). Every move must occur."""
        pieces = [(text, labels[0]) for message in messages for text, labels in message.clauses]
        texts = [text for text, _ in pieces]
        nearest = NearestPhrasings.fit(texts, [move.value for _, move in pieces], embed(texts))
        moves = [Move(name) for name in nearest.labels]
        clauses = nearest.phrasings
        wholes = [message.text for message in messages]
        holds = np.array(
            [[any(move in labels for _, labels in message.clauses) for move in moves] for message in messages]
        ).astype(np.int64)
        vectors = embed(wholes)
        sense = Meaning.fit(vectors, holds.argmax(axis=1))
        return cls(
            moves,
            nearest,
            Linear.fit_one_of(clauses.by_meaning, clauses.classes, CLAUSE_MEANING_STRENGTH),
            Linear.fit_one_of(clauses.by_letters, clauses.classes, CLAUSE_LETTERS_STRENGTH),
            sense,
            Linear.fit_any_of(sense.of(vectors), holds, MESSAGE_MEANING_STRENGTH),
            Linear.fit_any_of(nearest.letters.of(wholes), holds, MESSAGE_LETTERS_STRENGTH),
        )

    def tag(self, text: str, vector: Matrix, embed: Embed) -> TaggedMessage:
        """The moves in a message. `vector`: its own embedding, shape (1, d), since it is known already."""
        clauses = split_clauses(text)
        if not clauses:
            return TaggedMessage(text, (TaggedMove(Move.OTHER, 0, len(text), 1.0),))
        own = len(clauses) == 1 and clauses[0].text == text
        vectors = vector if own else embed([clause.text for clause in clauses])
        by_clause = self._judge_clauses([clause.text for clause in clauses], vectors)
        scores = (by_clause.max(axis=0) + self._judge_message(text, vector)) / 2
        kept = self._kept(scores)
        found = [tagged for at in kept for tagged in self._places(at, scores[at], clauses, by_clause)]
        return TaggedMessage(text, tuple(sorted(found, key=lambda tagged: tagged.start)), self._unsure(scores, kept))

    def _judge_clauses(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        nearest = self.nearest.probabilities(texts, vectors)
        meaning = self.clause_meaning.one_of(self.nearest.meaning.of(vectors))
        letters = self.clause_letters.one_of(self.nearest.letters.of(texts))
        return (nearest + meaning + letters) / 3

    def _judge_message(self, text: str, vector: Matrix) -> Matrix:
        meaning = self.message_meaning.any_of(self.message_sense.of(vector))[0]
        letters = self.message_letters.any_of(self.nearest.letters.of([text]))[0]
        result: Matrix = (meaning + letters) / 2
        return result

    def _kept(self, scores: Matrix) -> list[int]:
        kept = [at for at in np.argsort(-scores) if scores[at] >= KEPT_FROM] or [int(scores.argmax())]
        other = self.moves.index(Move.OTHER)
        return [at for at in kept if at != other] or [other]

    @staticmethod
    def _unsure(scores: Matrix, kept: list[int]) -> bool:
        rejected = np.delete(scores, kept)
        return bool(scores[kept].min() < SURE_FROM or rejected.max() > 1 - SURE_FROM)

    def _places(self, at: int, score: float, clauses: list[Clause], by_clause: Matrix) -> list[TaggedMove]:
        """Where a move stands: in the clause where it is likeliest, and in each clause where no move is likelier."""
        best = int(by_clause[:, at].argmax())
        places: list[TaggedMove] = []
        for number, clause in enumerate(clauses):
            if number != best and int(by_clause[number].argmax()) != at:
                continue
            start = clause.start
            if places and number and places[-1].end == clauses[number - 1].end:
                start = places.pop().start  # neighbouring clauses with the same move are one quotation
            places.append(TaggedMove(self.moves[at], start, clause.end, round(float(score), 3)))
        return places

    def save(self, path: Path) -> None:
        """Write as npz: nothing in it runs when it is read."""
        np.savez_compressed(
            path,
            **self.nearest.to_store(),
            **self.clause_meaning.to_store("clause_meaning"),
            **self.clause_letters.to_store("clause_letters"),
            **self.message_sense.to_store("message_sense"),
            **self.message_meaning.to_store("message_meaning"),
            **self.message_letters.to_store("message_letters"),
        )

    @classmethod
    def load(cls, path: Path) -> MoveModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            stored = dict(file)
        nearest = NearestPhrasings.from_store(stored)
        return cls(
            [Move(name) for name in nearest.labels],
            nearest,
            Linear.from_store(stored, "clause_meaning"),
            Linear.from_store(stored, "clause_letters"),
            Meaning.from_store(stored, "message_sense"),
            Linear.from_store(stored, "message_meaning"),
            Linear.from_store(stored, "message_letters"),
        )
