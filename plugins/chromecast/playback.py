"""Judges how playing stands from what a Chromecast says; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.api import CastMedia, CastState

JUMP = 2.5
RUNNING = frozenset({"PLAYING", "BUFFERING", "LOADING", "PAUSED"})
STATES = {
    "PLAYING": CastState.PLAYING,
    "PAUSED": CastState.PAUSED,
    "BUFFERING": CastState.LOADING,
    "LOADING": CastState.LOADING,
}
OVER = frozenset({CastState.ENDED, CastState.STOPPED, CastState.FAILED, CastState.IDLE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a device said at a moment (seconds of a clock that only goes forward)."""

    at: float
    player: str = ""  # playerState of the media namespace, empty: nothing is loaded
    idle_reason: str = ""
    session: int | None = None
    url: str = ""
    position: float = 0.0
    duration: float | None = None
    tracks: tuple[int, ...] = ()
    volume: float | None = None
    muted: bool | None = None


class Playback:
    """What plays, and how far it is."""

    def __init__(self) -> None:
        self.state = CastState.IDLE
        self.url = ""
        self.duration: float | None = None
        self.subtitle: int | None = None
        self.reason = ""
        self.args: Mapping[str, object] = {}
        self.jumped = 0  # how often it went elsewhere than time does
        self._position = 0.0
        self._position_at = 0.0
        self._session: int | None = None
        self._session_before: int | None = None  # what was on before we sent something
        self._loading = False
        self._stopping = False

    def loads(self, media: CastMedia, now: float) -> None:
        """We send it something."""
        self._session_before = self._session
        self._loading, self._stopping = True, False
        self.state, self.url, self.reason = CastState.LOADING, media.url, ""
        self.duration = None if media.live else media.duration
        self.subtitle = media.subtitle
        self._position, self._position_at = media.start, now

    def stops(self) -> None:
        """We tell it to stop."""
        self._stopping = True

    def fails(self, reason: str, **args: object) -> None:
        """It does not play what we sent."""
        self._loading = False
        self.state, self.reason, self.args = CastState.FAILED, reason, args

    def breaks_off(self) -> None:
        """The connection broke: what it says after that is not compared with before."""
        self._loading = False
        self._session = self._session_before = None

    def position(self, now: float) -> float:
        """How far it is now."""
        if self.state is not CastState.PLAYING:
            return self._position
        reached = self._position + max(0.0, now - self._position_at)
        return min(reached, self.duration) if self.duration else reached

    def read(self, said: Reading) -> None:
        """Take in what a device says now."""
        if said.session is None:  # its player ended; the next one may count from 1 again
            self._session = self._session_before = None
        if self._loading and (said.session is None or said.session == self._session_before):
            return  # still of what was on before
        if said.player in RUNNING:
            self._runs(said)
        elif said.player == "IDLE" or (not said.player and self.state not in OVER):
            self._rests(said)

    def _runs(self, said: Reading) -> None:
        self._loading = False
        if said.session != self._session:
            self._session, self._stopping = said.session, False
        if said.url and said.url != self.url:
            self.url, self.duration = said.url, None
        if abs(said.position - self.position(said.at)) > JUMP:
            self.jumped += 1
        self._position, self._position_at = said.position, said.at
        self.duration = said.duration or self.duration
        self.subtitle = said.tracks[0] - 1 if said.tracks else None
        self.state, self.reason = STATES[said.player], ""

    def _rests(self, said: Reading) -> None:
        if said.session is not None and said.session != self._session:
            self._session = said.session
        if self._loading and said.idle_reason in ("INTERRUPTED", "CANCELLED", ""):
            return
        self._position = self.position(said.at)
        if said.idle_reason == "ERROR":
            self.fails("errors.cast_did_not_play")
        elif said.idle_reason == "FINISHED" and not self._stopping:
            self._position = self.duration or self._position
            self.state = CastState.ENDED
        elif self.state not in OVER:
            self.state = CastState.STOPPED
