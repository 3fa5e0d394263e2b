"""The bot's bubbles as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.channels.client import Bubble
from bot.domain.replies import Button
from bot.web.debrief import DebriefView, read_debrief


@dataclass(frozen=True)
class Shown:
    """One bubble. speaker: who says it when that is not the assistant, such as the resident in a practice talk."""

    text: str
    buttons: tuple[Button, ...] = ()
    debrief: DebriefView | None = None
    speaker: str = ""


def shown(bubbles: Iterable[Bubble]) -> tuple[Shown, ...]:
    """The bubbles, each with its data: Rasa's channel sends a message's text and its data as two."""
    found: list[Shown] = []
    for bubble in bubbles:
        if bubble.data and not bubble.text and found:
            found[-1] = _with_data(found[-1], bubble)
        else:
            found.append(_with_data(Shown(bubble.text, bubble.buttons), bubble))
    return tuple(each for each in found if each.text or each.buttons or each.debrief)


def _with_data(said: Shown, bubble: Bubble) -> Shown:
    data = bubble.data or {}
    return replace(
        said,
        buttons=said.buttons or bubble.buttons,
        debrief=read_debrief(data) or said.debrief,
        speaker=str(data.get("speaker", "")) or said.speaker,
    )
