"""How entries are said and listed, and what a follow-up can refer to afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.guides import GUIDE_NAMES, MAX_SUGGESTIONS, GuideEntry
from bot.domain.guides_map import GuideMap, Subject, section_of
from bot.domain.guides_wish import Asked
from bot.domain.replies import Button, Say, payload

MAX_LISTED: Final = 6
"""So many points fit as buttons; a longer list is text."""


@dataclass(frozen=True)
class GuideContext:
    """What follow-ups refer to.

    question: as asked. entry: id of the entry last shown. next: ids still to offer at 'dat bedoel ik niet'.
    offered: the last turn was a choice rather than an answer. topic: the entry's title, for reading follow-ups with it.
    """

    question: str = ""
    entry: str | None = None
    next: tuple[str, ...] = ()
    offered: bool = False
    topic: str = ""


@dataclass(frozen=True)
class GuideTurn:
    """What is said, and what a follow-up can refer to afterwards."""

    says: tuple[Say, ...]
    context: GuideContext = field(default_factory=GuideContext)


def entry_button(entry: GuideEntry, title: str | None = None) -> Button:
    """The way to an entry; `title` where the entry's own would not do."""
    return Button(title or entry.title, payload("choose_guide_entry", entry=entry.id))


def entry_buttons(entries: Iterable[GuideEntry]) -> tuple[Button, ...]:
    """One button each."""
    return tuple(entry_button(each) for each in entries)


def suggestion(entries: Sequence[GuideEntry], question: str) -> GuideTurn:
    """Up to three titles to choose from; the rest is kept for 'dat bedoel ik niet'."""
    shown, rest = entries[:MAX_SUGGESTIONS], entries[MAX_SUGGESTIONS:]
    say = Say(response="utter_did_you_mean", buttons=entry_buttons(shown))
    return GuideTurn((say,), GuideContext(question, next=tuple(entry.id for entry in rest), offered=True))


def answer(guides: GuideMap, entry: GuideEntry, rest: tuple[str, ...], question: str, opening: str = "") -> GuideTurn:
    """What an entry says, the points beside it, and the way to say that it was no help. rest: ids to offer after that."""
    lines = [opening] if opening else []
    lines.append(entry.answer)
    if entry.say:
        lines.append(f"Bijvoorbeeld: ‘{entry.say}’")
    lines.append(f"({entry.source})")
    missed_it = Button("Dat bedoel ik niet", payload("guide_answer_missed", entry=entry.id))
    buttons = (*entry_buttons(guides.library.related(entry, MAX_SUGGESTIONS)), missed_it)
    context = GuideContext(question, entry.id, tuple(each for each in rest if each != entry.id), topic=entry.title)
    return GuideTurn((Say("\n\n".join(lines), buttons=buttons),), context)


def list_themes(guides: GuideMap, context: GuideContext) -> GuideTurn:
    """Which subjects there are."""
    rows = [f"- {theme.title}" for theme in guides.themes]
    text = "Hierover kun je me van alles vragen:\n" + "\n".join(rows)
    return GuideTurn((Say(f"{text}\nTyp bijvoorbeeld ‘welke punten gaan over de nazorg?’ voor een lijst."),), context)


def show_point(guides: GuideMap, asked: Asked, context: GuideContext) -> GuideTurn:
    """A point, section or chapter by its number, with what belongs to it."""
    guide = asked.guide or "dialoog"
    found = guides.numbered(guide, asked.number)
    if not found:
        return GuideTurn((Say(response="utter_no_such_point", values={"number": asked.number}),), context)
    first, *rest = found
    if first.id != f"{guide}-{asked.number}":
        return list_entries(found, f"In hoofdstuk {asked.number} staat:", "")
    turn = answer(guides, first, (), "")
    beside = guides.library.related(first, MAX_SUGGESTIONS)
    others = [each for each in rest if each not in beside]
    if not others:
        return turn
    further = list_entries(others, "Hierbij horen ook:" if others[1:] else "Hierbij hoort ook:", "")
    return GuideTurn((*turn.says, *further.says), turn.context)


def list_subject(subject: Subject, question: str) -> GuideTurn:
    """The points about a subject."""
    number = len(subject.entries)
    these = "Dit punt gaat" if number == 1 else f"Deze {number} punten gaan"
    return list_entries(subject.entries, f"{these} over {subject.title}:", question)


def list_entries(entries: Sequence[GuideEntry], opening: str, question: str) -> GuideTurn:
    """Titles with their places: as buttons where few, else as text with the overviews among them as buttons.

    Without empty lines: Rasa cuts a text without buttons into bubbles there.
    """
    if len(entries) <= MAX_LISTED:
        buttons = tuple(entry_button(each, f"{_number(each)}: {each.title}") for each in entries)
        return GuideTurn((Say(opening, buttons=buttons),), GuideContext(question))
    text = opening
    for guide, name in GUIDE_NAMES.items():
        rows = [f"- {_number(each)}: {each.title}" for each in entries if each.guide == guide]
        text += f"\n{name}:\n" + "\n".join(rows) if rows else ""
    overviews = [each for each in entries if each.id == section_of(each.id)][:MAX_SUGGESTIONS]
    text += "\nTyp een nummer (‘punt 42’, ‘paragraaf 6.4’) of een titel, dan laat ik het zien."
    return GuideTurn((Say(text, buttons=entry_buttons(overviews)),), GuideContext(question))


def _number(entry: GuideEntry) -> str:
    return entry.place.removeprefix("paragraaf ")
