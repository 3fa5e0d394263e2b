"""Files with answers: CSV and XLSX, in and out. What a file is, is seen from its content, not from its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.domain.faq import FaqEntry
from bot.domain.faq_csv import csv_rows, decode_csv, format_faq_csv
from bot.domain.faq_sheet import COLUMNS, MAX_ROWS, FaqFileError, Problem, Rows, Sheet, cells_of, read_date, read_sheet

ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
MAX_COLUMNS: Final = 50
MAX_UNPACKED_BYTES: Final = 50 * 1024 * 1024
"""A workbook is a packed archive: a small one can be made to unpack to more than the memory holds."""
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS: Final = {"question": 45, "answer": 80, "owner": 28, "type": 24, "source": 40, "topic": 16}
DATES: Final = ("reviewed_on", "review_by")


def read_faq_file(data: bytes) -> Sheet:
    """The answers in a CSV or XLSX file, with the faults of rows that have one. Raises FaqFileError."""
    if data.startswith(OLD_OFFICE):
        raise _unreadable("dit is een Excel-bestand van voor 2007; sla het op als .xlsx of .csv")
    return read_sheet(xlsx_rows(data) if data.startswith(ZIP) else csv_rows(decode_csv(data)))


def write_faq_file(entries: Iterable[FaqEntry], suffix: str) -> bytes:
    """The answers as '.csv' or '.xlsx', such as `read_faq_file` reads back. Raises ValueError for another suffix."""
    if suffix == ".csv":
        return format_faq_csv(entries).encode()
    if suffix == ".xlsx":
        return to_xlsx(entries)
    raise ValueError(f"'{suffix}' is not a kind of file that answers are kept in: use .csv or .xlsx.")


def faq_file_in(folder: Path) -> Path | None:
    """faq.csv, or else faq.xlsx."""
    return next((path for name in ("faq.csv", "faq.xlsx") if (path := folder / name).is_file()), None)


def xlsx_rows(data: bytes) -> Rows:
    """The cells of the first sheet of a workbook, as text. Raises FaqFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise _unreadable("uitgepakt is het te groot; zet alleen de antwoorden in het bestand")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = list(_rows(book.worksheets[0]))
    except FaqFileError:
        raise
    except Exception as error:  # openpyxl and the packing under it raise whatever they stumble over
        raise _unreadable("sla het in Excel of LibreOffice opnieuw op als .xlsx of .csv") from error
    book.close()
    return rows


def to_xlsx(entries: Iterable[FaqEntry]) -> bytes:
    """A workbook with one sheet, header frozen."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Antwoorden"
    sheet.append(COLUMNS)
    for entry in entries:
        sheet.append([""] * len(COLUMNS))
        for name, cell, text in zip(COLUMNS, sheet[sheet.max_row], cells_of(entry), strict=True):
            _fill(cell, name, text)
    for number, name in enumerate(COLUMNS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 14)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(sheet: Any) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        if number > 2 * MAX_ROWS:  # blank rows in between are allowed for, an endless sheet is not
            raise FaqFileError([Problem(number, "", f"er passen {MAX_ROWS} antwoorden in een bestand.")])
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        yield cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _fill(cell: Any, name: str, text: str) -> None:
    day = read_date(text) if name in DATES and text else None
    if day is not None:
        cell.value = day
        cell.number_format = "yyyy-mm-dd"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if isinstance(cell, Cell) and text:
        cell.data_type = "s"  # text stays text: a cell that begins with '=' would come back as a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _unreadable(why: str) -> FaqFileError:
    return FaqFileError([Problem(1, "", f"dit bestand is niet te lezen: {why}.")])
