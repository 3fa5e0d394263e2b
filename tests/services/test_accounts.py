"""Signing in by one-time links."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.accounts import AccountRole
from bot.services.accounts import (
    change_account,
    create_account,
    end_session,
    ensure_first_administrator,
    issue_login_link,
    list_accounts,
    redeem_login_link,
    session_of,
)
from bot.services.errors import LinkRefused, NotFound, NotPossible
from bot.services.ports import Store
from tests.services.residents import NOW, colleague

pytestmark = pytest.mark.both_databases


def test_a_link_signs_in_once(store: Store) -> None:
    account = colleague(store)
    token = issue_login_link(store, account_id=account.id, now=NOW, minutes=10)
    session = redeem_login_link(store, token, now=NOW, hours=2)
    assert (session.account, session.expires_at) == (account, NOW + timedelta(hours=2))
    assert session_of(store, session.token, now=NOW) == session
    with pytest.raises(LinkRefused, match="al gebruikt of niet meer geldig"):
        redeem_login_link(store, token, now=NOW)


@pytest.mark.parametrize("minutes", [10, 11])
def test_a_link_that_is_too_old_is_refused(store: Store, minutes: int) -> None:
    token = issue_login_link(store, account_id=colleague(store).id, now=NOW, minutes=10)
    with pytest.raises(LinkRefused):
        redeem_login_link(store, token, now=NOW + timedelta(minutes=minutes))


def test_a_made_up_token_opens_nothing(store: Store) -> None:
    with pytest.raises(LinkRefused):
        redeem_login_link(store, "verzonnen", now=NOW)
    assert session_of(store, "verzonnen", now=NOW) is None


def test_a_session_ends_by_signing_out_or_by_time(store: Store) -> None:
    account = colleague(store)
    first, second = (
        redeem_login_link(store, issue_login_link(store, account_id=account.id, now=NOW), now=NOW, hours=1)
        for _ in range(2)
    )
    end_session(store, first.token)
    assert session_of(store, first.token, now=NOW) is None
    assert session_of(store, second.token, now=NOW + timedelta(minutes=59)) is not None
    assert session_of(store, second.token, now=NOW + timedelta(minutes=60)) is None


def test_the_database_holds_no_token(store: Store, database_url: str) -> None:
    token = issue_login_link(store, account_id=colleague(store).id, now=NOW)
    session = redeem_login_link(store, token, now=NOW)
    with store.view() as work:
        assert work.accounts.session(session.token, session.token, NOW) is None


def test_the_first_administrator_gets_a_link_until_somebody_used_one(store: Store) -> None:
    unused = ensure_first_administrator(store, now=NOW)
    token = ensure_first_administrator(store, now=NOW)
    assert unused and token and unused != token
    assert [account.role for account in list_accounts(store)] == [AccountRole.ADMINISTRATOR]
    redeem_login_link(store, token, now=NOW)
    assert ensure_first_administrator(store, now=NOW) is None


def test_an_email_address_belongs_to_one_account(store: Store) -> None:
    create_account(store, name="Eva", email="Eva@Gemeente.example ", role=AccountRole.OFFICIAL, now=NOW)
    with pytest.raises(NotPossible, match=r"eva@gemeente\.example"):
        create_account(store, name="Eva 2", email="eva@gemeente.example", role=AccountRole.OFFICIAL, now=NOW)
    with pytest.raises(NotPossible, match="Vul een naam"):
        create_account(store, name=" ", email="x@y", role=AccountRole.OFFICIAL, now=NOW)


def test_closing_an_account_ends_its_sessions_and_links(store: Store) -> None:
    boss, account = colleague(store, "Bea", AccountRole.ADMINISTRATOR), colleague(store)
    session = redeem_login_link(store, issue_login_link(store, account_id=account.id, now=NOW), now=NOW)
    link = issue_login_link(store, account_id=account.id, now=NOW)
    change_account(store, account_id=account.id, role=account.role, active=False, now=NOW, by=boss.id)
    assert session_of(store, session.token, now=NOW) is None
    with pytest.raises(LinkRefused):
        redeem_login_link(store, link, now=NOW)
    with pytest.raises(NotFound, match="gesloten"):
        issue_login_link(store, account_id=account.id, now=NOW)


def test_the_last_administrator_stays(store: Store) -> None:
    boss = colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    with pytest.raises(NotPossible, match="ten minste één beheerder"):
        change_account(store, account_id=boss.id, role=AccountRole.OFFICIAL, active=True, now=NOW, by=boss.id)
    assert list_accounts(store) == (boss,)


def test_another_role_counts_at_once(store: Store) -> None:
    colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    account = colleague(store)
    session = redeem_login_link(store, issue_login_link(store, account_id=account.id, now=NOW), now=NOW)
    change_account(store, account_id=account.id, role=AccountRole.OFFICIAL, active=True, now=NOW, by=None)
    found = session_of(store, session.token, now=NOW)
    assert found is not None
    assert found.account.role is AccountRole.OFFICIAL


@pytest.mark.parametrize(
    ("role", "needed", "expected"),
    [
        (AccountRole.ADMINISTRATOR, AccountRole.COMMUNICATIONS, True),
        (AccountRole.COMMUNICATIONS, AccountRole.COMMUNICATIONS, True),
        (AccountRole.OFFICIAL, AccountRole.COMMUNICATIONS, False),
    ],
)
def test_a_higher_role_covers_a_lower_one(role: AccountRole, needed: AccountRole, expected: bool) -> None:
    assert role.covers(needed) is expected
