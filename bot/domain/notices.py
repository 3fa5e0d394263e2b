"""The words in which askers hear that their question is answered. The desk previews with the same functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.faq import FaqEntry
from bot.domain.outgoing import Message
from bot.domain.replies import Button, payload

QUOTE_CHARS = 200
"""How much of somebody's own question is repeated to them."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def answer_notice(question: str, numbers: Sequence[int], entry: FaqEntry) -> Message:
    """The first answer to somebody's question; `numbers`: all their questions that this answers, at least one."""
    return Message(f"U stelde ons {_numbered(numbers)}: ‘{shortened(question)}’\n\n{_answer(entry)}")


def changed_notice(question: str, numbers: Sequence[int], entry: FaqEntry) -> Message:
    """A later version of an answer that somebody already had."""
    asked = f"Het antwoord op {_numbered(numbers, own=True)} is veranderd. U vroeg: ‘{shortened(question)}’"
    return Message(f"{asked}\n\n{_answer(entry)}")


def follow_up_notice(question: str, number: int, text: str) -> Message:
    """What happened with something that a resident brought up beside the subject."""
    return Message(f"U meldde ons (nummer {number}): ‘{shortened(question)}’\n\n{text.strip()}")


def news_notice(title: str, text: str) -> Message:
    """Progress news, with the way to stop it under it."""
    stop = Button("Geen nieuws meer", payload("unsubscribe_news"))
    return Message(f"Nieuws over de opvang: {title.strip()}\n\n{text.strip()}", (stop,))


def dutch_date(day: date) -> str:
    """Such as '3 mei 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def shortened(text: str, chars: int = QUOTE_CHARS) -> str:
    """At most `chars` characters on one line, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= chars:
        return line
    cut = line[: chars - 1]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,;:-") + "…"


def _numbered(numbers: Sequence[int], own: bool = False) -> str:
    if len(numbers) == 1:
        return f"{'uw vraag' if own else 'vraag'} {numbers[0]}"
    listed = ", ".join(str(n) for n in numbers[:-1])
    return f"{'uw vragen' if own else 'de vragen'} {listed} en {numbers[-1]}"


def _answer(entry: FaqEntry) -> str:
    dated = f"\n\n(Antwoord van {dutch_date(entry.published_on)})" if entry.published_on else ""
    return f"{entry.answer.strip()}{dated}"
