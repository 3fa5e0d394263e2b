"""Rasa's own record of conversations (its SQL tracker store): what is past its term goes from there too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from bot.storage.engine import make_engine, parsed
from bot.storage.failures import translated

SILENT = "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < :before"
ERASE = "DELETE FROM events WHERE sender_id = :name"


def remove_conversations(url: str, before: datetime) -> int:
    """Erase every conversation in which nothing was said since then; how many. A database without them has none.

    Raises bot.services.ports.StoreUnavailable.
    """
    address = parsed(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database).is_file():
        return 0
    engine = make_engine(url)
    try:
        with translated(address), engine.connect().execution_options(writing=True) as connection:
            if not inspect(connection).has_table("events"):
                return 0
            names = connection.execute(text(SILENT), {"before": before.timestamp()}).scalars().all()
            if names:
                connection.execute(text(ERASE), [{"name": name} for name in names])
            connection.commit()
            return len(names)
    finally:
        engine.dispose()
