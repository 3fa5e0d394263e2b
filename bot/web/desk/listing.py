"""The desk's first page: what is unanswered, the first promised date on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.questions import Cluster, ClusterOrder, ImpactLabel, QuestionKind, QuestionState
from bot.services.clusters import merge, open_clusters
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.notices import uncertain_messages
from bot.services.reply_wishes import reply_tasks
from bot.web.desk.choices import names_of_colleagues, one_of, options_from, options_of, owners_and, topics_and
from bot.web.dutch import KINDS, LABELS, STATES
from bot.web.pages import render
from bot.web.visit import Visit, number_in

ORDERS = {
    ClusterOrder.DUE: "Eerst wat het eerst af moet",
    ClusterOrder.MOST_ASKED: "Eerst wat het meest gevraagd is",
    ClusterOrder.NEWEST: "Eerst de nieuwste",
}
ALL_STATES = "alle"


class Due(str, Enum):
    """Which promised days are shown."""

    LATE = "laat"
    TODAY = "vandaag"
    WEEK = "week"

    def days(self, today: date) -> tuple[date | None, date]:
        """The first and last promised day; no first one for what is late."""
        if self is Due.LATE:
            return None, today - timedelta(days=1)
        return today, today if self is Due.TODAY else today + timedelta(days=7)


DUES = {Due.LATE: "Te laat", Due.TODAY: "Vandaag", Due.WEEK: "Binnen een week"}


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    state: QuestionState | None
    kind: QuestionKind | None
    owner: str
    topic: str
    search: str
    order: ClusterOrder
    due: Due | None
    mine: bool
    label: ImpactLabel | None

    @property
    def narrowed(self) -> bool:
        """Whether anything beside words and state was asked for: filters that a phone keeps folded."""
        asked = self.kind, self.owner, self.topic, self.due, self.mine, self.label
        return any(asked) or self.order is not ClusterOrder.DUE


@dataclass(frozen=True)
class Row:
    """One cluster as the list shows it."""

    cluster: Cluster
    askers: int
    emotion: bool
    holder: str


def show_desk(visit: Visit) -> Response:
    """GET /bureau"""
    return _page(visit, problem="")


def merge_rows(visit: Visit) -> Response:
    """POST /bureau: make one row of those that were ticked."""
    versions = dict(_id_and_version(text) for text in visit.lists.get("rij", ()))
    try:
        merged = merge(visit.site.store, versions=versions, account_id=visit.account.id, now=visit.now)
    except (ChangedByOther, NotFound, NotPossible) as error:
        return _page(visit, problem=str(error), status=409 if isinstance(error, ChangedByOther) else 422)
    return RedirectResponse(f"/bureau/vraag/{merged.id}?gedaan=samengevoegd", status_code=303)


def askers_of(cluster: Cluster) -> int:
    """How many people asked; somebody who asked twice counts once."""
    return len({question.conversation for question in cluster.questions})


def _id_and_version(text: str) -> tuple[int, int]:
    number, version = (number_in(part) for part in (text.partition(":")[0], text.partition(":")[2]))
    if number is None or version is None:
        raise HTTPException(400)
    return number, version


def _filters(visit: Visit) -> Filters:
    state = visit.query.get("status", QuestionState.OPEN.value)
    return Filters(
        state=None if state == ALL_STATES else one_of(QuestionState, state),
        kind=one_of(QuestionKind, visit.query.get("soort", "")),
        owner=visit.query.get("eigenaar", ""),
        topic=visit.query.get("thema", ""),
        search=visit.query.get("zoek", "").strip()[:200],
        order=one_of(ClusterOrder, visit.query.get("volgorde", "")) or ClusterOrder.DUE,
        due=one_of(Due, visit.query.get("termijn", "")),
        mine=visit.query.get("van") == "mij",
        label=one_of(ImpactLabel, visit.query.get("label", "")),
    )


def _page(visit: Visit, problem: str, status: int = 200) -> Response:
    store, chosen = visit.site.store, _filters(visit)
    first, last = chosen.due.days(visit.site.today) if chosen.due else (None, None)
    clusters = open_clusters(
        store,
        kind=chosen.kind,
        owner=chosen.owner or None,
        topic=chosen.topic or None,
        state=chosen.state,
        search=chosen.search,
        order=chosen.order,
        due_from=first,
        due_until=last,
        claimed_by=visit.account.id if chosen.mine else None,
        label=chosen.label,
    )
    waiting = open_clusters(store, limit=10_000)
    names = names_of_colleagues(visit.site)
    return render(
        visit,
        "desk/list.html",
        status=status,
        problem=problem,
        chosen=chosen,
        rows=[_row(cluster, names) for cluster in clusters],
        summary=_summary(waiting, visit.site.today),
        uncertain=len(uncertain_messages(store)),
        all_states=ALL_STATES,
        status_options=[*options_of(STATES), (ALL_STATES, "Alle")],
        kind_options=options_of(KINDS, "Alle soorten"),
        order_options=options_of(ORDERS),
        due_options=options_of(DUES, "Alle dagen"),
        mine_options=[("", "Iedereen"), ("mij", "Mij")],
        label_options=options_of(LABELS, "Alle"),
        labels=LABELS,
        tasks=sum(wish.question.state is not QuestionState.OPEN for wish in reply_tasks(store)),
        topic_options=options_from(topics_and(visit.site, (each.topic for each in waiting)), "Alle thema's"),
        owner_options=options_from(owners_and(visit.site, (each.owner for each in waiting)), "Iedereen"),
    )


def _row(cluster: Cluster, names: dict[int, str]) -> Row:
    holder = "" if cluster.claimed_by is None else names.get(cluster.claimed_by, "een collega")
    return Row(cluster, askers_of(cluster), any(each.emotion for each in cluster.questions), holder)


def _summary(waiting: Sequence[Cluster], today: date) -> dict[str, int]:
    return {
        "open": len(waiting),
        "late": sum(each.due_on < today for each in waiting),
        "today": sum(each.due_on == today for each in waiting),
        "political": sum(each.kind is QuestionKind.POLITICAL for each in waiting),
        "unclaimed": sum(each.claimed_by is None for each in waiting),
    }
