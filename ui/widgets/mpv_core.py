"""The one mpv handle of the window: commands go in at once, facts come out as Qt signals."""

from __future__ import annotations

import locale
import logging
import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.media import Chapter, TrackKind
from ui.widgets.mpv_options import REMOTE_OPTIONS, MpvHandle, PlayerOptions, mpv_options
from ui.widgets.mpv_tracks import PlayerTrack, read_chapters, read_tracks

log = logging.getLogger(__name__)

POSITION_INTERVAL = 0.1  # seconds between two reports of the position
EARLY_END = 0.8  # a file that stops before this part of its length is damaged
SUBTITLE_LIMIT = 20 << 20  # bytes
_TRACK_PROPERTIES = {TrackKind.AUDIO: "aid", TrackKind.SUBTITLE: "sid", TrackKind.VIDEO: "vid"}
_FACTS = ("duration", "pause", "speed", "volume", "mute", "track-list", "chapter-list")


class MpvCore(QObject):
    """Plays one file at a time. All methods are for the GUI thread and return at once.

    A file given to `load()` waits until a view has called `view_ready()`: mpv drops the picture of
    a file that starts without one. Times are seconds. After `close()` nothing may be called.
    """

    started = Signal()  # the file is open, tracks and chapters are known
    position_changed = Signal(float)
    duration_changed = Signal(float)
    paused_changed = Signal(bool)
    speed_changed = Signal(float)
    volume_changed = Signal(float, bool)  # per cent, muted
    tracks_changed = Signal(object)  # tuple[PlayerTrack, ...]
    chapters_changed = Signal(object)  # tuple[Chapter, ...]
    ended = Signal()  # played to its end
    failed = Signal(str, object)  # message key, arguments

    _arrived = Signal(str, object)

    def __init__(
        self, options: PlayerOptions, *, software: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        locale.setlocale(locale.LC_NUMERIC, "C")  # mpv refuses to start otherwise
        import mpv  # only now: 0.1 s that the window's start must not pay

        self.position = 0.0
        self.duration = 0.0
        self.paused = False
        self.speed = 1.0
        self.volume = options.volume
        self.muted = False
        self.tracks: tuple[PlayerTrack, ...] = ()
        self.chapters: tuple[Chapter, ...] = ()
        self.playing = False  # a file is open
        self._display = ""
        self._view = False
        self._waiting: dict[str, object] | None = None
        self._subtitles: tuple[tuple[bytes, str, str], ...] = ()
        self._told = 0.0
        self._exact = 0.0
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._mpv: MpvHandle = mpv.MPV(
            log_handler=_log, loglevel="warn", **mpv_options(options, software=software)
        )
        for fact in (*_FACTS, "eof-reached", "hwdec-current"):
            self._mpv.observe_property(fact, self._arrived.emit)
        self._mpv.observe_property("time-pos", self._on_time)
        self._mpv.event_callback("end-file", "file-loaded")(self._on_event)

    @property
    def handle(self) -> MpvHandle:
        """The `mpv.MPV` for the views' render contexts."""
        return self._mpv

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
        """Play the file at this absolute path from `start`.

        `subtitles` are files to offer with it: (path, title, language). `display` names the film
        in messages. `demuxer` is the only one allowed (mpv's others read playlists). With
        `remote` the path is an address of the station's own server.
        """
        self.position = self._exact = start
        self.duration = 0.0
        self.tracks, self.chapters = (), ()
        self.playing = False
        self._display = display or os.fsdecode(path).encode("utf-8", "replace").decode()
        self._subtitles = subtitles
        # From the very beginning nothing is said: told "0", ffmpeg jumps, and some streams end.
        begin = f"start={start:.3f}," if start else ""
        options = f"{begin}demuxer={demuxer},sub-delay=0"
        if remote:  # %n% tells how many bytes belong to the value: it holds commas
            options += f",demuxer-lavf-o=%{len(REMOTE_OPTIONS)}%{REMOTE_OPTIONS}"
            options += ",access-references=yes"  # a playlist's parts, which come the same way
        self._waiting = {"url": path, "flags": "replace", "options": options}
        if self._view:
            self._start()

    def view_ready(self) -> None:
        """A view can draw now: start what waits, or bring the picture back."""
        self._view = True
        if self._waiting is not None:
            self._start()
        elif self.playing:
            self._set("vid", "no")
            self._set("vid", "auto")

    def view_lost(self) -> None:
        """The view's render context is gone; sound goes on."""
        self._view = False

    def stop(self) -> None:
        """Let go of the file."""
        self._waiting = None
        self.playing = False
        self._command("stop")

    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""
        self._set("pause", "yes" if paused else "no")

    def seek(self, position: float) -> None:
        """Go to this second, exactly."""
        position = max(0.0, min(position, max(self.duration - 0.05, 0.0) or position))
        self.position = self._exact = position
        self._command("seek", f"{position:.3f}", "absolute+exact")
        self.position_changed.emit(position)

    def step(self, frames: int) -> None:
        """Pause and show the next (+1) or the previous (-1) frame."""
        self._command("frame-step" if frames > 0 else "frame-back-step")

    def set_speed(self, speed: float) -> None:
        """Play at 0.25 to 4 times the speed."""
        self._set("speed", f"{max(0.25, min(speed, 4.0)):.2f}")

    def set_volume(self, volume: float) -> None:
        """Per cent, 0 to 130; unmutes."""
        self._set("volume", f"{max(0.0, min(volume, 130.0)):.1f}")
        self._set("mute", "no")

    def set_muted(self, muted: bool) -> None:
        """Silence without losing the volume."""
        self._set("mute", "yes" if muted else "no")

    def select_track(self, kind: TrackKind, track: int | None) -> None:
        """Choose a track by its id; None is none."""
        self._set(_TRACK_PROPERTIES[kind], "no" if track is None else str(track))
        if kind is TrackKind.SUBTITLE and track is not None and self.paused and self.playing:
            # A line that began before this moment is read again, or it would not show.
            self._command("seek", f"{self.position:.3f}", "absolute+exact")

    def add_subtitle(self, path: bytes, title: str = "", language: str = "") -> bool:
        """Offer and select a subtitle file; False when it is too large or cannot be read."""
        return self._add_subtitle(path, title, language, "select")

    def set_subtitle_delay(self, seconds: float) -> None:
        """Show subtitles later (+) or sooner (-)."""
        self._set("sub-delay", f"{seconds:.2f}")

    def set_subtitle_size(self, percent: float) -> None:
        """Size of subtitles, 100 is normal."""
        self._set("sub-scale", f"{percent / 100:.2f}")

    def set_subtitle_floor(self, percent: float) -> None:
        """How far down subtitles may come: 100 is the lower edge of the picture."""
        self._set("sub-pos", f"{percent:.0f}")

    def set_aspect(self, ratio: str) -> None:
        """``-1`` as in the file, or for example ``16:9``; ``fill`` cuts what sticks out."""
        self._set("panscan", "1" if ratio == "fill" else "0")
        self._set("video-aspect-override", "-1" if ratio == "fill" else ratio)

    def screenshot(self, path: Path) -> bool:
        """Save the picture with its subtitles as PNG; False when there is none."""
        try:
            self._mpv.command("screenshot-to-file", os.fsencode(path), "subtitles")
        except (SystemError, ValueError, OSError) as error:
            log.warning("No screenshot: %s", error)
            return False
        return True

    def close(self) -> None:
        """End mpv. The views must have freed their render contexts before."""
        self._view = False
        self._arrived.disconnect(self._on_arrived)
        self._mpv.terminate()

    def _start(self) -> None:
        wanted, self._waiting = self._waiting, None
        self._mpv.command_async("loadfile", **(wanted or {}))
        self._set("pause", "no")

    def _command(self, *parts: object) -> None:
        self._mpv.command_async(*parts)

    def _set(self, name: str, value: str) -> None:
        self._mpv.command_async("set", name, value)

    def _add_subtitle(self, path: bytes, title: str, language: str, flag: str) -> bool:
        try:
            if os.stat(path).st_size > SUBTITLE_LIMIT:  # noqa: PTH116 - the path is bytes
                return False
        except OSError:
            return False
        self._command("sub-add", os.path.abspath(path), flag, title, language)  # noqa: PTH100 - bytes
        return True

    # Called on mpv's own thread: only emit.
    def _on_time(self, _name: str, value: object) -> None:
        if not isinstance(value, int | float):
            return
        self._exact = float(value)
        now = time.monotonic()
        if now - self._told >= POSITION_INTERVAL:
            self._told = now
            self._arrived.emit("time-pos", float(value))

    def _on_event(self, event: MpvHandle) -> None:
        kind = event.event_id.value
        if kind == 8:  # MPV_EVENT_FILE_LOADED
            self._arrived.emit("file-loaded", None)
        elif kind == 7 and event.data.reason == event.data.ERROR:  # MPV_EVENT_END_FILE
            self._arrived.emit("error", int(event.data.error))

    # On the GUI thread from here.
    def _on_arrived(self, name: str, value: object) -> None:
        handler = getattr(self, "_take_" + name.replace("-", "_"), None)
        if handler is not None and (value is not None or name == "file-loaded"):
            handler(value)

    def _take_time_pos(self, value: float) -> None:
        if self.playing:
            self.position = value
            self.position_changed.emit(value)

    def _take_duration(self, value: float) -> None:
        self.duration = float(value)
        self.duration_changed.emit(self.duration)

    def _take_pause(self, value: bool) -> None:
        self.paused = bool(value)
        self.paused_changed.emit(self.paused)

    def _take_speed(self, value: float) -> None:
        self.speed = float(value)
        self.speed_changed.emit(self.speed)

    def _take_volume(self, value: float) -> None:
        self.volume = float(value)
        self.volume_changed.emit(self.volume, self.muted)

    def _take_mute(self, value: bool) -> None:
        self.muted = bool(value)
        self.volume_changed.emit(self.volume, self.muted)

    def _take_track_list(self, value: object) -> None:
        tracks = read_tracks(value)
        if tracks != self.tracks:
            self.tracks = tracks
            self.tracks_changed.emit(tracks)

    def _take_chapter_list(self, value: object) -> None:
        chapters = read_chapters(value)
        if chapters != self.chapters:
            self.chapters = chapters
            self.chapters_changed.emit(chapters)

    def _take_hwdec_current(self, value: object) -> None:
        log.info("Video is decoded by %s", value if value != "no" else "the processor")

    def _take_file_loaded(self, _value: object) -> None:
        self.playing = True
        for path, title, language in self._subtitles:
            self._add_subtitle(path, title, language, "auto")
        self.started.emit()

    def _take_eof_reached(self, value: bool) -> None:
        if not value or not self.playing:
            return
        self.position = self._exact
        self.position_changed.emit(self.position)
        missing = self.duration - self.position
        if missing > 1.5 and self.position < self.duration * EARLY_END:
            self.failed.emit("errors.file_ends_early", {"name": self._display})
        else:
            self.ended.emit()

    def _take_error(self, code: int) -> None:
        log.warning("mpv could not play %s (%s)", self._display, code)
        self.playing = False
        self.failed.emit("errors.file_unplayable", {"name": self._display})


def _log(level: str, component: str, text: str) -> None:
    if "Excluding codecs is deprecated" in text:
        return
    grave = level == "fatal" or (level == "error" and component == "cplayer")
    grave = grave and "video_out" not in text  # the view goes before the player, at every end
    log.log(logging.WARNING if grave else logging.INFO, "mpv %s: %s", component, text.strip())
