"""What the desk looks back on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.domain.overview import look_back
from bot.domain.questions import Question, QuestionKind, QuestionState

LAST = date(2026, 11, 22)  # a Sunday
FIRST = LAST - timedelta(days=13)


def asked(
    number: int, days_ago: int, topic: str = "verkeer", *, who: str = "", emotion: bool = False,
    answered_after: float | None = None, term: int = 5, owner: str = "Verkeer",
) -> Question:  # fmt: skip
    moment = datetime(2026, 11, 22, 12, tzinfo=timezone.utc) - timedelta(days=days_ago)
    done = None if answered_after is None else moment + timedelta(days=answered_after)
    return Question(
        number=number, text="?", kind=QuestionKind.FACTUAL, topic=topic, owner=owner,
        due_on=moment.date() + timedelta(days=term), state=QuestionState.OPEN if done is None else QuestionState.ANSWERED,
        conversation=who or f"r{number}", asked_at=moment, cluster_id=number, emotion=emotion, answered_at=done,
    )  # fmt: skip


def day_of(moment: datetime) -> date:
    return moment.date()


def test_themes_count_people_and_the_most_asked_comes_first() -> None:
    questions = [asked(1, 1), asked(2, 2, who="r1"), asked(3, 1, "zorg"), asked(4, 3, "zorg", answered_after=1)]
    found = look_back(questions, FIRST, LAST, day_of)
    assert [(each.topic, each.askers, each.questions, each.open) for each in found.themes] == [
        ("zorg", 2, 2, 1), ("verkeer", 1, 2, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("emotional", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (9, 9)])
def test_a_few_emotional_messages_are_not_counted_out(emotional: int, shown: int | None) -> None:
    questions = [asked(n, 1, emotion=n < emotional) for n in range(10)]
    last_week = look_back(questions, FIRST, LAST, day_of).feelings[-1]
    assert (last_week.begins, last_week.questions, last_week.emotional) == (date(2026, 11, 16), 10, shown)


def test_the_time_to_answer_is_the_middle_one_and_the_share_within_the_term() -> None:
    questions = [asked(n, 6, answered_after=days, term=3) for n, days in enumerate((1, 2, 6))]
    found = look_back(questions, FIRST, LAST, day_of)
    assert (found.pace.answered, found.pace.median_days, found.pace.in_time) == (3, 2.0, 2)
    assert [(each.begins, each.answered) for each in found.paces] == [
        (date(2026, 11, 9), 0), (date(2026, 11, 16), 3),
    ]  # fmt: skip
    assert found.paces[0].median_days is None


def test_what_was_asked_before_the_period_counts_where_it_is_still_open_or_answered_in_it() -> None:
    old_open, old_answered = asked(1, 40), asked(2, 40, answered_after=38)
    found = look_back([old_open, old_answered], FIRST, LAST, day_of)
    assert (found.asked, found.open, found.late, found.pace.answered) == (0, 1, 1, 1)
    assert [(each.owner, each.open, each.late) for each in found.owners] == [("Verkeer", 1, 1)]


def test_a_year_is_told_by_month() -> None:
    found = look_back([asked(1, 300)], LAST - timedelta(days=364), LAST, day_of)
    assert found.by_month
    assert len(found.feelings) == 13
    assert {each.begins.day for each in found.feelings} == {1}
    assert sum(each.questions for each in found.feelings) == 1


def test_nothing_asked_is_no_mistake() -> None:
    found = look_back([], FIRST, LAST, day_of)
    assert (found.asked, found.themes, found.owners, found.pace.median_days) == (0, (), (), None)
