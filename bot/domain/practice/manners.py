"""Greeting and taking leave."""

from __future__ import annotations

import re

from bot.domain.practice.wording import plain, sentences

GREETING = re.compile(
    r"^(?:goede[nr]?\s?(?:morgen|middag|avond)|hallo|hoi|hey|hee|dag|welkom|mijn naam is|ik ben \w+ van)\b"
)
FAREWELL = re.compile(
    r"\b(?:tot (?:ziens|morgen|overmorgen|gauw|snel|dan|volgende week|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
    r"|(?:fijne|prettige|goede) (?:avond|dag|middag|reis)|wel thuis|hoort? (?:je|u) (?:me|mij|van mij|van me)"
    r"|(?:goedenavond|dag)(?: (?:mevrouw|meneer)?(?: \w+)?)?\W*$)"
)


def greets(text: str) -> bool:
    """Whether a message opens with a greeting."""
    return GREETING.search(plain(text)) is not None


def says_farewell(text: str) -> bool:
    """Whether a message ends the meeting: 'Tot donderdag.'"""
    last = sentences(text)[-1:]
    return bool(last) and FAREWELL.search(plain(last[0])) is not None
