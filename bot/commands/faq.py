"""`dialoogcoach faq`: the municipality's answers in and out of a file, and looked over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.bootstrap import Parts, build, now_utc
from bot.domain.dutch_days import local_day
from bot.domain.faq import FaqEntry, ImportReport
from bot.domain.faq_check import TITLES, Attention, Pointer
from bot.domain.faq_sheet import FaqFileError, Sheet
from bot.domain.matching.index import texts_of
from bot.services.answers import import_entries, published_entries
from bot.services.ports import StoreUnavailable
from bot.services.vectors import vectors_of
from bot.settings import SettingsError
from bot.storage.faq_files import read_faq_file, write_faq_file
from bot.storage.municipality import MunicipalityError

app = typer.Typer(help="The municipality's answers: CSV or XLSX in and out, and a look-over.", no_args_is_help=True)

EX_USAGE = 2
SUFFIXES = (".csv", ".xlsx")

File = Annotated[Path, typer.Argument(help="CSV or XLSX.", show_default=False)]


@app.command("import")
def import_file(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen; change nothing.")] = False,
    skip_faulty: Annotated[bool, typer.Option("--skip-faulty", help="Import the rows without a fault.")] = False,
) -> None:
    """Publish the answers in a file: all rows, or none when one has a fault. They work at once, without training."""
    sheet = _read(file)
    for problem in sheet.problems:
        typer.echo(f"{file}: {problem}", err=True)
    if sheet.problems and not skip_faulty:
        typer.echo("Er is niets ingelezen. Verbeter deze rijen, of sla ze over met --skip-faulty.", err=True)
        raise typer.Exit(1)
    with _complaints():
        parts = build()
        # Before anything is published, so that a running assistant finds the vectors and need not make them.
        texts = [text for entry in sheet.entries for text in texts_of(entry)]
        vectors_of(parts.store, texts, model=parts.settings.embedder, embed=parts.embedder.embed)
        report = import_entries(parts.store, sheet.entries, now=now_utc(), keep=not dry_run)
        _tell(report, len(sheet.problems), dry_run)
        _point(_checked(parts, _after(parts, sheet.entries) if dry_run else published_entries(parts.store)))
    raise typer.Exit(bool(sheet.problems))


@app.command("export")
def export_file(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the published answers to a .csv or .xlsx file that `import` reads back."""
    if file.suffix not in SUFFIXES:
        typer.echo(f"{file}: name a file that ends in .csv or .xlsx.", err=True)
        raise typer.Exit(EX_USAGE)
    if file.exists() and not force:
        typer.echo(f"{file} is there already: choose another name, or write over it with --force.", err=True)
        raise typer.Exit(EX_USAGE)
    with _complaints():
        entries = published_entries(build().store)
    try:
        file.write_bytes(write_faq_file(entries, file.suffix))
    except OSError as error:
        typer.echo(f"{file} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{file}: {_answers(len(entries))}")


@app.command("check")
def check_file(
    file: Annotated[Optional[Path], typer.Argument(help="CSV or XLSX; without one: what is published now.")] = None,
) -> None:
    """Answers that contradict each other, questions asked twice, review dates past, types that do not fit.

    Exit status 1 when there is something to look at.
    """
    sheet = _read(file) if file is not None else None
    for problem in sheet.problems if sheet else ():
        typer.echo(f"{file}: {problem}", err=True)
    with _complaints():
        parts = build()
        entries = sheet.entries if sheet else published_entries(parts.store)
        found = _checked(parts, entries)
    _point(found)
    typer.echo(f"{_answers(len(entries))} bekeken, {len(found) or 'geen'} {_remarks(len(found))}.")
    raise typer.Exit(bool(found or (sheet and sheet.problems)))


def _read(file: Path) -> Sheet:
    try:
        return read_faq_file(file.read_bytes())
    except OSError as error:
        typer.echo(f"{file} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(EX_USAGE) from error
    except FaqFileError as error:
        for problem in error.problems:
            typer.echo(f"{file}: {problem}", err=True)
        raise typer.Exit(1) from error


@contextmanager
def _complaints() -> Iterator[None]:
    """What the operator has to mend, as one sentence instead of a traceback."""
    try:
        yield
    except (SettingsError, MunicipalityError, StoreUnavailable) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _after(parts: Parts, rows: Sequence[FaqEntry]) -> tuple[FaqEntry, ...]:
    """What would be published after importing these rows."""
    return tuple({entry.id: entry for entry in (*published_entries(parts.store), *rows)}.values())


def _checked(parts: Parts, entries: Sequence[FaqEntry]) -> tuple[Pointer, ...]:
    return parts.look_over(entries, local_day(now_utc()))


def _tell(report: ImportReport, skipped: int, dry_run: bool) -> None:
    """The outcome, one line a kind; ids where somebody may want to look."""
    would = "Dit zou er gebeuren; er is niets veranderd." if dry_run else "Ingelezen. De antwoorden werken meteen."
    typer.echo(would)
    lines = (
        ("nieuw", report.added, True),
        ("veranderd", report.changed, True),
        ("hetzelfde gebleven", report.unchanged, False),
        ("ingetrokken door het team, en dat gebleven", report.left_withdrawn, True),
        ("niet in dit bestand, en blijven staan", report.not_in_file, True),
    )
    for words, ids, named in lines:
        if ids:
            typer.echo(f"  {len(ids):>4} {words}{': ' + ', '.join(ids) if named else ''}")
    if skipped:
        typer.echo(f"  overgeslagen vanwege een fout: zie de {'melding' if skipped == 1 else 'meldingen'} hierboven")


def _point(found: Sequence[Pointer]) -> None:
    for about, pointers in groupby(found, key=lambda pointer: pointer.about):
        typer.echo(f"\n{TITLES[Attention(about)]}")
        for pointer in pointers:
            typer.echo(f"  - {pointer.what}")
    if found:
        typer.echo("")


def _answers(count: int) -> str:
    return f"{count} {'antwoord' if count == 1 else 'antwoorden'}"


def _remarks(count: int) -> str:
    return "opmerking" if count == 1 else "opmerkingen"
