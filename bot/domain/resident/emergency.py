"""Danger now, and thoughts of suicide: the two messages that must never be mistaken for a question.

Rules stand beside the model because missing one costs most. A fire that may come ('straks brandt het af'), that was
('vorig jaar') or that is only a manner of speaking ('ik schrik me dood') is no emergency.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from bot.domain.matching.words import plain


class Emergency(str, Enum):
    """Which help is named: 112, or 113 Zelfmoordpreventie."""

    DANGER = "danger"
    SELF_HARM = "self_harm"


SURE: Final = 0.5
"""Chance of any emergency from which the model alone is believed: in danger when the words speak of no fear, memory or
plan, in a wish to die when they speak of no roots or figure of speech. `python -m tests.heldout` has what it costs."""


def _any_of(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms))


_ME = r"(?:me|mij|mezelf|mijzelf|mijn|m'n|mn|mijn eigen)"
_THEM = r"(?:hij|ze|zij|mijn \w+|m'n \w+|mn \w+|iemand)"
_WISH: Final = _any_of(
    r"\b(?:wil|wou|zou|wilde|wens)\b (?:\w+ ){0,4}?(?:liever |het liefst )?dood(?: zijn| wezen|"
    r" gaan)?\b(?! gevonden| gaan aan)",
    r"\bwas ik maar dood\b",
    r"\bik kan (?:net zo goed|beter) dood\b",
    r"\bliever dood\b",
    r"\b(?:wil|wou|hoef|kan|durf|zie)\b (?:\w+ ){0,4}?(?:niet|niet meer) (?:meer )?(?:verder )?(?:leven|"
    r"bestaan)\b",
    r"\bgeen zin meer in (?:het |mijn |dit )?leven\b",
    r"\bleven (?:\w+ ){0,3}geen zin(?: meer)?\b",
    r"\blevensmoe\b",
    r"\b(?:niet meer|nooit meer) wakker (?:te )?(?:worden|word)\b",
    r"\b(?:eind|einde|eindje) (?:\w+ )?aan (?:mijn|m'n|mn|haar|zijn|z'n|het|dit) leven\b",
    r"\buit het leven (?:stap|ga|te stappen)\w*",
    rf"\b(?:ik|{_THEM}) (?:(?!jullie|dat|gemeente|"
    r"u )\w+ ){0,8}?er (?:(?!jullie)\w+ ){0,2}?een eind(?:e)? aan (?:te )?(?:maken|maakt|maak)\b(?! aan)",
    r"\bdenk\w* (?:\w+ ){0,6}?er (?:\w+ )?een eind(?:e)? aan (?:te )?maken\b",
    rf"\b{_ME} (?:\w+ ){{0,3}}?van (?:het leven beroven|kant maken|kant te maken)\b",
    rf"\bmaak {_ME} van kant\b",
    rf"\b{_ME} (?:zelf )?(?:wat|iets) aan(?: te)? ?doe\w*\b",
    r"\b(?:denk|dacht|denkt|loop|praat|praatte|heb|heeft|dreigt|overweeg\w*)\b (?:\w+ ){0,5}?(?:zelfmoord|"
    r"zelfdoding|suicide)\b",
    r"\b(?:zelfmoord|zelfdoding|suicide) (?:\w+ ){0,2}?(?:plegen|pleeg|gedachten|overweeg)\b",
    r"\bzelfmoordgedachten\b",
    r"\bsuicidaal\b",
    r"\bsuicidale\b",
    r"\b(?:spring|ga|loop|stap|gooi)\b (?:\w+ ){0,3}?(?:voor de trein|van (?:de|het) (?:brug|dak|flat|"
    r"viaduct))\b",
    rf"\bhang {_ME} op\b",
    rf"\b{_ME} (?:\w+ ){{0,2}}?(?:ophangen|verhangen|doodmaken)\b",
    r"\b(?:alle|genoeg) pillen\b",
    r"\b(?:iedereen|jullie|ze|mijn \w+) (?:\w+ ){0,3}?beter af zonder mij\b",
    r"\bbeter als ik er niet (?:meer )?(?:ben|was)\b",
    r"\b(?:zin|goesting) meer in (?:het |'t |t |mijn )?leven\b",
    r"\bklaar met (?:het |mijn )?leven\b",
    r"\b(?:er )?klaar mee (?:\w+ )?(?:met )?(?:het )?leven\b",
    r"\bik (?:\w+ ){0,4}?(?:maak|maken) er (?:\w+ ){0,3}?een eind(?:e)? aan\b",
    r"\bmaak er (?:\w+ ){0,3}?een eind(?:e)? aan\b",
    r"\bbeter af (?:\w+ )?(?:zonder mij|zonder me)\b",
    r"\bstap eruit\b",
    r"\bik stap er ?uit\b",
    r"\bafscheidsbrief\b",
    r"\b(?:snij|snijd|snijden|sneed) (?:\w+ ){0,2}?(?:mezelf|mijzelf|zichzelf|me)\b",
    r"\b(?:mezelf|zichzelf) (?:\w+ ){0,2}?(?:snijden|pijn)\b",
    r"\bdoe (?:mezelf|mijzelf) pijn\b",
    r"\bpillen (?:\w+ ){0,2}?(?:geteld|ingenomen|geslikt|klaargelegd|gespaard)\b",
    r"\bgeen (?:andere )?uitweg\b",
    r"\benige uitweg\b",
    r"\b(?:mijn|m'n|mn) laatste dag\b",
    r"\bdood (?:wil|willen|wilt)\b",
    r"\bverlang (?:\w+ ){0,3}?(?:naar de dood|dood)\b",
    r"\ber (?:dan )?(?:toch )?niet meer (?:wil |wilde )?(?:zijn|ben|wezen)\b(?! om)",
    r"\bniemand (?:\w+ )?(?:me|mij) missen\b",
    r"\bnie[t]? meer wakker word\w*",
    r"\bsta (?:\w+ ){0,2}?op de brug\b",
    r"\blangs het spoor\b(?= .*\b(?:niet meer|weet het))",
    r"\b(?:wil|kan) (?:\w+ )?niet meer verder\b(?= .*\bwil\b)",
    r"\bnie mee?r (?:leven|laeve|zijn)\b",
    r"\bik (?:wil|hoef) er niet meer (?:te )?zijn\b",
    r"\bhoeft het (?:\w+ )?niet meer voor (?:mij|me)\b",
    r"\bhoeft (?:voor mij|van mij) (?:allemaal )?niet meer\b",
)
_NO_WISH: Final = _any_of(
    r"dood ?(?:schrik|scham|erger|verve|lach|moe|stil|ziek|leuk|simpel|normaal|eng)|(?:schrik|schaam|"
    r"erger|verveel|lach|schrok|werk)\w* (?:me|mij|mezelf)(?: \w+)? dood"
    r"|dood gevonden|politieke? zelfmoord|zelfmoordaanslag|doodsbang|dood aan\b|voor dood|levensmoe van|"
    r"leven toe|zin van het leven"
)

_ROOTS: Final = re.compile(
    r"\b(?:woon|wonen|woonde|gewoond|geboren|getogen|opgegroeid|met plezier)\b|"
    r"\b(?:mijn|m'n|ons|heel mijn) (?:hele |halve )?leven (?:al|lang|hier)\b"
)
"""Who tells how long they have lived here means the years behind them. The model knows too few such people."""
_DESPAIR: Final = re.compile(
    r"\b(?:niet|nie|nait|geen|gin|nooit|niemand|nergens|alleen|stop|einde?|klaar|moe|zwart|leeg|weg|dood|zonder|genoeg)\b"
)
"""In the same message these words make it no mere memory."""

_PLACE = (
    r"(?:huis|woning|flat|pand|gebouw|opvang|azc|hotel|school|schuur|dak|kamer|raam|ramen|hal|schip|boot|"
    r"kazerne|buren|keuken|trap|zaak|winkel|locatie|portiek|container|auto|centrum)"
)
_NOW_FIRE: Final = _any_of(
    r"\b(?:staat|staan|vliegt|vloog|is|zijn)\b (?:\w+ ){0,5}?in (?:de )?(?:brand|fik|vlammen|de hens)\b",
    r"\b(?:er is|er's|is er nu|we hebben|hier is|daar is|ik zie|zie ik|t is|"
    r"het is)\b (?:\w+ ){0,3}?(?:brand|vlammen|rook|vuur)\b(?!\w)",
    r"\bbrand\b\s*[!]+",
    r"^vlammen\b",
    r"\bbrandt (?:iets|er iets|'t|hier|daar)\b",
    r"\bslaat over naar\b",
    r"^(?:help[ ,!]*)?brand\b[ !]* (?:in|bij|op|naast|aan|achter)\b",
    rf"\b(?:rook|vlammen|vuur)\b (?:\w+ ){{0,3}}?(?:uit|onder|door)\b (?:\w+ ){{0,3}}?{_PLACE}",
    r"\b(?:komt|komen|slaan|slaat)\b (?:\w+ ){0,3}?(?:rook|vlammen)\b",
    rf"\b(?:{_PLACE}|het|t) (?:\w+ )?(?:brandt|staat in de fik|fikt)\b(?! (?:licht|geen|er))",
    r"\b(?:ruik|ruiken|stinkt|lucht)\b (?:\w+ ){0,3}?(?:gas|brandlucht)\b",
    r"\bgaslucht\b",
    r"\bgaslek\b",
    r"\bontplof\w*",
    r"\bexplosie\b",
    r"\bontploffing\b",
)
_NOW_HARM: Final = _any_of(
    r"\b(?:wordt|worden)\b (?:\w+ ){0,5}?(?:gevochten|geslagen|mishandeld|neergestoken|gestoken|geschoten|"
    r"beschoten|aangevallen|overvallen|verkracht|bedreigd|gewurgd|in elkaar|belaagd|achtervolgd|ingebroken)\b",
    r"\bik word (?:\w+ ){0,3}?(?:bedreigd|aangevallen|gevolgd|achtervolgd|geslagen|lastiggevallen)\b",
    r"\b(?:ze|zij|hij|iemand|man|vrouw|jongen|jongens|mannen|kerel|kerels|groep|"
    r"mensen) (?:\w+ ){0,4}?(?:vechten|vecht|schiet|schieten|steekt|steken|slaat|slaan|schoppen|trapt|"
    r"trappen) (?:\w+ ){0,3}?(?:elkaar|iemand|in elkaar|hem|haar|mij|me|op)\b",
    r"\b(?:met|heeft|trekt|trok|zwaait|loopt|hebben)\b (?:[\w']+ ){0,4}?(?:mes|messen|wapen|"
    r"pistool|geweer|machete|bijl|steekwapen|vuurwapen)\b",
    r"\baan het (?:vechten|knokken|schieten|steken|inslaan|intrappen|inbreken|mishandelen|wurgen|verdrinken|stikken)\b",
    r"\bsteekpartij\b",
    r"\bschietpartij\b",
    r"\bvechtpartij\b",
    r"\b(?:hoor|horen|hoorde) (?:\w+ ){0,2}?schoten\b",
    r"\bneergestoken\b",
    r"\bneergeschoten\b",
    r"\bgewapende?\b (?:man|overval)",
    r"\b(?:inbreker|inbrekers|insluiper)\b (?:\w+ ){0,4}?(?:binnen|huis|deur|raam|beneden|zolder|tuin)\b",
    r"\bbreekt (?:\w+ ){0,4}?in\b(?! de)",
    r"\b(?:staat|staan|probeer\w*|proberen) (?:\w+ ){0,6}?(?:deur|raam|"
    r"ruit) (?:\w+ ){0,3}?(?:in te (?:trappen|slaan)|open te breken|forceren)\b",
    r"\b(?:trap(?:t|pen)|sla(?:at|an)|schop(?:t|pen)|ram(?:t|men))\b (?:\w+ ){0,4}?(?:deur|ruit|ruiten|"
    r"raam) (?:\w+ )?in\b",
    r"\bbewusteloos\b",
    r"\bbuiten bewustzijn\b",
    r"\bademt (?:\w+ ){0,2}?(?:niet|nauwelijks|amper)\b",
    r"\bniet (?:meer )?(?:aanspreekbaar|ademen)\b",
    r"\breanim\w+",
    r"\bhartaanval\b",
    r"\bhartstilstand\b",
    r"\bbloedt\b",
    r"\b(?:ligt|lig)\b (?:\w+ ){0,6}?(?:gewond|bloed|te bloeden|in het water|bewegingloos|niet meer)\b",
    r"\bzwaargewond\w*",
    r"\b(?:in elkaar|ineen) (?:gezakt|gestort)\b",
    r"\b(?:verdrinkt|aan het verdrinken|te water geraakt|in het water gevallen|in de (?:sloot|vaart|gracht|"
    r"haven|kanaal) gevallen)\b",
    r"\b(?:aangereden|onder een auto|frontaal)\b (?:\w+ ){0,5}?(?:ligt|net|zojuist|nu|gewond)\b",
    r"\b(?:net|zojuist|nu)\b (?:\w+ ){0,5}?aangereden\b",
    r"\b(?:kind|kindje|baby|peuter|kleuter|meisje|jongetje) (?:\w+ ){0,3}?(?:vermist|weg|kwijt|zoek|gestikt|"
    r"stikt)\b",
    r"\bbommelding\b",
    r"\bhandgranaat\b",
    r"\bexplosief\b",
    r"\b(?:bel|stuur) (?:\w+ ){0,3}?(?:politie|ambulance|brandweer|112)\b",
    r"\b(?:politie|ambulance|brandweer) (?:\w+ )?(?:nodig|sturen|komen) (?:\w+ )?(?:nu|snel)\b",
    r"\bligt\b.*\breageert (?:\w+ )?niet\b",
    r"\b(?:geen|nauwelijks|amper) (?:adem|lucht)\b",
    r"\b(?:pijn|druk|steken) (?:op|in|aan) (?:\w+ )?borst\b",
    r"\bwartaal\b",
    r"\b(?:gezicht|mond|mondhoek) (?:\w+ ){0,2}?(?:hangt|scheef)\b",
    r"\bgeeft (?:\w+ )?geen (?:antwoord|kik|sjoege) meer\b",
    r"\bniet (?:meer )?wakker\b(?= .*\b(?:bellen|krijg|gevallen))",
    r"\bkrijg (?:\w+ ){0,2}?niet wakker\b",
    r"\bwordt (?:helemaal )?blauw\b",
    r"\bstikt\b",
    r"\b(?:epileptische aanval|een toeval)\b",
    r"\bwordt onwel\b",
    r"\bbevallen\b(?= .*\bniemand\b)",
    r"\baanrijding\b",
    r"\bvan (?:\w+ ){0,2}?fiets gereden\b",
    r"\bfietser aangereden\b",
    r"\bdoor het ijs\b",
    r"\bauto te water\b",
    r"\bin 't? ?water bij\b",
    r"\bingestort\b(?= .*\bonder\b)",
    r"\bbivakmuts\w*",
    r"\bbrandbom\w*",
    r"\bmolotov\w*",
    r"\bbenzine (?:\w+ )?over\b",
    r"\bcobra door\b",
    r"\bfakkels\b(?= .*\b(?:nu|op weg))",
    r"\b(?:gooien|gooit|gegooid)\b(?= .*\b(?:nu|ruiten|naar binnen|kinderen)\b)",
    r"\bruikt (?:\w+ ){0,2}?naar gas\b",
    r"\bkoolmonoxide(?:melder)? (?:\w+ ){0,3}?(?:gaat|loei|af|piept)",
    r"\b(?:klimt|klimmen) (?:\w+ ){0,6}?(?:binnen|balkon|raam|dak)\b",
    r"\bhersens in\b",
    r"\bverstop me\b",
    r"\broept om hulp\b",
    r"\b(?:gilt|gillen|gegild|geschreeuw om hulp)\b",
    r"\bmaakt? (?:mij|me|haar|hem) (?:\w+ )?dood\b",
    r"\bdoodmaakt\b",
    r"\bgestoken\b[ !]*$",
    r"\bachter (?:mij|me) aan\b",
    r"\bbedreigt\b",
    r"\blastiggevallen\b(?= .*\b(?:nu|hulp|roept))",
    r"\bgetrokken\b(?= .*\b(?:busje|auto|schoolplein))",
    r"\bhoogspanning\b(?= .*\b(?:grond|hangt))",
    r"^[ 1]*112[ !.]*$",
    r"\bnummer van (?:de )?(?:politie|ambulance|brandweer) (?:nu|snel)\b",
    r"^help+[ !]+(?!\w*me\b met)",
    r"\bwij? zitten (?:hier )?(?:vast|opgesloten) (?:\w+ ){0,4}?(?:rook|brand)\b",
)
_NOT_NOW: Final = re.compile(
    r"\b(?:straks|stel dat|stel er|stel je|stel iemand|als er|als het|als ze|als de|als daar|wat als|"
    r"wat gebeurt er als|wat doen jullie als|voor het geval|mocht|zou er|zouden er|kan er|kunnen er|"
    r"voordat er|komt er ooit|wacht maar|het wachten is|eens|ooit|misschien|bang dat|bang voor|binnenkort|"
    r"vorige? (?:week|maand|jaar|keer)|verleden|gister\w*|eergister\w*|jaren geleden|geleden|destijds|toen|"
    r"vroeger|was er|waren er|is er ooit|in \d{4}|elk jaar|altijd|vaak|regelmatig|iedere|elke|"
    r"mag|wordt er meer|of er|brandveilig\w*|brandweer keur\w*|brandoefening\w*|brandmeld\w*|"
    r"rookmelder\w*|in het journaal|op (?:tv|televisie|het nieuws)|tiktok|facebook|filmpje|appgroep|"
    r"las ik|gelezen|in de krant|hoe vaak|hoeveel|wanneer|waarom)\b"
)
_INSISTS: Final = re.compile(
    r"\b(?:nu|help|net|zojuist|op dit moment|momenteel|112|er ligt|er staat iemand|wat "
    r"moet ik doen)\b"
)
_FIGURE: Final = re.compile(
    r"vuurwerk\w* (?:overlast|verbod)|onder vuur|vuur aan de schenen|brandende? (?:vraag|kwestie)|"
    r"als ratten|in brand gezet door|portemonnee|houtkachel|vuurkorf|barbecue|bbq|rookvrij|rookverbod|"
    r"mogen? (?:\w+ ){0,3}(?:roken|barbecue)|brandt (?:\w+ ){0,2}(?:licht|lamp|lantaarn)|(?:hart|neus) bloedt|"
    r"brandt in (?:mijn|m'n|mn|je) ogen|ontplof (?:bijna|zowat|haast|nog eens)|"
    r"schoorsteen|open haard|allesbrander"
)


def emergency_in(text: str, danger: float = 0.0, self_harm: float = 0.0) -> Emergency | None:
    """The emergency a message tells of, if any.

    danger, self_harm: how likely the model finds either, 0-1. That it is one of the two counts; the likelier names it.
    Thoughts of suicide go before danger: 113 is reached day and night, and its people know when to call 112. What the
    words say goes before what the model thinks.
    """
    normal = " ".join(plain(text).split())
    if _wishes_to_die(normal):
        return Emergency.SELF_HARM
    if _in_danger(normal):
        return Emergency.DANGER
    if danger + self_harm < SURE:
        return None
    if danger > self_harm:
        return Emergency.DANGER if _is_now(normal) else None
    silent = _NO_WISH.search(normal) or (_ROOTS.search(normal) and not _DESPAIR.search(normal))
    return None if silent else Emergency.SELF_HARM


def _wishes_to_die(normal: str) -> bool:
    return bool(_WISH.search(normal)) and not _NO_WISH.search(normal)


def _in_danger(normal: str) -> bool:
    return any(
        bool(_NOW_FIRE.search(sentence) or _NOW_HARM.search(sentence)) and _is_now(sentence)
        for sentence in re.split(r"(?<=[.!?])\s+|\n", normal)
    )


def _is_now(sentence: str) -> bool:
    """Whether it is told as going on, not as a fear, a memory or a figure of speech."""
    if _FIGURE.search(sentence):
        return False
    return not _NOT_NOW.search(sentence) or bool(_INSISTS.search(sentence))
