"""A debrief as text that reads well in a terminal, and as data for a page that can draw the graph."""

from __future__ import annotations

from typing import Any

from bot.domain.practice.debrief import Debrief
from bot.domain.practice.endings import Ending
from bot.domain.practice.goals import GOAL_NAMES, Goal
from bot.domain.practice.remarks import named
from bot.domain.practice.skills import Mark, Skill

SKILLS = {Skill.ACKNOWLEDGE: "Emotie erkennen", Skill.LIMIT: "Grens trekken", Skill.DEFER: "Antwoord uitstellen"}
MARKS = {Mark.GOOD: "goed", Mark.POOR: "kan beter", Mark.ABSENT: "ontbrak", Mark.NOT_NEEDED: "niet nodig"}
ENDINGS = {
    Ending.HEARD: "gehoord, en niet omgepraat",
    Ending.ENDED_WELL: "netjes beëindigd",
    Ending.CALMER: "rustiger, niet gehoord",
    Ending.UNHEARD: "niet gehoord",
    Ending.BROKEN_OFF: "te vroeg afgebroken",
    Ending.ESCALATED: "uit de hand gelopen",
}
BAR = 20
"""Width of a full bar (100 points) in characters."""


def as_text(found: Debrief) -> str:
    """The whole debrief, section by section."""
    parts = [
        f"NABESPREKING: {found.title}",
        *([f"Je leerdoel: {GOAL_NAMES[found.goal]}."] if found.goal is not Goal.ALL else []),
        f"Hoe het eindigde: {ENDINGS[found.ending]}. {found.ending_text}",
        _graph(found),
        *_turning(found),
        _skills(found),
        f"RUIMTE\n{found.room}",
        f"LUISTEREN\n{found.listening}",
        f"DIT GING GOED\n{found.strength}",
        *_improvements(found),
        *_commitments(found),
        *_left_over(found),
    ]
    return "\n\n".join(parts)


def _bar(points: int) -> str:
    full = round(points * BAR / 100)
    return "█" * full + "░" * (BAR - full)


def _graph(found: Debrief) -> str:
    rows = [
        f"{'begin' if point.turn == 0 else f'beurt {point.turn}':<9}"
        f"spanning {point.tension:>3} {_bar(point.tension)}  gehoord {point.heard:>3} {_bar(point.heard)}"
        for point in found.series
    ]
    return "HET VERLOOP (0-100)\n" + "\n".join(rows)


def _turning(found: Debrief) -> list[str]:
    point = found.turning_point
    if point is None:
        return []
    quote = f" Je zei: “{point.quote}”" if point.quote else ""
    return [f"HET KEERPUNT\n{point.text}{quote}"]


def _skills(found: Debrief) -> str:
    rows = []
    for judgement in found.judgements:
        rows.append(
            f"- {SKILLS[judgement.skill]}: {MARKS[judgement.mark]}. {judgement.why} ({named(judgement.points)})"
        )
        rows.extend(f"    beurt {each.turn}: “{each.quote}”" for each in judgement.evidence[:3] if each.quote)
    return "LEERDOELEN\n" + "\n".join(rows)


def _improvements(found: Debrief) -> list[str]:
    if not found.improvements:
        return []
    rows = []
    for place, each in enumerate(found.improvements, 1):
        where = f"; beurt {each.turn}" if each.made and not each.quote else ""
        rows.append(f"{place}. {each.text} ({named(each.points)}{where}).")
        rows.extend([f"   Beurt {each.turn}, jij: “{each.quote}”"] if each.quote else [])
        rows.extend([f"   Bijvoorbeeld: “{each.better}”"] if each.better else [])
    return ["DIT KAN ANDERS\n" + "\n".join(rows)]


def _commitments(found: Debrief) -> list[str]:
    if not found.commitments:
        return []
    rows = []
    for each in found.commitments:
        details = ", ".join(
            x for x in (f"wie: {each.who}" if each.who else "", f"wanneer: {each.when}" if each.when else "") if x
        )
        warning = "" if each.within else " Let op: hier ga je niet over."
        rows.append(f"- Beurt {each.turn}: “{each.quote}” ({details or 'wie en wanneer niet genoemd'}).{warning}")
    return ["TOEZEGGINGEN DIE JE DEED\n" + "\n".join(rows)]


def _left_over(found: Debrief) -> list[str]:
    rows = []
    if found.unanswered:
        rows.append("Gevraagd en nog niet beantwoord: " + "; ".join(found.unanswered) + ".")
    if found.not_judged:
        turns = ", ".join(map(str, found.not_judged))
        rows.append(f"Niet beoordeeld, want niet herkend: beurt {turns}.")
    return ["\n".join(rows)] if rows else []


def as_data(found: Debrief) -> dict[str, Any]:
    """The same as JSON-like data; keys are English, texts Dutch."""
    return {
        "scenario": found.scenario,
        "title": found.title,
        "goal": found.goal.value,
        "goal_name": GOAL_NAMES[found.goal],
        "series": [vars(point) for point in found.series],
        "turning_point": vars(found.turning_point) if found.turning_point else None,
        "skills": [
            {
                "skill": each.skill.value,
                "name": SKILLS[each.skill],
                "mark": each.mark.value,
                "mark_text": MARKS[each.mark],
                "why": each.why,
                "points": list(each.points),
                "evidence": [vars(shown) for shown in each.evidence],
            }
            for each in found.judgements
        ],
        "room": found.room,
        "listening": found.listening,
        "strength": found.strength,
        "improvements": [{**vars(each), "points": list(each.points), "made": each.made} for each in found.improvements],
        "commitments": [vars(each) for each in found.commitments],
        "unanswered": list(found.unanswered),
        "not_judged": list(found.not_judged),
        "ending": found.ending.value,
        "ending_name": ENDINGS[found.ending],
        "ending_text": found.ending_text,
        "score": found.score,
    }
