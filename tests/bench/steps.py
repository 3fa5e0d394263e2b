"""Runs `tests.bench.inside` for a side and sums up what it found."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.bench.figures import quickest, trimmed_mean
from tests.bench.messages import Kind
from tests.bench.processes import running
from tests.bench.report import StepTable
from tests.bench.sides import Side
from tests.bench.stopwatch import NOTHING, Moment

REST: Final = "Rasa itself"
CHECK: Final = "Rasa checks the action's answer"
HTTP: Final = "action server: HTTP and JSON"
ACTION: Final = "action server: the action"
DATABASE: Final = "action server: the database"
READ: Final = "tracker store: read"
WRITE: Final = "tracker store: write"
SMALL_MS: Final = 0.1
"""Steps that take less by the clock, for every kind of message, share a row."""
FIRST: Final = ("DutchTokenizer", "SentenceEmbedding", "embedding", "QuestionClassifier", "EmotionGauge", "MoveTagger")
LAST: Final = (READ, WRITE, REST, CHECK, HTTP, ACTION, DATABASE)
OTHERS, SUM = "other components", "sum of the steps"
CHANNEL, MEASURED = "HTTP channel (the difference)", "measured over the channel"
TENTH: Final = 10


@dataclass(frozen=True)
class Inner:
    """What happened inside Rasa. steps: by kind of message, for each message what each step took.

    long_talk: seconds and bytes to the action server of the messages of one long conversation.
    """

    steps: Mapping[str, Sequence[Mapping[str, Moment]]]
    long_talk: Sequence[Mapping[str, float]]

    def slow_down(self) -> tuple[float, float, float, float]:
        """Milliseconds and kB to the action server in the first ten messages of the long conversation, and in its last."""
        first, last = self.long_talk[1 : TENTH + 1], self.long_talk[-TENTH:]
        return (
            1000 * trimmed_mean([each["seconds"] for each in first]),
            trimmed_mean([each["bytes"] for each in first]) / 1000,
            1000 * trimmed_mean([each["seconds"] for each in last]),
            trimmed_mean([each["bytes"] for each in last]) / 1000,
        )


def look_inside(side: Side, kinds: Sequence[Kind], messages: int) -> Inner:
    """Time the steps of about `messages` messages of each kind. The side's action server must be running."""
    out = side.folder / "inside.json"
    command = [sys.executable, "-m", "tests.bench.inside", "--model", str(side.model)]
    command += ["--endpoints", str(side.endpoints), "--kinds", ",".join(kind.value for kind in kinds)]
    command += ["--messages", str(messages), "--out", str(out)]
    with running(f"{side.name} inside", command, side.environment, side.log("inside")) as child:
        child.wait()
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    steps = {
        kind: [{name: Moment(*spent) for name, spent in each.items()} for each in messages]
        for kind, messages in found["steps"].items()
    }
    return Inner(steps, found["long_talk"])


def _means(messages: Sequence[Mapping[str, Moment]]) -> dict[str, Moment]:
    """Milliseconds for each step, over the messages that a trimmed mean counts: so the steps add up to the whole."""
    kept = [messages[place] for place in quickest([sum(part.clock for part in each.values()) for each in messages])]
    means = {}
    for name in dict.fromkeys(name for each in kept for name in each):
        spent = [each.get(name, NOTHING) for each in kept]
        scale = 1000 / len(kept)
        means[name] = Moment(scale * sum(each.clock for each in spent), scale * sum(each.processor for each in spent))
    return means


def _in_order(names: Sequence[str]) -> list[str]:
    middle = sorted(name for name in names if name not in FIRST and name not in LAST)
    return [name for name in FIRST if name in names] + middle + [name for name in LAST if name in names]


def step_table(side: Side, inner: Inner, replies: Mapping[str, Sequence[float]]) -> StepTable:
    """The steps by kind of message. replies: by kind, milliseconds as measured over the channel by one user.

    Behind a column by the clock stands one of processor time: of this process, and of the repeated action.
    """
    kinds = tuple(kind for kind, messages in inner.steps.items() if messages)
    means = {kind: _means(inner.steps[kind]) for kind in kinds}
    rows: dict[str, tuple[float | None, ...]] = {}
    small = [0.0] * (2 * len(kinds))
    for name in _in_order(list(dict.fromkeys(name for kind in kinds for name in means[kind]))):
        values = [part for kind in kinds for part in means[kind].get(name, NOTHING)]
        if max(values[::2]) < SMALL_MS:
            small = [before + value for before, value in zip(small, values)]
        else:
            rows[name] = tuple(values)
    rows[OTHERS] = tuple(small)
    sums = [sum(each[place] for each in means[kind].values()) for kind in kinds for place in (0, 1)]
    # The server's own processor time is not known for one kind of message, only for all together.
    pairs = [(trimmed_mean(replies[kind]) if replies.get(kind) else None, None) for kind in kinds]
    measured = [part for pair in pairs for part in pair]
    rows[SUM] = tuple(sums)
    rows[MEASURED] = tuple(measured)
    rows[CHANNEL] = tuple(None if whole is None else whole - part for whole, part in zip(measured, sums))
    return StepTable(side.name, tuple(column for kind in kinds for column in (kind, "cpu")), rows)
