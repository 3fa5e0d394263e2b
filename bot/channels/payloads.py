"""Which buttons belong to which role. What is not listed here cannot be pressed by anybody."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.people import Role

PAYLOADS: Final[dict[Role, frozenset[str]]] = {
    Role.OFFICIAL: frozenset(
        {
            "ask_hint",
            "ask_help",
            "choose_goal",
            "choose_guide_entry",
            "cues_off",
            "cues_on",
            "disagree",
            "erase_talk",
            "forget_talks",
            "greet",
            "guide_answer_missed",
            "keep_talk",
            "list_scenarios",
            "pause_practice",
            "resume_practice",
            "retry_from",
            "share_words",
            "show_debrief",
            "show_progress",
            "start_practice",
            "stop_practice",
        }
    ),
    Role.RESIDENT: frozenset(
        {
            "answer_did_not_help",
            "answer_helped",
            "ask_help",
            "choose_entry",
            "deny",
            "follow_updates",
            "forget_me",
            "forget_me_confirmed",
            "give_consent",
            "greet",
            "my_questions",
            "none_of_these",
            "refuse_consent",
            "stop_updates",
            "subscribe_news",
            "tell_privacy",
            "unsubscribe_news",
        }
    ),
}

_PAYLOAD = re.compile(r"/([a-z_]+)(\{[^{}]*\})?")


def is_allowed(payload: str, role: Role) -> bool:
    """Whether somebody with this role may press this button."""
    found = _PAYLOAD.fullmatch(payload)
    return found is not None and found[1] in PAYLOADS[role]
