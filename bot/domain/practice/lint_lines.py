"""Whether the lines sound like the phase they stand in, and whether two scenarios say the same. Dutch, for the trainer.

Only what is beyond doubt is reported: a shout in a calm cell, thanks from somebody who can hear nothing any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.practice import wording
from bot.domain.practice.endings import Ending
from bot.domain.practice.lint import all_lines
from bot.domain.practice.phases import COOL, HOT, Phase
from bot.domain.practice.scenario import Lines, Scenario
from bot.domain.practice.wording import either

SHORT_WORDS = 5
"""'Ja.' and 'Dat mag u vinden.' may be said by anybody: only lines of so many words or more belong to one scenario."""

_SHOUTED = re.compile(
    r"!|\b(?!(?:COA|VNG|GGD|NS|AZC|OZB|WOZ|BSN|KVK|IND|BHV|EHBO|WMO|HVO|VVD|PVV|SP|CDA)\b)[A-Z]{3,}\b"
)
_SHOUTING = either(r"schreeuwt?|gilt?|brult?|tiert?|krijst?|slaat (?:\w+ ){0,3}op")
_CONTENT = either(
    "dank (?:u|je) wel|bedankt voor|fijn dat (?:u|je)|dat helpt|daar (?:heb|kan) ik (?:iets|wat) (?:aan|mee)",
    "daar word ik rustig van|dat lucht op|ik voel me gehoord|u heeft geluisterd|goed dat u",
)
_IRONY = re.compile(r"!|\bhoor\b|\bzeker\b|\bnou\b|\bmooi\b", re.IGNORECASE)


def lint_lines(scenario: Scenario) -> list[str]:
    """Lines that do not fit where they stand."""
    return [*_too_loud(scenario), *_too_content(scenario)]


def _too_loud(scenario: Scenario) -> Iterator[str]:
    """Calm and recovering people do not shout, nor does somebody who leaves as heard."""
    for place, lines in [*_in_phases(scenario, COOL), *_calm_places(scenario)]:
        for line in lines:
            spoken = re.sub(r"\([^)]*\)|“[^”]*”", "", line.text)
            directions = " ".join(re.findall(r"\(([^)]*)\)", line.text))
            if _SHOUTED.search(spoken) or _SHOUTING.search(wording.plain(directions)):
                yield f"{place}: te luid voor iemand die rustig is of weer bijkomt: “{line.text}”"


def _too_content(scenario: Scenario) -> Iterator[str]:
    """Who loses control thanks nobody, and neither does who leaves in anger."""
    angry = scenario.farewell.get(Ending.ESCALATED.value, ())
    places = [*_in_phases(scenario, HOT), ("farewell › escalated", angry)]
    places += [(f"attacks › {level}", lines) for level, lines in enumerate(scenario.attacks, 1)]
    for place, lines in places:
        for line in lines:
            if _CONTENT.search(wording.plain(line.text)) and not _IRONY.search(line.text):
                yield f"{place}: te tevreden voor iemand die de controle verliest: “{line.text}”"


def _in_phases(scenario: Scenario, phases: Iterable[Phase]) -> Iterator[tuple[str, Lines]]:
    for phase in sorted(phases):
        yield f"anything › {phase.value}", scenario.reactions.any_deed.get(phase, ())
        yield f"voices › {phase.value}", scenario.voices.get(phase, ())
        for deed, cells in scenario.reactions.by_deed.items():
            yield f"reactions › {deed.value} › {phase.value}", cells.get(phase, ())


def _calm_places(scenario: Scenario) -> Iterator[tuple[str, Lines]]:
    for concern in scenario.concerns:
        yield f"concerns › {concern.id} › calm", concern.calm
    yield "farewell › heard", scenario.farewell.get(Ending.HEARD.value, ())


def lint_together(scenarios: Iterable[Scenario]) -> list[str]:
    """Lines that occur in more than one scenario: whoever practises both would hear the seam."""
    where: dict[str, dict[str, str]] = {}
    for scenario in scenarios:
        for line in (line for lines in all_lines(scenario) for line in lines):
            if len(wording.words(line.text)) >= SHORT_WORDS:
                bare = " ".join(wording.words(line.text))
                where.setdefault(bare, {}).setdefault(scenario.id, line.text)
    return [
        f"{' en '.join(sorted(found))}: dezelfde regel “{next(iter(found.values()))}”"
        for found in where.values()
        if len(found) > 1
    ]
