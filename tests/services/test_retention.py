"""Nothing is kept longer than it serves."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from bot.domain.accounts import AccountRole
from bot.domain.gaps import GapReason
from bot.domain.outgoing import Message
from bot.domain.reply_wishes import ReplyMeans
from bot.domain.retention import Removed
from bot.services.accounts import change_account, issue_login_link, list_accounts, redeem_login_link
from bot.services.answers import entry
from bot.services.clusters import cluster
from bot.services.errors import SignInRefused
from bot.services.guide_gaps import record_gap
from bot.services.inbox import finish_update, receive_update
from bot.services.notices import lease_next, mark_sent
from bot.services.ports import Store
from bot.services.questions import my_questions
from bot.services.reply_wishes import ask_reply, reply_tasks
from bot.services.retention import clean_up
from bot.services.sign_in import counted_attempt
from tests.services.residents import ANNA, BRAM, CARLA, NOW, ask, ask_and_wish, colleague, publish

pytestmark = pytest.mark.both_databases

NOTHING = Removed(**dict.fromkeys((field.name for field in fields(Removed)), 0))
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


def test_what_somebody_said_of_themselves_goes_with_their_name(store: Store) -> None:
    text = "Komt er een hek? Bel mij op 06-12345678."
    row = ask_and_wish(store, text, ANNA, None).cluster_id
    publish(store, row, colleague(store))
    assert clean_up(store, now=YEARS_LATER).askers == 1
    found = cluster(store, row)
    assert {found.title, found.questions[0].text} == {"Komt er een hek? Bel mij op [telefoonnummer]."}
    assert entry(store, "v1").phrasings == ("Komt er een hek? Bel mij op [telefoonnummer].",)
    assert clean_up(store, now=YEARS_LATER) == NOTHING


def test_a_colleague_who_left_is_forgotten_after_the_term_and_the_log_still_reads(store: Store) -> None:
    colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    gone = colleague(store)
    change_account(store, account_id=gone.id, role=gone.role, active=False, now=NOW, by=None)
    assert clean_up(store, now=NOW + timedelta(days=700)).closed_accounts == 0
    assert clean_up(store, now=NOW + timedelta(days=731)).closed_accounts == 1
    assert clean_up(store, now=NOW + timedelta(days=732)).closed_accounts == 0
    assert {account.name for account in list_accounts(store)} == {"Bea", "Oud-collega"}


def test_an_address_goes_once_the_question_was_settled_long_enough(store: Store) -> None:
    account = colleague(store)
    done, waiting = ask(store, conversation=ANNA), ask(store, "Komt er een hek?", BRAM)
    for question in (done, waiting):
        ask_reply(
            store, number=question.number, conversation=question.conversation, means=ReplyMeans.EMAIL,
            address="anna@voorbeeld.nl", now=NOW,
        )  # fmt: skip
    publish(store, done.cluster_id, account)
    assert clean_up(store, now=NOW + timedelta(days=80)).reply_wishes == 0
    assert clean_up(store, now=NOW + timedelta(days=91)).reply_wishes == 1
    assert [wish.question.number for wish in reply_tasks(store)] == [waiting.number]


def test_refused_sign_ins_and_gaps_in_the_guides_go_too(store: Store) -> None:
    with pytest.raises(SignInRefused), counted_attempt(store, "198.51.100.7", now=NOW):
        raise SignInRefused("nee")
    record_gap(store, text="Hoe lang duurt een procedure?", reason=GapReason.NONE, entry_id=None, now=NOW)
    assert clean_up(store, now=NOW + timedelta(hours=23)) == NOTHING
    removed = clean_up(store, now=YEARS_LATER)
    assert (removed.attempts, removed.gaps) == (1, 1)


def test_what_a_visitor_of_the_page_never_fetched_goes_after_the_term(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", CARLA, None).cluster_id
    publish(store, row, colleague(store))
    assert clean_up(store, now=NOW + timedelta(days=60)).messages == 0
    assert clean_up(store, now=NOW + timedelta(days=91)).messages == 1
