"""Hashes passwords with argon2id, which takes memory as well as time: guessing many at once gets dear."""

from __future__ import annotations

from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

AT_ONCE = 2
"""Each takes 64 MiB: a crowd at the door must not take all memory."""


class Argon2Passwords:
    """See `bot.services.sign_in.Passwords`. Threads may share it."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._turn = BoundedSemaphore(AT_ONCE)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("a password that nobody has")

    def hashed(self, password: str) -> str:
        """See the port."""
        with self._turn:
            return self._hasher.hash(password)

    def matches(self, hashed: str | None, password: str) -> bool:
        """See the port."""
        with self._turn:
            try:
                self._hasher.verify(hashed or self._nobodys, password)
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """See the port."""
        return self._hasher.check_needs_rehash(hashed)
