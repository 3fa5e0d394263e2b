"""Remarks on the reply before: 'geen van deze', 'dat is geen antwoord', 'wie zegt dat', 'de tweede', a thumb.

They ask nothing by themselves, so matching has nothing to find in them. Each counts only as the whole message: 'nee,
ik bedoel hoe lang het duurt' is a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.matching.words import plain


class Remark(str, Enum):
    """What somebody makes of the reply before."""

    NONE_OF_THESE = "none_of_these"
    NOT_ANSWERED = "not_answered"
    CHOICE = "choice"
    YES = "yes"
    NO = "no"
    MORE = "more"
    SOURCE = "source"
    MISSED = "missed"
    HUMAN = "human"


@dataclass(frozen=True)
class Remarked:
    """text: the message. choice: which of the suggestions, from 1; -1 for the last; only for CHOICE."""

    remark: Remark
    text: str
    choice: int = 0


_ORDINALS: Final = {
    "eerste": 1, "1e": 1, "1ste": 1, "een": 1, "bovenste": 1, "tweede": 2, "2e": 2, "2de": 2, "twee": 2, "middelste": 2,
    "derde": 3, "3e": 3, "3de": 3, "drie": 3, "laatste": -1, "onderste": -1,
}  # fmt: skip
_SOFT: Final = r"(?:nou |nee |maar |ja |sorry |hm+ |pff+ |tja |och |ach |eh+ |uh+ )*"
_TAIL: Final = r"(?: (?:hoor|he|toch|dan|dus|eigenlijk|helaas|zo|nou|bedankt|dank je|dank u|niet echt|man|zeg))*"
_THAT: Final = r"(?:dat|dit|die|deze|het|daar)"
_PATTERNS: Final = tuple(
    (remark, re.compile(rf"{_SOFT}(?:{forms}){_TAIL}"))
    for remark, forms in (
        (Remark.NONE_OF_THESE, r"geen van (?:deze|die|dezen|beide|allen|alle\w*)(?: vragen)?|geen een|geeneen|"
                               r"(?:geen|niet) een van (?:deze|die)(?: vragen)?|"
                               r"(?:het )?staat er niet (?:bij|tussen)|mijn vraag staat er niet (?:bij|tussen)|"
                               r"(?:hij|die|dat) (?:staat|zit) er niet (?:bij|tussen)|"
                               r"(?:het is )?iets anders|een andere vraag|allebei niet|alle ?drie niet"),
        (Remark.NOT_ANSWERED, rf"{_THAT} is (?:geen|niet echt een|niet het) (?:goed |echt |duidelijk )?antwoord"
                              rf"(?: op (?:mijn|m'n|mn|de) vraag)?|"
                              rf"{_THAT} (?:vroeg|vraag|bedoel|bedoelde|zei|zoek|wilde|wou) ik (?:helemaal |toch )?"
                              rf"niet(?: weten)?|"
                              rf"{_THAT} was (?:niet |helemaal niet )?(?:mijn|m'n|de) vraag(?: niet)?|"
                              rf"{_THAT} beantwoordt (?:mijn|m'n|de) vraag niet|"
                              rf"(?:u|je|jij) (?:geeft|geef) geen antwoord(?: op (?:mijn|m'n) vraag)?|"
                              rf"(?:mijn|m'n) vraag is (?:nog )?(?:niet|nog steeds niet) beantwoord|"
                              rf"(?:daar|hier) (?:heb|had|kan) ik (?:niks|niets|weinig) (?:aan|mee)|"
                              rf"(?:daar|hier) schiet ik niks mee op|"
                              rf"{_THAT} (?:klopt|helpt)(?: (?:mij|me))? niet|{_THAT} wist ik al|"
                              rf"(?:je|u) begrijpt (?:me|mij|het) niet|verkeerde? antwoord|fout antwoord|geen antwoord"),
        (Remark.YES, rf"ja|jep|jup|yes|klopt|precies|inderdaad|ja die|{_THAT} (?:bedoel|bedoelde) ik|"
                     rf"{_THAT} is (?:hem|m|het)|juist|prima|graag|ok|oke|okay|oki|duidelijk|helder|begrepen|"
                     r"snap ik|goed|top|doe maar|alstublieft|zeker|jazeker|"
                     r"is goed|dat is goed|dat wil ik|geef (?:het|dat|maar|dit) (?:maar )?door"),
        (Remark.NO, r"nee|neen|nope|no|nah|laat maar|(?:dat )?hoeft niet|niet nodig|liever niet|nog niet|niet echt"),
        (Remark.MORE, rf"(?:en )?(?:hoe|wat|waarom|hoezo|wie|waar) dan|hoezo|waarom|hoe bedoelt? (?:u|je)(?: {_THAT})?|"
                      rf"wat bedoelt? (?:u|je)(?: {_THAT}| daarmee)?|leg (?:dat|eens|het) (?:eens )?uit|"
                      rf"(?:kunt u|kun je) (?:dat|het) uitleggen|(?:kunt u|kun je) daar meer over (?:zeggen|vertellen)|"
                      rf"(?:en )?(?:dan|daarna|toen)|wat daarna|vertel (?:eens )?(?:meer|verder)|"
                      rf"hoe zit dat(?: precies)?|(?:hoezo|waarom) (?:staat|is|kan|mag|moet) {_THAT}(?: (?:vast|zo|dan|niet))?"),
        (Remark.SOURCE, rf"(?:en )?(?:hoe weet ik (?:of|dat) {_THAT} (?:wel |echt )?(?:klopt|waar is|zo is)|"
                        rf"wie zegt {_THAT}|waar (?:staat|haalt u|haal je) (?:dat|dit)(?: vandaan)?|"
                        rf"(?:wie heeft|heeft een mens|heeft iemand) (?:dat|dit) (?:op)?geschreven|"
                        rf"(?:klopt|is) (?:dat|dit|het) (?:wel|echt|wel echt|wel waar|waar|wel zo|echt zo|echt waar))"),
        (Remark.MISSED, r"(?:en )?(?:mijn|m'n|mn|die) (?:andere|eerste|tweede|derde|laatste|overige) vra(?:ag|gen)|"
                        r"en de rest(?: van mijn vragen)?|(?:u|je) (?:bent|hebt|heeft) (?:nog )?een vraag "
                        r"(?:vergeten|gemist|overgeslagen)|(?:u|je) (?:vergeet|mist) (?:nog )?een vraag|"
                        r"dat was (?:nog )?niet alles|ik vroeg nog (?:iets|meer)"),
        (Remark.HUMAN, r"(?:(?:kan|mag|wil|zou) ik|ik wil|ik wou|liever)(?: \w+){0,6} (?:mens|medewerker|persoon)"
                       r"(?: (?:spreken|praten|bellen|aan de (?:lijn|telefoon)))?"),
    )
)  # fmt: skip
_CHOICE: Final = re.compile(
    rf"{_SOFT}(?:(?:de|het|optie|nummer|nr|vraag|die|keuze|doe maar de|ik bedoel de) )*"
    rf"({'|'.join(_ORDINALS)}|[1-9])(?: (?:vraag|optie|graag|dan|maar|bedoel ik|alstublieft|aub|is het|denk ik))*"
)
_THUMBS_UP: Final = frozenset("👍👌✅🙏💯🆗✔")
_THUMBS_DOWN: Final = frozenset("👎❌✖🚫")
MOST_WORDS: Final = 12
"""A longer message says more than a remark."""


def remark_in(text: str) -> Remarked | None:
    """The remark that a whole message is, or None."""
    signs = {sign for sign in text if sign in _THUMBS_UP or sign in _THUMBS_DOWN}
    normal = " ".join(re.findall(r"[\w']+", plain(text)))
    if not normal:
        return Remarked(Remark.NO if signs & _THUMBS_DOWN else Remark.YES, text) if signs else None
    if len(normal.split()) > MOST_WORDS:
        return None
    for remark, pattern in _PATTERNS:
        if pattern.fullmatch(normal):
            return Remarked(remark, text)
    chosen = _CHOICE.fullmatch(normal)
    if chosen is None:
        return None
    return Remarked(Remark.CHOICE, text, _ORDINALS.get(chosen[1]) or int(chosen[1]))
