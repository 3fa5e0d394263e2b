"""`dialoogcoach guide` and `dialoogcoach scenarios`: what whoever keeps the content wants to know."""

from __future__ import annotations

import typer

from bot.bootstrap import build
from bot.domain.guides_check import GuideContent, check_guides
from bot.domain.practice.lint import lint
from bot.domain.practice.lint_lines import lint_lines, lint_together
from bot.domain.practice.lint_play import lint_play
from bot.services.guide_gaps import list_gaps
from bot.storage.guides import THEMES_FILE, GuideContentError, count_phrasings, entries_by_file, load_themes
from bot.storage.scenarios import ScenarioError, load_scenarios

guide_app = typer.Typer(help="The guide entries.", no_args_is_help=True)
scenarios_app = typer.Typer(help="The practice scenarios.", invoke_without_command=True)


def _report(found: list[str], checked: str) -> None:
    for line in found:
        typer.echo(line)
    typer.echo(f"{checked}: {len(found) or 'geen'} {'opmerking' if len(found) == 1 else 'opmerkingen'}")
    raise typer.Exit(bool(found))


@guide_app.command("check")
def check_guide() -> None:
    """Errors to mend (status 1): ids, references, themes, points not covered, too few phrasings; and reading hints."""
    try:
        content = GuideContent(entries_by_file(), count_phrasings(), load_themes(), THEMES_FILE.name)
    except GuideContentError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    found = check_guides(content)
    for each in found:
        typer.echo(str(each))
    errors = sum(each.is_error for each in found)
    faults = f"{errors or 'geen'} {'fout' if errors == 1 else 'fouten'}"
    hints = len(found) - errors
    advice = f"{hints or 'geen'} {'hint' if hints == 1 else 'hints'}"
    typer.echo(f"{len(content.entries)} punten gecontroleerd: {faults}, {advice}")
    raise typer.Exit(bool(errors))


@guide_app.command("gaps")
def list_guide_gaps() -> None:
    """Questions without an answer and answers that were no help, most asked first; nobody's name is kept."""
    for gap in list_gaps(build().store):
        typer.echo(f"{gap.times:>4}  {gap.reason.value:<12} {gap.entry_id or '-':<13} {gap.text}")


@scenarios_app.callback()
def list_scenarios(context: typer.Context, ids: bool = typer.Option(False, "--ids", help="Only the ids.")) -> None:
    """The scenarios, one a line, the default first."""
    if context.invoked_subcommand:
        return
    for each in load_scenarios():
        typer.echo(each.id if ids else f"{each.id:<24} {each.title}")


@scenarios_app.command("check")
def check_scenarios() -> None:
    """Lint every scenario: its text, its tone, and how it plays. Exit status 1 where something must be mended."""
    try:
        scenarios = load_scenarios()
    except ScenarioError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    checks = (lint, lint_lines, lint_play)
    found = [f"{each.id}: {line}" for each in scenarios for check in checks for line in check(each)]
    found += lint_together(scenarios)
    _report(found, f"{len(scenarios)} scenario's gecontroleerd")
