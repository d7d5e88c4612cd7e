"""The Downloads page offscreen: its states, its keys, its rows, adding, details, undoing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.downloads import (
    Ahead,
    Download,
    DownloadKind,
    DownloadState,
    Limits,
    LinkContents,
    Picture,
    Priority,
    Vpn,
    VpnState,
)
from app.domain.errors import InvalidInput, Unavailable
from app.domain.stream_links import SMALLEST
from tests.fakes.downloads import GB, MAGNET, FakeDownloads, drawn, load, many
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from tests.fakes.settings import FakeSettings
from tests.ui.frame import all_inside
from ui.pages.downloads.columns import columns_at
from ui.pages.downloads.deeds import Deed
from ui.pages.downloads.page import DownloadsPage, create
from ui.pages.downloads.shelves import Shelf
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label


@dataclass
class Scene:
    """A page with its service."""

    page: DownloadsPage
    service: FakeDownloads
    settings: FakeSettings
    stage: Stage
    qtbot: QtBot

    def asked(self, *what: object) -> None:
        """Wait until the service was asked this."""
        self.qtbot.waitUntil(lambda: what in self.service.asked)

    def labels(self, inside: QWidget) -> str:
        found = [one.text() for one in inside.findChildren(Label) if one.isVisible()]
        return " | ".join(found)

    def button(self, row: int, deed: Deed) -> QPoint:
        """The middle of a button of a row."""
        table = self.page.table
        card = table._card(row)
        assert card is not None
        placed = dict(table.painter.buttons(table.cell(row), card))
        return placed[deed].center()


@contextlib.contextmanager
def shown(
    qtbot: QtBot,
    rows: tuple[Download, ...] = (),
    error: Unavailable | None = None,
    size: tuple[int, int] = (1600, 950),
    **args: object,
) -> Iterator[Scene]:
    with open_stage(FakeLibrary()) as stage:
        service, settings = FakeDownloads(stage.bus, rows), FakeSettings(stage.bus)
        service.error = error
        setattr(stage.context.services, "downloads", service)  # noqa: B010 - a namespace here
        setattr(stage.context.services, "settings", settings)  # noqa: B010 - a namespace here
        page = create(stage.context)
        assert isinstance(page, DownloadsPage)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        page.opened(**args)
        model = page._model
        qtbot.waitUntil(lambda: model.loaded or model.error is not None)
        yield Scene(page, service, settings, stage, qtbot)
        page.left()
        page.deeds.close()


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    with shown(qtbot, drawn()) as made:
        yield made


@pytest.fixture(autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    QGuiApplication.clipboard().setText("nothing to fetch")
    yield
    QGuiApplication.clipboard().clear()


def _menu() -> QMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def _choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


# The four states.


def test_empty_says_what_to_do_first(qtbot: QtBot) -> None:
    with shown(qtbot) as scene:
        page = scene.page
        assert page.stack.currentWidget() is page.empty
        assert not page.top.pause.isVisible()
        page.focus_first()
        QTest.keyClick(_focused(page), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.deeds.panel().isVisible())


def test_busy_shows_shapes_under_the_real_head(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary()) as stage:
        service = FakeDownloads(stage.bus)
        setattr(stage.context.services, "downloads", service)  # noqa: B010 - a namespace here
        setattr(stage.context.services, "settings", FakeSettings(stage.bus))  # noqa: B010 - a namespace here
        page = create(stage.context)
        assert isinstance(page, DownloadsPage)
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        assert page.skeleton.isVisible()
        assert page.top.title.isVisible()
        assert page.top.add.isEnabled()


def test_failed_says_why_what_is_kept_and_what_to_press(qtbot: QtBot) -> None:
    with shown(qtbot, drawn(), Unavailable("errors.database_newer")) as scene:
        page = scene.page
        assert page.stack.currentWidget() is page.broken
        said = scene.labels(page.broken)
        assert "newer Sokoul" in said
        assert "is kept" in said
        scene.service.error = None
        page.focus_first()
        QTest.keyClick(_focused(page), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(page.table.ids()) == 5)
        assert page.stack.currentWidget() is page.full


def test_full_shows_rows_counts_figures_and_chart(scene: Scene) -> None:
    page = scene.page
    assert page.rows.currentWidget() is page.table
    scene.service.tell()
    scene.qtbot.waitUntil(lambda: page.card.down.text == "41.8 MB/s")
    assert page.card.up.text == "3.2 MB/s"
    assert page.card.peers.text == "128"
    assert page.top.counts.text() == "3 active · 1 queued"
    assert page.top.vpn.text() == "VPN on · wg0"
    assert page.chips.chips[Shelf.FAILED].text() == "Failed · 1"
    assert not page.chips.chips[Shelf.PAUSED].isVisible()
    scene.qtbot.waitUntil(lambda: len(page.card.chart.samples) > 100)
    assert "MB/s" in page.card.chart.accessibleDescription()
    assert not page.grab().isNull()


# Moving rows.


def test_500_rows_move_without_losing_place_scroll_or_focus(qtbot: QtBot) -> None:
    with shown(qtbot, many(500)) as scene:
        page, table = scene.page, scene.page.table
        page.focus_first()
        table.go_to(200, smooth=False)
        table._go_to_spot(1)
        current, scrolled = table.current_id(), table.verticalScrollBar().value()
        assert scrolled > 0
        before = list(table.ids())
        for _ in range(5):
            scene.service.tell(*(replace(row, done=row.done + 5) for row in _all(scene)))
            qtbot.waitUntil(lambda: _row(scene, current).done == scene.service.all[
                _row(scene, current).id].done)  # fmt: skip
        assert table.current_id() == current
        assert table.verticalScrollBar().value() == scrolled
        assert table.hasFocus()
        assert table._spot == 1
        assert list(table.ids()) == before


def test_only_rows_that_changed_and_are_seen_are_painted_anew(qtbot: QtBot) -> None:
    with shown(qtbot, many(500)) as scene:
        table = scene.page.table
        QApplication.processEvents()
        seen = table.visible_rows(0, table.viewport().height())
        first = _row(scene, table.ids()[seen[0]])
        away = _row(scene, table.ids()[400])
        scene.service.tell(replace(away, done=away.done + 7))
        qtbot.waitUntil(lambda: _row(scene, table.ids()[400]).done == away.done + 7)
        QApplication.processEvents()
        before = table.painted
        QApplication.processEvents()
        assert table.painted == before  # what is not seen costs nothing
        scene.service.tell(replace(first, done=first.done + 7))
        qtbot.waitUntil(lambda: table.painted > before)
        assert table.painted - before <= 3  # the row, and what touches its edge


def test_a_row_that_leaves_hands_the_keyboard_to_its_neighbour(scene: Scene) -> None:
    table = scene.page.table
    scene.page.focus_first()
    QTest.keyClick(table, Qt.Key.Key_Down)
    second, third = table.ids()[1], table.ids()[2]
    scene.service.tell(gone=(drawn()[1].id,))
    scene.qtbot.waitUntil(lambda: second not in table.ids())
    assert table.current_id() == third
    assert table.hasFocus()


def test_a_kind_that_empties_says_so_and_shows_all_again(scene: Scene) -> None:
    page = scene.page
    page.chips.chips[Shelf.FAILED].click()
    assert len(page.table.ids()) == 1
    page.focus_first()
    scene.service.tell(gone=(drawn()[4].id,))
    scene.qtbot.waitUntil(lambda: page.rows.currentWidget() is page.nothing)
    page.show_all.click()
    assert page.rows.currentWidget() is page.table
    page.chips.chips[Shelf.QUEUED].click()
    assert page.go_back()
    assert page.chips.chips[Shelf.ALL].isChecked()
    assert not page.go_back()


# Keys and buttons.


def test_arrows_walk_rows_and_their_buttons(scene: Scene) -> None:
    page, table = scene.page, scene.page.table
    page.focus_first()
    QTest.keyClick(table, Qt.Key.Key_Return)
    scene.asked("play", drawn()[0].id, None)
    scene.qtbot.waitUntil(lambda: scene.stage.seen.opened == [("player", {"ticket": 77})])
    QTest.keyClick(table, Qt.Key.Key_Down)
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.accessibleDescription().startswith("Pause")
    QTest.keyClick(table, Qt.Key.Key_Return)
    scene.asked("pause", drawn()[1].id)
    assert not table.takes_arrow(Qt.Key.Key_Up) or table.current_row() > 0


def test_the_last_button_opens_the_menu_and_left_leads_back(scene: Scene) -> None:
    page, table = scene.page, scene.page.table
    page.focus_first()
    while table.takes_arrow(Qt.Key.Key_Right):
        QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    texts = [action.text() for action in _menu().actions() if action.text()]
    for wanted in (
        "Play", "Pause", "Everything about it", "To the top of the queue", "Limits…",
        "Check what is here", "Move to another folder…", "Copy the link", "Remove from the list",
        "Remove with its files",
    ):  # fmt: skip
        assert wanted in texts
    _menu().close()
    while table.takes_arrow(Qt.Key.Key_Left):
        QTest.keyClick(table, Qt.Key.Key_Left)
    assert not table.takes_arrow(Qt.Key.Key_Left)  # now it leads to the rail
    QTest.keyClick(table, Qt.Key.Key_Menu)
    _menu().close()


def test_space_pauses_and_delete_removes_with_undo(scene: Scene) -> None:
    table = scene.page.table
    scene.page.focus_first()
    QTest.keyClick(table, Qt.Key.Key_Space)
    scene.asked("pause", drawn()[0].id)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    scene.qtbot.waitUntil(lambda: any(one[0] == "remove" for one in scene.service.asked))
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 4)
    assert "Its files stay" in scene.stage.seen.told[-1]
    undo = scene.stage.seen.actions[-1]
    assert undo is not None
    undo()
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 5)


# Several rows.

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def _done(scene: Scene, what: str) -> list[object]:
    return [one[1] for one in scene.service.asked if one[0] == what]


def test_shift_and_arrows_pick_a_stretch_and_space_pauses_all_of_it(scene: Scene) -> None:
    page, table = scene.page, scene.page.table
    page.focus_first()
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert table.targets(table.current_id()) == tuple(table.ids()[:3])
    assert page.top.counts.text().startswith("3 picked")
    assert table.accessibleDescription().endswith("picked")
    QTest.keyClick(table, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: len(_done(scene, "pause")) == 3)
    assert _done(scene, "pause") == [row.id for row in drawn()[:3]]
    first = tuple(table.ids()[:3])
    scene.qtbot.waitUntil(
        lambda: all(_row(scene, one).state is DownloadState.PAUSED for one in first)
    )
    QTest.keyClick(table, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: len(_done(scene, "go")) == 3)
    QTest.keyClick(table, Qt.Key.Key_Up)  # walking on without Shift means one row again
    assert len(table.targets(table.current_id())) == 1
    assert "picked" not in page.top.counts.text()


def test_several_that_are_removed_all_come_back_with_one_undo(scene: Scene) -> None:
    table = scene.page.table
    scene.page.focus_first()
    QTest.keyClick(table, Qt.Key.Key_Space, CTRL)
    QTest.keyClick(table, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(table, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(table, Qt.Key.Key_Space, CTRL)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 3)
    assert _done(scene, "remove") == [drawn()[0].id, drawn()[2].id]
    assert "2 downloads were removed" in scene.stage.seen.told[-1]
    assert len(table.targets(table.current_id())) == 1
    undo = scene.stage.seen.actions[-1]
    assert undo is not None
    undo()
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 5)


def test_one_that_refuses_does_not_keep_the_others_back(scene: Scene) -> None:
    table = scene.page.table
    scene.service.stubborn = drawn()[1].id
    scene.page.focus_first()
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)
    assert len(table.targets(table.current_id())) == 5
    QTest.keyClick(table, Qt.Key.Key_Delete)
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 1)
    assert "4 downloads were removed" in scene.stage.seen.told[0]
    assert len(scene.stage.seen.told) == 2
    undo = scene.stage.seen.actions[0]
    assert undo is not None
    undo()
    scene.qtbot.waitUntil(lambda: len(table.ids()) == 5)


def test_the_mouse_picks_with_ctrl_and_shift_and_a_button_is_for_all(scene: Scene) -> None:
    table, left = scene.page.table, Qt.MouseButton.LeftButton

    def click(row: int, held: Qt.KeyboardModifier) -> None:
        place = table.cell(row).topLeft() + QPoint(200, 20)
        QTest.mouseClick(table.viewport(), left, held, place)

    click(0, Qt.KeyboardModifier.NoModifier)
    click(3, CTRL)
    assert table.targets(table.current_id()) == (table.ids()[0], table.ids()[3])
    click(3, CTRL)
    click(0, Qt.KeyboardModifier.NoModifier)
    click(2, SHIFT)
    assert table.targets(table.current_id()) == tuple(table.ids()[:3])
    QTest.mouseClick(table.viewport(), left, pos=scene.button(1, Deed.PAUSE))
    scene.qtbot.waitUntil(lambda: len(_done(scene, "pause")) == 3)
    click(4, Qt.KeyboardModifier.NoModifier)
    assert table.targets(table.current_id()) == (table.ids()[4],)


def test_the_menu_is_for_all_that_are_picked_and_back_picks_none(scene: Scene) -> None:
    page, table = scene.page, scene.page.table
    page.focus_first()
    page.deeds.show_menu(table.ids()[0], QPoint(10, 10))
    _choose(_menu(), "Pick it, or not")
    QTest.keyClick(table, Qt.Key.Key_Down)  # with a remote one walks on, and what is picked stays
    page.deeds.show_menu(table.ids()[4], QPoint(10, 10))
    _choose(_menu(), "Pick it, or not")
    table.context_requested.emit(table.ids()[4], QPoint(10, 10))
    texts = [action.text() for action in _menu().actions() if action.text()]
    assert texts == [
        "Pause",
        "Try again",
        "Remove from the list",
        "Remove with its files",
        "Pick none",
    ]
    _choose(_menu(), "Try again")
    scene.asked("retry", drawn()[4].id)
    assert page.go_back()
    assert table.picked() == 0
    assert not page.go_back()


def test_the_menu_removes_with_files_and_moves_in_the_queue(scene: Scene) -> None:
    page, table = scene.page, scene.page.table
    page.deeds.show_menu(table.ids()[2], QPoint(10, 10))
    _choose(_menu(), "To the top of the queue")
    scene.asked("place", drawn()[2].id, 0)
    number = page._model.number_of(drawn()[4].id)
    page.deeds.show_menu(number, QPoint(10, 10))
    _choose(_menu(), "Remove with its files")
    scene.asked("remove", drawn()[4].id, True)
    scene.qtbot.waitUntil(lambda: "its files go" in "".join(scene.stage.seen.told))


def test_the_menu_copies_checks_and_moves(scene: Scene) -> None:
    page, number = scene.page, scene.page.table.ids()[0]
    page.deeds.show_menu(number, QPoint(10, 10))
    _choose(_menu(), "Copy the link")
    assert QGuiApplication.clipboard().text() == drawn()[0].link
    page.deeds.show_menu(number, QPoint(10, 10))
    _choose(_menu(), "Check what is here")
    scene.asked("check", drawn()[0].id)
    page.deeds.show_menu(number, QPoint(10, 10))
    _choose(_menu(), "Move to another folder…")
    picker = page.findChild(FolderPicker)
    assert picker is not None
    picker.chosen.emit(b"/media/other")
    picker.dismiss()
    scene.asked("move", drawn()[0].id, b"/media/other")
    scene.qtbot.waitUntil(lambda: "other folder" in "".join(scene.stage.seen.told))


def test_presses_reach_the_buttons_and_a_row_only_becomes_current(scene: Scene) -> None:
    table, left = scene.page.table, Qt.MouseButton.LeftButton
    QTest.mouseClick(table.viewport(), left, pos=scene.button(0, Deed.PLAY))
    scene.asked("play", drawn()[0].id, None)
    QTest.mouseClick(table.viewport(), left, pos=scene.button(4, Deed.RETRY))
    scene.asked("retry", drawn()[4].id)
    QTest.mouseClick(table.viewport(), left, pos=scene.button(3, Deed.REMOVE))
    scene.asked("remove", drawn()[3].id, False)
    count = len(scene.service.asked)
    QTest.mouseClick(table.viewport(), left, pos=table.cell(1).topLeft() + QPoint(200, 20))
    assert table.current_row() == 1
    assert len(scene.service.asked) == count
    QTest.mouseDClick(table.viewport(), left, pos=table.cell(1).topLeft() + QPoint(200, 20))
    assert scene.page.deeds.drawer().isVisible()


def test_what_cannot_be_played_opens_its_details(qtbot: QtBot) -> None:
    row = load(1, playable=None, state=DownloadState.LOOKING)
    with shown(qtbot, (row,)) as scene:
        scene.page.focus_first()
        QTest.keyClick(scene.page.table, Qt.Key.Key_Return)
        assert scene.page.deeds.drawer().shown() == row
        assert not any(one[0] == "play" for one in scene.service.asked)


def test_a_refused_wish_is_told_and_the_page_stays(scene: Scene) -> None:
    scene.service.error = Unavailable("errors.disk_full", folder="/media")
    scene.page.focus_first()
    QTest.keyClick(scene.page.table, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: len(scene.stage.seen.told) == 1)
    assert "not enough space in /media" in scene.stage.seen.told[0]
    assert len(scene.page.table.ids()) == 5


def test_everything_has_a_name_and_is_reached(scene: Scene) -> None:
    controls = all_inside(scene.page)
    nameless = [one for one in controls if not (one.accessibleName() or _text(one))]
    assert nameless == []
    for wanted in (scene.page.table, scene.page.top.add, scene.page.top.vpn):
        assert wanted in controls


# The head.


def test_limits_are_chosen_from_the_button(scene: Scene) -> None:
    top = scene.page.top
    top.limit.click()
    _choose(_menu(), "5 MB/s")
    scene.qtbot.waitUntil(lambda: scene.settings.current.downloads.down_limit == 5)
    scene.service.traffic = replace(scene.service.traffic, down_limit=5_000_000)
    scene.service.tell()
    scene.qtbot.waitUntil(lambda: top.limit.text() == "5 MB/s")
    top.limit.click()
    checked = [action.text() for action in _menu().actions() if action.isChecked()]
    assert checked == ["5 MB/s"]
    _choose(_menu(), "By timetable…")
    assert scene.stage.seen.opened[-1] == ("settings", {"section": "downloads"})


def test_the_badge_follows_the_vpn_and_leads_to_settings(scene: Scene) -> None:
    scene.service.traffic = replace(scene.service.traffic, vpn=Vpn(VpnState.AWAY, "wg0"))
    scene.service.tell()
    badge = scene.page.top.vpn
    scene.qtbot.waitUntil(lambda: badge.text() == "VPN away · torrents wait")
    assert "wg0 is not there" in badge.accessibleDescription()
    badge.click()
    assert scene.stage.seen.opened[-1] == ("settings", {"section": "downloads"})


def test_pause_all_becomes_go_on(scene: Scene) -> None:
    top = scene.page.top
    assert top.pause.text() == "Pause all"
    top.pause.click()
    scene.qtbot.waitUntil(lambda: top.pause.text() == "Go on with all")
    top.pause.click()
    scene.qtbot.waitUntil(lambda: top.pause.text() == "Pause all")


@pytest.mark.parametrize("width", [1600, 1280, 1024, 860])
def test_the_head_never_runs_over(qtbot: QtBot, width: int) -> None:
    with shown(qtbot, drawn(), size=(width, 640)) as scene:
        top = scene.page.top
        QApplication.processEvents()
        assert top.counts.width() >= top.counts.sizeHint().width()
        assert top.add.geometry().right() <= top.width()
        assert top.limit.accessibleName() == "Speed limit: No limit"


@pytest.mark.parametrize(
    ("width", "kept"),
    [
        (1592, {"done", "speed", "left", "from", "state", "actions"}),
        (952, {"done", "state", "actions"}),
        (700, {"state", "actions"}),
    ],
)
def test_columns_leave_in_order_when_room_is_short(width: int, kept: set[str]) -> None:
    columns = columns_at(width, 190, 240, 100)
    assert set(columns.places) == kept
    ends = [columns.name, *columns.places.values()]
    assert all(one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False))
    assert ends[-1][1] == width


# Adding.


def test_a_link_is_pasted_looked_into_and_added_in_part(scene: Scene) -> None:
    page = scene.page
    page.top.add.click()
    panel = page.deeds.panel()
    panel.line.setText(MAGNET)
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    assert "2.1 GB" in panel.sum.text()
    assert "120 GB free" in panel.sum.text()
    files = panel.files
    files.setFocus()
    QTest.keyClick(files, Qt.Key.Key_Space)
    assert "1.4 GB" in panel.sum.text()
    QTest.keyClick(files, Qt.Key.Key_Right)
    QTest.keyClick(files, Qt.Key.Key_Return)
    _choose(_menu(), "First")
    panel.add.click()
    scene.qtbot.waitUntil(lambda: any(one[0] == "add" for one in scene.service.asked))
    added = next(one for one in scene.service.asked if one[0] == "add")
    assert added[1] == MAGNET
    assert isinstance(added[3], dict)
    assert added[3][0] is Priority.HIGH
    scene.qtbot.waitUntil(lambda: not panel.isVisible())
    assert "1 download" in scene.stage.seen.told[-1]
    number = page._model.number_of(next(reversed(scene.service.all)))
    scene.qtbot.waitUntil(lambda: page.table.current_id() == number >= 0)


STREAM = "https://a.example/master.m3u8"
PICTURES = (Picture(1080, 4 * GB), Picture(720, 2 * GB), Picture(360, None))


def _stream(scene: Scene, pictures: tuple[Picture, ...] = PICTURES) -> LinkContents:
    return LinkContents(
        DownloadKind.STREAM, "A film", None, (), scene.service.room, pictures
    )  # fmt: skip


def _added(scene: Scene) -> object:
    scene.qtbot.waitUntil(lambda: any(one[0] == "add" for one in scene.service.asked))
    return next(one[1] for one in scene.service.asked if one[0] == "add")


def test_the_picture_of_a_stream_is_chosen_with_the_arrows_alone(scene: Scene) -> None:
    scene.service.contents = _stream(scene)
    scene.page.deeds.ask_link(STREAM)
    panel = scene.page.deeds.panel()
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    chip = panel.quality.chip
    assert chip in all_inside(panel)
    assert chip.text() == "Best · 1080p, about 4 GB"
    assert panel.quality.geometry().bottom() < panel.add.geometry().top()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    menu = _menu()
    assert [action.text() for action in menu.actions()] == [
        "Best · 1080p, about 4 GB", "720p, about 2 GB", "360p",
    ]  # fmt: skip
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert chip.text() == "720p, about 2 GB"
    panel.add.click()
    assert _added(scene) == f"{STREAM}#height=720"


def test_a_stream_nobody_told_of_has_the_usual_pictures_to_choose(scene: Scene) -> None:
    scene.service.wait = asyncio.Event()
    scene.page.deeds.ask_link(STREAM)
    panel = scene.page.deeds.panel()
    chip = panel.quality.chip
    assert [text for text, _ in chip._choices] == ["Best", "1080p", "720p", "480p", "Smallest"]
    chip._pick(SMALLEST)
    panel.add.click()
    assert _added(scene) == f"{STREAM}#height=1"


@pytest.mark.parametrize(("wish", "shown"), [(480, "360p"), (SMALLEST, "360p"), (1080, "Best")])
def test_what_was_chosen_before_it_is_known_stays_as_near_as_it_can(
    scene: Scene, wish: int, shown: str
) -> None:
    scene.service.wait, scene.service.contents = asyncio.Event(), _stream(scene)
    scene.page.deeds.ask_link(STREAM)
    panel = scene.page.deeds.panel()
    panel.quality.chip._pick(wish)
    scene.stage.context.bridge.call(_set(scene.service.wait))
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    assert panel.quality.chip.text().startswith(shown)


@pytest.mark.parametrize("link", [MAGNET, f"{STREAM}#height=480", "https://a.example/film.mkv"])
def test_what_has_no_choice_of_pictures_shows_none(scene: Scene, link: str) -> None:
    if "m3u8" in link:
        scene.service.contents = _stream(scene)
    scene.page.deeds.ask_link(link)
    panel = scene.page.deeds.panel()
    assert not panel.quality.isVisible()
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    assert not panel.quality.isVisible()
    panel.add.click()
    assert _added(scene) == link


def test_the_room_is_that_of_the_folder_it_goes_to(scene: Scene) -> None:
    scene.page.deeds.ask_link(MAGNET)
    panel = scene.page.deeds.panel()
    scene.qtbot.waitUntil(lambda: "120 GB free" in panel.sum.text())
    panel._on_folder(b"/media/other")
    assert "free" not in panel.sum.text()  # not before it is known
    scene.qtbot.waitUntil(lambda: "3 GB free" in panel.sum.text())
    scene.service.disks[b"/media/other"] = GB
    panel._on_folder(b"/media/other")
    scene.qtbot.waitUntil(lambda: "does not fit" in panel.told.text())
    panel._on_folder(b"/media/away")
    scene.qtbot.waitUntil(lambda: "/media/away" in panel.told.text())
    assert "free" not in panel.sum.text()
    panel._on_folder(b"/media/other")
    panel.add.click()
    scene.qtbot.waitUntil(lambda: any(one[0] == "add" for one in scene.service.asked))
    assert next(one[2] for one in scene.service.asked if one[0] == "add") == b"/media/other"


def test_what_does_not_fit_says_so_before_it_is_added(scene: Scene) -> None:
    scene.service.room = GB
    page = scene.page
    page.deeds.ask_link(MAGNET)
    panel = page.deeds.panel()
    scene.qtbot.waitUntil(lambda: "does not fit" in panel.told.text())
    assert "1.1 GB more" in panel.told.text()
    panel.files.set_all(False)
    assert not panel.add.isEnabled()
    assert "at least one" in panel.told.text()


def test_programs_inside_can_never_be_chosen(scene: Scene) -> None:
    scene.page.deeds.ask_link(MAGNET)
    panel = scene.page.deeds.panel()
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    panel.files.set_all(True)
    assert panel.files.chosen()[5] is Priority.SKIP
    panel.files.set_current_id(5)
    QTest.keyClick(panel.files, Qt.Key.Key_Space)
    assert panel.files.chosen()[5] is Priority.SKIP
    assert "never written" in panel.files.spoken(panel.files.current_row())


def test_it_can_be_played_or_added_before_it_is_known(scene: Scene) -> None:
    scene.service.wait = asyncio.Event()
    scene.page.deeds.ask_link(MAGNET)
    panel = scene.page.deeds.panel()
    assert panel.progress.isVisible()
    panel.play.click()
    scene.qtbot.waitUntil(lambda: any(one[0] == "play" for one in scene.service.asked))
    scene.qtbot.waitUntil(lambda: scene.stage.seen.opened == [("player", {"ticket": 77})])


def test_one_plain_file_is_added_without_a_list(scene: Scene) -> None:
    scene.service.files = ()
    scene.page.deeds.ask_link("https://a.example/film.mkv")
    panel = scene.page.deeds.panel()
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    assert not panel.frame.isVisible()
    assert "free" in panel.sum.text()
    panel.paused.click()
    scene.asked("add", "https://a.example/film.mkv", None, {}, True)


def test_the_keyboard_goes_to_the_rows_once_they_are_read(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary()) as stage:
        service = FakeDownloads(stage.bus, drawn())
        setattr(stage.context.services, "downloads", service)  # noqa: B010 - a namespace here
        setattr(stage.context.services, "settings", FakeSettings(stage.bus))  # noqa: B010 - a namespace here
        page = create(stage.context)
        assert isinstance(page, DownloadsPage)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        page.opened()
        page.focus_first()
        assert _focused(page) is page.top.add
        qtbot.waitUntil(lambda: _focused(page) is page.table)
        page.left()


def test_nonsense_is_told_and_what_was_typed_stays(scene: Scene) -> None:
    scene.service.look_error = InvalidInput("errors.not_a_link")
    scene.page.top.add.click()
    panel = scene.page.deeds.panel()
    panel.line.setText("my holidays")
    panel.look.click()
    scene.qtbot.waitUntil(lambda: "no link" in panel.told.text())
    assert panel.line.text() == "my holidays"
    assert panel.isVisible()
    panel.cancel.click()
    assert not panel.isVisible()


def test_cancel_while_it_is_looked_into_returns_to_the_line(scene: Scene) -> None:
    scene.service.wait = asyncio.Event()
    scene.page.deeds.ask_link(MAGNET)
    panel = scene.page.deeds.panel()
    panel.cancel.click()
    assert panel.isVisible()
    assert panel.line.isVisible()
    QTest.keyClick(panel.line, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_one_that_is_known_is_not_added_twice(scene: Scene) -> None:
    scene.page.deeds.ask_link(MAGNET)
    panel = scene.page.deeds.panel()
    scene.qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.found)
    scene.service.error = InvalidInput("errors.download_known", name="That film", id="x")
    panel.add.click()
    scene.qtbot.waitUntil(lambda: not panel.isVisible())
    assert "That film is in the list already" in scene.stage.seen.told[-1]


def test_the_clipboard_is_offered_once_and_never_taken_by_itself(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MAGNET)
    with shown(qtbot, drawn()) as scene:
        strip = scene.page.strip
        assert strip.isVisible()
        assert scene.service.asked == []
        strip.leave.click()
        assert not strip.isVisible()
        scene.page.opened()
        assert not strip.isVisible()
        QGuiApplication.clipboard().setText("https://a.example/film.mkv")
        scene.page.opened()
        assert strip.isVisible()
        strip.add.click()
        scene.asked("look", "https://a.example/film.mkv")
        assert not strip.isVisible()


def test_a_link_that_is_loading_already_is_not_offered(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("https://images.example/apollo11.mp4")
    with shown(qtbot, drawn()) as scene:
        scene.page.opened()
        assert not scene.page.strip.isVisible()


def test_ctrl_v_adds_what_the_clipboard_holds(scene: Scene) -> None:
    page = scene.page
    page.focus_first()
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no link" in scene.stage.seen.told[-1]
    QGuiApplication.clipboard().setText(MAGNET)
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    scene.asked("look", MAGNET)


def test_links_and_torrent_files_can_be_dropped(scene: Scene, tmp_path: Path) -> None:
    torrent = tmp_path / "A film.torrent"
    torrent.write_bytes(b"d4:infoe")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(torrent))])
    _drop(scene.page, data)
    scene.asked("look", b"d4:infoe")
    assert not scene.page.cover.isVisible()
    scene.page.deeds.panel().dismiss()
    data = QMimeData()
    data.setUrls([QUrl(MAGNET), QUrl("https://a.example/x.mkv")])
    _drop(scene.page, data)
    scene.qtbot.waitUntil(lambda: "2 download" in "".join(scene.stage.seen.told))


def test_what_is_no_link_cannot_be_dropped(scene: Scene) -> None:
    data = QMimeData()
    data.setText("just words")
    event = _enter(scene.page, data)
    assert not event.isAccepted()
    assert not scene.page.cover.isVisible()


def test_opened_with_a_link_looks_into_it(qtbot: QtBot) -> None:
    with shown(qtbot, drawn(), link=MAGNET) as scene:
        scene.asked("look", MAGNET)


def test_opened_at_a_download_goes_there_whatever_is_shown(qtbot: QtBot) -> None:
    with shown(qtbot, many(60), download=str(many(60)[50].id)) as scene:
        page, wanted = scene.page, many(60)[50].id
        qtbot.waitUntil(lambda: page.table.current_id() == page._model.number_of(wanted))
        page.chips.chips[Shelf.FAILED].click()
        other = many(60)[3].id  # it is done
        page.opened(download=str(other))
        assert page.table.current_id() == page._model.number_of(other)
        assert page.chips.chips[Shelf.ALL].isChecked()


# Details.


def test_details_are_live_and_change_files_and_limits(scene: Scene) -> None:
    page, number = scene.page, scene.page.table.ids()[0]
    page.deeds.open(number)
    drawer = page.deeds.drawer()
    scene.qtbot.waitUntil(lambda: len(drawer.files.ids()) == 6)
    assert "Playing while it loads · 2 min ahead" in drawer.state.text()
    assert drawer.tabs["peers"].text() == "Peers · 42"
    moved = replace(drawn()[0], ahead=Ahead(loaded=600.0, ready=True, playing=True))
    scene.service.tell(moved)
    scene.qtbot.waitUntil(lambda: "10 min ahead" in drawer.state.text())
    drawer.files.setFocus()
    QTest.keyClick(drawer.files, Qt.Key.Key_Space)
    scene.asked("choose", drawn()[0].id, {0: Priority.SKIP})
    drawer.show_tab("about")
    drawer.about.down._pick(2)
    scene.asked("limit", drawn()[0].id, Limits(down=2_000_000))
    drawer.show_tab("peers")
    assert "203.0.113.42" in drawer.peers.spoken(0)
    drawer.show_tab("trackers")
    assert "Silent" in drawer.trackers.spoken(1)
    QTest.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert page._model.row(number) is not None


def test_of_what_is_here_one_file_is_chosen_to_play(qtbot: QtBot) -> None:
    row = load(1, state=DownloadState.DONE, done=4 * GB, files=6, playable=0)
    with shown(qtbot, (row,)) as scene:
        page, number = scene.page, scene.page.table.ids()[0]
        page.deeds.show_menu(number, QPoint(10, 10))
        _choose(_menu(), "Choose what to play…")
        drawer = page.deeds.drawer()
        qtbot.waitUntil(lambda: len(drawer.files.ids()) == 6)
        assert _focused(page) is drawer.files
        QTest.keyClick(drawer.files, Qt.Key.Key_Down)
        assert not drawer.files.takes_arrow(Qt.Key.Key_Right)
        assert drawer.files.accessibleDescription().endswith("Enter plays it")
        QTest.keyClick(drawer.files, Qt.Key.Key_Return)
        scene.asked("play", row.id, 1)
        assert not any(one[0] == "choose" for one in scene.service.asked)
        qtbot.waitUntil(lambda: scene.stage.seen.opened == [("player", {"ticket": 77})])


def test_what_does_not_play_is_not_played_and_never_unticked(qtbot: QtBot) -> None:
    row = load(1, state=DownloadState.DONE, done=4 * GB, files=6, playable=0)
    with shown(qtbot, (row,)) as scene:
        page = scene.page
        page.deeds.choose_file(page.table.ids()[0])
        files = page.deeds.drawer().files
        qtbot.waitUntil(lambda: len(files.ids()) == 6)
        files.set_current_id(4)
        QTest.keyClick(files, Qt.Key.Key_Return)
        QTest.keyClick(files, Qt.Key.Key_Space)
        assert {one[0] for one in scene.service.asked} == {"free"}
        assert not files.grab().isNull()


def test_the_details_tell_the_room_where_it_lies(scene: Scene) -> None:
    page = scene.page
    page.deeds.open(page.table.ids()[0], "about")
    about = page.deeds.drawer().about
    scene.qtbot.waitUntil(lambda: about.room.isVisible())
    assert about.room.text.text() == "77 GB"
    scene.service.tell(replace(drawn()[0], folder=b"/media/gone"))
    scene.qtbot.waitUntil(lambda: not about.room.isVisible(), timeout=8000)


def test_details_of_a_file_have_no_peers_and_tell_the_whole_reason(scene: Scene) -> None:
    page = scene.page
    page.deeds.open(page._model.number_of(drawn()[4].id))
    drawer = page.deeds.drawer()
    assert drawn()[4].kind is DownloadKind.FILE
    assert not drawer.tabs["peers"].isVisible()
    assert "archive.example refused the request (403)" in drawer.reason.text()
    drawer.main.click()
    scene.asked("retry", drawn()[4].id)


def test_the_drawer_closes_when_its_download_goes(scene: Scene) -> None:
    page = scene.page
    page.deeds.open(page.table.ids()[0])
    drawer = page.deeds.drawer()
    scene.qtbot.waitUntil(lambda: len(drawer.files.ids()) == 6)
    scene.service.tell(gone=(drawn()[0].id,))
    scene.qtbot.waitUntil(lambda: not drawer.isVisible(), timeout=5000)


def test_limits_in_the_menu_lead_to_the_first_limit(scene: Scene) -> None:
    page = scene.page
    page.deeds.show_menu(page.table.ids()[0], QPoint(10, 10))
    _choose(_menu(), "Limits…")
    assert _focused(page) is page.deeds.drawer().about.down


async def _set(event: asyncio.Event) -> None:
    event.set()


def _focused(page: QWidget) -> QWidget:
    found = page.window().focusWidget()
    assert found is not None
    return found


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _row(scene: Scene, number: int) -> Download:
    row = scene.page._model.row(number)
    assert row is not None
    return row


def _all(scene: Scene) -> list[Download]:
    return list(scene.service.all.values())


def _enter(page: QWidget, data: QMimeData) -> QDragEnterEvent:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(
        QPoint(50, 50), copy, data, left, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    QApplication.sendEvent(page, event)
    return event


def _drop(page: QWidget, data: QMimeData) -> None:
    assert _enter(page, data).isAccepted()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(50, 50), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, event)
