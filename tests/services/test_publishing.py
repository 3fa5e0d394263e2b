"""One answer for everybody who asked, in one transaction."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.faq import EntryState
from bot.domain.outgoing import Delivery
from bot.domain.questions import QuestionState
from bot.services.answers import (
    answer_with_entry,
    entry,
    faq_revision,
    published_entries,
    save_entry,
    withdraw_entry,
)
from bot.services.clusters import claim, cluster
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.notices import deliveries_of_cluster, kept_notices, mark_sent
from bot.services.ports import Store
from bot.services.questions import my_questions, record_wish, stop_notices
from tests.services.residents import (
    ANNA,
    BRAM,
    CARLA,
    LATER,
    NOW,
    ask,
    ask_and_wish,
    colleague,
    faq_entry,
    publish,
    vector,
)

pytestmark = pytest.mark.both_databases


def test_publishing_answers_everybody_in_the_row(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 11, embedding=vector(1, 0)).cluster_id
    ask_and_wish(store, "Om hoeveel man gaat het?", BRAM, 12, embedding=vector(1, 0.1))
    ask(store, "hoeveel mensen komen er", CARLA)
    published = publish(store, row, colleague(store))
    assert (published.entry.id, published.entry.version, published.notices) == ("v1", 1, 2)
    assert published.entry.published_on == date(2026, 3, 2)
    assert published_entries(store) == (published.entry,)
    closed = cluster(store, row)
    assert (closed.state, {q.state for q in closed.questions}) == (QuestionState.ANSWERED, {QuestionState.ANSWERED})
    assert {(q.answered_by, q.answered_at) for q in closed.questions} == {("v1", LATER)}


def test_the_questions_become_phrasings_once(store: Store) -> None:
    row = ask(store, "Hoeveel mensen komen er?", embedding=vector(1, 0)).cluster_id
    ask(store, "Om hoeveel man gaat het?", BRAM, embedding=vector(1, 0.1))
    ask(store, "om hoeveel man gaat het", CARLA)
    published = publish(store, row, colleague(store), question="Hoeveel mensen komen er?")
    assert published.entry.phrasings == ("Om hoeveel man gaat het?",)


def test_each_asker_is_told_once_about_all_their_questions(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 11, embedding=vector(1, 0)).cluster_id
    ask_and_wish(store, "Om hoeveel man gaat het?", ANNA, 11, embedding=vector(1, 0.1))
    ask_and_wish(store, "Om hoeveel man gaat het dan?", BRAM, 12, embedding=vector(1, 0.1))
    publish(store, row, colleague(store))
    texts = {notice.chat_id: notice.message.text for notice in deliveries_of_cluster(store, row)}
    assert texts[11] == (
        "U stelde ons de vragen 1 en 2: ‘Hoeveel mensen komen er?’\n\n"
        "Er komen 240 mensen.\n\n(Antwoord van 2 maart 2026)"
    )
    assert texts[12].startswith("U stelde ons vraag 3: ‘Om hoeveel man gaat het dan?’")
    assert len(texts) == 2


def test_a_notice_for_the_web_page_waits_for_the_next_visit(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", CARLA, None).cluster_id
    publish(store, row, colleague(store))
    (kept,) = kept_notices(store, CARLA)
    assert (kept.state, kept.chat_id) == (Delivery.KEPT, None)
    assert mark_sent(store, kept.id, now=LATER)
    assert kept_notices(store, CARLA) == ()


def test_nobody_is_told_who_did_not_ask_for_it(store: Store) -> None:
    row = ask(store).cluster_id
    ask_and_wish(store, "Hoeveel mensen komen er?", BRAM, 12)
    stop_notices(store, BRAM)
    assert publish(store, row, colleague(store)).notices == 0


def test_who_says_yes_after_the_answer_hears_it_at_once_and_once(store: Store) -> None:
    row = ask(store).cluster_id
    publish(store, row, colleague(store))
    for _ in range(2):
        record_wish(store, conversation=ANNA, number=1, wants_notice=True, now=LATER)
    assert [notice.state for notice in deliveries_of_cluster(store, row)] == [Delivery.KEPT]


def test_stopping_drops_notices_that_wait(store: Store) -> None:
    row = ask_and_wish(store, "Hoeveel mensen komen er?", BRAM, 12).cluster_id
    publish(store, row, colleague(store))
    assert stop_notices(store, BRAM) == 1
    assert deliveries_of_cluster(store, row) == ()


def test_the_next_question_with_that_number_taken_gets_another_id(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry("v1"), expected_version=0, account_id=account.id, now=NOW)
    assert publish(store, ask(store).cluster_id, account).entry.id == "v1-2"


def test_publishing_can_renew_an_entry(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry("z01", source="raadsbesluit"), expected_version=0, account_id=account.id, now=NOW)
    row = ask(store).cluster_id
    published = publish(store, row, account, answer="Er komen 200 mensen.", entry_id="z01", entry_version=1)
    assert (published.entry.version, published.entry.answer, published.entry.source) == (
        2, "Er komen 200 mensen.", "raadsbesluit",
    )  # fmt: skip


def test_an_entry_that_a_colleague_changed_is_not_overwritten(store: Store) -> None:
    account = colleague(store)
    for version in (0, 1):
        changed = faq_entry("z01", answer=f"Tekst {version}")
        save_entry(store, changed, expected_version=version, account_id=account.id, now=NOW)
    row = ask(store).cluster_id
    with pytest.raises(ChangedByOther, match="Fatima heeft dit antwoord intussen veranderd"):
        publish(store, row, account, entry_id="z01", entry_version=1)
    assert cluster(store, row).state is QuestionState.OPEN


def test_a_refused_publication_changes_nothing_at_all(store: Store) -> None:
    fatima, willem = colleague(store), colleague(store, "Willem")
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 11).cluster_id
    claim(store, cluster_id=row, expected_version=1, account_id=fatima.id, now=NOW)
    before = faq_revision(store), cluster(store, row)
    with pytest.raises(ChangedByOther):
        publish(store, row, willem)
    with pytest.raises(ChangedByOther):
        publish(store, row, fatima, expected_version=1)
    with pytest.raises(NotPossible, match="Vul een vraag en een antwoord in"):
        publish(store, row, fatima, answer="  ")
    with pytest.raises(NotPossible, match="3501 tekens"):
        publish(store, row, fatima, answer="x" * 3501)
    with pytest.raises(NotFound, match="geen antwoord met de naam z99"):
        publish(store, row, fatima, entry_id="z99")
    assert (faq_revision(store), cluster(store, row)) == before
    assert (published_entries(store), deliveries_of_cluster(store, row)) == ((), ())


def test_an_existing_entry_can_answer_a_row(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry("z01"), expected_version=0, account_id=account.id, now=NOW)
    row = ask_and_wish(store, "Om hoeveel man gaat het?", ANNA, 11).cluster_id
    before = faq_revision(store)
    published = answer_with_entry(
        store, cluster_id=row, expected_version=1, account_id=account.id, entry_id="z01", now=LATER
    )
    assert (published.entry.version, published.notices, published.entry.phrasings) == (
        1, 1, ("Om hoeveel man gaat het?",),
    )  # fmt: skip
    assert faq_revision(store) > before
    assert my_questions(store, ANNA)[0].answered_by == "z01"


def test_a_withdrawn_entry_answers_no_row(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry("z01"), expected_version=0, account_id=account.id, now=NOW)
    withdraw_entry(store, entry_id="z01", expected_version=1, account_id=account.id, now=NOW)
    row = ask(store).cluster_id
    with pytest.raises(NotPossible, match="niet gepubliceerd"):
        answer_with_entry(store, cluster_id=row, expected_version=1, account_id=account.id, entry_id="z01", now=NOW)


def test_who_had_an_answer_can_be_told_that_it_changed(store: Store) -> None:
    account = colleague(store)
    row = ask_and_wish(store, "Hoeveel mensen komen er?", ANNA, 11).cluster_id
    first = publish(store, row, account).entry
    changed = faq_entry("v1", answer="Er komen 200 mensen.", state=EntryState.PUBLISHED)
    again = save_entry(
        store, changed, expected_version=first.version, account_id=account.id, now=LATER, tell_askers=True
    )
    assert again.notices == 1
    told = deliveries_of_cluster(store, row)[-1].message.text
    assert told.startswith("Het antwoord op uw vraag 1 is veranderd. U vroeg: ‘Hoeveel mensen komen er?’")
    assert "200 mensen" in told


def test_a_published_answer_reads_back_as_it_was_returned(store: Store) -> None:
    published = publish(store, ask(store).cluster_id, colleague(store), review_by=date(2026, 9, 1), source="besluit")
    assert entry(store, published.entry.id) == published.entry
