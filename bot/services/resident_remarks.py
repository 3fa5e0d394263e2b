"""Remarks on the reply before, and what each leads to. Which message is one: `bot.domain.resident.remarks`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.faq import FaqEntry
from bot.domain.matching.words import words
from bot.domain.notices import shortened
from bot.domain.resident.remarks import Remark, Remarked
from bot.domain.resident.saying import TITLE_CHARS, of_question
from bot.domain.resident.talk import CHOICE, PASS_ON, Asked, Talk
from bot.services.questions import my_questions
from bot.services.resident_choices import answer_did_not_help, answer_helped, choose_entry, none_of_these
from bot.services.resident_desk import CONSENT, HELPED, ResidentDesk, ResidentTurn, start_reply, turn_of
from bot.services.resident_registering import Asking, in_context, of_message, receipts, record_consent


def reply_to_remark(desk: ResidentDesk, said: Remarked, asking: Asking, talk: Talk) -> ResidentTurn | None:
    """The reply to a remark on what was said before; None where it may be a question after all."""
    conversation = asking.conversation
    latest = talk.latest()
    registered = of_message(desk, asking)
    if registered:
        told = latest is not None and latest.told
        return receipts(desk, [(question, False) for question in registered], asking, talk, told)
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


def _agreed(desk: ResidentDesk, yes: bool, offered: Sequence[str], asking: Asking, talk: Talk) -> ResidentTurn | None:
    """A bare yes or no, as far as it is known to what."""
    conversation = asking.conversation
    if talk.awaiting == CONSENT:
        return record_consent(desk, (), conversation, talk, asking.now, wants_notice=yes)
    if talk.awaiting == HELPED:
        if yes:
            return answer_helped(desk, conversation=conversation, talk=talk)
        return answer_did_not_help(desk, None, talk=talk, **vars(asking))
    if (offered and not yes) or (talk.awaiting == PASS_ON and yes):
        return none_of_these(desk, None, talk=talk, **vars(asking))
    if len(offered) == 1:
        return choose_entry(desk, offered[0], conversation=conversation, talk=talk)
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say("which_of_these" if offered else "yes_to_nothing" if yes else "no_to_nothing")
    return turn_of(reply)


def _chosen_by_place(desk: ResidentDesk, place: int, conversation: str, talk: Talk) -> ResidentTurn:
    """'De tweede': of the buttons shown last, which are still on the screen. place: from 1, or -1 for the last."""
    shown = next((each.offered for _, each in sorted(talk.asked.items(), reverse=True) if each.offered), ())
    at = place - 1 if place > 0 else place
    if at >= len(shown) or not shown:
        return _aside(desk, "about_what", conversation, talk)
    return choose_entry(desk, shown[at], conversation=conversation, talk=talk)


def chosen_by_title(desk: ResidentDesk, text: str, conversation: str, talk: Talk) -> ResidentTurn | None:
    """The words on one of the buttons, typed: whole, or as far as the button shows them."""
    latest, said = talk.latest(), words(text)
    for each in latest.offered if latest and talk.awaiting == CHOICE and said else ():
        entry = desk.entries.current().entry(each)
        if entry and said in (words(entry.question), words(shortened(entry.question, TITLE_CHARS))):
            return choose_entry(desk, each, conversation=conversation, talk=talk)
    return None


def _vouched_for(desk: ResidentDesk, entry: FaqEntry, conversation: str, talk: Talk) -> ResidentTurn:
    """'Wie zegt dat?', of the answer before."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.vouch(entry)
    return turn_of(reply, CONSENT if talk.awaiting == CONSENT else None)


def _more_about(desk: ResidentDesk, text: str, entry: FaqEntry, conversation: str, talk: Talk) -> ResidentTurn:
    """'Hoe dan?' after an answer: there is no more than what the municipality wrote, but somebody can be asked."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    asked = Asked(in_context(text, entry), entry.kind.value, topic=entry.topic, in_context=True)
    reply.offer_to_pass_on("no_more_than_this", asked, question=entry.question)
    return turn_of(reply)


def _no_answer_yet(desk: ResidentDesk, conversation: str, talk: Talk) -> ResidentTurn:
    """'Dat is geen antwoord', of a question that was passed on: so it is."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    waiting = [each for each in my_questions(desk.store, conversation) if each.number in talk.numbers]
    for question in waiting[-1:]:
        reply.say("no_answer_yet", (), **of_question(question))
    if not waiting:
        reply.say("ask_again")
    return turn_of(reply, CONSENT if waiting else None)


def _aside(desk: ResidentDesk, key: str, conversation: str, talk: Talk) -> ResidentTurn:
    """One sentence, after which what was asked of the resident still stands."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say(key)
    return turn_of(reply, CONSENT if talk.awaiting == CONSENT else None)
