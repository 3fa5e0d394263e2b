"""What a resident can do: ask, choose, say whether it helped, and say whether they want to hear more."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed
from bot.domain.municipality import Municipality
from bot.domain.questions import Question, QuestionKind, due_date
from bot.domain.replies import Say
from bot.domain.resident.decision import SHOWN_SUGGESTIONS, Decision, Outcome
from bot.domain.resident.predicting import judge
from bot.domain.resident.saying import Reply
from bot.domain.resident.talk import Asked, Talk
from bot.domain.resident.topics import TopicGuide
from bot.domain.resident.wording import Wording
from bot.domain.understanding import Understanding, Vector
from bot.services.entry_index import EntryIndex
from bot.services.errors import NotFound
from bot.services.ports import Store
from bot.services.questions import my_questions, record_wish, register_question

CONSENT: Final = "consent"
HELPED: Final = "helped"
CLEAR_TYPE: Final = 0.6
"""From this chance on a type of question is named back to somebody whose question nobody answered yet."""


@dataclass(frozen=True)
class ResidentDesk:
    """All that the use cases need. holidays: days that are no working days; see `bot.domain.questions.due_date`."""

    store: Store
    entries: EntryIndex
    embed: Embed
    municipality: Municipality
    wording: Wording
    topics: TopicGuide
    holidays: Container[date]


@dataclass(frozen=True)
class ResidentTurn:
    """What is said, the talk after it, and what a bare 'ja' or 'nee' would answer: CONSENT, HELPED or nothing."""

    says: tuple[Say, ...]
    talk: Talk
    awaiting: str | None = None


def answer_resident(
    desk: ResidentDesk,
    understanding: Understanding,
    *,
    conversation: str,
    talk: Talk,
    now: datetime,
    message_id: str | None = None,
) -> ResidentTurn:
    """Answer, offer, register or help on: the decision table of `bot.domain.resident.decision`.

    message_id: the channel's id of the message, so that an edit of it finds the question. Raises StoreUnavailable.
    """
    index = desk.entries.current()
    decision = judge(understanding, index, desk.embed, last_entry=talk.entry)
    reply = _reply(desk, index, talk.next_turn(), conversation)
    entries = [entry for entry_id in decision.ids if (entry := index.entry(entry_id))]
    if decision.outcome in (Outcome.EMERGENCY, Outcome.ABUSE, Outcome.SMALLTALK):
        reply.say(_fixed_line(desk.wording, decision))
        return _turn(reply)
    asked = _asked(desk, understanding, decision, entries)
    reply.talk = reply.talk.remember(asked)
    if decision.outcome is Outcome.ANSWER:
        further = [entry for entry_id in decision.further if (entry := index.entry(entry_id))]
        return _answer(reply, asked, entries[0], further)
    if decision.outcome is Outcome.SUGGEST:
        reply.open(asked.text, asked.emotion)
        reply.suggest(entries[:SHOWN_SUGGESTIONS], reply.talk.turn)
        return _turn(reply)
    question, known = _register(desk, asked, conversation, now, understanding.embedding, message_id)
    return _say_registered(reply, asked, question, known, decision, _clear_type(understanding))


def choose_entry(desk: ResidentDesk, entry_id: str, *, conversation: str, talk: Talk) -> ResidentTurn:
    """The answer behind a button."""
    index = desk.entries.current()
    entry = index.entry(entry_id)
    reply = _reply(desk, index, talk.next_turn(), conversation)
    if entry is None:
        reply.say("entry_gone")
        return _turn(reply)
    reply.show_understood(entry)
    reply.answer(entry, ask_whether_it_helped=True)
    return _turn(reply, HELPED)


def none_of_these(desk: ResidentDesk, n: int | None, *, conversation: str, talk: Talk, now: datetime) -> ResidentTurn:
    """None of the suggestions: the question goes to whoever can answer it. n: the turn it was asked in."""
    asked = talk.asked.get(n) if n is not None else talk.latest()
    return _register_unhelped(desk, asked, conversation, talk, now)


def answer_helped(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """'Ja', the question is answered."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say("glad_it_helped")
    return _turn(reply)


def answer_did_not_help(
    desk: ResidentDesk, entry_id: str | None, *, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    """'Nee': the next likely entries once, and otherwise the question is registered (point 6)."""
    asked = talk.latest()
    index = desk.entries.current()
    shown = entry_id or talk.entry
    others = [entry for each in (asked.others if asked else ()) if each != shown and (entry := index.entry(each))]
    if asked is None or not others:
        return _register_unhelped(desk, asked, conversation, talk, now)
    reply = _reply(desk, index, talk.next_turn(), conversation)
    reply.talk = reply.talk.remember(replace(asked, others=()))
    reply.suggest(others[: SHOWN_SUGGESTIONS - 1], reply.talk.turn, "or_this")
    return _turn(reply)


def give_consent(desk: ResidentDesk, n: int | None, *, conversation: str, talk: Talk, now: datetime) -> ResidentTurn:
    """They want to hear the answer. n: the question's number; None for the one last registered."""
    return _record_consent(desk, n, conversation, talk, now, wants_notice=True)


def refuse_consent(desk: ResidentDesk, n: int | None, *, conversation: str, talk: Talk, now: datetime) -> ResidentTurn:
    """They do not."""
    return _record_consent(desk, n, conversation, talk, now, wants_notice=False)


def tell_my_questions(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """Everything this conversation asked, and how far it is (points 31, 33)."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.overview(my_questions(desk.store, conversation))
    return _turn(reply)


def _reply(desk: ResidentDesk, index: FaqIndex, talk: Talk, conversation: str) -> Reply:
    return Reply(desk.wording, talk, conversation, index.model.space.types)


def _turn(reply: Reply, awaiting: str | None = None) -> ResidentTurn:
    return ResidentTurn(tuple(reply.says), reply.talk, awaiting)


def _fixed_line(wording: Wording, decision: Decision) -> str:
    key = f"{decision.outcome.value}_{decision.detail}" if decision.detail else decision.outcome.value
    return key if wording.has(key) else decision.outcome.value


def _asked(desk: ResidentDesk, understanding: Understanding, decision: Decision, entries: list[FaqEntry]) -> Asked:
    kind = {Outcome.POLITICAL: QuestionKind.POLITICAL, Outcome.SIDE_ISSUE: QuestionKind.SIDE_ISSUE}.get(
        decision.outcome, entries[0].kind if entries and decision.outcome is Outcome.SUGGEST else QuestionKind.FACTUAL
    )
    same_kind = [entry.topic for entry in entries if entry.kind is kind]
    topic = desk.topics.topic(kind, understanding.text, same_kind[0] if same_kind else "")
    return Asked(understanding.text, kind.value, decision.emotion, topic, decision.ids[1:SHOWN_SUGGESTIONS])


def _answer(reply: Reply, asked: Asked, entry: FaqEntry, further: list[FaqEntry]) -> ResidentTurn:
    reply.open(asked.text, asked.emotion)
    reply.show_understood(entry)
    reply.answer(entry, ask_whether_it_helped=not further)
    for at, other in enumerate(further, start=1):
        reply.show_understood(other, "also")
        reply.answer(other, ask_whether_it_helped=at == len(further))
    return _turn(reply, HELPED)


def _register(
    desk: ResidentDesk,
    asked: Asked,
    conversation: str,
    now: datetime,
    embedding: Vector | None,
    message_id: str | None = None,
) -> tuple[Question, bool]:
    """The question with its number, and whether they had asked it before."""
    kind = QuestionKind(asked.kind)
    owner = desk.municipality.owner_of(kind, asked.topic)
    question = register_question(
        desk.store,
        text=asked.text,
        kind=kind,
        topic=asked.topic,
        owner=owner.name,
        due_on=due_date(local_day(now), owner.term_working_days, desk.holidays),
        conversation=conversation,
        emotion=asked.emotion,
        embedding=embedding,
        now=now,
        message_id=message_id,
    )
    return question, question.asked_at != now


def _say_registered(
    reply: Reply, asked: Asked, question: Question, known: bool, decision: Decision, type_name: str
) -> ResidentTurn:
    if decision.outcome is Outcome.OTHER_LANGUAGE:
        reply.registered_in(decision.detail, question)
        return _turn(reply)
    reply.open(asked.text, asked.emotion)
    if known:
        reply.registered("already_registered", question)
    elif decision.outcome is Outcome.REGISTER:
        reply.show_type(type_name)
        reply.registered("registered", question)
    else:
        reply.registered(decision.outcome.value, question)
    return _turn(reply, CONSENT if question.wants_notice is None else None)


def _register_unhelped(
    desk: ResidentDesk, asked: Asked | None, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    if asked is None:
        reply.say("ask_again")
        return _turn(reply)
    question, known = _register(desk, asked, conversation, now, desk.embed([asked.text])[0])
    key = {QuestionKind.POLITICAL: "political", QuestionKind.SIDE_ISSUE: "side_issue"}.get(question.kind, "registered")
    reply.registered("already_registered" if known else key, question)
    return _turn(reply, CONSENT if question.wants_notice is None else None)


def _record_consent(
    desk: ResidentDesk, n: int | None, conversation: str, talk: Talk, now: datetime, wants_notice: bool
) -> ResidentTurn:
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    number = n if n is not None else talk.number
    try:
        if number is None:
            raise NotFound("geen vraag")
        record_wish(desk.store, conversation=conversation, number=number, wants_notice=wants_notice, now=now)
    except NotFound:
        reply.say("which_question")
        return _turn(reply)
    reply.say("consent_given" if wants_notice else "consent_refused", number=number)
    return _turn(reply)


def _clear_type(understanding: Understanding) -> str:
    """The question type that the classifier is sure of, or ''."""
    best = max(understanding.intents.items(), key=lambda item: item[1], default=("", 0.0))
    return best[0].partition("/")[2] if best[0].startswith("faq/") and best[1] >= CLEAR_TYPE else ""
