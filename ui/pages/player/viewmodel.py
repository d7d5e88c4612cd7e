"""What the player page knows: what is open, how far it is, and what comes after it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.domain.events import StartTried, StartWaits
from app.domain.media import Card, FileId, ItemId, TrackKind
from app.services.playback.request import ItemRequest, StreamRequest, Ticket
from ui.bridge import Bridge, Call
from ui.pages.player.engine import Engine
from ui.pages.player.ports import PlaybackPort, SettingsPort
from ui.pages.player.tracks import beside, choose_subtitle

if TYPE_CHECKING:
    from app.services.playback.request import PlayRequest

SAVE_MS = 5000
COUNTDOWN = 10  # seconds until the next episode starts by itself


class State(StrEnum):
    """What the page shows."""

    EMPTY = "empty"
    OPENING = "opening"
    PLAYING = "playing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, kept for "Try again": an item, or what a ticket stands for."""

    item: ItemId | None = None
    file: FileId | None = None
    from_start: bool = False
    ticket: Ticket | None = None
    at: float | None = None  # the second at which another screen was left


def wish_of(args: Mapping[str, object]) -> Wish | None:
    """What a visit of the page asks for; None: to show what is there."""
    item, ticket, file, at = (args.get(name) for name in ("item", "ticket", "file", "at"))
    if not (isinstance(ticket, int) or isinstance(item, int)):
        return None
    return Wish(
        ItemId(item) if isinstance(item, int) else None,
        FileId(file) if isinstance(file, int) else None,
        bool(args.get("from_start")),
        Ticket(ticket) if isinstance(ticket, int) else None,
        float(at) if isinstance(at, int | float) else None,
    )


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
    waits = Signal(object)  # what is opened still loads: `StartWaits`
    tried = Signal(object)  # a place it should come from did not work: `StartTried`

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
        self._saved: tuple[object, float] = (0, -1.0)
        self._chosen = False  # whether subtitles were chosen for this file
        self._save_timer = QTimer(self, interval=SAVE_MS)
        self._save_timer.timeout.connect(self.save)
        self._count_timer = QTimer(self, interval=1000)
        self._count_timer.timeout.connect(self._count)
        bridge.on(StartTried, self._on_start_tried, self)
        bridge.on(StartWaits, self._on_start_waits, self)

    @property
    def active(self) -> bool:
        """Whether a film is open and can be steered."""
        return self.state is State.PLAYING and self.engine is not None

    def open(self, item: ItemId, file: FileId | None = None, from_start: bool = False) -> None:
        """Play this item; what played before is saved first."""
        self._begin(Wish(item, file, from_start))

    def open_ticket(self, ticket: Ticket, from_start: bool = False) -> None:
        """Play what a ticket stands for."""
        self._begin(Wish(from_start=from_start, ticket=ticket))

    def go_on(self, wish: Wish) -> None:
        """Play this; when it is open already it just goes on, unless told otherwise."""
        now, request = self._wish, self.request
        same = now is not None and (now.item, now.ticket) == (wish.item, wish.ticket)
        if wish.item is not None and request is not None:
            same = same or request.card.id == wish.item  # the episode a series was opened with
        if same and self.active and wish.file is None and not wish.from_start:
            assert self.engine is not None
            if wish.at is not None:
                self.engine.seek(wish.at)
            self.engine.set_paused(False)
        else:
            self._begin(wish)

    def retry(self) -> None:
        """Try again what failed."""
        if self._wish is not None:
            self._begin(self._wish)

    def stop(self, *, handed: bool = False) -> None:
        """Save and let go of the film; `handed`: it goes on elsewhere, from the same source."""
        self._rest(handed)
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
        request = self.request
        if request is not None and request.next is not None:
            self.open(request.next)
        elif request is not None and request.next_ticket is not None:
            self.open_ticket(request.next_ticket)

    def cancel_next(self) -> None:
        """Stay: the next episode does not start by itself."""
        self._set_left(-1)

    def mark_watched(self) -> None:
        """Mark what plays as watched."""
        if not isinstance(self.request, ItemRequest):
            return
        title = self.request.card.title
        coro = self._playback.mark_watched(self.request.item, True)
        self._bridge.call(coro, lambda _none: self.marked.emit(title), owner=self)

    def save(self) -> None:
        """Remember the place."""
        request, engine = self.request, self.engine
        if request is None or engine is None or not self.active or not engine.playing:
            return
        position, duration = engine.position, engine.duration
        if self._saved == (request, position):
            return
        self._saved = (request, position)
        if isinstance(request, ItemRequest):
            kept = self._playback.save_position(request.item, request.file.id, position, duration)
            self._bridge.call(kept)
        elif isinstance(request, StreamRequest) and not request.live:
            kept = self._playback.save_stream_position(request.stream, position, duration)
            self._bridge.call(kept)

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

    def _begin(self, wish: Wish) -> None:
        self._rest()
        self._wish = wish
        self.error = None
        self._enter(State.OPENING)
        coro: Coroutine[Any, Any, PlayRequest]
        if wish.ticket is not None:
            coro = self._playback.open_ticket(wish.ticket, wish.from_start)
        else:
            assert wish.item is not None
            coro = self._playback.open(wish.item, wish.file, wish.from_start)
        self._call = self._bridge.call(coro, self._on_opened, self._on_failed, self)

    def _rest(self, handed: bool = False) -> None:
        """Leave the film that is open, in order."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._set_left(-1)
        self.save()
        self._save_timer.stop()
        if self.request is not None and self.request.ticket is not None and not handed:
            self._bridge.call(self._playback.close_ticket(self.request.ticket))

    def _enter(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _on_opened(self, request: PlayRequest) -> None:
        self._call = None
        at = self._wish.at if self._wish is not None else None
        if at is not None:
            request = replace(request, start=at)
        self.request = request
        self._chosen = False
        self.subtitle_delay = 0.0
        if self.engine is None and not self._start_engine():
            return
        assert self.engine is not None
        film = request.file.path if isinstance(request, ItemRequest) else b""
        self.engine.load(
            request.location,
            request.start,
            tuple(beside(path, film) for path in request.subtitle_files),
            request.title,
            request.demuxer,
            remote=isinstance(request, StreamRequest),
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
        if request.next_ticket is not None:
            self.play_next()  # the next part of the same thing: nobody need be asked
            return
        if request.next is None:
            self.finished.emit()
            return
        coro = self._playback.open(request.next)
        self._bridge.call(coro, self._on_next_known, lambda _error: self.finished.emit(), self)

    def _on_next_known(self, request: ItemRequest) -> None:
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
        request = self.request
        if request is None or request.ticket is None:
            self._on_failed(AppError(key, **args))
            return
        # It can be had elsewhere, perhaps: go on there, where one was.
        self._save_timer.stop()
        self._enter(State.OPENING)
        coro = self._playback.ticket_failed(request.ticket, key, args)
        self._call = self._bridge.call(coro, self._on_opened, self._on_failed, self)

    def _on_start_tried(self, event: StartTried) -> None:
        if self.state is State.OPENING:
            self.tried.emit(event)

    def _on_start_waits(self, event: StartWaits) -> None:
        if self.state is State.OPENING:
            self.waits.emit(event)

    def _on_shelf(self, cards: list[Card]) -> None:
        self.shelf = tuple(cards)
        self.shelf_changed.emit()
