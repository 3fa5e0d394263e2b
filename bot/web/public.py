"""The public page: published questions and answers, and the chatbot for people without Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.domain.faq import FaqEntry
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role, Speaker
from bot.domain.questions import Question
from bot.domain.reply_wishes import ReplyMeans
from bot.services.answers import published_entries
from bot.services.errors import NotFound, NotPossible
from bot.services.news import published_news
from bot.services.notices import kept_notices, mark_sent
from bot.services.questions import my_questions
from bot.services.reply_wishes import ask_reply, reply_wishes_of, withdraw_reply
from bot.web.conversation import FAILURES, MAX_TYPED_CHARS, Exchange, message_id, take_turn
from bot.web.limits import MESSAGES
from bot.web.pages import render
from bot.web.search import find_entries
from bot.web.visit import Visit

MAX_SEARCH_CHARS: Final = 200
NEWS_SHOWN: Final = 3
ADDRESS_DONE: Final = {
    "bewaard": "We mailen u zodra er antwoord is. Daarna wissen we uw e-mailadres.",
    "gewist": "Uw e-mailadres is gewist.",
}


def speaker_of_visitor(visit: Visit) -> Speaker:
    """The resident behind this browser. The store sees a digest: who reads it cannot make the cookie of it."""
    return Speaker(Role.RESIDENT, "page", visit.site.sign("conversation", visit.visitor)[:32])


def show(visit: Visit) -> Response:
    """GET /vragen: everything, or what was searched for, and notices that wait for this visitor."""
    return _page(visit, Exchange(), _notices(visit))


def mark_read(visit: Visit) -> Response:
    """POST /vragen/gelezen: the visitor saw a notice. Showing it is not enough: browsers fetch pages ahead of time."""
    number = visit.whole_number("bericht")
    if any(notice.id == number for notice in _notices(visit)):
        mark_sent(visit.site.store, number, now=visit.now)
    return RedirectResponse("/vragen", status_code=303)


async def ask(visit: Visit) -> Response:
    """POST /vragen: a turn with the chatbot."""
    speaker = speaker_of_visitor(visit)
    before = await run_in_threadpool(_numbers, visit, speaker)
    exchange = await take_turn(visit, speaker)
    if visit.wants_fragment:
        new = await run_in_threadpool(_numbers, visit, speaker) - before
        return render(
            visit,
            "fragments/exchange.html",
            status=exchange.status,
            exchange=exchange,
            address="/vragen",
            bot_name="Chatbot",
            registered=max(new, default=0),
        )
    return await run_in_threadpool(_page_with_notices, visit, exchange)


def leave_address(visit: Visit) -> Response:
    """POST /vragen/adres: an e-mail address for the answer to one's own question, or `actie` 'wissen' to take it back."""
    speaker = speaker_of_visitor(visit)
    if visit.value("actie") == "wissen":
        withdraw_reply(visit.site.store, conversation=speaker.sender_id, now=visit.now)
        return RedirectResponse("/vragen?adres=gewist#uw-vragen", status_code=303)
    problem = ""
    if not visit.site.limits.allows(MESSAGES, f"speaker:{speaker.sender_id}"):
        problem = FAILURES[Role.RESIDENT]["often"]
    else:
        try:
            ask_reply(
                visit.site.store,
                number=visit.whole_number("vraag"),
                conversation=speaker.sender_id,
                means=ReplyMeans.EMAIL,
                address=visit.value("email"),
                now=visit.now,
            )
        except (NotFound, NotPossible) as error:
            problem = str(error)
    if problem:
        return _page(visit, Exchange(), _notices(visit), problem=problem, status=422)
    return RedirectResponse("/vragen?adres=bewaard#uw-vragen", status_code=303)


def show_news(visit: Visit) -> Response:
    """GET /nieuws: what happened since, the latest first."""
    return render(visit, "news.html", items=published_news(visit.site.store))


def _numbers(visit: Visit, speaker: Speaker) -> set[int]:
    return {question.number for question in my_questions(visit.site.store, speaker.sender_id)}


def _page_with_notices(visit: Visit, exchange: Exchange) -> Response:
    return _page(visit, exchange, _notices(visit))


def _notices(visit: Visit) -> tuple[Outgoing, ...]:
    return kept_notices(visit.site.store, speaker_of_visitor(visit).sender_id)


def _own_questions(visit: Visit) -> list[tuple[Question, bool]]:
    """What this visitor asked, the latest first, and whether they left an e-mail address with it."""
    own = my_questions(visit.site.store, speaker_of_visitor(visit).sender_id)
    wishes = reply_wishes_of(visit.site.store, [each.number for each in own]) if own else ()
    mailed = {wish.question.number for wish in wishes if wish.done_at is None}
    return [(each, each.number in mailed) for each in reversed(own)]


def _page(
    visit: Visit, exchange: Exchange, notices: Sequence[Outgoing], problem: str = "", status: int = 200
) -> Response:
    entries = published_entries(visit.site.store)
    search = visit.query.get("zoek", "").strip()[:MAX_SEARCH_CHARS]
    topic = visit.query.get("thema", "")
    found: Sequence[FaqEntry] = find_entries(entries, search) if search else entries
    if topic:
        found = [entry for entry in found if entry.topic == topic]
    return render(
        visit,
        "public.html",
        status=status if problem else exchange.status,
        exchange=exchange,
        message_id=message_id(visit, exchange),
        notices=notices,
        own=_own_questions(visit),
        address_problem=problem,
        address_number=visit.value("vraag") if problem else "",
        address_typed=visit.value("email") if problem else "",
        address_done=ADDRESS_DONE.get(visit.query.get("adres", ""), ""),
        news=published_news(visit.site.store, NEWS_SHOWN),
        search=search,
        topic=topic,
        themes=_themes(found),
        topics=sorted({entry.topic for entry in entries}),
        found=found,
        total=len(entries),
        max_typed=MAX_TYPED_CHARS,
    )


def _themes(entries: Sequence[FaqEntry]) -> list[tuple[str, list[FaqEntry]]]:
    """The entries by theme, the themes in the order in which the entries come."""
    themes: dict[str, list[FaqEntry]] = {}
    for entry in entries:
        themes.setdefault(entry.topic, []).append(entry)
    return list(themes.items())
