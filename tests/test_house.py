"""The rules of the house, and that the papers are true. A check that finds nothing to check fails."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from bot.channels.payloads import PAYLOADS
from bot.domain.people import Role
from bot.nlu.roles import COMMANDS, QUESTIONS
from bot.settings import PREFIX, SETTINGS, SettingsError, read_settings
from bot.storage.guides import load_guides

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
NLU = {path.name: yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"] for path in (ROOT / "data/nlu").glob("*.yml")}


def examples(item: dict[str, str]) -> list[str]:
    return [line[2:].strip() for line in item["examples"].splitlines() if line.startswith("- ")]


def bare(example: str) -> str:
    """An example without its annotations."""
    return re.sub(r"\[([^]]*)\]\{[^}]*\}", r"\1", example).casefold().strip()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_stands_in_the_readme_with_its_default_and_meaning(setting) -> None:
    row = next((line for line in README.splitlines() if line.startswith(f"| `{PREFIX}{setting.name}`")), "")
    assert setting.help in row
    assert f"`{setting.default}`" in row or not setting.default


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("WEB_PORT", "tachtig", "'tachtig'.*whole number from 1 to 65535"),
        ("WEB_PORT", "0", "'0'.*from 1 to 65535"),
        ("REPLY_TIMEOUT_SECONDS", "900", "from 1 to 120"),
        ("WEBPORT", "80", "WEBPORT is not a setting"),
    ],
)
def test_a_wrong_setting_is_named_with_the_cure(name: str, value: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        read_settings({PREFIX + name: value})


def test_every_file_the_papers_link_to_exists() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [
        (paper, link)
        for paper in papers
        for link in re.findall(r"\]\((?!https?://|mailto:)([^)#]+)", paper.read_text(encoding="utf-8"))
    ]
    assert len(links) > 5
    assert [f"{paper.name}: {link}" for paper, link in links if not (paper.parent / link).exists()] == []


def test_no_example_is_given_for_two_intents() -> None:
    seen: dict[str, set[str]] = {}
    for items in NLU.values():
        for item in items:
            for example in examples(item):
                seen.setdefault(bare(example), set()).add(item["intent"])
    assert len(seen) > 8_000
    assert {text: names for text, names in seen.items() if len(names) > 1} == {}


def test_each_guide_entry_has_phrasings_and_each_phrasing_an_entry() -> None:
    asked = {item["intent"].partition("/")[2] for items in NLU.values() for item in items if "guide/" in item["intent"]}
    known = {entry.id for entry in load_guides()}
    assert known - asked == set()
    assert asked - known == set()


def test_all_51_points_and_all_vng_sections_are_covered() -> None:
    points = {(entry.guide, point) for entry in load_guides() for point in entry.points}
    sections = "3 4.1 4.2 5.1 5.2 6.1 6.2 6.3 6.4 6.5 7.1 7.2 7.3 7.4 8.1 8.2 9".split()
    assert {str(number) for number in range(1, 52)} <= {point for guide, point in points if guide == "dialoog"}
    assert set(sections) <= {point for guide, point in points if guide == "vng"}


def test_what_is_kept_aside_is_never_trained_on() -> None:
    trained = {bare(example) for items in NLU.values() for item in items for example in examples(item)}
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "tests/heldout").glob("*.yml")]
    lists = [rows for file in files for rows in (file.values() if isinstance(file, dict) else [file])]
    kept = [row.get("q") or row.get("text") for rows in lists for row in rows]
    assert len(kept) > 800
    assert [text for text in kept if bare(text) in trained] == []


@pytest.mark.parametrize("role", list(Role))
def test_every_intent_a_role_can_have_is_in_the_domain_and_has_examples(role: Role) -> None:
    named = {item["intent"].partition("/")[0] for items in NLU.values() for item in items}
    for intent in COMMANDS[role] | QUESTIONS[role] | PAYLOADS[role]:
        assert intent in DOMAIN["intents"]
        assert intent in named


def test_every_action_in_the_domain_is_written_and_the_other_way_round() -> None:
    written = set()
    for path in (ROOT / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                written |= {each.value.value for each in ast.walk(node) if isinstance(each, ast.Return)}
    assert written == set(DOMAIN["actions"])


def test_no_registry_address_stands_in_a_lock_file() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        assert not re.search(
            r"https?://(?!www\.npmjs\.com/package)[^ \"]*(pypi|npmjs|registry)", (ROOT / name).read_text()
        )


def test_the_actions_decide_nothing() -> None:
    """Thin classes: no method longer than fifteen lines."""
    lengths = {
        f"{path.name}:{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno
        for path in (ROOT / "actions").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert len(lengths) > 40
    assert {name: lines for name, lines in lengths.items() if lines > 15} == {}
