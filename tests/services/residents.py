"""Residents and colleagues for tests of the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np

from bot.domain.accounts import Account, AccountRole
from bot.domain.faq import FaqEntry, Published
from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.domain.questions import Question, QuestionKind
from bot.domain.understanding import Vector
from bot.services.accounts import create_account
from bot.services.answers import publish_answer
from bot.services.clusters import cluster
from bot.services.contacts import remember_contact
from bot.services.ports import Store
from bot.services.questions import record_wish, register_question

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)
DUE = date(2026, 3, 9)
LATER = NOW + timedelta(hours=1)
ANNA, BRAM, CARLA = "resident:telegram:anna", "resident:telegram:bram", "resident:page:carla"


def colleague(store: Store, name: str = "Fatima", role: AccountRole = AccountRole.COMMUNICATIONS) -> Account:
    """Somebody at the review desk."""
    return create_account(store, name=name, email=f"{name}@gemeente.example", role=role, now=NOW)


def vector(*parts: float) -> Vector:
    """A short vector of length 1."""
    made = np.array(parts, dtype=np.float32)
    return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


def ask(store: Store, text: str = "Hoeveel mensen komen er?", conversation: str = ANNA, **changed: Any) -> Question:
    """Register a question."""
    usual: dict[str, Any] = {
        "kind": QuestionKind.FACTUAL, "topic": "aantallen", "owner": "projectteam", "due_on": DUE, "emotion": False,
        "embedding": None, "now": NOW,
    }  # fmt: skip
    return register_question(store, text=text, conversation=conversation, **{**usual, **changed})


def ask_and_wish(store: Store, text: str, conversation: str, chat_id: int | None, **changed: Any) -> Question:
    """Register a question of somebody who wants to hear the answer."""
    question = ask(store, text, conversation, **changed)
    if chat_id is not None:
        remember_contact(store, conversation=conversation, chat_id=chat_id, now=NOW)
    return record_wish(store, conversation=conversation, number=question.number, wants_notice=True, now=NOW)


def publish(
    store: Store, cluster_id: int, account: Account, answer: str = "Er komen 240 mensen.", **changed: Any
) -> Published:
    """Answer a row as it now is."""
    usual: dict[str, Any] = {
        "expected_version": cluster(store, cluster_id).version, "question": "Hoeveel mensen komen er wonen?",
        "kind": QuestionKind.FACTUAL, "topic": "aantallen", "owner": "projectteam", "type": "number_of_people",
        "now": LATER,
    }  # fmt: skip
    return publish_answer(store, cluster_id=cluster_id, account_id=account.id, answer=answer, **{**usual, **changed})


def faq_entry(id: str = "z01", answer: str = "Er komen 240 mensen.", **changed: Any) -> FaqEntry:
    """An answer of the municipality."""
    usual: dict[str, Any] = {
        "question": "Hoeveel mensen komen er?", "kind": QuestionKind.FACTUAL, "topic": "aantallen", "owner": "COA",
    }  # fmt: skip
    return FaqEntry(id=id, answer=answer, **{**usual, **changed})


def letter(
    key: str, chat_id: int | None = 1, kind: OutgoingKind = OutgoingKind.REPLY, text: str = "Hoi"
) -> NewOutgoing:
    """A message to queue."""
    return NewOutgoing(kind, f"resident:telegram:{chat_id}", chat_id, Message(text), key)


def keys(messages: Sequence[Any]) -> list[str]:
    """Dedupe keys, to compare with."""
    return [message.dedupe_key for message in messages]
