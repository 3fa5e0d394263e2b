"""/vergeetmij cuts every link with a resident."""

from __future__ import annotations

import pytest

from bot.domain.outgoing import Message
from bot.domain.questions import QuestionState
from bot.services.clusters import cluster
from bot.services.contacts import forget_conversation
from bot.services.inbox import fail_update, finish_update, receive_update
from bot.services.notices import enqueue
from bot.services.ports import Store
from bot.services.questions import my_questions, question_of_message
from tests.services.residents import ANNA, BRAM, NOW, ask_and_wish, colleague, letter, publish

pytestmark = pytest.mark.both_databases


def test_the_question_stays_and_nothing_leads_back_to_the_asker(store: Store) -> None:
    asked = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7, message_id="55")
    (left,) = forget_conversation(store, conversation=ANNA, now=NOW)
    assert (left.number, left.text, left.state, left.wants_notice) == (1, asked.text, QuestionState.OPEN, False)
    assert left.conversation.startswith("forgotten:")
    assert "anna" not in left.conversation
    assert my_questions(store, ANNA) == ()
    assert question_of_message(store, conversation=left.conversation, message_id="55") is None
    assert cluster(store, asked.cluster_id).questions == (left,)


def test_messages_and_updates_are_erased_but_not_those_of_others(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 7).cluster_id
    ask_and_wish(store, "Hoeveel mensen komen er?", BRAM, 8)
    publish(store, row, colleague(store))
    enqueue(store, letter("oud", 7), now=NOW)
    for update_id, chat_id in ((1, 7), (2, 7), (3, 7), (4, 8)):
        receive_update(store, update_id, {"text": "x"}, chat_id=chat_id, now=NOW)
    finish_update(store, 1, [Message("hoi")], conversation=ANNA, now=NOW)
    fail_update(store, 2, error="x", retry_at=None, now=NOW)
    forget_conversation(store, conversation=ANNA, now=NOW)
    with store.view() as work:
        assert [message.chat_id for message in work.outgoing.of_cluster(row)] == [8]
        assert sum(work.outgoing.counts().values()) == 1
        assert [work.updates.get(n) is not None for n in (1, 2, 3, 4)] == [False, False, True, True]
        assert work.contacts.chat_of(ANNA) is None


def test_forgetting_somebody_unknown_leaves_nothing(store: Store) -> None:
    assert forget_conversation(store, conversation="resident:page:niemand", now=NOW) == ()


def test_two_who_are_forgotten_do_not_become_one(store: Store) -> None:
    for who, chat in ((ANNA, 7), (BRAM, 8)):
        ask_and_wish(store, "Hoeveel mensen komen er?", who, chat)
    left = [forget_conversation(store, conversation=who, now=NOW)[0] for who in (ANNA, BRAM)]
    assert left[0].conversation != left[1].conversation
