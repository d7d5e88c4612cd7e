"""Turns notices into messages and answers into facts; pure, no input or output."""

from __future__ import annotations

from app.api import Notice


def message(notice: Notice) -> dict[str, str]:
    """Return what is posted for a notice."""
    return {"title": notice.title[:200], "message": notice.body[:4000], "level": notice.kind}


def accepted(answer: str) -> bool:
    """Whether the answer says the message was taken."""
    return not answer.strip().lower().startswith("denied")
