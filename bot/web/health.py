"""/gezond: for a monitor. States and ages only; nothing that tells who uses it or where it runs."""

from __future__ import annotations

import logging
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.domain.outgoing import Delivery
from bot.services.ports import Store, StoreUnavailable
from bot.web.site import site_of

logger = logging.getLogger(__name__)


async def health(request: Request) -> Response:
    """200 when pages and conversation work, else 503; `oldest_pending_seconds` is null when nothing waits."""
    site = site_of(request)
    rasa = await site.rasa.is_ready()
    try:
        pending = await run_in_threadpool(_oldest_pending, site.store, site.now())
        database = True
    except StoreUnavailable as error:
        logger.error("Store unavailable: %s", error)
        pending, database = None, False
    body = {
        "status": "ok" if rasa and database else "degraded",
        "database": "ok" if database else "unavailable",
        "rasa": "ok" if rasa else "unavailable",
        "oldest_pending_seconds": pending,
    }
    return JSONResponse(body, status_code=200 if rasa and database else 503)


def _oldest_pending(store: Store, now: datetime) -> float | None:
    store.ping()
    with store.view() as work:
        waiting = work.outgoing.in_state(Delivery.PENDING)
    return round((now - min(each.created_at for each in waiting)).total_seconds(), 1) if waiting else None
