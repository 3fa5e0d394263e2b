"""How the trained model does on what is kept aside: `python -m tests.heldout`. Nothing in this folder is trained on.

guides: the id, one of `near_ids`, or a part of either ('dialoog-45.1' where 'dialoog-45' is wanted); `strict` counts the id
itself alone.
moves: several labels a message. residents: what kind of message it is, emotion, and a municipality that no fitting saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import typer
import yaml

from bot.domain.faq import FaqEntry
from bot.domain.faq_check import Attention, check_entries, texts_to_embed
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.domain.guides import GuideDecision, decide
from bot.domain.matching.index import FaqIndex
from bot.domain.people import Role
from bot.domain.resident.decision import THRESHOLDS, Outcome
from bot.domain.resident.predicting import judge
from bot.nlu.offline import OfflineModel, offline_model
from bot.nlu.shared_embedder import shared_embedder, training_embedder
from bot.nlu.train_matching import EXAMPLES, read_example
from bot.settings import read_settings
from bot.storage.matching_model import CONTENT, WEIGHTS, load_matching_model
from bot.storage.municipality import load_municipality
from bot.training import model_path

HERE: Final = Path(__file__).parent


def read(name: str) -> Any:
    """A file of this folder."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def share(hits: Sequence[bool]) -> float:
    """Of all."""
    return round(sum(hits) / max(len(hits), 1), 3)


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Of (is, was found to be)."""
    both, either = sum(a and b for a, b in pairs), sum(a + b for a, b in pairs)
    return round(2 * both / max(either, 1), 3)


def guide(model: OfflineModel, name: str) -> dict[str, float]:
    """Questions that a guide answers."""
    first, strict, three, answered, wrong = [], [], [], [], []
    for row in read(name):
        finding = decide(model.understand(row["q"], Role.OFFICIAL))
        ids, right = [each.id for each in finding.candidates], (row["id"], *row.get("near_ids", ()))
        hits = [any(each == wanted or each.startswith(f"{wanted}.") for wanted in right) for each in ids[:3]]
        first.append(bool(hits) and hits[0])
        strict.append(ids[:1] == [row["id"]])
        three.append(any(hits))
        answered.append(finding.decision is GuideDecision.ANSWER)
        wrong.append(answered[-1] and not first[-1])
    return {
        "questions": len(first), "first": share(first), "strict": share(strict), "in_three": share(three),
        "answered": share(answered), "wrong": share(wrong),
    }  # fmt: skip


def out_of_scope(model: OfflineModel) -> dict[str, float]:
    """Questions that neither guide answers: share that got an answer all the same."""
    rows: Mapping[str, Any] = read("guide_out_of_scope.yml")
    return {
        kind: share([decide(model.understand(row["q"], Role.OFFICIAL)).decision is GuideDecision.ANSWER for row in own])
        for kind, own in rows.items()
    }


def moves(model: OfflineModel) -> dict[str, float]:
    """Messages of officials: micro-F1 of the labels, and how it does where it is sure."""
    pairs, sure_found, sure_right, sure = [], 0, 0, []
    for row in (*read("moves_a.yml"), *read("moves_b.yml")):
        understood = model.understand(row["text"], Role.OFFICIAL)
        found, wanted = {each.move.value for each in understood.moves}, set(row["moves"])
        pairs += [(move in wanted, move in found) for move in wanted | found]
        sure.append(not understood.unsure_moves)
        if sure[-1]:
            sure_found, sure_right = sure_found + len(found), sure_right + len(found & wanted)
    return {
        "messages": len(sure), "micro_f1": f1(pairs), "sure_in": share(sure),
        "sure_precision": round(sure_right / max(sure_found, 1), 3),
    }  # fmt: skip


def residents(model: OfflineModel) -> dict[str, float]:
    """Messages of residents: the type of a question that has one, and emotion."""
    types, emotion = [], []
    for row in read("faq.yml"):
        understood = model.understand(row["q"], Role.RESIDENT)
        emotion.append((bool(row["emotion"]), understood.emotion >= THRESHOLDS.emotion))
        if row["type"]:
            types.append(next(iter(understood.intents), "") == f"faq/{row['type']}")
    return {"messages": len(emotion), "type_first": share(types), "emotion_f1": f1(emotion)}


def emergencies(model: OfflineModel) -> dict[str, float]:
    """Calls for help, and strong words that are none: share that got help named, and the right one."""
    index, embed = FaqIndex.build((), {}, load_matching_model()), shared_embedder().embed
    rows = read("emergencies.yml")
    found = [(row["kind"], judge(model.understand(row["q"], Role.RESIDENT), index, embed)) for row in rows]
    alarms = [(kind, each.detail) for kind, each in found if each.outcome is Outcome.EMERGENCY]
    calls = [kind for kind, _ in found if kind != "none"]
    heard = [kind for kind, _ in alarms if kind != "none"]
    return {
        "calls": len(calls), "recognised": round(len(heard) / len(calls), 3),
        "danger": round(heard.count("danger") / calls.count("danger"), 3),
        "self_harm": round(heard.count("self_harm") / calls.count("self_harm"), 3),
        "right_number": share([kind == detail for kind, detail in alarms if kind != "none"]),
        "others": len(found) - len(calls),
        "false": round((len(alarms) - len(heard)) / (len(found) - len(calls)), 3),
    }  # fmt: skip


def doubles() -> dict[str, float]:
    """`faq check`: a question that was published already in other words, and pairs of others pointed at in vain."""
    own = parse_faq_csv(decode_csv((CONTENT / "municipality" / "faq.csv").read_bytes()))
    known, rows = {entry.id: entry for entry in own}, read("reworded.yml")
    found = []
    for row in rows:
        again = replace(known[row["id"]], id="again", question=row["q"], type="")
        found.append(any({row["id"], "again"} == set(ids) for ids in _doubles((*own, again))))
    examples = [read_example(folder).entries for folder in EXAMPLES.iterdir() if folder.is_dir()]
    return {
        "reworded": len(rows), "found": share(found),
        "pairs": sum(len(entries) * (len(entries) - 1) // 2 for entries in examples),
        "in_vain": sum(len(_doubles(entries)) for entries in examples),
    }  # fmt: skip


def _doubles(entries: Sequence[FaqEntry]) -> list[tuple[str, ...]]:
    texts = texts_to_embed(entries)
    vectors = dict(zip(texts, training_embedder().embed(texts)))
    municipality = load_municipality(CONTENT / "municipality")
    found = check_entries(entries, vectors, load_matching_model(), municipality, date.min)
    return [each.ids for each in found if each.about in (Attention.CONTRADICTION, Attention.DUPLICATE)]


def main() -> None:
    """Print the figures."""
    archive = model_path(read_settings())
    if not archive.exists():
        typer.echo("There is no model of the present sources: run 'make train' first.", err=True)
        raise SystemExit(1)
    with offline_model(archive) as model:
        found = {
            "dialogue guide": guide(model, "guide_dialoog.yml"),
            "VNG guide": guide(model, "guide_vng.yml"),
            "out of scope, answered": out_of_scope(model),
            "moves": moves(model),
            "residents": residents(model),
            "emergencies": emergencies(model),
            "faq check": doubles(),
            "another municipality (train_matching)": json.loads(WEIGHTS.read_text(encoding="utf-8"))["about"][
                "held_out"
            ],
        }
    for name, figures in found.items():
        typer.echo(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
