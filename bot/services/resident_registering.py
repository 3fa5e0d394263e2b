"""Questions that go to a person: how they are kept, their numbers and receipts, and the notice that is offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry
from bot.domain.matching.index import FaqIndex
from bot.domain.questions import Question, QuestionKind, QuestionState, due_date, same_words
from bot.domain.resident.decision import SHOWN_SUGGESTIONS, Outcome
from bot.domain.resident.parts import Part, questions_in
from bot.domain.resident.predicting import leans
from bot.domain.resident.saying import Reply
from bot.domain.resident.talk import Asked, Talk
from bot.domain.resident.wording import enumerated
from bot.domain.understanding import Vector
from bot.services.errors import NotFound
from bot.services.questions import edit_question, my_questions, questions_of_message, record_wish, register_question
from bot.services.resident_desk import CONSENT, ResidentDesk, ResidentTurn, start_reply, turn_of

_KINDS: Final = {Outcome.POLITICAL: QuestionKind.POLITICAL, Outcome.SIDE_ISSUE: QuestionKind.SIDE_ISSUE}
_KEYS: Final = {QuestionKind.POLITICAL: "political", QuestionKind.SIDE_ISSUE: "side_issue"}


@dataclass(frozen=True)
class Asking:
    """Who asks, when, and in which message."""

    conversation: str
    now: datetime
    message_id: str | None = None

    def by_remark(self) -> Asking:
        """The same for a question that stood in an earlier message: an edit of the remark is no edit of the question."""
        return replace(self, message_id=f"remark:{self.message_id}" if self.message_id else None)


def asked_of(desk: ResidentDesk, part: Part, index: FaqIndex, last_entry: str | None = None) -> Asked:
    """A question as it is kept, with its kind and topic. last_entry: the answer before it, which it may lean on."""
    decision = part.decision
    entries = [entry for entry_id in decision.ids if (entry := index.entry(entry_id))]
    likely = entries[0].kind if entries and decision.outcome is not Outcome.REGISTER else QuestionKind.FACTUAL
    kind = _KINDS.get(decision.outcome, likely)
    topics = [entry.topic for entry in entries if entry.kind is kind]
    # The nearest entry of a question that none answers may be far off: its topic counts when another agrees.
    near = topics[0] if topics and (decision.outcome is not Outcome.REGISTER or topics.count(topics[0]) > 1) else ""
    before = index.entry(last_entry) if last_entry and leans(part.text, index) else None
    text = in_context(part.text, before) if before else part.text
    # The words of the location's name ('Huize …') say nothing about what is asked.
    bare = re.sub(re.escape(desk.municipality.location_name), "", part.text, flags=re.IGNORECASE)
    topic = near if near and decision.outcome is Outcome.ANSWER else desk.topics.topic(kind, bare, near)
    others = decision.ids[1:SHOWN_SUGGESTIONS]
    return Asked(text, kind.value, decision.emotion, topic, others, in_context=before is not None)


def in_context(text: str, entry: FaqEntry) -> str:
    """A question that leans on an answer, as somebody who did not see that answer can read it."""
    return f"{text.strip()} (na het antwoord op ‘{entry.question.rstrip('?')}’)"


def register(
    desk: ResidentDesk, asked: Sequence[tuple[Asked, Vector | None]], asking: Asking
) -> list[tuple[Question, bool]]:
    """The questions with their numbers, in order, and whether each had been asked before, in another message.

    Of an edited message the questions that are no longer in it get the words of the new ones.
    """
    texts = {same_words(each.text) for each, _ in asked}
    earlier = of_message(desk, asking)
    own = {question.number for question in earlier}
    known = {same_words(question.text) for question in earlier}
    replaced = [
        question
        for question in earlier
        if question.state is QuestionState.OPEN and same_words(question.text) not in texts
    ]
    found: list[tuple[Question, bool]] = []
    for each, vector in asked:
        if replaced and same_words(each.text) not in known:
            question = edit_question(
                desk.store, conversation=asking.conversation, number=replaced.pop(0).number, text=each.text,
                embedding=vector, now=asking.now,
            )  # fmt: skip
        else:
            question = _register_one(desk, each, vector, asking)
        found.append((question, question.asked_at != asking.now and question.number not in own))
    return found


def of_message(desk: ResidentDesk, asking: Asking) -> tuple[Question, ...]:
    """What was registered when this message came in before: its reply got lost, or it was edited."""
    if asking.message_id is None:
        return ()
    return questions_of_message(desk.store, conversation=asking.conversation, message_id=asking.message_id)


def _register_one(desk: ResidentDesk, asked: Asked, embedding: Vector | None, asking: Asking) -> Question:
    kind = QuestionKind(asked.kind)
    owner = desk.municipality.owner_of(kind, asked.topic)
    return register_question(
        desk.store,
        text=asked.text,
        kind=kind,
        topic=asked.topic,
        owner=owner.name,
        due_on=due_date(local_day(asking.now), owner.term_working_days, desk.holidays),
        emotion=asked.emotion,
        embedding=embedding,
        **vars(asking),
    )


def register_unhelped(desk: ResidentDesk, asked: Asked | None, asking: Asking, talk: Talk) -> ResidentTurn:
    """What no entry answers goes to a person; several questions in one message each under a number of their own."""
    index = desk.entries.current()
    if asked is None:
        reply = start_reply(desk, index, talk.next_turn(), asking.conversation)
        reply.say("ask_again")
        return turn_of(reply)
    several = questions_in(asked.text, index)
    texts = several if len(several) > 1 and not asked.in_context else (asked.text,)
    each = [(replace(asked, text=text), vector) for text, vector in zip(texts, desk.embed(list(texts)))]
    return receipts(desk, register(desk, each, asking), asking, talk, asked.told)


def receipts(
    desk: ResidentDesk, registered: Sequence[tuple[Question, bool]], asking: Asking, talk: Talk, told: bool = False
) -> ResidentTurn:
    """Number, who and when of each, and one question about them all. registered: with whether it was asked before."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), asking.conversation)
    for question, known in registered:
        about = question.text if len(registered) > 1 else ""
        reply.registered(receipt_key(question, known, told), question, about)
    questions = [question for question, _ in registered]
    return turn_of(reply, CONSENT if consent_asked(desk, reply, questions, asking.conversation) else None)


def receipt_key(question: Question, known: bool, told: bool = False) -> str:
    """The line under which a question gets its number. known: asked before. told: it stood in a story."""
    if known:
        return "already_registered"
    return "passed_on" if told else _KEYS.get(question.kind, "registered")


def consent_asked(desk: ResidentDesk, reply: Reply, new: Sequence[Question], conversation: str) -> bool:
    """Ask about a notice, once for all of these and what was asked before and left unanswered; False when none is."""
    if not any(question.wants_notice is None for question in new):
        return False
    unsaid = [
        question
        for question in my_questions(desk.store, conversation)
        if question.wants_notice is None and question.state is QuestionState.OPEN
    ]
    reply.ask_consent(unsaid)
    return True


def record_consent(
    desk: ResidentDesk, numbers: Sequence[int], conversation: str, talk: Talk, now: datetime, wants_notice: bool
) -> ResidentTurn:
    """Whether they want to hear the answers. numbers: of the questions; none for those last asked about."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    meant = tuple(numbers) or talk.numbers
    try:
        if not meant:
            raise NotFound("geen vraag")
        for number in meant:
            record_wish(desk.store, conversation=conversation, number=number, wants_notice=wants_notice, now=now)
    except NotFound:
        reply.say("which_question")
        return turn_of(reply)
    key = "consent_given" if wants_notice else "consent_refused"
    several = "" if len(meant) == 1 else "_several"
    reply.say(key + several, numbers=enumerated(meant))
    return turn_of(reply)
