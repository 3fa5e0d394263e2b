"""Who works at the municipality, and what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AccountRole(str, Enum):
    """Each role may do what the one before it may, and more."""

    OFFICIAL = "official"  # asks the guides, practises
    COMMUNICATIONS = "communications"  # and works at the review desk
    ADMINISTRATOR = "administrator"  # and manages accounts

    def covers(self, needed: AccountRole) -> bool:
        """Whether somebody with this role may do what `needed` may."""
        ranks = list(AccountRole)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True)
class Account:
    """Somebody who works with Dialoogcoach. `email` is lower case and unique."""

    id: int
    name: str
    email: str
    role: AccountRole
    active: bool = True


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
