"""How values lie in the database."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import numpy as np
from sqlalchemy import DateTime, Text
from sqlalchemy.types import TypeDecorator

from bot.domain.signs import whole_signs
from bot.domain.understanding import Vector


class UtcDateTime(TypeDecorator):  # type: ignore[misc]  # SQLAlchemy 1.4 ships no types
    """An aware datetime, kept in UTC on both databases; SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuses a naive datetime: nobody could tell which clock it came from."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value}: the store wants aware ones, in UTC")
        utc = value.astimezone(timezone.utc)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Aware, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class JsonText(TypeDecorator):  # type: ignore[misc]
    """JSON as text: the same on both databases, readable by hand, never searched."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Compact, Dutch letters as they are; half a surrogate pair, which no database takes, becomes U+FFFD."""
        if value is None:
            return None
        return whole_signs(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """What was put in."""
        return None if value is None else json.loads(value)


def packed(vector: Vector | None) -> bytes | None:
    """Half precision, little-endian: 768 bytes for 384 dimensions."""
    return None if vector is None else np.asarray(vector, dtype="<f2").tobytes()


def unpacked(data: bytes) -> Vector:
    """The vector again, as float32."""
    return np.frombuffer(data, dtype="<f2").astype(np.float32)
