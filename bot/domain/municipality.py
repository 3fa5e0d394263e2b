"""The municipality the bot speaks for: its names, and who answers what within which term (points 5, 6, 31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.questions import QuestionKind

OTHER = "overig"
"""Topic of a side issue that fits nowhere else."""
DEFAULT = "default"


@dataclass(frozen=True)
class Owner:
    """Who answers, as residents read it, and within how many working days (1 or more)."""

    name: str
    term_working_days: int


WITH_HET = ("college", "bestuur", "team", "gemeentebestuur", "dagelijks", "klantcontactcentrum", "wijkteam")


def with_article(owner: str) -> str:
    """An owner as it stands in a sentence: 'het college', 'de burgemeester', and 'Afdeling Verkeer' as it is."""
    if not owner[:1].islower() or owner.startswith(("de ", "het ")):
        return owner
    return f"{'het' if owner.split()[0] in WITH_HET else 'de'} {owner}"


@dataclass(frozen=True)
class PrivacyContact:
    """Whom to ask about personal data."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class Municipality:
    """Everything that differs from one municipality to the next, besides its FAQ.

    name: without 'gemeente' before it. owners: by FAQ topic, of factual questions.
    political_owners: who answers for a choice, by topic, with 'default'. side_issue_owners: by topic, with 'overig'.
    """

    name: str
    location_name: str
    location_description: str
    public_name_of_bot: str
    phone: str
    phone_hours: str
    email: str
    website: str
    privacy_contact: PrivacyContact
    default_owner: Owner
    political_term_working_days: int
    owners: Mapping[str, Owner] = field(default_factory=dict)
    political_owners: Mapping[str, str] = field(default_factory=dict)
    side_issue_owners: Mapping[str, Owner] = field(default_factory=dict)

    def owner_of(self, kind: QuestionKind, topic: str) -> Owner:
        """Who answers a question of this kind about a topic; an unknown topic has the default owner."""
        if kind is QuestionKind.POLITICAL:
            name = self.political_owners.get(topic) or self.political_owners[DEFAULT]
            return Owner(name, self.political_term_working_days)
        if kind is QuestionKind.SIDE_ISSUE:
            return self.side_issue_owners.get(topic) or self.side_issue_owners[OTHER]
        return self.owners.get(topic, self.default_owner)
