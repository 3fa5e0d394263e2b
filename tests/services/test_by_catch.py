"""By-catch gets a next step and a message back; callers and mailers become a task; news reaches who follows it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.faq import EntryState
from bot.domain.follow_up import Step
from bot.domain.outgoing import Delivery, OutgoingKind
from bot.domain.questions import Cluster, QuestionKind, QuestionState
from bot.domain.reply_wishes import ReplyMeans
from bot.services.accounts import list_accounts
from bot.services.clusters import cluster, dismiss, dismissed_before, merge, open_clusters
from bot.services.contacts import forget_conversation, remember_contact
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.follow_ups import follow_ups, take_step
from bot.services.news import all_news, published_news, save_news
from bot.services.notices import deliveries_of_cluster
from bot.services.ports import Store
from bot.services.questions import my_questions, record_wish
from bot.services.reply_wishes import ask_reply, fulfil_reply, reply_tasks, reply_wishes_of, withdraw_reply
from bot.services.subscriptions import subscribe
from tests.services.residents import ANNA, BRAM, DUE, NOW, ask, ask_and_wish, colleague, publish, vector

pytestmark = pytest.mark.both_databases

BINS = "De containers zitten vol."


def by_catch(store: Store, conversation: str = ANNA, chat_id: int | None = 7) -> Cluster:
    question = ask_and_wish(store, BINS, conversation, chat_id, kind=QuestionKind.SIDE_ISSUE, topic="afval")
    return cluster(store, question.cluster_id)


def step(store: Store, row: Cluster, what: Step, text: str = "", account_id: int | None = None) -> int:
    by = account_id if account_id is not None else colleague(store, f"Eva{len(list_accounts(store))}").id
    return take_step(
        store, cluster_id=row.id, expected_version=row.version, account_id=by, step=what, text=text, now=NOW
    )


def test_each_step_tells_whoever_wants_to_hear_and_the_last_closes_the_row(store: Store) -> None:
    row = by_catch(store)
    ask(store, BINS, BRAM, kind=QuestionKind.SIDE_ISSUE, topic="afval")  # wants nothing
    assert step(store, cluster(store, row.id), Step.PASSED_ON, "Het ligt bij Beheer.") == 1
    assert cluster(store, row.id).state is QuestionState.OPEN
    assert step(store, cluster(store, row.id), Step.SOLVED, "Ze zijn geleegd.") == 1
    closed = cluster(store, row.id)
    assert (closed.state, closed.follow_up, closed.claimed_by) == (QuestionState.ANSWERED, Step.SOLVED, None)
    assert [(each.step, each.notices) for each in follow_ups(store, row.id)] == [(Step.PASSED_ON, 1), (Step.SOLVED, 1)]
    texts = [each.message.text for each in deliveries_of_cluster(store, row.id)]
    assert [text.endswith(end) for text, end in zip(texts, ("Beheer.", "geleegd."), strict=True)] == [True, True]
    assert my_questions(store, ANNA)[0].state is QuestionState.ANSWERED
    with pytest.raises(NotPossible, match="al afgehandeld"):
        step(store, closed, Step.SOLVED, "Nog eens")


def test_a_last_step_without_words_and_a_step_for_another_kind_are_refused(store: Store) -> None:
    row = by_catch(store)
    with pytest.raises(NotPossible, match="laatste stap"):
        step(store, row, Step.DECLINED)
    with pytest.raises(NotPossible, match="tekens lang"):
        step(store, row, Step.PASSED_ON, "x" * 1501)
    facts = cluster(store, ask(store, "Komt er een hek?", BRAM).cluster_id)
    with pytest.raises(NotPossible, match="bijvangst"):
        step(store, facts, Step.PASSED_ON, "Doorgegeven")


def test_who_says_later_that_they_want_to_hear_gets_the_last_message(store: Store) -> None:
    question = ask(store, BINS, ANNA, kind=QuestionKind.SIDE_ISSUE, topic="afval")
    remember_contact(store, conversation=ANNA, chat_id=7, now=NOW)
    step(store, cluster(store, question.cluster_id), Step.SOLVED, "Ze zijn geleegd.")
    for _ in range(2):
        record_wish(store, conversation=ANNA, number=question.number, wants_notice=True, now=NOW)
    [told] = deliveries_of_cluster(store, question.cluster_id)
    assert "geleegd" in told.message.text


def test_steps_and_messages_move_along_when_rows_are_merged(store: Store) -> None:
    one = by_catch(store, ANNA)
    two = cluster(store, ask(store, "Er ligt afval.", BRAM, kind=QuestionKind.SIDE_ISSUE, topic="afval").cluster_id)
    later, kept = max(one.id, two.id), min(one.id, two.id)
    row = cluster(store, later)
    by = colleague(store).id
    step(store, row, Step.UNDER_WAY, "We kijken.", by)
    versions = {each: cluster(store, each).version for each in (one.id, two.id)}
    merge(store, versions=versions, account_id=by, now=NOW)
    assert [each.step for each in follow_ups(store, kept)] == [Step.UNDER_WAY]


def test_the_same_words_as_what_was_laid_aside_are_pointed_out_and_reopen_nothing(store: Store) -> None:
    first = ask(store, "Komt er een zwembad?", ANNA)
    dismiss(
        store, cluster_id=first.cluster_id, expected_version=1, account_id=colleague(store).id, reason="Nee.", now=NOW
    )
    again = ask(store, "komt er een ZWEMBAD", BRAM)
    assert again.cluster_id != first.cluster_id
    assert cluster(store, first.cluster_id).state is QuestionState.DISMISSED
    [before] = dismissed_before(store, again.cluster_id)
    assert (before.id, before.dismissed_because) == (first.cluster_id, "Nee.")
    assert dismissed_before(store, ask(store, "Komt er een hek?", ANNA).cluster_id) == ()


def test_rows_are_found_by_promised_day_holder_and_label(store: Store) -> None:
    by = colleague(store)
    early = ask(store, "Eerste?", ANNA, embedding=vector(1, 0))
    late = ask(store, "Laatste?", BRAM, due_on=DUE + timedelta(days=9), embedding=vector(0, 1))
    assert [each.id for each in open_clusters(store, due_until=DUE)] == [early.cluster_id]
    assert [each.id for each in open_clusters(store, due_from=DUE + timedelta(days=1))] == [late.cluster_id]
    assert open_clusters(store, claimed_by=by.id) == ()


def wish(store: Store, number: int, conversation: str = ANNA, address: str = "06 12345678") -> None:
    ask_reply(
        store, number=number, conversation=conversation, means=ReplyMeans.PHONE, address=address, name="Anna", now=NOW
    )


def test_a_wish_waits_for_the_answer_and_its_address_goes_once_it_was_used(store: Store) -> None:
    waiting, answered = ask(store, "Komt er een hek?", ANNA), ask(store, conversation=BRAM)
    wish(store, waiting.number)
    wish(store, answered.number, BRAM)
    by = colleague(store)
    publish(store, answered.cluster_id, by)
    assert [task.question.number for task in reply_tasks(store)] == [answered.number, waiting.number]
    task = reply_tasks(store)[0]
    fulfil_reply(store, wish_id=task.id, account_id=by.id, now=NOW)
    [done] = reply_wishes_of(store, [answered.number])
    assert (done.address, done.name, done.done_by) == ("", "", by.id)
    with pytest.raises(NotPossible, match="al gedaan"):
        fulfil_reply(store, wish_id=task.id, account_id=by.id, now=NOW)
    with pytest.raises(NotFound):
        fulfil_reply(store, wish_id=99, account_id=by.id, now=NOW)


def test_a_second_wish_takes_the_place_of_the_first(store: Store) -> None:
    number = ask(store).number
    wish(store, number)
    wish(store, number, address="030-2860000")
    assert [task.address for task in reply_tasks(store)] == ["030-2860000"]


@pytest.mark.parametrize("address", ["", "12", "bel me maar", "06-1234567<b>", "1" * 40])
def test_a_number_that_is_none_is_refused(store: Store, address: str) -> None:
    with pytest.raises(NotPossible, match="geen telefoonnummer"):
        wish(store, ask(store).number, address=address)


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@", "@b.nl", "anna@voorbeeld", "a b@c.nl", "a@b.nl,c@d.nl", "x" * 250 + "@b.nl"]
)
def test_an_address_that_is_none_is_refused(store: Store, address: str) -> None:
    with pytest.raises(NotPossible, match="geen e-mailadres"):
        ask_reply(store, number=1, conversation=ANNA, means=ReplyMeans.EMAIL, address=address, now=NOW)


def test_nobody_leaves_an_address_with_somebody_elses_question(store: Store) -> None:
    number = ask(store).number
    with pytest.raises(NotFound):
        wish(store, number, BRAM)


def test_forgetting_and_taking_back_erase_the_address(store: Store) -> None:
    for erase in (
        lambda: withdraw_reply(store, conversation=ANNA, now=NOW),
        lambda: forget_conversation(store, conversation=ANNA, now=NOW),
    ):
        wish(store, ask(store).number)
        erase()
        assert reply_tasks(store) == ()


def news(store: Store, by: int, **changed: object) -> tuple[int, int]:
    usual: dict[str, object] = {
        "news_id": None, "expected_version": 0, "title": "De raad besloot", "text": "Het gaat door.",
        "state": EntryState.PUBLISHED, "account_id": by, "now": NOW, "tell": True,
    }  # fmt: skip
    item, told = save_news(store, **{**usual, **changed})  # type: ignore[arg-type]
    return item.id, told


def test_news_goes_once_to_who_follows_it_and_stays_on_the_page(store: Store) -> None:
    by = colleague(store).id
    remember_contact(store, conversation=ANNA, chat_id=7, now=NOW)
    subscribe(store, ANNA, now=NOW)
    number, told = news(store, by)
    assert told == 1
    assert news(store, by, news_id=number, expected_version=1, text="Het gaat echt door.") == (number, 0)
    assert [(each.text, each.version) for each in published_news(store)] == [("Het gaat echt door.", 2)]
    with store.view() as work:
        [sent] = work.outgoing.in_state(Delivery.PENDING)
    assert sent.kind is OutgoingKind.NEWS


def test_a_draft_is_read_and_sent_by_nobody_and_keeps_no_date(store: Store) -> None:
    by = colleague(store).id
    remember_contact(store, conversation=ANNA, chat_id=7, now=NOW)
    subscribe(store, ANNA, now=NOW)
    number, told = news(store, by, state=EntryState.DRAFT)
    assert (told, published_news(store)) == (0, ())
    assert news(store, by, news_id=number, expected_version=1) == (number, 1)
    news(store, by, news_id=number, expected_version=2, state=EntryState.WITHDRAWN)
    assert published_news(store) == ()
    [kept] = all_news(store)
    assert kept.published_at == NOW


def test_news_that_a_colleague_changed_is_not_overwritten(store: Store) -> None:
    by = colleague(store).id
    number, _ = news(store, by)
    with pytest.raises(ChangedByOther, match="Fatima"):
        news(store, by, news_id=number, expected_version=0)
    for fault in ({"title": " "}, {"text": ""}, {"title": "x" * 121}, {"text": "x" * 3001}):
        with pytest.raises(NotPossible):
            news(store, by, **fault)
    with pytest.raises(NotFound):
        news(store, by, news_id=99)
