"""Accounts, login links and sessions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from bot.domain.accounts import Account, AccountRole, Session, SignInMeans
from bot.storage.tables import accounts, login_links, sessions, sign_in_attempts
from bot.storage.writing import digest, insert_new


class SqlAccounts:
    """See `bot.services.ports.AccountRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, email: str, role: AccountRole, now: datetime) -> Account | None:
        """See the port."""
        values = {"name": name, "email": email, "role": role.value, "active": True, "created_at": now}
        return self.by_email(email) if insert_new(self._connection, accounts, values) else None

    def get(self, account_id: int) -> Account | None:
        """See the port."""
        return self._first(accounts.c.id == account_id)

    def by_email(self, email: str) -> Account | None:
        """See the port."""
        return self._first(accounts.c.email == email)

    def all(self) -> tuple[Account, ...]:
        """See the port."""
        rows = self._connection.execute(select(accounts).order_by(accounts.c.name, accounts.c.id)).mappings()
        return tuple(_as_account(row) for row in rows)

    def save(self, account: Account, now: datetime) -> None:
        """See the port."""
        closed_at = None if account.active else func.coalesce(accounts.c.closed_at, now)
        values = {"name": account.name, "email": account.email, "role": account.role.value, "active": account.active}
        self._connection.execute(
            update(accounts).where(accounts.c.id == account.id).values(**values, closed_at=closed_at)
        )

    def ever_signed_in(self, role: AccountRole) -> bool:
        """See the port."""
        there = accounts.c.active.is_(True), accounts.c.role == role.value, accounts.c.signed_in_at.is_not(None)
        return self._first(*there) is not None

    def add_link(self, digest: str, account_id: int, expires_at: datetime) -> None:
        """See the port."""
        values = {"digest": digest, "account_id": account_id, "expires_at": expires_at}
        self._connection.execute(login_links.insert().values(**values))

    def use_link(self, digest: str, now: datetime) -> Account | None:
        """See the port."""
        usable = login_links.c.used_at.is_(None), login_links.c.expires_at > now
        spent = update(login_links).where(login_links.c.digest == digest, *usable).values(used_at=now)
        if self._connection.execute(spent).rowcount == 0:
            return None
        owner = select(login_links.c.account_id).where(login_links.c.digest == digest).scalar_subquery()
        return self._first(accounts.c.id == owner, accounts.c.active.is_(True))

    def add_session(self, digest: str, session: Session) -> None:
        """See the port."""
        values = {"account_id": session.account.id, "csrf": session.csrf, "expires_at": session.expires_at}
        self._connection.execute(sessions.insert().values(digest=digest, means=session.means.value, **values))

    def session(self, digest: str, token: str, now: datetime) -> Session | None:
        """See the port."""
        query = (
            select(sessions.c.csrf, sessions.c.expires_at, sessions.c.means, accounts)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(sessions.c.digest == digest, sessions.c.expires_at > now, accounts.c.active.is_(True))
        )
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return Session(token, row["csrf"], _as_account(row), row["expires_at"], SignInMeans(row["means"]))

    def end_session(self, digest: str) -> None:
        """See the port."""
        self._connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_all(self, account_id: int, but: str = "") -> None:
        """See the port."""
        for table in (sessions, login_links):
            self._connection.execute(delete(table).where(table.c.account_id == account_id, table.c.digest != but))

    def signed_in(self, account_id: int, now: datetime) -> None:
        """See the port."""
        self._change(account_id, signed_in_at=now)

    def password_of(self, account_id: int) -> str | None:
        """See the port."""
        query = select(accounts.c.password).where(accounts.c.id == account_id)
        password: str | None = self._connection.execute(query).scalar()
        return password

    def set_password(self, account_id: int, hashed: str | None) -> None:
        """See the port."""
        self._change(account_id, password=hashed)

    def by_subject(self, subject: str) -> Account | None:
        """See the port."""
        return self._first(accounts.c.subject == subject)

    def set_subject(self, account_id: int, subject: str) -> None:
        """See the port."""
        self._change(account_id, subject=subject)

    def add_attempt(self, key: str, now: datetime) -> int:
        """See the port."""
        inserted = self._connection.execute(sign_in_attempts.insert().values(key=digest(key), at=now))
        return int(inserted.inserted_primary_key[0])

    def attempts(self, key: str, since: datetime) -> int:
        """See the port."""
        same = sign_in_attempts.c.key == digest(key), sign_in_attempts.c.at > since
        return int(self._connection.execute(select(func.count()).where(*same)).scalar())

    def drop_attempts(self, ids: Collection[int]) -> None:
        """See the port."""
        self._connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.id.in_(list(ids))))

    def _change(self, account_id: int, **values: Any) -> None:
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(**values))

    def _first(self, *conditions: Any) -> Account | None:
        row = self._connection.execute(select(accounts).where(*conditions).limit(1)).mappings().first()
        return None if row is None else _as_account(row)


def _as_account(row: Any) -> Account:
    return Account(
        row["id"], row["name"], row["email"], AccountRole(row["role"]), row["active"], row["password"] is not None,
        row["subject"] is not None,
    )  # fmt: skip
