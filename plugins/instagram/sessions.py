"""A reel on its way, as it is written down between two actions; pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.api import InvalidInput
from app.api.publishing import PostStep, Stage

MOST_ANEW = 3
"""Uploads that may die one after the other before the post is given up."""
QUICK, SLOW, LONG = 5.0, 15.0, 60.0
LONG_AFTER = 600.0
"""Seconds after which work on a video counts as long."""
_NUMBERS = ("size", "sent", "anew")
_TIMES = ("begun", "filled", "ended")


@dataclass(frozen=True, slots=True)
class Reel:
    """A container and its upload. Times are seconds since 1970, 0: not yet.

    `filled` is when all bytes were there, `ended` when it was published; `whole`: the upload
    takes the rest of the file at once only.
    """

    person: str
    container: str
    address: str
    size: int
    begun: float
    sent: int = 0
    whole: bool = False
    filled: float = 0.0
    ended: float = 0.0
    medium: str = ""
    anew: int = 0

    def text(self) -> str:
        """Return it as the session of a post."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def reached(self, sent: int, now: float) -> PostStep:
        """Return how it stands with so many bytes there."""
        reel = replace(self, sent=sent, filled=now if sent >= self.size else 0.0)
        stage = Stage.WORKING if reel.filled else Stage.SENDING
        return PostStep(
            stage,
            reel.text(),
            fraction=sent / self.size,
            wait=QUICK if reel.filled else 0.0,
            remote=self.container,
        )

    def working(self, now: float) -> PostStep:
        """Return how it stands while Instagram works on it; it is asked less often with time."""
        age = now - (self.ended or self.filled)
        wait = QUICK if age < 60 else SLOW if age < LONG_AFTER else LONG
        note = "notes.post_takes_long" if age >= LONG_AFTER else ""
        remote = self.medium or self.container
        return PostStep(Stage.WORKING, self.text(), 1.0, wait, remote=remote, note=note)

    def ready(self) -> PostStep:
        """Return how it stands when it only has to be published."""
        return PostStep(Stage.READY, self.text(), 1.0, remote=self.container)

    def done(self, medium: str, url: str) -> PostStep:
        """Return how it stands at the end."""
        return PostStep(Stage.DONE, self.text(), 1.0, remote=medium, url=url)

    def published(self, now: float, medium: str = "") -> Reel:
        """Return it as one that is out."""
        return replace(
            self,
            sent=self.size,
            filled=self.filled or now,
            ended=self.ended or now,
            medium=medium or self.medium,
        )


def read_reel(session: str) -> Reel | None:
    """Return the reel of a session; None when there is none in it."""
    fields = _fields(session)
    if set(fields) != set(Reel.__annotations__):
        return None
    words = ("person", "container", "address", "medium")
    right = (
        all(isinstance(fields[one], str) for one in words)
        and all(isinstance(fields[one], int) for one in _NUMBERS)
        and all(isinstance(fields[one], int | float) for one in _TIMES)
        and isinstance(fields["whole"], bool)
    )
    return Reel(**fields) if right and fields["size"] > 0 else None


def anew(session: str) -> str:
    """Return the session of a reel that begins once more, or raise when that was too often."""
    times = tries_of(session) + 1
    if times > MOST_ANEW:
        raise InvalidInput("errors.post_upload_lost", name="Instagram")
    return json.dumps({"anew": times})


def tries_of(session: str) -> int:
    """Return how often a reel was begun anew."""
    told = _fields(session).get("anew", 0)
    return told if isinstance(told, int) else 0


def _fields(session: str) -> dict[str, Any]:
    try:
        document = json.loads(session or "null")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
