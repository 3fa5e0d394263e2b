"""Splits text into the pieces multilingual-e5-small was trained on (SentencePiece unigram).

No piece holds a word boundary anywhere but at its start, so the best split of a text is the best split of each of its
words. Words come back often: the splits of recent ones are kept.
"""

from __future__ import annotations

from functools import lru_cache

from bot.language.e5_weights import TokenizerTables

_WORD_START = "\u2581"  # SentencePiece writes a space as this
_UNKNOWN_PENALTY = 10.0  # SentencePiece's: an unknown character scores this much below the rarest piece
_MAX_CHARACTERS = 16_384  # more than 510 pieces can ever cover; bounds the work on an endless message
_REMEMBERED_WORDS = 20_000
_REMEMBERED_LENGTH = 40  # in characters; longer "words" are no words, and would only fill the memory


class Tokenizer:
    """Turns a text into token ids; thread-safe."""

    def __init__(self, tables: TokenizerTables, max_tokens: int) -> None:
        """`max_tokens`: where a text is cut, begin and end tokens included."""
        self._begin, self._end, self._unknown = tables.begin, tables.end, tables.unknown
        self._max_tokens = max_tokens
        self._scores = tables.scores
        self._unknown_score = min(tables.scores) - _UNKNOWN_PENALTY
        self._ids = {piece: token for token, piece in enumerate(tables.pieces) if token != tables.unknown}
        self._longest = max(map(len, tables.pieces))
        # The file's table is made for C strings and lacks NUL; it drops the other control characters.
        self._normal_forms = {**tables.normal_forms, 0: ""}
        self._split = lru_cache(_REMEMBERED_WORDS)(self._best_split)

    def ids(self, text: str) -> list[int]:
        """Token ids of `text`, begin and end tokens included, at most `max_tokens`. Takes any string."""
        normal = text[:_MAX_CHARACTERS].translate(self._normal_forms)[:_MAX_CHARACTERS]
        room = self._max_tokens - 2
        tokens: list[int] = []
        for word in _collapse_spaces(normal).removeprefix(" ").split(" "):
            split = self._split if len(word) <= _REMEMBERED_LENGTH else self._best_split
            tokens.extend(split(_WORD_START + word))
            if len(tokens) >= room:
                break
        return [self._begin, *tokens[:room], self._end]

    def _best_split(self, word: str) -> tuple[int, ...]:
        """The split of `word` with the highest sum of scores (Viterbi)."""
        best = [0.0] + [float("-inf")] * len(word)  # best[i]: score of the best split of word[:i]
        last = [(0, self._unknown)] * (len(word) + 1)  # where that split's last piece begins, and its id
        for start in range(len(word)):
            candidates = [(start + 1, self._unknown, self._unknown_score)]
            for stop in range(start + 1, min(start + self._longest, len(word)) + 1):
                token = self._ids.get(word[start:stop])
                if token is not None:
                    candidates.append((stop, token, self._scores[token]))
            for stop, token, score in candidates:
                if best[start] + score > best[stop]:
                    best[stop] = best[start] + score
                    last[stop] = (start, token)
        tokens = []
        position = len(word)
        while position > 0:
            position, token = last[position]
            tokens.append(token)
        return tuple(reversed(tokens))


def _collapse_spaces(text: str) -> str:
    """Runs of spaces to one; unlike `str.split` it keeps a space at either end, which the model was trained with."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text
