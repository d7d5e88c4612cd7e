"""Errors of jobs and steps as text in the job file, and back."""

from __future__ import annotations

import json

from app.domain import errors
from app.domain.errors import AppError, ToolFailed, Unavailable

_PERMANENT = (
    errors.AuthRequired,
    errors.InvalidInput,
    errors.NotFound,
    errors.Refused,
    errors.Unsupported,
)


class RecordedFailure(Exception):  # noqa: N818 - the record of an error, raised only to the engine
    """Carries an error through the job file; its text is JSON."""


def record(error: AppError) -> RecordedFailure:
    """The error in the form that the job file keeps."""
    told = {"type": type(error).__name__, "key": error.key, "args": error.args_map}
    return RecordedFailure(json.dumps(told, default=str))


def restore(text: str) -> AppError:
    """The error again; text that no job of ours wrote becomes ``errors.job_failed``."""
    try:
        told = json.loads(text)
        kind = getattr(errors, told["type"])
        key, args = str(told["key"]), dict(told["args"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ToolFailed("errors.job_failed", detail=text)
    if not (isinstance(kind, type) and issubclass(kind, AppError)):
        return ToolFailed("errors.job_failed", detail=text)
    return kind(key, **args)


def restore_stored(stored: str | None) -> AppError:
    """The error out of a column of the job file, where the engine wraps it once more."""
    try:
        text = str(json.loads(stored or "")["message"])
    except (ValueError, KeyError, TypeError):
        text = stored or ""
    return restore(text)


def is_permanent(error: AppError) -> bool:
    """Whether trying again cannot help."""
    return isinstance(error, _PERMANENT)


def timed_out() -> AppError:
    """The job took longer than its kind allows."""
    return Unavailable("errors.job_timeout")


def poisoned() -> AppError:
    """The job ended the program too often."""
    return ToolFailed("errors.job_poisoned")
