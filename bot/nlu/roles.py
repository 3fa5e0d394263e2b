"""Which intents somebody may have: what a message can mean depends on who says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.people import Role

COMMANDS: Final[dict[Role, frozenset[str]]] = {
    Role.OFFICIAL: frozenset(
        {
            "ask_example",
            "ask_help",
            "ask_hint",
            "ask_more",
            "ask_next",
            "ask_other_guide",
            "ask_why",
            "choose_goal",
            "cues_off",
            "cues_on",
            "disagree",
            "erase_talk",
            "forget_talks",
            "keep_talk",
            "list_scenarios",
            "not_what_i_meant",
            "pause_practice",
            "resume_practice",
            "retry_from",
            "show_debrief",
            "show_progress",
            "start_practice",
            "stop",
            "stop_practice",
            "affirm",
            "deny",
        }
    ),
    Role.RESIDENT: frozenset(
        {
            "affirm",
            "ask_help",
            "deny",
            "forget_me",
            "follow_updates",
            "my_questions",
            "stop",
            "stop_updates",
            "tell_privacy",
        }
    ),
}
"""Commands count only when they are the whole message: a resident who says 'stop' mid-sentence commands nothing."""

QUESTIONS: Final[dict[Role, frozenset[str]]] = {
    Role.OFFICIAL: frozenset({"guide", "out_of_scope", "smalltalk", "want_practice"}),
    Role.RESIDENT: frozenset(
        {
            "faq",
            "political_question",
            "side_issue",
            "abuse",
            "emergency",
            "smalltalk",
            "unanswerable_detail",
            "telling",
            "other_language",
        }
    ),
}
"""What free text is recognised as, by its nearest phrasings."""


def role_of(metadata: Mapping[str, Any] | None) -> Role:
    """The role that our channel put beside a message. Without one it is `rasa shell`, where an official sits."""
    return Role((metadata or {}).get("role", Role.OFFICIAL.value))
