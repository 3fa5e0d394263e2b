"""Renders templates: Jinja2 with autoescape and strict about names, plus the words every page needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.domain.accounts import Account, AccountRole
from bot.domain.dutch_days import local_day
from bot.domain.notices import dutch_date
from bot.domain.personal_data import mask_personal_data
from bot.domain.replies import payload
from bot.web import dutch
from bot.web.prose import prose
from bot.web.site import Site, site_of
from bot.web.static_files import static_url
from bot.web.visit import Visit, wants_fragment

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def make_templates() -> Environment:
    """The environment for all pages; one for the process, since compiling the templates takes half a second."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "prose": prose,
        "masked": mask_personal_data,
        "day": local_day,
        "dutch_date": dutch_date,
        "long_date": dutch.long_date,
        "date_and_time": dutch.date_and_time,
        "topic_word": dutch.topic_word,
        "kind_word": dutch.KINDS.__getitem__,
        "state_word": dutch.STATES.__getitem__,
        "entry_state_word": dutch.ENTRY_STATES.__getitem__,
        "delivery_word": dutch.DELIVERIES.__getitem__,
        "role_word": dutch.ROLES.__getitem__,
        "step_word": dutch.STEPS.__getitem__,
    }
    environment.globals |= {
        "static": static_url,
        "counted": dutch.counted,
        "due_in_words": dutch.due_in_words,
        "urgency": dutch.urgency,
        "retry_payload": retry_payload,
        "disagree_payload": disagree_payload,
    }
    return environment


def retry_payload(turn: int, talk: str) -> str:
    """What stands behind 'opnieuw vanaf beurt 3'."""
    return payload("retry_from", turn=turn, talk=talk) if talk else payload("retry_from", turn=turn)


def disagree_payload(turn: int, talk: str) -> str:
    """What stands behind 'oneens'."""
    return payload("disagree", turn=turn, talk=talk) if talk else payload("disagree", turn=turn)


def render(visit: Visit, template: str, /, status: int = 200, **context: object) -> HTMLResponse:
    """A page for this visit."""
    account = visit.session.account if visit.session else None
    return _page(visit.site, visit.request, account, template, status, {"csrf": visit.csrf, **context})


def render_plain(request: Request, template: str, /, status: int, **context: object) -> HTMLResponse:
    """A page that works without the store: it knows who is there if that was found out. Scripts get its message only."""
    if wants_fragment(request):
        template = f"fragments/{template}"
    session = getattr(request.state, "session", None)
    account, csrf = (session.account, session.csrf) if session else (None, "")
    return _page(site_of(request), request, account, template, status, {"csrf": csrf, **context})


def _page(
    site: Site, request: Request, account: Account | None, template: str, status: int, context: dict[str, object]
) -> HTMLResponse:
    common: dict[str, object] = {
        "account": account,
        "here": request.url.path,
        "municipality": site.municipality,
        "today": site.today,
        "may_desk": account is not None and account.role.covers(AccountRole.COMMUNICATIONS),
        "may_administer": account is not None and account.role.covers(AccountRole.ADMINISTRATOR),
    }
    return HTMLResponse(site.templates.get_template(template).render(common | context), status_code=status)
