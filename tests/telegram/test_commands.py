"""What a typed text asks of the assistant."""

from __future__ import annotations

import pytest

from bot.channels.payloads import is_allowed
from bot.domain.people import Role
from bot.telegram.commands import INTENTS, Ask, asks_of
from bot.telegram.texts import COMMANDS


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("/start", "/greet"),
        ("/START ", "/greet"),
        ("/start@vraagbaak_bot", "/greet"),
        ("/help", "/ask_help"),
        ("/vragen", "/my_questions"),
        ("/updates", "/follow_updates"),
        ("/privacy", "/tell_privacy"),
        ("/vergeetmij", "/forget_me"),
        ("/stop", "/stop_updates"),
    ],
)
def test_a_command_is_a_button(typed: str, payload: str) -> None:
    assert asks_of(typed) == (Ask(payload=payload),)
    assert is_allowed(payload, Role.RESIDENT)


@pytest.mark.parametrize(
    "typed",
    [
        "/stop met die plannen!",
        "/help mij",
        "/start_practice",
        '/start_practice{"scenario":"s1"}',
        "/azc",
        "/",
        "//stop",
        "gaat het /stop door?",
        "stop",
    ],
)
def test_anything_else_is_text(typed: str) -> None:
    assert asks_of(typed) == (Ask(text=typed),)


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("/start veiligheid", "veiligheid"),
        ("/start verkeer-en_parkeren", "verkeer en parkeren"),
        ("/start Komt er ook een bus?", "Komt er ook een bus?"),
        ("/start _", "_"),
    ],
)
def test_a_topic_behind_start_is_asked_after_the_greeting(typed: str, topic: str) -> None:
    assert asks_of(typed) == (Ask(payload="/greet"), Ask(text=topic))


def test_the_menu_and_the_commands_are_the_same() -> None:
    assert [name for name, _ in COMMANDS] == list(INTENTS)
    assert all(3 <= len(says) <= 256 for _, says in COMMANDS)
