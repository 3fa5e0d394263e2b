"""What a question asks for, and whether a text offers it: an amount, a day, a name, a way.

An entry about the right subject still leaves somebody unanswered when they ask what it costs and it names no price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.matching.words import STOP, plain, words


class Asked(str, Enum):
    """The kinds of things a question can be after."""

    PRICE = "price"
    COUNT = "count"
    SIZE = "size"
    DURATION = "duration"
    UNTIL = "until"
    CLOCK = "clock"
    WHEN = "when"
    OFTEN = "often"
    WHO = "who"
    WHERE = "where"
    CONTACT = "contact"
    WHICH = "which"
    WHY = "why"
    HOW = "how"
    WHETHER = "whether"
    WHAT = "what"


_MONEY = r"(?:geld|euro|huur|leefgeld|belasting|ozb|subsidie|vergoeding|bijdrage|salaris|loon|leges|procent|rente)"
_TIME = r"(?:dagen|dag|weken|week|maanden|maand|jaren|jaar|uren|uur|nachten)"
_SPAN = r"(?:dagen|weken|maanden|jaren|jaar|uren|uur|nachten|tijd)"
_VERBS = (
    r"(?:is|zijn|ben|mag|mogen|komt|komen|kan|kun|kunt|kunnen|krijg|krijgt|krijgen|ga|gaat|gaan|word|wordt|"
    r"worden|moet|moeten|"
    r"heeft|hebben|heb|hangt|hangen|rijdt|rijden|blijft|blijven|staat|staan|zit|zitten|loopt|lopen|neemt|nemen|"
    r"doet|doen|zoeken|"
    r"klopt|bestaat|werkt|werken|geldt|gelden|betaalt|vindt|houdt|gebruikt|maakt|geeft|valt|ligt|liggen|was|"
    r"waren|zou|zouden|"
    r"willen|wil|weten|weet|zal|zullen|stopt|begint|verandert|wonen|woont|slapen|slaapt)"
)

_FORMS: Final[tuple[tuple[Asked, str], ...]] = (
    (Asked.SIZE, r"\bhoe (?:groot|hoog|breed|diep|ver|zwaar)\b|vierkante meter|\bm2\b"),
    (Asked.PRICE, rf"\bwat (?:gaat|zal|moet)?\b.{{0,25}}\bkost\w*|\bhoe (?:duur|goedkoop)\b|\bkost(?:en)? het\b|"
                  rf"\bwelk bedrag\b|\bwelke prijs\b"
                  rf"|\bhoeveel (?:\w+ ){{0,2}}{_MONEY}\b|\bhoeveel (?:\w+ ){{0,3}}(?:kost|betaal|verdien)\w*|"
                  rf"\bwat is (?:de|het) (?:\w+ )?(?:huur|prijs|bedrag|tarief|kosten)\b"
                  rf"|\bwat (?:moet|moeten) \w+ betalen\b|\bwat betaal\w*|\bwat (?:krijg|krijgt|krijgen|"
                  rf"verdien\w*|vangen)\b|^kost\w*\b"),
    (Asked.DURATION, rf"\bhoe ?lang\b|\bhoeveel (?:\w+ )?{_SPAN}\b|\bbinnen (?:hoeveel|welke) \w+|\bhoe snel\b|"
                     rf"\bna hoeveel\b|\blooptijd\b"),
    (Asked.UNTIL, r"\btot (?:wanneer|welke|en met welke|welk jaar)\b|\beinddatum\b|\buiterlijk\b|\bte laat\b"),
    (Asked.CLOCK, r"\bhoe laat\b|\bopeningstijd\w*|\bwelke tijd\w*|\bhoe vroeg\b|\bwelk tijdstip\b"),
    (Asked.OFTEN, r"\bhoe vaak\b|\bhoeveel keer\b|\belke hoeveel\b"),
    (Asked.WHEN, r"\bwanneer\b|\bwelke (?:datum|dag|maand|week)\b|\bwelk jaar\b|\bper wanneer\b|\bin welke maand\b"),
    (Asked.COUNT, r"\bhoe ?veel\b|\baantal\b|\bcapaciteit\b|\bhoevelen\b|\bwelk(?:e)? (?:percentage|deel|getal)\b"),
    (Asked.WHY, r"\bwaarom\b|\bhoezo\b|\breden\b|\bwaarvoor\b|\bhoe kan het\b|\bwaar slaat\b|\bwie (?:heeft "
                r")?(?:bedenkt|bedacht|verzint|verzonnen)\b"),
    (Asked.CONTACT, r"\b(?:telefoon)?nummer\b|\bmailadres\b|\bwie (?:kan|moet|bel) ik\b|\b(?:bij|met|tot) wie\b|"
                    r"\bwaar (?:kan|moet|meld) ik\b.{0,40}\b(?:melden|bellen|meld|klagen|terecht)\b|\bte pakken\b"),
    (Asked.WHO, r"\bwie\b|\bhoe heet(?:te)?\b|\bwelk(?:e)? (?:bedrijf|aannemer|partij\w*|architect|persoon|"
                r"mensen|wethouder|organisatie|bureau|fractie)\b|\bvan wie\b|\bwelke naam\b"),
    (Asked.WHERE, r"\bwaar\b|\bwaarheen\b|\bwelke (?:weg|route|straat|plek|plaats|school|gemeente|halte|"
                  r"locatie)\b|\bwelk adres\b|\badres\b"),
    (Asked.WHICH, r"\bwelke?\b|\bwat voor\b"),
    (Asked.HOW, r"\bhoe\b|\bop welke manier\b"),
    (Asked.WHETHER, rf"(?:^|[.,!?;] |\b(?:en|of|maar|dus|want|dan) ){_VERBS}\b|\bja of nee\b|\bklopt (?:het|dat)\b"
                    rf"|(?:^|[.!?] )\w{{3,}}(?:t|en|d|l|n) (?:de|het|er|ze|zij|jullie|we|wij|ik|u|je|mijn|die|"
                    rf"dat|deze|iemand)\b"),
    (Asked.WHAT, r"\bwat\b"),
)  # fmt: skip
_COMPILED: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
_HEADED: Final = re.compile(r"\b(?:hoe ?veel|welke?|aantal|wat voor)\s+((?:[^\W\d_]+\s*){1,4})")

_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
_NUMBER = (
    r"(?:\d[\d.,]*|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|veertig|"
    r"vijftig|honderd|half\w*)"
)
_SIGNS: Final[tuple[tuple[Asked, str], ...]] = (
    (Asked.PRICE, r"\beuro\b|€|\bgratis\b|\bkosteloos\b|\bprocent\b"),
    (Asked.SIZE, r"\bmeter\b|\bm2\b|\bvierkante\b|\bkilometer\b"),
    (Asked.DURATION, rf"\b{_NUMBER} {_TIME}\b|\btot (?:uiterlijk )?\d|\b(?:tot|t/m) \S*\s?{_MONTH}"),
    (Asked.UNTIL, r"\btot\b|\buiterlijk\b|\bvoor \d|\bstopt?\b|\beind"),
    (Asked.CLOCK, r"\b\d{1,2}[.:]\d\d\b|\b\d{1,2} uur\b|\bdag en nacht\b"),
    (Asked.WHEN, rf"\b{_MONTH}\b|\b{_DAY}\b|\b(?:19|20)\d\d\b|\bwerkdag"),
    (Asked.OFTEN, r"\belke?\b|\bper (?:dag|week|maand|jaar)\b|\bkeer\b|\biedere?\b|\bom de\b"),
    (Asked.COUNT, rf"\b{_NUMBER}\b|\bgeen\b"),
    (Asked.CONTACT, r"\S@\S|\b0\d{1,3}[- ]\d|\b088\b|\b112\b|\bbel\b|\bmail\b|\bwww\b"),
    (Asked.WHERE, r"\b\w+(?:straat|laan|weg|plein|kade|pad|dijk|hof|steeg) \d+|\bin (?:het|de) \w+|\bbij (?:het|"
                  r"de) \w+|\bnaar\b|\bvia\b|\bop het terrein\b"),
    (Asked.WHY, r"\bomdat\b|\bwant\b|\bdaarom\b|\bdoor\b|\bkoos\b|\bkeuze\b|\bvindt\b"),
    (Asked.HOW, r"\bvia\b|\bmeld\b|\bstuur\b|\bbel\b|\bmail\b|\bbreng\b|\bvul\b|\baanvragen\b|\bformulier\b|"
                r"\bschrijf\b"),
    (Asked.WHETHER, r"^(?:ja|nee)\b|\bmag\b|\bmogen\b|\bkan\b|\bkunt\b|\bgeen\b|\bniet\b"),
)  # fmt: skip
_OFFERED: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _SIGNS)
_NAME: Final = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]+")

OWN_SIGNS: Final = frozenset(kind for kind, _ in _OFFERED) | {Asked.WHO}
"""What can be seen in an answer by its form; for the rest ('which', 'what') only the words tell."""


@dataclass(frozen=True)
class Request:
    """What a question is after.

    kinds: most specific first; empty when no question was recognised.
    head: what is counted or chosen: 'hoeveel parkeerplaatsen', 'welke huisarts'.
    """

    kinds: tuple[Asked, ...] = ()
    head: tuple[str, ...] = ()

    @property
    def main(self) -> Asked | None:
        """The most specific kind."""
        return self.kinds[0] if self.kinds else None


def request_of(text: str) -> Request:
    """Read a question, or a message that holds one."""
    normal = " ".join(plain_words(text))
    kinds = tuple(kind for kind, pattern in _COMPILED if pattern.search(normal))
    return Request(_most_specific(kinds), _head(normal))


def plain_words(text: str) -> Iterable[str]:
    """Words and sentence signs apart, in plain form: the patterns need to see where a sentence begins."""
    for part in re.split(r"([.,!?;]+)", plain(text)):
        sign = part.strip()[:1]
        yield from [sign] if sign in set(".,!?;") and sign else words(part)


def _most_specific(kinds: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Leave out what another kind already says: a price is no count, 'waar kan ik klagen' is no place."""
    found = set(kinds)
    if found & {Asked.PRICE, Asked.DURATION, Asked.OFTEN}:
        found.discard(Asked.COUNT)
    if Asked.UNTIL in found:
        found.discard(Asked.WHEN)
    if found & {Asked.DURATION, Asked.CLOCK, Asked.OFTEN, Asked.SIZE, Asked.WHY}:
        found.discard(Asked.HOW)
    if found & {Asked.WHO, Asked.WHERE, Asked.WHEN, Asked.CONTACT}:
        found.discard(Asked.WHICH)
    if Asked.CONTACT in found:
        found -= {Asked.WHO, Asked.WHERE}
    if found - {Asked.WHETHER, Asked.WHAT}:
        found.discard(Asked.WHAT)
    return tuple(kind for kind in kinds if kind in found)


def _head(normal: str) -> tuple[str, ...]:
    found = _HEADED.search(normal)
    if found is None:
        return ()
    return tuple(word for word in found.group(1).split() if word not in STOP and len(word) > 2)[:2]


def offers_of(text: str) -> frozenset[Asked]:
    """What a text gives, by its form."""
    normal = plain(text)
    found = {kind for kind, pattern in _OFFERED if pattern.search(normal)}
    if _NAME.search(text):
        found.add(Asked.WHO)
    return frozenset(found)
