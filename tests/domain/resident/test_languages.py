"""Which language somebody writes."""

from __future__ import annotations

import pytest

from bot.domain.resident.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("When will the shelter open and can I help?", "en"),
        ("Коли відкриється притулок?", "uk"),
        ("Когда откроется приют, и где вы?", "ru"),
        ("متى يفتح المركز؟", "ar"),
        ("مرکز چه زمانی باز می‌شود؟", "fa"),
        ("Merkez ne zaman açılacak ve kaç kişi gelecek?", "tr"),
        ("Kiedy otworzy się ośrodek i jak mogę pomóc?", "pl"),
        ("Quand est-ce que le centre va ouvrir pour les gens ?", "fr"),
        ("Wann wird das Zentrum eröffnet und wie kann ich helfen?", "de"),
        ("መዓስ እዩ ዝኽፈት?", "ti"),
    ],
)
def test_a_language_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "hoeveel mensen komen er",
        "wa vur volk kumt hier",
        "yo bro what the hell wanneer komt dat azc",
        "ok",
        "",
        "😀",
        "Wir komme kieke",
    ],
)
def test_dutch_dialect_and_street_language_stay_dutch(text: str) -> None:
    assert language_of(text) == "nl"
