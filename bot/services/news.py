"""Progress news: written at the desk, read on the public page, sent to who follows it (VNG 6.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.faq import EntryState
from bot.domain.news import MAX_NEWS_CHARS, MAX_TITLE_CHARS, NewsItem
from bot.services.audit import note
from bot.services.editing import name_of
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.ports import Store, Subject, Unit
from bot.services.subscriptions import tell_subscribers


def published_news(store: Store, limit: int = 50) -> tuple[NewsItem, ...]:
    """What everybody may read, the latest first."""
    with store.view() as work:
        return work.news.all(EntryState.PUBLISHED, limit)


def all_news(store: Store) -> tuple[NewsItem, ...]:
    """Drafts first, then the latest published."""
    with store.view() as work:
        return work.news.all()


def news_item(store: Store, news_id: int) -> NewsItem:
    """One item. Raises NotFound."""
    with store.view() as work:
        return _existing(work, news_id)


def save_news(
    store: Store,
    *,
    news_id: int | None,
    expected_version: int,
    title: str,
    text: str,
    state: EntryState,
    account_id: int,
    now: datetime,
    tell: bool = False,
) -> tuple[NewsItem, int]:
    """Write an item, a new one without `news_id`; also how many people will be told.

    tell: send it to everybody who follows the news and was not told about this item before; only when it is published.
    Raises NotFound, ChangedByOther, and NotPossible for an empty or too long text.
    """
    title, text = " ".join(title.split()), text.strip()
    _check(title, text)
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        known = _unchanged(work, news_id, expected_version) if news_id is not None else NewsItem("", "")
        first = now if state is EntryState.PUBLISHED else None
        item = replace(
            known, title=title, text=text, state=state, version=known.version + 1, saved_at=now, account_id=account_id,
            published_at=known.published_at or first,
        )  # fmt: skip
        if known.id:
            work.news.save(item)
        else:
            item = replace(item, id=work.news.add(item))
        told = 0
        if tell and state is EntryState.PUBLISHED:
            told = tell_subscribers(work, news_id=item.id, title=title, text=text, now=now)
        note(work, now, account_id, state.value, f"news:{item.id}", version=item.version, notices=told)
        work.commit()
        return item, told


def _check(title: str, text: str) -> None:
    if not title or not text:
        raise NotPossible("Vul een kop en een tekst in.")
    for what, given, most in (("De kop", title, MAX_TITLE_CHARS), ("De tekst", text, MAX_NEWS_CHARS)):
        if len(given) > most:
            raise NotPossible(f"{what} is {len(given)} tekens lang; er passen er {most}.")


def _existing(work: Unit, news_id: int) -> NewsItem:
    found = work.news.get(news_id)
    if found is None:
        raise NotFound(f"Er is geen nieuwsbericht met nummer {news_id}.")
    return found


def _unchanged(work: Unit, news_id: int, expected_version: int) -> NewsItem:
    known = _existing(work, news_id)
    if known.version != expected_version:
        name = name_of(work, known.account_id)
        raise ChangedByOther(f"{name} heeft dit bericht intussen veranderd. Bekijk eerst wat er nu staat.", name)
    return known
