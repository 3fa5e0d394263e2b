"""`dialoogcoach predict`: the same code that answers people, on JSON lines. For measuring, and for the curious."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Annotated, Any, Optional

import typer

from bot.bootstrap import build
from bot.domain.faq_sheet import FaqFileError
from bot.domain.guides import decide
from bot.domain.matching.index import FaqIndex, texts_of
from bot.domain.moves import TaggedMessage
from bot.domain.people import Role
from bot.domain.practice.talk import replay
from bot.domain.practice.trace import trace_of
from bot.domain.resident.predicting import predict_faq
from bot.domain.understanding import Understanding
from bot.nlu.offline import OfflineModel, offline_model
from bot.nlu.shared_embedder import shared_embedder
from bot.storage.faq_files import read_faq_file
from bot.storage.matching_model import load_matching_model
from bot.storage.scenarios import load_scenarios
from bot.training import model_path

app = typer.Typer(help="Read JSON lines on standard input, write one JSON line for each.", no_args_is_help=True)

Row = Mapping[str, Any]
Predict = Callable[[Row], dict[str, Any]]


class BadLine(ValueError):
    """A line that cannot be predicted; the message says what is wrong with it."""


def run_lines(lines: Iterable[str], predict: Predict, out: IO[str]) -> int:
    """Predict each line in order. A bad line yields {"error": …} in its place, and exit status 1 at the end."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            answer = predict(_row(line))
        except BadLine as error:
            answer, status = {"error": str(error)}, 1
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    return status


def _row(line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadLine('expected an object such as {"text": "…"}')
    return row


def text_of(row: Row) -> str:
    """The row's text. Raises BadLine where there is none."""
    if not isinstance(row.get("text"), str):
        raise BadLine("'text' is missing or not a string")
    return str(row["text"])


def turns_of(row: Row) -> list[str]:
    """The row's turns. Raises BadLine where there are none."""
    turns = row.get("turns")
    if not isinstance(turns, list) or not all(isinstance(each, str) for each in turns):
        raise BadLine("'turns' is missing or not a list of strings")
    return turns


def _trained() -> Path:
    archive = model_path(build().settings)
    if not archive.exists():
        typer.echo("There is no model of the present sources: run 'make train' first.", err=True)
        raise typer.Exit(1)
    return archive


def _with_model(make: Callable[[OfflineModel], Predict]) -> None:
    with offline_model(_trained()) as model:
        raise typer.Exit(run_lines(sys.stdin, make(model), sys.stdout))


@app.command()
def guide() -> None:
    """{"text"} → decision, ids (at most 5, best first), confidence."""

    def make(model: OfflineModel) -> Predict:
        def predict(row: Row) -> dict[str, Any]:
            finding = decide(model.understand(text_of(row), Role.OFFICIAL))
            ids = [each.id for each in finding.candidates]
            return {"decision": finding.decision.value, "ids": ids, "confidence": round(finding.confidence, 3)}

        return predict

    _with_model(make)


def tagged(understood: Understanding) -> TaggedMessage:
    """An official's message with its moves."""
    return TaggedMessage(understood.text, understood.moves, understood.unsure_moves)


@app.command()
def moves() -> None:
    """{"text", "resident"} → moves with start, end and confidence; unsure."""

    def make(model: OfflineModel) -> Predict:
        def predict(row: Row) -> dict[str, Any]:
            message = tagged(model.understand(text_of(row), Role.OFFICIAL))
            found = [
                {"move": each.move.value, "start": each.start, "end": each.end, "confidence": each.confidence}
                for each in message.moves
            ]
            return {"moves": found, "unsure": message.unsure}

        return predict

    _with_model(make)


@app.command()
def practice(scenario: Optional[str] = None, seed: int = 7) -> None:
    """{"id", "turns", "provoke"} → trace, opening, skills, ending. Without --scenario: the default one."""
    scenarios = {each.id: each for each in load_scenarios()}
    if scenario is not None and scenario not in scenarios:
        typer.echo(f"There is no scenario '{scenario}'. Choose from: {', '.join(scenarios)}.", err=True)
        raise typer.Exit(2)
    chosen = scenarios[scenario] if scenario else next(iter(scenarios.values()))

    def make(model: OfflineModel) -> Predict:
        def predict(row: Row) -> dict[str, Any]:
            messages = [tagged(model.understand(turn, Role.OFFICIAL)) for turn in turns_of(row)]
            talk = replay(chosen, seed, messages, row.get("provoke") or ())
            return {"id": row.get("id"), **trace_of(talk)}

        return predict

    _with_model(make)


@app.command()
def faq(
    file: Annotated[
        Path, typer.Option("--faq", help="CSV or XLSX with the header id,question,answer,kind,topic,owner.")
    ],
) -> None:
    """{"text"} → decision, ids (at most 5, best first), confidence, emotion; for the answers in a file."""
    try:
        entries = read_faq_file(file.read_bytes()).all_right()
    except OSError as error:
        typer.echo(f"{file} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(2) from error
    except FaqFileError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from error
    embed = shared_embedder().embed
    texts = list(dict.fromkeys(text for entry in entries for text in texts_of(entry)))
    index = FaqIndex.build(entries, dict(zip(texts, embed(texts))), load_matching_model())

    def make(model: OfflineModel) -> Predict:
        return lambda row: predict_faq(model.understand(text_of(row), Role.RESIDENT), index, embed)

    _with_model(make)
