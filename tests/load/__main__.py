"""Play a busy evening: residents in Telegram, a colleague at the desk, for a limited time.

python -m tests.load                            30 messages a second for five minutes, on SQLite
python -m tests.load --rate 5 --seconds 30      a try-out
python -m tests.load --stack postgres           PostgreSQL, Redis, two workers of Rasa
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import typer

from bot.storage.store import SqlStore
from tests.bench.messages import Kind, lines
from tests.bot_api import running_bot_api
from tests.load.desk import Desk
from tests.load.report import Report, memory_of, processor_of, read_outbox, report
from tests.load.residents import Residents
from tests.load.stacks import STACKS, Missing
from tests.product import Product, running_product
from tests.telegram.town import inbox_is_empty, outbox_is_settled

MOST_RATE, MOST_SECONDS = 60.0, 900.0
"""Beyond these it would say more about this script than about the product."""

WARM_UP = ("Hallo", "Hoeveel mensen komen er?", "Wanneer gaat het open?")


def arguments() -> argparse.Namespace:
    """What was asked for; out of bounds ends with a sentence that names them."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.split("\n")[0])
    parser.add_argument("--rate", type=float, default=30.0, help=f"messages a second (at most {MOST_RATE:g})")
    parser.add_argument(
        "--seconds", type=float, default=300.0, help=f"for how long, in seconds (at most {MOST_SECONDS:g})"
    )
    parser.add_argument("--drain", type=float, default=300.0, help="how long what is left may take, in seconds")
    parser.add_argument("--stack", choices=list(STACKS), default="sqlite", help="where things are kept")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args()
    for name, value, most in (("rate", given.rate, MOST_RATE), ("seconds", given.seconds, MOST_SECONDS)):
        if not 0 < value <= most:
            parser.error(f"--{name} {value}: give more than 0 and at most {most}")
    return given


def main() -> int:
    """Run it and print what was found. 0 when nothing was lost or doubled."""
    given = arguments()
    try:
        with ExitStack() as opened:
            changed = opened.enter_context(STACKS[given.stack]())
            var = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="dialoogcoach-load-")))
            api = opened.enter_context(running_bot_api())
            typer.echo("Starting the product", err=True)
            product = opened.enter_context(running_product(var, api, **changed))
            found = play(product, given)
    except Missing as error:
        typer.echo(str(error), err=True)
        return 2
    typer.echo(found.lines())
    if given.json:
        given.json.write_text(json.dumps(asdict(found), indent=2), encoding="utf-8")
    return int(bool(found.lost or found.duplicated))


def play(product: Product, given: argparse.Namespace) -> Report:
    """Warm up, play, let it drain, count."""
    api, store = product.telegram, SqlStore(product.settings.database_url)
    for n, text in enumerate(WARM_UP):
        api.types(n + 1, text)
    api.wait_for(lambda: all(api.sent_to(n + 1) for n in range(len(WARM_UP))), 120)
    before = processor_of(product.processes())
    residents = Residents(api, given.rate, given.seconds, lines(Kind.RESIDENT, 0, 1000))
    desk, stop = Desk(product.address, product.login), threading.Event()
    working = threading.Thread(target=desk.work, args=(stop,), daemon=True)
    working.start()
    typer.echo(f"Playing {given.rate:g} messages a second for {given.seconds:g} s", err=True)
    residents.write(stop)
    ended = time.monotonic()
    while time.monotonic() - ended < given.drain:
        if not api.unconfirmed and inbox_is_empty(store) and outbox_is_settled(store):
            break
        time.sleep(0.5)
    drained = time.monotonic() - ended
    memory, after = memory_of(product.processes()), processor_of(product.processes())
    stop.set()
    working.join(90)
    store.close()
    got, unconfirmed = list(api.sent), set(api.unconfirmed)
    rows = read_outbox(product.settings.database_url)
    spent = {name: after[name] - before.get(name, 0.0) for name in after}
    worked = (desk.seconds, desk.published, desk.failed)
    return report(given.stack, given.rate, got, unconfirmed, residents.asked, rows, drained, worked, memory, spent)


if __name__ == "__main__":
    raise SystemExit(main())
