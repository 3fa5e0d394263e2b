"""The FAQ as a spreadsheet file: what a municipality brings along, and what it can take away.

The first row names the columns id, question, answer, kind, topic and owner; type, reviewed_on, review_by and source
may follow. Dutch Excel's habits are understood: a byte order mark, semicolons, dates as 31-12-2026.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.faq import MAX_ANSWER_CHARS, FaqEntry
from bot.domain.questions import QuestionKind

REQUIRED = ("id", "question", "answer", "kind", "topic", "owner")
OPTIONAL = ("type", "reviewed_on", "review_by", "source")
MAX_ID_CHARS = 32
"""The longest with which every button about an entry stays within Telegram's 64 bytes."""

ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{MAX_ID_CHARS - 1}}}")
"""Short enough for the data behind a Telegram button (64 bytes)."""

KINDS = {
    **{kind.value: kind for kind in QuestionKind},
    "feitelijk": QuestionKind.FACTUAL,
    "politiek": QuestionKind.POLITICAL,
    "bestuurlijk": QuestionKind.POLITICAL,
    "bijvangst": QuestionKind.SIDE_ISSUE,
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file. row: as the spreadsheet numbers it, the header is 1. column: '' for the whole row."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        place = f"Rij {self.row}, kolom '{self.column}'" if self.column else f"Rij {self.row}"
        return f"{place}: {self.what}"


class FaqCsvError(ValueError):
    """The file cannot be used. `problems` holds every fault found, so that they can be mended in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def decode_csv(data: bytes) -> str:
    """A file's text: UTF-8 with or without byte order mark, else what Excel on a Dutch Windows writes (cp1252)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def parse_faq_csv(text: str) -> tuple[FaqEntry, ...]:
    """The entries in a CSV text, in its order; `reviewed_on` becomes `published_on`. Raises FaqCsvError."""
    text = text.removeprefix("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise FaqCsvError([Problem(1, "", f"dit is geen leesbaar CSV-bestand ({error}).")]) from error
    columns = _columns(rows[0] if rows else [])
    filled = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    entries: list[FaqEntry] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, row in filled:
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
        found = [*_problems(number, cells), *_misplaced(number, row, len(rows[0])), *_repeated(number, cells, seen)]
        problems.extend(found)
        if not found:
            entries.append(_entry(cells))
    if problems:
        raise FaqCsvError(problems)
    return tuple(entries)


def format_faq_csv(entries: Iterable[FaqEntry]) -> str:
    """CSV text that `parse_faq_csv` reads back, and that Dutch Excel opens in columns (byte order mark, semicolons)."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow((*REQUIRED, *OPTIONAL))
    for entry in entries:
        dates = [day.isoformat() if day else "" for day in (entry.published_on, entry.review_by)]
        writer.writerow((
            entry.id, entry.question, entry.answer, entry.kind.value, entry.topic, entry.owner, entry.type or "",
            *dates, entry.source,
        ))  # fmt: skip
    return out.getvalue()


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _columns(header: list[str]) -> Mapping[str, int]:
    names = [cell.strip().lower() for cell in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        listed = ", ".join(f"'{name}'" for name in missing)
        raise FaqCsvError([Problem(1, "", f"deze kolommen ontbreken in de kopregel: {listed}.")])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FaqCsvError([Problem(1, name, "deze kolom staat er twee keer.") for name in twice])
    return {name: names.index(name) for name in (*REQUIRED, *OPTIONAL) if name in names}


def _problems(row: int, cells: Mapping[str, str]) -> Iterable[Problem]:
    for name in REQUIRED:
        if not cells[name]:
            yield Problem(row, name, "leeg; vul deze cel in.")
    if cells["id"] and not ID.fullmatch(cells["id"]):
        yield Problem(
            row, "id", f"'{cells['id']}' kan niet: gebruik letters, cijfers, - . of _ (hooguit {MAX_ID_CHARS})."
        )
    if cells["kind"] and cells["kind"].lower() not in KINDS:
        yield Problem(row, "kind", f"'{cells['kind']}' is niet bekend; kies uit {', '.join(KINDS)}.")
    if len(cells["answer"]) > MAX_ANSWER_CHARS:
        yield Problem(row, "answer", f"{len(cells['answer'])} tekens; er passen er {MAX_ANSWER_CHARS} in een bericht.")
    for name in ("reviewed_on", "review_by"):
        if cells.get(name) and _date(cells[name]) is None:
            yield Problem(row, name, f"'{cells[name]}' is geen datum; schrijf bijvoorbeeld 2026-12-31.")


def _misplaced(row: int, cells: list[str], columns: int) -> Iterable[Problem]:
    if any(cell.strip() for cell in cells[columns:]):
        yield Problem(row, "", f"er staan {len(cells)} cellen onder {columns} kolommen; zet tekst met een komma of "
                               "puntkomma tussen aanhalingstekens.")  # fmt: skip


def _repeated(row: int, cells: Mapping[str, str], seen: dict[str, int]) -> Iterable[Problem]:
    if cells["id"] in seen:
        yield Problem(row, "id", f"'{cells['id']}' staat ook al in rij {seen[cells['id']]}.")
    elif cells["id"]:
        seen[cells["id"]] = row


def _entry(cells: Mapping[str, str]) -> FaqEntry:
    return FaqEntry(
        id=cells["id"],
        question=cells["question"],
        answer=cells["answer"],
        kind=KINDS[cells["kind"].lower()],
        topic=cells["topic"],
        owner=cells["owner"],
        type=cells.get("type") or None,
        published_on=_date(cells.get("reviewed_on", "")),
        review_by=_date(cells.get("review_by", "")),
        source=cells.get("source", ""),
    )


def _date(text: str) -> date | None:
    """An ISO date, or day-month-year as people and Excel write it."""
    dutch = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    try:
        return date(*(int(part) for part in reversed(dutch.groups()))) if dutch else date.fromisoformat(text)
    except ValueError:
        return None
