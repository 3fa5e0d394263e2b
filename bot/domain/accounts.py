"""Who works at the municipality, and what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AccountRole(str, Enum):
    """Each role may do what the one before it may, and more."""

    OFFICIAL = "official"  # asks the guides, practises, searches at the front desk
    COMMUNICATIONS = "communications"  # and works at the review desk
    ADMINISTRATOR = "administrator"  # and manages accounts

    def covers(self, needed: AccountRole) -> bool:
        """Whether somebody with this role may do what `needed` may."""
        ranks = list(AccountRole)
        return ranks.index(self) >= ranks.index(needed)


class SignInMeans(str, Enum):
    """How somebody showed who they are."""

    LINK = "link"  # a one-time link from the administrator
    PASSWORD = "password"
    PROVIDER = "provider"  # the municipality's own sign-in (OIDC)


@dataclass(frozen=True)
class Account:
    """Somebody who works with Dialoogcoach. `email` is lower case and unique.

    has_password: they chose one. external: the municipality's own sign-in vouches for them, so no password counts.
    """

    id: int
    name: str
    email: str
    role: AccountRole
    active: bool = True
    has_password: bool = False
    external: bool = False


@dataclass(frozen=True)
class Session:
    """A signed-in browser.

    token: the cookie's value; the store keeps its SHA-256 only.
    csrf: what every form of this session must hand back.
    expires_at: aware datetime, UTC.
    """

    token: str
    csrf: str
    account: Account
    expires_at: datetime
    means: SignInMeans = SignInMeans.LINK


@dataclass(frozen=True)
class Identity:
    """Somebody as the municipality's own sign-in knows them.

    subject: SHA-256 of the provider and its lasting name for this person. role: by the groups they are in.
    """

    subject: str
    name: str
    email: str
    role: AccountRole


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`."""

    times: int
    seconds: int


SIGN_INS_PER_ACCOUNT = Limit(times=10, seconds=600)
"""Wrong passwords for one account, from wherever. Who is held up by somebody else's guessing asks for a link."""
SIGN_INS_PER_ADDRESS = Limit(times=10, seconds=600)
"""Refused sign-ins from one address. What succeeds does not count: a town hall is one address for everybody in it."""
