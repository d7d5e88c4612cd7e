"""An upload on its way, as it is written down between two actions; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.api import InvalidInput
from app.api.publishing import PostStep, Stage

MOST_ANEW = 3
"""Uploads that may die one after the other before it is left for later."""
QUICK, SLOW, LONG = 5.0, 15.0, 60.0
LONG_AFTER = 600.0
"""Seconds after which work on a video counts as long."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload. Times are seconds since 1970; `sent` counts bytes, `ended` 0: not committed."""

    publish: str
    address: str
    size: int
    piece: int
    count: int
    begun: float
    sent: int = 0
    ended: float = 0.0
    draft: bool = False
    level: str = ""
    name: str = ""
    note: str = ""
    anew: int = 0  # uploads of this post that died before

    @property
    def last(self) -> int:
        """Where the last piece begins; sending it is what publishes the video."""
        return self.piece * (self.count - 1)

    def text(self) -> str:
        """Return it as the session of a post."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def step(self) -> PostStep:
        """Return how it stands before it is committed."""
        stage = Stage.READY if self.sent >= self.last else Stage.SENDING
        return PostStep(
            stage, self.text(), fraction=self.sent / self.size, remote=self.publish, note=self.note
        )

    def working(self, now: float, note: str = "") -> PostStep:
        """Return how it stands while TikTok works on it; it is asked less often with time."""
        age = now - self.ended
        wait = QUICK if age < 60 else SLOW if age < LONG_AFTER else LONG
        if age >= LONG_AFTER:
            note = note or "notes.post_takes_long"
        return PostStep(
            Stage.WORKING, self.text(), 1.0, wait, remote=self.publish, note=note or self.note
        )

    def committed(self, now: float) -> Upload:
        """Return it with all bytes sent."""
        return replace(self, sent=self.size, ended=self.ended or now)


def read_upload(session: str) -> Upload | None:
    """Return the upload of a session; None when there is none in it."""
    fields = _fields(session)
    kinds = Upload.__annotations__
    if set(fields) != set(kinds):
        return None
    numbers = ("size", "piece", "count", "sent", "anew")
    if any(isinstance(fields[one], bool) or not isinstance(fields[one], int) for one in numbers):
        return None
    if not all(isinstance(fields[one], int | float) for one in ("begun", "ended")):
        return None
    if not fields["size"] > 0 or fields["piece"] < 1 or fields["count"] < 1:
        return None
    return Upload(**fields)


def again(times: int) -> str:
    """Return the session of a post whose upload died so often, or raise when that is too often."""
    if times > MOST_ANEW:
        raise InvalidInput("errors.post_upload_lost", name="TikTok")
    return json.dumps({"anew": times})


def tries_of(session: str) -> int:
    """Return how often an upload was begun anew."""
    told = _fields(session).get("anew", 0)
    return told if isinstance(told, int) else 0


def cut(size: int, limits: Mapping[str, int]) -> tuple[int, int]:
    """Return the bytes of a piece, and how many pieces a file of this size is sent in.

    TikTok divides and rounds down, so the last piece takes the rest. Pieces are all but equal:
    none is larger than it has to be.
    """
    least, usual = limits["least_piece"], limits["piece"]
    count = -(-size // usual)
    while count > 1 and size // count < least:
        count -= 1
    piece = size // count
    if count > limits["most_pieces"] or size // piece != count:
        raise InvalidInput("errors.post_video_large", name="TikTok", most=limits["largest"])
    return piece, count


def _fields(session: str) -> dict[str, Any]:
    try:
        document = json.loads(session or "null")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
