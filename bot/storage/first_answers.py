"""The municipality's first answers: faq.csv or faq.xlsx, read while the store has none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.services.answers import all_entries, import_entries
from bot.services.ports import Store
from bot.storage.faq_files import faq_file_in, read_faq_file


def load_first_answers(store: Store, folder: Path, now: datetime) -> int:
    """How many were loaded: 0 once the store has answers, since from then on they are the review desk's.

    Raises FaqFileError that names row and column.
    """
    path = faq_file_in(folder)
    if path is None or all_entries(store):
        return 0
    rows = read_faq_file(path.read_bytes()).all_right()
    import_entries(store, rows, now=now)
    return len(rows)
