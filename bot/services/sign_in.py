"""Signing in by password or through the municipality's own provider; one-time links are in `bot.services.accounts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.accounts import (
    SIGN_INS_PER_ACCOUNT,
    SIGN_INS_PER_ADDRESS,
    Account,
    Identity,
    Limit,
    Session,
    SignInMeans,
)
from bot.domain.passwords import password_problem
from bot.services.audit import note
from bot.services.errors import NotPossible, SignInRefused, TooManyAttempts
from bot.services.ports import Store, Subject, Unit
from bot.services.sessions import SESSION_HOURS, start_session, token_digest

REFUSED = "Het e-mailadres of wachtwoord klopt niet. Probeer het opnieuw, of vraag de beheerder om een inloglink."
WAIT = "Er is te vaak geprobeerd in te loggen. Wacht tien minuten en probeer het opnieuw."


class Passwords(Protocol):
    """A slow, salted hash (argon2id)."""

    def hashed(self, password: str) -> str: ...  # noqa: D102

    def matches(self, hashed: str | None, password: str) -> bool:
        """False for None, after the same amount of work: the time does not tell whether an account exists."""

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with weaker parameters than today's."""


@contextmanager
def counted_attempt(store: Store, address: str, account: str = "", *, now: datetime) -> Iterator[None]:
    """Count a sign-in before it is looked at, in the database that all processes share; forgive it when it succeeds.

    address: where it comes from. account: whose it is said to be, '' for a link. Raises TooManyAttempts.
    """
    limits = {f"address:{address}": SIGN_INS_PER_ADDRESS}
    if account:
        limits[f"account:{account}"] = SIGN_INS_PER_ACCOUNT
    ids = _reserve(store, limits, now)
    yield  # an exception leaves the attempt counted
    with store.unit() as work:
        work.accounts.drop_attempts(ids)
        work.commit()


def sign_in_with_password(
    store: Store,
    passwords: Passwords,
    *,
    email: str,
    password: str,
    address: str,
    now: datetime,
    hours: int = SESSION_HOURS,
) -> Session:
    """Raises SignInRefused, which says no more than that it is wrong, and TooManyAttempts."""
    email = email.strip().lower()[:254]
    with counted_attempt(store, address, email, now=now):
        with store.view() as work:
            account = work.accounts.by_email(email)
            hashed = work.accounts.password_of(account.id) if account and may_use_password(account) else None
        # Outside any transaction: hashing takes long enough to hold up every other writer.
        if not passwords.matches(hashed, password) or account is None or hashed is None:
            _note_refusal(store, account, now)
            raise SignInRefused(REFUSED)
        return _password_session(store, passwords, account, hashed, password, now, hours)


def may_use_password(account: Account) -> bool:
    """Whom the provider vouches for has no other way in: it may ask for more than a password."""
    return account.active and not account.external


def choose_password(
    store: Store,
    passwords: Passwords,
    session: Session,
    *,
    current: str,
    password: str,
    repeated: str,
    known: Iterable[str],
    now: datetime,
) -> None:
    """Set one's own password, which ends one's sessions elsewhere.

    current: the password until now; not asked for when there was none, or when a one-time link opened this session.
    known: words that make a password easy to guess. Raises NotPossible.
    """
    account = session.account
    if not may_use_password(account):
        raise NotPossible("Je logt in met je werkaccount: een wachtwoord is hier niet nodig.")
    if asks_current(session) and not passwords.matches(_hash_of(store, account), current):
        raise NotPossible("Je huidige wachtwoord klopt niet.")
    problem = password_problem(password, (account.name, account.email, *known))
    if not problem and password != repeated:
        problem = "De twee wachtwoorden zijn niet hetzelfde."
    if problem:
        raise NotPossible(problem)
    hashed = passwords.hashed(password)
    with store.unit() as work:
        work.accounts.set_password(account.id, hashed)
        work.accounts.end_all(account.id, but=token_digest(session.token))
        note(work, now, account.id, "password_set", f"account:{account.id}")
        work.commit()


def asks_current(session: Session) -> bool:
    """Whether choosing another password asks for the one until now."""
    return session.account.has_password and session.means is SignInMeans.PASSWORD


def sign_in_with_identity(store: Store, identity: Identity, *, now: datetime, hours: int = SESSION_HOURS) -> Session:
    """Sign in whom the provider vouches for; name, e-mail address and role follow it. The first time makes the account.

    An account with the same e-mail address becomes theirs: the administrator invited them before the provider was there.
    Raises SignInRefused for a closed account.
    """
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        account = _account_of(work, identity, now)
        if not account.active:
            raise SignInRefused("Je account is gesloten. Vraag de beheerder om het te openen.")
        same_address = work.accounts.by_email(identity.email)
        email = identity.email if same_address in (None, account) else account.email
        followed = replace(account, name=identity.name, email=email, role=identity.role)
        if followed != account:
            work.accounts.save(followed, now)
            note(work, now, None, "changed", f"account:{account.id}", role=identity.role.value, active=True)
        session = start_session(work, followed, SignInMeans.PROVIDER, now=now, hours=hours)
        work.commit()
        return session


def _account_of(work: Unit, identity: Identity, now: datetime) -> Account:
    known = work.accounts.by_subject(identity.subject)
    if known is not None:
        return known
    account = work.accounts.by_email(identity.email)
    if account is None:
        account = work.accounts.add(identity.name, identity.email, identity.role, now)
        assert account is not None, "the lock keeps others from taking the address"
        note(work, now, None, "created", f"account:{account.id}", role=identity.role.value)
    elif account.external:
        raise SignInRefused("Dit e-mailadres hoort al bij een ander werkaccount. Vraag de beheerder om hulp.")
    work.accounts.set_subject(account.id, identity.subject)
    work.accounts.set_password(account.id, None)
    return replace(account, external=True, has_password=False)


def _reserve(store: Store, limits: Mapping[str, Limit], now: datetime) -> list[int]:
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        for key, limit in limits.items():
            if work.accounts.attempts(key, now - timedelta(seconds=limit.seconds)) >= limit.times:
                raise TooManyAttempts(WAIT)
        ids = [work.accounts.add_attempt(key, now) for key in limits]
        work.commit()
        return ids


def _password_session(
    store: Store, passwords: Passwords, account: Account, hashed: str, password: str, now: datetime, hours: int
) -> Session:
    renewed = passwords.hashed(password) if passwords.is_outdated(hashed) else None
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        if work.accounts.password_of(account.id) != hashed:
            raise SignInRefused(REFUSED)
        if renewed is not None:
            work.accounts.set_password(account.id, renewed)
        session = start_session(work, account, SignInMeans.PASSWORD, now=now, hours=hours)
        work.commit()
        return session


def _note_refusal(store: Store, account: Account | None, now: datetime) -> None:
    if account is not None:
        with store.unit() as work:
            note(work, now, None, "sign_in_refused", f"account:{account.id}")
            work.commit()


def _hash_of(store: Store, account: Account) -> str | None:
    with store.view() as work:
        return work.accounts.password_of(account.id)
