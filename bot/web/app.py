"""Puts the web process together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route

from bot.bootstrap import dutch_holidays, faq_look_over
from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.sign_in import Passwords
from bot.services.talk_ports import Scenarios
from bot.settings import Settings
from bot.storage.guides import load_guides
from bot.storage.municipality import load_municipality
from bot.storage.passwords import Argon2Passwords
from bot.storage.scenarios import load_scenarios
from bot.web import (
    accounts,
    errors,
    front_desk,
    health,
    home,
    logbook,
    login,
    metrics,
    own_talks,
    practice,
    practice_counts,
    public,
)
from bot.web.assets import are_copied
from bot.web.body_limit import BodyLimit
from bot.web.desk import (
    cluster,
    disputes,
    entries,
    files,
    gaps,
    listing,
    looked_over,
    messages,
    news,
    overview,
    replies,
)
from bot.web.headers import SecurityHeaders
from bot.web.limits import Limits
from bot.web.metrics import RequestTimes
from bot.web.pages import make_templates
from bot.web.site import Site, WebStore
from bot.web.static_files import STATIC, HashedStaticFiles
from bot.web.timings import Timings
from bot.web.visit import page

logger = logging.getLogger(__name__)

OFFICIAL: Final = AccountRole.OFFICIAL
DESK: Final = AccountRole.COMMUNICATIONS
ADMINISTRATOR: Final = AccountRole.ADMINISTRATOR


def create_app(
    settings: Settings,
    store: WebStore,
    rasa: RasaClient,
    now: Callable[[], datetime],
    passwords: Passwords | None = None,
) -> Starlette:
    """The web application. `now` gives the moment as an aware datetime in UTC; `rasa` is closed by whoever made it.

    passwords: how they are hashed; argon2id as RFC 9106 has it unless told otherwise.

    Raises MunicipalityError when municipality.yml cannot be used, ScenarioError when a scenario cannot,
    GuideContentError when a guide file cannot.
    """
    site = Site(
        settings=settings,
        store=store,
        rasa=rasa,
        now=now,
        municipality=load_municipality(settings.municipality_dir),
        templates=make_templates(),
        limits=Limits(now),
        scenarios=_scenarios(),
        holidays=dutch_holidays(),
        passwords=passwords or Argon2Passwords(),
        guides=load_guides(),
        secret=settings.secret("web").encode(),
        timings=Timings(),
        look_over=faq_look_over(settings, store),
    )
    if not are_copied():
        logger.warning("The pages have no style: run 'npm ci && python -m bot.web.assets', then start again.")
    app = Starlette(
        routes=[*_public_routes(), *_practice_routes(), *_desk_routes(), *_administrator_routes(), _static()],
        middleware=[
            Middleware(RequestTimes, timings=site.timings),
            Middleware(SecurityHeaders, https=site.https),
            Middleware(BodyLimit),
        ],
        exception_handlers=errors.HANDLERS,
    )
    app.state.site = site
    return app


@cache
def _scenarios() -> Scenarios:
    """Read once for the process: they are part of the program."""
    return {each.id: each for each in load_scenarios()}


def _public_routes() -> list[BaseRoute]:
    return [
        Route("/", page(home.show_home)),
        Route("/privacy", page(home.show_privacy)),
        Route("/inloggen", page(login.show_login, visitors=True), methods=["GET"]),
        Route("/inloggen", page(login.log_in, visitors=True), methods=["POST"]),
        Route("/inloggen/werkaccount", page(login.leave_for_provider, visitors=True)),
        Route("/inloggen/werkaccount/terug", page(login.back_from_provider, visitors=True)),
        Route("/wachtwoord", page(login.show_password, OFFICIAL), methods=["GET"]),
        Route("/wachtwoord", page(login.change_password, OFFICIAL), methods=["POST"]),
        Route("/uitloggen", page(login.log_out), methods=["POST"]),
        Route("/vragen", page(public.show, visitors=True), methods=["GET"]),
        Route("/vragen", page(public.ask, visitors=True), methods=["POST"]),
        Route("/nieuws", page(public.show_news)),
        Route("/vragen/adres", page(public.leave_address, visitors=True), methods=["POST"]),
        Route("/vragen/gelezen", page(public.mark_read, visitors=True), methods=["POST"]),
        Route("/gezond", health.health),
        Route("/metrics", metrics.metrics),
    ]


def _practice_routes() -> list[BaseRoute]:
    return [
        Route("/oefenen", page(practice.show_practice, OFFICIAL), methods=["GET"]),
        Route("/oefenen", page(practice.say, OFFICIAL), methods=["POST"]),
        Route("/balie", page(front_desk.show, OFFICIAL), methods=["GET"]),
        Route("/balie", page(front_desk.act, OFFICIAL), methods=["POST"]),
        Route("/oefenen/terugblik", page(own_talks.look_back, OFFICIAL)),
        Route("/oefenen/terugblik/{talk}", page(own_talks.look_back, OFFICIAL)),
        Route("/oefenen/terugblik/{talk}/nabespreking.docx", page(own_talks.document, OFFICIAL)),
        Route("/oefenen/voortgang", page(own_talks.show_progress, OFFICIAL), methods=["GET"]),
        Route("/oefenen/voortgang", page(own_talks.erase, OFFICIAL), methods=["POST"]),
    ]


def _desk_routes() -> list[BaseRoute]:
    answers = "/bureau/antwoorden"
    return [
        Route("/bureau", page(listing.show_desk, DESK), methods=["GET"]),
        Route("/bureau", page(listing.merge_rows, DESK), methods=["POST"]),
        Route("/bureau/vraag/{number:int}", page(cluster.show_cluster, DESK), methods=["GET"]),
        Route("/bureau/vraag/{number:int}", page(cluster.change_cluster, DESK), methods=["POST"]),
        Route("/bureau/berichten", page(messages.show_messages, DESK), methods=["GET"]),
        Route("/bureau/berichten", page(messages.decide, DESK), methods=["POST"]),
        Route("/bureau/overzicht", page(overview.show_overview, DESK)),
        Route("/bureau/overzicht/vragen.{kind}", page(overview.export, DESK)),
        Route("/bureau/terugbellen", page(replies.show_tasks, DESK), methods=["GET"]),
        Route("/bureau/terugbellen", page(replies.tick_off, DESK), methods=["POST"]),
        Route("/bureau/nieuws", page(news.show_list, DESK)),
        Route("/bureau/nieuws/nieuw", page(news.show_new, DESK), methods=["GET"]),
        Route("/bureau/nieuws/nieuw", page(news.change, DESK), methods=["POST"]),
        Route("/bureau/nieuws/{number:int}", page(news.show_item, DESK), methods=["GET"]),
        Route("/bureau/nieuws/{number:int}", page(news.change, DESK), methods=["POST"]),
        Route("/bureau/coach", page(disputes.show_disputes, DESK)),
        Route("/bureau/handreiking", page(gaps.show_gaps, DESK), methods=["GET"]),
        Route("/bureau/handreiking", page(gaps.change_gaps, DESK), methods=["POST"]),
        Route(answers, page(entries.show_entries, DESK)),
        Route(f"{answers}/nakijken", page(looked_over.show, DESK)),
        Route(f"{answers}/antwoorden.csv", page(files.export_csv, DESK)),
        Route(f"{answers}/antwoorden.xlsx", page(files.export_xlsx, DESK)),
        Route(f"{answers}/inlezen", page(files.show_import, DESK), methods=["GET"]),
        Route(f"{answers}/inlezen", page(files.import_file, DESK), methods=["POST"]),
        Route(f"{answers}/nieuw", page(entries.show_new_entry, DESK), methods=["GET"]),
        Route(f"{answers}/nieuw", page(entries.change_entry, DESK), methods=["POST"]),
        Route(f"{answers}/antwoord/{{entry_id}}", page(entries.show_entry, DESK), methods=["GET"]),
        Route(f"{answers}/antwoord/{{entry_id}}", page(entries.change_entry, DESK), methods=["POST"]),
    ]


def _administrator_routes() -> list[BaseRoute]:
    return [
        Route("/beheer", page(accounts.show_accounts, ADMINISTRATOR), methods=["GET"]),
        Route("/beheer", page(accounts.change_accounts, ADMINISTRATOR), methods=["POST"]),
        Route("/beheer/logboek", page(logbook.show_logbook, ADMINISTRATOR)),
        Route("/beheer/oefenen", page(practice_counts.show_counts, ADMINISTRATOR)),
    ]


def _static() -> BaseRoute:
    # Pages are not compressed: a compressed page that holds a token and repeats what was typed gives the token away.
    return Mount("/static", HashedStaticFiles(directory=STATIC), middleware=[Middleware(GZipMiddleware)])
