"""Puts the sentences of one reply together."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry
from bot.domain.matching.words import words
from bot.domain.municipality import with_article
from bot.domain.notices import dutch_date, shortened
from bot.domain.questions import Question, QuestionState
from bot.domain.replies import MAX_PAYLOAD_BYTES, Button, Say, payload
from bot.domain.resident.talk import CHOICE, PASS_ON, Asked, Talk
from bot.domain.resident.wording import Wording, acknowledgement_of, counting_word, enumerated

TITLE_CHARS = 60
"""What Telegram shows of a button on a narrow phone, more or less."""
FEELING_WORDS = 4
"""In fewer words than these nobody shows a feeling that is worth naming: 'nee die andere'."""
QUOTED_CHARS = 120
"""How much of one of several questions is repeated."""


class Reply:
    """One reply in the making: collects bubbles, and the talk as it is after them."""

    def __init__(self, wording: Wording, talk: Talk, conversation: str, types: Collection[str] = ()) -> None:
        """types: question types that have a fixed sentence 'utter_faq/<type>'.

        `offering`, when the reply is made: CHOICE or PASS_ON, which a typed 'de eerste' or 'ja' then takes up.
        """
        self._wording = wording
        self._conversation = conversation
        self._types = types
        self.talk = talk
        self.says: list[Say] = []
        self.offering: str | None = None

    def line(self, key: str, **values: str | int) -> str:
        """A sentence of this kind."""
        text, self.talk = self._wording.pick(self.talk, self._conversation, key, **values)
        return text

    def say(self, key: str, buttons: tuple[Button, ...] = (), **values: str | int) -> None:
        """A bubble with one sentence."""
        self.says.append(Say(self.line(key, **values), buttons=buttons))

    def open(self, text: str, emotion: bool, questions: int = 1) -> None:
        """Who is talking, at the first reply; then the feeling before the facts (point 42); then how many follow."""
        lines = [] if self.talk.introduced else [self.line("introduce")]
        self.talk = replace(self.talk, introduced=True)
        if emotion and len(words(text)) >= FEELING_WORDS:
            lines.append(self.line(acknowledgement_of(text)))
        if questions > 1:
            lines.append(self.line("several", count=counting_word(questions)))
        if lines:
            self.says.append(Say(" ".join(lines)))

    def show_understood(self, entry: FaqEntry, key: str = "understood") -> None:
        """That the question was understood, before the answer (point 41); each third time in other words."""
        if entry.type in self._types and self.talk.turn % 3:
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

    def answer_again(self, entry: FaqEntry, asked: Asked) -> None:
        """The answer they have read already, because there is no other; and somebody who can be asked (point 6)."""
        self.offer_to_pass_on("answer_again", replace(asked, others=()), told=False, answer=entry.answer.strip())

    def vouch(self, entry: FaqEntry) -> None:
        """Whose answer it is, from when and where it stands, for who doubts it; and a person to call."""
        owner = with_article(entry.owner)
        lines = [self.line("vouched", owner=owner, Owner=owner[:1].upper() + owner[1:])]
        if entry.published_on:
            lines.append(self.line("dated", date=dutch_date(entry.published_on)))
        if entry.source:
            lines.append(self.line("sourced", source=entry.source))
        self.says.append(Say(" ".join([*lines, self.line("call_us")])))

    def suggest(self, entries: Sequence[FaqEntry], asked: Asked, key: str = "did_you_mean", about: str = "") -> None:
        """Buttons with likely questions; the resident's own is kept. about: which of several questions this is."""
        kept_as, self.talk = self.talk.remember(replace(asked, offered=tuple(entry.id for entry in entries)))
        choices = [
            Button(shortened(entry.question, TITLE_CHARS), payload("choose_entry", entry=entry.id)) for entry in entries
        ]
        self.offering = CHOICE
        none = Button(self._wording.label("none_of_these"), payload("none_of_these", n=kept_as))
        self._say_about(about, key, (*choices, none))

    def registered(self, key: str, question: Question, about: str = "") -> None:
        """Number, who and when. about: which of several questions this is."""
        self._say_about(about, key, (), **of_question(question))

    def ask_consent(self, questions: Sequence[Question]) -> None:
        """Whether they want to hear of the answers to these questions; one at least."""
        numbers = tuple(question.number for question in questions)
        while len(payload("refuse_consent", n=_joined(numbers)).encode()) > MAX_PAYLOAD_BYTES:
            numbers = numbers[1:]
        self.talk = replace(self.talk, numbers=numbers)
        key = "ask_consent" if len(numbers) == 1 else "ask_consent_several"
        self.say(key, self._consent_buttons(numbers), numbers=enumerated(numbers))

    def offer_to_pass_on(self, key: str, asked: Asked, told: bool = True, **values: str | int) -> None:
        """A button by which what somebody wrote goes to a person. told: see Asked."""
        kept_as, self.talk = self.talk.remember(replace(asked, told=told))
        self.offering = PASS_ON
        self.say(key, (Button(self._wording.label("pass_on"), payload("none_of_these", n=kept_as)),), **values)

    def registered_in(self, language: str, question: Question) -> None:
        """The same in another language, with signs on the buttons."""
        key = f"language_{language}"
        used = key if self._wording.has(key) else "language_unknown"
        text = self.line(used, number=question.number, date=f"{question.due_on:%d-%m-%Y}")
        self.says.append(Say(text, buttons=self._consent_buttons((question.number,), "_sign")))
        self.talk = replace(self.talk, numbers=(question.number,), introduced=True)

    def overview(self, questions: Sequence[Question]) -> None:
        """The asker's questions and how far each is."""
        lines = [self._state_of(question) for question in questions]
        self.says.append(Say("\n".join([self.line("my_questions"), *lines]) if lines else self.line("no_questions")))

    def _say_about(self, about: str, key: str, buttons: tuple[Button, ...], **values: str | int) -> None:
        lead = f"{self.line('about', question=_quoted(about))} " if about else ""
        self.says.append(Say(lead + self.line(key, **values), buttons=buttons))

    def _consent_buttons(self, numbers: Sequence[int], look: str = "") -> tuple[Button, ...]:
        """Yes and no to a notice."""
        return (
            Button(self._wording.label(f"consent_yes{look}"), payload("give_consent", n=_joined(numbers))),
            Button(self._wording.label(f"consent_no{look}"), payload("refuse_consent", n=_joined(numbers))),
        )

    def _state_of(self, question: Question) -> str:
        answered_on: date | None = local_day(question.answered_at) if question.answered_at else None
        if question.state is QuestionState.ANSWERED and answered_on:
            key, day = "question_answered", answered_on
        else:
            key = "question_dismissed" if question.state is QuestionState.DISMISSED else "question_open"
            day = question.due_on
        return self.line(
            key,
            question=shortened(question.text.rstrip(". "), 80),
            **{**of_question(question), "date": dutch_date(day)},
        )


def of_question(question: Question) -> dict[str, str | int]:
    """What a promise names: number, who (also as the beginning of a sentence) and when."""
    owner = with_article(question.owner)
    capital = owner[:1].upper() + owner[1:]
    return {"number": question.number, "owner": owner, "Owner": capital, "date": dutch_date(question.due_on)}


def _quoted(text: str) -> str:
    """One of several questions as it is repeated: without the word that tied it to the one before."""
    bare = re.sub(r"^(?:o ja,? )?(?:en|o ja|maar|dus|ook)[, ]+(?:ook |dan )?", "", text, flags=re.I)
    return shortened(bare[:1].upper() + bare[1:].rstrip(". "), QUOTED_CHARS)


def _joined(numbers: Sequence[int]) -> int | str:
    """As a button carries them: 3, or '3,4,5'."""
    return numbers[0] if len(numbers) == 1 else ",".join(str(number) for number in numbers)
