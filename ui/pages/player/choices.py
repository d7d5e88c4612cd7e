"""Fills the player's panel: subtitles, sound, speed, volume, chapters and the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from app.domain.media import Chapter, TrackKind
from ui import words
from ui.pages.player.engine import Engine
from ui.pages.player.panel import Panel
from ui.pages.player.rows import Row, Stepper
from ui.pages.player.tracks import of_kind, track_name, track_note
from ui.pages.player.viewmodel import PlayerViewModel
from ui.theme import Theme

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
DELAY_STEP = 0.1
SIZE_STEP = 10


class Choices(QObject):
    """Builds the lists of the panel from what the engine has, and does what is chosen."""

    file_asked = Signal()
    screenshot_asked = Signal()

    def __init__(
        self, theme: Theme, model: PlayerViewModel, panel: Panel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._panel = theme, model, panel
        self.aspect = "-1"

    def show(self, kind: str) -> None:
        """Open the panel with one of its lists."""
        engine = self._model.engine
        if engine is None:
            return
        builders: dict[str, tuple[str, Callable[[Engine], list[QWidget]]]] = {
            "subtitles": (self.tr("Subtitles"), self._subtitles),
            "audio": (self.tr("Sound"), self._audio),
            "speed": (self.tr("Speed"), self._speed),
            "volume": (self.tr("Volume"), self._volume),
            "chapters": (self.tr("Chapters"), self._chapters),
            "aspect": (self.tr("Picture"), self._aspects),
            "more": (self.tr("More"), self._more),
        }
        title, build = builders[kind]
        self._panel.show_choices(kind, title, build(engine))

    def refresh(self) -> None:
        """Show the open list anew: something it shows has changed."""
        if self._panel.kind:
            self.show(self._panel.kind)

    def aspects(self) -> list[tuple[str, str]]:
        """The shapes of the picture: mpv's word for it, and ours."""
        return [
            ("-1", self.tr("As in the file")),
            ("16:9", "16:9"),
            ("4:3", "4:3"),
            ("2.35:1", "2.35:1"),
            ("fill", self.tr("Fill the screen")),
        ]

    def set_aspect(self, ratio: str) -> None:
        """Change the shape of the picture."""
        self.aspect = ratio
        if self._model.engine is not None:
            self._model.engine.set_aspect(ratio)
        self.refresh()

    def step_delay(self, sign: int) -> str:
        """Show subtitles later or sooner; returns the delay as people read it."""
        delay = round(self._model.subtitle_delay + sign * DELAY_STEP, 1) + 0.0
        self._model.subtitle_delay = delay
        if self._model.engine is not None:
            self._model.engine.set_subtitle_delay(delay)
        return self._delay()

    def step_size(self, sign: int) -> str:
        """Make subtitles larger or smaller; returns the size."""
        size = max(50.0, min(200.0, self._model.subtitle_size + sign * SIZE_STEP))
        self._model.subtitle_size = size
        if self._model.engine is not None:
            self._model.engine.set_subtitle_size(size)
        return f"{size:.0f} %"

    def _row(
        self, text: str, act: Callable[[], object], note: str = "", *, chosen: bool = False,
        icon: str = "",
    ) -> QWidget:  # fmt: skip
        row = Row(self._theme, text, note, chosen=chosen, icon=icon)
        row.clicked.connect(lambda: act())
        return row

    def _subtitles(self, engine: Engine) -> list[QWidget]:
        tracks = of_kind(engine.tracks, TrackKind.SUBTITLE)
        kind = TrackKind.SUBTITLE
        none = not any(track.selected for track in tracks)
        rows = [self._row(self.tr("Off"), lambda: engine.select_track(kind, None), chosen=none)]
        for number, track in enumerate(tracks, 1):
            rows.append(
                self._row(
                    track_name(track, number),
                    lambda track=track: engine.select_track(kind, track.id),  # type: ignore[misc]  # bound now
                    track_note(track),
                    chosen=track.selected,
                )
            )
        rows.append(self._row(self.tr("Add a file…"), self.file_asked.emit, icon="folder-open"))
        rows.append(
            Stepper(
                self._theme, self.tr("Delay"), self._delay(),
                self.tr("Sooner"), self.tr("Later"), self.step_delay,
            )
        )  # fmt: skip
        rows.append(
            Stepper(
                self._theme, self.tr("Size"), f"{self._model.subtitle_size:.0f} %",
                self.tr("Smaller"), self.tr("Larger"), self.step_size,
            )
        )  # fmt: skip
        return rows

    def _audio(self, engine: Engine) -> list[QWidget]:
        kind = TrackKind.AUDIO
        tracks = of_kind(engine.tracks, kind)
        if not tracks:
            return [self._row(self.tr("This film has no sound"), lambda: None, chosen=True)]
        return [
            self._row(
                track_name(track, number),
                lambda track=track: engine.select_track(kind, track.id),  # type: ignore[misc]  # bound now
                track_note(track),
                chosen=track.selected,
            )
            for number, track in enumerate(tracks, 1)
        ]

    def _speed(self, engine: Engine) -> list[QWidget]:
        return [
            self._row(
                f"{speed:g} ×",
                lambda speed=speed: engine.set_speed(speed),  # type: ignore[misc]  # bound now
                self.tr("normal") if speed == 1.0 else "",
                chosen=abs(engine.speed - speed) < 0.01,
            )
            for speed in SPEEDS
        ]

    def _volume(self, engine: Engine) -> list[QWidget]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 130)
        slider.setSingleStep(5)
        slider.setValue(round(engine.volume))
        slider.setAccessibleName(self.tr("Volume"))
        slider.valueChanged.connect(lambda value: engine.set_volume(float(value)))
        mute = self._row(
            self.tr("Sound off"), lambda: engine.set_muted(not engine.muted), chosen=engine.muted
        )
        return [slider, mute]

    def _chapters(self, engine: Engine) -> list[QWidget]:
        now = chapter_at(engine.chapters, engine.position)
        return [
            self._row(
                chapter.title or self.tr("Chapter {0}").format(number + 1),
                lambda chapter=chapter: self._model.seek(chapter.start),  # type: ignore[misc]  # bound now
                words.clock(chapter.start),
                chosen=number == now,
            )
            for number, chapter in enumerate(engine.chapters)
        ]

    def _aspects(self, _engine: Engine) -> list[QWidget]:
        return [
            self._row(
                name,
                lambda ratio=ratio: self.set_aspect(ratio),  # type: ignore[misc]  # bound now
                chosen=ratio == self.aspect,
            )
            for ratio, name in self.aspects()
        ]

    def _more(self, _engine: Engine) -> list[QWidget]:
        shape = dict(self.aspects())[self.aspect]
        return [
            self._row(self.tr("Picture"), lambda: self.show("aspect"), shape, icon="ratio"),
            self._row(self.tr("Save a picture"), self.screenshot_asked.emit, "S", icon="camera"),
            self._row(self.tr("Mark as watched"), self._model.mark_watched, icon="circle-check"),
            self._row(self.tr("Stop"), self._model.stop, icon="x"),
        ]

    def _delay(self) -> str:
        delay = self._model.subtitle_delay
        sign = "\u2212" if delay < 0 else "+" if delay > 0 else ""
        return self.tr("{0} s").format(f"{sign}{abs(delay):.1f}")


def chapter_at(chapters: tuple[Chapter, ...], position: float) -> int:
    """The chapter that runs at this second; -1 before the first."""
    return max((n for n, chapter in enumerate(chapters) if chapter.start <= position), default=-1)
