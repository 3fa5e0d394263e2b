"""The municipality's answers, their history and their phrasings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.domain.faq import EntryState, FaqEntry, FaqVersion
from bot.domain.questions import QuestionKind, same_words
from bot.storage.tables import counters, faq_entries, faq_phrasings, faq_versions
from bot.storage.writing import digest, insert_new

FIELDS = tuple(field.name for field in fields(FaqEntry) if field.name != "phrasings")
REVISION = "faq_revision"


class SqlFaq:
    """See `bot.services.ports.FaqRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> int:
        """See the port."""
        value = self._connection.execute(select(counters.c.value).where(counters.c.name == REVISION)).scalar()
        return int(value or 0)

    def raise_revision(self) -> int:
        """See the port."""
        raised = update(counters).where(counters.c.name == REVISION).values(value=counters.c.value + 1)
        self._connection.execute(raised)
        return self.revision()

    def all(self, state: EntryState | None = None) -> tuple[FaqEntry, ...]:
        """See the port."""
        query = select(faq_entries).order_by(faq_entries.c.id)
        return self._load(query if state is None else query.where(faq_entries.c.state == state.value))

    def get(self, entry_id: str) -> FaqEntry | None:
        """See the port."""
        found = self._load(select(faq_entries).where(faq_entries.c.id == entry_id))
        return found[0] if found else None

    def save(self, entry: FaqEntry, account_id: int | None, now: datetime) -> None:
        """See the port."""
        values = {name: getattr(entry, name) for name in FIELDS}
        values |= {"kind": entry.kind.value, "state": entry.state.value}
        if not insert_new(self._connection, faq_entries, values):
            self._connection.execute(update(faq_entries).where(faq_entries.c.id == entry.id).values(**values))
        kept = {"entry_id": entry.id, "version": entry.version, "account_id": account_id, "saved_at": now}
        self._connection.execute(faq_versions.insert().values(**kept, texts=_as_json(values)))

    def versions(self, entry_id: str) -> tuple[FaqVersion, ...]:
        """See the port."""
        query = select(faq_versions).where(faq_versions.c.entry_id == entry_id).order_by(faq_versions.c.version.desc())
        rows = self._connection.execute(query).mappings()
        return tuple(FaqVersion(_from_json(row["texts"]), row["account_id"], row["saved_at"]) for row in rows)

    def link(self, entry_id: str, text: str, question_number: int | None, now: datetime) -> bool:
        """See the port."""
        words = digest(same_words(text))
        values = {"entry_id": entry_id, "text": text, "words_digest": words, "question_number": question_number}
        return insert_new(self._connection, faq_phrasings, {**values, "linked_at": now})

    def unlink(self, entry_id: str, text: str) -> bool:
        """See the port."""
        same = faq_phrasings.c.words_digest == digest(same_words(text))
        result = self._connection.execute(delete(faq_phrasings).where(faq_phrasings.c.entry_id == entry_id, same))
        return bool(result.rowcount)

    def _load(self, query: Any) -> tuple[FaqEntry, ...]:
        rows = self._connection.execute(query).mappings().all()
        phrasings = self._phrasings([row["id"] for row in rows])
        return tuple(_as_entry(row, tuple(phrasings.get(row["id"], ()))) for row in rows)

    def _phrasings(self, ids: Sequence[str]) -> Mapping[str, list[str]]:
        query = select(faq_phrasings.c.entry_id, faq_phrasings.c.text).order_by(faq_phrasings.c.id)
        if len(ids) == 1:
            query = query.where(faq_phrasings.c.entry_id == ids[0])
        found: dict[str, list[str]] = {}
        for entry_id, text in self._connection.execute(query) if ids else ():
            found.setdefault(entry_id, []).append(text)
        return found


def _as_entry(row: Mapping[str, Any], phrasings: tuple[str, ...]) -> FaqEntry:
    values = {name: row[name] for name in FIELDS}
    values |= {"kind": QuestionKind(row["kind"]), "state": EntryState(row["state"])}
    return FaqEntry(**values, phrasings=phrasings)


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _from_json(texts: Mapping[str, Any]) -> FaqEntry:
    days = {name: date.fromisoformat(texts[name]) for name in ("published_on", "review_by") if texts[name]}
    return _as_entry({**texts, **days}, ())
