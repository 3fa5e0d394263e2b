"""Training from nothing, timed; and what the neural models would take with another number of epochs."""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from bot.training import ROOT
from tests.bench.processes import Spent, running
from tests.bench.sides import Side

STOCK_EPOCHS: Final = 100

_PROGRESS = re.compile(r"Epochs:[^\r\n]*?(\d+)/(\d+) \[(?:(\d+):)?(\d+):(\d+)<")


@dataclass(frozen=True)
class Epochs:
    """How one neural model's training went. Seconds are whole ones since its start: Rasa's progress bar says no more."""

    count: int
    first_seconds: int
    all_seconds: int

    def estimate(self, count: int) -> float:
        """Seconds for `count` epochs. The first one also builds the model's graph, so it counts once."""
        if self.count < 2:
            return float(self.all_seconds * count)
        later = (self.all_seconds - self.first_seconds) / (self.count - 1)
        return self.first_seconds + later * (count - 1)


@dataclass(frozen=True)
class Training:
    """spent: on the whole of it. untrained: neural parts without anything to learn from."""

    spent: Spent
    models: tuple[Epochs, ...]
    untrained: tuple[str, ...]

    def estimate(self, count: int = STOCK_EPOCHS) -> float:
        """Seconds that training would take with `count` epochs."""
        rest = self.spent.seconds - sum(each.all_seconds for each in self.models)
        return rest + sum(each.estimate(count) for each in self.models)


def read_epochs(log: str) -> tuple[Epochs, ...]:
    """The progress bars in Rasa's log, one for each neural model. A bar begins where the count does not rise."""
    bars: list[dict[int, tuple[int, int]]] = []
    last = 0
    for found in _PROGRESS.finditer(log):
        done, count = int(found[1]), int(found[2])
        seconds = 3600 * int(found[3] or 0) + 60 * int(found[4]) + int(found[5])
        if not bars or done < last:
            bars.append({})
        bars[-1].setdefault(done, (count, seconds))
        bars[-1][done] = (count, max(seconds, bars[-1][done][1]))
        last = done
    return tuple(_epochs(bar) for bar in bars if max(bar) > 0)


def _epochs(bar: dict[int, tuple[int, int]]) -> Epochs:
    first = min(done for done in bar if done > 0)
    count, seconds = bar[max(bar)]
    return Epochs(count, bar[first][1], seconds)


def untrained(config: Mapping[str, Any], archived: Sequence[str]) -> tuple[str, ...]:
    """Neural parts of a configuration that left nothing in the model archive: Rasa had no data for them.

    archived: paths in the archive. Rasa warns of it, but its warnings are switched off.
    """
    neural = [part["name"] for part in (*config["pipeline"], *config["policies"]) if "epochs" in part]
    return tuple(name for name in neural if not any(re.search(rf"train_{name}\d+(/|$)", path) for path in archived))


def train(side: Side) -> Training:
    """Train a side from cold caches, as `dialoogcoach train` would. Raises Failed."""
    command = [
        sys.executable,
        "-m",
        "rasa",
        "train",
        "--config",
        str(side.config),
        "--domain",
        str(ROOT / "domain.yml"),
    ]
    command += ["--data", *map(str, side.data), "--out", str(side.model.parent), "--fixed-model-name"]
    command += [side.model.name.removesuffix(".tar.gz"), "--skip-validation"]
    with running(f"{side.name} training", command, side.environment, side.log("training")) as child:
        spent = child.wait()
    log = side.log("training").read_text(encoding="utf-8", errors="replace")
    config = yaml.safe_load(side.config.read_text(encoding="utf-8"))
    with tarfile.open(side.model) as archive:
        return Training(spent, read_epochs(log), untrained(config, archive.getnames()))
