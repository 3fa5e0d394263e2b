"""Killed between any two steps, with a real SIGKILL: no question is lost, and nothing is sent twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.outgoing import Delivery
from bot.settings import Settings
from bot.storage.store import SqlStore
from tests.bot_api import BotApi, Call
from tests.telegram.crash import Moment, start, start_for_real
from tests.telegram.town import Town
from tests.web.stand_in_rasa import StandInRasa, echo

pytestmark = pytest.mark.both_databases

ANNA = 7
QUESTION, ANSWER = "Hoeveel mensen komen er?", "Ik hoorde: Hoeveel mensen komen er?"

CERTAIN = [
    Moment("receive_update"),
    Moment("receive_update", after=True),
    Moment("remember_contact"),
    Moment("remember_contact", after=True),
    Moment("finish_update"),
    Moment("finish_update", after=True),
    Moment("lease_next"),
]
"""Moments at which nothing can have been sent yet."""

UNCERTAIN = [Moment("lease_next", after=True), Moment("mark_sent")]
"""Moments at which it may have been sent, but that was not written down."""


def killed(process: Any) -> None:
    """Wait until it killed itself."""
    process.join(30)
    assert process.exitcode == -signal.SIGKILL, f"it should have been killed, but ended with {process.exitcode}"


@pytest.fixture
def town(settings: Settings, store: SqlStore, api: BotApi) -> Town:
    """The town without a process: the tests start that."""
    return Town(settings, store, api)


@pytest.mark.parametrize("moment", CERTAIN, ids=str)
def test_before_the_sending_a_kill_changes_nothing_for_the_asker(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    api.types(ANNA, QUESTION)
    killed(start(environment, moment))
    assert api.sent == []
    with town.open():
        api.wait_for(lambda: api.sent and town.all_settled())
    assert api.texts(ANNA) == [ANSWER]
    assert town.outbox(Delivery.UNCERTAIN) == ()


@pytest.mark.parametrize("moment", UNCERTAIN, ids=str)
def test_around_the_sending_a_kill_makes_it_uncertain_and_nothing_goes_twice(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, moment: Moment
) -> None:
    api.types(ANNA, QUESTION)
    killed(start(environment, moment))
    arrived = len(api.sent)
    with town.open():
        api.wait_for(lambda: town.outbox(Delivery.UNCERTAIN) and town.all_settled())
        api.types(ANNA, "Bent u daar?")
        api.wait_for(lambda: "Ik hoorde: Bent u daar?" in api.texts(ANNA))
    assert len(api.sent) == arrived + 1
    (uncertain,) = town.outbox(Delivery.UNCERTAIN)
    assert uncertain.message.text == ANSWER


def test_killed_after_the_sending_was_written_down(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town
) -> None:
    api.types(ANNA, QUESTION)
    killed(start(environment, Moment("mark_sent", after=True)))
    with town.open():
        api.wait_for(town.all_settled)
    assert api.texts(ANNA) == [ANSWER]
    assert len(town.outbox(Delivery.SENT)) == 1


def test_killed_while_the_assistant_thinks(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town
) -> None:
    def kill(heard: object) -> list[dict[str, object]]:
        os.kill(process.pid, signal.SIGKILL)
        return []

    rasa.answer = kill
    api.types(ANNA, QUESTION)
    process = start(environment)
    killed(process)
    rasa.answer = echo
    with town.open():
        api.wait_for(lambda: api.sent and town.all_settled())
    assert api.texts(ANNA) == [ANSWER]


@pytest.mark.parametrize(("hook", "arrived"), [("before", 0), ("after", 1)])
def test_killed_while_telegram_handles_the_message(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, hook: str, arrived: int
) -> None:
    def kill(call: Call) -> None:
        if call.method == "sendMessage":
            os.kill(process.pid, signal.SIGKILL)
            if hook == "before":
                raise ConnectionError

    does_nothing: Callable[[Call], None] = getattr(api, hook)
    setattr(api, hook, kill)
    api.types(ANNA, QUESTION)
    process = start(environment)
    killed(process)
    setattr(api, hook, does_nothing)
    with town.open():
        api.wait_for(lambda: town.outbox(Delivery.UNCERTAIN) and town.all_settled())
    assert len(api.sent) == arrived


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_finishes_what_is_in_hand(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], town: Town, sign: signal.Signals
) -> None:
    rasa.delay_seconds = 0.4
    api.types(ANNA, QUESTION)
    process = start_for_real(environment)
    api.wait_for(lambda: rasa.heard)
    os.kill(process.pid, sign)
    process.join(20)
    assert process.exitcode == 0
    assert len(rasa.heard) == 1
    with town.open():
        api.wait_for(town.all_settled)
    assert len(rasa.heard) == 1, "the question was asked again"
    assert api.texts(ANNA) == [ANSWER]
