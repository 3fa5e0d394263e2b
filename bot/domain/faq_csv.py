"""The FAQ as CSV. Dutch Excel's habits are understood: a byte order mark, semicolons, dates as 31-12-2026."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bot.domain.faq import FaqEntry
from bot.domain.faq_sheet import COLUMNS, FaqFileError, Problem, Rows, cells_of, read_sheet


def decode_csv(data: bytes) -> str:
    """A file's text: UTF-8 with or without byte order mark, else what Excel on a Dutch Windows writes (cp1252)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def csv_rows(text: str) -> Rows:
    """The rows of a CSV text with commas, semicolons or tabs. Raises FaqFileError."""
    text = text.removeprefix("\ufeff")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise FaqFileError([Problem(1, "", f"dit is geen leesbaar CSV-bestand ({error}).")]) from error


def parse_faq_csv(text: str) -> tuple[FaqEntry, ...]:
    """The entries in a CSV text, in its order. Raises FaqFileError when any row has a fault."""
    return read_sheet(csv_rows(text)).all_right()


def format_faq_csv(entries: Iterable[FaqEntry]) -> str:
    """CSV text that `parse_faq_csv` reads back, and that Dutch Excel opens in columns (byte order mark, semicolons)."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(cells_of(entry) for entry in entries)
    return out.getvalue()


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)
