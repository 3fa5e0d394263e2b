"""Embeddings computed before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.domain.understanding import Vector
from bot.storage.tables import vectors
from bot.storage.types import packed, unpacked
from bot.storage.writing import insert_new

CHUNK = 500
"""Keys in one query: well under what either database takes."""


class SqlVectors:
    """See `bot.services.ports.VectorCache`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, keys: Collection[str]) -> Mapping[str, Vector]:
        """See the port."""
        wanted = list(keys)
        found: dict[str, Vector] = {}
        for start in range(0, len(wanted), CHUNK):
            query = select(vectors).where(vectors.c.digest.in_(wanted[start : start + CHUNK]))
            found.update((row.digest, unpacked(row.vector)) for row in self._connection.execute(query))
        return found

    def put(self, new: Mapping[str, Vector]) -> None:
        """See the port."""
        for key in sorted(new):  # in one order, so that two who put the same cannot wait for each other
            insert_new(self._connection, vectors, {"digest": key, "vector": packed(new[key])})
