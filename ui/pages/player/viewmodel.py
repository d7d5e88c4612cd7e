"""What the player page knows: what is open, how far it is, and what comes after it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.domain.media import Card, FileId, ItemId, TrackKind
from app.domain.settings import Settings
from ui.bridge import Bridge, Call
from ui.pages.player.engine import Engine
from ui.pages.player.tracks import beside, choose_subtitle

if TYPE_CHECKING:
    from app.services.playback.service import PlayRequest

SAVE_MS = 5000
COUNTDOWN = 10  # seconds until the next episode starts by itself


class PlaybackPort(Protocol):
    """What the player asks of the playback service."""

    def open(
        self, item: ItemId, file: FileId | None = None, from_start: bool = False
    ) -> Coroutine[Any, Any, PlayRequest]:
        """Say what to play for an item."""

    def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> Coroutine[Any, Any, None]:
        """Remember where somebody is."""

    def mark_watched(self, item: ItemId, watched: bool) -> Coroutine[Any, Any, None]:
        """Mark an item."""

    def continue_watching(self, limit: int = 20) -> Coroutine[Any, Any, list[Card]]:
        """What somebody is in the middle of."""


class SettingsPort(Protocol):
    """What the player asks of the settings."""

    @property
    def current(self) -> Settings:
        """The settings now."""

    def set(self, section: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one setting."""


class State(StrEnum):
    """What the page shows."""

    EMPTY = "empty"
    OPENING = "opening"
    PLAYING = "playing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, kept for "Try again"."""

    item: ItemId
    file: FileId | None = None
    from_start: bool = False


class PlayerViewModel(QObject):
    """One film at a time, from the wish to the last second.

    The engine is made by `make_engine` when the first film is opened, not before.
    """

    state_changed = Signal()
    engine_made = Signal()
    shelf_changed = Signal()
    countdown_changed = Signal(int)  # seconds until the next episode; -1: no card
    finished = Signal()  # the film ended and nothing comes after it
    marked = Signal(str)  # title of what was marked watched

    def __init__(
        self,
        bridge: Bridge,
        playback: PlaybackPort,
        settings: SettingsPort,
        make_engine: Callable[[], Engine],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._playback, self._settings = bridge, playback, settings
        self._make_engine = make_engine
        self.engine: Engine | None = None
        self.state = State.EMPTY
        self.request: PlayRequest | None = None
        self.next_request: PlayRequest | None = None
        self.error: AppError | None = None
        self.shelf: tuple[Card, ...] = ()
        self.subtitle_delay = 0.0
        self.subtitle_size = float(settings.current.playback.subtitle_size)
        self._wish: Wish | None = None
        self._call: Call | None = None
        self._left = -1
        self._saved: tuple[int, float] = (0, -1.0)
        self._chosen = False  # whether subtitles were chosen for this file
        self._save_timer = QTimer(self, interval=SAVE_MS)
        self._save_timer.timeout.connect(self.save)
        self._count_timer = QTimer(self, interval=1000)
        self._count_timer.timeout.connect(self._count)

    @property
    def active(self) -> bool:
        """Whether a film is open and can be steered."""
        return self.state is State.PLAYING and self.engine is not None

    def open(self, item: ItemId, file: FileId | None = None, from_start: bool = False) -> None:
        """Play this item; what played before is saved first."""
        self._rest()
        self._wish = Wish(item, file, from_start)
        self.error = None
        self._enter(State.OPENING)
        coro = self._playback.open(item, file, from_start)
        self._call = self._bridge.call(coro, self._on_opened, self._on_failed, self)

    def retry(self) -> None:
        """Try again what failed."""
        if self._wish is not None:
            self.open(self._wish.item, self._wish.file, self._wish.from_start)

    def stop(self) -> None:
        """Save and let go of the film."""
        self._rest()
        self._wish = None
        self.request = None
        if self.engine is not None:
            self.engine.stop()
        self._enter(State.EMPTY)
        self.load_shelf()

    def pause(self) -> None:
        """Rest, and remember the place now."""
        if self.engine is not None and self.active and not self.engine.paused:
            self.engine.set_paused(True)
        self.save()

    def toggle(self) -> None:
        """Play or pause; at the very end, from the beginning."""
        if self.engine is None or not self.active:
            return
        if self._left >= 0:
            self.cancel_next()
        if self._at_end():
            self.engine.seek(0.0)
            self.engine.set_paused(False)
        else:
            self.engine.set_paused(not self.engine.paused)

    def seek(self, position: float) -> None:
        """Go to this second."""
        if self.engine is not None and self.active:
            self.cancel_next()
            self.engine.seek(position)

    def skip(self, seconds: float) -> None:
        """Go forth (+) or back (-)."""
        if self.engine is not None:
            self.seek(self.engine.position + seconds)

    @property
    def skip_seconds(self) -> int:
        """How far the skip buttons go."""
        return self._settings.current.playback.skip_seconds

    def play_next(self) -> None:
        """Start the next episode now."""
        if self.request is not None and self.request.next is not None:
            self.open(self.request.next)

    def cancel_next(self) -> None:
        """Stay: the next episode does not start by itself."""
        self._set_left(-1)

    def mark_watched(self) -> None:
        """Mark what plays as watched."""
        if self.request is None:
            return
        title = self.request.card.title
        coro = self._playback.mark_watched(self.request.item, True)
        self._bridge.call(coro, lambda _none: self.marked.emit(title), owner=self)

    def save(self) -> None:
        """Remember the place."""
        request, engine = self.request, self.engine
        if request is None or engine is None or not self.active or not engine.playing:
            return
        if self._saved == (request.item, engine.position):
            return
        self._saved = (request.item, engine.position)
        coro = self._playback.save_position(
            request.item, request.file.id, engine.position, engine.duration
        )
        self._bridge.call(coro)

    def keep_volume(self) -> None:
        """Remember the volume for the next time."""
        if self.engine is None:
            return
        volume = round(self.engine.volume)
        if volume != self._settings.current.playback.volume:
            self._bridge.call(self._settings.set("playback", "volume", volume))

    def load_shelf(self) -> None:
        """Find what could be watched on, for the empty page."""
        self._bridge.call(
            self._playback.continue_watching(4), self._on_shelf, lambda _error: None, self
        )

    def _rest(self) -> None:
        """Leave the film that is open, in order."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._set_left(-1)
        self.save()
        self._save_timer.stop()

    def _enter(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _on_opened(self, request: PlayRequest) -> None:
        self._call = None
        self.request = request
        self._chosen = False
        self.subtitle_delay = 0.0
        if self.engine is None and not self._start_engine():
            return
        assert self.engine is not None
        subtitles = tuple(beside(path, request.file.path) for path in request.subtitle_files)
        self.engine.load(
            request.file.path, request.start, subtitles, request.title, request.demuxer
        )

    def _start_engine(self) -> bool:
        try:
            engine = self._make_engine()
        except (OSError, ImportError) as exc:  # libmpv is not installed
            self._on_failed(AppError("errors.player_missing", reason=str(exc)))
            return False
        self.engine = engine
        engine.started.connect(self._on_started)
        engine.ended.connect(self._on_ended)
        engine.failed.connect(self._on_engine_failed)
        engine.paused_changed.connect(self._on_paused)
        self.engine_made.emit()
        return True

    def _on_started(self) -> None:
        if self.engine is None or self.state is not State.OPENING:
            return
        self._enter(State.PLAYING)
        self._save_timer.start()
        QTimer.singleShot(0, self, self._choose_subtitles)

    def _choose_subtitles(self) -> None:
        if self.engine is None or self._chosen:
            return
        self._chosen = True
        wanted = self._settings.current.playback
        track = choose_subtitle(
            self.engine.tracks, wanted.subtitle_language, on=wanted.subtitles_on
        )
        self.engine.select_track(TrackKind.SUBTITLE, track)

    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.save()
            self._save_timer.stop()
        elif self.active:
            self._save_timer.start()

    def _on_ended(self) -> None:
        self.save()
        request = self.request
        if request is None or self.state is not State.PLAYING:
            return
        if request.next is None:
            self.finished.emit()
            return
        coro = self._playback.open(request.next)
        self._bridge.call(coro, self._on_next_known, lambda _error: self.finished.emit(), self)

    def _on_next_known(self, request: PlayRequest) -> None:
        if self.request is None or self.request.next != request.item:
            return
        self.next_request = request
        self._set_left(COUNTDOWN if self._settings.current.playback.autoplay_next else 0)
        if self._left > 0:
            self._count_timer.start()

    def _count(self) -> None:
        self._set_left(self._left - 1)
        if self._left == 0:
            self._count_timer.stop()
            self.play_next()

    def _set_left(self, left: int) -> None:
        if left < 0:
            self._count_timer.stop()
        if left != self._left:
            self._left = left
            self.countdown_changed.emit(left)

    def _at_end(self) -> bool:
        engine = self.engine
        return engine is not None and 0 < engine.duration <= engine.position + 0.3

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        self.error = error if isinstance(error, AppError) else AppError("errors.unexpected")
        self._save_timer.stop()
        self._enter(State.FAILED)

    def _on_engine_failed(self, key: str, args: dict[str, object]) -> None:
        self.save()
        self._on_failed(AppError(key, **args))

    def _on_shelf(self, cards: list[Card]) -> None:
        self.shelf = tuple(cards)
        self.shelf_changed.emit()
