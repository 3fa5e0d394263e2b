"""What a resident does with questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bot.domain.questions import QuestionKind, QuestionState
from bot.domain.understanding import Vector
from bot.services.clusters import claim, cluster, dismiss, open_clusters
from bot.services.errors import NotFound
from bot.services.ports import Store
from bot.services.questions import (
    complete_vectors,
    edit_question,
    my_questions,
    question_of_message,
    record_wish,
    stop_notices,
)
from tests.services.residents import ANNA, BRAM, DUE, NOW, ask, ask_and_wish, colleague, vector

pytestmark = pytest.mark.both_databases


def test_numbers_run_from_one(store: Store) -> None:
    assert [ask(store, text).number for text in ("Komt er een hek?", "Wie betaalt dit?")] == [1, 2]


def test_a_question_comes_back_as_it_was_asked(store: Store) -> None:
    asked = ask(store, "Hoeveel mensen komen er?", emotion=True, embedding=vector(1, 0))
    assert my_questions(store, ANNA) == (asked,)
    assert (asked.asked_at, asked.due_on, asked.emotion, asked.wants_notice) == (NOW, DUE, True, None)


@pytest.mark.parametrize(
    "again", ["hoeveel mensen komen er", "  Hoeveel mensen komen er?!", "HOEVEEL MÉNSEN KOMEN ER?"]
)
def test_the_same_words_by_the_same_asker_are_registered_once(store: Store, again: str) -> None:
    first = ask(store, "Hoeveel mensen komen er?")
    assert ask(store, again) == first
    assert len(my_questions(store, ANNA)) == 1


def test_a_dismissed_question_may_be_asked_again(store: Store) -> None:
    first = ask(store)
    row = cluster(store, first.cluster_id)
    account = colleague(store)
    dismiss(store, cluster_id=row.id, expected_version=1, account_id=account.id, reason="hoort elders", now=NOW)
    assert ask(store).number == 2


def test_the_very_same_message_finds_its_question_whatever_became_of_it(store: Store) -> None:
    first = ask(store, message_id="7")
    row = cluster(store, first.cluster_id)
    account = colleague(store)
    dismiss(store, cluster_id=row.id, expected_version=1, account_id=account.id, reason="hoort elders", now=NOW)
    assert ask(store, message_id="7").number == first.number
    assert ask(store, message_id="8").number == 2


def test_the_same_words_by_somebody_else_join_without_another_version(store: Store) -> None:
    first, second = ask(store), ask(store, "hoeveel mensen komen er", BRAM, due_on=date(2026, 3, 5))
    row = cluster(store, first.cluster_id)
    assert [question.number for question in row.questions] == [first.number, second.number]
    assert (row.version, row.due_on, row.title) == (1, date(2026, 3, 5), "Hoeveel mensen komen er?")


def test_nearly_the_same_question_joins_and_the_team_has_to_look(store: Store) -> None:
    first = ask(store, embedding=vector(1, 0))
    second = ask(store, "Om hoeveel personen gaat het?", BRAM, embedding=vector(1, 0.2))
    assert second.cluster_id == first.cluster_id
    assert cluster(store, first.cluster_id).version == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"embedding": vector(1, 1)},
        {"embedding": vector(1, 0), "kind": QuestionKind.POLITICAL},
        {"embedding": vector(1, 0, 0)},
        {"embedding": None},
    ],
    ids=["too far", "another kind", "another embedder", "no vector"],
)
def test_other_questions_get_a_row_of_their_own(store: Store, changed: dict[str, object]) -> None:
    first = ask(store, embedding=vector(1, 0))
    assert ask(store, "Wie bepaalt hoeveel?", BRAM, **changed).cluster_id != first.cluster_id


def test_a_question_never_joins_a_closed_row(store: Store) -> None:
    first = ask(store, embedding=vector(1, 0))
    account = colleague(store)
    dismiss(store, cluster_id=first.cluster_id, expected_version=1, account_id=account.id, reason="spam", now=NOW)
    assert ask(store, conversation=BRAM, embedding=vector(1, 0)).cluster_id != first.cluster_id


def test_a_wish_is_kept(store: Store) -> None:
    ask(store)
    record_wish(store, conversation=ANNA, number=1, wants_notice=True, now=NOW)
    assert my_questions(store, ANNA)[0].wants_notice is True


def test_nobody_touches_the_question_of_somebody_else(store: Store) -> None:
    ask(store)
    with pytest.raises(NotFound, match="geen vraag met nummer 1"):
        record_wish(store, conversation=BRAM, number=1, wants_notice=True, now=NOW)
    with pytest.raises(NotFound, match="geen vraag met nummer 1"):
        edit_question(store, conversation=BRAM, number=1, text="Iets anders", embedding=None, now=NOW)


def test_stopping_withdraws_every_wish(store: Store) -> None:
    ask_and_wish(store, "Komt er een hek?", ANNA, 7)
    ask(store, "Wie betaalt dit?")
    stop_notices(store, ANNA)
    assert [question.wants_notice for question in my_questions(store, ANNA)] == [False, False]


def test_an_edited_message_finds_its_question(store: Store) -> None:
    asked = ask(store, message_id="55")
    assert question_of_message(store, conversation=ANNA, message_id="55") == asked
    assert question_of_message(store, conversation=BRAM, message_id="55") is None


def test_an_edit_renames_the_row_of_a_question_that_is_alone(store: Store) -> None:
    asked = ask(store, "Hoevel mesen")
    edited = edit_question(store, conversation=ANNA, number=1, text="Hoeveel mensen?", embedding=None, now=NOW)
    row = cluster(store, asked.cluster_id)
    assert (edited.text, edited.cluster_id, row.title, row.version) == ("Hoeveel mensen?", row.id, "Hoeveel mensen?", 2)


def test_an_edit_that_asks_something_else_leaves_the_row_of_the_others(store: Store) -> None:
    asked = ask(store)
    ask(store, conversation=BRAM)
    edited = edit_question(store, conversation=ANNA, number=1, text="Komt er een hek?", embedding=None, now=NOW)
    assert edited.cluster_id != asked.cluster_id
    assert [q.number for q in cluster(store, asked.cluster_id).questions] == [2]
    assert cluster(store, asked.cluster_id).version == 2
    assert cluster(store, edited.cluster_id).title == "Komt er een hek?"


def test_an_edit_that_asks_what_another_asked_joins_them_and_leaves_no_empty_row(store: Store) -> None:
    ask(store, "Komt er een hek?", BRAM)
    lonely = ask(store, "Komt er een hok?")
    edited = edit_question(store, conversation=ANNA, number=2, text="Komt er een hek?", embedding=None, now=NOW)
    assert edited.cluster_id != lonely.cluster_id
    assert [row.id for row in open_clusters(store)] == [edited.cluster_id]


def test_an_edit_of_an_answered_question_changes_nothing(store: Store) -> None:
    asked = ask(store)
    account = colleague(store)
    dismiss(store, cluster_id=asked.cluster_id, expected_version=1, account_id=account.id, reason="spam", now=NOW)
    edited = edit_question(store, conversation=ANNA, number=1, text="Anders", embedding=None, now=NOW)
    assert (edited.text, edited.state) == (asked.text, QuestionState.DISMISSED)


def embed(texts: Sequence[str]) -> list[Vector]:
    """Everything about a fence lies near, the rest far."""
    return [vector(1, 0.1) if "hek" in text else vector(0, 1) for text in texts]


def test_an_edited_question_gets_a_vector_again_and_joins_those_who_ask_the_same(store: Store) -> None:
    there = ask(store, "Komt er een hek?", BRAM, embedding=vector(1, 0))
    ask(store, "Komt er een hok?", embedding=vector(0, 1))
    edit_question(store, conversation=ANNA, number=2, text="Zetten jullie er een hek om?", embedding=None, now=NOW)
    assert complete_vectors(store, embed, NOW) == 1
    assert my_questions(store, ANNA)[0].cluster_id == there.cluster_id
    assert complete_vectors(store, embed, NOW) == 0


def test_a_vector_made_later_leaves_rows_that_somebody_works_on_alone(store: Store) -> None:
    ask(store, "Komt er een hek?", BRAM, embedding=vector(1, 0))
    late = ask(store, "Zetten jullie er een hek om?", embedding=None)
    account = colleague(store)
    claim(store, cluster_id=late.cluster_id, expected_version=1, account_id=account.id, now=NOW)
    complete_vectors(store, embed, NOW)
    assert my_questions(store, ANNA)[0].cluster_id == late.cluster_id
    assert cluster(store, late.cluster_id).version == 2


def test_a_message_with_several_questions_is_not_taken_for_one_of_them(store: Store) -> None:
    ask(store, "Komt er een hek?", message_id="55")
    ask(store, "Wie betaalt dit?", message_id="55")
    assert question_of_message(store, conversation=ANNA, message_id="55") is None
