"""Progress news: written here, read by everybody, sent to who follows it (VNG 6.5)."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.faq import EntryState
from bot.domain.news import MAX_NEWS_CHARS, MAX_TITLE_CHARS, NewsItem
from bot.domain.notices import news_notice
from bot.domain.readability import long_sentences
from bot.services.errors import ChangedByOther, NotPossible
from bot.services.news import all_news, news_item, save_news
from bot.web.desk.draft import STILL_THERE, personal_in
from bot.web.dutch import counted
from bot.web.pages import render
from bot.web.visit import Visit, number_in

STATES = {"opslaan": EntryState.DRAFT, "plaatsen": EntryState.PUBLISHED, "weghalen": EntryState.WITHDRAWN}
DONE = {
    EntryState.DRAFT: "Het concept is bewaard. Alleen jullie zien het.",
    EntryState.PUBLISHED: "Het nieuws staat online.",
    EntryState.WITHDRAWN: "Het nieuws is weggehaald. De tekst blijft hier bewaard.",
}


def show_list(visit: Visit) -> Response:
    """GET /bureau/nieuws"""
    return render(visit, "desk/news_list.html", items=all_news(visit.site.store))


def show_new(visit: Visit) -> Response:
    """GET /bureau/nieuws/nieuw"""
    return _page(visit, NewsItem("", ""))


def show_item(visit: Visit) -> Response:
    """GET /bureau/nieuws/{number}"""
    item = news_item(visit.site.store, visit.path_number("number"))
    return _page(visit, item, done=_done(visit, item))


def change(visit: Visit) -> Response:
    """POST /bureau/nieuws/{number} or …/nieuw: `actie` says which state it gets, or 'voorbeeld'."""
    action, number = visit.value("actie"), visit.request.path_params.get("number")
    state, version = STATES.get(action), visit.whole_number("versie")
    typed = NewsItem(visit.value("kop"), visit.value("tekst"), id=number or 0, version=version)
    if action == "voorbeeld":
        return _page(visit, _known(visit, typed), shown=True)
    if state is None:
        raise HTTPException(400)
    if state is EntryState.PUBLISHED and _personal(visit, typed) and visit.value("gecontroleerd") != "ja":
        problem = "Er staan persoonsgegevens in de tekst. Haal ze weg, of vink aan dat ze gepubliceerd mogen worden."
        return _page(visit, _known(visit, typed), shown=True, problem=problem, status=422)
    try:
        item, told = save_news(
            visit.site.store,
            news_id=number,
            expected_version=version,
            title=typed.title,
            text=typed.text,
            state=state,
            account_id=visit.account.id,
            now=visit.now,
            tell=visit.value("bericht") == "ja",
        )
    except (ChangedByOther, NotPossible) as error:
        status = 409 if isinstance(error, ChangedByOther) else 422
        return _page(visit, _known(visit, typed, newest=True), problem=f"{error} {STILL_THERE}", status=status)
    return RedirectResponse(f"/bureau/nieuws/{item.id}?gedaan=ja&berichten={told}", status_code=303)


def _known(visit: Visit, typed: NewsItem, newest: bool = False) -> NewsItem:
    """What was typed, with what is known of the item; `newest`: under the version that is there now."""
    if not typed.id:
        return typed
    known = news_item(visit.site.store, typed.id)
    version = known.version if newest else typed.version
    return NewsItem(typed.title, typed.text, known.state, known.id, version, known.published_at, known.saved_at)


def _personal(visit: Visit, item: NewsItem) -> tuple[str, ...]:
    return personal_in(f"{item.title}\n{item.text}", visit.site.municipality)


def _done(visit: Visit, item: NewsItem) -> str:
    if visit.query.get("gedaan") != "ja":
        return ""
    told = number_in(visit.query.get("berichten", ""))
    sent = f" {counted(told, 'volger krijgt', 'volgers krijgen')} bericht." if told else ""
    return DONE[item.state] + sent


def _page(
    visit: Visit, item: NewsItem, *, shown: bool = False, done: str = "", problem: str = "", status: int = 200
) -> Response:
    return render(
        visit,
        "desk/news.html",
        status=status,
        item=item,
        done=done,
        problem=problem,
        message=news_notice(item.title, item.text).text if shown else "",
        personal=_personal(visit, item) if shown else (),
        long=long_sentences(item.text) if shown else (),
        max_title=MAX_TITLE_CHARS,
        max_text=MAX_NEWS_CHARS,
    )
