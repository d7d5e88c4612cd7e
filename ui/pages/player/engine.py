"""What the player page asks of whatever plays the film."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance

from app.domain.media import Chapter, TrackKind
from ui.widgets.mpv_tracks import PlayerTrack


class EngineFacts(Protocol):
    """What an engine tells; `ui.widgets.mpv_core.MpvCore` says what each member means."""

    position: float
    duration: float
    paused: bool
    speed: float
    volume: float
    muted: bool
    playing: bool
    tracks: tuple[PlayerTrack, ...]
    chapters: tuple[Chapter, ...]

    @property
    def started(self) -> SignalInstance:
        """The file is open."""

    @property
    def position_changed(self) -> SignalInstance:
        """Seconds, at most ten times a second."""

    @property
    def duration_changed(self) -> SignalInstance:
        """Seconds."""

    @property
    def paused_changed(self) -> SignalInstance:
        """Whether it rests."""

    @property
    def speed_changed(self) -> SignalInstance:
        """1.0 is normal."""

    @property
    def volume_changed(self) -> SignalInstance:
        """Per cent, and whether it is muted."""

    @property
    def tracks_changed(self) -> SignalInstance:
        """All tracks."""

    @property
    def chapters_changed(self) -> SignalInstance:
        """All chapters."""

    @property
    def ended(self) -> SignalInstance:
        """Played to its end."""

    @property
    def failed(self) -> SignalInstance:
        """Message key, arguments."""


class Engine(EngineFacts, Protocol):
    """Plays one file at a time."""

    def load(
        self,
        path: bytes,
        start: float = 0.0,
        subtitles: tuple[tuple[bytes, str, str], ...] = (),
        display: str = "",
        demuxer: str = "lavf",
        *,
        remote: bool = False,
    ) -> None:
        """Play a file, or what the station offers at an address of its own."""

    def stop(self) -> None:
        """Let go of the file."""

    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""

    def seek(self, position: float) -> None:
        """Go to this second."""

    def step(self, frames: int) -> None:
        """One frame forth or back."""

    def set_speed(self, speed: float) -> None:
        """Play slower or faster."""

    def set_volume(self, volume: float) -> None:
        """Per cent."""

    def set_muted(self, muted: bool) -> None:
        """Silence."""

    def select_track(self, kind: TrackKind, track: int | None) -> None:
        """Choose a track."""

    def add_subtitle(self, path: bytes, title: str = "", language: str = "") -> bool:
        """Add and select a subtitle file."""

    def set_subtitle_delay(self, seconds: float) -> None:
        """Later (+) or sooner (-)."""

    def set_subtitle_size(self, percent: float) -> None:
        """100 is normal."""

    def set_subtitle_floor(self, percent: float) -> None:
        """100 is the lower edge."""

    def set_aspect(self, ratio: str) -> None:
        """``-1``, ``16:9``…, ``fill``."""

    def screenshot(self, path: Path) -> bool:
        """Save the picture."""
