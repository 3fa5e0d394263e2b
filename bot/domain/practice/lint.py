"""What a scenario lacks before somebody can practise with it for twenty turns. Messages are Dutch, for the trainer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.domain.practice import wording
from bot.domain.practice.asking import Asked
from bot.domain.practice.deeds import Deed
from bot.domain.practice.deferral import deferral_frame
from bot.domain.practice.endings import Ending
from bot.domain.practice.phases import Phase
from bot.domain.practice.room import room_frame
from bot.domain.practice.scenario import Concern, Lines, Question, QuestionStatus, Reactions, Room, Scenario
from bot.domain.practice.temper import WORST

TURNS = 20
"""A talk this long must not need the same line twice."""

MOST_WORDS = 32
"""Longer lines are no longer spoken language."""

_SILENT = frozenset({Deed.UNCLEAR, Deed.GREETING, Deed.FAREWELL, Deed.LET_PASS})
_PARTING = frozenset({Ending.HEARD, Ending.CALMER, Ending.UNHEARD, Ending.ESCALATED})
_EXAMPLES = (
    Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE, Deed.SET_LIMIT, Deed.ADJOURN, Deed.CLARIFY_ROOM, Deed.APOLOGIZE,
    Deed.FULL_DEFERRAL,
)  # fmt: skip


def lint(scenario: Scenario) -> list[str]:
    """Everything that is wrong, one sentence each; empty when the scenario is ready."""
    checks = (_cells, _enough, _duplicates, _lengths, _moments, _topics, _reachable, _coaching)
    return [problem for check in checks for problem in check(scenario)]


def _cells(scenario: Scenario) -> Iterator[str]:
    """Every deed needs a reaction in every phase, its own or for any phase."""
    for deed in Deed:
        anywhere = scenario.reactions.any_phase.get(deed, ())
        for phase in Phase:
            own = scenario.reactions.by_deed.get(deed, {}).get(phase, ())
            covered = own or anywhere or (phase in {Phase.OUT_OF_CONTROL} and scenario.reactions.any_deed.get(phase))
            if not covered and not (deed in _SILENT and scenario.reactions.any_deed.get(phase)):
                yield f"reactions › {deed.value} › {phase.value}: geen enkele regel"
    for ending in sorted(_PARTING):
        if not scenario.farewell.get(ending.value):
            yield f"farewell › {ending.value}: geen enkele regel"
    unknown = set(scenario.farewell) - {ending.value for ending in Ending} - {"any"}
    yield from (f"farewell › {key}: zo'n einde bestaat niet" for key in sorted(unknown))


def _enough(scenario: Scenario) -> Iterator[str]:
    """Whatever somebody does for twenty turns, there must be something left to say."""
    own = scenario.reactions
    out = own.any_deed.get(Phase.OUT_OF_CONTROL, ())
    if len(out) < TURNS:
        yield f"anything › out_of_control: {len(out)} regels, nodig zijn er {TURNS} (daar volgt niets op)"
    unclear = _count(own, Deed.UNCLEAR, Phase.TENSE)
    if unclear < TURNS:
        yield f"reactions › unclear: {unclear} regels, nodig zijn er {TURNS} (daar volgt niets op)"
    for phase in (Phase.CALM, Phase.TENSE, Phase.LOSING_CONTROL, Phase.RECOVERING):
        for deed in Deed:
            if deed not in _SILENT and deed is not Deed.ADJOURN and _count(own, deed, phase) < 10:
                yield f"reactions › {deed.value}: met anything › {phase.value} samen minder dan 10 regels"
    pressed = sum(len(c.raised) + len(c.pressed) for c in scenario.concerns)
    told = sum(len(lines) for c in scenario.concerns for lines in c.told.values())
    if pressed < TURNS:
        yield f"concerns: {pressed} regels in raised en pressed samen, nodig zijn er {TURNS}"
    if told < TURNS:
        yield f"concerns: {told} regels in told samen, nodig zijn er {TURNS}"
    if len(scenario.attacks) != WORST or any(len(level) < 5 for level in scenario.attacks):
        yield f"attacks: {WORST} lijsten van minstens 5 regels, van milder naar erger"
    if len(scenario.opening) < 3:
        yield "opening: minstens 3 regels, anders begint elk gesprek hetzelfde"


def _count(own: Reactions, deed: Deed, phase: Phase) -> int:
    return sum(len(lines) for lines in own.choices(deed, phase))


def _duplicates(scenario: Scenario) -> Iterator[str]:
    counted = Counter(wording.plain(line.text) for lines in all_lines(scenario) for line in lines)
    yield from (f"staat er {times} keer in: “{text}”" for text, times in counted.items() if times > 1)


def _lengths(scenario: Scenario) -> Iterator[str]:
    parting = {line for lines in scenario.farewell.values() for line in lines}
    for line in (line for lines in all_lines(scenario) for line in lines):
        sentences = len(wording.sentences(line.text))
        if sentences > 2 and not (line.text.startswith("(") or line.alone or line in parting):
            yield f"{sentences} zinnen, hoogstens 2: “{line.text}”"
        if len(wording.words(line.text)) > MOST_WORDS:
            yield f"langer dan {MOST_WORDS} woorden: “{line.text}”"


def _moments(scenario: Scenario) -> Iterator[str]:
    """'{when}' can only be filled in after a message that named a moment."""
    named = {Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.ADJOURN, Deed.EARLY_ADJOURN}
    by_deed = scenario.reactions.by_deed.items()
    cells = [(deed, lines) for deed, phases in by_deed for lines in phases.values()]
    for deed, lines in [*cells, *scenario.reactions.any_phase.items()]:
        if deed not in named and any(line.wants_moment for line in lines):
            yield f"reactions › {deed.value}: {{when}} kan hier niet worden ingevuld"
    for line in (line for lines in all_lines(scenario) for line in lines):
        if "{" in line.text.replace("{when}", "").replace("{When}", ""):
            yield f"onbekende invulplek in: “{line.text}”"


def _topics(scenario: Scenario) -> Iterator[str]:
    ids = Counter([*(c.id for c in scenario.concerns), *(q.id for q in scenario.questions)])
    yield from (f"id '{topic}' komt {times} keer voor" for topic, times in ids.items() if times > 1)
    if len(scenario.concerns) < 3:
        yield "concerns: minstens 3 zorgen, anders valt het gesprek stil"
    for concern in scenario.concerns:
        yield from (f"concerns › {concern.id} › {problem}" for problem in _concern(concern))
    for question in scenario.questions:
        yield from (f"questions › {question.id} › {problem}" for problem in _question(question))
    if not any(q.status is not QuestionStatus.KNOWN for q in scenario.questions):
        yield "questions: minstens één vraag die de ambtenaar niet kan beantwoorden (punt 6)"


def _concern(concern: Concern) -> Iterator[str]:
    for name, lines in (("raised", concern.raised), ("pressed", concern.pressed), ("calm", concern.calm)):
        if len(lines) < 3:
            yield f"{name}: minstens 3 regels"
    yield from (f"told › {level.value}: geen enkele regel" for level in Asked if not concern.told.get(level))
    if not concern.confirmed:
        yield "confirmed: geen enkele regel"
    for deed in (Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE):
        if not concern.better.get(deed):
            yield f"better › {deed.value}: geen voorbeeldzin"


def _question(question: Question) -> Iterator[str]:
    if question.status is QuestionStatus.KNOWN and not question.answer:
        yield "answer ontbreekt, terwijl status 'known' is"
    if question.status is not QuestionStatus.KNOWN:
        if not (question.owner and question.when):
            yield "owner en when horen erbij als het antwoord er niet is (punt 6)"
        frame = deferral_frame(question.better)
        if not (frame.who and frame.when):
            yield "better: de voorbeeldzin noemt niet wie en wanneer"
    if not question.asked or not question.again:
        yield "asked en again: minstens één regel elk"


def _reachable(scenario: Scenario) -> Iterator[str]:
    """Parts nobody can ever get to."""
    needs = [disclosure.needs_heard for disclosure in scenario.disclosures]
    if needs != sorted(needs):
        yield "disclosures: zet ze op volgorde van needs_heard, anders worden er overgeslagen"
    yield from (f"disclosures: needs_heard {need:g} is niet haalbaar" for need in needs if need > 90)
    for disclosure in scenario.disclosures:
        if disclosure.concern and scenario.concern(disclosure.concern) is None:
            yield f"disclosures: er is geen zorg met id '{disclosure.concern}'"
    start = scenario.start
    if start.floor > start.tension - 20:
        yield "start › floor: ligt te dicht onder tension; rustiger worden moet te merken zijn"
    if not 46 <= start.tension <= 85:
        yield "start › tension: kies 46 tot 85, anders begint het gesprek kalm of al verloren"
    if scenario.outburst and scenario.outburst.from_tension > 100:
        yield "outburst › from_tension: komt nooit voor"
    keys = {word for c in scenario.concerns for word in map(wording.plain, c.words)}
    for question in scenario.questions:
        if set(map(wording.plain, question.words)) <= keys:
            yield f"questions › {question.id} › words: die horen al bij een zorg, zo wordt de vraag nooit herkend"


def _coaching(scenario: Scenario) -> Iterator[str]:
    yield from (f"better › {deed.value}: geen voorbeeldzin" for deed in _EXAMPLES if not scenario.better.get(deed))
    if scenario.room is not Room.OPEN:
        for sentence in scenario.better.get(Deed.CLARIFY_ROOM, ()):
            if not room_frame(sentence).said:
                yield f"better › clarify_room: zegt niet wat vastligt of open is: “{sentence}”"
    if scenario.pronoun not in {"ze", "hij"}:
        yield "pronoun: 'ze' of 'hij'"


def all_lines(scenario: Scenario) -> Iterable[Lines]:
    """Every list of lines the resident can speak."""
    yield scenario.opening
    for concern in scenario.concerns:
        yield from (concern.raised, concern.pressed, concern.calm, concern.confirmed, *concern.told.values())
    for question in scenario.questions:
        yield from (question.asked, question.again, question.settled)
    yield from (disclosure.lines for disclosure in scenario.disclosures)
    for phases in scenario.reactions.by_deed.values():
        yield from phases.values()
    yield from scenario.reactions.any_phase.values()
    yield from scenario.reactions.any_deed.values()
    yield from scenario.attacks
    yield from (scenario.turning, scenario.promise_check, scenario.bridges)
    yield from scenario.voices.values()
    yield from scenario.farewell.values()
