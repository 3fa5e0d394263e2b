"""The parts of a deferral (point 6): admits not knowing, who finds out, when, and how you hear."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.practice.typing_slips import SLIPPABLE_LENGTH, one_slip
from bot.domain.practice.wording import FUNCTION_WORDS, either, plain

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_PART_OF_DAY = r"(?:\s?(?:ochtend|morgen|middag|avond))?"
_NUMBER = r"(?:\d+|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|veertien|paar)"
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|mrt|apr|aug|sept|okt|nov|dec)"
)

NOT_KNOWN = either(
    # 'dat weet ik niet', 'geen idee', 'daar moet ik u het antwoord op schuldig blijven'
    r"weet (?:ik|we|wij)\b[^.!?]*?\bniet?|weten (?:we|wij)\b[^.!?]*?\bniet|niet weet|weet niet|weten niet|geen idee",
    r"weten? (?:ik|we|wij) (?:zelf |er |nog )*(?:niks|niets)|geen (?:\w+ )?benul|(?:mij|ons) ook een raadsel",
    "te weinig van",
    "schuldig|moet passen|antwoord (?:nog |vandaag |ook )*niet|antwoord bestaat nog niet|geen antwoord (?:op|geven)",
    "(?:nu |nog |vandaag )+geen antwoord|niet paraat|uit (?:mijn|m'n|het) hoofd|niet zo een twee drie",
    # 'dat kan ik u nu niet zeggen', 'durf ik niet te zeggen'
    "(?:kan|kunnen|ga|wil|mag)(?: (?:ik|we|wij|u|je|dat|het|daar|nu|hier|zo|nog|vanavond|op dit moment|er|deze vraag))*"
    "(?: goed)? (?:geen antwoord|niet (?:goed |zeker |zomaar |met zekerheid )?"
    "(?:zeggen|beantwoorden|vertellen|beloven|weten|beoordelen))",
    "niet (?:goed |nu |zo )?(?:beantwoorden|te zeggen)|nog (?:niks|niets) (?:zeggen|over)|kan ik niet (?:over|op)",
    "durf ik (?:u |je |het |dat |nu |zo |hier )*niet|durf (?:het |dat )?niet|durf [^.!?]{0,40}niet te zeggen",
    # 'ik ga niet gokken'
    "niet (?:verzinnen|gokken|raden|gissen)|niets? op de mouw|verkeerd antwoord",
    # 'dat is nog niet besloten'
    "niet bekend|onbekend|nog niet (?:duidelijk|besloten|bepaald|rond|beslist|vast)|staat nergens",
    # 'daar ga ik niet over'
    "ga ik niet over|gaan (?:wij|we) niet over|niet aan mij|niet mijn beslissing|(?:ligt )?niet bij (?:mij|ons)",
    r"beslis ik niet|daar gaat (?:de|het|een) \w+ over|vraag is voor|is aan (?:de|het)|dat bepaalt",
    "is (?:een vraag )?voor de (?:wethouder|raad|burgemeester)|hangt van [^.!?]{2,40} af",
    # 'dat zoek ik uit'
    "zoek(?:en)? (?:ik|we|wij|het|dat)|uitzoeken|uit te zoeken|na te vragen|navragen|nakijken|eerst vragen",
)

PUTS_OFF = either(
    "komen? (?:we|wij|ik)? ?(?:daar |er )?(?:nog |later )*op terug|nem(?:en|t)? (?:we|wij|ik) mee|te zijner tijd",
    "wordt (?:nog )?naar gekeken|hoort (?:u )?(?:er )?(?:vast |nog |wel )+(?:van|iets|meer)",
    "zodra (?:er|we|ik) meer (?:duidelijk|bekend|weten?|weet)|zo snel mogelijk",
)
"""Putting off without a word about who or when."""

_ROLES = frozenset(
    """collega collegas wethouder burgemeester raad raadsleden gemeenteraad griffie griffier jurist coa ggd politie
    wijkagent agent projectleider beheerder locatiemanager teamleider leidinggevende wijkmanager wijkregisseur
    gebiedsregisseur gebiedsmanager dorpscoordinator woordvoerder afdeling college directeur schooldirecteur huisarts
    contactpersoon coordinator portefeuillehouder ambtenaar specialist deskundige provincie omgevingsdienst
    vluchtelingenwerk kadaster notaris planner verkeerskundige opbouwwerker wijkteam chef baas brandweer
    accountmanager""".split()
)
_LETS_KNOW = "(?:bel|bellen|mail|mailen|app|appen|stuur|sturen|schrijf|vraag|vragen|zoek|leg|kom|kijk|loop|laat|meld)"
_IN_BETWEEN = (
    "(?: (?:u|je|jou|jullie|het|dat|er|zelf|daar|dan|die|uw|zal|ga|kan|kom|zorg|hem|haar|na|nog|deze|week|voor|straks"
    "|vanavond|morgen|morgenochtend|maandag|dinsdag|woensdag|donderdag|vrijdag))*"
)
_SELF = either(
    rf"(?:ik|we|wij){_IN_BETWEEN} (?:{_LETS_KNOW}|ga na)",
    "(?:bel|mail|app|stuur|schrijf|vraag|zoek|leg|laat|zal|meld|kom|loop|kijk) ik",
    r"(?:hoort|hoor|krijgt|krijg) (?:u|je|jij|jullie)?\b[^.!?]{0,40}\bvan (?:mij|me|ons)|hoort? (?:je|u) (?:me|mij)",
    r"(?:mij|me) [^.!?]{0,30}\bbellen|mijn nummer|mijn kaartje|dan maak ik",
)
_NAMED = re.compile(
    r"\b(?:vraag|bel|mail|spreek|van|aan|bij|met|door|mevrouw|meneer|naar|ga|hij|zij|heet|collega)"
    r"(?: (?:het|dat|er|dit|even|straks|morgen|nu|me|mij))* ([A-ZÀ-Þ][a-zà-ÿ]{2,})"
)
_NAMED_FIRST = re.compile(
    r"(?:^|[.!?,;:] )([A-ZÀ-Þ][a-zà-ÿ]{2,}) (?:van|weet|belt|mailt|zoekt|gaat|heeft|kan|stuurt|komt)\b"
)
_NOT_NAMES = frozenset({"Den", "Nederland", "Europa", "Kerst", "Pasen"})

_MOMENTS = (
    rf"(?:uiterlijk |voor |na |vanaf |op |al )?(?:volgende |komende |aankomende )?(?:{'|'.join(_DAYS)}){_PART_OF_DAY}",
    "(?:uiterlijk |voor |nog )?(?:overmorgen|morgen ?(?:ochtend|middag|avond|vroeg)|morgen|vanavond|vanmiddag|vandaag)",
    "(?:uiterlijk |nog |in |begin |eind |einde )?(?:deze|volgende|komende) (?:week|maand)",
    rf"(?:binnen|over|in) {_NUMBER} (?:werk)?(?:dag|dagen|week|weken|uur|minuten|kwartier)",
    rf"{_NUMBER} (?:dagen|weken|maanden) (?:voor|na)",
    rf"(?:voor |uiterlijk |op |vanaf )?\d{{1,2}} {_MONTH}|(?:eind|begin|half|in|voor|voor eind) {_MONTH}",
    r"op de \d{1,2}e|(?:uiterlijk |voor )de \d{1,2}e",
    "(?:aan het )?einde? van (?:de|deze|volgende) (?:week|maand|avond|middag)|na de pauze|na het weekend",
    r"voor (?:het|dit) weekend|tussen \w+ en \w+(?: uur)?|(?:om|voor|na|uiterlijk) \w+ uur",
    r"voor (?:vijven|tienen|twaalven|zessen|achten|negenen|de lunch|de zomer\w*|(?:de )?kerst)",
    "dezelfde (?:dag|middag|avond)",
)
WHEN = re.compile(rf"\b(?P<said>{'|'.join(_MOMENTS)})\b")
"""A moment somebody can write down. 'Zo snel mogelijk', 'binnenkort' and 'te zijner tijd' are not."""

CLEAN_MOMENT = re.compile(
    rf"^(?:volgende |komende )?(?:{'|'.join(_DAYS)}){_PART_OF_DAY}$"
    r"|^(?:overmorgen|morgen ?(?:ochtend|middag|avond)|morgen|vanavond|volgende week|deze week|na de pauze)$"
)
"""A moment the resident can repeat as it stands: 'Vrijdag dus.'"""

_HEARS = either("hoort|hoor|krijgt|krijg|weet u|weet je|laat ik|laat het|kom ik|terug")
HOW = either(
    r"bel|belt|bellen|gebeld|terugbel\w*|telefo\w+|nummer|mail|mailt|mailen|gemaild|mailtje|e-?mail\w*|app|appt|appen",
    "brief|briefje|schrijft?|schriftelijk|op papier|nieuwsbrief|berichtje|bericht|stuur|stuurt|sturen|kaartje",
    r"langs|langskom\w*|thuis|spreekuur|inloop\w*|afspraak|vergadering|bijeenkomst|loket|balie",
    "website|site|bord|flap",
)


@dataclass(frozen=True)
class DeferralFrame:
    """The parts of a deferral: admits that it is unknown or not theirs, who finds out, when, and how you hear (6).

    puts_off: 'daar komen we op terug' and the like.
    moment: the moment as the resident could repeat it ('vrijdag'), or '' when there is none that reads well.
    day: the moment as it was said, in plain form. person: 'jij' (the official), a role or a name; '' for nobody.
    """

    admits: bool
    who: bool
    when: bool
    how: bool
    puts_off: bool = False
    moment: str = ""
    day: str = ""
    person: str = ""

    @property
    def parts(self) -> int:
        """How many of the four parts are there, 0-4."""
        return self.admits + self.who + self.when + self.how

    @property
    def holds(self) -> bool:
        """Whether the resident has something to hold on to: who or when."""
        return self.who or self.when


def deferral_frame(text: str) -> DeferralFrame:
    """Find the parts of a deferral in a message. A typo in a day, a role or a channel does no harm."""
    bare = repair(plain(text))
    moments = [found["said"].strip() for found in WHEN.finditer(bare)]
    person = _person(text, bare)
    return DeferralFrame(
        admits=NOT_KNOWN.search(bare) is not None,
        who=bool(person),
        when=bool(moments),
        how=HOW.search(bare) is not None,
        puts_off=PUTS_OFF.search(bare) is not None,
        moment=_moment_to_repeat(bare),
        day=", ".join(dict.fromkeys(_contact_moments(bare) or moments)),
        person=person,
    )


def _moment_to_repeat(bare: str) -> str:
    """When the resident hears something: in 'ik vraag het morgen na en mail u vrijdag' that is 'vrijdag'."""
    clean = [moment for moment in _contact_moments(bare) if CLEAN_MOMENT.match(moment)]
    return clean[-1] if clean else ""


def _contact_moments(bare: str) -> list[str]:
    clauses = [
        clause
        for clause in re.split(r"[.!?;,]|\ben\b(?! \w+ uur)", bare)
        if HOW.search(clause) or _HEARS.search(clause)
    ]
    return [found["said"].strip() for clause in clauses for found in WHEN.finditer(clause)]


def _person(text: str, bare: str) -> str:
    """Who comes back with an answer: the official when they say so themselves, else a role, else a name."""
    if _SELF.search(bare):
        return "jij"
    roles = [w for w in bare.replace("'", "").translate(_PUNCTUATION).split() if w in _ROLES]
    if roles:
        return roles[0]
    named = [m.group(1) for pattern in (_NAMED, _NAMED_FIRST) for m in pattern.finditer(text)]
    known = FUNCTION_WORDS | set(_DAYS)
    return next((name for name in named if name not in _NOT_NAMES and plain(name) not in known), "")


_PUNCTUATION = {ord(c): " " for c in '.,;:!?()"-/'}
_REPAIRABLE = tuple(w for w in (*_DAYS, *sorted(_ROLES), "morgenochtend", "overmorgen", "spreekuur") if len(w) >= 7)


def repair(bare: str) -> str:
    """Undo one slip of the finger in days and roles: 'donderdg' → 'donderdag'."""
    return " ".join(_repaired(word) for word in bare.split(" "))


def _repaired(word: str) -> str:
    core = word.strip(".,;:!?()")
    if len(core) < SLIPPABLE_LENGTH or core in _REPAIRABLE:
        return word
    near = next((known for known in _REPAIRABLE if one_slip(core, known)), None)
    return word.replace(core, near) if near else word
