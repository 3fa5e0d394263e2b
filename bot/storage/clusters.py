"""The review desk's rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, distinct, exists, func, select, update
from sqlalchemy.engine import Connection

from bot.domain.follow_up import Step
from bot.domain.questions import Cluster, ClusterOrder, ImpactLabel, Question, QuestionKind, QuestionState, same_words
from bot.domain.understanding import Vector
from bot.services.ports import ClusterFilter, NewQuestion
from bot.storage.questions import COLUMNS, as_question
from bot.storage.tables import clusters, follow_ups, outgoing, questions
from bot.storage.types import unpacked
from bot.storage.writing import digest

FIELDS = tuple(field.name for field in fields(Cluster) if field.name != "questions")


class SqlClusters:
    """See `bot.services.ports.ClusterRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, question: NewQuestion) -> int:
        """See the port."""
        values = {
            "title": question.text, "kind": question.kind.value, "topic": question.topic, "owner": question.owner,
            "due_on": question.due_on, "state": QuestionState.OPEN.value, "version": 1, "dismissed_because": "",
        }  # fmt: skip
        return int(self._connection.execute(clusters.insert().values(**values)).inserted_primary_key[0])

    def get(self, cluster_id: int) -> Cluster | None:
        """See the port."""
        found = self._load(select(clusters).where(clusters.c.id == cluster_id))
        return found[0] if found else None

    def find(self, chosen: ClusterFilter) -> tuple[Cluster, ...]:
        """See the port."""
        asked = (
            select(
                questions.c.cluster_id,
                func.count(distinct(questions.c.conversation)).label("askers"),
                func.max(questions.c.asked_at).label("latest"),
            )
            .group_by(questions.c.cluster_id)
            .subquery()
        )
        order = {
            ClusterOrder.DUE: clusters.c.due_on,
            ClusterOrder.MOST_ASKED: asked.c.askers.desc(),
            ClusterOrder.NEWEST: asked.c.latest.desc(),
        }[chosen.order]
        query = select(clusters).join(asked, asked.c.cluster_id == clusters.c.id).where(*_conditions(chosen))
        return self._load(query.order_by(order, clusters.c.id).limit(chosen.limit))

    def open_with_words(self, words: str, kind: QuestionKind, but: int | None = None) -> int | None:
        """See the port."""
        query = self._open_questions([questions.c.cluster_id], kind, but)
        row = self._connection.execute(
            query.where(questions.c.words_digest == digest(words)).order_by(questions.c.number).limit(1)
        ).first()
        return None if row is None else int(row[0])

    def nearest_open(self, embedding: Vector, kind: QuestionKind, but: int | None = None) -> tuple[int, float] | None:
        """Compares with every open question: 768 bytes each, some milliseconds for a thousand."""
        query = self._open_questions([questions.c.cluster_id, questions.c.embedding], kind, but)
        ids, vectors = self._vectors(query, len(embedding))
        if not ids:
            return None
        cosines = vectors @ embedding
        best = int(np.argmax(cosines))
        return ids[best], float(cosines[best])

    def dismissed_with_words(self, words: Collection[str]) -> tuple[int, ...]:
        """See the port."""
        query = (
            select(questions.c.cluster_id)
            .join(clusters, clusters.c.id == questions.c.cluster_id)
            .where(clusters.c.state == QuestionState.DISMISSED.value)
            .where(questions.c.words_digest.in_([digest(each) for each in words]))
            .group_by(questions.c.cluster_id)
            .order_by(questions.c.cluster_id.desc())
        )
        return tuple(int(row[0]) for row in self._connection.execute(query))

    def near(self, cluster_id: int, limit: int) -> tuple[tuple[int, float], ...]:
        """See the port."""
        vector = questions.c.embedding
        own = select(vector).where(questions.c.cluster_id == cluster_id, vector.is_not(None))
        mine = [unpacked(row[0]) for row in self._connection.execute(own.order_by(questions.c.number))]
        if not mine:
            return ()
        elsewhere = self._open_questions([questions.c.cluster_id, vector]).where(questions.c.cluster_id != cluster_id)
        ids, others = self._vectors(elsewhere, len(mine[0]))
        nearest: dict[int, float] = {}
        for other, cosines in zip(ids, others @ np.stack(mine).T, strict=True):
            nearest[other] = max(float(cosines.max()), nearest.get(other, -1.0))
        return tuple(sorted(nearest.items(), key=lambda item: (-item[1], item[0]))[:limit])

    def save(self, cluster: Cluster) -> None:
        """See the port."""
        values = {name: getattr(cluster, name) for name in FIELDS if name != "id"}
        values |= {"kind": cluster.kind.value, "state": cluster.state.value}
        values |= {name: value.value for name in ("label", "follow_up") if (value := values[name])}
        self._connection.execute(update(clusters).where(clusters.c.id == cluster.id).values(**values))

    def remove(self, cluster_id: int, into: int | None = None) -> None:
        """See the port."""
        steps = follow_ups.c.cluster_id == cluster_id
        self._connection.execute(
            delete(follow_ups).where(steps) if into is None else update(follow_ups).where(steps).values(cluster_id=into)
        )
        self._connection.execute(update(outgoing).where(outgoing.c.cluster_id == cluster_id).values(cluster_id=into))
        self._connection.execute(delete(clusters).where(clusters.c.id == cluster_id))

    def _open_questions(self, columns: Sequence[Any], kind: QuestionKind | None = None, but: int | None = None) -> Any:
        query = select(*columns).join(clusters, clusters.c.id == questions.c.cluster_id)
        query = query.where(clusters.c.state == QuestionState.OPEN.value)
        query = query if kind is None else query.where(clusters.c.kind == kind.value)
        return query if but is None else query.where(questions.c.number != but)

    def _vectors(self, query: Any, dimensions: int) -> tuple[list[int], NDArray[np.float32]]:
        """Cluster ids and vectors, row by row. Vectors of another length are an earlier embedder's, and left out."""
        fitting = query.where(func.length(questions.c.embedding) == 2 * dimensions).order_by(questions.c.number)
        rows = self._connection.execute(fitting).all()
        vectors = [unpacked(row[1]) for row in rows]
        return [int(row[0]) for row in rows], np.array(vectors, dtype=np.float32).reshape(-1, dimensions)

    def _load(self, query: Any) -> tuple[Cluster, ...]:
        rows = self._connection.execute(query).mappings().all()
        asked = self._questions_of([row["id"] for row in rows])
        return tuple(_as_cluster(row, tuple(asked.get(row["id"], ()))) for row in rows)

    def _questions_of(self, ids: Sequence[int]) -> dict[int, list[Question]]:
        query = select(*COLUMNS).where(questions.c.cluster_id.in_(ids)).order_by(questions.c.number)
        asked: dict[int, list[Question]] = {}
        for row in self._connection.execute(query).mappings() if ids else ():
            asked.setdefault(row["cluster_id"], []).append(as_question(row))
        return asked


def _conditions(chosen: ClusterFilter) -> list[Any]:
    wanted = {
        "state": chosen.state.value if chosen.state else None,
        "kind": chosen.kind.value if chosen.kind else None,
        "owner": chosen.owner,
        "topic": chosen.topic,
        "claimed_by": chosen.claimed_by,
        "label": chosen.label.value if chosen.label else None,
    }
    conditions = [clusters.c[name] == value for name, value in wanted.items() if value]
    if chosen.due_from is not None:
        conditions.append(clusters.c.due_on >= chosen.due_from)
    if chosen.due_until is not None:
        conditions.append(clusters.c.due_on <= chosen.due_until)
    terms = same_words(chosen.search).split()
    if terms:
        here = [questions.c.words.contains(term, autoescape=True) for term in terms]
        conditions.append(exists().where(questions.c.cluster_id == clusters.c.id, *here))
    return conditions


def _as_cluster(row: Any, asked: tuple[Question, ...]) -> Cluster:
    values = {name: row[name] for name in FIELDS}
    values |= {"kind": QuestionKind(row["kind"]), "state": QuestionState(row["state"])}
    values["label"] = ImpactLabel(row["label"]) if row["label"] else None
    values["follow_up"] = Step(row["follow_up"]) if row["follow_up"] else None
    return Cluster(**values, questions=asked)
