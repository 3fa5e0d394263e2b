"""Practice talks, each turn a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.domain.moves import Move, TaggedMove
from bot.domain.practice.goals import Goal
from bot.domain.practice.records import TalkRecord, TalkState, TurnRecord
from bot.storage.tables import talk_turns, talks

PLAIN = ("id", "conversation", "scenario", "seed", "opening", "retry_of")
"""What stays as it was when the talk began."""


class SqlTalks:
    """See `bot.services.talk_ports.TalkRepository`."""

    def __init__(self, connection: Connection, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    def add(self, talk: TalkRecord, now: datetime) -> None:
        """See the port."""
        values = {name: getattr(talk, name) for name in PLAIN}
        self._connection.execute(talks.insert().values(**values, **_changing(talk, now)))
        self._save_turns(talk)

    def save(self, talk: TalkRecord, now: datetime) -> None:
        """See the port. A turn number that another process wrote meanwhile is an IntegrityError, never overwritten."""
        self._connection.execute(update(talks).where(talks.c.id == talk.id).values(**_changing(talk, now)))
        self._save_turns(talk)

    def current(self, conversation: str) -> TalkRecord | None:
        """See the port."""
        return self._last(talks.c.conversation == conversation, talks.c.state != TalkState.FINISHED.value)

    def latest(self, conversation: str) -> TalkRecord | None:
        """See the port."""
        return self._last(talks.c.conversation == conversation)

    def of_conversation(self, conversation: str) -> tuple[TalkRecord, ...]:
        """See the port."""
        rows = select(talks).where(talks.c.conversation == conversation).order_by(talks.c.place)
        found = self._connection.execute(rows).mappings().all()
        return tuple(_as_talk(row, self._turns(row["id"])) for row in found)

    def erase(self, conversation: str, talk_id: str) -> bool:
        """See the port."""
        return erase_talks(self._connection, talks.c.conversation == conversation, talks.c.id == talk_id) > 0

    def forget(self, conversation: str) -> int:
        """See the port."""
        return erase_talks(self._connection, talks.c.conversation == conversation)

    def _last(self, *conditions: Any) -> TalkRecord | None:
        query = select(talks).where(*conditions).order_by(talks.c.place.desc()).limit(1)
        if self._writing:
            # PostgreSQL: a second message of the same official waits until the first one's turn is kept.
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _as_talk(row, self._turns(row["id"]))

    def _turns(self, talk_id: str) -> dict[int, TurnRecord]:
        query = select(talk_turns.c.turn).where(talk_turns.c.talk_id == talk_id).order_by(talk_turns.c.number)
        turns = [_as_turn(values) for values in self._connection.execute(query).scalars()]
        return {turn.number: turn for turn in turns}

    def _save_turns(self, talk: TalkRecord) -> None:
        known = self._turns(talk.id)
        for turn in talk.turns:
            row = {"talk_id": talk.id, "number": turn.number, "turn": _as_json(turn)}
            if turn.number not in known:
                self._connection.execute(talk_turns.insert().values(**row))
            elif known[turn.number] != turn:
                here = talk_turns.c.talk_id == talk.id, talk_turns.c.number == turn.number
                self._connection.execute(update(talk_turns).where(*here).values(turn=row["turn"]))


def erase_talks(connection: Connection, *conditions: Any) -> int:
    """Erase talks with their turns; how many."""
    ids = connection.execute(select(talks.c.id).where(*conditions)).scalars().all()
    for table, column in ((talk_turns, talk_turns.c.talk_id), (talks, talks.c.id)):
        connection.execute(delete(table).where(column.in_(ids)))
    return len(ids)


def _changing(talk: TalkRecord, now: datetime) -> dict[str, Any]:
    return {"state": talk.state.value, "cues": talk.cues, "goal": talk.goal.value, "saved_at": now}


def _as_talk(row: Any, turns: Mapping[int, TurnRecord]) -> TalkRecord:
    return TalkRecord(
        **{name: row[name] for name in PLAIN},
        state=TalkState(row["state"]),
        cues=row["cues"],
        goal=Goal(row["goal"]),
        turns=tuple(turns.values()),
        saved_at=row["saved_at"],
    )


PLAIN_OF_TURN = ("number", "text", "unsure", "reply", "disagreed", "shared", "message_id")


def _as_json(turn: TurnRecord) -> dict[str, Any]:
    moves = [[each.move.value, each.start, each.end, each.confidence] for each in turn.moves]
    return {**{name: getattr(turn, name) for name in PLAIN_OF_TURN}, "moves": moves}


def _as_turn(values: Mapping[str, Any]) -> TurnRecord:
    moves = tuple(TaggedMove(Move(move), *place) for move, *place in values["moves"])
    return TurnRecord(**{**values, "moves": moves})
