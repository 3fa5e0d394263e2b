"""What an official wants to do with the guides: ask something, ask on about what was shown, list, or open a point.

Only the words count here, in free wordings; the classifier says what a question is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.matching.words import STOP, stem, words


class Wish(str, Enum):
    """What somebody asks for."""

    QUESTION = "question"  # something about a subject
    WHY = "why"  # the reason for what was shown
    EXAMPLE = "example"  # how it sounds in practice
    OTHER_GUIDE = "other_guide"  # the same subject in the other guide
    NEXT = "next"  # what comes after it
    MORE = "more"  # all there is about it
    MISSED = "missed"  # that was no help
    LIST = "list"  # which points are about a subject
    THEMES = "themes"  # which subjects there are
    POINT = "point"  # one point or section, by number


@dataclass(frozen=True)
class Asked:
    """A message as read.

    guide: 'dialoog' or 'vng' where the message names one. about: the subject of a list.
    number: of a point or section, such as '42' or '6.4'.
    """

    wish: Wish
    guide: str | None = None
    about: str = ""
    number: str = ""


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


MAX_WORDS: Final = 10
"""Whoever asks on is brief; a longer message tells of something new."""

_GUIDES: Final = {
    "vng": re.compile(r"\b(?:vng|otav)(?:[- ](?:handreiking|gids))?\b", re.IGNORECASE),
    "dialoog": re.compile(
        r"\b(?:doe ?democratie(?:\.nu)?|(?:handreiking|gids) (?:van )?(?:de )?(?:dialoog|doe ?democratie)"
        r"|dialoog(?:handreiking|gids))\b",
        re.IGNORECASE,
    ),
}
_OTHER: Final = _any_of(
    r"\b(?:de |die |het )?(?:andere|ander|tweede) (?:handreiking|gids|boekje|document|een)\b",
    r"\bandere\?*$",
)
_POINTS_BACK: Final = _any_of(r"\b(?:daar|hier|er)(?:over|van|bij|mee)?\b|\bdit\b|\bdat ook\b")
_SAYS_ABOUT: Final = re.compile(
    r"^\W*(?:en )?(?:wat|hoe|waar|zegt|staat|schrijft|is er|zeggen|staan|heeft|hebben)\b.*?"
    r"\b(?:handreiking(?:en)?|gids(?:en)?|boekje|vng|otav|doe ?democratie(?:\.nu)?|dialoog)\b.*?\b(?:over|rond|van)\b\s+(.+)$",
    re.IGNORECASE,
)
_ASK_IN: Final = frozenset(
    "handreiking handreikingen gids gidsen vng otav doedemocratie dialoog democratie staan staat schrijft schrijven "
    "noemt noemen adviseert adviseren raadt advies mening vindt vinden denkt denken kijkt kijken hierover daarover "
    "erover hiervan daarvan ervan hiermee daarmee ermee hierin daarin hierbij daarbij onderwerp punt punten "
    "trouwens ander andere anders nou volgens zoals bericht vertelt vertellen antwoord tip tips beide".split()
)
_FOR_EXAMPLE: Final = frozenset(
    "geef geven gegeven noem noemen toon laat zien zin zinnetje concreet concrete praktijk praktisch praktische klein "
    "kort leuk goed goede mooi extra zoals klinkt ziet eruit hierbij daarbij hierover daarover hiervan daarvan ervan "
    "ander andere stuk dialoog gesprek hebben netjes vriendelijk duidelijk".split()
)
_FOR_WHY: Final = frozenset(
    "werkt werken zin nut belangrijk nodig goed beter zo zulks helpt helpen advies adviseren adviseert adviseer doel "
    "achter achtergrond idee gedachte handreiking handreikingen hierachter daarachter daarvan hiervan daarvoor "
    "hiervoor daarbij leg uitleg uitleggen verklaar zou maakt uitmaken zoveel staat staan zegt daar punt "
    "volgens".split()
)
_FOR_MORE: Final = frozenset(
    "vertel vertellen hierover daarover erover hiervan daarvan ervan uitleg uitleggen toelichting toelichten lezen "
    "lees informatie info verder uitgebreid uitgebreider weten horen achtergrond details detail onderwerp punt "
    "geven geef verdiep verdieping staan staat".split()
)
_FOR_NEXT: Final = frozenset(
    "stap stappen volgt volgende punt doen moet handreiking gebeurt gebeuren klaar afgerond erna staat zegt".split()
)
_EXAMPLE: Final = _any_of(r"\bvoorbeeld\w*", r"\bvb\b", r"\bhoe (?:klinkt|zeg(?: je| ik)?) (?:dat|zoiets|het)\b")
_WHY: Final = _any_of(r"\bwaarom\b", r"\bhoezo\b", r"\bwaarvoor\b", r"\breden\b", r"\bwrm\b")
_MORE: Final = _any_of(
    r"\bmeer\b|\bverder\b|\buitgebreid\w*|\bnog iets\b|\bwat nog\b|\bwat (?:zegt|staat) .*\bnog\b",
    r"\buitleg\w*|\bleg\b.*\buit\b|\btoelicht\w*|\bvertel\w*|\bverdiep\w*",
)
_NEXT: Final = _any_of(
    r"^\W*(?:en )?(?:wat )?(?:doe ik |moet ik |komt |gebeurt |volgt )?(?:er )?(?:dan )?(?:daarna|hierna|vervolgens)(?: dan)?\W*$",
    r"\bvolgende (?:stap|punt)\b|\bwat volgt\b|^\W*(?:en )?(?:wat )?(?:dan|nu)\W*$",
)
_MISSED: Final = _any_of(
    r"\b(?:bedoel|bedoelde|zoek|zocht|vroeg|wilde weten)\b.*\bniet\b",
    r"\bniet\b.*\b(?:bedoel|bedoelde|zoek|zocht|vroeg)\b",
    r"\b(?:bedoel|bedoelde|zoek|zocht) (?:eigenlijk )?(?:iets|wat) anders\b",
    r"\bhelpt? (?:me |mij |ons )?(?:hier )?(?:dus |echt |helaas )?(?:niet|niks|geen)\b",
    r"\b(?:niks|niets|weinig) aan\b.*|\bgeen antwoord op mijn vraag\b",
    r"\b(?:verkeerde?|ander) (?:antwoord|punt|onderwerp)\b",
    r"\bgeen van (?:deze|die|drie|beide|allen)\b|\bje begrijpt? (?:me|mij|het) niet\b",
)
_MISSED_WORDS: Final = frozenset(
    "bedoel bedoelde zoek zocht vroeg helpt help hielp heb hier daar aan antwoord vraag verkeerd verkeerde ander punt "
    "onderwerp begrijp begrijpt drie beide allen sorry punten suggesties klopt dus helaas echt verder daarmee "
    "hiermee bruikbaar nuttig anders".split()
)
_OVER: Final = r"\b(?:over|rondom|rond|omtrent|betreffende)\b"
_THINGS: Final = r"\b(?:punten|onderwerpen|adviezen|tips|paragrafen|hoofdstukken|stukken|alles|dingen)\b"
_LIST: Final = _any_of(
    rf"\b(?:welke|wat voor|alle|geef|noem|toon|lijst|overzicht|opsomming)\b.*?{_THINGS}.*?{_OVER}(.+)",
    rf"\b(?:lijst|overzicht|opsomming)\b.*?{_OVER}(.+)",
    rf"\b(?:wat|waar)\b.*\b(?:allemaal|zoal|alles)\b.*?{_OVER}(.+)",
    rf"^\W*(?:en )?(?:toon |geef |laat )?(?:me |mij )?alles {_OVER}(.+)",
)
_THEMES: Final = _any_of(
    r"\b(?:welke|wat voor|alle|lijst|overzicht)\b.*\b(?:onderwerpen|thema'?s)\b(?!.*\bover\b)",
    r"^\W*(?:onderwerpen|thema'?s|inhoudsopgave)\W*$",
)
_POINT: Final = re.compile(
    r"\b(?P<kind>punt|punten|paragraaf|par|hoofdstuk|hfst|vng|dialoog|§)\.?\s*(?:nummer |nr\.? ?)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\b",
    re.IGNORECASE,
)
_FOR_POINT: Final = frozenset(
    "open toon lees geef laat zien handreiking gids staat vng dialoog doedemocratie inhoud over".split()
)
_ABOUT_NOTHING: Final = frozenset(
    "gaan gaat gaan in de het een vng handreiking handreikingen gids staan staat te lezen vinden".split()
)


def ask(text: str) -> Asked:
    """Read a message. Whatever carries a subject of its own is a question, though it may name a guide."""
    guide = named_guide(text)
    found = _POINT.search(text)
    if found and _only(_POINT.sub(" ", text), _FOR_POINT):
        return Asked(
            Wish.POINT, _guide_of_number(found["kind"].lower(), found["number"], guide), number=found["number"]
        )
    if _THEMES.search(text):
        return Asked(Wish.THEMES, guide)
    about = _subject(text)
    if about:
        return Asked(Wish.LIST, guide, about=about)
    if _MISSED.search(text) and _only(text, _MISSED_WORDS):
        return Asked(Wish.MISSED)
    if (guide or _OTHER.search(text)) and _only(text, _ASK_IN, but=1 if _POINTS_BACK.search(text) else 0):
        return Asked(Wish.OTHER_GUIDE, guide)
    for wish, pattern, beside in (
        (Wish.EXAMPLE, _EXAMPLE, _FOR_EXAMPLE),
        (Wish.WHY, _WHY, _FOR_WHY),
        (Wish.NEXT, _NEXT, _FOR_NEXT),
        (Wish.MORE, _MORE, _FOR_MORE),
    ):
        if pattern.search(text) and len(words(text)) <= MAX_WORDS and _only(pattern.sub(" ", text), beside):
            return Asked(wish)
    return Asked(Wish.QUESTION, guide)


def named_guide(text: str) -> str | None:
    """The one guide a message names; None where it names none or both."""
    named = [guide for guide, pattern in _GUIDES.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def content(text: str) -> list[str]:
    """The stems of the words that carry a subject."""
    return [stem(word) for word in words(text) if word not in STOP]


def subject_in_guide(text: str) -> str:
    """What 'wat zegt de VNG over insprekers?' is about: 'insprekers'. '' for a question put in another way.

    The words about the guide say nothing about the subject, and look like questions about the guide itself.
    """
    found = _SAYS_ABOUT.search(text)
    return found[1].strip(" ?.!") if found else ""


def _only(text: str, beside: frozenset[str], but: int = 0) -> bool:
    """Whether the text says nothing but small words and the given ones, save `but` others."""
    allowed = {stem(word) for word in beside}
    return sum(each not in allowed for each in content(text)) <= but


def _subject(text: str) -> str:
    found = _LIST.search(text)
    if not found:
        return ""
    about = next((each for each in found.groups() if each), "")
    for pattern in _GUIDES.values():
        about = pattern.sub(" ", about)
    kept = [word for word in re.findall(r"[\w'’-]+", about) if word.lower() not in _ABOUT_NOTHING]
    return " ".join(kept)


def _guide_of_number(kind: str, number: str, named: str | None) -> str:
    if named:
        return named
    return "dialoog" if kind in ("punt", "punten", "dialoog") and "." not in number else "vng"
