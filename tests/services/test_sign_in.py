"""Signing in by password and through the municipality's own provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from bot.domain.accounts import Account, AccountRole, Identity, Session, SignInMeans
from bot.services.accounts import (
    change_account,
    issue_login_link,
    list_accounts,
    redeem_login_link,
    session_of,
)
from bot.services.audit import audit_page
from bot.services.errors import LinkRefused, NotPossible, SignInRefused, TooManyAttempts
from bot.services.ports import AuditFilter, Store
from bot.services.sign_in import choose_password, counted_attempt, sign_in_with_identity, sign_in_with_password
from bot.storage.passwords import Argon2Passwords
from tests.services.residents import NOW, colleague

pytestmark = pytest.mark.both_databases

QUICK = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
GOOD = "vier koeien op stal"
PLACE = "198.51.100.7"


def invited(store: Store, account: Account) -> Session:
    """Somebody who came in by a link."""
    return redeem_login_link(store, issue_login_link(store, account_id=account.id, now=NOW), now=NOW)


def choose(
    store: Store, session: Session, password: str = GOOD, current: str = "", repeated: str | None = None
) -> None:
    choose_password(
        store, QUICK, session, current=current, password=password,
        repeated=password if repeated is None else repeated, known=("Oudervaart",), now=NOW,
    )  # fmt: skip


def sign_in(
    store: Store, email: str = "fatima@gemeente.example", password: str = GOOD, minutes: float = 0, place: str = PLACE
) -> Session:
    now = NOW + timedelta(minutes=minutes)
    return sign_in_with_password(store, QUICK, email=email, password=password, address=place, now=now, hours=2)


@pytest.fixture
def fatima(store: Store) -> Account:
    """Somebody with a password."""
    account = colleague(store)
    choose(store, invited(store, account))
    return account


def test_a_password_signs_in_as_often_as_wanted(store: Store, fatima: Account) -> None:
    for email in ("fatima@gemeente.example", " Fatima@Gemeente.example "):
        session = sign_in(store, email)
        assert (session.account.id, session.means) == (fatima.id, SignInMeans.PASSWORD)
        assert session_of(store, session.token, now=NOW) == session


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("fatima@gemeente.example", "vier koeien op sta"),
        ("fatima@gemeente.example", ""),
        ("niemand@gemeente.example", GOOD),
        ("", ""),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(store: Store, fatima: Account, email: str, password: str) -> None:
    with pytest.raises(SignInRefused, match="Het e-mailadres of wachtwoord klopt niet"):
        sign_in(store, email, password)


def test_the_database_holds_argon2id_and_no_password(store: Store, fatima: Account) -> None:
    with store.view() as work:
        hashed = work.accounts.password_of(fatima.id)
    assert hashed is not None
    assert hashed.startswith("$argon2id$")
    assert GOOD not in hashed


def test_a_hash_with_old_parameters_is_made_anew_at_the_next_sign_in(store: Store, fatima: Account) -> None:
    stronger = Argon2Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    sign_in_with_password(store, stronger, email=fatima.email, password=GOOD, address=PLACE, now=NOW)
    with store.view() as work:
        hashed = work.accounts.password_of(fatima.id)
    assert hashed is not None
    assert "m=16,t=2" in hashed
    assert sign_in(store).account.id == fatima.id


def test_ten_wrong_passwords_make_that_account_wait_wherever_they_come_from(store: Store, fatima: Account) -> None:
    for n in range(10):
        with pytest.raises(SignInRefused):
            sign_in(store, password="fout", place=f"198.51.100.{n}")
    with pytest.raises(TooManyAttempts, match="Wacht tien minuten"):
        sign_in(store, place="203.0.113.1")
    assert sign_in(store, minutes=10).account.id == fatima.id


def test_one_address_that_guesses_many_accounts_has_to_wait(store: Store, fatima: Account) -> None:
    for n in range(10):
        with pytest.raises(SignInRefused):
            sign_in(store, email=f"iemand{n}@gemeente.example")
    with pytest.raises(TooManyAttempts):
        sign_in(store)
    assert sign_in(store, place="203.0.113.1").account.id == fatima.id


def test_what_succeeds_is_not_counted(store: Store, fatima: Account) -> None:
    for _ in range(12):
        sign_in(store)


def test_links_and_passwords_share_the_limit_of_an_address(store: Store) -> None:
    for _ in range(10):
        with pytest.raises(LinkRefused), counted_attempt(store, PLACE, now=NOW):
            redeem_login_link(store, "guess", now=NOW)
    with pytest.raises(TooManyAttempts):
        sign_in(store)


@pytest.mark.parametrize(
    ("password", "repeated", "complaint"),
    [
        ("kort", None, "ten minste 12 tekens"),
        ("x" * 201, None, "hoogstens 200"),
        ("aaaaaaaaaaaaaa", None, "te weinig verschillende"),
        ("Fatima123456", None, "te makkelijk te raden"),
        (GOOD, "vier koeien op stel", "niet hetzelfde"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    store: Store, password: str, repeated: str | None, complaint: str
) -> None:
    session = invited(store, colleague(store))
    with pytest.raises(NotPossible, match=complaint):
        choose(store, session, password, repeated=repeated)
    assert not list_accounts(store)[0].has_password


def test_another_password_asks_for_the_old_one_and_signs_out_elsewhere(store: Store, fatima: Account) -> None:
    here, elsewhere = sign_in(store), sign_in(store)
    with pytest.raises(NotPossible, match="huidige wachtwoord klopt niet"):
        choose(store, here, "zeven groene sokken", current="fout")
    choose(store, here, "zeven groene sokken", current=GOOD)
    assert session_of(store, here.token, now=NOW) is not None
    assert session_of(store, elsewhere.token, now=NOW) is None
    with pytest.raises(SignInRefused):
        sign_in(store)


def test_who_forgot_it_chooses_another_after_a_new_link(store: Store, fatima: Account) -> None:
    choose(store, invited(store, fatima), "zeven groene sokken")
    assert sign_in(store, password="zeven groene sokken").account.id == fatima.id


def test_a_closed_account_has_no_way_in_and_its_sessions_end(store: Store, fatima: Account) -> None:
    colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    session = sign_in(store)
    change_account(store, account_id=fatima.id, role=fatima.role, active=False, now=NOW, by=None)
    assert session_of(store, session.token, now=NOW) is None
    with pytest.raises(SignInRefused):
        sign_in(store)


def test_the_log_tells_how_somebody_came_in_and_that_a_password_was_wrong(store: Store, fatima: Account) -> None:
    with pytest.raises(SignInRefused):
        sign_in(store, password="fout")
    sign_in(store)
    rows = audit_page(store, AuditFilter(area="account", limit=3))
    assert [(row.action, row.detail.get("means")) for row in rows] == [
        ("signed_in", "password"), ("sign_in_refused", None), ("password_set", None),
    ]  # fmt: skip
    assert [row.id for row in audit_page(store, AuditFilter(before=rows[-1].id))] != []
    assert {row.account_id for row in audit_page(store, AuditFilter(account_id=fatima.id))} == {fatima.id}


SANNE = Identity("a" * 64, "Sanne Kok", "sanne@gemeente.example", AccountRole.COMMUNICATIONS)


def test_whom_the_provider_vouches_for_gets_an_account_that_follows_it(store: Store) -> None:
    colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    first = sign_in_with_identity(store, SANNE, now=NOW)
    moved = replace(SANNE, name="Sanne de Wit", email="s.dewit@gemeente.example", role=AccountRole.OFFICIAL)
    second = sign_in_with_identity(store, moved, now=NOW)
    assert first.account.id == second.account.id
    found = session_of(store, first.token, now=NOW)
    assert found is not None
    assert (found.account.name, found.account.email, found.account.role) == (moved.name, moved.email, moved.role)


def test_an_invited_account_becomes_the_providers_and_loses_its_password(store: Store, fatima: Account) -> None:
    same = replace(SANNE, name=fatima.name, email=fatima.email)
    assert sign_in_with_identity(store, same, now=NOW).account.id == fatima.id
    with pytest.raises(SignInRefused):
        sign_in(store)
    with pytest.raises(NotPossible, match="werkaccount"):
        choose(store, sign_in_with_identity(store, same, now=NOW))


def test_somebody_else_with_the_same_address_does_not_get_that_account(store: Store) -> None:
    sign_in_with_identity(store, SANNE, now=NOW)
    with pytest.raises(SignInRefused, match="ander werkaccount"):
        sign_in_with_identity(store, replace(SANNE, subject="b" * 64), now=NOW)


def test_the_administrator_can_close_whom_the_provider_lets_in(store: Store) -> None:
    colleague(store, "Bea", AccountRole.ADMINISTRATOR)
    account = sign_in_with_identity(store, SANNE, now=NOW).account
    change_account(store, account_id=account.id, role=account.role, active=False, now=NOW, by=None)
    with pytest.raises(SignInRefused, match="gesloten"):
        sign_in_with_identity(store, SANNE, now=NOW)
