"""What can go wrong in a use case. `str(error)` is a Dutch sentence that the person at the screen can read."""

from __future__ import annotations


class UseCaseError(Exception):
    """The use case was refused and nothing was changed."""


class NotFound(UseCaseError):
    """What was asked for does not exist, or is not this person's."""


class ChangedByOther(UseCaseError):
    """Somebody changed or claimed it after the page was opened.

    by: name of the colleague, or None when a resident's question came in between.
    """

    def __init__(self, message: str, by: str | None = None) -> None:
        super().__init__(message)
        self.by = by


class NotPossible(UseCaseError):
    """The state does not allow it: answering what was dismissed, splitting off every question, an empty answer."""


class SignInRefused(UseCaseError):
    """Whoever it is did not show that they may come in. The message does not tell a wrong name from a wrong password."""


class TooManyAttempts(UseCaseError):
    """So many sign-ins were refused that the next has to wait."""


class LinkRefused(SignInRefused):
    """A login link that is unknown, used or too old, or whose account is closed."""
