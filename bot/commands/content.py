"""`dialoogcoach guide` and `dialoogcoach scenarios`: what whoever keeps the content wants to know."""

from __future__ import annotations

import typer

from bot.domain.guides import problems
from bot.domain.practice.lint import lint
from bot.domain.practice.lint_lines import lint_lines, lint_together
from bot.domain.practice.lint_play import lint_play
from bot.storage.guides import GuideContentError, load_guides
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
    """Double or missing ids, broken related ids, titles too long for a button. Exit status 1 where one is found."""
    try:
        library = load_guides()
    except GuideContentError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    _report(problems(list(library)), f"{len(library)} punten gecontroleerd")


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
