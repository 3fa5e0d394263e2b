"""Who wants to be called or mailed back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.engine import Connection

from bot.domain.questions import QuestionState
from bot.domain.reply_wishes import ReplyMeans, ReplyWish
from bot.storage.questions import COLUMNS, as_question
from bot.storage.tables import questions, reply_wishes
from bot.storage.writing import insert_new


class SqlReplyWishes:
    """See `bot.services.ports.ReplyWishRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, question_number: int, means: ReplyMeans, address: str, name: str, now: datetime) -> None:
        """See the port."""
        key = {"question_number": question_number, "means": means.value}
        values = {"address": address, "name": name, "created_at": now, "done_at": None, "done_by": None}
        if not insert_new(self._connection, reply_wishes, {**key, **values}):
            same = reply_wishes.c.question_number == question_number, reply_wishes.c.means == means.value
            self._connection.execute(update(reply_wishes).where(*same).values(**values))

    def get(self, wish_id: int) -> ReplyWish | None:
        """See the port."""
        found = self._find(reply_wishes.c.id == wish_id)
        return found[0] if found else None

    def to_do(self) -> tuple[ReplyWish, ...]:
        """See the port."""
        return self._find(reply_wishes.c.done_at.is_(None))

    def of_questions(self, numbers: Collection[int]) -> tuple[ReplyWish, ...]:
        """See the port."""
        return self._find(reply_wishes.c.question_number.in_(list(numbers)))

    def done(self, wish_id: int, account_id: int, now: datetime) -> bool:
        """See the port."""
        not_yet = reply_wishes.c.id == wish_id, reply_wishes.c.done_at.is_(None)
        erased = update(reply_wishes).where(*not_yet).values(done_at=now, done_by=account_id, address="", name="")
        return bool(self._connection.execute(erased).rowcount)

    def forget(self, conversation: str) -> int:
        """See the port."""
        theirs = select(questions.c.number).where(questions.c.conversation == conversation)
        gone = delete(reply_wishes).where(reply_wishes.c.question_number.in_(theirs))
        return int(self._connection.execute(gone).rowcount)

    def _find(self, *conditions: Any) -> tuple[ReplyWish, ...]:
        waits = case((questions.c.state == QuestionState.OPEN.value, 1), else_=0)
        query = (
            select(reply_wishes, *COLUMNS)
            .join(questions, questions.c.number == reply_wishes.c.question_number)
            .where(*conditions)
            .order_by(waits, reply_wishes.c.id)
        )
        return tuple(_as_wish(row) for row in self._connection.execute(query).mappings())


def _as_wish(row: Any) -> ReplyWish:
    plain = {name: row[name] for name in ("id", "address", "name", "created_at", "done_at", "done_by")}
    return ReplyWish(**plain, question=as_question(row), means=ReplyMeans(row["means"]))
