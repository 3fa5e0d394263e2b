"""Rasa's own record of conversations (its SQL tracker store): what is past its term goes from there too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

BUSY_SECONDS = 30


def remove_conversations(path: Path, before: datetime) -> int:
    """Erase every conversation in which nothing was said since then; how many. A file that is not there has none."""
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection, connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return 0
        silent = "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < ?"
        names = connection.execute(silent, (before.timestamp(),)).fetchall()
        connection.executemany("DELETE FROM events WHERE sender_id = ?", names)
    return len(names)
