"""Simulated users over the channel, in short rounds that alternate between the sides: noise hits both alike."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Final

from bot.channels.client import ConversationUnavailable, RasaClient
from bot.domain.people import Role, Speaker
from bot.domain.replies import payload
from tests.bench.figures import percentile
from tests.bench.messages import PRACTICE, Kind, lines
from tests.bench.servers import Servers

TURNS: Final = 5
"""Messages of one user in one round; a new conversation each round, since conversations slow down as they grow."""
WARM_UP_ROUNDS: Final = 2
PRACTICE_EVERY: Final = 5
"""After so many rounds of one user comes a talk with the practice resident."""
QUESTIONS: Final = (Kind.GUIDE, Kind.RESIDENT)
PATIENCE_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Round:
    """users: how many at once. kinds: what each of them talks about. number: from 0, for the choice of lines."""

    number: int
    kinds: tuple[Kind, ...]

    @property
    def users(self) -> int:
        """How many talk at once."""
        return len(self.kinds)


@dataclass(frozen=True)
class Reply:
    """One message and how long its reply took. failed: no reply, or one that says the assistant could not."""

    side: str
    round: int
    users: int
    kind: Kind
    seconds: float
    failed: bool


@dataclass
class Loaded:
    """What the load found. processor: by side, seconds of Rasa and its action server for one user's questions."""

    replies: list[Reply]
    processor: dict[str, float]

    def per_reply(self, side: str) -> float | None:
        """Processor milliseconds for a reply to a question of one user; None when there was none."""
        count = sum(each.side == side and each.users == 1 and each.kind in QUESTIONS for each in self.replies)
        return 1000 * self.processor[side] / count if count else None


def plan(messages: int, users: int) -> list[Round]:
    """Rounds of one user and of `users` at once, spread evenly; about `messages` a side for each of the two.

    One user is an official and a resident by turns; of many, half are. Now and then an official practises instead.
    """
    rounds: list[Round] = []
    both = QUESTIONS
    for place in range(max(2, -(-messages // TURNS))):
        rounds.append(Round(len(rounds), (both[place % 2],)))
        if place % PRACTICE_EVERY == PRACTICE_EVERY - 1 or place == 1:
            rounds.append(Round(len(rounds), (Kind.PRACTICE,)))
        if users > 1 and place % users == 1:
            rounds.append(Round(len(rounds), tuple(both[user % 2] for user in range(users))))
    return rounds


@asynccontextmanager
async def connected(servers: Sequence[Servers]) -> AsyncIterator[dict[str, RasaClient]]:
    """A client for each side, as our own processes use it."""
    clients = {
        each.side.name: RasaClient(each.rasa_url, each.side.settings.secret("channel"), PATIENCE_SECONDS)
        for each in servers
    }
    try:
        yield clients
    finally:
        for client in clients.values():
            await client.close()


async def _say(client: RasaClient, speaker: Speaker, text: str | None, button: str | None = None) -> tuple[float, bool]:
    """Seconds until the reply, and whether there was none."""
    started = time.perf_counter()
    try:
        await client.send(speaker, text=text, payload=button)
    except ConversationUnavailable:
        return time.perf_counter() - started, True
    return time.perf_counter() - started, False


_conversations: Iterator[int] = count(1)


async def converse(client: RasaClient, side: str, number: int, users: int, kind: Kind, start: int) -> list[Reply]:
    """One user's conversation, message by message, each sent when the last was answered."""
    role = Role.RESIDENT if kind is Kind.RESIDENT else Role.OFFICIAL
    speaker = Speaker(role, "web", f"bench{next(_conversations)}")
    said = PRACTICE if kind is Kind.PRACTICE else lines(kind, start, TURNS)
    if kind is Kind.PRACTICE:
        await _say(client, speaker, None, payload("start_practice"))
    replies = []
    for text in said:
        seconds, failed = await _say(client, speaker, text)
        replies.append(Reply(side, number, users, kind, seconds, failed))
    return replies


async def play(client: RasaClient, side: str, round_: Round) -> list[Reply]:
    """One round on one side, all its users at once. Both sides hear the same lines."""
    conversations = [
        converse(client, side, round_.number, round_.users, kind, TURNS * (round_.number + user))
        for user, kind in enumerate(round_.kinds)
    ]
    return [reply for replies in await asyncio.gather(*conversations) for reply in replies]


def _processor_seconds(servers: Servers) -> float:
    return servers.rasa.processor_seconds() + servers.actions.processor_seconds()


async def measure(servers: Sequence[Servers], messages: int, users: int, progress: Callable[[str], None]) -> Loaded:
    """All rounds on all sides; who goes first changes from round to round."""
    found = Loaded([], {each.side.name: 0.0 for each in servers})
    rounds = plan(messages, users)
    async with connected(servers) as clients:
        for side, client in clients.items():
            for number in range(WARM_UP_ROUNDS):
                await play(client, side, Round(number, QUESTIONS))
            await play(client, side, Round(0, (Kind.PRACTICE,)))
        for round_ in rounds:
            for each in reversed(servers) if round_.number % 2 else servers:
                side, before = each.side.name, _processor_seconds(each)
                found.replies += await play(clients[side], side, round_)
                if round_.users == 1 and round_.kinds[0] in QUESTIONS:
                    found.processor[side] += _processor_seconds(each) - before
            progress(f"round {round_.number + 1} of {len(rounds)}")
    return found


def times(replies: Sequence[Reply], side: str, users: int, kinds: Sequence[Kind]) -> list[float]:
    """Milliseconds of the replies that came."""
    return [
        1000 * each.seconds
        for each in replies
        if each.side == side and each.users == users and each.kind in kinds and not each.failed
    ]


def spread(
    replies: Sequence[Reply], sides: tuple[str, str], users: int, kinds: Sequence[Kind]
) -> tuple[float, float] | None:
    """The lowest and the highest ratio of medians (first side to second) among the rounds; None for a single round."""
    ratios = []
    for number in sorted({each.round for each in replies if each.users == users and each.kind in kinds}):
        of_round = [each for each in replies if each.round == number]
        first, second = (times(of_round, side, users, kinds) for side in sides)
        if first and second:
            ratios.append(percentile(first, 0.5) / percentile(second, 0.5))
    return (min(ratios), max(ratios)) if len(ratios) > 1 else None


def failures(replies: Sequence[Reply], side: str) -> dict[Kind, tuple[int, int]]:
    """For each kind that had any: how many messages got no reply, of how many."""
    found = {}
    for kind in Kind:
        of_kind = [each.failed for each in replies if each.side == side and each.kind is kind]
        if any(of_kind):
            found[kind] = (sum(of_kind), len(of_kind))
    return found
