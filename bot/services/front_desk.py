"""Helping callers (point 7: whoever picks up the phone gives the same answers): look up what the bot would say, and write
down what nobody answered yet."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime

from bot.domain.dutch_days import local_day
from bot.domain.municipality import Municipality
from bot.domain.questions import Question, QuestionKind, due_date
from bot.domain.replies import Say
from bot.domain.resident.decision import Outcome
from bot.domain.resident.parts import Part
from bot.domain.resident.predicting import judge
from bot.domain.resident.talk import Talk
from bot.domain.understanding import Understanding
from bot.services.audit import note
from bot.services.ports import Store
from bot.services.questions import my_questions, record_wish, register_question
from bot.services.resident_desk import ResidentDesk, ResidentTurn
from bot.services.resident_registering import asked_of

CALL_CHANNEL = "phone"
"""The channel of a speaker whom an official types for; each call is a conversation of its own."""


def look_up(desk: ResidentDesk, understanding: Understanding, *, talk: Talk) -> ResidentTurn:
    """What the bot would make of it, as data for whoever has the caller on the line. Nothing is registered.

    The question is kept in the talk, so that 'geen van deze' registers it as any other.
    """
    index = desk.entries.current()
    decision = judge(understanding, index, desk.embed)
    asked = asked_of(desk, Part(understanding.text, decision), index)
    owner = desk.municipality.owner_of(QuestionKind(asked.kind), asked.topic)
    found = {
        "outcome": decision.outcome.value,
        "detail": decision.detail,
        "entries": list(dict.fromkeys((*decision.ids[:1], *decision.further, *decision.ids[1:]))),
        "answers": 1 + len(decision.further) if decision.outcome is Outcome.ANSWER else 0,
        "owner": owner.name,
    }
    return ResidentTurn((Say(data={"front_desk": found}),), talk.next_turn().remember(asked)[1])


def write_down(
    store: Store,
    *,
    text: str,
    conversation: str,
    municipality: Municipality,
    holidays: Container[date],
    account_id: int,
    now: datetime,
) -> Question:
    """The question of this call with its number: as the bot registered it, or here when the bot could not.

    Callers get no message by themselves: who wants to hear leaves a number (`bot.services.reply_wishes`).
    """
    known = my_questions(store, conversation)
    question = known[-1] if known else _registered(store, text, conversation, municipality, holidays, now)
    question = record_wish(store, conversation=conversation, number=question.number, wants_notice=False, now=now)
    with store.unit() as work:
        note(work, now, account_id, "registered_call", f"question:{question.number}")
        work.commit()
    return question


def _registered(
    store: Store, text: str, conversation: str, municipality: Municipality, holidays: Container[date], now: datetime
) -> Question:
    """Nothing is known of it but the words: it goes to who sorts questions out."""
    owner = municipality.owner_of(QuestionKind.FACTUAL, "")
    return register_question(
        store,
        text=text,
        kind=QuestionKind.FACTUAL,
        topic="",
        owner=owner.name,
        due_on=due_date(local_day(now), owner.term_working_days, holidays),
        conversation=conversation,
        emotion=False,
        embedding=None,
        now=now,
    )
