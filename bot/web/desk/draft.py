"""An answer being written: what the form holds, how it will look, and what to look at before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.responses import Response

from bot.domain.faq import MAX_ANSWER_CHARS, FaqEntry
from bot.domain.municipality import Municipality
from bot.domain.notices import answer_notice
from bot.domain.personal_data import find_personal_data, mask_personal_data
from bot.domain.questions import Question, QuestionKind, same_words
from bot.domain.readability import long_sentences
from bot.web.desk.choices import day_of, needed
from bot.web.pages import render, render_plain
from bot.web.visit import Visit

STILL_THERE: Final = "Wat je typte, staat nog in het formulier."
EXAMPLE_QUESTION: Final = "Hier staat de eigen vraag van de inwoner."


@dataclass(frozen=True)
class Draft:
    """The editor's fields. type: the question type it answers, '' for none."""

    question: str
    answer: str
    kind: QuestionKind
    topic: str
    owner: str
    type: str = ""
    source: str = ""
    review_by: date | None = None

    def entry(self, entry_id: str, published_on: date | None) -> FaqEntry:
        """The draft as an entry, as far as a preview needs one."""
        return FaqEntry(
            id=entry_id,
            question=self.question,
            answer=self.answer,
            kind=self.kind,
            topic=self.topic,
            owner=self.owner,
            type=self.type or None,
            published_on=published_on,
            review_by=self.review_by,
            source=self.source,
        )


@dataclass(frozen=True)
class Preview:
    """The draft as its readers will see it.

    message: exactly what Telegram sends, but for personal data in the asker's own words: the desk sees those masked.
    personal: the personal data in it that are not the municipality's own, each as 'telefoonnummer: 06…'.
    long: sentences that are hard to read in one go.
    borrowed: whether the published question has the very words of one asker.
    """

    message: str
    personal: tuple[str, ...]
    long: tuple[str, ...]
    borrowed: bool
    chars: int
    max_chars: int = MAX_ANSWER_CHARS


def draft_of(visit: Visit) -> Draft:
    """Read the editor's fields from a form."""
    return Draft(
        question=visit.value("vraag"),
        answer=visit.value("antwoord").replace("\r\n", "\n"),
        kind=needed(QuestionKind, visit.value("soort")),
        topic=visit.short("thema"),
        owner=visit.short("eigenaar"),
        type=visit.short("type", 80),
        source=visit.short("bron", 500),
        review_by=day_of(visit.value("controle")),
    )


def draft_from_entry(entry: FaqEntry) -> Draft:
    """An entry's fields, to go on from."""
    return Draft(
        question=entry.question,
        answer=entry.answer,
        kind=entry.kind,
        topic=entry.topic,
        owner=entry.owner,
        type=entry.type or "",
        source=entry.source,
        review_by=entry.review_by,
    )


def preview_of(
    draft: Draft, askers: Sequence[Question], municipality: Municipality, today: date, entry_id: str = "nieuw"
) -> Preview:
    """How the answer reaches the first asker, or somebody imagined where nobody asked, and what stands out."""
    asked, number = (mask_personal_data(askers[0].text), askers[0].number) if askers else (EXAMPLE_QUESTION, 1)
    message = answer_notice(asked, [number], draft.entry(entry_id, today)).text
    return Preview(
        message=message,
        personal=personal_in(f"{draft.question}\n{draft.answer}", municipality),
        long=long_sentences(draft.answer),
        borrowed=any(same_words(draft.question) == same_words(each.text) for each in askers),
        chars=len(draft.answer),
    )


def not_saved(visit: Visit, problem: str, status: int, *fields: str) -> Response:
    """The refusal by itself, for a script or when the page it stood on is gone; with what was typed in these fields."""
    what = {"title": "Niet opgeslagen", "advice": problem}
    if visit.wants_fragment:
        return render_plain(visit.request, "error.html", status, typed={}, **what)
    typed = {name: visit.value(name) for name in fields if visit.value(name)}
    return render(visit, "error.html", status=status, typed=typed, **what)


def personal_in(text: str, municipality: Municipality) -> tuple[str, ...]:
    """The personal data in a text that are not the municipality's own, each as 'telefoonnummer: 06…'."""
    own = _own(municipality)
    found = ((each.kind.value, text[each.start : each.end]) for each in find_personal_data(text))
    return tuple(dict.fromkeys(f"{kind}: {words}" for kind, words in found if _bare(words) not in own))


def _own(municipality: Municipality) -> set[str]:
    """What may stand in an answer: it is the municipality's own."""
    contact = municipality.privacy_contact
    return {_bare(text) for text in (municipality.phone, municipality.email, contact.phone, contact.email)}


def _bare(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
