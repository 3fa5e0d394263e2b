"""Files with answers, as people hand them over."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain.faq import FaqEntry
from bot.domain.faq_sheet import COLUMNS, REQUIRED, FaqFileError
from bot.domain.questions import QuestionKind
from bot.storage.faq_files import faq_file_in, read_faq_file, write_faq_file

EXAMPLE = Path("bot/content/municipality")
ENTRY = FaqEntry(
    "z01", "Hoeveel mensen?", "=240 mensen.\n\"Ja\"; echt, é", QuestionKind.FACTUAL, "aantallen", "COA", "parking",
    published_on=date(2026, 3, 1), review_by=date(2026, 12, 31), source="https://x.example",
)  # fmt: skip


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_reads_back(suffix: str) -> None:
    entries = (ENTRY, replace(ENTRY, id="z02", type=None, review_by=None, kind=QuestionKind.POLITICAL))
    assert read_faq_file(write_faq_file(entries, suffix)).all_right() == entries


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_example_survives_the_round_trip(suffix: str) -> None:
    entries = read_faq_file((EXAMPLE / "faq.csv").read_bytes()).all_right()
    assert read_faq_file(write_faq_file(entries, suffix)).all_right() == entries


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = load_workbook(io.BytesIO(write_faq_file([ENTRY], ".xlsx")))
    assert book.worksheets[0]["C2"].data_type == "s"


def test_cells_that_excel_made_numbers_and_dates_are_read() -> None:
    row = [7, "Hoeveel?", 160.0, "feitelijk", "aantallen", "COA", None, datetime(2026, 3, 1), date(2026, 12, 31)]
    (entry,) = read_faq_file(workbook([*COLUMNS[:9]], row)).all_right()
    assert (entry.id, entry.answer, entry.published_on) == ("7", "160", date(2026, 3, 1))
    assert entry.review_by == date(2026, 12, 31)


def test_faults_are_named_by_the_row_of_the_spreadsheet() -> None:
    data = workbook([*REQUIRED], [], ["a", "V?", "#REF!", "feitelijk", "t", "o"], ["b", None, "A", "raar", "t", "o"])
    with pytest.raises(FaqFileError) as caught:
        read_faq_file(data).all_right()
    assert [(each.row, each.column) for each in caught.value.problems] == [(3, "answer"), (4, "question"), (4, "kind")]


def test_rows_without_a_fault_are_there_beside_the_faults() -> None:
    sheet = read_faq_file(workbook([*REQUIRED], ["a", "V?", "A", "feitelijk", "t", "o"], ["b"]))
    assert [entry.id for entry in sheet.entries] == ["a"]
    assert {problem.row for problem in sheet.problems} == {3}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xd0\xcf\x11\xe0oud", "van voor 2007"),
        (b"PK\x03\x04geen werkblad", "opnieuw op als .xlsx"),
        (bomb(), "te groot"),
        (workbook(["id", "question"]), "deze kolommen ontbreken"),
        (workbook(), "deze kolommen ontbreken"),
        (b"", "deze kolommen ontbreken"),
    ],
    ids=["old Excel", "broken", "bomb", "columns", "empty book", "empty"],
)
def test_a_file_that_is_no_use_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(FaqFileError, match=complaint):
        read_faq_file(data)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ValueError, match=".csv or .xlsx"):
        write_faq_file([], ".ods")


def test_the_file_in_a_municipality_s_folder_may_be_either(tmp_path: Path) -> None:
    assert faq_file_in(tmp_path) is None
    (tmp_path / "faq.xlsx").write_bytes(b"")
    assert faq_file_in(tmp_path) == tmp_path / "faq.xlsx"
