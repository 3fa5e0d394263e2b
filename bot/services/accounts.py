"""Who has access: accounts, one-time login links, sessions. Passwords and the provider are in `bot.services.sign_in`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts import Account, AccountRole, Session, SignInMeans
from bot.services.audit import note
from bot.services.errors import LinkRefused, NotFound, NotPossible
from bot.services.ports import Store, Subject, Unit
from bot.services.sessions import SESSION_HOURS, new_token, start_session, token_digest

FIRST_LINK_MINUTES = 24 * 60
MAX_NAME_CHARS = 100
MAX_EMAIL_CHARS = 254


def ensure_first_administrator(store: Store, *, now: datetime, minutes: int = FIRST_LINK_MINUTES) -> str | None:
    """A login token for the first administrator, or None once an administrator has signed in.

    Every start may call it: a link that nobody used is followed by a new one.
    """
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        if work.accounts.ever_signed_in(AccountRole.ADMINISTRATOR):
            return None
        account = _first_administrator(work, now)
        token = _new_link(work, account, now, minutes)
        work.commit()
        return token


def issue_login_link(store: Store, *, account_id: int, now: datetime, minutes: int = 60, by: int | None = None) -> str:
    """A token that signs this account in once, within `minutes`. `by`: who asked for it; None for the command line.

    Raises NotFound for an account that does not exist or is closed.
    """
    with store.unit() as work:
        account = _existing(work, account_id)
        if not account.active:
            raise NotFound(f"Het account van {account.name} is gesloten.")
        token = _new_link(work, account, now, minutes)
        note(work, now, by, "link_issued", f"account:{account_id}")
        work.commit()
        return token


def operator_token(store: Store, now: datetime, minutes: int) -> str:
    """A login token for whoever runs the program: they have the machine, so they may be its administrator.

    minutes: how long it works.
    """
    first = ensure_first_administrator(store, now=now, minutes=minutes)
    if first is not None:
        return first
    active = [each for each in list_accounts(store) if each.role is AccountRole.ADMINISTRATOR and each.active]
    if not active:
        raise NotPossible("Er is geen beheerder met een open account.")
    return issue_login_link(store, account_id=active[0].id, now=now, minutes=minutes)


def redeem_login_link(store: Store, token: str, *, now: datetime, hours: int = SESSION_HOURS) -> Session:
    """Sign in with a link, which is spent by it; of two at once one succeeds. Raises LinkRefused."""
    with store.unit() as work:
        account = work.accounts.use_link(token_digest(token), now)
        if account is None:
            raise LinkRefused("Deze inloglink is al gebruikt of niet meer geldig. Vraag een nieuwe link aan.")
        session = start_session(work, account, SignInMeans.LINK, now=now, hours=hours)
        work.commit()
        return session


def session_of(store: Store, token: str, *, now: datetime) -> Session | None:
    """The session with its account, or None when it is unknown, ended or too old, or the account is closed."""
    with store.view() as work:
        return work.accounts.session(token_digest(token), token, now)


def end_session(store: Store, token: str) -> None:
    """Sign out; a token that is unknown is no error."""
    with store.unit() as work:
        work.accounts.end_session(token_digest(token))
        work.commit()


def create_account(
    store: Store, *, name: str, email: str, role: AccountRole, now: datetime, by: int | None = None
) -> Account:
    """Add somebody. `by`: the administrator; None for the command line. Raises NotPossible when the e-mail is taken."""
    name, email = name.strip(), email.strip().lower()
    if not name or "@" not in email:
        raise NotPossible("Vul een naam en een e-mailadres in.")
    if len(name) > MAX_NAME_CHARS or len(email) > MAX_EMAIL_CHARS:
        raise NotPossible(f"Een naam heeft hoogstens {MAX_NAME_CHARS} tekens, een e-mailadres {MAX_EMAIL_CHARS}.")
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        account = work.accounts.add(name, email, role, now)
        if account is None:
            raise NotPossible(f"Er is al een account met het e-mailadres {email}.")
        note(work, now, by, "created", f"account:{account.id}", role=role.value)
        work.commit()
        return account


def change_account(
    store: Store, *, account_id: int, role: AccountRole, active: bool, now: datetime, by: int | None
) -> Account:
    """Give somebody another role, or close the account, which ends their sessions and links at once.

    Raises NotFound, and NotPossible when no active administrator would be left.
    """
    with store.unit() as work:
        work.lock(Subject.ACCOUNTS)
        account = replace(_existing(work, account_id), role=role, active=active)
        work.accounts.save(account, now)
        if not any(each.active and each.role is AccountRole.ADMINISTRATOR for each in work.accounts.all()):
            raise NotPossible("Er moet ten minste één beheerder overblijven.")
        if not active:
            work.accounts.end_all(account_id)
        note(work, now, by, "changed", f"account:{account_id}", role=role.value, active=active)
        work.commit()
        return account


def list_accounts(store: Store) -> tuple[Account, ...]:
    """Everybody, by name."""
    with store.view() as work:
        return work.accounts.all()


def _first_administrator(work: Unit, now: datetime) -> Account:
    for account in work.accounts.all():
        if account.active and account.role is AccountRole.ADMINISTRATOR:
            return account
    added = work.accounts.add("Beheerder", "beheerder@localhost", AccountRole.ADMINISTRATOR, now)
    if added is None:
        raise NotPossible("Het account beheerder@localhost is gesloten: heropen het op de opdrachtregel.")
    note(work, now, None, "created", f"account:{added.id}", role=added.role.value)
    return added


def _existing(work: Unit, account_id: int) -> Account:
    account = work.accounts.get(account_id)
    if account is None:
        raise NotFound(f"Er is geen account met nummer {account_id}.")
    return account


def _new_link(work: Unit, account: Account, now: datetime, minutes: int) -> str:
    token = new_token()
    work.accounts.add_link(token_digest(token), account.id, now + timedelta(minutes=minutes))
    return token
