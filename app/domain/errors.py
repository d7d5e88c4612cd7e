"""The small tree of expected failures, split by what the reader should do about them.

Everything that is not an `AppError` is a bug and goes to the crash path. Messages are keys with
arguments; the one presenter in `ui/messages.py` (and `app/cli/output.py`) turns them into words.
"""

from __future__ import annotations


class AppError(Exception):
    """An expected failure, told by a key such as ``errors.folder_away`` and its arguments."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_map: dict[str, object] = args

    def __str__(self) -> str:
        """Return the key with its arguments, for logs."""
        told = ", ".join(f"{name}={value!r}" for name, value in self.args_map.items())
        return f"{self.key}({told})" if told else self.key


class Unavailable(AppError):
    """Something outside is away for now: try again later."""


class PutOff(Unavailable):
    """Nothing was asked or begun: it does not fit in what is allowed until ``retry_after``."""


class AuthRequired(AppError):
    """The owner must sign in or unlock something."""


class NotFound(AppError):
    """What was asked for does not exist (any more)."""


class Unsupported(AppError):
    """It cannot be done with what is here."""


class InvalidInput(AppError):
    """The caller gave something that cannot be right."""


class Refused(AppError):
    """A rule or a licence forbids it."""


class ToolFailed(AppError):
    """A helper program (ffmpeg, a probe worker…) failed on this input."""
