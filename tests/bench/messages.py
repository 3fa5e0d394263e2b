"""What the simulated users say: the same fixed lines to both pipelines, short and long, tidy and hasty."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Kind(str, Enum):
    """Which way through the assistant a message takes."""

    GUIDE = "guide"
    RESIDENT = "resident"
    PRACTICE = "practice"


GUIDE: Final = (
    "wat doe ik als iemand begint te schreeuwen",
    "Moet ik iedereen in de straat een brief sturen of is een huis-aan-huisblad genoeg?",
    "hoe lang mag zo'n avond duren",
    "inspreektijd?",
    "De wethouder wil zelf het woord voeren, maar ik denk dat dat olie op het vuur is. Wat raden jullie aan?",
    "wie zit de bijeenkomst voor",
    "Er komen straks misschien tweehonderd mensen en de zaal is voor tachtig. Hoe pakken we dat aan zonder dat mensen "
    "boos weer naar huis gaan?",
    "mag ik zeggen dat ik het niet weet",
    "hoe leg ik uit dat de locatie al vaststaat",
    "Hoe ga ik om met iemand die steeds dezelfde vraag stelt?",
    "pers erbij ja of nee",
    "vraag waar ik geen antwoord op heb, wat dan",
    "Een bewoner zegt dat haar dochter 's avonds niet meer over straat durft. Hoe reageer ik daarop?",
    "moeten er bewakers bij zijn",
    "hoe maak ik een verslag dat mensen vertrouwen",
    "Wat is een goed moment om de buurt te vertellen dat er opvang komt, voor of na het besluit?",
    "kleine groepjes of een grote zaal",
    "iemand filmt me de hele tijd met zn telefoon",
    "Kan ik beloven dat er extra verlichting komt?",
    "hoe houd ik contact met de buurt als de opvang er eenmaal is",
    "Wat doe ik met tegenstanders die van buiten de gemeente komen?",
    "spreker onderbreekt steeds anderen",
    "Hoe weet ik van tevoren wat er in de wijk speelt?",
    "bij wie hoort een politieke vraag thuis",
    "Mensen voelen zich overvallen en zeggen dat we niet luisteren. We hebben al drie keer hetzelfde verhaal gehouden "
    "en het helpt niet. Waar gaat het mis?",
    "hoe bedank ik mensen na afloop",
    "Wanneer stop ik een gesprek dat uit de hand loopt?",
    "tips voor een keukentafelgesprek",
    "wat zet ik in de uitnodiging",
    "Is het verstandig om vluchtelingen zelf hun verhaal te laten doen op de avond?",
    "social media ontploft, reageren of niet",
    "hoe betrek ik jongeren",
    "Ik ben zelf bang voor zo'n avond. Hoe bereid ik me voor?",
    "wat als er racistische dingen worden geroepen",
    "Hoe laat ik merken dat ik iemand begrepen heb zonder het met hem eens te zijn?",
    "scholen informeren",
    "wie nodig je uit voor een klankbordgroep en hoe vaak komt die bij elkaar",
    "kan een bewoner meebeslissen over de inrichting van het terrein",
    "hoe meet je of de stemming in de wijk verandert",
    "vragen verzamelen op een bord, werkt dat",
)

RESIDENT: Final = (
    "hoeveel mensen komen er",
    "Wanneer gaat het open?",
    "Waarom juist hier en niet op dat lege bedrijventerrein aan de andere kant van het dorp?",
    "wie betaalt dit allemaal",
    "komen er ook gezinnen",
    "Ik woon er recht tegenover en slaap al weken niet. Mijn kinderen fietsen er elke dag langs. Wie garandeert mij dat "
    "het veilig blijft?",
    "parkeren??",
    "mag ik vrijwilliger worden",
    "Waar kan ik kleren en speelgoed brengen?",
    "hoe lang blijft dit",
    "Ik vind het een schande dat wij dit uit de krant moesten lezen! Wanneer wordt er eindelijk eens met ons gepraat?",
    "gaan hun kinderen naar de school in het dorp",
    "Wordt mijn huis nu minder waard?",
    "is er s nachts iemand aanwezig",
    "wie kan ik bellen bij overlast",
    "Kunnen ze bij dezelfde huisarts als wij, want daar is nu al een wachtlijst van maanden?",
    "alleen maar mannen zeker",
    "De lantaarnpaal bij de speeltuin is al drie weken kapot, kan daar ook eens naar gekeken worden?",
    "hallo",
    "Kan ik nog bezwaar maken tegen de vergunning?",
    "Hoeveel opvangplekken zijn er eigenlijk in de hele provincie?",
    "wat doen die mensen de hele dag",
    "mag ik een keer binnen kijken",
    "Waarom krijgen zij wel een woning en staat mijn zoon al negen jaar op de lijst? Hij is dertig en woont nog bij ons.",
    "uit welke landen komen ze",
    "ben jij een robot",
    "wat is het verschil tussen een asielzoeker en een vluchteling",
    "Wie heeft dit besloten?",
    "komt er extra politie",
    "Hoe zit het met het verkeer, de weg langs het kanaal is nu al veel te smal voor twee auto's?",
    "kan ik met iemand van de gemeente praten",
    "Is het waar dat er straks tweehonderd bij komen?",
    "mogen ze werken",
    "Bedankt voor de uitleg!",
    "Wat gebeurt er als de vijf jaar om zijn?",
    "bouwen jullie het snachts want ik hoor herrie",
    "Welke afspraken zijn er gemaakt met het COA en kan ik die ergens lezen?",
    "vorige week stond er een groepje bij de supermarkt te roken, mag dat zomaar",
    "Wanneer is de volgende bijeenkomst en moet ik me daarvoor opgeven?",
    "wij willen graag koken voor de nieuwe bewoners, bij wie moet ik zijn",
)

PRACTICE: Final = (
    "Goedenavond mevrouw, ik zie dat dit u raakt.",
    "Ik hoor dat u zich overvallen voelt. Waar maakt u zich de meeste zorgen over?",
    "Begrijp ik goed dat het u vooral gaat om de veiligheid van uw kinderen?",
    "Dat weet ik op dit moment niet. Ik vraag het na en bel u donderdag voor twaalf uur terug.",
    "Dat de opvang er komt ligt vast. Over de verlichting en de looproutes kunt u wel meepraten, en ik wil graag weten "
    "wat u daarvan vindt.",
    "Ik wil met u in gesprek blijven, maar niet als u mij uitscheldt.",
    "Dank u dat u dit vertelt.",
    "Wat zou u nodig hebben om er iets rustiger onder te zijn?",
)
"""One talk with the practice resident, turn by turn."""

LINES: Final = {Kind.GUIDE: GUIDE, Kind.RESIDENT: RESIDENT, Kind.PRACTICE: PRACTICE}


def lines(kind: Kind, start: int, count: int) -> tuple[str, ...]:
    """`count` lines of a kind from place `start` on, round and round."""
    known = LINES[kind]
    return tuple(known[(start + offset) % len(known)] for offset in range(count))
