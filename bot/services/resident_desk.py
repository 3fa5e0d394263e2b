"""What every use case for residents starts from and ends in: the desk, the reply under way, the turn."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed
from bot.domain.municipality import Municipality
from bot.domain.replies import Say
from bot.domain.resident.saying import Reply
from bot.domain.resident.talk import Talk
from bot.domain.resident.topics import TopicGuide
from bot.domain.resident.wording import Wording
from bot.services.entry_index import EntryIndex
from bot.services.ports import Store

CONSENT: Final = "consent"
HELPED: Final = "helped"


@dataclass(frozen=True)
class ResidentDesk:
    """All that the use cases need. holidays: days that are no working days; see `bot.domain.questions.due_date`."""

    store: Store
    entries: EntryIndex
    embed: Embed
    municipality: Municipality
    wording: Wording
    topics: TopicGuide
    holidays: Container[date]


@dataclass(frozen=True)
class ResidentTurn:
    """What is said, the talk after it, and what a bare 'ja' or 'nee' would answer: CONSENT, HELPED or nothing."""

    says: tuple[Say, ...]
    talk: Talk
    awaiting: str | None = None


def start_reply(desk: ResidentDesk, index: FaqIndex, talk: Talk, conversation: str) -> Reply:
    """An empty reply. talk: this turn, so `next_turn()` of the talk before. index: the one that is answered from."""
    return Reply(desk.wording, talk, conversation, index.model.space.types)


def turn_of(reply: Reply, awaiting: str | None = None) -> ResidentTurn:
    """The reply as it stands. awaiting: what a bare 'ja' or 'nee' answers, if not what the reply itself offers."""
    return ResidentTurn(tuple(reply.says), replace(reply.talk, awaiting=awaiting or reply.offering), awaiting)
