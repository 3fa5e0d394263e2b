"""What the desk looks back on: what is asked most (point 36), how people feel, and how long an answer takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from bot.domain.questions import Question, QuestionKind, QuestionState

SMALL: Final = 5
"""Fewer emotional messages than this are not counted out: the number must not lead to somebody."""
WEEKS_UP_TO_DAYS: Final = 120
"""Longer periods are told by month."""


@dataclass(frozen=True)
class Theme:
    """askers: people, somebody who asked twice counts once. open: questions not settled yet."""

    topic: str
    askers: int
    questions: int
    open: int


@dataclass(frozen=True)
class Feeling:
    """A week or month, by its first day. emotional: None for one to four, see `SMALL`."""

    begins: date
    questions: int
    emotional: int | None


@dataclass(frozen=True)
class Pace:
    """A week or month, by its first day. median_days: None when nothing was answered. in_time: of `answered`."""

    begins: date
    answered: int
    median_days: float | None
    in_time: int


@dataclass(frozen=True)
class OwnerLoad:
    """What waits for somebody."""

    owner: str
    open: int
    late: int


@dataclass(frozen=True)
class Overview:
    """A period. themes: most asked first. owners: most open first. pace: of the whole period."""

    first: date
    last: date
    by_month: bool
    asked: int
    kinds: dict[QuestionKind, int]
    open: int
    late: int
    themes: tuple[Theme, ...]
    feelings: tuple[Feeling, ...]
    paces: tuple[Pace, ...]
    pace: Pace
    owners: tuple[OwnerLoad, ...]


def look_back(questions: Iterable[Question], first: date, last: date, day_of: Callable[[datetime], date]) -> Overview:
    """The overview of the days `first` up to and including `last`. day_of: which day a moment is, where people live."""
    known = tuple(questions)
    asked = [each for each in known if first <= day_of(each.asked_at) <= last]
    answered = [each for each in known if each.answered_at and first <= day_of(each.answered_at) <= last]
    waiting = [each for each in known if each.state is QuestionState.OPEN]
    by_month = (last - first).days > WEEKS_UP_TO_DAYS
    begins = _begins(first, last, by_month)

    def within(moment: datetime) -> date:
        return max(each for each in begins if each <= max(day_of(moment), begins[0]))

    return Overview(
        first=first,
        last=last,
        by_month=by_month,
        asked=len(asked),
        kinds={kind: sum(each.kind is kind for each in asked) for kind in QuestionKind},
        open=len(waiting),
        late=sum(each.due_on < last for each in waiting),
        themes=_themes(asked),
        feelings=tuple(_feeling(day, [each for each in asked if within(each.asked_at) == day]) for day in begins),
        paces=tuple(
            _pace(day, [each for each in answered if each.answered_at and within(each.answered_at) == day], day_of)
            for day in begins
        ),
        pace=_pace(first, answered, day_of),
        owners=_owners(waiting, last),
    )


def _begins(first: date, last: date, by_month: bool) -> list[date]:
    """The first days of the weeks or months, oldest first; a week begins on Monday."""
    day = first.replace(day=1) if by_month else first - timedelta(days=first.weekday())
    found = []
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=31)).replace(day=1) if by_month else day + timedelta(days=7)
    return found


def _themes(asked: Sequence[Question]) -> tuple[Theme, ...]:
    by_topic: dict[str, list[Question]] = {}
    for each in asked:
        by_topic.setdefault(each.topic, []).append(each)
    themes = [
        Theme(
            topic=topic,
            askers=len({each.conversation for each in theirs}),
            questions=len(theirs),
            open=sum(each.state is QuestionState.OPEN for each in theirs),
        )
        for topic, theirs in by_topic.items()
    ]
    return tuple(sorted(themes, key=lambda each: (-each.askers, -each.questions, each.topic)))


def _feeling(begins: date, asked: Sequence[Question]) -> Feeling:
    emotional = sum(each.emotion for each in asked)
    return Feeling(begins, len(asked), None if 0 < emotional < SMALL else emotional)


def _pace(begins: date, answered: Sequence[Question], day_of: Callable[[datetime], date]) -> Pace:
    days = [(each.answered_at - each.asked_at).total_seconds() / 86_400 for each in answered if each.answered_at]
    in_time = sum(day_of(each.answered_at) <= each.due_on for each in answered if each.answered_at)
    return Pace(begins, len(answered), median(days) if days else None, in_time)


def _owners(waiting: Sequence[Question], today: date) -> tuple[OwnerLoad, ...]:
    names = {each.owner for each in waiting}
    loads = [
        OwnerLoad(
            name,
            sum(each.owner == name for each in waiting),
            sum(each.owner == name and each.due_on < today for each in waiting),
        )
        for name in names
    ]
    return tuple(sorted(loads, key=lambda each: (-each.open, -each.late, each.owner.casefold())))
