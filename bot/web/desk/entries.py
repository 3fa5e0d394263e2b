"""The municipality's answers: look them up, write, change, withdraw, and see what they said before."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.faq import EntryState, FaqEntry, Published
from bot.domain.questions import QuestionKind
from bot.services import answers
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.web.desk.choices import (
    editor_options,
    names_of_colleagues,
    needed,
    one_of,
    options_from,
    options_of,
)
from bot.web.desk.draft import STILL_THERE, Draft, Preview, draft_from_entry, draft_of, not_saved, preview_of
from bot.web.dutch import ENTRY_STATES, counted
from bot.web.pages import render
from bot.web.search import find_entries
from bot.web.visit import Visit, number_in

MAX_PHRASING_CHARS: Final = 500
OVERDUE: Final = "controle"
"""Filter: published, and past the day on which the team was to look at it again."""

DONE: Final[dict[str, str]] = {
    "opgeslagen": "Het antwoord is opgeslagen.",
    "ingetrokken": "Het antwoord is ingetrokken: vanaf nu krijgt niemand het meer.",
    "gekoppeld": "De formulering is toegevoegd.",
    "ontkoppeld": "De formulering is weggehaald.",
}


def show_entries(visit: Visit) -> Response:
    """GET /bureau/antwoorden"""
    entries = answers.all_entries(visit.site.store)
    search = visit.query.get("zoek", "").strip()[:200]
    state, topic = visit.query.get("status", ""), visit.query.get("thema", "")
    found = list(find_entries(entries, search, limit=len(entries))) if search else list(entries)
    return render(
        visit,
        "desk/entries.html",
        found=[each for each in found if _shown(visit, each, state, topic)],
        total=len(entries),
        overdue=sum(_is_overdue(visit, each) for each in entries),
        search=search,
        state=state,
        topic=topic,
        topic_options=options_from(sorted({each.topic for each in entries}), "Alle thema's"),
        state_options=[*options_of(ENTRY_STATES, "Alle"), (OVERDUE, "Controledatum voorbij")],
        overdue_filter=OVERDUE,
        done=visit.query.get("gedaan", ""),
    )


def show_new_entry(visit: Visit) -> Response:
    """GET /bureau/antwoorden/nieuw"""
    return _page(visit, None, Draft("", "", QuestionKind.FACTUAL, "", ""))


def show_entry(visit: Visit) -> Response:
    """GET /bureau/antwoorden/antwoord/{entry_id}"""
    known = answers.entry(visit.site.store, visit.request.path_params["entry_id"])
    return _page(visit, known, draft_from_entry(known), done=_done(visit))


def change_entry(visit: Visit) -> Response:
    """POST /bureau/antwoorden/antwoord/{entry_id} or …/nieuw: `actie` says what; a refusal keeps what was typed."""
    action = ACTIONS_BY_NAME.get(visit.value("actie"))
    if action is None:
        raise HTTPException(400)
    entry_id = visit.request.path_params.get("entry_id")
    known = answers.entry(visit.site.store, entry_id) if entry_id else None
    try:
        return action(visit, known)
    except (ChangedByOther, NotPossible) as error:
        status = 409 if isinstance(error, ChangedByOther) else 422
        return _refused(visit, entry_id, str(error), status)


def _save(visit: Visit, known: FaqEntry | None) -> Response:
    draft = draft_of(visit)
    preview = _preview_of(visit, known, draft)
    if preview.personal and visit.value("gecontroleerd") != "ja":
        problem = "Er staan persoonsgegevens in de tekst. Haal ze weg, of vink aan dat ze gepubliceerd mogen worden."
        return _page(visit, _as_seen(visit, known), draft, preview=preview, problem=problem, status=422)
    published = _saved(visit, known, draft)
    told = f"&berichten={published.notices}" if visit.value("bericht") == "ja" else ""
    return RedirectResponse(
        f"/bureau/antwoorden/antwoord/{published.entry.id}?gedaan=opgeslagen{told}", status_code=303
    )


def _saved(visit: Visit, known: FaqEntry | None, draft: Draft) -> Published:
    entry_id = known.id if known else _new_id(visit)
    changed = replace(draft.entry(entry_id, visit.site.today), state=needed(EntryState, visit.value("status")))
    return answers.save_entry(
        visit.site.store,
        changed,
        expected_version=visit.whole_number("versie"),
        account_id=visit.account.id,
        now=visit.now,
        tell_askers=visit.value("bericht") == "ja",
    )


def _withdraw(visit: Visit, known: FaqEntry | None) -> Response:
    entry_id = _known(known).id
    answers.withdraw_entry(
        visit.site.store,
        entry_id=entry_id,
        expected_version=visit.whole_number("versie"),
        account_id=visit.account.id,
        now=visit.now,
    )
    return RedirectResponse(f"/bureau/antwoorden/antwoord/{entry_id}?gedaan=ingetrokken", status_code=303)


def _link(visit: Visit, known: FaqEntry | None) -> Response:
    entry_id, text = _known(known).id, visit.value("formulering")
    if not text:
        raise NotPossible("Typ eerst een andere manier om deze vraag te stellen.")
    answers.link_phrasing(
        visit.site.store, entry_id=entry_id, text=text[:MAX_PHRASING_CHARS], account_id=visit.account.id, now=visit.now
    )
    return RedirectResponse(f"/bureau/antwoorden/antwoord/{entry_id}?gedaan=gekoppeld#formuleringen", status_code=303)


def _unlink(visit: Visit, known: FaqEntry | None) -> Response:
    entry = _known(known)
    text = next((each for each in entry.phrasings if phrasing_key(each) == visit.value("formulering")), None)
    if text is None:
        raise NotPossible("Deze formulering was al weggehaald.")
    answers.unlink_phrasing(visit.site.store, entry_id=entry.id, text=text, account_id=visit.account.id, now=visit.now)
    return RedirectResponse(f"/bureau/antwoorden/antwoord/{entry.id}?gedaan=ontkoppeld#formuleringen", status_code=303)


def _preview(visit: Visit, known: FaqEntry | None) -> Response:
    draft = draft_of(visit)
    preview = _preview_of(visit, known, draft)
    if visit.wants_fragment:
        return render(visit, "desk/fragments/preview.html", preview=preview)
    return _page(visit, _as_seen(visit, known), draft, preview=preview)


ACTIONS_BY_NAME: Final[dict[str, Callable[[Visit, FaqEntry | None], Response]]] = {
    "opslaan": _save,
    "intrekken": _withdraw,
    "koppelen": _link,
    "ontkoppelen": _unlink,
    "voorbeeld": _preview,
}


def phrasing_key(text: str) -> str:
    """Names a phrasing in a form without its words: they may hold what an asker wrote about themselves."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _known(known: FaqEntry | None) -> FaqEntry:
    if known is None:
        raise HTTPException(400)
    return known


def _new_id(visit: Visit) -> str:
    """A short name that is not in use, with a letter in front as the CSV file asks."""
    taken = {each.id for each in answers.all_entries(visit.site.store)}
    while True:
        wanted = f"b{secrets.token_hex(3)}"
        if wanted not in taken:
            return wanted


def _as_seen(visit: Visit, known: FaqEntry | None) -> FaqEntry | None:
    """The entry under the version that the person saw, so that a change in between is still noticed on saving."""
    return replace(known, version=visit.whole_number("versie")) if known else None


def _preview_of(visit: Visit, known: FaqEntry | None, draft: Draft) -> Preview:
    entry_id = known.id if known else "nieuw"
    return preview_of(draft, (), visit.site.municipality, visit.site.today, entry_id)


def _is_overdue(visit: Visit, entry: FaqEntry) -> bool:
    past = entry.review_by is not None and entry.review_by < visit.site.today
    return past and entry.state is EntryState.PUBLISHED


def _shown(visit: Visit, entry: FaqEntry, state: str, topic: str) -> bool:
    if topic and entry.topic != topic:
        return False
    if state == OVERDUE:
        return _is_overdue(visit, entry)
    wanted = one_of(EntryState, state)
    return wanted is None or entry.state is wanted


def _done(visit: Visit) -> str:
    sentence = DONE.get(visit.query.get("gedaan", ""), "")
    told = number_in(visit.query.get("berichten", ""))
    if sentence and told is not None:
        sentence += f" {counted(told, 'inwoner krijgt', 'inwoners krijgen')} bericht van de nieuwe tekst."
    return sentence


def _refused(visit: Visit, entry_id: str | None, problem: str, status: int) -> Response:
    if visit.wants_fragment:
        return not_saved(visit, problem, status)
    try:
        known = answers.entry(visit.site.store, entry_id) if entry_id else None
    except NotFound:
        return not_saved(visit, problem, status, "vraag", "antwoord")
    editing = visit.value("actie") in ("opslaan", "voorbeeld")
    draft = draft_of(visit) if editing or known is None else draft_from_entry(known)
    kept = f"{problem} {STILL_THERE}" if editing else problem
    return _page(visit, known, draft, problem=kept, status=status)


def _page(
    visit: Visit,
    known: FaqEntry | None,
    draft: Draft,
    *,
    preview: Preview | None = None,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    site = visit.site
    entries = answers.all_entries(site.store)
    return render(
        visit,
        "desk/entry.html",
        status=status,
        known=known,
        draft=draft,
        preview=preview,
        done=done,
        problem=problem,
        history=answers.versions(site.store, known.id) if known else (),
        names=names_of_colleagues(site),
        **editor_options(site, entries, draft.topic, draft.owner),
        state_options=options_of(ENTRY_STATES),
        phrasing_key=phrasing_key,
    )
