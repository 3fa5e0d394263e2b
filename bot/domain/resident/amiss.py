"""Words by which a sentence says that something outside is broken, dirty or a nuisance."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.matching.words import plain

_AMISS: Final = re.compile(
    r"\b(?:stuk|kapot|defect|los(?:se|liggende?)?|lekt?|lekken|lekkage|verstopt\w*|overvol|(?:prop|bom)?vol|gat|gaten|"
    r"kuil|kuilen|scheef|scheve|verzak\w*|om(?:gevallen|gewaaid)|afgebroken|rommel|afval|zwerfvuil|vuilnis\w*|troep|"
    r"stinkt?|stank|\w*poep|stront|ratten|ongedierte|glas|viez?e?|vuil|smerig|geleegd|opgehaald|gesnoeid|gemaaid|"
    r"gestrooid|geveegd|glad|spiegelglad|uitgevallen|knippert|brandt niet|doen? het (?:\w+ )?niet|doet 't niet|"
    r"werkt niet|geen licht|donker|\w*overlast|herrie|lawaai|gevaarlijk\w*|levensgevaarlijk|blokke\w+|graffiti|beklad|"
    r"vernield|gesloopt|gestolen|gejat|hang(?:jongeren|jeugd|groep)|vuurwerk|(?:ge)?dump\w*|wrak|onkruid|overgroeid|"
    r"staat blank|onder water|scheuren|racen|(?:te )?hard rijden|wildplass\w+|foutparke\w+|fout geparkeerd|sluipverkeer)\b"
)


def names_something_amiss(text: str) -> bool:
    """Whether it does: 'de lantaarn voor mijn deur is stuk', and not 'wij trouwen op 5 september in de kapel'."""
    return bool(_AMISS.search(plain(text)))
