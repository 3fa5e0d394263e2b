"""A municipality to test the pages with: colleagues, published answers and questions that wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from bot.domain.accounts import Account, AccountRole
from bot.domain.faq_csv import parse_faq_csv
from bot.domain.gaps import GapReason
from bot.domain.questions import Question, QuestionKind
from bot.services.accounts import create_account
from bot.services.answers import import_entries
from bot.services.contacts import remember_contact
from bot.services.guide_gaps import record_gap
from bot.services.ports import Store
from bot.services.questions import record_wish, register_question
from bot.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone.utc)
TODAY = NOW.date()

NAMES = {
    AccountRole.OFFICIAL: "Ömer Aydın",
    AccountRole.COMMUNICATIONS: "Fatima de Boer",
    AccountRole.ADMINISTRATOR: "Joost Veenstra",
}


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def forward(self, **span: float) -> None:
        """Let time pass, such as forward(minutes=5)."""
        self.moment += timedelta(**span)


def town_settings(var_dir: Path, rasa_port: int, **changed: str) -> Settings:
    """Settings for the example municipality."""
    environment = {
        "DIALOOGCOACH_VAR_DIR": str(var_dir),
        "DIALOOGCOACH_RASA_PORT": str(rasa_port),
        "DIALOOGCOACH_REPLY_TIMEOUT_SECONDS": "1",
        **{f"DIALOOGCOACH_{name}": value for name, value in changed.items()},
    }
    return read_settings(environment, root=ROOT)


@dataclass(frozen=True)
class Town:
    """What was put into the store. questions: by a short name."""

    accounts: Mapping[AccountRole, Account]
    questions: Mapping[str, Question] = field(default_factory=dict)


def colleagues(store: Store) -> dict[AccountRole, Account]:
    """One account for each role."""
    return {
        role: create_account(store, name=name, email=f"{role.value}@oudervaart.example", role=role, now=NOW)
        for role, name in NAMES.items()
    }


def publish_example_answers(store: Store, settings: Settings) -> None:
    """The answers that the example municipality brings along."""
    text = (settings.municipality_dir / "faq.csv").read_text(encoding="utf-8")
    import_entries(store, parse_faq_csv(text), now=NOW - timedelta(days=7))


def ask(
    store: Store,
    text: str,
    conversation: str = "resident:telegram:anna",
    *,
    kind: QuestionKind = QuestionKind.FACTUAL,
    topic: str = "verkeer",
    owner: str = "Afdeling Verkeer",
    due_on: date = TODAY + timedelta(days=4),
    chat_id: int | None = None,
    wants_notice: bool | None = None,
    emotion: bool = False,
    now: datetime = NOW - timedelta(days=1),
) -> Question:
    """Let a resident ask something."""
    question = register_question(
        store,
        text=text,
        kind=kind,
        topic=topic,
        owner=owner,
        due_on=due_on,
        conversation=conversation,
        emotion=emotion,
        embedding=None,
        now=now,
    )
    if chat_id is not None:
        remember_contact(store, conversation=conversation, chat_id=chat_id, now=now)
    if wants_notice is not None:
        question = record_wish(
            store, conversation=conversation, number=question.number, wants_notice=wants_notice, now=now
        )
    return question


def ask_around(store: Store) -> dict[str, Question]:
    """A morning's worth of questions, as varied as the desk gets them."""
    taxi = "Rijden er straks taxibusjes door de Kerkstraat? Bel me op 06-12345678 of mail anna@voorbeeld.nl."
    asked = {
        "taxi": ask(store, taxi, chat_id=11, wants_notice=True),
        "taxi_too": ask(store, taxi, "resident:page:bram", wants_notice=True),
        "bins": ask(
            store, "De containers bij de flat zitten al weken vol.", "resident:telegram:carla",
            kind=QuestionKind.SIDE_ISSUE, topic="afval", owner="Afdeling Beheer Openbare Ruimte",
            due_on=TODAY, chat_id=12, wants_notice=False,
        ),
        "why_us": ask(
            store, "Waarom moet het weer bij ons?! Niemand heeft ons iets gevraagd, ik lig er wakker van.",
            "resident:telegram:dirk", kind=QuestionKind.POLITICAL, topic="locatiekeuze",
            owner="college van burgemeester en wethouders", due_on=TODAY - timedelta(days=3), emotion=True, chat_id=13,
        ),
        "dogs": ask(store, "Mogen de bewoners honden houden?", "resident:page:els", topic="bewoners",
                    owner="Programma Opvang", due_on=TODAY + timedelta(days=1)),
    }  # fmt: skip
    record_gap(
        store, text="Hoe lang duurt een asielprocedure gemiddeld?", reason=GapReason.NONE, entry_id=None, now=NOW
    )
    record_gap(
        store,
        text="Wat doe ik als iemand begint te huilen?",
        reason=GapReason.NOT_HELPFUL,
        entry_id="dialoog-42",
        now=NOW,
    )
    return asked


def build_town(store: Store, settings: Settings) -> Town:
    """All of it."""
    publish_example_answers(store, settings)
    return Town(colleagues(store), ask_around(store))
