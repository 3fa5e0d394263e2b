"""Scenarios as files: complete, and with errors a trainer can act on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.domain.practice.asking import Asked
from bot.domain.practice.deeds import Deed
from bot.domain.practice.lint import all_lines, lint
from bot.domain.practice.phases import Phase
from bot.domain.practice.scenario import Line, Lines, Question, QuestionStatus, Reactions, Scenario
from bot.storage.scenarios import DEFAULT, SCENARIOS, ScenarioError, load_scenario, load_scenarios


def test_the_default_comes_first() -> None:
    assert load_scenarios()[0].id == DEFAULT


def test_what_comes_with_the_product_has_no_faults(scenario: Scenario) -> None:
    assert lint(scenario) == []


def test_there_is_enough_to_say(scenario: Scenario) -> None:
    assert sum(len(lines) for lines in all_lines(scenario)) > 500


def copy_of(tmp_path: Path, change: dict[str, object] | None = None, text: str | None = None) -> Path:
    """The default scenario with something changed."""
    content = yaml.safe_load((SCENARIOS / f"{DEFAULT}.yml").read_text(encoding="utf-8"))
    file = tmp_path / "proef.yml"
    file.write_text(text if text is not None else yaml.safe_dump({**content, **(change or {})}), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"room": "misschien"}, "proef.yml › room: 'misschien' kan hier niet; mogelijk zijn: fixed, open, unknown"),
        ({"kleur": "rood"}, "onbekend veld 'kleur'"),
        ({"opening": "één regel"}, "proef.yml › opening: hier hoort een lijst te staan"),
        ({"start": {"tension": 120, "heard": 8, "floor": 20}}, "start › tension: hier hoort een getal van 0 tot 100"),
        ({"reactions": {"acknowledge": {"any": ["Ja."]}}}, "'acknowledge' kan hier niet"),
        ({"opening": [None]}, "opening › nr. 1: hier hoort tekst te staan"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_cure(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ScenarioError) as error:
        load_scenario(copy_of(tmp_path, change))
    assert complaint in str(error.value)


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="proef.yml, regel 2: geen geldige YAML"):
        load_scenario(copy_of(tmp_path, text="id: proef\ntitle: ja: nee\n"))


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="veld 'title' ontbreekt"):
        load_scenario(copy_of(tmp_path, text="id: proef"))


def test_an_empty_folder_and_a_double_id_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="geen enkel scenario"):
        load_scenarios(tmp_path)
    copy_of(tmp_path).rename(tmp_path / "a.yml")
    copy_of(tmp_path).rename(tmp_path / "b.yml")
    with pytest.raises(ScenarioError, match="bestaat al"):
        load_scenarios(tmp_path)


def faults(scenario: Scenario) -> str:
    """All complaints in one text."""
    return "\n".join(lint(scenario))


def test_a_missing_cell(evening: Scenario) -> None:
    without: dict[Deed, Lines] = {
        deed: lines for deed, lines in evening.reactions.any_phase.items() if deed is not Deed.SPECULATE
    }
    reactions = replace(evening.reactions, any_phase=without)
    assert "reactions › speculate › tense: geen enkele regel" in faults(replace(evening, reactions=reactions))


def test_a_line_that_stands_there_twice(evening: Scenario) -> None:
    assert "staat er 2 keer in" in faults(
        replace(evening, bridges=(*evening.bridges, Line("Hoe durft u! Hoe dúrft u!")))
    )


def test_too_few_lines_for_twenty_turns(evening: Scenario) -> None:
    few = {**evening.reactions.any_deed, Phase.OUT_OF_CONTROL: (Line("Weg!"),)}
    reactions = Reactions(evening.reactions.by_deed, evening.reactions.any_phase, few)
    assert "out_of_control: 1 regels, nodig zijn er 20" in faults(replace(evening, reactions=reactions))


def test_a_moment_nobody_can_have_named(evening: Scenario) -> None:
    any_phase = {**evening.reactions.any_phase, Deed.DISMISS: (Line("{When} dan maar."),)}
    reactions = replace(evening.reactions, any_phase=any_phase)
    assert "dismiss: {when} kan hier niet" in faults(replace(evening, reactions=reactions))


def test_what_cannot_be_reached(evening: Scenario) -> None:
    too_much = tuple(replace(each, needs_heard=95) for each in evening.disclosures)
    unheard_of = tuple(replace(each, concern="fiets") for each in evening.disclosures)
    assert "needs_heard 95 is niet haalbaar" in faults(replace(evening, disclosures=too_much))
    assert "geen zorg met id 'fiets'" in faults(replace(evening, disclosures=unheard_of))


def test_a_question_without_an_owner(evening: Scenario) -> None:
    bare = Question(
        "x",
        "iets",
        QuestionStatus.UNKNOWN,
        ("zwembad",),
        (Line("Hoe diep?"),),
        (Line("Hoe diep dan?"),),
        (),
        "Geen idee.",
    )
    found = faults(replace(evening, questions=(bare,)))
    assert "questions › x › owner en when horen erbij" in found
    assert "de voorbeeldzin noemt niet wie en wanneer" in found


def test_a_concern_that_says_nothing_when_asked(evening: Scenario) -> None:
    silent = replace(evening.concerns[0], told={Asked.STORY: evening.concerns[0].told[Asked.STORY]})
    assert "told › need: geen enkele regel" in faults(replace(evening, concerns=(silent, *evening.concerns[1:])))
