"""Practice talks are kept as they were held, and only for who held them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.moves import Move, TaggedMove
from bot.domain.practice.records import TalkRecord, TalkState, TurnRecord
from bot.services.own_talks import forget_talks
from bot.services.retention import clean_up
from bot.services.talk_ports import TalkStore
from bot.storage.store import SqlStore
from tests.databases import in_processes
from tests.services.residents import NOW

pytestmark = pytest.mark.both_databases

FATIMA, WILLEM = "official:web:1", "official:web:2"


def turn(number: int, text: str = "Ik hoor dat u boos bent.") -> TurnRecord:
    """A turn."""
    return TurnRecord(number, text, (TaggedMove(Move.ACKNOWLEDGE_EMOTION, 0, 24, 0.9),), False, "Ja, dat ben ik 😡")


def talk(id: str = "a", conversation: str = FATIMA, turns: int = 0) -> TalkRecord:
    """A talk."""
    made = tuple(turn(number + 1) for number in range(turns))
    return TalkRecord(id, conversation, "buurt", 2**31 - 1, "Wat is dit?!", cues=True, turns=made, retry_of="b")


def add(store: TalkStore, *records: TalkRecord) -> None:
    """Keep talks."""
    with store.unit() as work:
        for record in records:
            work.talks.add(record, NOW)
        work.commit()


def save(store: TalkStore, record: TalkRecord) -> None:
    """Keep a changed talk."""
    with store.unit() as work:
        work.talks.save(record, NOW)
        work.commit()


def current(store: TalkStore, conversation: str = FATIMA) -> TalkRecord | None:
    """The talk that is going on."""
    with store.view() as work:
        return work.talks.current(conversation)


def test_a_talk_reads_back_as_it_was_held(store: SqlStore) -> None:
    add(store, talk(turns=2))
    assert current(store) == talk(turns=2)


def test_a_turn_is_added_and_a_disagreement_marked(store: SqlStore) -> None:
    add(store, talk(turns=1))
    more = replace(talk(turns=12), state=TalkState.PAUSED, cues=False)
    more = replace(more, turns=(replace(more.turns[0], disagreed=True), *more.turns[1:]))
    save(store, more)
    assert current(store) == more


def test_a_finished_talk_is_the_latest_but_not_current(store: SqlStore) -> None:
    add(store, talk("z"), talk("a"))
    for name in ("z", "a"):
        save(store, replace(talk(name), state=TalkState.FINISHED))
    assert current(store) is None
    with store.view() as work:
        latest = work.talks.latest(FATIMA)
        assert latest is not None
        assert latest.id == "a"
        assert [record.id for record in work.talks.of_conversation(FATIMA)] == ["z", "a"]


def test_a_talk_is_seen_and_erased_by_nobody_else(store: SqlStore) -> None:
    add(store, talk(turns=3), talk("w", WILLEM, turns=3))
    (said,) = forget_talks(store, FATIMA)
    assert said.text.startswith("Gewist: 1 gesprek.")
    assert current(store) is None
    assert current(store, WILLEM) == talk("w", WILLEM, turns=3)


def test_an_old_talk_is_erased(store: SqlStore) -> None:
    add(store, talk(turns=3))
    assert clean_up(store, now=NOW + timedelta(days=364)).talks == 0
    assert clean_up(store, now=NOW + timedelta(days=366)).talks == 1


def take_turns(url: str, _: int) -> None:
    """What one process does."""
    store = SqlStore(url)
    for _round in range(10):
        with store.unit() as work:
            record = work.talks.current(FATIMA)
            assert record is not None
            work.talks.save(replace(record, turns=(*record.turns, turn(len(record.turns) + 1))), NOW)
            work.commit()


def test_messages_that_come_at_once_each_get_a_turn(store: SqlStore, database_url: str) -> None:
    add(store, talk())
    assert in_processes(2, take_turns, database_url) == [0, 0]
    record = current(store)
    assert record is not None
    assert [each.number for each in record.turns] == list(range(1, 21))
