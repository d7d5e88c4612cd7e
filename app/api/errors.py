"""The failures a plugin may raise; anything else it raises counts as a crash."""

from __future__ import annotations

from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    PutOff,
    Refused,
    ToolFailed,
    Unavailable,
    Unsupported,
)

__all__ = [
    "AppError",
    "AuthRequired",
    "InvalidInput",
    "NotFound",
    "PutOff",
    "Refused",
    "ToolFailed",
    "Unavailable",
    "Unsupported",
]
