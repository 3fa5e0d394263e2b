"""`dialoogcoach telegram qr`: a QR code that opens the chat."""

from __future__ import annotations

import asyncio
from pathlib import Path

from telegram.error import InvalidToken, TelegramError

from bot.settings import PREFIX, Settings
from bot.storage.municipality import MunicipalityError, load_municipality
from bot.telegram.api import TokenRefused, connected
from bot.telegram.poster import PosterError, bot_link, draw_poster
from bot.telegram.process import keep_secrets_out_of_the_log
from bot.telegram.timing import Timing

__all__ = ["PosterError", "draw"]

HOW_TO_NAME_IT = "Or name the bot yourself: dialoogcoach telegram qr --bot vraagbaak_bot --out poster.png"


def draw(settings: Settings, out: Path, *, topic: str = "", bot: str = "", line: str = "") -> str:
    """Write the picture; what to tell about it. Raises PosterError."""
    link = bot_link(bot or asyncio.run(name_of_bot(settings)), topic)
    draw_poster(link, line or f"Stel uw vraag over {_location(settings)}", out)
    return f"{out}: {link}"


def _location(settings: Settings) -> str:
    try:
        return load_municipality(settings.municipality_dir).location_name
    except MunicipalityError as error:
        raise PosterError(f"{error} Or give the words yourself, with --line.") from error


async def name_of_bot(settings: Settings) -> str:
    """What Telegram says the bot is called. Raises PosterError."""
    keep_secrets_out_of_the_log()
    if not settings.telegram_token:
        raise PosterError(
            f"The bot's name is not known, for {PREFIX}TELEGRAM_TOKEN is empty. Set it: Telegram tells the name then. "
            f"{HOW_TO_NAME_IT}"
        )
    try:
        async with connected(settings, Timing()) as (bot, _):
            return str((await bot.get_me()).username)
    except (TokenRefused, InvalidToken):
        raise PosterError(f"{TokenRefused()} {HOW_TO_NAME_IT}") from None
    except TelegramError as error:
        # Not its words: python-telegram-bot puts the token in some of them.
        raise PosterError(
            f"The bot's name is not known, for Telegram does not answer ({type(error).__name__}). Check the network. "
            f"{HOW_TO_NAME_IT}"
        ) from None
