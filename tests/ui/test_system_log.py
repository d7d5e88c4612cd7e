"""The live log: follows, pauses, filters, copies, saves; by keys alone; quiet while hidden."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.domain.errors import Unavailable
from app.domain.log_lines import DEBUG, ERROR, INFO, WARNING
from app.infra.log_ring import LogRing
from app.runtime.bus import EventBus
from app.runtime.loop import ServiceLoop
from app.services.monitoring import old_log
from app.services.monitoring.logbook import Logbook
from tests.ui.frame import all_inside, focused, press, spin, theme, until
from ui.bridge import Bridge
from ui.focus import FocusNavigator
from ui.pages.system.log_details import LogDetails
from ui.pages.system.log_filters import parts
from ui.pages.system.log_model import LogModel
from ui.pages.system.log_tail import LINES
from ui.pages.system.log_view import LogCard, LogView
from ui.widgets import virtual_accessible
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Reports:
    """Stands where the report of a bug is made."""

    def __init__(self) -> None:
        self.fails = False

    async def bundle(self, path: Path) -> Path:
        if self.fails:
            raise Unavailable("errors.report_save", path=str(path), reason="full")
        made = path / "report.zip"
        made.write_bytes(b"PK")
        return made


@dataclass
class House:
    """A log that is written into, and its model."""

    ring: LogRing
    book: Logbook
    reports: Reports
    model: LogModel

    def tell(self, message: str, level: int = INFO, logger: str = "app.services.search.x",
             error: Exception | None = None) -> None:  # fmt: skip
        told = (type(error), error, None) if error else None
        record = {"msg": message, "name": logger, "levelno": level, "exc_info": told}
        self.ring.handle(logging.makeLogRecord(record))

    def many(self, count: int) -> None:
        for number in range(count):
            self.tell(f"line {number}")

    def messages(self) -> list[str]:
        return [line.message for line in self.model.lines(self.model.numbers)]


@pytest.fixture
def house() -> Iterator[House]:
    QLocale.setDefault(QLocale("en_GB"))
    loop = ServiceLoop("test log")
    loop.start()
    bridge = Bridge(loop, EventBus())
    ring, reports = LogRing(lines=5000), Reports()
    book = Logbook(ring, None, reports)
    yield House(ring, book, reports, LogModel(book, bridge))
    bridge.close()
    loop.stop()


@pytest.fixture
def window(house: House) -> Iterator[QWidget]:
    made = QWidget()
    theme()
    made.resize(1200, 620)
    yield made
    made.close()
    made.deleteLater()
    spin()


def view_of(house: House, window: QWidget) -> LogView:
    view = LogView(theme(), house.model, window)
    view.resize(1200, 620)
    window.show()
    window.activateWindow()
    spin()
    view.focus_first()
    return view


def follows(view: LogView) -> bool:
    assert view.bar.follow.isChecked() is view.list.following
    return view.list.following


def paused(house: House) -> bool:
    return house.model.paused


def watched(house: House) -> bool:
    return house.model.watched


def busy(view: LogView) -> bool:
    return view.bar.bundle.busy


def bottom(view: LogView) -> bool:
    bar = view.list.verticalScrollBar()
    return bar.value() == bar.maximum()


def seen(view: LogView) -> list[int]:
    rows = view.list.visible_rows(0, view.list.viewport().height() - 1)
    return list(view.list.ids()[rows.start : rows.stop])


def wheel(view: LogView, notches: int) -> None:
    place = QPointF(20, 20)
    event = QWheelEvent(
        place, place, QPoint(0, 0), QPoint(0, notches * 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.list.viewport(), event)


def test_it_follows_until_one_scrolls_up(house: House, window: QWidget) -> None:
    house.many(200)
    view = view_of(house, window)
    assert follows(view)
    assert bottom(view)
    house.tell("new")
    house.model.look()
    assert bottom(view)
    assert view.list.current_id() == house.ring.last()
    wheel(view, 3)
    assert not follows(view)
    before, place = seen(view), view.list.verticalScrollBar().value()
    house.many(50)
    house.model.look()
    assert seen(view) == before
    assert view.list.verticalScrollBar().value() == place
    wheel(view, -60)
    assert follows(view)
    house.tell("newer")
    house.model.look()
    assert seen(view)[-1] == house.ring.last()


def test_keys_walk_and_end_follows_again(house: House, window: QWidget) -> None:
    house.many(300)
    view = view_of(house, window)
    last = house.ring.last()
    press(KEY.Key_Up, 3)
    assert view.list.current_id() == last - 3
    assert not follows(view)
    press(KEY.Key_PageUp)
    assert view.list.current_id() < last - 15
    press(KEY.Key_Home)
    assert view.list.current_id() == house.ring.first()
    assert not view.list.takes_arrow(KEY.Key_Up)
    press(KEY.Key_Down)
    assert view.list.current_id() == house.ring.first() + 1
    press(KEY.Key_End)
    assert view.list.current_id() == last
    assert follows(view)
    press(KEY.Key_Up)
    view.bar.pause.setFocus()
    press(KEY.Key_End)  # from any button
    assert follows(view)
    assert bottom(view)
    view.bar.follow.click()
    assert not follows(view)
    view.bar.follow.click()
    assert follows(view)


def test_what_is_read_stays_in_place_while_old_lines_go(house: House, window: QWidget) -> None:
    house.many(5000)
    view = view_of(house, window)
    press(KEY.Key_Home)
    press(KEY.Key_PageDown, 3)
    before, current = seen(view), view.list.current_id()
    assert current - house.ring.first() > 20
    house.many(20)
    house.model.look()
    assert house.ring.first() in (view.list.ids()[0], house.model.numbers[0])
    assert seen(view) == before
    assert view.list.current_id() == current
    picture = view.list.viewport().grab().toImage()
    view.list.viewport().update()
    spin()
    assert view.list.viewport().grab().toImage() == picture  # nothing was left unpainted
    house.many(4000)
    house.model.look()
    assert seen(view)[0] == house.ring.first()


def test_space_pauses_and_says_how_many_wait(house: House, window: QWidget) -> None:
    house.many(10)
    view = view_of(house, window)
    press(KEY.Key_Space)
    assert paused(house)
    assert view.bar.pause.text() == "Go on"
    for _ in range(3):
        house.tell("while paused")
    house.tell("not wanted", DEBUG)
    house.model.look()
    assert len(view.list.ids()) == 10
    assert "paused, 3 new since" in view.state.text()
    house.model.set_part("search")  # another filter shows nothing new either
    house.model.look()
    assert len(view.list.ids()) == 10
    assert "paused, 3 new since" in view.state.text()
    view.bar.pause.click()
    assert not paused(house)
    assert len(view.list.ids()) == 13
    assert bottom(view)
    assert view.state.text() == "13 lines"


def test_filters(house: House, window: QWidget) -> None:
    house.tell("62 results from 5 providers")
    house.tell("cache asked", DEBUG)
    house.tell("timed out after 8 s", WARNING, "plugins.my_sites")
    house.tell("post kept", ERROR, "app.services.publishing.run", ValueError("token gone"))
    view = view_of(house, window)
    assert house.messages() == ["62 results from 5 providers", "timed out after 8 s", "post kept"]
    house.model.set_level(DEBUG)
    assert len(house.messages()) == 4
    house.model.set_level(ERROR)
    assert house.messages() == ["post kept"]
    assert view.bar.level.text() == "Errors"
    house.tell("worse", ERROR)
    house.tell("not so bad")
    house.model.look()
    assert house.messages() == ["post kept", "worse"]
    house.model.set_level(INFO)
    house.model.set_part("provider my_sites")
    assert house.messages() == ["timed out after 8 s"]
    assert view.bar.part.text() == "provider my_sites"
    house.model.set_part("")
    QTest.keyClicks(view.bar.search, "TOKEN")
    assert house.messages() == ["post kept"]  # it stands in the trace
    QTest.keyClicks(view.bar.search, "xyz")
    assert house.messages() == []
    assert view.stack.currentWidget() is view.nothing
    assert "No line fits this filter" in [one.text() for one in view.nothing.findChildren(Label)]
    view.focus_first()
    assert focused() is view.bar.search
    press(KEY.Key_Escape)
    assert len(house.messages()) == 5
    house.model.set_part("nobody")
    view.again.click()
    assert len(house.messages()) == 5
    assert view.bar.part.text() == "All parts"
    assert view.stack.currentWidget() is view.list


def test_the_menus_of_the_chips_by_keys(house: House, window: QWidget) -> None:
    house.tell("a")
    house.tell("b", WARNING, "ui.x")
    view = view_of(house, window)
    view.bar.part.setFocus()
    press(KEY.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["All parts", "search", "window"]
    QTest.keyClick(menu, KEY.Key_Down)
    QTest.keyClick(menu, KEY.Key_Down)
    QTest.keyClick(menu, KEY.Key_Return)
    until(lambda: house.messages() == ["b"])
    view.bar.level.setFocus()
    press(KEY.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Info and up", "Warnings and up", "Errors", "Everything"]
    menu.close()
    spin()


def test_providers_can_be_chosen_together() -> None:
    offered = parts(("jobs", "media server", "provider nasa", "provider nfo"))
    assert offered == [
        ("All parts", ""), ("jobs", "jobs"), ("media server", "media server"),
        ("provider", "provider"), ("provider nasa", "provider nasa"),
        ("provider nfo", "provider nfo"),
    ]  # fmt: skip


def test_what_is_looked_for_is_lit(house: House, window: QWidget) -> None:
    house.tell("the needle in the hay")
    view = view_of(house, window)
    accent = theme().color("accent").rgb()

    def lit() -> int:
        image = view.list.viewport().grab().toImage()
        return sum(
            image.pixel(x, y) == accent
            for x in range(200, image.width() // 2, 3)
            for y in range(6, 30)
        )

    view.bar.search.setFocus()
    assert lit() == 0
    QTest.keyClicks(view.bar.search, "NEEDLE")
    spin()
    assert lit() > 20


def test_copying(house: House, window: QWidget) -> None:
    house.many(20)
    view = view_of(house, window)
    told: list[str] = []
    view.told.connect(told.append)
    board = QGuiApplication.clipboard()
    QTest.keyClick(focused(), KEY.Key_C, CTRL)
    assert board.text().endswith(" INFO  search: line 19")
    assert "\n" not in board.text()
    press(KEY.Key_Up, 2)
    for _ in range(3):
        QTest.keyClick(focused(), KEY.Key_Up, SHIFT)
    QTest.keyClick(focused(), KEY.Key_C, CTRL)
    assert [row.rpartition(" ")[2] for row in board.text().splitlines()] == ["14", "15", "16", "17"]
    view.bar.copy.click()
    assert len(board.text().splitlines()) == 4
    press(KEY.Key_Escape)
    assert not view.list.has_stretch()
    view.bar.copy.click()
    assert len(board.text().splitlines()) == 20
    QTest.keyClick(view.list, KEY.Key_A, CTRL)
    QTest.keyClick(view.list, KEY.Key_C, CTRL)
    assert len(board.text().splitlines()) == 20
    assert told == ["1 lines copied", "4 lines copied", "4 lines copied", "20 lines copied",
                    "20 lines copied"]  # fmt: skip


def test_a_stretch_is_not_moved_by_new_lines(house: House, window: QWidget) -> None:
    house.many(20)
    view = view_of(house, window)
    press(KEY.Key_Up, 2)
    for _ in range(5):
        QTest.keyClick(focused(), KEY.Key_Down, SHIFT)
    picked = list(view.list.picked())
    assert len(picked) == 3
    assert not follows(view)
    house.many(10)
    house.model.look()
    assert list(view.list.picked()) == picked
    first = view.list.cell(17)
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, SHIFT, first.center())
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=first.center())
    assert not view.list.has_stretch()
    lower = view.list.cell(18).center()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, SHIFT, lower)
    assert len(view.list.picked()) == 2


def test_enter_tells_everything_of_a_line(house: House, window: QWidget) -> None:
    house.tell("post kept", ERROR, "app.services.publishing.run", ValueError("token gone"))
    view = view_of(house, window)
    press(KEY.Key_Return)
    panel = window.findChild(LogDetails)
    assert panel is not None
    assert panel.isVisible()
    assert panel.text.toPlainText() == "post kept\nValueError: token gone"
    assert focused() is panel.text
    panel.copy.click()
    assert QGuiApplication.clipboard().text().endswith("post kept\n    ValueError: token gone")
    press(KEY.Key_Escape)
    assert focused() is view.list
    spin()
    house.tell("first\nsecond")
    house.model.look()
    place = view.list.cell(1).center()
    QTest.mouseDClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    panel = next(one for one in window.findChildren(LogDetails) if one.isVisible())
    assert panel.text.toPlainText() == "first\nsecond"
    panel.dismiss()
    spin()


def test_saving_and_the_report(house: House, window: QWidget, tmp_path: Path) -> None:
    house.many(5)
    view = view_of(house, window)
    told: list[str] = []
    failed: list[object] = []
    view.told.connect(told.append)
    view.failed.connect(failed.append)
    QTest.keyClick(view.list, KEY.Key_S, CTRL)
    picker = window.findChild(FolderPicker)
    assert picker is not None
    picker.chosen.emit(str(tmp_path).encode())
    picker.dismiss()
    until(lambda: bool(told))
    assert told.pop() == f"Saved: {tmp_path / 'sokoul-log.txt'}"
    assert len((tmp_path / "sokoul-log.txt").read_text().splitlines()) == 5
    picker = view.bundle()
    picker.chosen.emit(str(tmp_path).encode())
    picker.dismiss()
    assert busy(view)
    until(lambda: bool(told))
    assert told.pop().startswith(f"The report is in {tmp_path / 'report.zip'}.")
    assert not busy(view)
    house.reports.fails = True
    house.model.bundle(str(tmp_path))
    until(lambda: bool(failed))
    assert "could not be written" in view.state.text()
    assert not busy(view)
    spin()


def test_a_hidden_log_looks_at_nothing(house: House, window: QWidget) -> None:
    house.many(10)
    view = view_of(house, window)
    assert watched(house)
    view.hide()
    assert not watched(house)
    painted = view.list.painted
    house.tell("new")
    spin(0.6)
    assert len(house.model.numbers) == 10
    assert view.list.painted == painted
    view.show()
    until(lambda: len(house.model.numbers) == 11)
    assert view.list.current_id() == house.ring.last()
    second = LogCard(theme(), house.model, window)
    second.show()
    view.hide()
    assert watched(house)
    second.deleteLater()
    spin()
    assert not watched(house)


def test_it_looks_by_itself_and_rests_when_nothing_is_new(house: House, window: QWidget) -> None:
    house.many(10)
    view = view_of(house, window)
    house.tell("new")
    until(lambda: len(view.list.ids()) == 11)
    spin()
    painted, changes = view.list.painted, []
    house.model.changed.connect(lambda: changes.append(1))
    spin(0.6)
    assert changes == []
    assert view.list.painted == painted


def test_many_lines_are_found_in_slices(house: House, window: QWidget,
                                        monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    house.many(5000)
    monkeypatch.setattr("ui.pages.system.log_model.SLICE", 100)
    monkeypatch.setattr("ui.pages.system.log_model.TURN_SECONDS", 0.0)
    view = view_of(house, window)
    until(lambda: not house.model.searching)
    assert len(house.model.numbers) == 5000
    house.model.set_text("line 49")
    assert house.model.numbers[-1] == house.ring.last()  # the newest are found first
    assert house.model.searching
    house.tell("line 49 comes while one looks")
    until(lambda: not house.model.searching)
    wanted = [line.number for line in house.book.after(0, 9999) if "line 49" in line.message]
    until(lambda: list(house.model.numbers) == wanted)
    assert list(view.list.ids()) == wanted
    assert bottom(view)


def test_lines_of_an_earlier_run_appear_above(
    house: House, window: QWidget, tmp_path: Path
) -> None:
    house.many(5)
    view = view_of(house, window)
    press(KEY.Key_Up)
    before = view.list.current_id()
    row = {
        "time": "2020-01-01T00:00:00.000Z",
        "level": "info",
        "logger": "ui",
        "message": "long ago",
    }
    (tmp_path / "station.log").write_text(json.dumps(row) + "\n")
    house.ring.put_below(old_log.read_before(tmp_path / "station.log", 1e12))
    house.model.look()
    assert house.messages()[0] == "long ago"
    assert view.list.current_id() == before
    assert "01-01" in view.list.spoken(0)


def test_the_card_shows_the_last_lines_and_opens_the_rest(house: House, window: QWidget) -> None:
    house.many(30)
    card = LogCard(theme(), house.model, window)
    card.resize(1100, 300)
    window.show()
    window.activateWindow()
    spin()
    last = house.ring.last()
    assert card.tail.numbers() == tuple(range(last - LINES + 1, last + 1))
    house.tell("new")
    until(lambda: card.tail.numbers()[-1] == last + 1)
    opened: list[int] = []
    card.opened.connect(lambda: opened.append(1))
    card.tail.setFocus(Qt.FocusReason.TabFocusReason)
    assert card.tail.accessibleDescription() == "INFO, search: new"
    press(KEY.Key_Return)
    QTest.mouseClick(card.tail, Qt.MouseButton.LeftButton)
    assert opened == [1, 1]
    assert (card.part.text(), card.level.text()) == ("All parts", "Info and up")
    house.model.set_level(ERROR)
    assert card.tail.numbers() == ()
    assert card.level.text() == "Errors"
    assert {card.part, card.level, card.tail} == all_inside(card)
    spin()
    painted = card.tail.painted
    spin(0.6)
    assert card.tail.painted == painted


def test_every_control_is_reached_by_the_arrows(house: House, window: QWidget) -> None:
    house.many(50)
    view = view_of(house, window)
    window.resize(1592, 620)
    view.resize(1592, 620)
    spin()
    navigator = FocusNavigator(window, lambda: [view], lambda _key: False, window)
    reached = set()
    for _ in range(60):
        QTest.keyClick(focused(), KEY.Key_Up)
        if focused() is not view.list:
            break
    view.bar.part.setFocus()
    for _ in range(12):
        reached.add(focused())
        QTest.keyClick(focused(), KEY.Key_Right)
    bar = view.bar
    assert {bar.part, bar.level, bar.search, bar.follow, bar.pause, bar.copy, bar.save,
            bar.bundle} <= reached  # fmt: skip
    QTest.keyClick(focused(), KEY.Key_Down)
    assert focused() is view.list
    QTest.keyClick(view.list, KEY.Key_F, CTRL)
    assert focused() is view.bar.search
    assert navigator.candidates()


def test_what_a_screen_reader_hears(house: House, window: QWidget) -> None:
    virtual_accessible.install()
    house.tell("62 results")
    house.tell("post kept", ERROR, "app.services.publishing.run", ValueError("x"))
    view = view_of(house, window)
    listed = QAccessible.queryAccessibleInterface(view.list)
    assert listed.role() == QAccessible.Role.List
    assert listed.text(QAccessible.Text.Name) == "Live log"
    assert listed.childCount() == 2
    told = listed.child(1).text(QAccessible.Text.Name)
    assert told.startswith("ERROR, publishing: post kept, ")
    assert told.endswith(", with more")
    assert view.list.accessibleDescription() == told
    for control in all_inside(view):
        name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert name, control


def test_the_menu_of_a_line(house: House, window: QWidget) -> None:
    house.tell("a")
    house.tell("b", logger="ui.x")
    view_of(house, window)
    press(KEY.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Show everything",
        "Copy",
        "Only window",
    ]
    menu.actions()[2].trigger()
    menu.close()
    assert house.messages() == ["b"]
    spin()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("width", [760, 1592])
def test_it_fits_into_narrow_windows(house: House, window: QWidget, width: int, scale: int) -> None:
    house.many(50)
    look = theme()
    look.set_scale(scale)
    view = LogView(look, house.model, window)
    window.resize(width, 900)
    view.resize(width, 900)
    window.show()
    spin()
    for control in all_inside(view.bar):
        right = control.mapTo(view, QPoint(control.width(), 0)).x()
        assert right <= width, control
        assert (
            control.mapTo(view, QPoint(0, control.height())).y()
            <= view.list.mapTo(view, QPoint(0, 0)).y()
        )
    view.list.viewport().grab()


def test_events_of_the_other_thread_do_no_harm(house: House, window: QWidget) -> None:
    view = view_of(house, window)
    writers = house.model._bridge._loop
    for start in range(4):
        writers.submit(_write(house, start)).result(30)
        QApplication.sendEvent(view, QEvent(QEvent.Type.UpdateRequest))
        spin()
    until(lambda: len(view.list.ids()) == 4000)


async def _write(house: House, start: int) -> None:
    for number in range(1000):
        house.tell(f"{start}:{number}")
