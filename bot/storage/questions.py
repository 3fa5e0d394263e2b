"""Residents' questions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.questions import Question, QuestionKind, QuestionState, same_words
from bot.domain.understanding import Vector
from bot.services.ports import NewQuestion
from bot.storage.tables import questions
from bot.storage.types import packed
from bot.storage.writing import digest

FIELDS = (
    "number", "text", "kind", "topic", "owner", "due_on", "state", "conversation", "asked_at", "cluster_id", "emotion",
    "wants_notice", "answered_by", "answered_at",
)  # fmt: skip
FORGOTTEN = "forgotten:"
"""How the conversation of an asker who was forgotten begins; the rest is random."""

COLUMNS = [questions.c[name] for name in FIELDS]


def as_question(row: Any) -> Question:
    """A row with `COLUMNS` as the domain knows it."""
    values = {name: row[name] for name in FIELDS}
    return Question(**{**values, "kind": QuestionKind(row["kind"]), "state": QuestionState(row["state"])})


class SqlQuestions:
    """See `bot.services.ports.QuestionRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewQuestion, cluster_id: int) -> Question:
        """See the port."""
        values = {
            "kind": new.kind.value, "topic": new.topic, "owner": new.owner, "due_on": new.due_on,
            "state": QuestionState.OPEN.value, "conversation": new.conversation, "message_id": new.message_id,
            "asked_at": new.asked_at, "cluster_id": cluster_id, "emotion": new.emotion,
        }  # fmt: skip
        result = self._connection.execute(questions.insert().values(**values, **_words(new.text, new.embedding)))
        added = self.get(result.inserted_primary_key[0])
        assert added is not None
        return added

    def get(self, number: int) -> Question | None:
        """See the port."""
        found = self._find(questions.c.number == number)
        return found[0] if found else None

    def of_conversation(self, conversation: str) -> tuple[Question, ...]:
        """See the port."""
        return self._find(questions.c.conversation == conversation)

    def of_message(self, conversation: str, message_id: str) -> tuple[Question, ...]:
        """See the port."""
        return self._find(questions.c.conversation == conversation, questions.c.message_id == message_id)

    def without_vector(self, limit: int) -> tuple[Question, ...]:
        """See the port."""
        still_open = questions.c.state == QuestionState.OPEN.value
        return self._find(still_open, questions.c.embedding.is_(None))[:limit]

    def counts(self) -> Mapping[tuple[QuestionKind, QuestionState], int]:
        """See the port."""
        query = select(questions.c.kind, questions.c.state, func.count()).group_by(questions.c.kind, questions.c.state)
        rows = self._connection.execute(query)
        return {(QuestionKind(kind), QuestionState(state)): count for kind, state, count in rows}

    def late(self, today: date) -> int:
        """See the port."""
        late = questions.c.state == QuestionState.OPEN.value, questions.c.due_on < today
        return int(self._connection.execute(select(func.count()).where(*late)).scalar())

    def since(self, moment: datetime) -> tuple[Question, ...]:
        """See the port."""
        still_open = questions.c.state == QuestionState.OPEN.value
        return self._find(or_(questions.c.asked_at >= moment, questions.c.answered_at >= moment, still_open))

    def answered_with(self, entry_id: str) -> tuple[Question, ...]:
        """See the port."""
        return self._find(questions.c.answered_by == entry_id)

    def save(self, question: Question) -> None:
        """Everything but the text, which goes with its vector: `save_text`."""
        values = {name: getattr(question, name) for name in FIELDS if name not in ("number", "text")}
        values |= {"kind": question.kind.value, "state": question.state.value}
        self._connection.execute(update(questions).where(questions.c.number == question.number).values(**values))

    def save_text(self, number: int, text: str, embedding: Vector | None) -> None:
        """See the port."""
        self._connection.execute(
            update(questions).where(questions.c.number == number).values(**_words(text, embedding))
        )

    def forget_asker(self, conversation: str) -> tuple[Question, ...]:
        """See the port."""
        placeholder = f"{FORGOTTEN}{secrets.token_hex(8)}"
        cut = {"conversation": placeholder, "message_id": None, "wants_notice": False}
        self._connection.execute(update(questions).where(questions.c.conversation == conversation).values(**cut))
        return self.of_conversation(placeholder)

    def _find(self, *conditions: Any) -> tuple[Question, ...]:
        rows = self._connection.execute(select(*COLUMNS).where(*conditions).order_by(questions.c.number))
        return tuple(as_question(row) for row in rows.mappings())


def _words(text: str, embedding: Vector | None) -> dict[str, Any]:
    words = same_words(text)
    return {"text": text, "words": words, "words_digest": digest(words), "embedding": packed(embedding)}
