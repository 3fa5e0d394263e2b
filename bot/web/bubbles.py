"""The bot's bubbles as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.client import Bubble
from bot.domain.practice.records import TalkRecord, TalkState
from bot.domain.practice.scenario import Scenario
from bot.domain.replies import Button, payload
from bot.web.debrief import DebriefView, read_debrief

COACH_SAYS = "Coach: "
"""How a remark begins in channels that cannot show who speaks."""
NOT_JUDGED = "Wat je net zei, is niet herkend. Deze beurt telt niet mee."


@dataclass(frozen=True)
class Shown:
    """One bubble.

    speaker: 'own' (who is signed in), 'resident' (in a practice talk), 'coach', or '' for the assistant.
    name: how that speaker is called; '' for the usual name. praise: the coach's remark is about what worked.
    note: in small print under the words.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    debrief: DebriefView | None = None
    speaker: str = ""
    name: str = ""
    praise: bool = False
    note: str = ""


def shown(bubbles: Iterable[Bubble]) -> tuple[Shown, ...]:
    """The bubbles, each with its data: Rasa's channel sends a message's text and its data as two."""
    found: list[Shown] = []
    for bubble in bubbles:
        if bubble.data and not bubble.text and found:
            found[-1] = _with_data(found[-1], bubble)
        else:
            found.append(_with_data(Shown(bubble.text, bubble.buttons), bubble))
    return tuple(each for each in found if each.text or each.buttons or each.debrief)


def talk_so_far(record: TalkRecord, scenario: Scenario) -> tuple[Shown, ...]:
    """A talk that is running or paused, as it stood on the page before it was loaded again."""
    resident = Shown("", speaker="resident", name=scenario.name)
    lines = [replace(resident, text=record.opening)]
    for turn in record.turns:
        lines += (Shown(turn.text, speaker="own"), replace(resident, text=turn.reply))
    if record.state is TalkState.PAUSED:
        resume = (Button("Verder met het gesprek", payload("resume_practice")),)
        lines.append(Shown("Het gesprek staat op pauze.", resume))
    return tuple(lines)


def _with_data(said: Shown, bubble: Bubble) -> Shown:
    data: Mapping[str, Any] = bubble.data or {}
    speaker = str(data.get("speaker", "")) or said.speaker
    debrief = read_debrief(data) or said.debrief
    buttons = said.buttons or bubble.buttons
    return replace(
        said,
        text=said.text.removeprefix(COACH_SAYS) if speaker == "coach" else said.text,
        # On a page 'oneens' stands beside each remark.
        buttons=tuple(each for each in buttons if not (debrief and each.payload.startswith("/disagree"))),
        debrief=debrief,
        speaker=speaker,
        name=str(data.get("name", "")) or ("Coach" if speaker == "coach" else said.name),
        praise=bool(data.get("praise", said.praise)),
        note=NOT_JUDGED if data.get("judged") is False else said.note,
    )
