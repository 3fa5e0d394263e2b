"""An official asks the guides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.gaps import GapReason
from bot.domain.guides import GUIDE_NAMES, MAX_SUGGESTIONS, GuideDecision, GuideEntry, GuideFinding, decide
from bot.domain.guides_map import GuideMap
from bot.domain.guides_questions import leans_back
from bot.domain.guides_weighing import Leaning, weigh
from bot.domain.guides_wish import Asked, Wish, ask
from bot.domain.personal_data import mask_personal_data
from bot.domain.replies import Say
from bot.domain.understanding import Understanding
from bot.services.guide_follow_ups import FOLLOW_UPS, follow_up, missed
from bot.services.guide_gaps import record_gap
from bot.services.guide_replies import (
    GuideContext,
    GuideTurn,
    answer,
    entry_buttons,
    list_subject,
    list_themes,
    show_point,
    suggestion,
)
from bot.services.ports import Store

CLEARLY_OUTSIDE: Final = 0.5
"""From this probability on, the second question of a message is said to be about something else."""
MAX_HEADING_CHARS: Final = 90
AFTER: Final = " › "
"""Between a question and the one that follows on it, where they are kept."""


def ask_guide(
    store: Store, guides: GuideMap, understanding: Understanding, context: GuideContext, now: datetime
) -> GuideTurn:
    """Answer, suggest, list, follow up or admit. A question without an answer is kept, without its asker."""
    asked = ask(understanding.text)
    turn = _by_wish(store, guides, understanding, asked, context, now)
    return (
        turn
        or _several(store, guides, understanding, now)
        or _single(store, guides, understanding, asked, context, now)
    )


def is_about_guides(text: str, context: GuideContext) -> bool:
    """Whether the words alone show that the guides are meant, however much the message looks like small talk."""
    wish = ask(text).wish
    if wish in FOLLOW_UPS or wish is Wish.MISSED:
        return bool(context.entry or context.offered)
    return wish is not Wish.QUESTION or bool(context.entry and leans_back(text))


def show_entry(guides: GuideMap, entry_id: str, context: GuideContext) -> GuideTurn:
    """The entry behind a button."""
    entry = guides.find(entry_id)
    if entry is None:
        return GuideTurn((Say(response="utter_button_is_old"),), context)
    return answer(guides, entry, tuple(each for each in context.next if each != entry_id), context.question)


def _by_wish(
    store: Store, guides: GuideMap, understanding: Understanding, asked: Asked, context: GuideContext, now: datetime
) -> GuideTurn | None:
    """What the words themselves ask for; None for a question about a subject."""
    titled = guides.titled(understanding.text)
    if titled:
        return answer(guides, titled, (), understanding.text)
    if asked.wish is Wish.THEMES:
        return list_themes(guides, context)
    if asked.wish is Wish.POINT:
        return show_point(guides, asked, context)
    if asked.wish is Wish.LIST:
        subject = guides.subject(asked.about, asked.guide)
        return list_subject(subject, understanding.text) if subject else _nothing_about(store, asked.about, now)
    if asked.wish is Wish.MISSED:
        return missed(store, guides, context, now)
    if asked.wish in FOLLOW_UPS and (context.entry or decide(understanding).decision is not GuideDecision.ANSWER):
        return follow_up(guides, asked.wish, asked.guide, context)
    return None


def _nothing_about(store: Store, about: str, now: datetime) -> GuideTurn:
    about = mask_personal_data(about)
    record_gap(store, text=about, reason=GapReason.NONE, entry_id=None, now=now)
    return GuideTurn((Say(response="utter_no_points_about", values={"about": about}),))


def _several(store: Store, guides: GuideMap, understanding: Understanding, now: datetime) -> GuideTurn | None:
    """An answer to each question of a message; None where they cannot be told apart well enough to answer apart."""
    found = [(part, decide(part)) for part in understanding.parts]
    answered = {f.candidates[0].id for _, f in found if f.decision is GuideDecision.ANSWER}
    unclear = [p for p, f in found if f.decision is GuideDecision.NONE and p.group("out_of_scope") < CLEARLY_OUTSIDE]
    if not answered or unclear or (len(answered) == 1 and all(f.decision is GuideDecision.ANSWER for _, f in found)):
        return None
    says: list[Say] = []
    context = GuideContext(understanding.text)
    for part, finding in found:
        turn = _decided(store, guides, finding, part.text, None, now)
        says += [*_headed(turn.says[0], part.text), *turn.says[1:]]
        context = turn.context if turn.context.entry else context
    return GuideTurn(tuple(says), context)


def _headed(say: Say, question: str) -> tuple[Say, ...]:
    """The bubble under the question it is about: of a situation with a question only the last sentence."""
    last = question.replace("? ", "?|").split("|")[-1].strip()
    short = last if len(last) <= MAX_HEADING_CHARS else f"{last[:MAX_HEADING_CHARS].rsplit(' ', 1)[0]}…"
    heading = f"Over ‘{short}’:"
    return (Say(heading), say) if say.response else (replace(say, text=f"{heading}\n\n{say.text}"),)


def _single(
    store: Store, guides: GuideMap, understanding: Understanding, asked: Asked, context: GuideContext, now: datetime
) -> GuideTurn:
    text = understanding.text
    topic = guides.find(context.entry) if leans_back(text) else None
    leaning = weigh(understanding, topic, guides) if topic else None
    if topic and leaning:
        return _leaning(guides, topic, leaning, context, _after(context, text))
    finding = decide(understanding.subject or understanding)
    # 'En wie betaalt dat?' alone tells whoever reads it later nothing.
    question = _after(context, text) if topic and finding.decision is not GuideDecision.ANSWER else text
    return _decided(store, guides, finding, question, asked.guide, now)


def _after(context: GuideContext, text: str) -> str:
    """A follow-up behind the question it follows."""
    return f"{context.question.partition(AFTER)[0]}{AFTER}{text}".removeprefix(AFTER)


def _leaning(guides: GuideMap, topic: GuideEntry, leaning: Leaning, context: GuideContext, question: str) -> GuideTurn:
    entries = _known(guides, leaning.finding)
    if leaning.finding.decision is GuideDecision.ANSWER:
        return answer(guides, entries[0], tuple(each.id for each in entries[1:]), question)
    kept = replace(context, question=question, next=tuple(each.id for each in entries[MAX_SUGGESTIONS:]))
    buttons = entry_buttons(entries[:MAX_SUGGESTIONS])
    if leaning.said:
        text = f"Dat hoort bij hetzelfde punt: {leaning.said}\n({topic.source})"
        return GuideTurn((Say(text, buttons=buttons),), replace(kept, offered=False))
    return GuideTurn((Say(response="utter_follow_up_near", buttons=buttons),), replace(kept, offered=True))


def _decided(
    store: Store,
    guides: GuideMap,
    finding: GuideFinding,
    question: str,
    guide: str | None,
    now: datetime,
) -> GuideTurn:
    entries = _known(guides, finding)
    if finding.decision is GuideDecision.NONE or not entries:
        record_gap(store, text=mask_personal_data(question), reason=GapReason.NONE, entry_id=None, now=now)
        return GuideTurn((Say(response="utter_guide_does_not_say"),), GuideContext(question))
    if finding.decision is GuideDecision.SUGGEST:
        return suggestion(entries, question)
    rest = tuple(entry.id for entry in entries[1:])
    if guide is None or entries[0].guide == guide:
        return answer(guides, entries[0], rest, question)
    there = guides.twin(entries[0].id, guide)
    if there:
        return answer(guides, there, (entries[0].id, *rest), question)
    opening = f"In de {GUIDE_NAMES[guide]} vind ik dit niet apart. De andere handreiking zegt:"
    return answer(guides, entries[0], rest, question, opening=opening)


def _known(guides: GuideMap, finding: GuideFinding) -> list[GuideEntry]:
    return [entry for each in finding.candidates if (entry := guides.find(each.id))]
