"""`make bench`, or `python -m tests.bench.run`: measure, print the table, write var/bench/report.json."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

import typer

from tests.bench.figures import Aim, Measure, percentile
from tests.bench.load import QUESTIONS, Loaded, Reply, failures, measure, spread, times
from tests.bench.machine import describe, load_average
from tests.bench.messages import Kind
from tests.bench.processes import Failed, Spent
from tests.bench.report import Report, as_text, write_json
from tests.bench.servers import Servers, serving
from tests.bench.sides import BENCH, OURS, prepare, stock
from tests.bench.steps import Inner, look_inside, step_table
from tests.bench.training import STOCK_EPOCHS, Training, train

REPLY_AIM: Final = Aim(ratio=0.6)
MEMORY_AIM: Final = Aim(ratio=0.5)
START_AIM: Final = Aim(ratio=0.33)
TRAINING_AIM: Final = Aim(value=60.0)

MB: Final = 1024 * 1024


@dataclass(frozen=True)
class Options:
    """What was asked on the command line."""

    messages: int
    users: int
    epochs: int
    starts: int
    inside: int
    without_stories: bool
    skip_stock: bool
    skip_training: bool
    skip_load: bool
    skip_steps: bool


def tell(sentence: str) -> None:
    """Progress goes to standard error, so that the report alone can be kept."""
    typer.echo(f"{time.strftime('%H:%M:%S')} {sentence}", err=True)


class Bench:
    """One run, part by part; each part adds its rows to the report."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.sides = (OURS,) if options.skip_stock else (OURS, stock(options.epochs))
        self.report = Report(describe())
        self._trained: dict[str, Training] = {}
        self._started: dict[str, list[Spent]] = {side.name: [] for side in self.sides}

    def run(self) -> Report:
        """Everything. Raises Failed when a process does not do what it should."""
        self._train()
        for number in range(self.options.starts - 1):
            for side in self.sides:
                tell(f"start {number + 1} of {self.options.starts}: {side.name}")
                with serving(side) as servers:
                    self._started[side.name].append(servers.start)
        with ExitStack() as stack:
            servers_of = {}
            for side in self.sides:
                tell(f"start {self.options.starts} of {self.options.starts}: {side.name}")
                servers_of[side.name] = stack.enter_context(serving(side))
                self._started[side.name].append(servers_of[side.name].start)
            self._report_starts(servers_of)
            loaded = self._load(list(servers_of.values()))
            self._report_memory(servers_of, "after the load" if loaded else "after the start")
            if loaded:
                self._report_replies(loaded.replies)
                self._report_processor(loaded)
            if not self.options.skip_steps:
                self._look_inside(loaded.replies if loaded else [])
        self.report.about["load after"] = load_average()
        return self.report

    def _train(self) -> None:
        for side in self.sides:
            keep = self.options.skip_training and side.model.exists()
            if self.options.skip_training and not keep:
                tell(f"{side.name} has no model of an earlier run: it is trained")
            prepare(side, keep, not self.options.without_stories)
            if keep:
                self.report.notes.append(f"{side.name}: the model of an earlier run, whatever it was trained with.")
                continue
            epochs = f", {side.epochs} epochs" if side.epochs else ""
            tell(f"training {side.name}{epochs}")
            self._trained[side.name] = train(side)
            tell(f"trained {side.name} in {self._trained[side.name].spent.seconds:.0f} s")
        self._report_training()

    def _report_training(self) -> None:
        ours, other = self._trained.get("ours"), self._trained.get("stock")
        name = "training, cold caches"
        if other:
            name += f" (stock: {self.options.epochs} epochs)"
        trained = {side: each.spent for side, each in self._trained.items()}
        self._measure(name, "s", {side: each.seconds for side, each in trained.items()}, TRAINING_AIM)
        self._measure(
            "  its processor time", "s", {side: each.processor_seconds for side, each in trained.items()}, None
        )
        if other and self.options.epochs != STOCK_EPOCHS:
            estimate = Measure(
                f"  estimate at stock's {STOCK_EPOCHS} epochs, from seconds per epoch",
                "s",
                ours.spent.seconds if ours else None,
                other.estimate(),
            )
            self.report.measures.append(estimate)
            self.report.notes.append(
                f"Stock was trained with {self.options.epochs} epochs instead of {STOCK_EPOCHS}. Its start-up, memory and "
                "reply time do not depend on that; its training time does, and the second line is an estimate."
            )
        if other and other.untrained:
            self.report.notes.append(
                f"Not trained in stock, for want of stories: {', '.join(other.untrained)}. "
                "That makes the stock pipeline quicker and smaller than in a project with stories."
            )
        elif other:
            self.report.notes.append(
                "Stock was given the conversation tests as stories, without the words: data/ holds rules only, and on "
                "those alone its TED policies stay idle (--without-stories)."
            )

    def _measure(
        self, name: str, unit: str, values: dict[str, float], aim: Aim | None, rounds: tuple[float, float] | None = None
    ) -> None:
        self.report.measures.append(Measure(name, unit, values.get("ours"), values.get("stock"), aim, rounds))

    def _report_starts(self, servers_of: dict[str, Servers]) -> None:
        medians = {side: percentile([each.seconds for each in all_], 0.5) for side, all_ in self._started.items()}
        self._measure(f"start-up of Rasa, median of {self.options.starts}", "s", medians, START_AIM)
        used = {
            side: percentile([each.processor_seconds for each in all_], 0.5) for side, all_ in self._started.items()
        }
        self._measure("  its processor time", "s", used, None)
        actions = {side: servers.actions_start_seconds for side, servers in servers_of.items()}
        self._measure("start-up of the action server", "s", actions, None)

    def _report_memory(self, servers_of: dict[str, Servers], when: str) -> None:
        rasa = {side: servers.rasa.memory() / MB for side, servers in servers_of.items()}
        actions = {side: servers.actions.memory() / MB for side, servers in servers_of.items()}
        self._measure(f"memory of Rasa, {when}", "MB", rasa, MEMORY_AIM)
        self._measure(f"memory of the action server, {when}", "MB", actions, None)

    def _load(self, servers: Sequence[Servers]) -> Loaded | None:
        if self.options.skip_load:
            return None
        return asyncio.run(measure(servers, self.options.messages, self.options.users, tell))

    def _report_replies(self, replies: Sequence[Reply]) -> None:
        for users in dict.fromkeys((1, self.options.users)):
            who = "one user" if users == 1 else f"{users} users at once"
            self._report_group(replies, users, QUESTIONS, f"reply, {who}", REPLY_AIM)
        for kind, name in ((Kind.GUIDE, "guide questions"), (Kind.RESIDENT, "residents"), (Kind.PRACTICE, "practice")):
            self._report_group(replies, 1, (kind,), f"  one user, {name}", None)
        for side in self.sides:
            for kind, (failed, of) in failures(replies, side.name).items():
                self.report.notes.append(
                    f"{side.name}, {kind.value}: {failed} of {of} messages got no reply and are not counted. "
                    f"Read {side.log('rasa')} and {side.log('actions')}."
                )

    def _report_processor(self, loaded: Loaded) -> None:
        used = {side.name: loaded.per_reply(side.name) for side in self.sides}
        values = {side: each for side, each in used.items() if each is not None}
        self._measure("processor time of a reply, Rasa and action server", "ms", values, None)

    def _report_group(
        self, replies: Sequence[Reply], users: int, kinds: Sequence[Kind], name: str, aim: Aim | None
    ) -> None:
        sides = [side.name for side in self.sides]
        found = {side: times(replies, side, users, kinds) for side in sides}
        rounds = spread(replies, ("ours", "stock"), users, kinds) if len(sides) > 1 else None
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            values = {side: percentile(each, share) for side, each in found.items() if each}
            self._measure(f"{name}, {label}", "ms", values, aim, rounds if share == 0.5 else None)

    def _look_inside(self, replies: Sequence[Reply]) -> None:
        inner: dict[str, Inner] = {}
        for side in self.sides:
            tell(f"steps of a reply: {side.name}")
            dead = [kind for kind, (failed, of) in failures(replies, side.name).items() if failed == of]
            kinds = [kind for kind in Kind if kind not in dead]
            if Kind.GUIDE not in kinds:
                self.report.notes.append(f"{side.name}: no steps, since guide questions get no reply.")
                continue
            inner[side.name] = look_inside(side, kinds, self.options.inside)
            measured = {kind.value: times(replies, side.name, 1, (kind,)) for kind in kinds}
            self.report.steps.append(step_table(side, inner[side.name], measured))
        self._report_growth(inner)

    def _report_growth(self, inner: dict[str, Inner]) -> None:
        found = {side: each.slow_down() for side, each in inner.items()}
        rows = ((0, "ms", "messages 2-11 of one talk, inside Rasa"), (2, "ms", "messages 41-50 of it"))
        for place, unit, name in (*rows, (3, "kB", "  sent to the action server for each of those")):
            self._measure(name, unit, {side: values[place] for side, values in found.items()}, None)


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """The command line. --quick sets smaller numbers where none are given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("--messages", type=int, help="to each side, for one user and for many (200; quick: 40)")
    parser.add_argument("--users", type=int, default=8, help="how many write at once (8)")
    parser.add_argument("--epochs", type=int, help="of the stock pipeline's neural models (100; quick: 2)")
    parser.add_argument("--starts", type=int, help="start-ups of each side, of which the median counts (3; quick: 1)")
    parser.add_argument("--inside", type=int, help="messages of each kind for the steps of a reply (60; quick: 15)")
    parser.add_argument("--quick", action="store_true", help="a rough look, in minutes")
    parser.add_argument(
        "--without-stories", action="store_true", help="stock learns from data/ alone, so TED stays idle"
    )
    parser.add_argument("--skip-stock", action="store_true", help="this project alone")
    parser.add_argument("--skip-training", action="store_true", help="use the models of the run before")
    parser.add_argument("--skip-load", action="store_true", help="no reply times")
    parser.add_argument("--skip-steps", action="store_true", help="not where the time of a reply goes")
    given = parser.parse_args(arguments)
    defaults = (40, 2, 1, 15) if given.quick else (200, STOCK_EPOCHS, 3, 60)
    for name, default in zip(("messages", "epochs", "starts", "inside"), defaults):
        if getattr(given, name) is None:
            setattr(given, name, default)
        if getattr(given, name) < 1:
            parser.error(f"--{name} must be at least 1")
    if given.users < 1:
        parser.error("--users must be at least 1")
    del given.quick
    return Options(**vars(given))


def main() -> int:
    """Run; the exit status is 1 when a process failed and 130 when somebody interrupted."""
    options = read_options()
    # `kill` ends the run as Ctrl-C does: by leaving every block, which ends the servers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    BENCH.mkdir(parents=True, exist_ok=True)
    try:
        report = Bench(options).run()
    except Failed as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell("interrupted; all processes have ended")
        return 130
    write_json(report, BENCH / "report.json")
    typer.echo("\n" + as_text(report))
    tell(f"also in {BENCH / 'report.json'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
