"""Residents' questions: nothing asked gets lost (points 18, 31-33, 35); facts and politics have other owners (5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from bot.domain.follow_up import Step


class QuestionKind(str, Enum):
    """Who has to answer: point 5 keeps facts and political choices apart, points 30-33 the by-catch."""

    FACTUAL = "factual"
    POLITICAL = "political"
    SIDE_ISSUE = "side_issue"


class QuestionState(str, Enum):
    """How far the team is. Dismissed stays dismissed; a later version never reopens it by itself."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


class ImpactLabel(str, Enum):
    """Why people ask: the three columns of an issue analysis (IBS), which decide the tone of the answer."""

    INFORMATION = "information"  # they want to know something
    MEANING = "meaning"  # they want to know why, or what it says about them
    DAMAGE_CONTROL = "damage_control"  # they want harm to stop or to be limited


class ClusterOrder(str, Enum):
    """How the review desk sorts its rows."""

    DUE = "due"  # the first promised date first
    MOST_ASKED = "most_asked"  # most askers first: point 36's quick force-field analysis
    NEWEST = "newest"  # the latest question first


SAME_QUESTION = 0.95
"""Cosine (0-1, plain e5) from which a question joins another's cluster without anybody looking.

Plain cosines crowd together, so this is near-identity: 'waar kan ik bezwaar indienen' and 'hoe kan ik bezwaar maken'.
Of 1,240 differently worded questions about 89 subjects, 9 joined another at 0.95, all of them fit for one answer; at
0.93 it was 44, with 'wordt er meer gestolen' beside 'komt er meer zwerfafval'. The desk suggests the rest for merging.
"""


@dataclass(frozen=True)
class Question:
    """One resident's question.

    number: what the resident hears, from 1 up.
    conversation: the asker's Rasa conversation id, the only thing kept of who they are.
    wants_notice: None while they have not said.
    asked_at: aware datetime, UTC.
    """

    number: int
    text: str
    kind: QuestionKind
    topic: str
    owner: str
    due_on: date
    state: QuestionState
    conversation: str
    asked_at: datetime
    cluster_id: int
    emotion: bool = False
    wants_notice: bool | None = None
    answered_by: str | None = None  # id of the FAQ entry that answered it
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Cluster:
    """Questions of several residents that one answer serves: a row at the review desk.

    version: rises with every change that the team must have seen before they save; whoever saves names the version
        they saw, so nobody overwrites another. The very same words asked once more are not such a change.
    claimed_by: id of the account that is working on it.
    dismissed_because: the reason in the team's words, kept for good.
    follow_up: how far by-catch is; None for other kinds and before the first step.
    """

    id: int
    title: str
    kind: QuestionKind
    topic: str
    owner: str
    due_on: date
    state: QuestionState
    version: int
    questions: tuple[Question, ...]
    claimed_by: int | None = None
    label: ImpactLabel | None = None
    dismissed_because: str = ""
    follow_up: Step | None = None


def same_words(text: str) -> str:
    """A question without what does not change it: capitals, accents, punctuation and extra spaces.

    Two questions with an equal outcome are the same question. Text of signs only (emoji) comes back as it is.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain)) or text.strip()


def due_date(asked_on: date, working_days: int, holidays: Container[date]) -> date:
    """The day an answer is promised for: `working_days` (0 or more) working days after `asked_on`."""
    if working_days < 0:
        raise ValueError(f"a term of {working_days} working days: it must be 0 or more")
    day = asked_on
    while working_days or day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            working_days = max(0, working_days - 1)
            if working_days == 0:
                break
    return day
