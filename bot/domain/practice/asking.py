"""What a question leaves room for, and which level of the story it is after (38, 39)."""

from __future__ import annotations

import re
from enum import Enum

from bot.domain.practice.wording import either, plain, sentences

CHECKS = either(
    r"begrijp ik (?:u|je|het|dat|jullie)(?: zo)? goed|als ik (?:u|je|het|jullie) goed (?:begrijp|beluister|hoor)",
    r"heb ik (?:u|je|dat|het) (?:zo )?goed(?: begrepen)?|(?:vat|zeg|zie|hoor) ik (?:het|dat|u|je) (?:zo )?goed",
    r"vat (?:ik )?(?:het )?(?:even )?samen|even kijken of ik (?:u|je|het)",
)

INVITES = re.compile(
    r"^(?:(?:en|nou|ja|maar|oke) )*(?:vertelt?(?: (?:u|eens|maar|me|mij|het))*|en toen|ga(?:at u|at)? (?:verder|door)"
    r"|ik luister|(?:hoe|wat) bedoelt? (?:u|je)|hoezo|zoals)\W*$"
)
"""A nudge to go on that is hardly a sentence."""

OPENS = either(
    "hoe|wat|waarom|waar|waarvoor|waardoor|waarmee|waarin|welke?|wie|wanneer|hoezo",
    r"vertel\w*|uitleggen|meer zeggen|toelichten|meenemen|voorbeeld",
)
CHOICE = either("(?:vooral|meer|eerder|juist).* of", "of (?:ook|is het|zit|speelt|gaat het)")
YES_OR_NO = either("ja of (?:een )?nee", "voor of tegen", "wel of niet")
STARTS_CLOSED = re.compile(
    r"^(?:(?:en|dus|maar|nou|ja|goed|oke|zo|gewoon|of|dan) )*"
    r"(?:bent|ben|heeft|hebt|heb|had|woont|woon|is|zijn|was|kunt|kun|kan|wilt|wil|gaat|ga|komt|kom|weet|vindt|vind|denkt"
    r"|denk|klopt|mag|moet|zit|staat|doet|ziet|kent|ken|hoort|leest|las|werkt|betaalt|snapt|snap|begrijpt)\b"
)
STARTS_OPEN = re.compile(r"^(?:(?:en|dus|maar|of) )*(?:of|wat|hoe|waar\w*|wie|welke?)\b")


def checks_understanding(text: str) -> bool:
    """Whether it is asked if something was understood well: 'Begrijp ik goed dat …?'"""
    return CHECKS.search(plain(text)) is not None


def invites(text: str) -> bool:
    """Whether a short text only asks to go on: 'Vertel.', 'En toen?'"""
    return INVITES.search(plain(text)) is not None


def is_real_question(text: str) -> bool:
    """Whether a text asks something: 'Waar bent u bang voor?' does, 'U bent bang, hè?' does not."""
    bare = plain(text)
    return bare.endswith("?") and bool(STARTS_CLOSED.search(bare) or STARTS_OPEN.search(bare))


def is_closed_question(text: str) -> bool:
    """Whether the questions in a text only want a yes or a no.

    'Hebt u de brief ontvangen?' is closed; 'Wilt u vertellen wat er speelt?' and a choice between feelings are not.
    """
    asked = [plain(s) for s in sentences(text) if s.endswith("?")] or [plain(text)]
    return all(_leaves_no_room(question) for question in asked)


def _leaves_no_room(question: str) -> bool:
    if YES_OR_NO.search(question):
        return True
    if OPENS.search(question) or CHOICE.search(question):
        return False
    return STARTS_CLOSED.search(question) is not None


class Asked(str, Enum):
    """What an open question is after: the three levels of a story (38)."""

    STORY = "story"  # what happened: the content
    HEART = "heart"  # what it does to you: the emotion
    NEED = "need"  # what you want with it: the intention


ASKS_NEED = either(
    r"nodig|help\w*|hielp|gewild|verwacht\w*|wens\w*|liefst|liever|idee\w*|voorstel\w*|oploss\w*|voorkeur|meeneem",
    "wat (?:zou|zouden|wilt|wil|kunnen|kan|moet)|hoe (?:zou|zouden|wilt|wil)",
    r"zou (?:u|je|jij) (?:\w+ )?(?:willen|graag)|anders (?:zou|gewild|gekund|gemoeten)|betekenen|belangrijkste? voor",
)
ASKS_HEART = either(
    r"bang|angst\w*|raakt|zorg\w*|voelt?|gevoel|dwars\w*|ergste?|heftig\w*|zwaarst\w*|moeilijk\w*|pijn|boos\w*",
    r"wakker|verdriet\w*|spannend\w*|hoog|diep|doet (?:het|dit|dat)|met (?:u|je|jou)|maakt (?:het|dit|dat)|onmacht",
)


def asks_for(text: str) -> Asked:
    """Which level of the story a question is after; the story itself where nothing points elsewhere."""
    bare = plain(text)
    if ASKS_NEED.search(bare):
        return Asked.NEED
    return Asked.HEART if ASKS_HEART.search(bare) else Asked.STORY
