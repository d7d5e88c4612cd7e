"""A player without mpv, and a history that answers as one tells it: for the player's page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError
from app.domain.media import Card, Chapter, FileId, ItemId, MediaFile, MediaKind, TrackKind
from app.domain.settings import Settings
from app.services.playback.request import ItemRequest
from ui.bridge import Bridge
from ui.page import PageContext
from ui.theme import Theme
from ui.widgets.mpv_tracks import PlayerTrack

TRACKS: tuple[PlayerTrack, ...] = (
    PlayerTrack(1, TrackKind.VIDEO, codec="h264", selected=True),
    PlayerTrack(1, TrackKind.AUDIO, "eng", codec="aac", channels=6, selected=True),
    PlayerTrack(2, TrackKind.AUDIO, "fre", codec="aac", channels=2),
    PlayerTrack(1, TrackKind.SUBTITLE, "eng"),
    PlayerTrack(2, TrackKind.SUBTITLE, "fre", external=True),
)


class FakeEngine(QObject):
    """Does at once what a player does later."""

    started = Signal()
    position_changed = Signal(float)
    duration_changed = Signal(float)
    paused_changed = Signal(bool)
    speed_changed = Signal(float)
    volume_changed = Signal(float, bool)
    tracks_changed = Signal(object)
    chapters_changed = Signal(object)
    ended = Signal()
    failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.position, self.duration = 0.0, 600.0
        self.paused, self.speed = False, 1.0
        self.volume, self.muted = 100.0, False
        self.playing = False
        self.tracks = TRACKS
        self.chapters: tuple[Chapter, ...] = (Chapter(0.0, "The bridge"), Chapter(300.0, ""))
        self.calls: list[tuple[object, ...]] = []
        self.starts = True
        self.remote = False

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
        self.calls.append(("load", path, start, subtitles, demuxer))
        self.remote = remote
        self.position, self.playing, self.paused = start, self.starts, False
        if self.starts:
            self.started.emit()

    def stop(self) -> None:
        self.playing = False
        self.calls.append(("stop",))

    def set_paused(self, paused: bool) -> None:
        self.paused = paused
        self.paused_changed.emit(paused)

    def seek(self, position: float) -> None:
        self.position = max(0.0, min(position, self.duration))
        self.position_changed.emit(self.position)

    def step(self, frames: int) -> None:
        self.calls.append(("step", frames))

    def set_speed(self, speed: float) -> None:
        self.speed = speed
        self.speed_changed.emit(speed)

    def set_volume(self, volume: float) -> None:
        self.volume, self.muted = volume, False
        self.volume_changed.emit(volume, False)

    def set_muted(self, muted: bool) -> None:
        self.muted = muted
        self.volume_changed.emit(self.volume, muted)

    def select_track(self, kind: TrackKind, track: int | None) -> None:
        self.tracks = tuple(
            replace(each, selected=each.id == track) if each.kind is kind else each
            for each in self.tracks
        )
        self.tracks_changed.emit(self.tracks)

    def add_subtitle(self, path: bytes, title: str = "", language: str = "") -> bool:
        self.calls.append(("add", path, title, language))
        return path.endswith(b".srt")

    def set_subtitle_delay(self, seconds: float) -> None:
        self.calls.append(("delay", seconds))

    def set_subtitle_size(self, percent: float) -> None:
        self.calls.append(("size", percent))

    def set_subtitle_floor(self, percent: float) -> None:
        """Nothing is drawn here."""

    def set_aspect(self, ratio: str) -> None:
        self.calls.append(("aspect", ratio))

    def screenshot(self, path: Path) -> bool:
        path.write_bytes(b"picture")
        return True

    def end(self) -> None:
        """Come to the end."""
        self.position = self.duration
        self.ended.emit()
        self.set_paused(True)


class FakeHistory:
    """Opens what it is asked for; `error` makes it fail."""

    def __init__(self, path: bytes = b"/films/a.mkv") -> None:
        self.path = path
        self.start = 40.0
        self.error: AppError | None = None
        self.opened: list[tuple[int, bool]] = []
        self.saved: list[tuple[int, float]] = []
        self.marked: list[int] = []
        self.last = 12  # the episode after which nothing comes

    async def open(
        self, item: ItemId, file: FileId | None = None, from_start: bool = False
    ) -> ItemRequest:
        self.opened.append((item, from_start))
        if self.error is not None:
            raise self.error
        card = Card(item, MediaKind.EPISODE, f"Part {item - 10}", season=1, episode=item - 10,
                    series="Northern Post", duration=600.0)  # fmt: skip
        return ItemRequest(
            item=item,
            file=MediaFile(FileId(100 + item), self.path, "a.mkv", 1),
            title="Northern Post",
            caption=f"S1 E{item - 10} \u00b7 1080p",
            start=0.0 if from_start else self.start,
            next=ItemId(item + 1) if item < self.last else None,
            subtitle_files=(b"/films/a.fr.srt",),
            card=card,
            demuxer="mkv",
        )

    async def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> None:
        self.saved.append((item, position))

    async def mark_watched(self, item: ItemId, watched: bool) -> None:
        self.marked.append(item)

    async def continue_watching(self, limit: int = 20) -> list[Card]:
        return [Card(ItemId(11), MediaKind.FILM, "Sintel", duration=888.0, position=300.0)]


class FakeSettings:
    """The usual settings; `change()` gives others."""

    def __init__(self) -> None:
        self.current = Settings()
        self.kept: list[tuple[str, str, object]] = []

    def change(self, **values: object) -> None:
        playback = replace(self.current.playback, **values)  # type: ignore[arg-type]  # any field
        self.current = replace(self.current, playback=playback)

    async def set(self, section: str, name: str, value: object) -> None:
        self.kept.append((section, name, value))


class Window:
    """Navigator and toasts in one; writes down what it is told."""

    def __init__(self) -> None:
        self.went: list[str] = []
        self.said: list[str] = []

    def open(self, page: str, **args: object) -> None:
        self.went.append(page)

    def back(self) -> None:
        self.went.append("back")

    def show(self, text: str, **_how: Any) -> None:
        self.said.append(text)


def player_context(
    bridge: Bridge, history: FakeHistory, settings: FakeSettings, window: Window, theme: Theme
) -> PageContext:
    """A context with nothing but what the player needs."""
    library = SimpleNamespace(picture=lambda key: Path("/nowhere") / key)
    services = SimpleNamespace(playback=history, settings=settings, library=library)
    given: dict[str, Any] = {
        "bridge": bridge, "services": services, "navigator": window, "toasts": window,
        "theme": theme, "posters": cast("Any", None),
    }  # fmt: skip
    return PageContext(**given)
