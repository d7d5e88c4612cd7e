from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSlider, QVBoxLayout, QWidget

from app.domain.errors import AppError, Unavailable
from app.domain.events import NoticeLevel, ScanPhase, ScanProgressed, SettingsChanged
from app.domain.media import FolderId
from app.domain.options import Option, OptionKind
from app.domain.secrets import SecretHome
from app.domain.settings import OPTIONS
from app.runtime.bus import EventBus
from tests.fakes.services import running_bridge
from tests.fakes.settings import FOLDERS, FakeFolders, FakePlugins, FakeSettings
from ui import settings_words as words
from ui.focus import FocusNavigator, focusable
from ui.page import PageContext
from ui.pages.settings.page import SettingsPage, create
from ui.pages.settings.viewmodel import SettingsViewModel
from ui.settings_form import Card, OptionRow, Row, RowWords
from ui.theme import Theme
from ui.widgets.chips import ChoiceChip
from ui.widgets.switch import Switch


def until(true: Callable[[], object], seconds: float = 3.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.005)


class Toasts:
    def __init__(self) -> None:
        self.shown: list[tuple[str, NoticeLevel]] = []
        self.undo: Callable[[], None] | None = None

    def show(
        self,
        text: str,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> None:
        self.shown.append((text, level))
        self.undo = on_action


class World:
    def __init__(self, bridge: Any, bus: EventBus) -> None:
        self.bridge, self.bus = bridge, bus
        self.settings = FakeSettings(bus)
        self.library = FakeFolders(bus)
        self.plugins = FakePlugins(bus)
        self.toasts = Toasts()
        self.theme = Theme(motion="off")
        self.window: QWidget | None = None

    def model(self) -> SettingsViewModel:
        return SettingsViewModel(self.bridge, self.settings, self.library, self.plugins)

    def page(self, width: int = 1400, height: int = 900) -> SettingsPage:
        services = SimpleNamespace(
            settings=self.settings, library=self.library, plugins=self.plugins
        )
        navigator = SimpleNamespace()
        context = PageContext(
            self.bridge,
            cast("Any", services),
            cast("Any", navigator),
            self.toasts,
            self.theme,
            cast("Any", None),
        )
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme.apply(application)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        page = create(context)
        assert isinstance(page, SettingsPage)
        column.addWidget(page)
        self.window.resize(width, height)
        self.window.show()
        QApplication.processEvents()
        self.window.activateWindow()
        page.opened()
        until(lambda: page._model.plugins is not None and page._model.folders is not None)
        QApplication.processEvents()
        return page


@pytest.fixture
def world(qapp: QApplication) -> Iterator[World]:
    with running_bridge() as (bridge, bus):
        made = World(bridge, bus)
        yield made
        if made.window is not None:
            made.window.close()
            made.window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes
        QApplication.processEvents()


# The view-model, without widgets.


def test_a_change_reaches_the_settings_and_comes_back(world: World) -> None:
    model, seen = world.model(), list[str]()
    model.values_changed.connect(seen.append)
    model.set_value("playback", "skip_seconds", 30)
    until(lambda: seen == ["playback"])
    assert model.value("playback", "skip_seconds") == 30


def test_a_refused_change_shows_what_is_in_force(world: World) -> None:
    model, seen, failures = world.model(), list[str](), list[BaseException]()
    model.values_changed.connect(seen.append)
    model.failed.connect(failures.append)
    world.settings.error = Unavailable("errors.settings_not_saved")
    model.set_value("look", "scale", 150)
    until(lambda: failures)
    assert seen == ["look"]
    assert model.value("look", "scale") == 100


def test_folders_are_removed_and_restored(world: World) -> None:
    model, removed = world.model(), list[object]()
    model.folder_removed.connect(removed.append)
    model.load_folders()
    until(lambda: model.folders == FOLDERS)
    model.remove_folder(FOLDERS[0])
    until(lambda: model.folders == FOLDERS[1:])
    assert removed == [FOLDERS[0]]
    model.restore_folder(FOLDERS[0])
    until(lambda: model.folders is not None and FOLDERS[0] in model.folders)


def test_a_scan_is_started_followed_and_stopped(world: World) -> None:
    model = world.model()
    model.scan(FOLDERS[0])
    until(lambda: world.library.scanned == [1])
    event = ScanProgressed(FolderId(1), "films", ScanPhase.NAMES, 12, 100)
    world.bus.publish(event)
    until(lambda: model.scans == {1: event})
    model.scan(FOLDERS[0])
    until(lambda: world.library.cancelled == [1])
    world.bus.publish(replace(event, phase=ScanPhase.CANCELLED))
    until(lambda: not model.scans)


def test_a_plugin_is_busy_while_it_is_tried(world: World) -> None:
    model, failures = world.model(), list[BaseException]()
    model.failed.connect(failures.append)
    world.plugins.failing.add("radio")
    model.switch_plugin("radio", True)
    assert model.busy == {"radio"}
    until(lambda: failures and not model.busy)
    world.plugins.failing.clear()
    model.switch_plugin("radio", True)
    until(
        lambda: (
            model.plugins is not None
            and any(one.id == "radio" and one.enabled for one in model.plugins)
        )
    )


# The page.


def test_every_setting_has_words_and_every_choice_too() -> None:
    for options in OPTIONS.values():
        for option in options.values():
            assert words.label(option)
            assert words.help_text(option)
            for value in option.choices:
                assert words.choice(option, value) not in ("", "C"), (option.name, value)
    for home in SecretHome:
        assert words.secret_home(home.value)
    assert set(words.SECTIONS) == {*OPTIONS, "plugins"}
    assert set(words.LABELS) == {
        option.label for options in OPTIONS.values() for option in options.values()
    }


def test_each_section_shows_its_rows(world: World) -> None:
    page = world.page()
    for section, panel in page.panels.items():
        QTest.mouseClick(page.sections.button(section), Qt.MouseButton.LeftButton)
        assert [name for name, one in page.panels.items() if one.isVisible()] == [section]
        shown = [option.name for option in OPTIONS.get(section, {}).values() if option.shown]
        assert sorted(panel.option_rows) == sorted(shown)
    assert page.where() == {"section": "look"}


def test_controls_show_and_change_what_is_in_force(world: World) -> None:
    page = world.page()
    switch = page.panels["library"].option_rows["watch_changes"].findChild(Switch)
    assert switch is not None
    assert switch.isChecked()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    until(lambda: world.settings.current.library.watch_changes is False)
    page.show_section("playback")
    rows = page.panels["playback"].option_rows
    slider = rows["skip_seconds"].findChild(QSlider)
    assert slider is not None
    QTest.keyClick(slider, Qt.Key.Key_Right)
    until(lambda: world.settings.current.playback.skip_seconds == 15)
    chip = rows["audio_language"].findChild(ChoiceChip)
    assert chip is not None
    chip._pick("fr")
    until(lambda: world.settings.current.playback.audio_language == "fr")
    until(lambda: chip.text() == "Français")  # the answer to the slider may come in between


def test_a_change_made_elsewhere_is_shown(world: World) -> None:
    page = world.page()
    from app.domain import settings as schema

    world.settings.current = schema.changed(world.settings.current, "look", "scale", 130)
    world.bus.publish(SettingsChanged("look"))
    slider = page.panels["look"].option_rows["scale"].findChild(QSlider)
    assert slider is not None
    until(lambda: slider.value() == 13)


def test_a_failed_change_is_told_and_the_switch_goes_back(world: World) -> None:
    page = world.page()
    world.settings.error = Unavailable("errors.settings_not_saved", path="/x", reason="full")
    switch = page.panels["library"].option_rows["watch_changes"].findChild(Switch)
    assert switch is not None
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    until(lambda: world.toasts.shown)
    assert world.toasts.shown[0][1] is NoticeLevel.BAD
    assert switch.isChecked()


def test_folders_show_their_state(world: World) -> None:
    page = world.page()
    films, series, holiday = page.folders.folder_rows()
    assert (films.title.text(), films.tag.text, films.scan.isVisible()) == ("films", "Here", True)
    assert "/media/disk2/films" in films.text.text()
    assert "watched for changes" in films.text.text()
    assert (holiday.tag.text, holiday.scan.isVisible()) == ("Away", False)
    assert holiday.text.text().startswith("Unplugged since")
    QTest.mouseClick(series.scan, Qt.MouseButton.LeftButton)
    until(lambda: world.library.scanned == [2])
    world.bus.publish(ScanProgressed(FolderId(2), "series", ScanPhase.PROBING, 3, 86))
    until(lambda: series.scan.text() == "Stop")
    assert "3 / 86" in series.text.text()


def test_a_folder_is_removed_from_its_menu_and_undone(world: World) -> None:
    page = world.page()
    films = page.folders.folder_rows()[0]
    QTest.mouseClick(films.menu, Qt.MouseButton.LeftButton)
    menu = films.findChild(QMenu)
    assert menu is not None
    menu.actions()[-1].trigger()
    menu.close()
    until(lambda: len(page.folders.folder_rows()) == 2)
    until(lambda: world.toasts.undo is not None)
    assert world.toasts.undo is not None
    world.toasts.undo()
    until(lambda: len(page.folders.folder_rows()) == 3)


def test_no_folder_says_what_to_do_first(world: World) -> None:
    world.library.shelf.clear()
    page = world.page()
    assert [row.title.text() for row in page.folders.rows()] == ["No folder yet"]


def test_folders_that_cannot_be_read_leave_the_rest(world: World) -> None:
    page = world.page()
    world.library.error = AppError("errors.database_damaged")
    page._model.load_folders()
    until(lambda: page.folders.rows()[0].title.text() == "Your folders cannot be read now")
    assert page.panels["library"].option_rows["watch_changes"].isVisible()
    world.library.error = None
    page.folders.retry_pressed.emit()
    page._model.folders_changed.emit()
    until(lambda: len(page.folders.folder_rows()) == 3)


def test_plugins_show_their_reasons_and_options(world: World) -> None:
    page = world.page()
    page.show_section("plugins")
    nfo, web, radio, broken = page.plugins.plugin_rows()
    on = [(row.switch.isChecked(), row.switch.isEnabled()) for row in (nfo, web, radio, broken)]
    assert on == [(True, True), (True, True), (False, True), (False, False)]
    assert radio.text.text().startswith("Switched off: It did not answer")
    assert broken.text.text().startswith("Cannot be used:")
    row = page.plugins.option_row("web", "address")
    assert row is not None
    assert row.title.text() == "Web address"
    line = row.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "https://example.org/x")
    QTest.keyClick(line, Qt.Key.Key_Return)
    until(lambda: world.plugins.values["web"]["address"] == "https://example.org/x")


def test_a_secret_is_taken_and_never_shown(world: World) -> None:
    page = world.page()
    page.show_section("plugins")
    row = page.plugins.option_row("web", "token")
    assert row is not None
    line = row.findChild(QLineEdit)
    assert line is not None
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.setFocus()
    QTest.keyClicks(line, "canary")
    QTest.keyClick(line, Qt.Key.Key_Return)
    until(lambda: world.plugins.values["web"]["token"] is True)
    until(lambda: line.text() == "" and line.placeholderText() != "")


def test_switching_a_plugin_on_and_off(world: World) -> None:
    page = world.page()
    page.show_section("plugins")

    def radio() -> Switch:
        return page.plugins.plugin_rows()[2].switch

    QTest.mouseClick(radio(), Qt.MouseButton.LeftButton)
    assert not radio().isEnabled()  # one moment
    until(lambda: radio().isEnabled() and radio().isChecked())
    QTest.mouseClick(radio(), Qt.MouseButton.LeftButton)
    until(lambda: radio().isEnabled() and not radio().isChecked())


def test_secrets_say_honestly_where_they_are(world: World) -> None:
    world.plugins.home = SecretHome.KEY_FILE
    page = world.page()
    assert page._model.secrets_home is None, "a keyring must not be asked before it is needed"
    page.opened(section="privacy")
    until(lambda: "protected only by its file rights" in page.secrets.text.text())
    world.plugins.home = SecretHome.LOCKED
    page.opened(section="privacy")
    until(lambda: page._locked.isVisible())


def test_a_search_shows_rows_of_every_section(world: World) -> None:
    page = world.page()
    QTest.keyClicks(page.field, "LANGUÂGE")
    shown = [
        row.option.name
        for panel in page.panels.values()
        for row in panel.option_rows.values()
        if row.isVisible()
    ]
    assert {"audio_language", "subtitle_language", "language"} <= set(shown)
    assert "scale" not in shown
    page.field.setText("zzzz")
    assert page.nothing.isVisible()
    assert page.go_back()
    assert page.panels["library"].isVisible()
    assert not page.nothing.isVisible()
    assert not page.go_back()


@pytest.mark.parametrize("section", ["library", "playback", "plugins", "privacy", "look"])
def test_every_control_is_reached_by_arrows(world: World, section: str) -> None:
    page = world.page(1048, 720)
    window = page.window()
    navigator = FocusNavigator(window, lambda: [page], lambda key: False, window)
    page.show_section(section)
    QApplication.processEvents()
    wanted = set(focusable(page))
    assert len(wanted) > 6
    window.activateWindow()
    until(window.isActiveWindow)
    page.focus_first()
    seen: set[QWidget] = set()
    reached = [QApplication.focusWidget()]
    while reached:
        start = reached.pop()
        if start is None or start in seen:
            continue
        seen.add(start)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            start.setFocus()
            navigator.move(key)
            reached.append(QApplication.focusWidget())
    assert {str(one) for one in wanted - seen} == set()


def test_every_control_says_its_name(world: World) -> None:
    page = world.page()
    for section in page.panels:
        page.show_section(section)
        for widget in focusable(page):
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named, (section, widget)


@pytest.mark.parametrize("kind", list(OptionKind))
def test_each_kind_of_option_has_a_control(world: World, kind: OptionKind) -> None:
    default: Any = {"switch": True, "number": 3, "slider": 3, "choice": "a"}.get(kind, "x")
    option = Option("one", kind, default, choices=("a", "b"), low=1, high=9)
    row = OptionRow(world.theme, option, RowWords("One", "Help"))
    row.set_value(default)
    assert row.title.text() == "One"
    row.deleteLater()


def test_lines_stand_between_shown_rows_only(world: World) -> None:
    card = Card(world.theme)
    rows = [Row(world.theme, name) for name in ("alpha", "beta", "alpha beta")]
    for row in rows:
        card.add(row)
    assert card.filter("beta")
    assert [line.isHidden() for _, line in card._parts] == [True, True, False]
    assert not card.filter("gamma")
    assert card.isHidden()
    card.deleteLater()
