"""The player's page: its four states, its keys, its panels, and the real film in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.media import TrackKind
from tests.fakes.films import Film, make
from tests.fakes.player import FakeEngine, FakeHistory, FakeSettings, Window, player_context
from tests.fakes.services import running_bridge
from tests.ui.frame import theme
from ui.focus import ARROWS, FocusNavigator, focusable, nearest
from ui.pages.player.page import PlayerPage
from ui.pages.player.rows import Row
from ui.pages.player.viewmodel import State

Key = Qt.Key


def so(value: object) -> bool:
    """Whether something is so now; it may be otherwise a line later."""
    return bool(value)


class Rig:
    """The page in a window, with everything round it."""

    def __init__(self, page: PlayerPage, qtbot: QtBot) -> None:
        self.page = page
        self.window = QMainWindow()
        self.window.setCentralWidget(page)
        self.window.resize(1280, 720)
        qtbot.addWidget(self.window)
        self.navigator = FocusNavigator(
            self.window, lambda: [page], lambda _key: False, self.window
        )
        self.window.show()
        self.window.activateWindow()
        self.qtbot = qtbot

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=8000)

    def play(self, item: int = 11) -> None:
        self.page.opened(item=item)
        self.until(lambda: self.page.model.state is State.PLAYING)
        self.page.focus_first()

    def key(self, *keys: Qt.Key, on: QWidget | None = None) -> None:
        for key in keys:
            QTest.keyClick(on or QApplication.focusWidget() or self.page, key)

    def shown(self) -> list[str]:
        parts = {"empty": self.page.empty, "opening": self.page.opening,
                 "failed": self.page.broken, "controls": self.page.bottom}  # fmt: skip
        return [name for name, widget in parts.items() if widget.isVisible()]


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory()


@pytest.fixture
def settings() -> FakeSettings:
    return FakeSettings()


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def rig(
    qtbot: QtBot, window: Window, history: FakeHistory, settings: FakeSettings, engine: FakeEngine
) -> Iterator[Rig]:
    with running_bridge() as (bridge, _bus):
        context = player_context(bridge, history, settings, window, theme())
        made = Rig(PlayerPage(context, lambda: engine), qtbot)
        yield made
        made.page.shut()


def test_four_states(rig: Rig, history: FakeHistory, engine: FakeEngine, window: Window) -> None:
    rig.page.opened()
    rig.until(lambda: rig.page.empty._shelf.isVisible())
    assert rig.shown() == ["empty"]
    engine.starts = False
    rig.page.opened(item=11)
    assert rig.shown() == ["opening"]
    rig.until(lambda: bool(engine.calls))
    engine.playing = True
    engine.started.emit()
    assert rig.shown() == ["controls"]
    assert rig.page.top.title.text() == "Northern Post"
    assert rig.page.top.caption.text() == "S1 E1 \u00b7 1080p"
    history.error = Unavailable("errors.folder_away", name="Northern Post")
    rig.page.opened(item=12)
    rig.until(lambda: rig.shown() == ["failed"])
    rig.page.broken.retry.click()
    rig.until(lambda: len(history.opened) == 3)
    rig.page.broken.left.emit()
    assert window.went == ["back"]


def test_the_empty_page_leads_on(rig: Rig, window: Window, history: FakeHistory) -> None:
    rig.page.opened()
    rig.until(lambda: rig.page.empty._shelf.isVisible())
    rig.page.empty.library_asked.emit()
    assert window.went == ["library"]
    rig.page.empty.item_asked.emit(11)
    rig.until(lambda: rig.page.model.state is State.PLAYING)


@pytest.mark.parametrize("panel", ["", "subtitles"])
def test_arrows_reach_every_control(rig: Rig, panel: str) -> None:
    rig.play()
    if panel:
        rig.page._toggle_panel(panel)
    QApplication.processEvents()

    def place(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(rig.window, QPoint(0, 0)), widget.size())

    stops = [widget for widget in focusable(rig.page) if widget is not rig.page.stage]
    places = [(widget, place(widget)) for widget in stops]
    reached: set[QWidget] = {rig.page.bottom.play}
    ways = list(reached)
    while ways:
        here = ways.pop()
        for key in ARROWS:
            others = [(widget, rect) for widget, rect in places if widget is not here]
            found = nearest(place(here), key, others)
            if found is not None and found not in reached:
                reached.add(found)
                ways.append(found)
    assert reached == set(stops)
    assert len(stops) >= (13 if not panel else 20)


def test_arrows_seek_on_the_picture_and_move_the_focus_on_controls(
    rig: Rig, engine: FakeEngine
) -> None:
    rig.play()
    rig.key(Key.Key_Right)
    assert QApplication.focusWidget() is rig.page.bottom.rewind
    assert engine.position == 40.0
    rig.page.stage.setFocus()
    rig.key(Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert engine.position == 50.0
    rig.key(Key.Key_Down, Key.Key_Down, Key.Key_Up)
    assert engine.volume == 95.0
    rig.key(Key.Key_Return)
    assert QApplication.focusWidget() is rig.page.bottom.play
    rig.page.bottom.seek.setFocus()
    rig.key(Key.Key_Right)
    assert engine.position == 60.0


def test_keys(rig: Rig, engine: FakeEngine, history: FakeHistory) -> None:
    rig.play()
    rig.page.stage.setFocus()
    rig.key(Key.Key_Space)
    assert so(engine.paused)
    rig.key(Key.Key_K)
    assert not so(engine.paused)
    rig.key(Key.Key_L, Key.Key_L, Key.Key_J)
    assert engine.position == 50.0
    rig.key(Key.Key_5)
    assert engine.position == 300.0
    rig.key(Key.Key_M)
    assert engine.muted
    rig.key(Key.Key_BracketRight, Key.Key_BracketRight, Key.Key_BracketLeft)
    assert engine.speed == 1.25
    rig.key(Key.Key_V)
    assert rig.page.osd.text == "English"
    rig.key(Key.Key_V, Key.Key_V)
    assert rig.page.osd.text == "Subtitles off"
    rig.key(Key.Key_B)
    assert [t.id for t in engine.tracks if t.kind is TrackKind.AUDIO and t.selected] == [2]
    rig.key(Key.Key_A)
    assert ("aspect", "16:9") in engine.calls
    rig.key(Key.Key_Period, Key.Key_Comma)
    assert engine.calls[-2:] == [("step", 1), ("step", -1)]
    rig.key(Key.Key_W)
    rig.until(lambda: history.marked == [11])
    rig.key(Key.Key_MediaPause)
    assert so(engine.paused)
    rig.key(Key.Key_N)
    rig.until(lambda: (12, False) in history.opened)


def test_back_closes_the_panel_then_full_screen(rig: Rig, engine: FakeEngine) -> None:
    rig.play()
    rig.page.stage.setFocus()
    rig.key(Key.Key_F)
    assert so(rig.page.immersive)
    assert rig.window.isFullScreen()
    rig.key(Key.Key_H)
    assert so(rig.page.panel.kind == "chapters")
    rig.key(Key.Key_Escape)
    assert rig.page.panel.kind == ""
    assert QApplication.focusWidget() is rig.page.bottom.panels["chapters"]
    rig.key(Key.Key_Escape)
    assert not so(rig.page.immersive)
    assert not rig.window.isFullScreen()
    assert not rig.page.go_back()


def test_panels_do_what_they_say(rig: Rig, engine: FakeEngine, window: Window) -> None:
    rig.play()
    rig.page.bottom.panels["subtitles"].click()
    rows = {row.text(): row for row in rig.page.panel._stops() if isinstance(row, Row)}
    assert list(rows)[:4] == ["Off", "English", "French", "Add a file\u2026"]
    rows["French"].click()
    assert [t.id for t in engine.tracks if t.kind is TrackKind.SUBTITLE and t.selected] == [2]
    assert rig.page.choices.step_delay(-1) == "\u22120.1 s"
    assert rig.page.choices.step_size(1) == "110 %"
    assert ("delay", -0.1) in engine.calls
    assert ("size", 110.0) in engine.calls
    rig.page.bottom.panels["speed"].click()
    assert so(rig.page.panel.kind == "speed")
    rig.page.bottom.panels["speed"].click()
    assert rig.page.panel.kind == ""
    rig.page.files.add_subtitle("/films/mine.fr.srt")
    assert ("add", b"/films/mine.fr.srt", "mine", "fr") in engine.calls
    rig.page.files.add_subtitle("/films/mine.exe")
    assert window.said == ["This subtitle file cannot be used"]


def test_controls_fade_and_come_back(rig: Rig, engine: FakeEngine) -> None:
    rig.play()
    rig.page.fading.sleep()
    assert not rig.page.bottom.isVisible()
    assert not rig.page.top.isVisible()
    assert QApplication.focusWidget() is rig.page.stage
    assert rig.page.cursor().shape() == Qt.CursorShape.BlankCursor
    rig.page.stage.moved.emit()
    assert rig.page.bottom.isVisible()
    assert rig.page.cursor().shape() != Qt.CursorShape.BlankCursor
    engine.set_paused(True)
    rig.page.fading.sleep()
    assert rig.page.bottom.isVisible()
    engine.set_paused(False)
    rig.page._toggle_panel("audio")
    rig.page.fading.sleep()
    assert rig.page.bottom.isVisible()


def test_leaving_rests_and_remembers(rig: Rig, engine: FakeEngine, history: FakeHistory,
                                     settings: FakeSettings) -> None:  # fmt: skip
    rig.play()
    engine.position = 99.0
    engine.set_volume(60.0)
    rig.page.left()
    assert so(engine.paused)
    rig.until(lambda: (11, 99.0) in history.saved)
    rig.until(lambda: settings.kept == [("playback", "volume", 60)])
    rig.page.opened(item=11)  # the way back leads to the same moment
    assert not so(engine.paused)
    assert len(history.opened) == 1


def test_the_next_episode_is_offered(rig: Rig, engine: FakeEngine, history: FakeHistory) -> None:
    rig.play()
    engine.end()
    rig.until(lambda: rig.page.next_card.isVisible())
    assert rig.page.next_card._title.text() == "Northern Post \u00b7 S1 E2"
    assert QApplication.focusWidget() is rig.page.next_card.play_button
    rig.page.next_card.play_button.click()
    rig.until(lambda: (12, False) in history.opened[-1:])
    rig.until(lambda: not rig.page.next_card.isVisible())


def test_after_the_last_one_it_goes_back(rig: Rig, engine: FakeEngine, window: Window) -> None:
    rig.play(12)
    engine.end()
    assert window.went == ["back"]
    assert rig.page.model.state is State.EMPTY


def test_a_picture_is_saved(
    rig: Rig, window: Window, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.play()
    rig.page.stage.setFocus()
    rig.key(Key.Key_S)
    rig.until(lambda: bool(window.said))
    saved = list(home.rglob("*.png"))
    assert [path.name for path in saved] == ["Northern Post 0.40.png"]
    assert saved[0].parent.name == "Sokoul"
    assert str(saved[0]) in window.said[0]


@pytest.fixture
def real(
    qtbot: QtBot, window: Window, settings: FakeSettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Rig, FakeHistory]]:
    monkeypatch.setenv("SOKOUL_AUDIO", "null")
    history = FakeHistory(os.fsencode(make(Film(seconds=8.0))))
    history.start = 1.0
    with running_bridge() as (bridge, _bus):
        page = PlayerPage(player_context(bridge, history, settings, window, theme()))
        page.use_mpv()
        made = Rig(page, qtbot)
        yield made, history
        page.shut()


def moving(view: QWidget) -> Callable[[], bool]:
    before = view.grab().toImage()

    def moved() -> bool:
        now = view.grab().toImage()
        width, height = min(before.width(), now.width()), min(before.height(), now.height())
        points = [(x, y) for x in range(0, width, 8) for y in range(0, height, 8)]
        return sum(now.pixel(x, y) != before.pixel(x, y) for x, y in points) > 100

    return moved


def test_the_real_film_plays_goes_small_and_comes_back(
    real: tuple[Rig, FakeHistory], window: Window
) -> None:
    rig, history = real
    rig.play()
    assert rig.page.stage.video is not None
    rig.until(moving(rig.page.stage.video))
    rig.page.stage.setFocus()
    rig.key(Key.Key_P)
    small = rig.page.modes.small
    assert small is not None
    assert window.went[0] == "back"
    assert small.isVisible()
    assert small.stage.video is not None
    rig.page.left()
    assert rig.page.model.engine is not None
    assert not rig.page.model.engine.paused
    rig.until(moving(small.stage.video))
    rig.page.opened()
    assert so(rig.page.modes.small is None)
    assert rig.page.stage.video is not None
    rig.until(moving(rig.page.stage.video))
    rig.page.left()
    rig.until(lambda: bool(history.saved))
    assert 1.0 <= history.saved[-1][1] <= 8.1
