"""Looking an answer up for a caller: the bot's own matching, and nothing registered until somebody says so."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.questions import QuestionKind
from bot.domain.resident.talk import Talk
from bot.services.front_desk import look_up, write_down
from bot.services.questions import my_questions
from bot.services.resident_choices import none_of_these
from bot.services.resident_desk import ResidentDesk
from tests.services.residents import NOW, colleague
from tests.services.test_residents import NOBODY_KNOWS, WHEN_OPEN, desk, hear, say, words_of

__all__ = ["desk"]  # the fixture

CALL = "resident:phone:abc"


def found(turn: Any) -> dict[str, Any]:
    [said] = turn.says
    assert (said.text, said.buttons) == ("", ())
    data: dict[str, Any] = said.data["front_desk"]
    return data


def test_the_answer_is_the_one_that_the_bot_gives(desk: ResidentDesk) -> None:
    heard = hear(WHEN_OPEN, faq__opening_date=0.9)
    looked = found(look_up(desk, heard, talk=Talk()))
    assert (looked["outcome"], looked["answers"], looked["entries"][0]) == ("answer", 1, "e07")
    assert say(desk, heard).talk.entry == "e07"
    assert my_questions(desk.store, CALL) == ()


@pytest.mark.parametrize(
    ("text", "intents", "outcome"),
    [
        ("Er is brand in het gebouw!", {"emergency__danger": 0.95}, "emergency"),
        (NOBODY_KNOWS, {"unanswerable_detail": 0.9}, None),
        ("", {}, "smalltalk"),
    ],
)
def test_looking_up_registers_nothing(
    desk: ResidentDesk, text: str, intents: dict[str, float], outcome: str | None
) -> None:
    looked = found(look_up(desk, hear(text, **intents), talk=Talk()))
    assert outcome in (None, looked["outcome"])
    assert looked["answers"] == 0
    assert my_questions(desk.store, CALL) == ()


def test_what_was_looked_up_is_registered_with_its_kind_and_owner(desk: ResidentDesk) -> None:
    heard = hear("De lantaarnpaal in onze straat is stuk", side_issue=0.95)
    turn = look_up(desk, heard, talk=Talk())
    noted = none_of_these(desk, None, conversation=CALL, talk=turn.talk, now=NOW)
    assert words_of(noted)
    [registered] = my_questions(desk.store, CALL)
    by = colleague(desk.store).id
    again = write_down(
        desk.store, text=heard.text, conversation=CALL, municipality=desk.municipality, holidays=desk.holidays,
        account_id=by, now=NOW,
    )  # fmt: skip
    assert (again.number, again.wants_notice) == (registered.number, False)
    assert registered.kind is (QuestionKind.SIDE_ISSUE if found(turn)["outcome"] == "side_issue" else registered.kind)
    assert registered.owner == found(turn)["owner"]


def test_without_the_bot_it_goes_to_who_sorts_questions_out(desk: ResidentDesk) -> None:
    by = colleague(desk.store).id
    noted = write_down(
        desk.store, text="Komt er een hek?", conversation=CALL, municipality=desk.municipality, holidays=desk.holidays,
        account_id=by, now=NOW,
    )  # fmt: skip
    assert (noted.owner, noted.kind) == ("Team Communicatie", QuestionKind.FACTUAL)
    assert noted.due_on.isoformat() == "2026-03-10"  # five working days, with a holiday in between
