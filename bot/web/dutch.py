"""How dates, numbers and states are put into words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.accounts import AccountRole, SignInMeans
from bot.domain.audit import AuditRow
from bot.domain.dutch_days import local
from bot.domain.faq import EntryState
from bot.domain.follow_up import Step
from bot.domain.notices import dutch_date
from bot.domain.outgoing import Delivery
from bot.domain.questions import ImpactLabel, QuestionKind, QuestionState

DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

MONTHS_SHORT: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

KINDS: Final[dict[QuestionKind, str]] = {
    QuestionKind.FACTUAL: "Feitelijk",
    QuestionKind.POLITICAL: "Bestuurlijk",
    QuestionKind.SIDE_ISSUE: "Bijvangst",
}
KIND_HELP: Final[dict[QuestionKind, str]] = {
    QuestionKind.FACTUAL: "Een medewerker kan dit met feiten beantwoorden.",
    QuestionKind.POLITICAL: "Hierover gaat het college of de raad: een keuze, geen feit.",
    QuestionKind.SIDE_ISSUE: "Iets anders dat de inwoner bezighoudt, zoals het verkeer of een lantaarnpaal.",
}
STATES: Final[dict[QuestionState, str]] = {
    QuestionState.OPEN: "Open",
    QuestionState.ANSWERED: "Beantwoord",
    QuestionState.DISMISSED: "Weggelegd",
}
LABELS: Final[dict[ImpactLabel, str]] = {
    ImpactLabel.INFORMATION: "Informatie: mensen willen iets weten",
    ImpactLabel.MEANING: "Betekenis: mensen willen weten waarom",
    ImpactLabel.DAMAGE_CONTROL: "Schade beperken: mensen willen dat iets stopt",
}
STEPS: Final[dict[Step, str]] = {
    Step.PASSED_ON: "Doorgegeven",
    Step.UNDER_WAY: "In behandeling",
    Step.SOLVED: "Opgelost",
    Step.DECLINED: "Hier doen we niets mee",
}
ENTRY_STATES: Final[dict[EntryState, str]] = {
    EntryState.DRAFT: "Concept",
    EntryState.PUBLISHED: "Gepubliceerd",
    EntryState.WITHDRAWN: "Ingetrokken",
}
DELIVERIES: Final[dict[Delivery, str]] = {
    Delivery.PENDING: "Staat klaar om te versturen",
    Delivery.SENDING: "Wordt nu verstuurd",
    Delivery.SENT: "Verstuurd",
    Delivery.KEPT: "Te lezen bij het volgende bezoek aan de vragenpagina",
    Delivery.BLOCKED: "Niet aangekomen: deze persoon heeft de chatbot geblokkeerd",
    Delivery.FAILED: "Niet verstuurd",
    Delivery.UNCERTAIN: "Onzeker: het bericht is misschien aangekomen. Beslis hieronder.",
}
ROLES: Final[dict[AccountRole, str]] = {
    AccountRole.OFFICIAL: "Ambtenaar",
    AccountRole.COMMUNICATIONS: "Communicatieteam",
    AccountRole.ADMINISTRATOR: "Beheerder",
}
ROLE_HELP: Final[dict[AccountRole, str]] = {
    AccountRole.OFFICIAL: "kan oefenen, de handreikingen raadplegen en bellers helpen",
    AccountRole.COMMUNICATIONS: "kan ook de vragen van inwoners beantwoorden",
    AccountRole.ADMINISTRATOR: "kan ook accounts beheren",
}
ACTIONS: Final[dict[str, str]] = {
    "answered": "beantwoordde de vraag",
    "claimed": "pakte de vraag op",
    "dismissed": "legde de vraag weg",
    "followed_up": "zette een volgende stap",
    "edited": "paste de eigen vraag aan",
    "joined": "stelde dezelfde vraag",
    "merged": "voegde vragen samen",
    "released": "gaf de vraag terug",
    "sorted": "deelde de vraag in",
    "split": "splitste vragen af",
}
"""What the audit log says, as the end of a sentence."""

AREAS: Final[dict[str, str]] = {
    "account": "Accounts en inloggen",
    "cluster": "Vragen op de werklijst",
    "question": "Vragen van inwoners",
    "entry": "Antwoorden",
    "news": "Nieuws",
    "outgoing": "Berichten",
    "wish": "Terugbellen en mailen",
    "conversation": "Vergeten",
    "export": "Bestanden",
}
"""What a row of the audit log is about, by the first part of its subject."""
LOG_ACTIONS: Final[dict[tuple[str, str], str]] = {
    **{("cluster", action): words for action, words in ACTIONS.items()},
    ("account", "changed"): "veranderde een account",
    ("account", "created"): "maakte een account",
    ("account", "link_issued"): "maakte een inloglink",
    ("account", "password_set"): "koos een wachtwoord",
    ("account", "sign_in_refused"): "een wachtwoord klopte niet",
    ("account", "signed_in"): "logde in",
    ("conversation", "forgotten"): "een inwoner liet zich vergeten",
    ("entry", "draft"): "bewaarde een antwoord als concept",
    ("entry", "phrasing_linked"): "voegde een formulering toe",
    ("entry", "phrasing_unlinked"): "haalde een formulering weg",
    ("entry", "published"): "publiceerde een antwoord",
    ("entry", "withdrawn"): "trok een antwoord in",
    ("export", "exported"): "sloeg een bestand op",
    ("news", "draft"): "bewaarde nieuws als concept",
    ("news", "published"): "plaatste nieuws",
    ("news", "withdrawn"): "haalde nieuws weg",
    ("outgoing", "dropped"): "besloot een bericht niet te versturen",
    ("outgoing", "resent"): "liet een bericht opnieuw versturen",
    ("question", "registered"): "een vraag kwam binnen",
    ("question", "registered_call"): "noteerde een vraag van een beller",
    ("wish", "made"): "iemand wil gebeld of gemaild worden",
    ("wish", "fulfilled"): "belde of mailde iemand terug",
    ("wish", "withdrawn"): "een adres werd gewist",
}
"""Area and action → what happened, as the end of a sentence."""
MEANS: Final[dict[SignInMeans, str]] = {
    SignInMeans.LINK: "met een inloglink",
    SignInMeans.PASSWORD: "met een wachtwoord",
    SignInMeans.PROVIDER: "met een werkaccount",
}


def log_words(row: AuditRow) -> str:
    """What a row of the audit log says; an action of an older version by its own name."""
    area = row.subject.partition(":")[0]
    words = LOG_ACTIONS.get((area, row.action), row.action)
    means = row.detail.get("means")
    return f"{words} {MEANS[SignInMeans(str(means))]}" if area == "account" and means else words


def long_date(day: date) -> str:
    """Such as 'maandag 3 mei 2027'."""
    return f"{DAYS[day.weekday()]} {dutch_date(day)}"


def date_and_time(moment: datetime) -> str:
    """Such as '3 mei 2027 om 14.05 uur', on the Dutch clock."""
    there = local(moment)
    return f"{dutch_date(there.date())} om {there.hour}.{there.minute:02d} uur"


def topic_word(topic: str) -> str:
    """A topic as people read it: 'wonen_keuze' → 'Wonen keuze'. A question of which nothing is known has none."""
    words = topic.replace("_", " ") or "nog geen thema"
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, many: str) -> str:
    """Such as '1 vraag' or '3 vragen'."""
    return f"{number} {one if number == 1 else many}"


def due_in_words(due_on: date, today: date) -> str:
    """How far off a promised date is, in words, so that colour is never needed to see what is late."""
    days = (due_on - today).days
    if days < 0:
        return f"{counted(-days, 'dag', 'dagen')} te laat"
    if days == 0:
        return "vandaag"
    if days == 1:
        return "morgen"
    return f"over {days} dagen" if days < 15 else f"over {round(days / 7)} weken"


def urgency(due_on: date, today: date) -> str:
    """'late', 'soon' (today or tomorrow) or 'later', for the look of a date."""
    if due_on < today:
        return "late"
    return "soon" if due_on <= today + timedelta(days=1) else "later"
