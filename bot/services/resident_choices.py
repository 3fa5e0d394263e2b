"""What a resident can choose after a reply: an entry, none of them, whether it helped, whether they want a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.resident.decision import SHOWN_SUGGESTIONS
from bot.domain.resident.talk import Talk
from bot.services.resident_desk import HELPED, ResidentDesk, ResidentTurn, start_reply, turn_of
from bot.services.resident_registering import Asking, record_consent, register_unhelped


def choose_entry(desk: ResidentDesk, entry_id: str, *, conversation: str, talk: Talk) -> ResidentTurn:
    """The answer behind a button."""
    index = desk.entries.current()
    entry = index.entry(entry_id)
    reply = start_reply(desk, index, talk.next_turn(), conversation)
    if entry is None:
        reply.say("entry_gone")
        return turn_of(reply)
    reply.show_understood(entry)
    reply.answer(entry, ask_whether_it_helped=True)
    return turn_of(reply, HELPED)


def none_of_these(
    desk: ResidentDesk, n: int | None, *, conversation: str, talk: Talk, now: datetime, message_id: str | None = None
) -> ResidentTurn:
    """None of the suggestions: the question goes to whoever can answer it. n: the key under which it was kept."""
    asked = talk.asked.get(n) if n is not None else talk.latest()
    return register_unhelped(desk, asked, Asking(conversation, now, message_id), talk)


def answer_helped(desk: ResidentDesk, *, conversation: str, talk: Talk) -> ResidentTurn:
    """'Ja', the question is answered."""
    reply = start_reply(desk, desk.entries.current(), talk.next_turn(), conversation)
    reply.say("glad_it_helped")
    return turn_of(reply)


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
        return register_unhelped(desk, asked, Asking(conversation, now, message_id), talk)
    reply = start_reply(desk, index, talk.next_turn(), conversation)
    reply.suggest(others[: SHOWN_SUGGESTIONS - 1], replace(asked, others=()), "or_this")
    return turn_of(reply)


def give_consent(
    desk: ResidentDesk, numbers: Sequence[int], *, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    """They want to hear the answer. numbers: of the questions; none for those last asked about."""
    return record_consent(desk, numbers, conversation, talk, now, wants_notice=True)


def refuse_consent(
    desk: ResidentDesk, numbers: Sequence[int], *, conversation: str, talk: Talk, now: datetime
) -> ResidentTurn:
    """They do not."""
    return record_consent(desk, numbers, conversation, talk, now, wants_notice=False)
