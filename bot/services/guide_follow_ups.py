"""Asking on about what the guides said, and 'dat bedoel ik niet'."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.gaps import GapReason
from bot.domain.guides import GUIDE_NAMES, MAX_SUGGESTIONS, GuideEntry
from bot.domain.guides_map import GuideMap
from bot.domain.guides_wish import Wish
from bot.domain.personal_data import mask_personal_data
from bot.domain.replies import Say
from bot.services.guide_gaps import record_gap
from bot.services.guide_replies import GuideContext, GuideTurn, answer, entry_buttons, suggestion
from bot.services.ports import Store

FOLLOW_UPS: Final = frozenset({Wish.WHY, Wish.EXAMPLE, Wish.OTHER_GUIDE, Wish.NEXT, Wish.MORE})
"""What only makes sense about an answer."""


def follow_up(guides: GuideMap, wish: Wish, guide: str | None, context: GuideContext) -> GuideTurn:
    """Something about the entry last shown: why, an example, the other guide, what comes next, or all of it."""
    entry = guides.find(context.entry)
    if entry is None:
        return GuideTurn((Say(response="utter_follow_up_to_what"),), context)
    if wish is Wish.OTHER_GUIDE:
        return _other_guide(guides, entry, guide, context)
    if wish is Wish.NEXT:
        return _next(guides, entry, context)
    texts = {Wish.WHY: _why, Wish.EXAMPLE: _example, Wish.MORE: _all}
    text = texts[wish](entry)
    buttons = entry_buttons(guides.library.related(entry, MAX_SUGGESTIONS)) if wish is Wish.MORE else ()
    return GuideTurn((Say(f"{text}\n({entry.source})", buttons=buttons),), replace(context, offered=False))


def missed(
    store: Store, guides: GuideMap, context: GuideContext, now: datetime, entry_id: str | None = None
) -> GuideTurn:
    """'Dat bedoel ik niet': kept for whoever keeps the content, and the next likely entries are offered.

    entry_id: the answer whose button was pressed; None where it was typed.
    """
    if entry_id is not None and guides.find(entry_id) is None:
        return GuideTurn((Say(response="utter_button_is_old"),), context)
    if entry_id is not None and entry_id != context.entry:
        return _missed_earlier(store, guides, entry_id, context, now)
    if context.entry is None and not context.offered:
        return GuideTurn((Say(response="utter_follow_up_to_what"),), context)
    asked = mask_personal_data(context.question)
    others = [entry for each in context.next if (entry := guides.find(each))]
    says: list[Say] = []
    if not context.offered and context.entry:
        record_gap(store, text=asked, reason=GapReason.NOT_HELPFUL, entry_id=context.entry, now=now)
        says.append(Say(response="utter_thanks_for_judgement"))
    elif not others and asked:
        record_gap(store, text=asked, reason=GapReason.NONE, entry_id=None, now=now)
    if not others:
        return GuideTurn((*says, Say(response="utter_ask_otherwise")), GuideContext(context.question))
    offer = suggestion(others, context.question)
    return GuideTurn((*says, *offer.says), offer.context)


def _why(entry: GuideEntry) -> str:
    return entry.why or "De handreiking geeft daar geen reden bij."


def _example(entry: GuideEntry) -> str:
    parts = [entry.example, f"Je zou kunnen zeggen: ‘{entry.say}’" if entry.say else ""]
    return "\n".join(part for part in parts if part) or "Bij dit punt heb ik geen voorbeeld."


def _all(entry: GuideEntry) -> str:
    parts = (entry.why, f"Een voorbeeld: {entry.example}" if entry.example else "")
    return "\n".join(part for part in parts if part) or "Meer zegt de handreiking hier niet over."


def _other_guide(guides: GuideMap, entry: GuideEntry, guide: str | None, context: GuideContext) -> GuideTurn:
    if guide == entry.guide:
        same = [each for each in guides.library.related(entry, len(entry.related)) if each.guide == guide]
        say = Say(
            response="utter_same_guide",
            values={"guide": GUIDE_NAMES[entry.guide]},
            buttons=entry_buttons(same[:MAX_SUGGESTIONS]),
        )
        return GuideTurn((say,), context)
    other = guides.counterpart(entry)
    if other is None:
        name = next(name for key, name in GUIDE_NAMES.items() if key != entry.guide)
        return GuideTurn((Say(response="utter_other_guide_is_silent", values={"guide": name}),), context)
    return answer(guides, other, context.next, context.question)


def _next(guides: GuideMap, entry: GuideEntry, context: GuideContext) -> GuideTurn:
    later = guides.after(entry)
    if later is None:
        return GuideTurn((Say(response="utter_last_point", values={"guide": GUIDE_NAMES[entry.guide]}),), context)
    return answer(guides, later, (), context.question, opening="Daarna volgt in de handreiking:")


def _missed_earlier(store: Store, guides: GuideMap, entry_id: str, context: GuideContext, now: datetime) -> GuideTurn:
    """The button under an answer further up: its question is not known any more, its title stands for it."""
    entry = guides.find(entry_id)
    assert entry is not None
    record_gap(store, text=f"Bij ‘{entry.title}’", reason=GapReason.NOT_HELPFUL, entry_id=entry_id, now=now)
    return GuideTurn((Say(response="utter_thanks_for_judgement"),), context)
