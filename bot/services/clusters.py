"""The review desk's rows: see, claim, sort out, dismiss. Answering is in `bot.services.answers`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.questions import Cluster, ClusterOrder, ImpactLabel, Question, QuestionKind, QuestionState, same_words
from bot.services.audit import note
from bot.services.editing import cluster_for, save, settle
from bot.services.errors import NotFound, NotPossible
from bot.services.ports import ClusterFilter, NewQuestion, Store, Subject, Unit

MAX_REASON_CHARS = 2000


def open_clusters(
    store: Store,
    *,
    kind: QuestionKind | None = None,
    owner: str | None = None,
    topic: str | None = None,
    state: QuestionState | None = QuestionState.OPEN,
    search: str = "",
    order: ClusterOrder = ClusterOrder.DUE,
    limit: int = 200,
    due_from: date | None = None,
    due_until: date | None = None,
    claimed_by: int | None = None,
    label: ImpactLabel | None = None,
) -> tuple[Cluster, ...]:
    """The desk's rows; None or '' stands for all. `search`: words that must all stand in one of the questions."""
    chosen = ClusterFilter(state, kind, owner, topic, search, order, limit, due_from, due_until, claimed_by, label)
    with store.view() as work:
        return work.clusters.find(chosen)


def cluster(store: Store, cluster_id: int) -> Cluster:
    """One row with its questions. Raises NotFound."""
    with store.view() as work:
        return _existing(work, cluster_id)


def similar_clusters(store: Store, cluster_id: int, *, limit: int = 5) -> tuple[tuple[Cluster, float], ...]:
    """Other open rows that ask nearly the same, with the cosine, nearest first: candidates for merging."""
    with store.view() as work:
        near = work.clusters.near(cluster_id, limit)
        return tuple((_existing(work, other), cosine) for other, cosine in near)


def dismissed_before(store: Store, cluster_id: int) -> tuple[Cluster, ...]:
    """Rows with the same words that the team laid aside earlier, the latest first, with their reasons. Raises NotFound."""
    with store.view() as work:
        asked = {same_words(question.text) for question in _existing(work, cluster_id).questions}
        return tuple(_existing(work, other) for other in work.clusters.dismissed_with_words(asked))


def claim(store: Store, *, cluster_id: int, expected_version: int, account_id: int, now: datetime) -> Cluster:
    """Take a row. Raises ChangedByOther, naming who, when somebody was first."""
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        claimed = save(work, replace(found, claimed_by=account_id), now, account_id, "claimed")
        work.commit()
        return claimed


def release(store: Store, *, cluster_id: int, expected_version: int, account_id: int, now: datetime) -> Cluster:
    """Give a row back; also a colleague's, who may be ill. Raises ChangedByOther."""
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        holder = _existing(work, cluster_id).claimed_by
        found = cluster_for(work, cluster_id, expected_version, account_id if holder is None else holder)
        released = save(work, replace(found, claimed_by=None), now, account_id, "released", held_by=holder)
        work.commit()
        return released


def set_kind(
    store: Store,
    *,
    cluster_id: int,
    expected_version: int,
    account_id: int,
    kind: QuestionKind,
    now: datetime,
    topic: str | None = None,
    owner: str | None = None,
    due_on: date | None = None,
    label: ImpactLabel | None = None,
) -> Cluster:
    """Say what sort of question it is and who answers it; None leaves a field as it is. Raises ChangedByOther.

    The questions in it follow, so that `/vragen` names the owner who will really answer.
    """
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        for question in found.questions:
            work.questions.save(_sorted(question, kind, topic, owner, due_on))
        changed = replace(
            found, kind=kind, topic=topic or found.topic, owner=owner or found.owner, due_on=due_on or found.due_on,
            label=label or found.label,
        )  # fmt: skip
        save(work, changed, now, account_id, "sorted", kind=kind.value, owner=changed.owner)
        saved = _existing(work, cluster_id)
        work.commit()
        return saved


def dismiss(
    store: Store, *, cluster_id: int, expected_version: int, account_id: int, reason: str, now: datetime
) -> Cluster:
    """Lay a row aside for good, with the reason in the team's words; nobody gets a message.

    Raises ChangedByOther, and NotPossible when the reason is empty.
    """
    if not reason.strip():
        raise NotPossible("Geef een reden op: zonder reden kan een vraag niet worden weggelegd.")
    if len(reason) > MAX_REASON_CHARS:
        raise NotPossible(f"De reden is {len(reason)} tekens lang; er passen er {MAX_REASON_CHARS}.")
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        for question in found.questions:
            work.questions.save(replace(question, state=QuestionState.DISMISSED))
        changed = replace(found, state=QuestionState.DISMISSED, dismissed_because=reason.strip(), claimed_by=None)
        save(work, changed, now, account_id, "dismissed", questions=len(found.questions))
        saved = _existing(work, cluster_id)
        work.commit()
        return saved


def merge(store: Store, *, versions: Mapping[int, int], account_id: int, now: datetime) -> Cluster:
    """Make one row of several; `versions`: cluster id → the version that was seen. The lowest id stays.

    The first promised date counts for all. Raises ChangedByOther, and NotPossible for fewer than two rows.
    """
    if len(versions) < 2:
        raise NotPossible("Kies ten minste twee vragen om samen te voegen.")
    with store.unit() as work:
        kept, *others = [cluster_for(work, id, versions[id], account_id) for id in sorted(versions)]
        for other in others:
            for question in other.questions:
                work.questions.save(replace(question, cluster_id=kept.id, kind=kept.kind))
            work.clusters.remove(other.id, into=kept.id)
            note(work, now, account_id, "merged", f"cluster:{other.id}", into=kept.id)
        settle(work, kept.id, now, account_id, "merged", rows=len(versions))
        merged = _existing(work, kept.id)
        work.commit()
        return merged


def split(
    store: Store,
    *,
    cluster_id: int,
    expected_version: int,
    numbers: Collection[int],
    account_id: int,
    now: datetime,
) -> Cluster:
    """Move these questions into a row of their own, which comes back.

    Raises ChangedByOther, and NotPossible when `numbers` are none, all, or not in this row.
    """
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        moving = [question for question in found.questions if question.number in numbers]
        if not moving or len(moving) != len(set(numbers)) or len(moving) == len(found.questions):
            raise NotPossible("Kies een deel van de vragen uit deze rij om af te splitsen.")
        target = work.clusters.add(_as_new(moving[0]))
        for question in moving:
            work.questions.save(replace(question, cluster_id=target))
        settle(work, found.id, now, account_id, "split", into=target, questions=len(moving))
        settle(work, target, now, account_id, "split", out_of=found.id)
        made = _existing(work, target)
        work.commit()
        return made


def _existing(work: Unit, cluster_id: int) -> Cluster:
    found = work.clusters.get(cluster_id)
    if found is None:
        raise NotFound(f"Er is geen vraag met nummer {cluster_id} op de werklijst.")
    return found


def _sorted(
    question: Question, kind: QuestionKind, topic: str | None, owner: str | None, due_on: date | None
) -> Question:
    return replace(
        question, kind=kind, topic=topic or question.topic, owner=owner or question.owner,
        due_on=due_on or question.due_on,
    )  # fmt: skip


def _as_new(question: Question) -> NewQuestion:
    return NewQuestion(
        question.text, question.kind, question.topic, question.owner, question.due_on, question.conversation,
        question.asked_at, question.emotion,
    )  # fmt: skip
