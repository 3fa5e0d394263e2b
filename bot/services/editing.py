"""What every change at the review desk begins with: the cluster, unless somebody else was first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.questions import Cluster, QuestionState
from bot.services.audit import note
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.ports import Subject, Unit


def cluster_for(work: Unit, cluster_id: int, expected_version: int, account_id: int) -> Cluster:
    """The open cluster, held until the end of the unit.

    Raises ChangedByOther when its version is not the expected one or a colleague claimed it, NotFound when it never
    existed, NotPossible when it is answered or dismissed already.
    """
    work.lock(Subject.QUESTIONS)
    cluster = work.clusters.get(cluster_id)
    if cluster is None:
        raise _gone(work, cluster_id)
    if cluster.version != expected_version:
        raise _changed(work, cluster)
    if cluster.claimed_by not in (None, account_id):
        name = name_of(work, cluster.claimed_by)
        raise ChangedByOther(f"{name} werkt al aan deze vraag.", name)
    if cluster.state is not QuestionState.OPEN:
        raise NotPossible("Deze vraag is al afgehandeld.")
    return cluster


def save(
    work: Unit, cluster: Cluster, now: datetime, account_id: int | None, action: str, **detail: str | int | bool | None
) -> Cluster:
    """Keep a changed cluster under its next version, with the change in the audit log."""
    saved = replace(cluster, version=cluster.version + 1)
    work.clusters.save(saved)
    note(work, now, account_id, action, f"cluster:{cluster.id}", **detail)
    return saved


def settle(
    work: Unit, cluster_id: int, now: datetime, account_id: int | None, action: str, **detail: str | int | bool | None
) -> None:
    """After questions came or went: title and due date as its questions now ask, or gone when none is left."""
    cluster = work.clusters.get(cluster_id)
    if cluster is None:
        return
    if not cluster.questions:
        work.clusters.remove(cluster_id)
        note(work, now, account_id, action, f"cluster:{cluster_id}", **detail)
        return
    texts = [question.text for question in cluster.questions]
    title = cluster.title if cluster.title in texts else texts[0]
    due_on = min(question.due_on for question in cluster.questions)
    save(work, replace(cluster, title=title, due_on=due_on), now, account_id, action, **detail)


def name_of(work: Unit, account_id: int | None) -> str:
    """A colleague's name, as the desk shows it."""
    account = work.accounts.get(account_id) if account_id is not None else None
    return account.name if account else "Een collega"


def _gone(work: Unit, cluster_id: int) -> Exception:
    rows = work.audit.find(f"cluster:{cluster_id}", 1)
    if not rows:
        return NotFound(f"Er is geen vraag met nummer {cluster_id} op de werklijst.")
    if rows[0].account_id is None:
        return ChangedByOther("De bewoner heeft deze vraag intussen aangepast. Zoek de vraag opnieuw op.")
    name = name_of(work, rows[0].account_id)
    return ChangedByOther(f"{name} heeft deze vraag samengevoegd met een andere vraag.", name)


def _changed(work: Unit, cluster: Cluster) -> ChangedByOther:
    rows = work.audit.find(f"cluster:{cluster.id}", 1)
    if not rows or rows[0].account_id is None:
        return ChangedByOther("Een bewoner heeft hier intussen een vraag bij gesteld of aangepast. Bekijk die eerst.")
    name = name_of(work, rows[0].account_id)
    return ChangedByOther(f"{name} heeft deze vraag intussen veranderd. Bekijk eerst wat er nu staat.", name)
