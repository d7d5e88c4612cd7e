"""What keys, buttons and remotes can make the player do, each by its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.media import TrackKind
from ui import words
from ui.pages.player.choices import SPEEDS, Choices
from ui.pages.player.engine import Engine
from ui.pages.player.osd import Osd
from ui.pages.player.tracks import of_kind, track_name
from ui.pages.player.viewmodel import PlayerViewModel

VOLUME_STEP = 5


class PlayerActions(QObject):
    """Does a named thing and says so over the picture."""

    panel_asked = Signal(str)
    view_asked = Signal(str)  # "full", "small", "controls", "screenshot": the page's own matters

    def __init__(
        self, model: PlayerViewModel, choices: Choices, osd: Osd, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._choices, self._osd = model, choices, osd
        self._table: dict[str, Callable[[Engine], None]] = {
            "toggle": lambda _engine: model.toggle(),
            "play": lambda engine: engine.set_paused(False),
            "pause": lambda _engine: model.pause(),
            "stop": lambda _engine: model.stop(),
            "next": self._next,
            "back": lambda engine: self._skip(engine, -model.skip_seconds),
            "forward": lambda engine: self._skip(engine, model.skip_seconds),
            "louder": lambda engine: self.volume(engine, VOLUME_STEP),
            "quieter": lambda engine: self.volume(engine, -VOLUME_STEP),
            "mute": self._mute,
            "slower": lambda engine: self._speed(engine, -1),
            "faster": lambda engine: self._speed(engine, 1),
            "subtitle": lambda engine: self._cycle(engine, TrackKind.SUBTITLE),
            "sound": lambda engine: self._cycle(engine, TrackKind.AUDIO),
            "aspect": self._aspect,
            "chapters": self._chapters,
            "watched": lambda _engine: model.mark_watched(),
            "frame": lambda engine: engine.step(1),
            "frame_back": lambda engine: engine.step(-1),
        }
        self._views = ("full", "small", "controls", "screenshot")

    def do(self, name: str) -> bool:
        """Do it; False when there is no such thing, or no film to do it with."""
        engine = self._model.engine
        if engine is None or not self._model.active:
            return False
        if name in self._views:
            self.view_asked.emit(name)
        elif name.startswith("part_"):
            self._model.seek(engine.duration * int(name[5:]) / 10)
            self._say_time(engine)
        elif name in self._table:
            self._table[name](engine)
        else:
            return False
        return True

    def volume(self, engine: Engine, change: float) -> None:
        """Louder or quieter, in per cent."""
        volume = max(0.0, min(130.0, engine.volume + change))
        engine.set_volume(volume)
        self._osd.say(f"{volume:.0f} %", "volume-2" if volume else "volume-x")

    def _skip(self, engine: Engine, seconds: int) -> None:
        self._model.skip(seconds)
        self._say_time(engine, "fast-forward" if seconds > 0 else "rewind")

    def _say_time(self, engine: Engine, icon: str = "") -> None:
        self._osd.say(f"{words.clock(engine.position)} / {words.clock(engine.duration)}", icon)

    def _mute(self, engine: Engine) -> None:
        engine.set_muted(not engine.muted)
        if engine.muted:  # it was: the engine tells later
            self._osd.say(f"{engine.volume:.0f} %", "volume-2")
        else:
            self._osd.say(self.tr("Sound off"), "volume-x")

    def _speed(self, engine: Engine, step: int) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda n: abs(SPEEDS[n] - engine.speed))
        speed = SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + step))]
        engine.set_speed(speed)
        self._osd.say(f"{speed:g} ×", "gauge")

    def _cycle(self, engine: Engine, kind: TrackKind) -> None:
        tracks = of_kind(engine.tracks, kind)
        icon = "captions" if kind is TrackKind.SUBTITLE else "audio-lines"
        if not tracks:
            none = (
                self.tr("No subtitles")
                if kind is TrackKind.SUBTITLE
                else self.tr("This film has no sound")
            )
            self._osd.say(none, icon)
            return
        now = next((n for n, track in enumerate(tracks) if track.selected), -1)
        after = now + 1
        if after >= len(tracks):
            after = -1 if kind is TrackKind.SUBTITLE else 0
        track = tracks[after] if after >= 0 else None
        engine.select_track(kind, None if track is None else track.id)
        self._osd.say(
            self.tr("Subtitles off") if track is None else track_name(track, after + 1), icon
        )

    def _aspect(self, _engine: Engine) -> None:
        shapes = self._choices.aspects()
        now = next(n for n, shape in enumerate(shapes) if shape[0] == self._choices.aspect)
        ratio, name = shapes[(now + 1) % len(shapes)]
        self._choices.set_aspect(ratio)
        self._osd.say(name, "ratio")

    def _chapters(self, engine: Engine) -> None:
        if engine.chapters:
            self.panel_asked.emit("chapters")
        else:
            self._osd.say(self.tr("This film has no chapters"), "list-video")

    def _next(self, _engine: Engine) -> None:
        if self._model.request is not None and self._model.request.has_next:
            self._model.play_next()
        else:
            self._osd.say(self.tr("Nothing comes after this"), "skip-forward")
