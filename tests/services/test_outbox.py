"""The outbox: never twice by itself, never silently lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outgoing import Delivery, Message, NewOutgoing, Outgoing, OutgoingKind
from bot.domain.replies import Button
from bot.services.errors import NotFound, NotPossible
from bot.services.notices import (
    enqueue,
    expire_leases,
    lease_next,
    mark_blocked,
    mark_failed,
    mark_sent,
    mark_uncertain,
    outbox_counts,
    resolve_uncertain,
    retry_later,
    uncertain_messages,
)
from bot.services.ports import Store
from tests.services.residents import LATER, NOW, colleague, keys, letter

pytestmark = pytest.mark.both_databases

SECOND = timedelta(seconds=1)


def lease(store: Store, limit: int = 10, now: object = NOW, skip_chats: tuple[int, ...] = ()) -> tuple[Outgoing, ...]:
    """Take what may be sent."""
    return lease_next(store, now=now, lease_seconds=60, limit=limit, skip_chats=skip_chats)  # type: ignore[arg-type]


def test_a_message_comes_out_as_it_went_in(store: Store) -> None:
    words = Message("Dag 👋\nTwee regels", (Button("Ja", '/wish{"q":1}'),))
    enqueue(store, letter("a"), now=NOW)
    enqueue(store, NewOutgoing(OutgoingKind.NOTICE, "c", 2**40, words, "b"), now=NOW)
    _, second = lease(store)
    assert (second.message, second.chat_id, second.state, second.attempts) == (words, 2**40, Delivery.SENDING, 1)
    assert (second.leased_until, second.created_at) == (NOW + timedelta(seconds=60), NOW)


def test_the_same_key_is_queued_once(store: Store) -> None:
    assert [enqueue(store, letter("a"), now=NOW), enqueue(store, letter("a"), now=NOW)] == [True, False]
    assert len(lease(store)) == 1


def test_a_leased_message_is_not_leased_again(store: Store) -> None:
    enqueue(store, letter("a"), now=NOW)
    assert keys(lease(store)) == ["a"]
    assert lease(store) == ()


def test_a_chat_gets_its_messages_one_by_one_and_in_order(store: Store) -> None:
    for key in ("a", "b"):
        enqueue(store, letter(key), now=NOW)
    (first,) = lease(store)
    assert (first.dedupe_key, lease(store)) == ("a", ())
    mark_sent(store, first.id, now=NOW)
    assert keys(lease(store)) == ["b"]


def test_replies_go_before_notices(store: Store) -> None:
    enqueue(store, letter("n1", 1, OutgoingKind.NOTICE), now=NOW)
    enqueue(store, letter("n2", 2, OutgoingKind.NOTICE), now=NOW)
    enqueue(store, letter("r1", 1), now=NOW)
    assert keys(lease(store)) == ["r1", "n2"]


def test_a_notice_that_has_to_wait_does_not_hold_up_replies(store: Store) -> None:
    enqueue(store, letter("n1", 1, OutgoingKind.NOTICE), now=NOW)
    (notice,) = lease(store)
    retry_later(store, notice.id, not_before=LATER, error="429")
    enqueue(store, letter("r1", 1), now=NOW)
    assert keys(lease(store)) == ["r1"]


def test_a_reply_that_has_to_wait_is_not_overtaken(store: Store) -> None:
    for key in ("a", "b"):
        enqueue(store, letter(key), now=NOW)
    (first,) = lease(store)
    retry_later(store, first.id, not_before=LATER, error="429")
    assert lease(store) == ()
    (again,) = lease(store, now=LATER)
    assert (again.dedupe_key, again.attempts, again.last_error) == ("a", 2, "429")


def test_chats_over_their_rate_are_passed_over(store: Store) -> None:
    enqueue(store, letter("a", 1), now=NOW)
    enqueue(store, letter("b", 2), now=NOW)
    assert keys(lease(store, skip_chats=(1,))) == ["b"]


def test_no_more_are_leased_than_asked_for(store: Store) -> None:
    for chat in range(5):
        enqueue(store, letter(f"k{chat}", chat), now=NOW)
    assert keys(lease(store, limit=2)) == ["k0", "k1"]


def test_a_sender_that_stopped_makes_its_message_uncertain_and_nothing_resends_it(store: Store) -> None:
    enqueue(store, letter("a"), now=NOW)
    lease(store)
    assert expire_leases(store, now=NOW + 59 * SECOND) == 0
    assert expire_leases(store, now=NOW + 61 * SECOND) == 1
    assert expire_leases(store, now=NOW + 61 * SECOND) == 0
    assert lease(store, now=LATER) == ()
    (waiting,) = uncertain_messages(store)
    assert (waiting.state, waiting.leased_until) == (Delivery.UNCERTAIN, None)


def test_a_late_report_of_the_sender_is_believed(store: Store) -> None:
    enqueue(store, letter("a"), now=NOW)
    (taken,) = lease(store)
    expire_leases(store, now=LATER)
    assert mark_sent(store, taken.id, now=LATER)
    assert not mark_sent(store, taken.id, now=LATER)
    assert uncertain_messages(store) == ()


def test_a_late_wish_to_retry_is_not_granted(store: Store) -> None:
    enqueue(store, letter("a"), now=NOW)
    (taken,) = lease(store)
    expire_leases(store, now=LATER)
    assert not retry_later(store, taken.id, not_before=LATER, error="x")


@pytest.mark.parametrize(("resend", "state"), [(True, Delivery.PENDING), (False, Delivery.FAILED)])
def test_a_person_decides_about_what_is_uncertain(store: Store, resend: bool, state: Delivery) -> None:
    account = colleague(store)
    enqueue(store, letter("a"), now=NOW)
    (taken,) = lease(store)
    mark_uncertain(store, taken.id, error="time-out")
    decided = resolve_uncertain(store, taken.id, account_id=account.id, resend=resend, now=LATER)
    assert decided.state is state
    assert len(lease(store)) == int(resend)


def test_nobody_decides_about_what_was_sent(store: Store) -> None:
    enqueue(store, letter("a"), now=NOW)
    (taken,) = lease(store)
    mark_sent(store, taken.id, now=NOW)
    with pytest.raises(NotPossible, match="al besloten"):
        resolve_uncertain(store, taken.id, account_id=1, resend=True, now=NOW)
    with pytest.raises(NotFound, match="bestaat niet meer"):
        resolve_uncertain(store, 999, account_id=1, resend=True, now=NOW)


def test_who_blocked_the_bot_gets_nothing_more_of_what_waits(store: Store) -> None:
    for key in ("a", "b"):
        enqueue(store, letter(key, 1), now=NOW)
    enqueue(store, letter("c", 2), now=NOW)
    first, _ = lease(store)
    mark_blocked(store, first.id)
    assert outbox_counts(store) == {
        (OutgoingKind.REPLY, Delivery.BLOCKED): 2,
        (OutgoingKind.REPLY, Delivery.SENDING): 1,
    }


def test_a_refused_text_fails_and_lets_the_next_one_through(store: Store) -> None:
    for key in ("a", "b"):
        enqueue(store, letter(key), now=NOW)
    (first,) = lease(store)
    assert mark_failed(store, first.id, error="Bad Request")
    assert keys(lease(store)) == ["b"]


def test_a_message_to_nobody_is_kept_and_never_leased(store: Store) -> None:
    enqueue(store, letter("a", None), now=NOW)
    assert lease(store) == ()
    assert outbox_counts(store) == {(OutgoingKind.REPLY, Delivery.KEPT): 1}
