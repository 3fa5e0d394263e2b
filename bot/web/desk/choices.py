"""What the desk's select boxes offer, and what comes back from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from starlette.exceptions import HTTPException

from bot.domain.faq import FaqEntry
from bot.domain.municipality import DEFAULT
from bot.services.accounts import list_accounts
from bot.storage.question_types import load_question_types
from bot.web.dutch import KINDS, topic_word
from bot.web.site import Site

Choice = TypeVar("Choice", bound=Enum)


def one_of(kind: type[Choice], text: str) -> Choice | None:
    """The member with this value; None for '' (all). Raises HTTPException 400 for what no page of ours offers."""
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise HTTPException(400) from None


def needed(kind: type[Choice], text: str) -> Choice:
    """As `one_of`, for a field that is never empty."""
    found = one_of(kind, text)
    if found is None:
        raise HTTPException(400)
    return found


def day_of(text: str) -> date | None:
    """A date from a date field; None when it is empty. Raises HTTPException 400."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(400) from None


def topics_and(site: Site, used: Iterable[str]) -> list[str]:
    """Every topic of municipality.yml and those in use, in alphabetical order."""
    town = site.municipality
    known = {*town.owners, *town.political_owners, *town.side_issue_owners} - {DEFAULT}
    return sorted({*known, *(topic for topic in used if topic)})


def owners_and(site: Site, used: Iterable[str]) -> list[str]:
    """Every owner of municipality.yml and those in use, in alphabetical order."""
    town = site.municipality
    answering = {owner.name for owner in (*town.owners.values(), *town.side_issue_owners.values(), town.default_owner)}
    names = {*answering, *town.political_owners.values(), *(owner for owner in used if owner)}
    return sorted(names, key=str.casefold)


Options = list[tuple[str, str]]
"""Value and words of each option."""


def options_of(words: Mapping[Choice, str], empty: str = "") -> Options:
    """The members of an enum, after an empty choice if that has words."""
    return [*([("", empty)] if empty else []), *((str(member.value), text) for member, text in words.items())]


def options_from(values: Iterable[str], empty: str = "") -> Options:
    """Plain texts, as people read them, after an empty choice if that has words."""
    return [*([("", empty)] if empty else []), *((value, topic_word(value)) for value in values)]


def types_and(used: Iterable[str | None]) -> Options:
    """Every type of question, and those in use that nobody knows (any more), by their Dutch words."""
    known = load_question_types()
    words = {**{each: each for each in used if each}, **{name: f"{title} ({name})" for name, title in known.items()}}
    return [("", "Geen"), *sorted(words.items(), key=lambda option: option[1].casefold())]


def editor_options(site: Site, entries: Sequence[FaqEntry], topic: str, owner: str) -> dict[str, Options]:
    """What the editor of an answer offers. entries: those there are; topic, owner: of the answer or question itself."""
    return {
        "topic_options": options_from(topics_and(site, (topic, *(entry.topic for entry in entries)))),
        "owner_options": options_from(owners_and(site, (owner, *(entry.owner for entry in entries)))),
        "type_options": types_and(entry.type for entry in entries),
        "kind_options": options_of(KINDS),
    }


def names_of_colleagues(site: Site) -> dict[int, str]:
    """Account id → name."""
    return {account.id: account.name for account in list_accounts(site.store)}
