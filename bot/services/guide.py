"""An official asks the guides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.gaps import GapReason
from bot.domain.guides import MAX_SUGGESTIONS, GuideDecision, GuideEntry, GuideLibrary, decide
from bot.domain.personal_data import mask_personal_data
from bot.domain.replies import Button, Say, payload
from bot.domain.understanding import Understanding
from bot.services.guide_gaps import record_gap
from bot.services.ports import Store


@dataclass(frozen=True)
class GuideTurn:
    """What is said, and what a follow-up question can refer to.

    entry: id of the entry now talked about. next_candidates: ids still to offer at 'dat bedoel ik niet'.
    """

    says: tuple[Say, ...]
    entry: str | None = None
    next_candidates: tuple[str, ...] = ()


def ask_guide(store: Store, library: GuideLibrary, understanding: Understanding, now: datetime) -> GuideTurn:
    """Answer, suggest or admit. A question without an answer is kept, without its asker: the gap must be seen."""
    finding = decide(understanding)
    entries = [entry for each in finding.candidates if (entry := library.find(each.id))]
    if finding.decision is GuideDecision.NONE or not entries:
        record_gap(store, text=mask_personal_data(understanding.text), reason=GapReason.NONE, entry_id=None, now=now)
        return GuideTurn((Say(response="utter_guide_does_not_say"),))
    if finding.decision is GuideDecision.SUGGEST:
        return _suggestion(entries)
    return _answer(library, entries[0], tuple(entry.id for entry in entries[1:]))


def show_entry(library: GuideLibrary, entry_id: str) -> GuideTurn:
    """The entry behind a button."""
    entry = library.find(entry_id)
    return _answer(library, entry, ()) if entry else GuideTurn((Say(response="utter_button_is_old"),))


def offer_next(library: GuideLibrary, candidates: tuple[str, ...]) -> GuideTurn:
    """'Dat bedoel ik niet': the next likely entries, or the way to ask it otherwise."""
    entries = [entry for each in candidates if (entry := library.find(each))]
    return _suggestion(entries) if entries else GuideTurn((Say(response="utter_ask_otherwise"),))


def explain_why(library: GuideLibrary, entry_id: str | None) -> GuideTurn:
    """'Waarom?' about the entry last shown."""
    entry = library.find(entry_id or "")
    if entry is None:
        return GuideTurn((Say(response="utter_follow_up_to_what"),))
    text = entry.why or "De handreiking geeft daar geen reden bij."
    return GuideTurn((Say(f"{text}\n({entry.source})"),), entry.id)


def give_example(library: GuideLibrary, entry_id: str | None) -> GuideTurn:
    """'Geef een voorbeeld' with the entry last shown."""
    entry = library.find(entry_id or "")
    if entry is None:
        return GuideTurn((Say(response="utter_follow_up_to_what"),))
    parts = [entry.example, f"Je zou kunnen zeggen: ‘{entry.say}’" if entry.say else ""]
    text = "\n".join(part for part in parts if part) or "Bij dit punt heb ik geen voorbeeld."
    return GuideTurn((Say(text),), entry.id)


def note_not_helpful(store: Store, library: GuideLibrary, entry_id: str, question: str, now: datetime) -> GuideTurn:
    """The answer was no help: kept for whoever keeps the content."""
    if library.find(entry_id) is None:
        return GuideTurn((Say(response="utter_button_is_old"),))
    record_gap(store, text=mask_personal_data(question), reason=GapReason.NOT_HELPFUL, entry_id=entry_id, now=now)
    return GuideTurn((Say(response="utter_thanks_for_judgement"),), entry_id)


def _button(entry: GuideEntry) -> Button:
    return Button(entry.title, payload("choose_guide_entry", entry=entry.id))


def _suggestion(entries: list[GuideEntry]) -> GuideTurn:
    shown, rest = entries[:MAX_SUGGESTIONS], entries[MAX_SUGGESTIONS:]
    say = Say(response="utter_did_you_mean", buttons=tuple(_button(entry) for entry in shown))
    return GuideTurn((say,), None, tuple(entry.id for entry in rest))


def _answer(library: GuideLibrary, entry: GuideEntry, rest: tuple[str, ...]) -> GuideTurn:
    lines = [entry.answer]
    if entry.say:
        lines.append(f"Bijvoorbeeld: ‘{entry.say}’")
    lines.append(f"({entry.source})")
    related = tuple(_button(each) for each in library.related(entry, MAX_SUGGESTIONS))
    return GuideTurn((Say("\n\n".join(lines), buttons=related),), entry.id, rest)
