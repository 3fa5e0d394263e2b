"""What a resident can do: ask, choose, say whether it helped, and say whether they want to hear more."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed
from bot.domain.matching.words import words
from bot.domain.municipality import Municipality
from bot.domain.notices import shortened
from bot.domain.questions import Question, QuestionKind, QuestionState, due_date, same_words
from bot.domain.replies import Say
from bot.domain.resident.decision import SHOWN_SUGGESTIONS, THRESHOLDS, Decision, Outcome
from bot.domain.resident.emergency import Emergency
from bot.domain.resident.parts import (
    SURE_ELSEWHERE,
    Part,
    judge_each,
    leans,
    only_tells,
    questions_in,
    speaks_of_self,
    tells,
)
from bot.domain.resident.remarks import Remark, Remarked, remark_in
from bot.domain.resident.saying import TITLE_CHARS, Reply, of_question
from bot.domain.resident.talk import CHOICE, PASS_ON, Asked, Talk
from bot.domain.resident.topics import TopicGuide
from bot.domain.resident.wording import Wording, enumerated, names_feeling
from bot.domain.understanding import Understanding, Vector
from bot.services.entry_index import EntryIndex
from bot.services.errors import NotFound
from bot.services.ports import Store
from bot.services.questions import (
    complete_vectors,
    edit_question,
    my_questions,
    questions_of_message,
    record_wish,
    register_question,
)

CONSENT: Final = "consent"
HELPED: Final = "helped"
CLEAR_TYPE: Final = 0.6
"""From this chance on a type of question is named back to somebody whose question nobody answered yet."""
_KINDS: Final = {Outcome.POLITICAL: QuestionKind.POLITICAL, Outcome.SIDE_ISSUE: QuestionKind.SIDE_ISSUE}
_KEYS: Final = {QuestionKind.POLITICAL: "political", QuestionKind.SIDE_ISSUE: "side_issue"}


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


@dataclass(frozen=True)
class _Asking:
    """Who asks, when, and in which message."""

    conversation: str
    now: datetime
    message_id: str | None = None

    def by_remark(self) -> _Asking:
        """The same for a question that stood in an earlier message: an edit of the remark is no edit of the question."""
        return replace(self, message_id=f"remark:{self.message_id}" if self.message_id else None)


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

    message_id: the channel's id of the message, so that an edit of it finds the question, and the message itself when
    it comes in once more gets its receipt. Raises StoreUnavailable.
    """
    complete_vectors(desk.store, desk.embed, now)
    asking = _Asking(conversation, now, message_id)
    index = desk.entries.current()
    alarm = talk.recent_alarm
    if not alarm:
        remark = remark_in(understanding.text)
        remarked = _chosen_by_title(desk, understanding.text, conversation, talk) or (
            _remarked(desk, remark, asking.by_remark(), talk) if remark else None
        )
        if remarked is not None:
            return remarked
    reply = _reply(desk, index, talk.next_turn(), conversation)
    parts = judge_each(understanding, index, desk.embed, talk.entry)
    decision = parts[0].decision
    if alarm and _may_be_about_alarm(decision, understanding.text):
        reply.say(f"after_{alarm}")
        return _turn(reply)
    if decision.outcome in (Outcome.EMERGENCY, Outcome.ABUSE, Outcome.SMALLTALK):
        # Somebody who says it again has heard the first words.
        again = decision.outcome is Outcome.EMERGENCY and decision.detail == alarm == Emergency.SELF_HARM.value
        reply.say(f"after_{alarm}" if again else _fixed_line(desk.wording, decision))
        introduced = reply.talk.introduced or "chatbot" in reply.says[-1].text
        reply.talk = replace(reply.talk, introduced=introduced)
        if decision.outcome is Outcome.EMERGENCY:
            reply.talk = replace(reply.talk, alarm=decision.detail, alarmed_at=reply.talk.turn)
        return _turn(reply)
    if decision.outcome is Outcome.OTHER_LANGUAGE:
        (question, _), *_ = _register(desk, [(asked_of(desk, parts[0], index, None), parts[0].vector)], asking)
        reply.registered_in(decision.detail, question)
        return _turn(reply, CONSENT)
    further = tuple(Part(understanding.text, Decision(Outcome.ANSWER, (each,))) for each in decision.further)
    # Parts are judged by their words alone; how the whole message was said is known of the whole.
    emotion = any(part.decision.emotion for part in parts) or understanding.emotion >= THRESHOLDS.emotion
    reply.open(understanding.text, emotion or names_feeling(understanding.text), len(parts))
    if only_tells(understanding, parts):
        reply.offer_to_pass_on("only_told", Asked(understanding.text, QuestionKind.FACTUAL.value, emotion))
        return _turn(reply)
    types = {parts[0].text: _clear_type(understanding)} if len(parts) == 1 else {}
    return _say_parts(desk, index, reply, (*parts, *further), asking, types)


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


def none_of_these(
    desk: ResidentDesk, n: int | None, *, conversation: str, talk: Talk, now: datetime, message_id: str | None = None
) -> ResidentTurn:
    """None of the suggestions: the question goes to whoever can answer it. n: the key under which it was kept."""
    asked = talk.asked.get(n) if n is not None else talk.latest()
    return _register_unhelped(desk, asked, _Asking(conversation, now, message_id), talk)


def answer_helped(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """'Ja', the question is answered."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say("glad_it_helped")
    return _turn(reply)


def answer_did_not_help(
    desk: ResidentDesk,
    entry_id: str | None,
    *,
    conversation: str,
    talk: Talk,
    now: datetime,
    message_id: str | None = None,
) -> ResidentTurn:
    """'Nee': the next likely entries once, and otherwise the question is registered (point 6)."""
    asked = talk.latest()
    index = desk.entries.current()
    shown = entry_id or talk.entry
    others = [entry for each in (asked.others if asked else ()) if each != shown and (entry := index.entry(each))]
    if asked is None or not others:
        return _register_unhelped(desk, asked, _Asking(conversation, now, message_id), talk)
    reply = _reply(desk, index, talk.next_turn(), conversation)
    reply.suggest(others[: SHOWN_SUGGESTIONS - 1], replace(asked, others=()), "or_this")
    return _turn(reply)


def give_consent(
    desk: ResidentDesk, numbers: Sequence[int], *, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    """They want to hear the answer. numbers: of the questions; none for those last asked about."""
    return _record_consent(desk, numbers, conversation, talk, now, wants_notice=True)


def refuse_consent(
    desk: ResidentDesk, numbers: Sequence[int], *, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    """They do not."""
    return _record_consent(desk, numbers, conversation, talk, now, wants_notice=False)


def tell_my_questions(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """Everything this conversation asked, and how far it is (points 31, 33)."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.overview(my_questions(desk.store, conversation))
    return _turn(reply)


def _reply(desk: ResidentDesk, index: FaqIndex, talk: Talk, conversation: str) -> Reply:
    return Reply(desk.wording, talk, conversation, index.model.space.types)


def _turn(reply: Reply, awaiting: str | None = None) -> ResidentTurn:
    return ResidentTurn(tuple(reply.says), replace(reply.talk, awaiting=awaiting or reply.offering), awaiting)


def _may_be_about_alarm(decision: Decision, text: str) -> bool:
    """Whether a message just after an emergency is read as being about it: no house rules for 'moet ik binnen blijven?'."""
    if decision.outcome is Outcome.SMALLTALK:
        return decision.detail not in ("thanks", "are_you_a_bot")
    if decision.outcome is Outcome.ANSWER:
        return speaks_of_self(text) or decision.confidence < SURE_ELSEWHERE
    return decision.outcome not in (Outcome.EMERGENCY, Outcome.OTHER_LANGUAGE)


def _fixed_line(wording: Wording, decision: Decision) -> str:
    key = f"{decision.outcome.value}_{decision.detail}" if decision.detail else decision.outcome.value
    return key if wording.has(key) else decision.outcome.value


def _remarked(desk: ResidentDesk, said: Remarked, asking: _Asking, talk: Talk) -> ResidentTurn | None:
    """The reply to a remark on what was said before; None where it may be a question after all."""
    conversation = asking.conversation
    latest = talk.latest()
    registered = _of_message(desk, asking)
    if registered:
        told = latest is not None and latest.told
        return _receipts(desk, [(question, False) for question in registered], asking, talk, told)
    offered = latest.offered if latest and talk.awaiting == CHOICE else ()
    if said.remark is Remark.CHOICE:
        return _chosen_by_place(desk, said.choice, conversation, talk)
    if said.remark in (Remark.YES, Remark.NO):
        return _agreed(desk, said.remark is Remark.YES, offered, asking, talk)
    if said.remark is Remark.HUMAN or (said.remark is Remark.MISSED and talk.turn):
        return _aside(desk, said.remark.value, conversation, talk)
    if said.remark is Remark.MISSED:
        return None
    if said.remark in (Remark.MORE, Remark.SOURCE):
        entry = desk.entries.current().entry(talk.entry or "")
        if entry is None:
            return _aside(desk, "about_what", conversation, talk)
        if said.remark is Remark.SOURCE:
            return _vouched_for(desk, entry, conversation, talk)
        return _more_about(desk, said.text, entry, conversation, talk) if talk.awaiting != CONSENT else None
    if talk.awaiting == CONSENT:
        return _no_answer_yet(desk, conversation, talk)
    if offered or (latest and said.remark is Remark.NONE_OF_THESE):
        return none_of_these(desk, None, talk=talk, **vars(asking))
    return answer_did_not_help(desk, None, talk=talk, **vars(asking))


def _aside(desk: ResidentDesk, key: str, conversation: str, talk: Talk) -> ResidentTurn:
    """One sentence, after which what was asked of the resident still stands."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say(key)
    return _turn(reply, CONSENT if talk.awaiting == CONSENT else None)


def _chosen_by_place(desk: ResidentDesk, place: int, conversation: str, talk: Talk) -> ResidentTurn:
    """'De tweede': of the buttons shown last, which are still on the screen. place: from 1, or -1 for the last."""
    shown = next((each.offered for _, each in sorted(talk.asked.items(), reverse=True) if each.offered), ())
    at = place - 1 if place > 0 else place
    if at >= len(shown) or not shown:
        return _aside(desk, "about_what", conversation, talk)
    return choose_entry(desk, shown[at], conversation=conversation, talk=talk)


def _chosen_by_title(desk: ResidentDesk, text: str, conversation: str, talk: Talk) -> ResidentTurn | None:
    """The words on one of the buttons, typed: whole, or as far as the button shows them."""
    latest, said = talk.latest(), words(text)
    for each in latest.offered if latest and talk.awaiting == CHOICE and said else ():
        entry = desk.entries.current().entry(each)
        if entry and said in (words(entry.question), words(shortened(entry.question, TITLE_CHARS))):
            return choose_entry(desk, each, conversation=conversation, talk=talk)
    return None


def _vouched_for(desk: ResidentDesk, entry: FaqEntry, conversation: str, talk: Talk) -> ResidentTurn:
    """'Wie zegt dat?', of the answer before."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.vouch(entry)
    return _turn(reply, CONSENT if talk.awaiting == CONSENT else None)


def _agreed(desk: ResidentDesk, yes: bool, offered: Sequence[str], asking: _Asking, talk: Talk) -> ResidentTurn | None:
    """A bare yes or no, as far as it is known to what."""
    conversation = asking.conversation
    if talk.awaiting == CONSENT:
        return _record_consent(desk, (), conversation, talk, asking.now, wants_notice=yes)
    if talk.awaiting == HELPED:
        if yes:
            return answer_helped(desk, conversation=conversation, talk=talk)
        return answer_did_not_help(desk, None, talk=talk, **vars(asking))
    if (offered and not yes) or (talk.awaiting == PASS_ON and yes):
        return none_of_these(desk, None, talk=talk, **vars(asking))
    if len(offered) == 1:
        return choose_entry(desk, offered[0], conversation=conversation, talk=talk)
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say("which_of_these" if offered else "yes_to_nothing" if yes else "no_to_nothing")
    return _turn(reply)


def _no_answer_yet(desk: ResidentDesk, conversation: str, talk: Talk) -> ResidentTurn:
    """'Dat is geen antwoord', of a question that was passed on: so it is."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    waiting = [each for each in my_questions(desk.store, conversation) if each.number in talk.numbers]
    for question in waiting[-1:]:
        reply.say("no_answer_yet", (), **of_question(question))
    if not waiting:
        reply.say("ask_again")
    return _turn(reply, CONSENT if waiting else None)


def _more_about(desk: ResidentDesk, text: str, entry: FaqEntry, conversation: str, talk: Talk) -> ResidentTurn:
    """'Hoe dan?' after an answer: there is no more than what the municipality wrote, but somebody can be asked."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    asked = Asked(_in_context(text, entry), entry.kind.value, topic=entry.topic, in_context=True)
    reply.offer_to_pass_on("no_more_than_this", asked, question=entry.question)
    return _turn(reply)


def _in_context(text: str, entry: FaqEntry) -> str:
    """A question that leans on an answer, as somebody who did not see that answer can read it."""
    return f"{text.strip()} (na het antwoord op ‘{entry.question.rstrip('?')}’)"


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
    text = _in_context(part.text, before) if before else part.text
    # The words of the location's name ('Huize …') say nothing about what is asked.
    bare = re.sub(re.escape(desk.municipality.location_name), "", part.text, flags=re.IGNORECASE)
    topic = near if near and decision.outcome is Outcome.ANSWER else desk.topics.topic(kind, bare, near)
    others = decision.ids[1:SHOWN_SUGGESTIONS]
    return Asked(text, kind.value, decision.emotion, topic, others, in_context=before is not None)


def _say_parts(
    desk: ResidentDesk,
    index: FaqIndex,
    reply: Reply,
    parts: Sequence[Part],
    asking: _Asking,
    types: dict[str, str],
) -> ResidentTurn:
    """Each in its turn: an answer, buttons, or a number; then one question about all that were registered."""
    answers = [at for at, part in enumerate(parts) if part.decision.outcome is Outcome.ANSWER]
    passed_on = [part for part in parts if part.decision.outcome not in (Outcome.ANSWER, Outcome.SUGGEST)]
    before = reply.talk.entry
    registered = iter(
        _register(desk, [(asked_of(desk, part, index, before), part.vector) for part in passed_on], asking)
    )
    about_which = len(parts) - len(answers) > 0 and len(parts) > 1
    questions: list[Question] = []
    for at, part in enumerate(parts):
        about = part.text if about_which else ""
        if part.decision.outcome is Outcome.ANSWER:
            entry = _entry(index, part.decision.ids[0])
            if len(parts) == 1 and entry.id == before:
                reply.answer_again(entry, asked_of(desk, part, index, before))
                return _turn(reply)
            _, reply.talk = reply.talk.remember(asked_of(desk, part, index, before))
            reply.show_understood(entry, "also" if at else "understood")
            reply.answer(entry, ask_whether_it_helped=at == len(parts) - 1 and not passed_on)
        elif part.decision.outcome is Outcome.SUGGEST:
            likely = [_entry(index, entry_id) for entry_id in part.decision.ids[:SHOWN_SUGGESTIONS]]
            key = "did_you_ask" if len(parts) == 1 and tells(part.text) else "did_you_mean"
            asked = replace(asked_of(desk, part, index, before), told=key == "did_you_ask")
            reply.suggest(likely, asked, key, about)
        else:
            question, known = next(registered)
            if not known:
                reply.show_type(types.get(part.text, "") if part.decision.outcome is Outcome.REGISTER else "")
            reply.registered("already_registered" if known else _KEYS.get(question.kind, "registered"), question, about)
            questions.append(question)
    if _consent_asked(desk, reply, questions, asking.conversation):
        return _turn(reply, CONSENT)
    return _turn(reply, HELPED if answers and answers[-1] == len(parts) - 1 else None)


def _entry(index: FaqIndex, entry_id: str) -> FaqEntry:
    """One that matching found in this very index."""
    entry = index.entry(entry_id)
    assert entry is not None, entry_id
    return entry


def _consent_asked(desk: ResidentDesk, reply: Reply, new: Sequence[Question], conversation: str) -> bool:
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


def _register(
    desk: ResidentDesk, asked: Sequence[tuple[Asked, Vector | None]], asking: _Asking
) -> list[tuple[Question, bool]]:
    """The questions with their numbers, in order, and whether each had been asked before, in another message.

    Of an edited message the questions that are no longer in it get the words of the new ones.
    """
    texts = {same_words(each.text) for each, _ in asked}
    earlier = _of_message(desk, asking)
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


def _of_message(desk: ResidentDesk, asking: _Asking) -> tuple[Question, ...]:
    """What was registered when this message came in before: its reply got lost, or it was edited."""
    if asking.message_id is None:
        return ()
    return questions_of_message(desk.store, conversation=asking.conversation, message_id=asking.message_id)


def _register_one(desk: ResidentDesk, asked: Asked, embedding: Vector | None, asking: _Asking) -> Question:
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


def _register_unhelped(desk: ResidentDesk, asked: Asked | None, asking: _Asking, talk: Talk) -> ResidentTurn:
    """What no entry answers goes to a person; several questions in one message each under a number of their own."""
    index = desk.entries.current()
    if asked is None:
        reply = _reply(desk, index, talk.next_turn(), asking.conversation)
        reply.say("ask_again")
        return _turn(reply)
    several = questions_in(asked.text, index)
    texts = several if len(several) > 1 and not asked.in_context else (asked.text,)
    each = [(replace(asked, text=text), vector) for text, vector in zip(texts, desk.embed(list(texts)))]
    return _receipts(desk, _register(desk, each, asking), asking, talk, asked.told)


def _receipts(
    desk: ResidentDesk, registered: Sequence[tuple[Question, bool]], asking: _Asking, talk: Talk, told: bool = False
) -> ResidentTurn:
    """Number, who and when of each, and one question about them all. registered: with whether it was asked before."""
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), asking.conversation)
    for question, known in registered:
        first_time = "passed_on" if told else _KEYS.get(question.kind, "registered")
        about = question.text if len(registered) > 1 else ""
        reply.registered("already_registered" if known else first_time, question, about)
    questions = [question for question, _ in registered]
    return _turn(reply, CONSENT if _consent_asked(desk, reply, questions, asking.conversation) else None)


def _record_consent(
    desk: ResidentDesk, numbers: Sequence[int], conversation: str, talk: Talk, now: datetime, wants_notice: bool
) -> ResidentTurn:
    reply = _reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    meant = tuple(numbers) or talk.numbers
    try:
        if not meant:
            raise NotFound("geen vraag")
        for number in meant:
            record_wish(desk.store, conversation=conversation, number=number, wants_notice=wants_notice, now=now)
    except NotFound:
        reply.say("which_question")
        return _turn(reply)
    key = "consent_given" if wants_notice else "consent_refused"
    several = "" if len(meant) == 1 else "_several"
    reply.say(key + several, numbers=enumerated(meant))
    return _turn(reply)


def _clear_type(understanding: Understanding) -> str:
    """The question type that the classifier is sure of, or ''."""
    best = max(understanding.intents.items(), key=lambda item: item[1], default=("", 0.0))
    return best[0].partition("/")[2] if best[0].startswith("faq/") and best[1] >= CLEAR_TYPE else ""
