"""The municipality's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.domain.questions import QuestionKind


class EntryState(str, Enum):
    """Only published entries answer anybody."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


MAX_ANSWER_CHARS = 3500
"""What fits in one Telegram message (4096) together with the question it answers and the date."""


MAX_QUESTION_CHARS = 500
"""A heading, not a letter."""


@dataclass(frozen=True)
class FaqEntry:
    """A question with the municipality's answer.

    type: the question type (data/nlu/faq.yml) it answers, if any.
    phrasings: other ways residents asked it, linked by the team.
    version: 1 for the first saved text, one more for each change of text or state.
    published_on: the day the answer was published or last checked, shown to whoever reads it.
    review_by: the day by which the team looks at it again.
    """

    id: str
    question: str
    answer: str
    kind: QuestionKind
    topic: str
    owner: str
    type: str | None = None
    state: EntryState = EntryState.PUBLISHED
    version: int = 1
    published_on: date | None = None
    review_by: date | None = None
    source: str = ""
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True)
class FaqVersion:
    """What an entry said at one moment.

    account_id: who saved it, None for an import from the command line.
    saved_at: aware datetime, UTC.
    """

    entry: FaqEntry
    account_id: int | None
    saved_at: datetime


@dataclass(frozen=True)
class Published:
    """What publishing did: the entry as it now reads, and how many people will be told."""

    entry: FaqEntry
    notices: int


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by entry id.

    left_withdrawn: in the file, but the team had withdrawn them. not_in_file: published, and left as they were.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    left_withdrawn: tuple[str, ...] = ()
    not_in_file: tuple[str, ...] = ()
