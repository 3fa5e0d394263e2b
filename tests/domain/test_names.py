"""Names of people in residents' texts: how many are masked, and how often something else is.

The sentences were written for this test, by somebody who had not tuned the lists to them.
"""

from __future__ import annotations

import pytest

from bot.domain.personal_data import mask_personal_data

WITH_A_NAME = (
    ("Ik ben Fatima de Boer en ik woon ernaast", ["Fatima de Boer"]),
    ("Mijn naam is jan jansen, ik slaap er slecht van", ["jan jansen"]),
    ("ik heet Mohammed en wil helpen", ["Mohammed"]),
    ("U spreekt met Van der Linden, over de bussen", ["Van der Linden"]),
    ("mijn buurman Kees zegt dat het park dicht gaat", ["Kees"]),
    ("Mijn dochter Sanne fietst daar elke dag langs", ["Sanne"]),
    ("Mevrouw De Vries van nummer 12 durft niet meer", ["De Vries"]),
    ("Mevr. van der Berg is bang", ["van der Berg"]),
    ("dhr. Bouazza wil bezwaar maken", ["Bouazza"]),
    ("Komt er een hek? Groetjes, Truus", ["Truus"]),
    ("Wanneer weten we meer? Met vriendelijke groet, A.J. Pietersen", ["A.J. Pietersen"]),
    ("mvg Ingrid Hoekstra", ["Ingrid Hoekstra"]),
    ("Ik sprak gisteren met Ineke Bos van de gemeente", ["Ineke Bos"]),
    ("Volgens Samira el Idrissi komen er 300 mensen", ["Samira el Idrissi"]),
    ("Peter en Marloes hebben het ook gehoord", ["Peter", "Marloes"]),
    ("De heer Aydın belde mij terug", ["Aydın"]),
    ("Familie Kramer gaat verhuizen hierdoor", ["Kramer"]),
    ("dokter Wiersma neemt niemand meer aan", ["Wiersma"]),
    ("juf Marieke krijgt er vijf in de klas", ["Marieke"]),
    ("Kan Henk-Jan mij bellen? Henk weet ervan", ["Henk"]),
    ("mijn moeder Jannie is 84", ["Jannie"]),
    ("Waarom kreeg Youssef wel een brief en ik niet", ["Youssef"]),
    ("Ik ben het niet eens met Willemijn van den Heuvel", ["Willemijn van den Heuvel"]),
    ("gr. Bart", ["Bart"]),
    ("Dit is Annemarie, ik belde al eerder", ["Annemarie"]),
    ("oom Sjef woont er al dertig jaar", ["Sjef"]),
    ("Zeynep Yılmaz vroeg dit ook", ["Zeynep Yılmaz"]),
    ("Vraag het Joke maar", ["Joke"]),
)
NOT_FOUND = (
    ("ons Truuske en kleine Fedde spelen daar", ["Truuske", "Fedde"]),
    ("kees van hiernaast klaagt ook", ["kees"]),
    ("Mazouz heeft gelijk", ["Mazouz"]),
)
"""What the lists do not reach: rare names alone, and names without a capital and without anything before them."""
WITHOUT = (
    "Hoeveel mensen komen er in Huize Merelweide wonen?",
    "Waarom moet het weer bij ons?! Niemand heeft ons iets gevraagd.",
    "Rijden er straks taxibusjes door de Kerkstraat?",
    "Wordt Oude Trekweg 20 verbouwd?",
    "Heeft wethouder Jansen dit besloten?",
    "Komt de burgemeester ook naar de bijeenkomst?",
    "Ik ben Boos. Ik ben Tegen.",
    "Gaat de Willem de Zwijgerlaan open?",
    "Is er plek op de Sint Jansschool?",
    "Mogen ze naar de Albert Heijn?",
    "Max 160 mensen, klopt dat?",
    "Komen er mensen uit Syrië, Eritrea en Oekraïne?",
    "Wie betaalt dit, het COA of de gemeente Oudervaart?",
    "Geachte mevrouw, meneer, wanneer begint het?",
    "Beste meneer, ik heb een vraag",
    "met Telegram lukt het niet",
    "Groeten uit Halmerdijk",
    "Is er nog een job voor ons? En een tim(mer)man?",
    "Mijn man is ziek en mijn vrouw ook",
    "Ligt de rosa rugosa straks onder het zand?",
    "Op 3 Mei in het gemeentehuis?",
    "Heeft de Raad van State al beslist?",
    "Dit is Belachelijk",
    "Mijn huis wordt minder waard, met dank aan het College",
)


@pytest.mark.parametrize(
    ("text", "names"), WITH_A_NAME, ids=lambda value: None if isinstance(value, list) else value[:30]
)
def test_names_are_masked(text: str, names: list[str]) -> None:
    masked = mask_personal_data(text)
    assert "[naam]" in masked
    assert [name for name in names if name in masked] == []


@pytest.mark.parametrize("text", WITHOUT)
def test_what_is_no_name_stays(text: str) -> None:
    assert mask_personal_data(text) == text


@pytest.mark.parametrize(("text", "names"), NOT_FOUND)
def test_what_is_not_found_is_known(text: str, names: list[str]) -> None:
    """When one of these starts to be found, move it up."""
    assert all(name in mask_personal_data(text) for name in names)
