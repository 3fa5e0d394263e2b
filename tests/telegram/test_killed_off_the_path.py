"""Killed where something else went wrong already, or while a colleague publishes: 0 lost, 0 double, doubt is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.accounts import AccountRole
from bot.domain.outgoing import Delivery, OutgoingKind
from bot.domain.questions import QuestionKind, QuestionState
from bot.services.accounts import create_account
from bot.services.answers import publish_answer
from bot.services.clusters import cluster
from bot.services.contacts import remember_contact
from bot.services.errors import UseCaseError
from bot.services.questions import my_questions, record_wish, register_question
from bot.services.subscriptions import is_subscribed, subscribe, tell_subscribers
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.telegram.texts import DELAYED, changed
from tests.bot_api import BotApi
from tests.telegram.crash import Moment, do, start
from tests.telegram.test_killed import killed
from tests.telegram.test_other_updates import ask_open_question
from tests.telegram.town import Town, now
from tests.web.stand_in_rasa import StandInRasa

pytestmark = pytest.mark.both_databases

ANNA, BRAM, CARLA = 7, 8, 9
QUESTION, ANSWER = "Hoeveel mensen komen er?", "Ik hoorde: Hoeveel mensen komen er?"


def around(*use_cases: str) -> list[Moment]:
    return [Moment(each, after) for each in use_cases for after in (False, True)]


@pytest.fixture
def town(settings: Settings, store: SqlStore, api: BotApi) -> Town:
    """The town without a process: the tests start that."""
    return Town(settings, store, api)


def settle(town: Town) -> None:
    """Run a healthy process until nothing waits."""
    with town.open():
        town.api.wait_for(town.all_settled)


@pytest.mark.parametrize("moment", around("enqueue", "fail_update"), ids=str)
def test_while_the_assistant_fails(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    rasa.status = 500
    api.types(ANNA, QUESTION)
    killed(start(environment, moment))
    rasa.status = 200
    settle(town)
    assert [text for text in api.texts(ANNA) if text != DELAYED] == [ANSWER]
    assert api.texts(ANNA).count(DELAYED) <= 1


@pytest.mark.parametrize("moment", around("register_question", "finish_update"), ids=str)
def test_while_a_message_is_handed_to_people(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    rasa.status = 500
    api.types(ANNA, QUESTION)
    killed(start(environment, moment))
    settle(town)
    (question,) = my_questions(town.store, town.conversation(ANNA))
    assert question.text == QUESTION
    assert [f"vraag {question.number}" in text for text in api.texts(ANNA)].count(True) == 1


@pytest.mark.parametrize("moment", around("edit_question", "finish_update"), ids=str)
def test_while_a_question_gets_other_words(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    number = ask_open_question(town, 41, "Komt er een drempel?")
    api.edits(ANNA, 41, "Komt er een drempel in de Dorpsstraat?")
    killed(start(environment, moment))
    settle(town)
    assert [each.text for each in my_questions(town.store, town.conversation(ANNA))] == [
        "Komt er een drempel in de Dorpsstraat?"
    ]
    assert api.texts(ANNA) == [changed(number)]


@pytest.mark.parametrize("moment", around("block_chat"), ids=str)
def test_while_somebody_leaves(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    remember_contact(town.store, conversation=town.conversation(ANNA), chat_id=ANNA, now=now())
    subscribe(town.store, town.conversation(ANNA), now=now())
    api.membership(ANNA, "kicked")
    killed(start(environment, moment))
    settle(town)
    assert not is_subscribed(town.store, town.conversation(ANNA))


@pytest.mark.parametrize(
    ("use_case", "status", "written"),
    [
        ("mark_blocked", 403, Delivery.BLOCKED),
        ("_report", 400, Delivery.FAILED),
        ("_report", 500, Delivery.UNCERTAIN),
    ],
)
@pytest.mark.parametrize("after", [False, True])
def test_while_a_refusal_is_written_down(
    api: BotApi,
    rasa: StandInRasa,
    environment: dict[str, str],
    town: Town,
    use_case: str,
    status: int,
    written: Delivery,
    after: bool,
) -> None:
    api.fail("sendMessage", status)
    town.queue(ANNA, "Uw vraag is beantwoord.", "notice:1")
    killed(start(environment, Moment(use_case, after)))
    settle(town)
    assert len(api.called("sendMessage")) == 1
    assert len(town.outbox(written if after else Delivery.UNCERTAIN)) == 1


@pytest.mark.parametrize("after", [False, True])
def test_while_a_flood_wait_is_written_down(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, after: bool
) -> None:
    api.flood(ANNA, seconds=1)
    town.queue(ANNA, "Uw vraag is beantwoord.", "notice:1")
    killed(start(environment, Moment("retry_later", after)))
    settle(town)
    # Not written down, it may have arrived for all we know: a person decides.
    assert len(api.sent) == after
    assert len(town.outbox(Delivery.UNCERTAIN)) == (not after)


@pytest.mark.parametrize("after", [False, True])
def test_while_a_doubt_is_written_down(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, after: bool
) -> None:
    town.queue(ANNA, "Uw vraag is beantwoord.", "notice:1")
    killed(start(environment, Moment("lease_next", after=True)))
    killed(start(environment, Moment("expire_leases", after)))
    settle(town)
    assert len(town.outbox(Delivery.UNCERTAIN)) == 1
    assert api.sent == []


def test_between_two_parts_of_a_long_message(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town
) -> None:
    town.queue(ANNA, "Een zin die telkens terugkomt. " * 200, "notice:1")
    api.after = lambda call: process.kill() if call.method == "sendMessage" else None
    process: Any = start(environment)
    killed(process)
    api.after = lambda call: None
    settle(town)
    assert len(api.sent) == 1, "the first part must not come again"
    assert len(town.outbox(Delivery.UNCERTAIN)) == 1


ASKERS = {f"resident:telegram:{chat_id}": chat_id for chat_id in (ANNA, BRAM, CARLA)}


@pytest.fixture
def askers(town: Town) -> int:
    """Three people asked the same and want to hear; they follow the news too. The row's id."""
    create_account(town.store, name="Fatima", email="f@x.example", role=AccountRole.COMMUNICATIONS, now=now())
    row = 0
    for conversation, chat_id in ASKERS.items():
        remember_contact(town.store, conversation=conversation, chat_id=chat_id, now=now())
        subscribe(town.store, conversation, now=now())
        question = register_question(
            town.store, text=QUESTION, kind=QuestionKind.FACTUAL, topic="aantallen", owner="Programma Opvang",
            due_on=now().date() + timedelta(days=5), conversation=conversation, emotion=False, embedding=None, now=now(),
        )  # fmt: skip
        record_wish(town.store, conversation=conversation, number=question.number, wants_notice=True, now=now())
        row = question.cluster_id
    return row


def answer_row_1(store: SqlStore) -> None:
    """What the desk does."""
    row = cluster(store, 1)
    publish_answer(
        store, cluster_id=row.id, expected_version=row.version, account_id=1, question=QUESTION, answer="160 mensen.",
        kind=QuestionKind.FACTUAL, topic="aantallen", owner="Programma Opvang", type=None, now=now(),
    )  # fmt: skip


def publish_news(store: SqlStore) -> None:
    """What the desk does."""
    with store.unit() as work:
        tell_subscribers(work, news_id=1, title="Open dag", text="Kom kijken.", now=now())
        work.commit()


@pytest.mark.parametrize("moment", around("publish_answer"), ids=str)
def test_while_a_colleague_publishes_an_answer(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, askers: int, moment: Moment
) -> None:
    killed(do(environment, moment, answer_row_1))
    if moment.after:
        with pytest.raises(UseCaseError):
            answer_row_1(town.store)
    else:
        assert cluster(town.store, askers).state is QuestionState.OPEN
        answer_row_1(town.store)
    settle(town)
    assert [len(api.sent_to(chat_id)) for chat_id in ASKERS.values()] == [1, 1, 1]


@pytest.mark.parametrize("moment", around("publish_news"), ids=str)
def test_while_a_colleague_publishes_news(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, askers: int, moment: Moment
) -> None:
    killed(do(environment, moment, publish_news))
    publish_news(town.store)
    settle(town)
    assert [len(api.sent_to(chat_id)) for chat_id in ASKERS.values()] == [1, 1, 1]
    assert {each.kind for each in town.outbox(Delivery.SENT)} == {OutgoingKind.NEWS}
