"""The review desk: see, claim, sort out, dismiss."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.questions import ClusterOrder, ImpactLabel, QuestionKind, QuestionState
from bot.services.audit import audit_trail
from bot.services.clusters import (
    claim,
    cluster,
    dismiss,
    merge,
    open_clusters,
    release,
    set_kind,
    similar_clusters,
    split,
)
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.ports import Store
from bot.services.questions import edit_question, my_questions
from tests.services.residents import ANNA, BRAM, CARLA, LATER, NOW, ask, colleague, vector

pytestmark = pytest.mark.both_databases


def test_rows_are_sorted_as_the_desk_wants(store: Store) -> None:
    ask(store, "Een?", due_on=date(2026, 3, 20))
    ask(store, "Twee?", due_on=date(2026, 3, 10))
    ask(store, "Drie?", due_on=date(2026, 3, 15), now=LATER)
    ask(store, "Twee?", BRAM, due_on=date(2026, 3, 10))

    def titles(order: ClusterOrder) -> list[str]:
        return [row.title for row in open_clusters(store, order=order)]

    assert titles(ClusterOrder.DUE) == ["Twee?", "Drie?", "Een?"]
    assert titles(ClusterOrder.MOST_ASKED) == ["Twee?", "Een?", "Drie?"]
    assert titles(ClusterOrder.NEWEST)[0] == "Drie?"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, [1, 2]),
        ({"kind": QuestionKind.POLITICAL}, [2]),
        ({"owner": "gemeenteraad"}, [2]),
        ({"topic": "aantallen"}, [1]),
        ({"search": "MENSEN hoeveel"}, [1]),
        ({"search": "hoeveel raad"}, []),
        ({"search": "100%"}, []),
        ({"state": QuestionState.DISMISSED}, [3]),
        ({"state": None}, [1, 2, 3]),
        ({"state": None, "limit": 1}, [1]),
    ],
)
def test_rows_are_found_by_what_the_desk_chose(store: Store, chosen: dict[str, object], expected: list[int]) -> None:
    ask(store, "Hoeveel mensen komen er?")
    ask(store, "Wat vindt de raad?", kind=QuestionKind.POLITICAL, owner="gemeenteraad", topic="besluit")
    third = ask(store, "Bla", topic="overig", due_on=date(2026, 4, 1))
    dismiss(store, cluster_id=third.cluster_id, expected_version=1, account_id=colleague(store).id, reason="x", now=NOW)
    assert [row.questions[0].number for row in open_clusters(store, **chosen)] == expected  # type: ignore[arg-type]


def test_a_claim_is_kept_and_given_back(store: Store) -> None:
    account, row = colleague(store), cluster(store, ask(store).cluster_id)
    claimed = claim(store, cluster_id=row.id, expected_version=1, account_id=account.id, now=NOW)
    assert (claimed.claimed_by, claimed.version) == (account.id, 2)
    released = release(store, cluster_id=row.id, expected_version=2, account_id=account.id, now=NOW)
    assert (released.claimed_by, cluster(store, row.id)) == (None, released)


def test_who_comes_second_hears_who_was_first(store: Store) -> None:
    fatima, willem = colleague(store), colleague(store, "Willem")
    row = ask(store).cluster_id
    claim(store, cluster_id=row, expected_version=1, account_id=fatima.id, now=NOW)
    with pytest.raises(ChangedByOther, match="Fatima heeft deze vraag intussen veranderd") as caught:
        claim(store, cluster_id=row, expected_version=1, account_id=willem.id, now=NOW)
    assert caught.value.by == "Fatima"
    with pytest.raises(ChangedByOther, match="Fatima werkt al aan deze vraag"):
        dismiss(store, cluster_id=row, expected_version=2, account_id=willem.id, reason="x", now=NOW)


def test_a_colleague_who_is_ill_can_be_relieved(store: Store) -> None:
    fatima, willem = colleague(store), colleague(store, "Willem")
    row = ask(store).cluster_id
    claim(store, cluster_id=row, expected_version=1, account_id=fatima.id, now=NOW)
    release(store, cluster_id=row, expected_version=2, account_id=willem.id, now=NOW)
    assert claim(store, cluster_id=row, expected_version=3, account_id=willem.id, now=NOW).claimed_by == willem.id


def test_a_question_that_came_in_between_has_to_be_seen_first(store: Store) -> None:
    account = colleague(store)
    row = ask(store, embedding=vector(1, 0)).cluster_id
    ask(store, "Om hoeveel personen gaat het?", BRAM, embedding=vector(1, 0.1))
    with pytest.raises(ChangedByOther, match="Een bewoner heeft") as caught:
        claim(store, cluster_id=row, expected_version=1, account_id=account.id, now=NOW)
    assert caught.value.by is None


def test_sorting_out_reaches_the_questions(store: Store) -> None:
    account, row = colleague(store), ask(store).cluster_id
    day = date(2026, 3, 30)
    changed = set_kind(
        store, cluster_id=row, expected_version=1, account_id=account.id, kind=QuestionKind.POLITICAL, now=NOW,
        owner="college", due_on=day, label=ImpactLabel.MEANING,
    )  # fmt: skip
    assert (changed.kind, changed.owner, changed.topic, changed.due_on, changed.label, changed.version) == (
        QuestionKind.POLITICAL, "college", "aantallen", day, ImpactLabel.MEANING, 2,
    )  # fmt: skip
    assert [(q.kind, q.owner, q.due_on) for q in my_questions(store, ANNA)] == [
        (QuestionKind.POLITICAL, "college", day)
    ]


def test_what_is_dismissed_stays_so_with_its_reason(store: Store) -> None:
    account, row = colleague(store), ask(store).cluster_id
    done = dismiss(store, cluster_id=row, expected_version=1, account_id=account.id, reason=" hoort elders ", now=NOW)
    assert (done.state, done.dismissed_because) == (QuestionState.DISMISSED, "hoort elders")
    assert my_questions(store, ANNA)[0].state is QuestionState.DISMISSED
    with pytest.raises(NotPossible, match="al afgehandeld"):
        claim(store, cluster_id=row, expected_version=2, account_id=account.id, now=NOW)


def test_dismissing_needs_a_reason(store: Store) -> None:
    with pytest.raises(NotPossible, match="Geef een reden op"):
        dismiss(store, cluster_id=1, expected_version=1, account_id=1, reason=" ", now=NOW)


def test_merging_makes_one_row_with_the_first_promised_date(store: Store) -> None:
    account = colleague(store)
    first = ask(store, "Een?", due_on=date(2026, 3, 20)).cluster_id
    second = ask(store, "Twee?", BRAM, due_on=date(2026, 3, 10)).cluster_id
    merged = merge(store, versions={second: 1, first: 1}, account_id=account.id, now=NOW)
    assert (merged.id, merged.title, merged.due_on, merged.version) == (first, "Een?", date(2026, 3, 10), 2)
    assert [question.number for question in merged.questions] == [1, 2]
    with pytest.raises(ChangedByOther, match="Fatima heeft deze vraag samengevoegd"):
        claim(store, cluster_id=second, expected_version=1, account_id=account.id, now=NOW)


def test_merging_needs_two_rows(store: Store) -> None:
    with pytest.raises(NotPossible, match="ten minste twee"):
        merge(store, versions={1: 1}, account_id=1, now=NOW)


def test_splitting_moves_the_chosen_questions(store: Store) -> None:
    account = colleague(store)
    first = ask(store, "Een?", due_on=date(2026, 3, 20)).cluster_id
    second = ask(store, "Twee?", BRAM, due_on=date(2026, 3, 10)).cluster_id
    merge(store, versions={first: 1, second: 1}, account_id=account.id, now=NOW)
    made = split(store, cluster_id=first, expected_version=2, numbers=[1], account_id=account.id, now=NOW)
    kept = cluster(store, first)
    assert ([q.number for q in made.questions], made.title, made.due_on) == ([1], "Een?", date(2026, 3, 20))
    assert ([q.number for q in kept.questions], kept.title, kept.due_on) == ([2], "Twee?", date(2026, 3, 10))


@pytest.mark.parametrize("numbers", [[], [1, 2], [3], [1, 3]])
def test_splitting_off_nothing_everything_or_others_is_refused(store: Store, numbers: list[int]) -> None:
    account, row = colleague(store), ask(store).cluster_id
    ask(store, conversation=BRAM)
    ask(store, "Iets anders?")
    with pytest.raises(NotPossible, match="Kies een deel"):
        split(store, cluster_id=row, expected_version=1, numbers=numbers, account_id=account.id, now=NOW)


def test_rows_that_ask_nearly_the_same_are_suggested(store: Store) -> None:
    row = ask(store, "Een?", embedding=vector(1, 0)).cluster_id
    far = ask(store, "Twee?", BRAM, embedding=vector(0, 1)).cluster_id
    near = ask(store, "Drie?", CARLA, embedding=vector(1, 0.5), kind=QuestionKind.POLITICAL).cluster_id
    ask(store, "Vier?", CARLA)
    suggested = similar_clusters(store, row)
    assert [found.id for found, _ in suggested] == [near, far]
    assert suggested[0][1] == pytest.approx(0.894, abs=0.002)
    assert similar_clusters(store, ask(store, "Vijf?").cluster_id) == ()


def test_every_change_is_in_the_log_without_a_word_of_the_resident(store: Store) -> None:
    account, asked = colleague(store), ask(store)
    claim(store, cluster_id=asked.cluster_id, expected_version=1, account_id=account.id, now=LATER)
    edit_question(store, conversation=ANNA, number=1, text="Hoe veel?", embedding=None, now=LATER + timedelta(1))
    rows = audit_trail(store, subject=f"cluster:{asked.cluster_id}")
    assert [(row.action, row.account_id) for row in rows] == [("edited", None), ("claimed", account.id)]
    assert not any("mensen" in str(row) or "anna" in str(row).lower() for row in audit_trail(store))


def test_an_unknown_row_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="geen vraag met nummer 99"):
        cluster(store, 99)
    with pytest.raises(NotFound, match="geen vraag met nummer 99"):
        claim(store, cluster_id=99, expected_version=1, account_id=1, now=NOW)
