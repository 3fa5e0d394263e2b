"""Nothing is kept longer than it serves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outgoing import Message
from bot.domain.retention import Removed
from bot.services.accounts import issue_login_link, redeem_login_link
from bot.services.clusters import cluster
from bot.services.inbox import finish_update, receive_update
from bot.services.notices import lease_next, mark_sent
from bot.services.ports import Store
from bot.services.questions import my_questions
from bot.services.retention import clean_up
from tests.services.residents import ANNA, BRAM, NOW, ask, ask_and_wish, colleague, publish

pytestmark = pytest.mark.both_databases

NOTHING = Removed(updates=0, messages=0, contacts=0, askers=0, talks=0, audit_rows=0, sign_ins=0, subscriptions=0)
YEARS_LATER = NOW + timedelta(days=1000)


def test_what_served_its_purpose_goes_and_a_second_run_finds_nothing(store: Store) -> None:
    account = colleague(store)
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7).cluster_id
    receive_update(store, 1, {}, chat_id=7, now=NOW)
    finish_update(store, 1, [Message("Dank u")], conversation=ANNA, now=NOW)
    publish(store, row, account)
    for _ in range(2):
        (message,) = lease_next(store, now=NOW, lease_seconds=60, limit=5)
        mark_sent(store, message.id, now=NOW)
    redeem_login_link(store, issue_login_link(store, account_id=account.id, now=NOW), now=NOW)
    removed = clean_up(store, now=YEARS_LATER)
    assert (removed.updates, removed.messages, removed.contacts, removed.askers, removed.sign_ins) == (1, 2, 1, 1, 2)
    assert removed.audit_rows > 0
    assert clean_up(store, now=YEARS_LATER) == NOTHING
    (left,) = cluster(store, row).questions
    assert (left.text, left.answered_by, left.wants_notice) == ("Hoeveel mensen komen er?", "v1", False)
    assert my_questions(store, ANNA) == ()


def test_what_still_has_to_be_done_stays_however_old(store: Store) -> None:
    ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7)
    row = ask_and_wish(store, "Komt er een hek?", BRAM, 8).cluster_id
    publish(store, row, colleague(store))
    receive_update(store, 1, {}, chat_id=7, now=NOW)
    removed = clean_up(store, now=YEARS_LATER)
    assert (removed.updates, removed.messages, removed.contacts) == (0, 0, 0)
    assert my_questions(store, ANNA)[0].wants_notice is True


def test_within_the_term_everything_stays(store: Store) -> None:
    ask(store)
    assert clean_up(store, now=NOW + timedelta(days=6)) == NOTHING
