"""`dialoogcoach`: one command for whoever runs, trains, measures or keeps the assistant."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import content, predict
from bot.logs import set_up_logging
from bot.settings import Settings, SettingsError, read_settings

app = typer.Typer(help="Dialoogcoach", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(predict.app, name="predict")
app.add_typer(content.guide_app, name="guide")
app.add_typer(content.scenarios_app, name="scenarios")

EX_CONFIG = 78
"""The exit status for settings that somebody has to mend: the launcher does not try again."""


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EX_CONFIG) from error


@app.command()
def run() -> None:
    """Set up what is missing and start everything; Ctrl-C stops it."""
    from bot.launcher import Launcher

    raise typer.Exit(Launcher(_settings()).run())


@app.command()
def train() -> None:
    """Train the model, if anything it is made of has changed."""
    from bot.training import TrainingFailed, model_path, train

    settings = _settings()
    if model_path(settings).exists():
        typer.echo("Model: up to date")
        return
    started = time.monotonic()
    typer.echo("Model: training, about a minute on two cores the first time")
    try:
        train(settings, settings.var_dir / "log" / "training.log")
    except TrainingFailed as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Model: trained in {time.monotonic() - started:.0f} s")


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from bot.storage.migrate import upgrade

    upgrade(_settings().database_url)
    typer.echo("Database: up to date")


@app.command()
def login_link() -> None:
    """A new one-time login link for the administrator."""
    from bot.bootstrap import build, now_utc
    from bot.services.accounts import operator_token

    settings = _settings()
    token = operator_token(build(settings).store, now_utc(), settings.login_link_minutes)
    typer.echo(f"{settings.public_url}/inloggen?sleutel={token}")


@app.command()
def web() -> None:
    """The web process alone: practice page, review desk, public page."""
    from bot.bootstrap import build, now_utc
    from bot.channels.client import RasaClient
    from bot.web.app import create_app
    from bot.web.serve import make_server

    set_up_logging()
    settings = _settings()
    rasa = RasaClient(settings.rasa_url, settings.secret("channel"), settings.reply_timeout_seconds)
    application = create_app(settings, build(settings).store, rasa, now_utc)
    make_server(application, settings).run()


telegram_app = typer.Typer(help="The Telegram process alone, and the QR code that leads to the chat.")
app.add_typer(telegram_app, name="telegram")


@telegram_app.command("qr")
def telegram_qr(
    out: Annotated[Path, typer.Option(help="The picture to write; it ends in .png or .svg.")],
    topic: Annotated[str, typer.Option(help="What the chat begins about, such as 'verkeer'.")] = "",
    bot: Annotated[str, typer.Option(help="The bot's name. Empty: Telegram is asked, with the token.")] = "",
    line: Annotated[str, typer.Option(help="The words under the code. Empty: 'Stel uw vraag over <location>'.")] = "",
) -> None:
    """Draw a QR code that opens the chat, 8 cm wide, for a poster or a letter."""
    from bot.commands.poster import PosterError, draw

    try:
        typer.echo(draw(_settings(), out, topic=topic, bot=bot, line=line))
    except PosterError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@telegram_app.callback(invoke_without_command=True)
def telegram(context: typer.Context) -> None:
    """The Telegram process alone, when no command follows."""
    if context.invoked_subcommand:
        return
    from bot.bootstrap import build, now_utc
    from bot.channels.client import RasaClient
    from bot.telegram.process import run as run_telegram

    set_up_logging()
    settings = _settings()
    rasa = RasaClient(settings.rasa_url, settings.secret("channel"), settings.reply_timeout_seconds)
    raise typer.Exit(asyncio.run(run_telegram(settings, build(settings).store, rasa, now_utc)) or 0)


if __name__ == "__main__":
    app()
