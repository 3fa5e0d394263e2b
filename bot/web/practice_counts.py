"""The administrator's page on practising: how often, and nothing else."""

from __future__ import annotations

from starlette.responses import Response

from bot.domain.notices import MONTHS
from bot.domain.practice.counting import SMALLEST_SHOWN
from bot.services.practice_counts import list_counts
from bot.web.pages import render
from bot.web.visit import Visit


def show_counts(visit: Visit) -> Response:
    """GET /beheer/oefenen"""
    titles = {each.id: each.title for each in visit.site.scenarios.values()}
    months = [
        (
            f"{MONTHS[month.month - 1]} {month.year}",
            [(titles.get(each.scenario, each.scenario), each.shown) for each in counts],
        )
        for month, counts in list_counts(visit.site.store).items()
    ]
    return render(visit, "practice_counts.html", months=months, smallest=SMALLEST_SHOWN)
