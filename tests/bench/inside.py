"""Rasa without its HTTP server, in this process, with a stopwatch on every component: `python -m tests.bench.inside`.

Runs as a process of its own with a side's environment, and prints nothing but one JSON object into a file. The action
server of that side must be running. Actions are timed twice: over HTTP as part of a message, and then once more in this
process, to see what of it is the action itself and what of that the database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.channels.gateway import read_message
from bot.domain.people import Role, Speaker
from bot.domain.replies import payload
from bot.language.embedder import OnnxE5
from tests.bench.messages import PRACTICE, Kind, lines
from tests.bench.steps import ACTION, CHECK, DATABASE, HTTP, READ, REST, WRITE
from tests.bench.stopwatch import NOTHING, Moment, Stopwatch

TURNS: Final = 5
BENCH: Final = "the bench"
"""The step that is ours, not the product's: left out."""
LONG_TALK: Final = 50
"""Messages in the one long conversation, to see whether replies slow down."""


@dataclass(frozen=True)
class Measured:
    """One message: what each step took, what was sent to the action server, and whether nothing was said."""

    steps: dict[str, Moment]
    calls: tuple[str, ...]
    failed: bool

    @property
    def seconds(self) -> float:
        """On the clock, for the whole of it."""
        return sum(each.clock for each in self.steps.values())

    @property
    def sent(self) -> int:
        """Bytes of JSON to the action server."""
        return sum(map(len, self.calls))


class Inside:
    """A loaded model whose parts are timed."""

    def __init__(self, agent: Any) -> None:
        self._agent = agent
        self._watch = Stopwatch()
        self._calls: list[str] = []
        self._conversations = 0
        self._time_components()
        self._time_stores()
        self._time_actions()

    def _time_components(self) -> None:
        for node in self._agent.processor.graph_runner._instantiated_nodes.values():
            node._fn = self._watch.timed(partial(str, node._component_class.__name__), node._fn)
        # Also called for clauses by the move tagger, and by actions: each is named after who asked for it.
        OnnxE5.embed = self._watch.timed(self._embedding_label, OnnxE5.embed)  # type: ignore[method-assign]

    def _embedding_label(self) -> str:
        caller = self._watch.current
        return "embedding" if caller == "SentenceEmbedding" else f"embedding for {caller}"

    def _time_stores(self) -> None:
        store = self._agent.processor.tracker_store
        store.retrieve = self._watch.timed_async(READ, store.retrieve)
        store.save = self._watch.timed_async(WRITE, store.save)

    def _time_actions(self) -> None:
        endpoint = self._agent.processor.action_endpoint
        request = self._watch.timed_async(HTTP, endpoint.request)

        async def kept(*args: Any, **kwargs: Any) -> Any:
            with self._watch.step(BENCH):
                # As text: the tracker in it changes while the message goes on, and as a tree of objects it would burden
                # the garbage collector, and so what is measured next.
                self._calls.append(json.dumps(kwargs["json"]))
            return await request(*args, **kwargs)

        endpoint.request = kept
        from rasa.core.actions.action import RemoteAction

        # It checks the answer against a schema, and that schema against the schema of schemas, each time anew.
        RemoteAction._validate_action_result = self._watch.timed(lambda: CHECK, RemoteAction._validate_action_result)

    async def say(self, speaker: Speaker, text: str | None, button: str | None = None) -> Measured:
        """One message, handled as if it came in over the channel."""
        body = {"sender": speaker.sender_id, **({"payload": button} if button else {"text": text})}
        message, collector = read_message(body)
        self._calls.clear()
        self._watch.take()
        with self._watch.step(REST):
            await self._agent.handle_message(message)
        steps = self._watch.take()
        steps.pop(BENCH, None)
        return Measured(steps, tuple(self._calls), not collector.messages)

    def speaker(self, kind: Kind) -> Speaker:
        """Somebody new."""
        self._conversations += 1
        role = Role.RESIDENT if kind is Kind.RESIDENT else Role.OFFICIAL
        return Speaker(role, "web", f"inside{self._conversations}")

    async def conversation(self, kind: Kind, texts: Sequence[str]) -> tuple[list[Measured], list[Measured]]:
        """One user's messages: what opens the conversation, and what is measured."""
        speaker = self.speaker(kind)
        opening = []
        if kind is Kind.PRACTICE:
            opening.append(await self.say(speaker, None, payload("start_practice")))
        return opening, [await self.say(speaker, text) for text in texts]


class Actions:
    """The actions in this process, with a stopwatch on the database."""

    def __init__(self) -> None:
        from rasa_sdk.executor import ActionExecutor
        from sqlalchemy.engine.default import DefaultDialect

        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self._watch = Stopwatch()
        for name in ("do_execute", "do_executemany", "do_commit", "do_rollback", "connect"):
            setattr(DefaultDialect, name, self._watch.timed(lambda: DATABASE, getattr(DefaultDialect, name)))
        OnnxE5.embed = self._watch.timed(lambda: f"embedding for {ACTION}", OnnxE5.embed)  # type: ignore[method-assign]

    async def repeat(self, calls: Sequence[str]) -> dict[str, Moment]:
        """Run what a message asked of the action server once more; what each step takes."""
        self._watch.take()
        for text in calls:
            call = json.loads(text)
            # As somebody else: who asks the same again, or is in a talk already, is treated differently.
            sender = call["sender_id"] + "again"
            renamed = {**call, "sender_id": sender, "tracker": {**call["tracker"], "sender_id": sender}}
            with self._watch.step(ACTION):
                await self._executor.run(renamed)
        return self._watch.take()


def joined(message: Measured, repeated: dict[str, Moment]) -> dict[str, Moment]:
    """The steps of a message, with the action's own taken out of its HTTP round trip: by the clock the sum stays."""
    steps = dict(message.steps)
    for name, spent in repeated.items():
        # The repeat can be a little slower than what happened within the round trip: never less than nothing.
        taken = min(spent.clock, steps.get(HTTP, NOTHING).clock)
        # The action's processor time was spent in another process, so it was not in the round trip's.
        steps[HTTP] = steps.get(HTTP, NOTHING).plus(Moment(-taken, 0.0))
        steps[name] = steps.get(name, NOTHING).plus(Moment(taken, spent.processor))
    return steps


async def measure(inside: Inside, kinds: Sequence[Kind], messages: int) -> dict[str, list[dict[str, Moment]]]:
    """For each kind a list of messages, each with what its steps took."""
    heard: dict[Kind, list[tuple[bool, Measured]]] = {kind: [] for kind in kinds}
    # The first conversation of each kind warms up: models, connections and the guides are opened at the first message.
    for number in range(-(-messages // TURNS) + 1):
        for kind in kinds:
            texts = PRACTICE if kind is Kind.PRACTICE else lines(kind, number * TURNS, TURNS)
            opening, said = await inside.conversation(kind, texts)
            heard[kind] += [(False, each) for each in opening]
            heard[kind] += [(number > 0, each) for each in said]
    actions = Actions()
    found: dict[str, list[dict[str, Moment]]] = {}
    for kind in kinds:
        # What failed over HTTP would fail here too; the load has counted it.
        answered = [(counts, each) for counts, each in heard[kind] if not each.failed]
        repeated = [(counts, each, await actions.repeat(each.calls)) for counts, each in answered]
        found[kind.value] = [joined(each, again) for counts, each, again in repeated if counts]
    return found


async def long_talk(inside: Inside) -> list[dict[str, float]]:
    """One official who asks on and on: seconds for each message and bytes to the action server."""
    speaker = inside.speaker(Kind.GUIDE)
    said = [await inside.say(speaker, text) for text in lines(Kind.GUIDE, 0, LONG_TALK)]
    return [{"seconds": each.seconds, "bytes": float(each.sent)} for each in said]


async def load(model: Path, endpoints: Path) -> Any:
    """The model as the Rasa server loads it."""
    from rasa.core.agent import load_agent
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    # As `rasa run` does it; otherwise every message is told in full on standard output.
    configure_structlog(logging.INFO)
    return await load_agent(str(model), endpoints=AvailableEndpoints.read_endpoints(str(endpoints)))


async def main(arguments: argparse.Namespace) -> None:
    """Load, measure, write."""
    started = time.perf_counter()
    agent = await load(arguments.model, arguments.endpoints)
    loaded = time.perf_counter() - started
    inside = Inside(agent)
    kinds = [Kind(name) for name in arguments.kinds.split(",")]
    talk = await long_talk(inside)
    steps = await measure(inside, kinds, arguments.messages)
    found = {"load_seconds": loaded, "steps": steps, "long_talk": talk}
    arguments.out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--endpoints", type=Path, required=True)
    parser.add_argument("--kinds", required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    asyncio.run(main(parser.parse_args()))
