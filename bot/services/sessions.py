"""Tokens and signed-in browsers, as part of a larger unit.

Tokens leave here in clear text once; the store keeps their SHA-256. A token holds 256 bits, so no slow hash is needed.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.domain.accounts import Account, Session, SignInMeans
from bot.services.audit import note
from bot.services.ports import Unit

SESSION_HOURS = 12


def new_token() -> str:
    """Something that nobody guesses."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What the store keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(work: Unit, account: Account, means: SignInMeans, *, now: datetime, hours: int) -> Session:
    """Sign somebody in who showed who they are."""
    session = Session(new_token(), new_token(), account, now + timedelta(hours=hours), means)
    work.accounts.signed_in(account.id, now)
    work.accounts.add_session(token_digest(session.token), session)
    note(work, now, account.id, "signed_in", f"account:{account.id}", means=means.value)
    return session
