"""How long each kind of record is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """Days that something is kept after it served its purpose.

    updates_days: what Telegram handed over; by then it no longer offers the same update again (a day).
    messages_days: what the bot sent; the desk shows until then who was told.
    contacts_days: the chat of a resident who was silent and whom we owe nothing.
    subscriptions_days: the wish for news of a resident who was silent.
    askers_days: who asked a question that is answered or dismissed; the question itself stays.
    talks_days: a practice talk after its last change.
    audit_days: who changed what.
    attempts_days: refused sign-ins, counted by address.
    closed_accounts_days: name and e-mail address of a colleague whose account is closed.
    gaps_days: a question of a colleague that the guides do not answer, since it was last asked.
    reply_wishes_days: where somebody can be called or mailed back, after their question was answered or dismissed.
    conversations_days: Rasa's own record of a conversation, after its last message: as long as a visitor's cookie.
    """

    updates_days: int = 7
    messages_days: int = 90
    contacts_days: int = 30
    subscriptions_days: int = 365
    askers_days: int = 365
    talks_days: int = 365
    audit_days: int = 730
    attempts_days: int = 1
    closed_accounts_days: int = 730
    gaps_days: int = 730
    reply_wishes_days: int = 90
    conversations_days: int = 60


@dataclass(frozen=True)
class Removed:
    """How many records a clean-up removed or, for `askers` and `closed_accounts`, cut loose."""

    updates: int
    messages: int
    contacts: int
    subscriptions: int
    askers: int
    talks: int
    audit_rows: int
    sign_ins: int
    attempts: int
    closed_accounts: int
    gaps: int
    reply_wishes: int
