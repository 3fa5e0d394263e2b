"""The municipality's first answers: faq.csv, read while the store has none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.services.answers import all_entries, import_entries
from bot.services.ports import Store

FILE: Final = "faq.csv"


def load_first_answers(store: Store, folder: Path, now: datetime) -> int:
    """How many were loaded: 0 once the store has answers, since from then on they are the review desk's.

    Raises FaqCsvError that names row and column.
    """
    path = folder / FILE
    if all_entries(store) or not path.is_file():
        return 0
    rows = parse_faq_csv(decode_csv(path.read_bytes()))
    import_entries(store, rows, now=now)
    return len(rows)
