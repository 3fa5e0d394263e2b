"""The outbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.outgoing import Delivery, Message, NewOutgoing, Outgoing, OutgoingKind
from bot.domain.replies import Button
from bot.storage.tables import outgoing
from bot.storage.writing import insert_new

PLAIN = (
    "id", "conversation", "chat_id", "dedupe_key", "created_at", "attempts", "not_before", "leased_until", "sent_at",
    "last_error", "cluster_id", "question_number",
)  # fmt: skip


class SqlOutgoing:
    """See `bot.services.ports.OutgoingRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewOutgoing, state: Delivery, now: datetime) -> bool:
        """See the port."""
        buttons = [[button.title, button.payload] for button in new.message.buttons]
        values = {
            "kind": new.kind.value, "conversation": new.conversation, "chat_id": new.chat_id,
            "body": {"text": new.message.text, "buttons": buttons}, "dedupe_key": new.dedupe_key, "state": state.value,
            "attempts": 0, "created_at": now, "not_before": new.not_before, "last_error": "",
            "cluster_id": new.cluster_id, "question_number": new.question_number,
        }  # fmt: skip
        return insert_new(self._connection, outgoing, values)

    def get(self, outgoing_id: int) -> Outgoing | None:
        """See the port."""
        found = self._find(select(outgoing).where(outgoing.c.id == outgoing_id))
        return found[0] if found else None

    def due(self, now: datetime, limit: int, skip_chats: Collection[int]) -> tuple[Outgoing, ...]:
        """See the port."""
        query = (
            select(outgoing)
            .where(
                outgoing.c.state == Delivery.PENDING.value,
                outgoing.c.chat_id.is_not(None),
                or_(outgoing.c.not_before.is_(None), outgoing.c.not_before <= now),
                outgoing.c.chat_id.not_in(list(skip_chats)),
                ~_something_goes_first(),
            )
            .order_by(outgoing.c.kind.desc(), outgoing.c.id)  # see OutgoingKind
            .limit(limit)
        )
        return self._find(query)

    def lease(self, ids: Sequence[int], until: datetime) -> None:
        """See the port."""
        self._connection.execute(
            update(outgoing)
            .where(outgoing.c.id.in_(list(ids)))
            .values(state=Delivery.SENDING.value, leased_until=until, attempts=outgoing.c.attempts + 1)
        )

    def change(
        self,
        outgoing_id: int,
        to: Delivery,
        *,
        only_from: Collection[Delivery],
        error: str = "",
        not_before: datetime | None = None,
        sent_at: datetime | None = None,
    ) -> bool:
        """See the port."""
        result = self._connection.execute(
            update(outgoing)
            .where(outgoing.c.id == outgoing_id, outgoing.c.state.in_([state.value for state in only_from]))
            .values(state=to.value, leased_until=None, last_error=error, not_before=not_before, sent_at=sent_at)
        )
        return bool(result.rowcount)

    def expire(self, now: datetime) -> int:
        """See the port."""
        result = self._connection.execute(
            update(outgoing)
            .where(outgoing.c.state == Delivery.SENDING.value, outgoing.c.leased_until < now)
            .values(state=Delivery.UNCERTAIN.value, leased_until=None, last_error="the sender stopped half-way")
        )
        return int(result.rowcount)

    def block_chat(self, chat_id: int) -> int:
        """See the port."""
        waiting = and_(outgoing.c.chat_id == chat_id, outgoing.c.state == Delivery.PENDING.value)
        blocked = update(outgoing).where(waiting).values(state=Delivery.BLOCKED.value)
        return int(self._connection.execute(blocked).rowcount)

    def drop(self, conversation: str, kinds: Collection[OutgoingKind]) -> int:
        """See the port."""
        waiting = outgoing.c.state.in_([Delivery.PENDING.value, Delivery.KEPT.value])
        of_kind = outgoing.c.kind.in_([kind.value for kind in kinds])
        theirs = and_(outgoing.c.conversation == conversation, of_kind)
        return int(self._connection.execute(delete(outgoing).where(theirs, waiting)).rowcount)

    def of_cluster(self, cluster_id: int) -> tuple[Outgoing, ...]:
        """See the port."""
        return self._find(select(outgoing).where(outgoing.c.cluster_id == cluster_id).order_by(outgoing.c.id))

    def in_state(self, state: Delivery, conversation: str | None = None) -> tuple[Outgoing, ...]:
        """See the port."""
        query = select(outgoing).where(outgoing.c.state == state.value).order_by(outgoing.c.id)
        return self._find(query if conversation is None else query.where(outgoing.c.conversation == conversation))

    def counts(self) -> Mapping[tuple[OutgoingKind, Delivery], int]:
        """See the port."""
        query = select(outgoing.c.kind, outgoing.c.state, func.count()).group_by(outgoing.c.kind, outgoing.c.state)
        return {(OutgoingKind(kind), Delivery(state)): n for kind, state, n in self._connection.execute(query)}

    def forget(self, conversation: str, chat_id: int | None) -> int:
        """See the port."""
        theirs = outgoing.c.conversation == conversation
        if chat_id is not None:
            theirs = or_(theirs, outgoing.c.chat_id == chat_id)
        return int(self._connection.execute(delete(outgoing).where(theirs)).rowcount)

    def _find(self, query: Any) -> tuple[Outgoing, ...]:
        return tuple(_as_outgoing(row) for row in self._connection.execute(query).mappings())


def _something_goes_first() -> Any:
    """Whether the same chat has a message under way, or one waiting that comes before: by kind, then by id."""
    other = outgoing.alias("other")
    earlier = or_(other.c.kind > outgoing.c.kind, and_(other.c.kind == outgoing.c.kind, other.c.id < outgoing.c.id))
    waiting = and_(other.c.state == Delivery.PENDING.value, earlier)
    under_way = other.c.state == Delivery.SENDING.value
    return exists().where(other.c.chat_id == outgoing.c.chat_id, or_(under_way, waiting))


def _as_outgoing(row: Any) -> Outgoing:
    body = row["body"]
    message = Message(body["text"], tuple(Button(title, payload) for title, payload in body["buttons"]))
    values = {name: row[name] for name in PLAIN}
    return Outgoing(**values, kind=OutgoingKind(row["kind"]), state=Delivery(row["state"]), message=message)
