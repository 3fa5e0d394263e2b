"""One row of the desk: who asked what, sorting it out, and answering it for everybody at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.faq import EntryState, FaqEntry
from bot.domain.follow_up import Step
from bot.domain.questions import Cluster, ImpactLabel, QuestionKind, QuestionState
from bot.services.answers import answer_with_entry, publish_answer, published_entries
from bot.services.audit import audit_trail
from bot.services.clusters import (
    claim,
    cluster,
    dismiss,
    dismissed_before,
    merge,
    release,
    set_kind,
    similar_clusters,
    split,
)
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.follow_ups import follow_ups, take_step
from bot.services.notices import deliveries_of_cluster
from bot.services.reply_wishes import reply_wishes_of
from bot.web.desk.choices import (
    day_of,
    editor_options,
    names_of_colleagues,
    needed,
    one_of,
    options_of,
)
from bot.web.desk.draft import STILL_THERE, Draft, Preview, draft_of, not_saved, preview_of
from bot.web.desk.listing import askers_of
from bot.web.dutch import ACTIONS, KIND_HELP, KINDS, LABELS, STEPS, counted
from bot.web.pages import render
from bot.web.search import find_entries
from bot.web.visit import Visit, number_in

SIMILAR: Final = 5
DONE: Final[dict[str, str]] = {
    "opgepakt": "Je hebt deze vraag opgepakt. Collega's zien dat jij ermee bezig bent.",
    "teruggegeven": "De vraag is weer vrij voor iedereen.",
    "ingedeeld": "De indeling is opgeslagen.",
    "afgesplitst": "De gekozen vragen staan nu hier, in een rij van zichzelf.",
    "samengevoegd": "De vragen zijn samengevoegd. Eén antwoord gaat straks naar iedereen.",
    "weggelegd": "De vraag is weggelegd. De reden blijft bewaard.",
    "beantwoord": "Het antwoord staat online.",
    "stap": "De stap is opgeslagen.",
}


def show_cluster(visit: Visit) -> Response:
    """GET /bureau/vraag/{number}"""
    found = cluster(visit.site.store, visit.path_number("number"))
    return _page(visit, found, done=_done(visit))


def change_cluster(visit: Visit) -> Response:
    """POST /bureau/vraag/{number}: `actie` says what; whatever is refused comes back with what was typed."""
    action = ACTIONS_BY_NAME.get(visit.value("actie"))
    if action is None:
        raise HTTPException(400)
    try:
        return action(visit, visit.path_number("number"), visit.whole_number("versie"))
    except ChangedByOther as error:
        return _refused(visit, str(error), 409)
    except NotPossible as error:
        return _refused(visit, str(error), 422)


def _claim(visit: Visit, number: int, version: int) -> Response:
    claim(visit.site.store, cluster_id=number, expected_version=version, account_id=visit.account.id, now=visit.now)
    return _back(number, "opgepakt")


def _release(visit: Visit, number: int, version: int) -> Response:
    release(visit.site.store, cluster_id=number, expected_version=version, account_id=visit.account.id, now=visit.now)
    return _back(number, "teruggegeven")


def _sort(visit: Visit, number: int, version: int) -> Response:
    set_kind(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        account_id=visit.account.id,
        kind=needed(QuestionKind, visit.value("soort")),
        topic=visit.short("thema") or None,
        owner=visit.short("eigenaar") or None,
        due_on=day_of(visit.value("datum")),
        label=one_of(ImpactLabel, visit.value("label")),
        now=visit.now,
    )
    return _back(number, "ingedeeld")


def _split(visit: Visit, number: int, version: int) -> Response:
    numbers = [each for text in visit.lists.get("vraagnummer", ()) if (each := number_in(text)) is not None]
    made = split(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        numbers=numbers,
        account_id=visit.account.id,
        now=visit.now,
    )
    return _back(made.id, "afgesplitst")


def _dismiss(visit: Visit, number: int, version: int) -> Response:
    dismiss(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        account_id=visit.account.id,
        reason=visit.value("reden"),
        now=visit.now,
    )
    return _back(number, "weggelegd")


def _merge(visit: Visit, number: int, version: int) -> Response:
    versions = {number: version, visit.whole_number("andere"): visit.whole_number("andere_versie")}
    merged = merge(visit.site.store, versions=versions, account_id=visit.account.id, now=visit.now)
    return _back(merged.id, "samengevoegd")


def _step(visit: Visit, number: int, version: int) -> Response:
    told = take_step(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        account_id=visit.account.id,
        step=needed(Step, visit.value("stap")),
        text=visit.value("bericht"),
        now=visit.now,
    )
    return _back(number, "stap", told if visit.value("bericht") else None)


def _answer_with_entry(visit: Visit, number: int, version: int) -> Response:
    published = answer_with_entry(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        account_id=visit.account.id,
        entry_id=visit.value("bestaand"),
        now=visit.now,
    )
    return _back(number, "beantwoord", published.notices)


def _preview(visit: Visit, number: int, version: int) -> Response:
    found = cluster(visit.site.store, number)
    draft = draft_of(visit)
    preview = preview_of(draft, found.questions, visit.site.municipality, visit.site.today)
    if visit.wants_fragment:
        return render(visit, "desk/fragments/preview.html", preview=preview)
    return _page(visit, replace(found, version=version), draft=draft, preview=preview)


def _publish(visit: Visit, number: int, version: int) -> Response:
    draft = draft_of(visit)
    found = _found(visit, number)
    preview = preview_of(draft, found.questions if found else (), visit.site.municipality, visit.site.today)
    if found and preview.personal and visit.value("gecontroleerd") != "ja":
        problem = "Er staan persoonsgegevens in de tekst. Haal ze weg, of vink aan dat ze gepubliceerd mogen worden."
        return _page(visit, replace(found, version=version), draft=draft, preview=preview, problem=problem, status=422)
    published = publish_answer(
        visit.site.store,
        cluster_id=number,
        expected_version=version,
        account_id=visit.account.id,
        question=draft.question,
        answer=draft.answer,
        kind=draft.kind,
        topic=draft.topic,
        owner=draft.owner,
        type=draft.type or None,
        review_by=draft.review_by,
        source=draft.source,
        now=visit.now,
    )
    return _back(number, "beantwoord", published.notices)


def _found(visit: Visit, number: int) -> Cluster | None:
    """The row, or None when a colleague merged it away: then saving says who that was."""
    try:
        return cluster(visit.site.store, number)
    except NotFound:
        return None


ACTIONS_BY_NAME: Final[dict[str, Callable[[Visit, int, int], Response]]] = {
    "oppakken": _claim,
    "teruggeven": _release,
    "indelen": _sort,
    "afsplitsen": _split,
    "wegleggen": _dismiss,
    "samenvoegen": _merge,
    "stap": _step,
    "bestaand": _answer_with_entry,
    "voorbeeld": _preview,
    "publiceren": _publish,
}


def _back(number: int, done: str, notices: int | None = None) -> Response:
    told = "" if notices is None else f"&berichten={notices}"
    return RedirectResponse(f"/bureau/vraag/{number}?gedaan={done}{told}", status_code=303)


def _done(visit: Visit) -> str:
    sentence = DONE.get(visit.query.get("gedaan", ""), "")
    told = number_in(visit.query.get("berichten", ""))
    if sentence and told is not None:
        asked = counted(told, "inwoner die daarom vroeg, krijgt", "inwoners die daarom vroegen, krijgen")
        sentence += f" {asked} bericht." if told else " Niemand had om bericht gevraagd."
    return sentence


def _refused(visit: Visit, problem: str, status: int) -> Response:
    """The page as it now is, with the typed text; or the typed text alone when the row is gone."""
    draft = draft_of(visit) if visit.value("actie") in ("publiceren", "voorbeeld") else None
    if visit.wants_fragment:
        return not_saved(visit, problem, status)
    try:
        found = cluster(visit.site.store, visit.path_number("number"))
    except NotFound:
        return not_saved(visit, problem, status, "vraag", "antwoord", "reden", "bericht")
    kept = f"{problem} {STILL_THERE}" if draft else problem
    return _page(visit, found, draft=draft, problem=kept, status=status)


def _page(
    visit: Visit,
    found: Cluster,
    *,
    draft: Draft | None = None,
    preview: Preview | None = None,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    site = visit.site
    entries = published_entries(site.store)
    numbers = [question.number for question in found.questions]
    names = names_of_colleagues(site)
    deliveries = {each.conversation: each for each in deliveries_of_cluster(site.store, found.id)}
    trail = [row for row in audit_trail(site.store, subject=f"cluster:{found.id}", limit=50) if row.action in ACTIONS]
    return render(
        visit,
        "desk/cluster.html",
        status=status,
        cluster=found,
        askers=askers_of(found),
        wishers=len({each.conversation for each in found.questions if each.wants_notice}),
        holder="" if found.claimed_by is None else names.get(found.claimed_by, "een collega"),
        mine=found.claimed_by == visit.account.id,
        names=names,
        similar=_similar(found, entries),
        chosen_entry=_answered_with(found, entries),
        deliveries=deliveries,
        trail=trail,
        near=similar_clusters(site.store, found.id) if found.state is QuestionState.OPEN else (),
        laid_aside=[each for each in dismissed_before(site.store, found.id) if each.id != found.id],
        steps=follow_ups(site.store, found.id),
        step_options=[("", "Kies een stap"), *options_of(STEPS)],
        step=visit.value("stap"),
        message=visit.value("bericht"),
        wishes=[wish for wish in reply_wishes_of(site.store, numbers) if wish.done_at is None],
        draft=draft or Draft("", "", found.kind, found.topic, found.owner),
        preview=preview,
        done=done,
        problem=problem,
        reason=visit.value("reden"),
        **editor_options(site, entries, found.topic, found.owner),
        label_options=options_of(LABELS, "Nog niet bepaald"),
        kinds=KINDS,
        kind_help=KIND_HELP,
        labels=LABELS,
        actions=ACTIONS,
    )


def _similar(found: Cluster, entries: tuple[FaqEntry, ...]) -> list[FaqEntry]:
    return list(find_entries(entries, " ".join(question.text for question in found.questions[:5]), SIMILAR))


def _answered_with(found: Cluster, entries: tuple[FaqEntry, ...]) -> FaqEntry | None:
    ids = {question.answered_by for question in found.questions}
    return next((entry for entry in entries if entry.id in ids and entry.state is EntryState.PUBLISHED), None)
