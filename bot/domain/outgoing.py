"""What the bot sends by itself or in reply, and how far the sending is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.domain.replies import Button


class OutgoingKind(str, Enum):
    """A reply answers what somebody just said, a notice what they asked earlier; news is for who wants to follow it.

    The outbox sends them in this order: news to hundreds of people holds up nobody's answer. It sorts by these words,
    the last in the alphabet first.
    """

    REPLY = "reply"
    NOTICE = "notice"
    NEWS = "news"


class Delivery(str, Enum):
    """How far a message is. The promise: never twice by itself, never silently lost."""

    PENDING = "pending"  # may be sent from `not_before` on
    SENDING = "sending"  # handed to a sender until `leased_until`
    SENT = "sent"
    KEPT = "kept"  # nobody to send it to (the web page): shown at the next visit
    BLOCKED = "blocked"  # the receiver blocked the bot
    FAILED = "failed"  # the text was refused, or a person decided not to send it again
    UNCERTAIN = "uncertain"  # the sender stopped half-way: it may have arrived; a person decides


@dataclass(frozen=True)
class Message:
    """The words and the buttons under them, as the receiver gets them."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """A message on its way.

    conversation: the receiver's Rasa conversation id.
    chat_id: where Telegram delivers it; None for somebody without Telegram.
    dedupe_key: what makes it unique, so that the same event never queues it twice.
    attempts: how often a sender took it.
    leased_until, not_before, created_at, sent_at: aware datetimes, UTC.
    last_error: for the operator and the desk; never holds the text.
    cluster_id, question_number: for a notice, what it answers.
    """

    id: int
    kind: OutgoingKind
    conversation: str
    chat_id: int | None
    message: Message
    dedupe_key: str
    state: Delivery
    created_at: datetime
    attempts: int = 0
    not_before: datetime | None = None
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    last_error: str = ""
    cluster_id: int | None = None
    question_number: int | None = None


@dataclass(frozen=True)
class NewOutgoing:
    """A message to queue; see `Outgoing` for the fields."""

    kind: OutgoingKind
    conversation: str
    chat_id: int | None
    message: Message
    dedupe_key: str
    cluster_id: int | None = None
    question_number: int | None = None
    not_before: datetime | None = None
