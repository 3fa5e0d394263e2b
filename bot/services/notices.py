"""The outbox: everything the bot sends to Telegram goes through here, never twice by itself and never silently lost.

A sender calls `lease_next`, sends each message, and reports with `mark_…` or `retry_later`. When it stops half-way,
`expire_leases` makes the message uncertain, and a person decides with `resolve_uncertain`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.outgoing import Delivery, NewOutgoing, Outgoing, OutgoingKind
from bot.services.audit import note
from bot.services.contacts import stop_chat
from bot.services.errors import NotFound, NotPossible
from bot.services.ports import Store, Subject, Unit

UNDERWAY = (Delivery.SENDING, Delivery.UNCERTAIN)
"""A sender's report counts for these: one that comes after the lease ran out is still the truth."""


def enqueue(store: Store, new: NewOutgoing, *, now: datetime) -> bool:
    """Queue a message; without a chat it is kept for the web page. False when its dedupe key is known."""
    with store.unit() as work:
        added = queue(work, new, now)
        work.commit()
        return added


def queue(work: Unit, new: NewOutgoing, now: datetime) -> bool:
    """`enqueue` as part of a larger unit."""
    return work.outgoing.add(new, Delivery.KEPT if new.chat_id is None else Delivery.PENDING, now)


def lease_next(
    store: Store, *, now: datetime, lease_seconds: float, limit: int, skip_chats: Collection[int] = ()
) -> tuple[Outgoing, ...]:
    """Take up to `limit` messages to send, at most one of each chat; committed before they come back.

    Within a chat the order is kept, replies before notices, and nothing overtakes what is being sent.
    skip_chats: chats that may not get anything now, such as those over Telegram's rate.
    """
    with store.unit() as work:
        work.lock(Subject.OUTGOING)
        due = work.outgoing.due(now, limit, skip_chats)
        if not due:
            return ()
        work.outgoing.lease([each.id for each in due], now + timedelta(seconds=lease_seconds))
        taken = tuple(each for each in map(work.outgoing.get, [each.id for each in due]) if each)
        work.commit()
        return taken


def mark_sent(store: Store, outgoing_id: int, *, now: datetime) -> bool:
    """Telegram took it, or the page showed it. False when that was known already or the message is erased."""
    with store.unit() as work:
        changed = work.outgoing.change(outgoing_id, Delivery.SENT, only_from=(*UNDERWAY, Delivery.KEPT), sent_at=now)
        work.commit()
        return changed


def mark_blocked(store: Store, outgoing_id: int) -> bool:
    """The receiver blocked the bot: this message and what waits for the same chat stop."""
    with store.unit() as work:
        work.lock(Subject.OUTGOING)
        message = work.outgoing.get(outgoing_id)
        changed = work.outgoing.change(outgoing_id, Delivery.BLOCKED, only_from=UNDERWAY)
        if message is not None and message.chat_id is not None:
            stop_chat(work, message.chat_id)
        work.commit()
        return changed


def mark_failed(store: Store, outgoing_id: int, *, error: str) -> bool:
    """Telegram refused it for good, such as a text it cannot read. `error` must not hold the text."""
    return _report(store, outgoing_id, Delivery.FAILED, error)


def mark_uncertain(store: Store, outgoing_id: int, *, error: str) -> bool:
    """It may have arrived, as after a time-out while Telegram was answering."""
    return _report(store, outgoing_id, Delivery.UNCERTAIN, error)


def retry_later(store: Store, outgoing_id: int, *, not_before: datetime, error: str) -> bool:
    """It certainly did not arrive: again from `not_before` on. Only for a message this sender still has leased."""
    with store.unit() as work:
        changed = work.outgoing.change(
            outgoing_id, Delivery.PENDING, only_from=(Delivery.SENDING,), error=error, not_before=not_before
        )
        work.commit()
        return changed


def expire_leases(store: Store, *, now: datetime) -> int:
    """Messages whose sender went silent become uncertain; how many. May run at any time and in several processes."""
    with store.unit() as work:
        work.lock(Subject.OUTGOING)
        expired = work.outgoing.expire(now)
        work.commit()
        return expired


def resolve_uncertain(store: Store, outgoing_id: int, *, account_id: int, resend: bool, now: datetime) -> Outgoing:
    """A person decides about a message that is uncertain, failed or blocked: send it once more, or let it be.

    Raises NotFound, and NotPossible when somebody decided already.
    """
    with store.unit() as work:
        known = work.outgoing.get(outgoing_id)
        if known is None:
            raise NotFound("Dit bericht bestaat niet meer.")
        to = Delivery.PENDING if resend else Delivery.FAILED
        open_to_choice = (Delivery.UNCERTAIN, Delivery.FAILED, Delivery.BLOCKED)
        if not work.outgoing.change(outgoing_id, to, only_from=open_to_choice, error="" if resend else "dropped"):
            raise NotPossible("Over dit bericht is al besloten.")
        note(work, now, account_id, "resent" if resend else "dropped", f"outgoing:{outgoing_id}")
        decided = work.outgoing.get(outgoing_id)
        work.commit()
        return decided or known


def deliveries_of_cluster(store: Store, cluster_id: int) -> tuple[Outgoing, ...]:
    """How far each asker's notice is."""
    with store.view() as work:
        return work.outgoing.of_cluster(cluster_id)


def uncertain_messages(store: Store) -> tuple[Outgoing, ...]:
    """What waits for a person's decision, oldest first."""
    with store.view() as work:
        return work.outgoing.in_state(Delivery.UNCERTAIN)


def kept_notices(store: Store, conversation: str) -> tuple[Outgoing, ...]:
    """What the web page has to show this conversation; call `mark_sent` for each once it is shown."""
    with store.view() as work:
        return work.outgoing.in_state(Delivery.KEPT, conversation)


def outbox_counts(store: Store) -> Mapping[tuple[OutgoingKind, Delivery], int]:
    """How many messages are in which state, for /metrics."""
    with store.view() as work:
        return work.outgoing.counts()


def _report(store: Store, outgoing_id: int, to: Delivery, error: str) -> bool:
    with store.unit() as work:
        changed = work.outgoing.change(outgoing_id, to, only_from=UNDERWAY, error=error)
        work.commit()
        return changed
