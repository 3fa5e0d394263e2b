"""The municipality's answers: publish once for everybody who asked, keep every version, import and export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.dutch_days import local_day
from bot.domain.faq import (
    MAX_ANSWER_CHARS,
    MAX_QUESTION_CHARS,
    EntryState,
    FaqEntry,
    FaqVersion,
    ImportReport,
    Published,
)
from bot.domain.notices import answer_notice, changed_notice
from bot.domain.questions import Cluster, QuestionKind, QuestionState, same_words
from bot.services.audit import note
from bot.services.editing import cluster_for, name_of, save
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.ports import Store, Subject, Unit
from bot.services.telling import tell


def faq_revision(store: Store) -> int:
    """Rises, in the same transaction, whenever what is published changes: cheap to ask before every answer."""
    with store.view() as work:
        return work.faq.revision()


def published_entries(store: Store) -> tuple[FaqEntry, ...]:
    """Everything that may answer somebody now, phrasings included, in order of id."""
    with store.view() as work:
        return work.faq.all(EntryState.PUBLISHED)


def all_entries(store: Store) -> tuple[FaqEntry, ...]:
    """Drafts and withdrawn ones too, in order of id."""
    with store.view() as work:
        return work.faq.all()


def entry(store: Store, entry_id: str) -> FaqEntry:
    """One entry as it now is. Raises NotFound."""
    with store.view() as work:
        return _existing(work, entry_id)


def versions(store: Store, entry_id: str) -> tuple[FaqVersion, ...]:
    """What an entry said before, newest first. Raises NotFound."""
    with store.view() as work:
        _existing(work, entry_id)
        return work.faq.versions(entry_id)


def publish_answer(
    store: Store,
    *,
    cluster_id: int,
    expected_version: int,
    account_id: int,
    question: str,
    answer: str,
    kind: QuestionKind,
    topic: str,
    owner: str,
    type: str | None,
    now: datetime,
    entry_id: str | None = None,
    entry_version: int | None = None,
    review_by: date | None = None,
    source: str = "",
) -> Published:
    """Answer a row for everybody in it, in one transaction.

    The answer becomes a new entry ('v<number of the first question>'), or the next version of `entry_id`; the questions
    become its phrasings and are answered; one notice is queued for each asker who wanted one. `entry_version`: the
    version of `entry_id` that was seen, when that must not have changed either.

    Raises ChangedByOther (nothing is published over what the team has not seen), NotFound for an unknown `entry_id`,
    NotPossible for an empty or too long text or a row that is closed.
    """
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        work.lock(Subject.ENTRIES)
        known = _existing(work, entry_id) if entry_id else None
        if known is not None and entry_version is not None:
            _unchanged_since(work, known, entry_version)
        text = FaqEntry(
            id=known.id if known else _new_id(work, found), question=question.strip(), answer=answer.strip(), kind=kind,
            topic=topic, owner=owner, type=type, version=known.version + 1 if known else 1, published_on=local_day(now),
            review_by=review_by, source=source or (known.source if known else ""),
        )  # fmt: skip
        _save(work, text, account_id, now)
        published = _answer_cluster(work, found, text.id, account_id, now)
        work.commit()
        return published


def answer_with_entry(
    store: Store, *, cluster_id: int, expected_version: int, account_id: int, entry_id: str, now: datetime
) -> Published:
    """Answer a row with a published entry as it is; notices and phrasings as in `publish_answer`.

    Raises ChangedByOther, NotFound, and NotPossible when the entry is not published.
    """
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        work.lock(Subject.ENTRIES)
        if _existing(work, entry_id).state is not EntryState.PUBLISHED:
            raise NotPossible("Dit antwoord is niet gepubliceerd.")
        published = _answer_cluster(work, found, entry_id, account_id, now)
        work.faq.raise_revision()
        work.commit()
        return published


def save_entry(
    store: Store,
    changed: FaqEntry,
    *,
    expected_version: int,
    account_id: int | None,
    now: datetime,
    tell_askers: bool = False,
) -> Published:
    """Write an entry apart from any question: a new one with `expected_version` 0, else its next version.

    State, texts and dates are taken from `changed`, its phrasings and version are not. A published one without
    `published_on` gets today's. tell_askers: send the new text to everybody who got this answer and wanted a notice.
    Raises ChangedByOther, and NotPossible for an empty or too long text.
    """
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        known = work.faq.get(changed.id)
        _unchanged_since(work, known, expected_version)
        day = changed.published_on or (local_day(now) if changed.state is EntryState.PUBLISHED else None)
        saved = replace(changed, version=expected_version + 1, published_on=day)
        _save(work, saved, account_id, now)
        askers = work.questions.answered_with(saved.id) if tell_askers else ()
        told = saved.state is EntryState.PUBLISHED
        notices = tell(work, askers, saved, changed_notice, now) if told else 0
        work.commit()
        return Published(replace(saved, phrasings=known.phrasings if known else ()), notices)


def withdraw_entry(store: Store, *, entry_id: str, expected_version: int, account_id: int, now: datetime) -> FaqEntry:
    """From now on it answers nobody. Raises NotFound, ChangedByOther."""
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        known = _existing(work, entry_id)
        _unchanged_since(work, known, expected_version)
        withdrawn = replace(known, state=EntryState.WITHDRAWN, version=known.version + 1)
        _save(work, withdrawn, account_id, now)
        work.commit()
        return withdrawn


def link_phrasing(store: Store, *, entry_id: str, text: str, account_id: int, now: datetime) -> FaqEntry:
    """Let another way to ask lead to this entry from now on. Raises NotFound."""
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        _existing(work, entry_id)
        if work.faq.link(entry_id, text.strip(), None, now):
            note(work, now, account_id, "phrasing_linked", f"entry:{entry_id}")
            work.faq.raise_revision()
        linked = _existing(work, entry_id)
        work.commit()
        return linked


def unlink_phrasing(store: Store, *, entry_id: str, text: str, account_id: int, now: datetime) -> FaqEntry:
    """Undo a phrasing that led to the wrong entry. Raises NotFound."""
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        _existing(work, entry_id)
        if not work.faq.unlink(entry_id, text):
            raise NotFound("Deze formulering hoort niet (meer) bij dit antwoord.")
        note(work, now, account_id, "phrasing_unlinked", f"entry:{entry_id}")
        work.faq.raise_revision()
        rest = _existing(work, entry_id)
        work.commit()
        return rest


def import_entries(
    store: Store, rows: Sequence[FaqEntry], *, now: datetime, account_id: int | None = None, keep: bool = True
) -> ImportReport:
    """Publish what a file holds (`bot.domain.faq_sheet.read_sheet`), all rows or none.

    An entry with the same texts is left alone; one that the team withdrew stays withdrawn. keep: False tells what
    would happen, and changes nothing.
    """
    with store.unit() as work:
        work.lock(Subject.ENTRIES)
        known = {each.id: each for each in work.faq.all()}
        outcome = [(row.id, _import(work, row, known.get(row.id), account_id, now)) for row in rows]
        done = {what: _ids(outcome, what) for what in ("added", "changed", "unchanged", "left_withdrawn")}
        report = ImportReport(**done, not_in_file=_not_in_file(known, rows))
        if keep and (report.added or report.changed):
            work.commit()
        return report


def _existing(work: Unit, entry_id: str) -> FaqEntry:
    found = work.faq.get(entry_id)
    if found is None:
        raise NotFound(f"Er is geen antwoord met de naam {entry_id}.")
    return found


def _unchanged_since(work: Unit, known: FaqEntry | None, expected_version: int) -> None:
    version = known.version if known else 0
    if version == expected_version:
        return
    if known is None:
        raise NotFound("Dit antwoord bestaat niet meer.")
    history = work.faq.versions(known.id)
    name = name_of(work, history[0].account_id if history else None)
    raise ChangedByOther(f"{name} heeft dit antwoord intussen veranderd. Bekijk eerst wat er nu staat.", name)


def _save(work: Unit, saved: FaqEntry, account_id: int | None, now: datetime) -> None:
    """Keep a version, in the log and in the revision, whatever its state: a draft may have been published before."""
    if not saved.question.strip() or not saved.answer.strip():
        raise NotPossible("Vul een vraag en een antwoord in.")
    if len(saved.question) > MAX_QUESTION_CHARS:
        raise NotPossible(f"De vraag is {len(saved.question)} tekens lang; er passen er {MAX_QUESTION_CHARS}.")
    if len(saved.answer) > MAX_ANSWER_CHARS:
        raise NotPossible(f"Het antwoord is {len(saved.answer)} tekens lang; er passen er {MAX_ANSWER_CHARS}.")
    work.faq.save(saved, account_id, now)
    work.faq.raise_revision()
    note(work, now, account_id, saved.state.value, f"entry:{saved.id}", version=saved.version)


def _new_id(work: Unit, cluster: Cluster) -> str:
    wanted = f"v{cluster.questions[0].number}"
    number, taken = 1, wanted
    while work.faq.get(taken) is not None:
        number += 1
        taken = f"{wanted}-{number}"
    return taken


def _answer_cluster(work: Unit, cluster: Cluster, entry_id: str, account_id: int, now: datetime) -> Published:
    for question in cluster.questions:
        answered = replace(question, state=QuestionState.ANSWERED, answered_by=entry_id, answered_at=now)
        work.questions.save(answered)
    _link_all(work, cluster, _existing(work, entry_id), now)
    text = _existing(work, entry_id)
    notices = tell(work, cluster.questions, text, answer_notice, now)
    closed = replace(cluster, state=QuestionState.ANSWERED, claimed_by=None)
    save(work, closed, now, account_id, "answered", entry=entry_id, version=text.version, notices=notices)
    return Published(text, notices)


def _link_all(work: Unit, cluster: Cluster, text: FaqEntry, now: datetime) -> None:
    for question in cluster.questions:
        if same_words(question.text) != same_words(text.question):
            work.faq.link(text.id, question.text, question.number, now)


def _import(work: Unit, row: FaqEntry, known: FaqEntry | None, account_id: int | None, now: datetime) -> str:
    if known is None:
        _save(work, replace(row, version=1, published_on=row.published_on or local_day(now)), account_id, now)
        return "added"
    if known.state is EntryState.WITHDRAWN:
        return "left_withdrawn"
    same = replace(
        row, version=known.version, phrasings=known.phrasings, type=row.type or known.type,
        published_on=row.published_on or known.published_on, review_by=row.review_by or known.review_by,
        source=row.source or known.source,
    )  # fmt: skip
    if same == known:
        return "unchanged"
    changed = replace(same, version=known.version + 1, published_on=row.published_on or local_day(now))
    _save(work, changed, account_id, now)
    return "changed"


def _not_in_file(known: Mapping[str, FaqEntry], rows: Sequence[FaqEntry]) -> tuple[str, ...]:
    named = {row.id for row in rows}
    return tuple(each.id for each in known.values() if each.state is EntryState.PUBLISHED and each.id not in named)


def _ids(outcome: Iterable[tuple[str, str]], what: str) -> tuple[str, ...]:
    return tuple(entry_id for entry_id, done in outcome if done == what)
