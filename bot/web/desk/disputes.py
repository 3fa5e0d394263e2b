"""Remarks of the coach that colleagues did not agree with: input for whoever keeps the content. Without names."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response

from bot.domain.practice.deeds import Deed
from bot.domain.practice.disputes import Dispute
from bot.domain.practice.remarks import ADVICE, named
from bot.services.disputes import list_disputes
from bot.web.pages import render
from bot.web.visit import Visit


@dataclass
class DisputedRemark:
    """One kind of remark in one scenario. shared: what colleagues chose to show, with the line it answered."""

    scenario: str
    advice: str
    points: str
    times: int = 0
    shared: list[Dispute] = field(default_factory=list)


def show_disputes(visit: Visit) -> Response:
    """GET /bureau/coach"""
    titles = {each.id: each.title for each in visit.site.scenarios.values()}
    found: dict[tuple[str, Deed], DisputedRemark] = {}
    for each in list_disputes(visit.site.store):
        advice = ADVICE[each.deed]
        row = found.setdefault(
            (each.scenario, each.deed),
            DisputedRemark(titles.get(each.scenario, each.scenario), _capital(advice.short), named(advice.points)),
        )
        if each.words:
            row.shared.append(each)
        else:
            row.times = each.times
    rows = sorted(found.values(), key=lambda row: -row.times)
    return render(visit, "desk/disputes.html", rows=rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
