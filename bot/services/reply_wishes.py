"""Askers whom a person calls or mails back: the wish is a task at the desk, and its address goes once it was used."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.reply_wishes import MAX_NAME_CHARS, ReplyMeans, ReplyWish, address_problem
from bot.services.audit import note
from bot.services.errors import NotFound, NotPossible
from bot.services.ports import Store, Subject


def ask_reply(
    store: Store,
    *,
    number: int,
    conversation: str,
    means: ReplyMeans,
    address: str,
    name: str = "",
    now: datetime,
    by: int | None = None,
) -> None:
    """Keep that whoever asked question `number` wants to be called or mailed back.

    by: the colleague who wrote it down; None for the asker. Raises NotFound when the question is not this
    conversation's, NotPossible when nobody can be reached there.
    """
    address, name = " ".join(address.split()), " ".join(name.split())[:MAX_NAME_CHARS]
    problem = address_problem(means, address)
    if problem:
        raise NotPossible(problem)
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        question = work.questions.get(number)
        if question is None or question.conversation != conversation:
            raise NotFound(f"U heeft geen vraag met nummer {number}.")
        work.reply_wishes.save(number, means, address, name, now)
        note(work, now, by, "made", f"wish:{number}", means=means.value)
        work.commit()


def withdraw_reply(store: Store, *, conversation: str, now: datetime) -> int:
    """Erase the addresses that this conversation left; how many those were."""
    with store.unit() as work:
        gone = work.reply_wishes.forget(conversation)
        if gone:
            note(work, now, None, "withdrawn", "wish", questions=gone)
        work.commit()
        return gone


def fulfil_reply(store: Store, *, wish_id: int, account_id: int, now: datetime) -> None:
    """Somebody called or mailed: the address goes. Raises NotFound, and NotPossible when a colleague was first."""
    with store.unit() as work:
        wish = work.reply_wishes.get(wish_id)
        if wish is None:
            raise NotFound("Deze taak bestaat niet meer.")
        if not work.reply_wishes.done(wish_id, account_id, now):
            raise NotPossible("Een collega heeft deze taak al gedaan.")
        note(work, now, account_id, "fulfilled", f"wish:{wish.question.number}", means=wish.means.value)
        work.commit()


def reply_tasks(store: Store) -> tuple[ReplyWish, ...]:
    """What is to be done: first those whose question is settled, the others wait for its answer."""
    with store.view() as work:
        return work.reply_wishes.to_do()


def reply_wishes_of(store: Store, numbers: Collection[int]) -> tuple[ReplyWish, ...]:
    """The wishes that belong to these questions, done ones too."""
    with store.view() as work:
        return work.reply_wishes.of_questions(numbers)
