"""What wants looking at in the published answers: contradictions, doubles, review dates past, types and themes."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from starlette.responses import Response

from bot.domain.faq_check import TITLES, Pointer
from bot.services.answers import published_entries
from bot.storage.question_types import load_question_types
from bot.web.pages import render
from bot.web.visit import Visit

logger = logging.getLogger(__name__)

SHOWN: Final = 100
"""Remarks shown at once; whoever has more begins with these."""


@dataclass(frozen=True)
class LookedOver:
    """groups: a heading with its remarks, most urgent first. failed: the answers could not be compared just now."""

    groups: tuple[tuple[str, tuple[Pointer, ...]], ...] = ()
    entries: int = 0
    count: int = 0
    failed: bool = False

    @property
    def more(self) -> int:
        """How many remarks are not shown."""
        return max(0, self.count - SHOWN)


def show(visit: Visit) -> Response:
    """GET /bureau/antwoorden/nakijken"""
    return render(visit, "desk/looked_over.html", checked=looked_over(visit))


def looked_over(visit: Visit) -> LookedOver:
    """The remarks on everything that is published."""
    entries = published_entries(visit.site.store)
    try:
        found = visit.site.look_over(entries, visit.site.today)
    except Exception:
        # It needs the language model, which may be missing or broken here; what was imported is online all the same.
        logger.exception("The answers could not be looked over")
        return LookedOver(entries=len(entries), failed=True)
    shown = groupby(map(_with_names, found[:SHOWN]), key=lambda pointer: pointer.about)
    return LookedOver(tuple((TITLES[about], tuple(each)) for about, each in shown), len(entries), len(found))


def _with_names(pointer: Pointer) -> Pointer:
    """Types by the name that they have at the desk; a file has their ids, and so has the remark."""
    known = load_question_types()
    return replace(
        pointer, what=re.sub(r"‘([a-z_]+)’", lambda found: f"‘{known.get(found[1], found[1])}’", pointer.what)
    )
