"""An upload on its way, as it is written down between two actions; pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.api.publishing import PostStep, Stage

QUICK, SLOW = 10.0, 300.0
LONGEST_ADDRESS = 4_000
LONGEST_NAME = 200
_COUNTS = ("size", "sent", "looks")
_TIMES = ("begun", "out")
_WORDS = ("address", "video", "note")


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload. Times are seconds since 1970; `sent` counts bytes that arrived.

    `video` is the video it has become, with all its bytes; `done` names what was added to it.
    """

    address: str
    size: int
    begun: float
    sent: int = 0
    video: str = ""
    out: float = 0.0
    looks: int = 0
    note: str = ""
    done: tuple[str, ...] = ()

    def text(self) -> str:
        """Return it as the session of a post."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def step(self, piece: int) -> PostStep:
        """Return how it stands while it is sent: the last piece is what makes the video."""
        stage = Stage.READY if self.size - self.sent <= piece else Stage.SENDING
        return PostStep(stage, self.text(), fraction=self.sent / self.size)

    def working(self, url: str, wait: float = 0.0) -> PostStep:
        """Return how it stands while something is added, or YouTube works on it."""
        return PostStep(Stage.WORKING, self.text(), 1.0, wait, self.video, url, self.note)

    def finished(self, url: str) -> PostStep:
        """Return how it stands at the end."""
        return PostStep(Stage.DONE, self.text(), 1.0, 0.0, self.video, url, self.note)

    def made(self, video: str, now: float) -> Upload:
        """Return it with the video it has become."""
        return replace(self, sent=self.size, video=video, out=self.out or now)

    def with_added(self, what: str, note: str = "") -> Upload:
        """Return it with something done; a `note` says that it could not be."""
        return replace(self, done=(*self.done, what), note=self.note or note)

    def pause(self) -> float:
        """Seconds until the next look: they become longer."""
        return float(min(QUICK * 2 ** min(self.looks, 10), SLOW))


def read_upload(session: str) -> Upload | None:
    """Return the upload of a session; None when there is none in it."""
    fields = _fields(session)
    if set(fields) != set(Upload.__annotations__):
        return None
    whole = all(_count(fields[name]) for name in _COUNTS)
    times = all(_time(fields[name]) for name in _TIMES)
    words = all(isinstance(fields[name], str) for name in _WORDS)
    done = fields["done"]
    if not (whole and times and words and isinstance(done, list)):
        return None
    if not 0 <= fields["sent"] <= fields["size"] or not fields["size"]:
        return None
    moments = {name: float(fields[name]) for name in _TIMES}
    added = tuple(str(one)[:LONGEST_NAME] for one in done)
    return Upload(**{**fields, **moments, "done": added})


def _fields(session: str) -> dict[str, Any]:
    try:
        document = json.loads(session or "null")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**40
