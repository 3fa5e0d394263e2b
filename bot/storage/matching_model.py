"""Reads and writes the weights of FAQ matching: numbers and words only, nothing that runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.domain.matching.concepts import Concepts
from bot.domain.matching.coverage import Vocabulary
from bot.domain.matching.judging import KIND_NAMES, RIGHT_NAMES
from bot.domain.matching.model import MatchModel, Weights
from bot.domain.matching.ranking import RANK_NAMES
from bot.domain.matching.space import Space

CONTENT = Path(__file__).resolve().parent.parent / "content"
WEIGHTS = CONTENT / "models" / "faq_matching.json"
SPACE = CONTENT / "models" / "faq_matching.npz"
CONCEPTS = CONTENT / "resident" / "concepts.yml"
CURE = "run 'python -m bot.nlu.train_matching'"


class MatchingModelError(ValueError):
    """The weights cannot be used; the message names the file and the cure."""


def load_matching_model(weights: Path = WEIGHTS, space: Path = SPACE, concepts: Path = CONCEPTS) -> MatchModel:
    """Everything matching needs. Raises MatchingModelError when a file is missing or does not fit the code."""
    for path in (weights, space, concepts):
        if not path.is_file():
            raise MatchingModelError(f"{path} is missing: {CURE}.")
    stored = json.loads(weights.read_text(encoding="utf-8"))
    try:
        return MatchModel(
            space=read_space(space),
            vocabulary=read_vocabulary(concepts, stored["commonness"]),
            ranker=_weights(stored["ranker"]).checked(RANK_NAMES, "ranking"),
            right=_weights(stored["right"]).checked(RIGHT_NAMES, "judging"),
            kind=_weights(stored["kind"]).checked(KIND_NAMES, "kinds of message"),
            kinds=tuple(stored["kinds"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MatchingModelError(f"{weights} or {space} cannot be used ({error}): {CURE}.") from error


def read_vocabulary(concepts: Path, commonness: Mapping[str, float]) -> Vocabulary:
    """The words that belong together, and how ordinary each is."""
    stored = yaml.safe_load(concepts.read_text(encoding="utf-8"))
    synonyms = {str(number): forms for number, forms in enumerate(stored["synonyms"])}
    return Vocabulary(Concepts(stored["topics"]), Concepts(synonyms), commonness)


def read_space(path: Path) -> Space:
    """The vectors' side of it, kept in half precision, and of the many phrasings only the direction, in a byte a number."""
    with np.load(path, allow_pickle=False) as file:
        stored = {name: file[name] for name in file.files}
    types, groups = (tuple(str(each) for each in stored.pop(name)) for name in ("types", "groups"))
    starts, phrasings = stored.pop("type_starts"), stored.pop("type_phrasings").astype(np.float32)
    return Space(
        types=types,
        groups=groups,
        type_starts=starts,
        type_phrasings=phrasings / np.linalg.norm(phrasings, axis=1, keepdims=True),
        **{name: values.astype(np.float32) for name, values in stored.items()},
    )


def write_space(path: Path, space: Space) -> None:
    """Counterpart of `read_space`."""
    numbers = {
        name: getattr(space, name).astype(np.float16)
        for name in ("query_mean", "entry_mean", "type_mean", "type_matrix", "group_weights", "group_bias")
    }
    longest = np.abs(space.type_phrasings).max(axis=1, keepdims=True)
    np.savez_compressed(
        path,
        types=np.array(space.types),
        groups=np.array(space.groups),
        type_starts=space.type_starts,
        type_phrasings=np.rint(space.type_phrasings / longest * 127).astype(np.int8),
        **numbers,
    )


def write_weights(path: Path, model: MatchModel, commonness: Mapping[str, float], about: Mapping[str, Any]) -> None:
    """Counterpart of `load_matching_model`'s reading. `about`: figures and material, for people who read the file."""
    stored = {
        "about": about,
        "ranker": _stored(model.ranker),
        "right": _stored(model.right),
        "kinds": list(model.kinds),
        "kind": _stored(model.kind),
        "commonness": {word: round(share, 5) for word, share in sorted(commonness.items())},
    }
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _weights(stored: Mapping[str, Any]) -> Weights:
    columns = stored["features"]
    return Weights(
        names=tuple(columns),
        means=np.array([each["mean"] for each in columns.values()]),
        scales=np.array([each["scale"] for each in columns.values()]),
        weights=np.array([each["weights"] for each in columns.values()]).T,
        bias=np.array(stored["bias"]),
    )


def _stored(weights: Weights) -> dict[str, Any]:
    columns = {
        name: {
            "mean": _short(weights.means[at]),
            "scale": _short(weights.scales[at]),
            "weights": [_short(w) for w in weights.weights[:, at]],
        }
        for at, name in enumerate(weights.names)
    }
    return {"bias": [_short(b) for b in weights.bias], "features": columns}


def _short(number: float) -> float:
    return float(f"{number:.5g}")
