"""Progress news."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.engine import Connection

from bot.domain.faq import EntryState
from bot.domain.news import NewsItem
from bot.storage.tables import news

FIELDS = ("title", "text", "version", "published_at", "saved_at", "account_id")


class SqlNews:
    """See `bot.services.ports.NewsRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, item: NewsItem) -> int:
        """See the port."""
        return int(self._connection.execute(news.insert().values(**_values(item))).inserted_primary_key[0])

    def get(self, news_id: int) -> NewsItem | None:
        """See the port."""
        row = self._connection.execute(select(news).where(news.c.id == news_id)).mappings().first()
        return None if row is None else _as_item(row)

    def save(self, item: NewsItem) -> None:
        """See the port."""
        self._connection.execute(update(news).where(news.c.id == item.id).values(**_values(item)))

    def all(self, state: EntryState | None = None, limit: int = 200) -> tuple[NewsItem, ...]:
        """See the port."""
        unpublished = case((news.c.published_at.is_(None), 0), else_=1)
        query = select(news).order_by(unpublished, news.c.published_at.desc(), news.c.id.desc()).limit(limit)
        rows = self._connection.execute(query if state is None else query.where(news.c.state == state.value))
        return tuple(_as_item(row) for row in rows.mappings())


def _values(item: NewsItem) -> dict[str, Any]:
    return {**{name: getattr(item, name) for name in FIELDS}, "state": item.state.value}


def _as_item(row: Any) -> NewsItem:
    return NewsItem(**{name: row[name] for name in FIELDS}, id=row["id"], state=EntryState(row["state"]))
