"""One slip of the finger: what still counts as the same word."""

from __future__ import annotations

SLIPPABLE_LENGTH = 6
"""Shorter words have too many neighbours."""


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter too many, too few or wrong, or by two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or one == other:
        return False
    i = next((k for k, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[i + 1 : i + 2] + one[i : i + 1] + one[i + 2 :]
        return one[i + 1 :] == other[i + 1 :] or swapped == other[i:]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[i + 1 :] == shorter[i:] and longer.rstrip("en") != shorter.rstrip("en")
