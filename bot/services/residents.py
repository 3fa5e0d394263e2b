"""What a resident can ask: any question, and how far their questions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.faq import FaqEntry
from bot.domain.matching.index import FaqIndex
from bot.domain.questions import Question, QuestionKind
from bot.domain.resident.decision import SHOWN_SUGGESTIONS, THRESHOLDS, Decision, Outcome
from bot.domain.resident.emergency import Emergency
from bot.domain.resident.parts import SURE_ELSEWHERE, Part, judge_each, only_tells, speaks_of_self, tells
from bot.domain.resident.remarks import remark_in
from bot.domain.resident.saying import Reply
from bot.domain.resident.talk import Asked, Talk
from bot.domain.resident.wording import Wording, names_feeling
from bot.domain.understanding import Understanding
from bot.services.questions import complete_vectors, my_questions
from bot.services.resident_desk import CONSENT, HELPED, ResidentDesk, ResidentTurn, start_reply, turn_of
from bot.services.resident_registering import Asking, asked_of, consent_asked, receipt_key, register
from bot.services.resident_remarks import chosen_by_title, reply_to_remark

CLEAR_TYPE: Final = 0.6
"""From this chance on a type of question is named back to somebody whose question nobody answered yet."""


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
    asking = Asking(conversation, now, message_id)
    index = desk.entries.current()
    alarm = talk.recent_alarm
    if not alarm:
        remark = remark_in(understanding.text)
        remarked = chosen_by_title(desk, understanding.text, conversation, talk) or (
            reply_to_remark(desk, remark, asking.by_remark(), talk) if remark else None
        )
        if remarked is not None:
            return remarked
    reply = start_reply(desk, index, talk.next_turn(), conversation)
    parts = judge_each(understanding, index, desk.embed, talk.entry)
    decision = parts[0].decision
    if alarm and _may_be_about_alarm(decision, understanding.text):
        reply.say(f"after_{alarm}")
        return turn_of(reply)
    if decision.outcome in (Outcome.EMERGENCY, Outcome.ABUSE, Outcome.SMALLTALK):
        # Somebody who says it again has heard the first words.
        again = decision.outcome is Outcome.EMERGENCY and decision.detail == alarm == Emergency.SELF_HARM.value
        reply.say(f"after_{alarm}" if again else _fixed_line(desk.wording, decision))
        introduced = reply.talk.introduced or "chatbot" in reply.says[-1].text
        reply.talk = replace(reply.talk, introduced=introduced)
        if decision.outcome is Outcome.EMERGENCY:
            reply.talk = replace(reply.talk, alarm=decision.detail, alarmed_at=reply.talk.turn)
        return turn_of(reply)
    if decision.outcome is Outcome.OTHER_LANGUAGE:
        (question, _), *_ = register(desk, [(asked_of(desk, parts[0], index, None), parts[0].vector)], asking)
        reply.registered_in(decision.detail, question)
        return turn_of(reply, CONSENT)
    further = tuple(Part(understanding.text, Decision(Outcome.ANSWER, (each,))) for each in decision.further)
    # Parts are judged by their words alone; how the whole message was said is known of the whole.
    emotion = any(part.decision.emotion for part in parts) or understanding.emotion >= THRESHOLDS.emotion
    reply.open(understanding.text, emotion or names_feeling(understanding.text), len(parts))
    if only_tells(understanding, parts):
        reply.offer_to_pass_on("only_told", Asked(understanding.text, QuestionKind.FACTUAL.value, emotion))
        return turn_of(reply)
    types = {parts[0].text: _clear_type(understanding)} if len(parts) == 1 else {}
    return _say_parts(desk, index, reply, (*parts, *further), asking, types)


def tell_my_questions(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """Everything this conversation asked, and how far it is (points 31, 33)."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.overview(my_questions(desk.store, conversation))
    return turn_of(reply)


def _say_parts(
    desk: ResidentDesk,
    index: FaqIndex,
    reply: Reply,
    parts: Sequence[Part],
    asking: Asking,
    types: dict[str, str],
) -> ResidentTurn:
    """Each in its turn: an answer, buttons, or a number; then one question about all that were registered."""
    answers = [at for at, part in enumerate(parts) if part.decision.outcome is Outcome.ANSWER]
    passed_on = [part for part in parts if part.decision.outcome not in (Outcome.ANSWER, Outcome.SUGGEST)]
    before = reply.talk.entry
    registered = iter(
        register(desk, [(asked_of(desk, part, index, before), part.vector) for part in passed_on], asking)
    )
    about_which = len(parts) - len(answers) > 0 and len(parts) > 1
    questions: list[Question] = []
    for at, part in enumerate(parts):
        about = part.text if about_which else ""
        if part.decision.outcome is Outcome.ANSWER:
            entry = _entry(index, part.decision.ids[0])
            if len(parts) == 1 and entry.id == before:
                reply.answer_again(entry, asked_of(desk, part, index, before))
                return turn_of(reply)
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
            reply.registered(receipt_key(question, known), question, about)
            questions.append(question)
    if consent_asked(desk, reply, questions, asking.conversation):
        return turn_of(reply, CONSENT)
    return turn_of(reply, HELPED if answers and answers[-1] == len(parts) - 1 else None)


def _entry(index: FaqIndex, entry_id: str) -> FaqEntry:
    """One that matching found in this very index."""
    entry = index.entry(entry_id)
    assert entry is not None, entry_id
    return entry


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


def _clear_type(understanding: Understanding) -> str:
    """The question type that the classifier is sure of, or ''."""
    best = max(understanding.intents.items(), key=lambda item: item[1], default=("", 0.0))
    return best[0].partition("/")[2] if best[0].startswith("faq/") and best[1] >= CLEAR_TYPE else ""
