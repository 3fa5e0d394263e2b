"""Tables as a spreadsheet file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MAX_CELL_CHARS: Final = 32_000
MIN_WIDTH: Final = 10
MAX_WIDTH: Final = 80
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula: what a resident wrote must not run at a colleague's desk."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_xlsx(title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """A workbook with one sheet, its header frozen. Texts are texts, whatever they look like."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for place, row in enumerate([header, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(place, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:MAX_CELL_CHARS]
                cell.data_type = "s"
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, name in enumerate(header, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        longest = max([len(name), *(len(str(row[column - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(MAX_WIDTH, max(MIN_WIDTH, longest + 2))
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
