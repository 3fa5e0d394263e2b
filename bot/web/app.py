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

from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.practice import Scenarios
from bot.settings import Settings
from bot.storage.municipality import load_municipality
from bot.storage.scenarios import load_scenarios
from bot.web import accounts, errors, health, home, login, practice, public
from bot.web.assets import are_copied
from bot.web.body_limit import BodyLimit
from bot.web.desk import cluster, entries, files, gaps, listing, messages
from bot.web.headers import SecurityHeaders
from bot.web.limits import Limits
from bot.web.pages import make_templates
from bot.web.site import Site, WebStore
from bot.web.static_files import STATIC, HashedStaticFiles
from bot.web.visit import page

logger = logging.getLogger(__name__)

OFFICIAL: Final = AccountRole.OFFICIAL
DESK: Final = AccountRole.COMMUNICATIONS
ADMINISTRATOR: Final = AccountRole.ADMINISTRATOR


def create_app(settings: Settings, store: WebStore, rasa: RasaClient, now: Callable[[], datetime]) -> Starlette:
    """The web application. `now` gives the moment as an aware datetime in UTC; `rasa` is closed by whoever made it.

    Raises MunicipalityError when municipality.yml cannot be used, ScenarioError when a scenario cannot.
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
        secret=settings.secret("web").encode(),
    )
    if not are_copied():
        logger.warning("The pages have no style: run 'npm ci && python -m bot.web.assets', then start again.")
    app = Starlette(
        routes=[*_public_routes(), *_practice_routes(), *_desk_routes(), *_administrator_routes(), _static()],
        middleware=[Middleware(SecurityHeaders, https=site.https), Middleware(BodyLimit)],
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
        Route("/uitloggen", page(login.log_out), methods=["POST"]),
        Route("/vragen", page(public.show, visitors=True), methods=["GET"]),
        Route("/vragen", page(public.ask, visitors=True), methods=["POST"]),
        Route("/vragen/gelezen", page(public.mark_read, visitors=True), methods=["POST"]),
        Route("/gezond", health.health),
    ]


def _practice_routes() -> list[BaseRoute]:
    return [
        Route("/oefenen", page(practice.show_practice, OFFICIAL), methods=["GET"]),
        Route("/oefenen", page(practice.say, OFFICIAL), methods=["POST"]),
        Route("/oefenen/terugblik", page(practice.look_back, OFFICIAL)),
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
        Route("/bureau/handreiking", page(gaps.show_gaps, DESK)),
        Route(answers, page(entries.show_entries, DESK)),
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
    ]


def _static() -> BaseRoute:
    # Pages are not compressed: a compressed page that holds a token and repeats what was typed gives the token away.
    return Mount("/static", HashedStaticFiles(directory=STATIC), middleware=[Middleware(GZipMiddleware)])
