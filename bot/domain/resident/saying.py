"""Puts the sentences of one reply together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry
from bot.domain.notices import dutch_date, shortened
from bot.domain.questions import Question, QuestionState
from bot.domain.replies import Button, Say, payload
from bot.domain.resident.talk import Talk
from bot.domain.resident.wording import Wording, acknowledgement_of

TITLE_CHARS = 60
"""What Telegram shows of a button on a narrow phone, more or less."""


class Reply:
    """One reply in the making: collects bubbles, and the talk as it is after them."""

    def __init__(self, wording: Wording, talk: Talk, conversation: str, types: Collection[str] = ()) -> None:
        """types: question types that have a fixed sentence 'utter_faq/<type>'."""
        self._wording = wording
        self._conversation = conversation
        self._types = types
        self.talk = talk
        self.says: list[Say] = []

    def line(self, key: str, **values: str | int) -> str:
        """A sentence of this kind."""
        text, self.talk = self._wording.pick(self.talk, self._conversation, key, **values)
        return text

    def say(self, key: str, buttons: tuple[Button, ...] = (), **values: str | int) -> None:
        """A bubble with one sentence."""
        self.says.append(Say(self.line(key, **values), buttons=buttons))

    def open(self, text: str, emotion: bool) -> None:
        """Who is talking, at the first reply; then the feeling before the facts (point 42)."""
        lines = [] if self.talk.introduced else [self.line("introduce")]
        self.talk = replace(self.talk, introduced=True)
        if emotion:
            lines.append(self.line(acknowledgement_of(text)))
        if lines:
            self.says.append(Say(" ".join(lines)))

    def show_understood(self, entry: FaqEntry, key: str = "understood") -> None:
        """That the question was understood, before the answer (point 41)."""
        if key == "understood" and entry.type in self._types:
            self.says.append(Say(response=f"utter_faq/{entry.type}"))
        else:
            self.say(key, question=entry.question)

    def show_type(self, type_name: str) -> None:
        """The same when there is no entry, but the type of question is clear."""
        if type_name in self._types:
            self.says.append(Say(response=f"utter_faq/{type_name}"))

    def answer(self, entry: FaqEntry, ask_whether_it_helped: bool) -> None:
        """The municipality's own words, with their date and source."""
        notes = [self.line("dated", date=dutch_date(entry.published_on))] if entry.published_on else []
        if entry.source:
            notes.append(self.line("sourced", source=entry.source))
        parts = [entry.answer.strip(), " ".join(notes)]
        buttons: tuple[Button, ...] = ()
        if ask_whether_it_helped:
            parts.append(self.line("helped"))
            buttons = (
                Button(self._wording.label("yes"), payload("answer_helped", entry=entry.id)),
                Button(self._wording.label("no"), payload("answer_did_not_help", entry=entry.id)),
            )
        self.says.append(Say("\n\n".join(part for part in parts if part), buttons=buttons))
        self.talk = replace(self.talk, entry=entry.id)

    def suggest(self, entries: Sequence[FaqEntry], turn: int, key: str = "did_you_mean") -> None:
        """Buttons with likely questions. turn: under which the resident's own question is kept."""
        choices = [
            Button(shortened(entry.question, TITLE_CHARS), payload("choose_entry", entry=entry.id)) for entry in entries
        ]
        none = Button(self._wording.label("none_of_these"), payload("none_of_these", n=turn))
        self.say(key, buttons=(*choices, none))

    def registered(self, key: str, question: Question) -> None:
        """Number, who and when; then whether they want to hear it."""
        self.say(key, number=question.number, owner=question.owner, date=dutch_date(question.due_on))
        self.talk = replace(self.talk, number=question.number)
        if question.wants_notice is None:
            self.say("ask_consent", buttons=self.consent_buttons(question.number))

    def registered_in(self, language: str, question: Question) -> None:
        """The same in another language, with signs on the buttons."""
        key = f"language_{language}"
        used = key if self._wording.has(key) else "language_unknown"
        text = self.line(used, number=question.number, date=f"{question.due_on:%d-%m-%Y}")
        self.says.append(Say(text, buttons=self.consent_buttons(question.number, "_sign")))
        self.talk = replace(self.talk, number=question.number, introduced=True)

    def consent_buttons(self, number: int, look: str = "") -> tuple[Button, ...]:
        """Yes and no to a notice."""
        return (
            Button(self._wording.label(f"consent_yes{look}"), payload("give_consent", n=number)),
            Button(self._wording.label(f"consent_no{look}"), payload("refuse_consent", n=number)),
        )

    def overview(self, questions: Sequence[Question]) -> None:
        """The asker's questions and how far each is."""
        lines = [self._state_of(question) for question in questions]
        self.says.append(Say("\n".join([self.line("my_questions"), *lines]) if lines else self.line("no_questions")))

    def _state_of(self, question: Question) -> str:
        answered_on: date | None = local_day(question.answered_at) if question.answered_at else None
        if question.state is QuestionState.ANSWERED and answered_on:
            key, day = "question_answered", answered_on
        else:
            key = "question_dismissed" if question.state is QuestionState.DISMISSED else "question_open"
            day = question.due_on
        return self.line(
            key,
            number=question.number,
            question=shortened(question.text, 80),
            owner=question.owner,
            date=dutch_date(day),
        )
