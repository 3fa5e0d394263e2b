"""What a run found, counted at both ends: what Telegram got, and what the store says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery, Message
from bot.storage.engine import make_engine
from bot.storage.tables import outgoing, telegram_updates
from bot.telegram.splitting import split_message
from bot.telegram.texts import DELAYED
from tests.bench.figures import percentile
from tests.bench.processes import processor_seconds_of, resident, session
from tests.bot_api import Sent
from tests.load.residents import twice

MEGABYTE = 1024 * 1024
ON_THE_WAY = (Delivery.PENDING.value, Delivery.SENDING.value)


@dataclass(frozen=True)
class Report:
    """What a run found.

    reply_seconds: from a message to the first message of its reply. waiting: not answered yet when the run was ended;
    lost: neither answered nor waiting. memory: at the end, with all workers.
    processor: what each part used for one message, the desk's work included; it says most on a machine that is shared.
    """

    stack: str
    messages: int
    rate: float
    reply_seconds_p50: float
    reply_seconds_p95: float
    reply_seconds_max: float
    waiting: int
    lost: int
    duplicated: int
    uncertain: int
    failed: int
    told_to_wait: int
    sent_in_all: int
    notices: int
    busiest_second: int
    drained_after_seconds: float
    desk_pages: int
    desk_seconds_p95: float
    desk_published: int
    desk_errors: list[str]
    memory_megabytes: dict[str, int]
    processor_milliseconds: dict[str, float]
    load_average: str

    def lines(self) -> str:
        """For the terminal."""
        return "\n".join(f"{name.replace('_', ' '):<24} {_shown(value)}" for name, value in asdict(self).items())


def _shown(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Rows:
    """The outbox: replies by update id with the moment they were sent, and what each chat was to get.

    waiting: updates that were taken in and have no reply yet, or one that is still to be sent.
    """

    replied: Mapping[int, datetime]
    waiting: Set[int]
    expected: Counter[tuple[int, str]]
    states: Counter[str]
    notices: int


def read_outbox(url: str) -> Rows:
    """Everything in the outbox, and what waits in the inbox."""
    engine = make_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(outgoing)).mappings().all()
        new = telegram_updates.c.state == UpdateState.NEW.value
        waiting = set(connection.execute(select(telegram_updates.c.update_id).where(new)).scalars())
    engine.dispose()
    replied: dict[int, datetime] = {}
    expected: Counter[tuple[int, str]] = Counter()
    for row in rows:
        expected.update((row["chat_id"], part.text) for part in split_message(Message(row["body"]["text"])))
        found = re.fullmatch(r"reply:(\d+):1", row["dedupe_key"])
        if found and row["sent_at"] is not None:
            replied[int(found[1])] = row["sent_at"]
        elif found and row["state"] in ON_THE_WAY:
            waiting.add(int(found[1]))
    states = Counter(row["state"] for row in rows)
    return Rows(replied, waiting, expected, states, sum(row["kind"] == "notice" for row in rows))


def report(
    stack: str,
    rate: float,
    got: Sequence[Sent],
    unconfirmed: Set[int],
    asked: Mapping[int, datetime],
    rows: Rows,
    drained: float,
    desk: tuple[Sequence[float], int, list[str]],
    memory: dict[str, int],
    processor: dict[str, float],
) -> Report:
    """Put it together.

    got: what Telegram had got before `rows` was read, so that all of it can be in there. unconfirmed: updates that
    Telegram still kept.
    """
    waiting = (unconfirmed | rows.waiting) - set(rows.replied)
    took = [(rows.replied[each] - at).total_seconds() for each, at in asked.items() if each in rows.replied] or [0.0]
    texts = [sent.text for sent in got]
    pages, published, errors = desk
    return Report(
        stack=stack,
        messages=len(asked),
        rate=rate,
        reply_seconds_p50=percentile(took, 0.5),
        reply_seconds_p95=percentile(took, 0.95),
        reply_seconds_max=max(took),
        waiting=sum(each in waiting for each in asked),
        lost=sum(each not in rows.replied and each not in waiting for each in asked),
        duplicated=twice(got, rows.expected),
        uncertain=rows.states["uncertain"],
        failed=rows.states["failed"],
        told_to_wait=texts.count(DELAYED),
        sent_in_all=len(texts),
        notices=rows.notices,
        busiest_second=busiest_second([sent.at for sent in got]),
        drained_after_seconds=drained,
        desk_pages=len(pages),
        desk_seconds_p95=percentile(list(pages) or [0.0], 0.95),
        desk_published=published,
        desk_errors=errors[:10],
        memory_megabytes=memory,
        processor_milliseconds={name: round(spent / max(1, len(asked)) * 1000, 1) for name, spent in processor.items()},
        load_average=Path("/proc/loadavg").read_text().split()[0],
    )


def busiest_second(times: Sequence[float]) -> int:
    """The most messages within any second; Telegram takes 30."""
    ordered, first, most = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def processor_of(processes: Mapping[str, int]) -> dict[str, float]:
    """Processor seconds of each part so far, with the workers it started."""
    return {name: sum(map(processor_seconds_of, session(leader))) for name, leader in sorted(processes.items())}


def memory_of(processes: Mapping[str, int]) -> dict[str, int]:
    """Megabytes of each part, with the workers it started; shared pages count for each."""
    return {name: sum(map(resident, session(leader))) // MEGABYTE for name, leader in sorted(processes.items())}
