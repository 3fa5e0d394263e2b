"""Every sentence that the Telegram side says of its own accord. The assistant's answers come from elsewhere."""

from __future__ import annotations

from typing import Final

DELAYED: Final = "Ik heb uw bericht ontvangen en beantwoord het zodra dat kan."

ONLY_TEXT: Final = (
    "Ik kan alleen tekst lezen. Foto’s, filmpjes, spraakberichten en bestanden kan ik niet openen. "
    "Wilt u uw vraag in woorden sturen?"
)

ONLY_PRIVATE: Final = (
    "Ik ben een chatbot van de gemeente en ik werk alleen in een gesprek met één persoon. Stuur mij een persoonlijk "
    "bericht, dan help ik u graag. In deze groep reageer ik verder niet."
)

STALE_BUTTON: Final = "Deze knop werkt niet meer. Typ uw vraag gerust opnieuw."

CHOOSE: Final = "Maak een keuze:"

TRY_AGAIN: Final = "Er ging iets mis, waardoor ik dit niet kon uitvoeren. Probeer het over een uur opnieuw."

COMMANDS: Final = (
    ("start", "Begin opnieuw"),
    ("help", "Wat kan deze chatbot?"),
    ("vragen", "Mijn vragen en hoe het ermee staat"),
    ("updates", "Nieuws over de opvang krijgen"),
    ("privacy", "Wat er met mijn gegevens gebeurt"),
    ("vergeetmij", "Mijn gegevens wissen"),
    ("stop", "Geen berichten meer krijgen"),
)
"""What the menu of Telegram shows: each command and what it does (3-256 characters)."""


def changed(number: int) -> str:
    """An open question got other words, because its message was edited."""
    return f"Ik heb vraag {number} aangepast. U krijgt antwoord op uw nieuwe tekst."


def parked(number: int, owner: str, day: str) -> str:
    """The assistant could not handle a message, so people will. `day`: such as '3 mei 2026'."""
    return (
        "Sorry, het lukt mij niet om op uw bericht te antwoorden. Ik heb het daarom doorgegeven aan onze medewerkers. "
        f"Dit is vraag {number}. {owner} zorgt uiterlijk op {day} voor een antwoord. "
        "Met /vragen ziet u hoe het ermee staat."
    )
