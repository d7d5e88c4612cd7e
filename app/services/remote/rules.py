"""What is obeyed of what comes: own, new, plain messages in private, and not too many. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.api.chatting import Incoming

OLD: Final = 60.0
"""Seconds after which what was sent is not meant any more."""
BURST: Final = 15
"""So many messages at once are heard of a person…"""
EACH: Final = 2.0
"""…and then one each so many seconds."""
TELL_EACH: Final = 60.0


def is_own(incoming: Incoming) -> bool:
    """Whether somebody said it himself, to the station alone."""
    plain = not (incoming.edited or incoming.forwarded or incoming.from_bot)
    return plain and incoming.private and incoming.sender > 0 and is_his(incoming)


def is_his(incoming: Incoming) -> bool:
    """Whether the chat is the sender's own: its number is his."""
    return incoming.chat == str(incoming.sender)


def is_new(incoming: Incoming, fetched: float, started: float) -> bool:
    """Whether it was sent a moment ago, and after the station began. Seconds since 1970.

    A service's clock tells whole seconds; one that is ahead of ours makes nothing old.
    """
    return incoming.sent >= max(int(started), fetched - OLD)


def order_of(text: str) -> tuple[str, str]:
    """A command's name and what is behind it; the name is empty for text without a slash."""
    told = text.strip()
    if not told.startswith("/"):
        return "", told
    first, _space, rest = told[1:].replace("\n", " ", 1).partition(" ")
    return first.partition("@")[0].lower(), rest.strip()


@dataclass(slots=True)
class Flood:
    """How much of a person is heard. `now` is of the monotonic clock."""

    _until: dict[int, float] = field(default_factory=dict)
    _told: dict[int, float] = field(default_factory=dict)

    def takes(self, person: int, now: float) -> bool:
        """Whether one more is heard."""
        until = max(now, self._until.get(person, 0.0))
        if until - now > (BURST - 1) * EACH:
            return False
        self._until[person] = until + EACH
        return True

    def tells(self, person: int, now: float) -> bool:
        """Whether to say that it was too much: once a minute."""
        if now - self._told.get(person, -TELL_EACH) < TELL_EACH:
            return False
        self._told[person] = now
        return True
