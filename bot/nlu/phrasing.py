"""Training examples that are cheap to copy and to tell apart.

Rasa copies all examples for every part of the project that could add some, and takes the fingerprint of each dozens of
times, by walking through all it holds: half the time of a training on some 15,000 phrasings. These do the same with
one hash over the whole.
"""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Phrasing(Message):
    """An example as Rasa knows it. Two with the same content have the same fingerprint, in every process."""

    _cached_fingerprint: str | None

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """As in Message; the fingerprint stays when the value does, as when Rasa strips what has no spaces."""
        if add_to_output or self.data.get(prop) is not info:
            super().set(prop, info, add_to_output)

    def fingerprint(self) -> str:
        """A hash of all properties and features."""
        if self._cached_fingerprint is None:
            digest = hashlib.md5(usedforsecurity=False)
            for name in sorted(self.data):
                digest.update(f"{name}={_shown(self.data[name])}\n".encode("utf-8", "surrogatepass"))
            for each in self.features:
                _add_features(digest, each)
            self._cached_fingerprint = digest.hexdigest()
        return self._cached_fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> Phrasing:
        """Properties are copied, features shared: they are made once and not changed."""
        data = {
            name: value if isinstance(value, str) else copy.deepcopy(value, memo) for name, value in self.data.items()
        }
        copied = Phrasing(data, set(self.output_properties), self.time, list(self.features))
        copied._cached_fingerprint = self._cached_fingerprint
        return copied


def as_phrasings(training_data: TrainingData) -> TrainingData:
    """The same data, its examples replaced in place."""
    training_data.training_examples = [
        Phrasing(each.data, set(each.output_properties), each.time, each.features)
        for each in training_data.training_examples
    ]
    return training_data


def _shown(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Token):
        return repr([(each.text, each.start, each.end, each.lemma, each.data) for each in value])
    if isinstance(value, dict):
        return repr(sorted(value.items(), key=repr))
    return repr(value)


def _add_features(digest: Any, features: Features) -> None:
    digest.update(f"{features.type} {features.attribute} {features.origin}".encode())
    if features.is_dense():
        digest.update(features.features.tobytes())
    else:
        digest.update(features.fingerprint().encode())
