"""What a typed text asks of the assistant: a command becomes the button it stands for, the rest stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.replies import payload

INTENTS: Final = {
    "start": "greet",
    "help": "ask_help",
    "vragen": "my_questions",
    "updates": "follow_updates",
    "privacy": "tell_privacy",
    "vergeetmij": "forget_me",
    "stop": "stop_updates",
}
"""Telegram command → intent of a button that residents may press."""

_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(.+))?", re.IGNORECASE | re.DOTALL)
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Ask:
    """One thing to say to the assistant: a typed text, or the payload of a button."""

    text: str | None = None
    payload: str | None = None


def asks_of(text: str) -> tuple[Ask, ...]:
    """What to say to the assistant for a typed text, in order.

    '/start verkeer', which a link such as t.me/…?start=verkeer makes, is the greeting and then the topic. Other words
    behind a command make it a sentence: who writes '/stop met die plannen' does not ask for silence.
    """
    text = text.strip()
    found = _COMMAND.fullmatch(text)
    intent = INTENTS.get(found[1].lower()) if found else None
    if found is None or intent is None or (found[2] and intent != INTENTS["start"]):
        return (Ask(text=text),)
    greeting = Ask(payload=payload(intent))
    return (greeting, Ask(text=_topic(found[2]))) if found[2] else (greeting,)


def _topic(given: str) -> str:
    return re.sub(r"[_-]+", " ", given).strip() or given if _DEEP_LINK.fullmatch(given) else given
