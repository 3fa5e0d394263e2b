"""The int8 ONNX encoder of multilingual-e5-small on this machine: built once, cached, opened."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import onnxruntime

from bot.language.atomic_file import write_whole
from bot.language.e5_weights import FloatArray, PackedWeights

_BUILDER_VERSION = 1  # raise it with any change to the graph: cached graphs are then built anew

_log = logging.getLogger(__name__)


def cached_graph(weights: PackedWeights, cache_dir: Path, sample: Sequence[FloatArray]) -> Path:
    """The int8 graph of `weights` in `cache_dir`, built there when it is missing (a few seconds).

    sample: the inputs of some everyday sentences, each (1, tokens, hidden), to measure activations on.
    Processes that build at the same time don't hinder each other: the last to finish puts its equal file in place.
    Raises OSError when the folder can't be written, ImportError when there is a graph to build and no `onnx`.
    """
    identity = f"{weights.path.name} {weights.path.stat().st_size} {_BUILDER_VERSION}"
    path = cache_dir / f"e5-{hashlib.sha256(identity.encode()).hexdigest()[:16]}.onnx"
    if not path.is_file():
        from bot.language import e5_graph  # here, because `onnx` is heavy and needed once per machine

        _log.info("Building %s from %s", path, weights.path)
        exact = e5_graph.float_model(weights)
        peaks = e5_graph.channel_peaks(open_session(exact.SerializeToString()), sample)
        write_whole(path, e5_graph.int8_model(weights, peaks).SerializeToString())
    return path


def open_session(model: Path | bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session over a model file, or a model in memory, that uses `threads` processor threads for one text."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it would keep a memory plan for every length of text
    source = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
