"""The Telegram process: put together here, stopped cleanly here."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bot.channels.client import RasaClient
from bot.services.ports import SharedStore
from bot.settings import PREFIX, Settings
from bot.telegram.answering import Answering
from bot.telegram.api import WrongSettings, connected, prepare
from bot.telegram.duty import OnDuty
from bot.telegram.handling import Handler
from bot.telegram.outage import Outage
from bot.telegram.outbox import Outbox
from bot.telegram.parking import Parking
from bot.telegram.polling import Polling
from bot.telegram.pressing import Presses
from bot.telegram.setbacks import Setbacks
from bot.telegram.timing import Timing
from bot.telegram.webhook import CannotListen, Webhook

logger = logging.getLogger(__name__)

EX_CONFIG = 78
"""Exit status of a process whose settings are wrong: starting it again cannot help."""

HOW_TO_SWITCH_ON = (
    f"Telegram is off: there is no token. Ask @BotFather for one with /newbot, set {PREFIX}TELEGRAM_TOKEN to it and "
    "start again."
)


async def run(settings: Settings, store: SharedStore, rasa: RasaClient, now: Callable[[], datetime]) -> None:
    """Run until SIGTERM or SIGINT; return at once, saying how to switch it on, when there is no token.

    now: this moment, aware, UTC. `rasa` and `store` are closed by whoever made them.
    Raises SystemExit: with EX_CONFIG when Telegram refuses the token or the webhook, with 1 when its port is taken.
    """
    keep_secrets_out_of_the_log()
    if not settings.telegram_token:
        logger.info(HOW_TO_SWITCH_ON)
        return
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        try:
            await serve(settings, store, rasa, now, stop, Timing())
        except WrongSettings as error:
            logger.error("%s", error)
            raise SystemExit(EX_CONFIG) from None
        except CannotListen as error:
            logger.error("%s", error)
            raise SystemExit(1) from None


async def serve(
    settings: Settings,
    store: SharedStore,
    rasa: RasaClient,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    timing: Timing,
) -> None:
    """Take in, answer and send until the stop. Raises WrongSettings and CannotListen."""
    async with connected(settings, timing) as (bot, updates):
        await prepare(bot, stop, timing)
        arrived, queued = asyncio.Event(), asyncio.Event()
        duty = OnDuty(store, timing, (arrived, queued))
        outage = Outage(rasa, timing, ended=arrived)
        parking = Parking(store, settings.municipality_dir, now)
        setbacks = Setbacks(store, parking, now, timing, queued)
        secret = settings.secret("telegram")
        handler = Handler(bot, store, rasa, now, timing, secret, outage, setbacks, Presses(), queued)
        intake = (
            Webhook(bot, settings, store, now, timing, arrived)
            if settings.telegram_webhook_url
            else Polling(bot, updates, store, now, timing, arrived, duty)
        )
        loops = (
            duty.watch(stop),
            intake.run(stop),
            Answering(handler, outage, store, now, timing, arrived, duty).run(stop),
            Outbox(bot, store, now, timing, queued, duty).run(stop),
            outage.watch(stop),
        )
        try:
            await _together(loops, stop, timing.stop_seconds)
        finally:
            await duty.release()
    logger.info("Stopped")


async def _together(loops: Iterable[Coroutine[Any, Any, None]], stop: asyncio.Event, stop_seconds: float) -> None:
    """Run the loops until the stop; when one of them fails, the others are stopped and its error is raised.

    stop_seconds: how long they may take to finish what is in hand.
    """
    tasks = [asyncio.create_task(loop) for loop in loops]
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait(tasks, timeout=stop_seconds)
    finally:
        for task in (*tasks, stopped):
            task.cancel()
        await asyncio.gather(*tasks, stopped, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            task.result()


def keep_secrets_out_of_the_log() -> None:
    """HTTP libraries log addresses, which hold the token; python-telegram-bot logs texts when it is asked for all."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT for as long as the block lasts."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for each in signals:
        loop.add_signal_handler(each, stop.set)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
