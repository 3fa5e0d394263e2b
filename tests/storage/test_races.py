"""Several at once: threads of one process, each with its own connection, as web, Telegram and action server have."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from bot.domain.accounts import AccountRole, Session
from bot.services.accounts import ensure_first_administrator, issue_login_link, list_accounts, redeem_login_link
from bot.services.answers import faq_revision, save_entry
from bot.services.clusters import claim, cluster, open_clusters
from bot.services.errors import UseCaseError
from bot.services.inbox import receive_update
from bot.services.notices import deliveries_of_cluster, enqueue, lease_next, mark_sent
from bot.services.ports import Store
from bot.storage.store import SqlStore
from tests.databases import in_processes
from tests.services.residents import ANNA, NOW, ask, ask_and_wish, colleague, faq_entry, keys, letter, publish

pytestmark = pytest.mark.both_databases

T = TypeVar("T")


def at_once(count: int, task: Callable[[int], T]) -> list[T | UseCaseError]:
    """Run `task(0)` to `task(count - 1)` from one starting shot; a refusal counts as an outcome."""
    start = threading.Barrier(count)

    def run(n: int) -> T | UseCaseError:
        start.wait(10)
        try:
            return task(n)
        except UseCaseError as refusal:
            return refusal

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_askers_of_the_same_question_share_one_row_and_no_number(store: Store) -> None:
    at_once(8, lambda n: ask(store, conversation=f"resident:telegram:{n}"))
    (row,) = open_clusters(store)
    assert sorted(question.number for question in row.questions) == list(range(1, 9))


def test_an_impatient_asker_is_registered_once(store: Store) -> None:
    asked = at_once(6, lambda n: ask(store, conversation=ANNA))
    assert asked == [asked[0]] * 6


def test_one_of_two_colleagues_gets_the_row_and_the_other_hears_who(store: Store) -> None:
    accounts = [colleague(store, name) for name in ("Fatima", "Willem")]
    row = ask(store).cluster_id
    outcome = at_once(2, lambda n: claim(store, cluster_id=row, expected_version=1, account_id=accounts[n].id, now=NOW))
    refused = [each for each in outcome if isinstance(each, UseCaseError)]
    winner = cluster(store, row).claimed_by
    assert len(refused) == 1
    assert next(account.name for account in accounts if account.id == winner) in str(refused[0])


def test_one_of_two_who_publish_wins_and_askers_are_told_once(store: Store) -> None:
    account = colleague(store)
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7).cluster_id
    outcome = at_once(3, lambda n: publish(store, row, account, expected_version=1))
    assert sum(isinstance(each, UseCaseError) for each in outcome) == 2
    assert len(deliveries_of_cluster(store, row)) == 1


def test_a_question_is_never_left_open_in_a_row_that_is_answered(store: Store) -> None:
    account = colleague(store)
    for round_ in range(5):
        text = f"Vraag {round_}?"
        row = ask(store, text).cluster_id

        def race(n: int, row: int = row, text: str = text) -> object:
            if n == 0:
                return publish(store, row, account, expected_version=1)
            return ask(store, text, f"resident:telegram:{n}")

        at_once(4, race)
        states = {(row.state, question.state) for row in open_clusters(store, state=None) for question in row.questions}
        assert all(of_row is of_question for of_row, of_question in states)


def test_a_login_link_works_for_one_of_many(store: Store) -> None:
    token = issue_login_link(store, account_id=colleague(store).id, now=NOW)
    outcome = at_once(6, lambda n: redeem_login_link(store, token, now=NOW))
    assert sum(isinstance(each, Session) for each in outcome) == 1


def test_processes_that_start_at_once_make_one_administrator(store: Store) -> None:
    at_once(4, lambda n: ensure_first_administrator(store, now=NOW))
    assert [account.role for account in list_accounts(store)] == [AccountRole.ADMINISTRATOR]


def test_no_message_is_leased_twice(store: Store) -> None:
    for n in range(30):
        enqueue(store, letter(f"k{n}", chat_id=n % 10), now=NOW)
    taken: Counter[str] = Counter()
    overtaken: list[str] = []

    def send(_: int) -> None:
        last_of_chat: dict[int | None, int] = {}
        for _round in range(40):
            for message in lease_next(store, now=NOW, lease_seconds=60, limit=3):
                taken.update(keys([message]))
                if last_of_chat.get(message.chat_id, 0) > message.id:
                    overtaken.append(message.dedupe_key)
                last_of_chat[message.chat_id] = message.id
                mark_sent(store, message.id, now=NOW)

    at_once(3, send)
    assert (len(taken), set(taken.values()), overtaken) == (30, {1}, [])


def test_an_update_that_comes_twice_at_once_is_kept_once(store: Store) -> None:
    outcome = at_once(6, lambda n: receive_update(store, 5, {}, chat_id=7, now=NOW))
    assert sorted(outcome, key=bool) == [False] * 5 + [True]


def test_every_publication_is_counted(store: Store) -> None:
    before = faq_revision(store)
    at_once(6, lambda n: save_entry(store, faq_entry(f"e{n}"), expected_version=0, account_id=None, now=NOW))
    assert faq_revision(store) == before + 6


def ask_much(url: str, n: int) -> None:
    """What one process does."""
    own = SqlStore(url)
    for question in range(25):
        ask(own, f"Vraag {question}?", f"resident:telegram:{n}")


def test_processes_that_write_at_once_wait_for_each_other(store: Store, database_url: str) -> None:
    assert in_processes(3, ask_much, database_url) == [0, 0, 0]
    rows = open_clusters(store)
    assert [len(row.questions) for row in rows] == [3] * 25
    assert sorted(question.number for row in rows for question in row.questions) == list(range(1, 76))
