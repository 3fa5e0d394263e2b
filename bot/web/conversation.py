"""A turn of the conversation with the assistant, for the practice page and the public page alike."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException

from bot.channels.client import ConversationUnavailable
from bot.channels.payloads import is_allowed
from bot.domain.people import Role, Speaker
from bot.web.bubbles import Shown, shown
from bot.web.limits import MESSAGES, MESSAGES_OF_ADDRESS
from bot.web.visit import Visit

MAX_TYPED_CHARS: Final = 4000
"""What the box takes; the longest question in the trial data has 1,900 characters."""

FAILURES: Final[dict[Role, dict[str, str]]] = {
    Role.OFFICIAL: {
        "starting": "De assistent start nog op. Probeer het over een halve minuut opnieuw.",
        "slow": "De assistent doet er langer over dan anders. Wacht even en verstuur je bericht dan opnieuw.",
        "failed": "De assistent kon hier niets mee doen door een storing. Probeer het over een minuut opnieuw.",
        "often": "Je verstuurt veel berichten achter elkaar. Wacht een halve minuut en probeer het dan opnieuw.",
        "empty": "Typ eerst een bericht.",
    },
    Role.RESIDENT: {
        "starting": "De chatbot start nog op. Probeer het over een halve minuut opnieuw.",
        "slow": "De chatbot doet er langer over dan anders. Wacht even en verstuur uw vraag dan opnieuw. "
        "Dezelfde vraag telt nooit dubbel.",
        "failed": "De chatbot heeft een storing. Probeer het over een minuut opnieuw, of bel ons.",
        "often": "U verstuurt veel berichten achter elkaar. Wacht een halve minuut en probeer het dan opnieuw.",
        "empty": "Typ eerst uw vraag.",
    },
}
STILL_THERE: Final[dict[Role, str]] = {
    Role.OFFICIAL: " Wat je typte, staat nog in het vak.",
    Role.RESIDENT: " Wat u typte, staat nog in het vak.",
}
STATUS: Final[dict[str, int]] = {"starting": 503, "slow": 504, "failed": 502, "often": 429, "empty": 422}


@dataclass(frozen=True)
class Exchange:
    """What somebody said and what came back.

    typed: stays in the box, because it did not arrive.
    reason: '' when all went well, else a key of STATUS.
    """

    said: str = ""
    bubbles: tuple[Shown, ...] = ()
    typed: str = ""
    reason: str = ""
    failure: str = ""

    @property
    def status(self) -> int:
        """The HTTP status that goes with it."""
        return STATUS.get(self.reason, 200)


async def take_turn(visit: Visit, speaker: Speaker) -> Exchange:
    """Pass on what the form holds: `tekst` that was typed, or the payload `knop` of a button with its `titel`.

    bericht: an id that a form may give its message, so that it counts once however often it is sent. The same id with
    other words, as after the browser's 'back', is another message.
    """
    payload = visit.form.get("knop", "")
    if payload and not is_allowed(payload, speaker.role):
        raise HTTPException(400)
    typed = "" if payload else visit.value("tekst")[:MAX_TYPED_CHARS]
    if not payload and not typed:
        return _failed(speaker, "empty", "")
    if not _in_measure(visit, speaker):
        return _failed(speaker, "often", typed)
    try:
        given = visit.value("bericht")
        key = visit.site.sign("message", f"{given}:{payload or typed}") if given else None
        bubbles = await visit.site.rasa.send(speaker, text=typed or None, payload=payload or None, message_id=key)
    except ConversationUnavailable as error:
        return _failed(speaker, error.reason, typed)
    return Exchange(said=typed or visit.value("titel")[:100], bubbles=shown(bubbles))


def message_id(visit: Visit, exchange: Exchange) -> str:
    """What the form's next message is to be called: one that did not arrive keeps its id, and is still the same."""
    return visit.value("bericht") if exchange.failure else secrets.token_hex(12)


def _failed(speaker: Speaker, reason: str, typed: str) -> Exchange:
    sentence = FAILURES[speaker.role][reason] + (STILL_THERE[speaker.role] if typed else "")
    return Exchange(typed=typed, reason=reason, failure=sentence)


def _in_measure(visit: Visit, speaker: Speaker) -> bool:
    limits = visit.site.limits
    if speaker.role is Role.RESIDENT and not limits.allows(MESSAGES_OF_ADDRESS, f"address:{visit.address}"):
        return False
    return limits.allows(MESSAGES, f"speaker:{speaker.sender_id}")
