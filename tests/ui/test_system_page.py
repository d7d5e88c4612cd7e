"""The System page offscreen: its four states, the views, the chart by keys, and what it costs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.health import HealthState
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from tests.fakes.system import (
    NOW,
    FakeAlerts,
    FakeHealth,
    FakeMonitoring,
    FakeUpkeep,
    alert,
    checks,
    logbook,
    machine,
    snapshot,
)
from ui.focus import FocusNavigator
from ui.pages.system.figures import Figure, Span
from ui.pages.system.page import SystemPage, create
from ui.widgets.overlay import Overlay

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture(autouse=True)
def english() -> None:
    """The usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


@dataclass
class World:
    """The services that watch the station."""

    monitoring: FakeMonitoring = field(default_factory=lambda: FakeMonitoring(snapshot()))
    health: FakeHealth = field(default_factory=lambda: FakeHealth(checks()))
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    upkeep: FakeUpkeep = field(default_factory=FakeUpkeep)


@contextlib.contextmanager
def _page(
    qtbot: QtBot, world: World, size: tuple[int, int] = (1600, 1000), **visit: object
) -> Iterator[tuple[SystemPage, Stage]]:
    with open_stage(FakeLibrary(), logbook=logbook(), **vars(world)) as stage:
        for service in (world.monitoring, world.health, world.alerts):
            service.bus = stage.bus
        page = create(stage.context, lambda: NOW)
        assert isinstance(page, SystemPage)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.opened(**visit)
        qtbot.waitUntil(lambda: page.models.system.machine is not None or _failing(world))
        page.focus_first()
        yield page, stage
        page.shut()
        page.hide()


def _failing(world: World) -> bool:
    return world.health.error is not None


def _charted(qtbot: QtBot, page: SystemPage) -> None:
    """Wait until the library is there and a chart is drawn."""
    qtbot.waitUntil(lambda: page.overview.chart.chart.plot is not None, timeout=20_000)
    qtbot.waitUntil(lambda: page.models.chart.drawn is not None)


def _overlay(page: QWidget) -> Overlay:
    found = [one for one in page.window().findChildren(Overlay) if one.isVisible()]
    assert found
    return found[-1]


# Its four states.


def test_the_page_shows_what_the_drawing_shows(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        view = page.overview
        qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
        assert page.head.about.text().startswith("Orange Pi 6 Plus · up 12 day")
        assert page.head.about.text().endswith("61 °C")
        told = {name: tile.accessibleName() for name, tile in view.tiles.items()}
        assert told["memory"] == "Memory: 36%, 11.6 of 32 GB"
        assert told["disk"] == "Media disk: 80%, 1.59 of 2 TB"
        assert told["network"] == "Network: 12%, 42 ↓ 3 ↑ MB/s"
        assert told["processor"].startswith("Processor: 41%, 12 core")
        assert view.cores.aside.text() == "big · mid · little"
        assert len(view.cores.bars.loads) == 12
        rows = [row.words for row in view.health.rows.values()]
        assert rows[0] == ("My sites", "3 time-outs in 10 min"), "what needs the owner"
        assert ("Database", "0.4 ms · 84 MB") in rows
        assert ("Torrent engine", "3 active · VPN bound") in rows
        _charted(qtbot, page)
        assert view.chart.title.text() == "Searches and streams"
        world.monitoring.tick(snapshot(NOW + 1))
        qtbot.waitUntil(lambda: view.chart.aside.text() == "p50 0.9 s · p95 2.2 s · cache 64%")
        facts = [one.name for one in view.details.disks.rows.facts]
        assert facts == ["/media/films", "/"]
        assert view.details.memory.rows.facts[0].name == "Language model"
        assert view.details.others.isVisible()


def test_before_the_first_second_there_are_quiet_shapes(qtbot: QtBot) -> None:
    world = World(FakeMonitoring(None))
    with _page(qtbot, world) as (page, _stage):
        view = page.overview
        assert view.stack.currentWidget() is view.busy
        world.monitoring.tick(snapshot())
        qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)


def test_a_station_that_cannot_say_is_a_sentence_and_a_button(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        model, view = page.models.system, page.overview
        model._on_failed(Unavailable("errors.server_offline", host="x"))
        assert view.stack.currentWidget() is view.broken
        view.focus_first()
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)


def test_a_chart_that_fails_leaves_the_rest(qtbot: QtBot) -> None:
    world = World()
    world.monitoring.error = Unavailable("errors.server_offline", host="x")
    with _page(qtbot, world) as (page, _stage):
        card = page.overview.chart
        qtbot.waitUntil(lambda: card.place.currentWidget() is card.broken)
        assert "cannot be shown now" in card.why.text()
        assert page.overview.stack.currentWidget() is page.overview.area
        world.monitoring.error = None
        card.again.setFocus()
        QTest.keyClick(card.again, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: card.place.currentWidget() is card.chart)


def test_checks_run_with_a_button_that_is_busy_and_a_bar(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        card, run = page.overview.health, page.head.run
        qtbot.waitUntil(lambda: bool(card.rows))
        seen: list[tuple[bool, bool]] = []
        page.models.system.checking_changed.connect(
            lambda: seen.append((run.busy, card.progress.isVisible()))
        )
        world.health.found = (replace(checks()[6], state=HealthState.GOOD),)
        run.setFocus()
        QTest.keyClick(run, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: (True, True) in seen)
        qtbot.waitUntil(lambda: not run.busy)
        assert not card.progress.isVisible()
        qtbot.waitUntil(lambda: card.aside.text() == "All well")


def test_cores_that_are_all_alike_have_one_colour_and_no_kinds(qtbot: QtBot) -> None:
    world = World()
    world.monitoring.machine = machine(alike=True)
    with _page(qtbot, world) as (page, _stage):
        assert page.overview.cores.aside.text() == ""
        assert len(set(page.overview.cores.bars._kinds)) == 1


def test_a_machine_that_tells_little_shows_what_it_tells(qtbot: QtBot) -> None:
    bare = snapshot(
        temperature=None, disks=(), links=(), accelerators=(), parts=(), mhz=(0.0,) * 12, figures=()
    )
    world = World(FakeMonitoring(bare, ("cpu", "memory")), FakeHealth())
    with _page(qtbot, world) as (page, _stage):
        view = page.overview
        assert "°C" not in page.head.about.text()
        assert view.tiles["disk"].ratio is None
        assert view.tiles["network"].words == "not connected"
        assert "GHz" not in view.tiles["processor"].words
        assert not view.details.others.isVisible()
        assert view.health.none.isVisible()
        _charted(qtbot, page)
        assert set(view.chart.chips) == {Figure.PROCESSOR, Figure.MEMORY}


# Health.


def test_a_press_on_a_part_opens_what_to_do_and_where(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, stage):
        card = page.overview.health
        qtbot.waitUntil(lambda: bool(card.rows))
        row = card.rows["provider:my-sites"]
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_Return)
        panel = card.panel
        assert panel is _overlay(page)
        assert panel is not None
        assert panel.name.text() == "My sites"
        assert panel.state.text().startswith("Worth a look since")
        assert "Settings, Plugins" in panel.mend.text()
        assert panel.focusWidget() is panel.page
        panel.again.click()
        qtbot.waitUntil(lambda: world.health.runs == ["provider:my-sites"])
        qtbot.waitUntil(lambda: not panel.again.busy)
        panel.page.click()
        assert stage.seen.opened == [("settings", {})]
        assert card.panel is None


def test_a_part_that_is_well_offers_nothing_to_mend(qtbot: QtBot) -> None:
    with _page(qtbot, World(), part="database") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.overview.health.rows))
        page.opened(part="database")
        panel = page.overview.health.panel
        assert panel is not None
        assert not panel.page.isVisible()
        assert not panel.mend.isVisible()
        panel.dismiss()


def test_rows_keep_the_focus_when_the_order_changes(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        card = page.overview.health
        qtbot.waitUntil(lambda: "jobs" in card.rows)
        row = card.rows["jobs"]
        row.setFocus()
        world.health.change(replace(checks()[7], state=HealthState.BAD))
        qtbot.waitUntil(lambda: next(iter(card.rows)) == "jobs")
        assert page.focusWidget() is row
        assert "Broken" in row.accessibleName()


def test_more_parts_are_shown_on_wish(qtbot: QtBot) -> None:
    many = [replace(checks()[0], part=f"disk:{n}", name=f"/disk/{n}") for n in range(30)]
    with _page(qtbot, World(health=FakeHealth(many))) as (page, _stage):
        card = page.overview.health
        qtbot.waitUntil(lambda: 8 <= len(card.rows) < 30)
        card.more.click()
        assert len(card.rows) == 30
        card.more.click()
        assert len(card.rows) < 30


# The chart.


def test_the_chart_is_walked_through_by_keys(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        _charted(qtbot, page)
        card, model = page.overview.chart, page.models.chart
        page.head.spans.chosen.emit(Span.DAY)
        card.chips[Figure.PROCESSOR].click()
        qtbot.waitUntil(lambda: model.drawn is not None and model.drawn.span is Span.DAY)
        qtbot.waitUntil(lambda: model.drawn is not None and len(model.drawn.values) == 1)
        chart = card.chart
        chart.setFocus()
        assert not chart.takes_arrow(Qt.Key.Key_Right), "without a cursor it leads on"
        assert chart.takes_arrow(Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_Left)
        assert model.drawn is not None
        assert model.cursor == model.drawn.times[-1]
        assert not chart.takes_arrow(Qt.Key.Key_Right)
        QTest.keyClick(chart, Qt.Key.Key_Left)
        assert model.cursor == model.drawn.times[-2]
        QTest.keyClick(chart, Qt.Key.Key_Home)
        assert model.cursor == model.drawn.times[0]
        assert not chart.takes_arrow(Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_PageDown)
        assert model.cursor == model.drawn.times[12]
        qtbot.waitUntil(lambda: "98 %" in card.reasons.text())
        assert card.reading.text().startswith("17:") or ":" in card.reading.text()
        assert "Processor" in chart.accessibleDescription()
        card.chips[Figure.MEMORY].click()
        qtbot.waitUntil(lambda: "GB" in card.reading.text())  # the same moment of another figure
        assert page.go_back(), "Back takes the cursor away first"
        assert _cursor(page) is None
        assert not page.go_back()


def test_a_cursor_of_the_pointer_goes_with_it_and_one_that_was_pressed_stays(
    qtbot: QtBot,
) -> None:
    with _page(qtbot, World()) as (page, _stage):
        _charted(qtbot, page)
        chart = page.overview.chart.chart
        middle = QPoint(chart.width() // 2, chart.height() // 2)
        _point(chart, middle)
        assert _cursor(page) is not None
        QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
        assert _cursor(page) is None
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)
        QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
        assert _cursor(page) is not None


def _cursor(page: SystemPage) -> float | None:
    return page.models.chart.cursor


def _point(widget: QWidget, place: QPoint) -> None:
    """Move the pointer there; offscreen there is none."""
    none, where = Qt.MouseButton.NoButton, QPointF(place)
    move, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(move, where, where, none, none, keys))


def test_the_lines_are_where_the_cursor_says_they_are(qtbot: QtBot) -> None:
    """The cursor's own reckoning, beside that of the library."""
    with _page(qtbot, World()) as (page, _stage):
        _charted(qtbot, page)
        model, chart = page.models.chart, page.overview.chart.chart
        model.show_span(Span.WEEK)
        model.choose(Figure.PROCESSOR)
        qtbot.waitUntil(lambda: model.drawn is not None and model.drawn.span is Span.WEEK)
        qtbot.waitUntil(lambda: model.drawn is not None and len(model.drawn.values) == 1)
        plot = chart.plot
        assert plot is not None
        qtbot.waitUntil(lambda: plot.widget.width() == chart.width())
        QApplication.processEvents()
        assert model.drawn is not None
        at, mean = model.drawn.values[0].times[300], model.drawn.values[0].means[300]
        box = plot._item.getViewBox()
        theirs = box.mapViewToScene(QPointF(at - model.drawn.end, mean))
        across, dots = chart._spot(model.drawn, at, plot)
        top = chart._place.y()
        assert abs(theirs.x() - across) <= 2
        assert abs(theirs.y() + top - dots[0][0]) <= 2


def test_a_tile_shows_its_figure_and_the_disk_what_takes_space(qtbot: QtBot) -> None:
    with _page(qtbot, World(), (1048, 720)) as (page, stage):
        _charted(qtbot, page)
        page.overview.tiles["memory"].click()
        assert page.models.chart.figure is Figure.MEMORY
        area = page.overview.area
        qtbot.waitUntil(lambda: _seen(page.overview.chart, area.viewport()))
        page.overview.tiles["disk"].click()
        assert stage.seen.opened == [("system", {"view": "storage"})]


# Views, focus and sizes.


def test_views_are_built_when_they_are_first_opened(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, stage):
        built = page.stack.count()
        for place, name in enumerate(name for name in page.head.chips if name != "overview"):
            page.head.chips[name].click()
            assert stage.seen.opened[-1] == ("system", {"view": name})
            page.opened(view=name)
            assert page.stack.currentWidget() is page.view(name)
            assert page.stack.count() == built + place + 1
            assert page.where() == {"view": name}
            assert not page.head.spans.isVisible(), "the time belongs to the chart"
        page.opened()
        assert page.stack.currentWidget() is page.overview
        assert page.where() == {}


def test_an_alert_is_told_in_the_head_and_leads_where_it_is_mended(qtbot: QtBot) -> None:
    world = World(alerts=FakeAlerts([alert()]))
    with _page(qtbot, world, view="alerts") as (page, stage):
        qtbot.waitUntil(lambda: page.head.chips["alerts"].text() == "Alerts · 1")
        qtbot.waitUntil(lambda: bool(page.alerts.active_rows))
        next(iter(page.alerts.active_rows.values())).open.click()
        name, args = stage.seen.opened[-1]
        assert (name, args) == ("system", {"view": "storage"})


def test_what_was_freed_and_what_failed_is_said(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, stage):
        page.models.storage.freed.emit("answers", 3_000_000_000)
        page.models.nights.failed.emit(Unavailable("errors.server_offline", host="nas"))
        assert stage.seen.told[0] == "3 GB are free again"
        assert "nas" in stage.seen.told[1]


def test_the_live_log_lies_below_and_opens_whole(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, stage):
        qtbot.waitUntil(lambda: page.log_card.tail.isVisible())
        page.log_card.opened.emit()
        assert stage.seen.opened == [("system", {"view": "log"})]


@pytest.mark.parametrize("size", [(1048, 720), (1688, 1080), (792, 600)])
def test_the_arrows_reach_everything(qtbot: QtBot, size: tuple[int, int]) -> None:
    with _page(qtbot, World(), size) as (page, _stage):
        _charted(qtbot, page)
        qtbot.waitUntil(lambda: bool(page.overview.chart.chips))
        wanted, reached = _walk(page, page, page.overview.tiles["processor"])
        missing = sorted(
            f"{type(one).__name__} {one.accessibleName()!r}" for one in wanted - reached
        )
        assert missing == []
        assert [one for one in wanted if not (one.accessibleName() or _text(one))] == []


@pytest.mark.parametrize("size", [(1048, 720), (1688, 1080), (792, 600)])
def test_nothing_lies_over_another_or_sticks_out(qtbot: QtBot, size: tuple[int, int]) -> None:
    with _page(qtbot, World(), size) as (page, _stage):
        _charted(qtbot, page)
        qtbot.waitUntil(lambda: _untidy(page) == [])


def _untidy(page: SystemPage) -> list[str]:
    """Parts of the overview that stick out, lie over another, or are too low for what is in them.

    They are laid out a moment after what they show came: ask until there is none.
    """
    view = page.overview
    inside = view.area.widget()
    assert inside is not None
    parts: list[QWidget] = [*view.tiles.values(), view.cores, view.chart, view.health]
    parts += [page.log_card, *(one for one in view.details.cards if one.isVisible())]
    places = [QRect(one.mapTo(inside, QPoint()), one.size()) for one in parts]
    found = [] if inside.width() <= view.area.viewport().width() else ["the page is too wide"]
    for number, (part, place) in enumerate(zip(parts, places, strict=True)):
        name = f"{type(part).__name__} {part.accessibleName()}"
        if not inside.rect().contains(place):
            found.append(f"{name} sticks out")
        if any(place.intersects(other) for other in places[number + 1 :]):
            found.append(f"{name} lies over another")
        if part.height() < part.minimumSizeHint().height():
            found.append(f"{name} is too low")
    return found


def _seen(part: QWidget, viewport: QWidget) -> bool:
    """Whether all of a part is within what is scrolled to."""
    place = QRect(part.mapTo(viewport, QPoint()), part.size())
    return viewport.rect().contains(place)


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _walk(window: QWidget, home: QWidget, start: QWidget) -> tuple[set[QWidget], set[QWidget]]:
    """What the arrows must reach, and what they reach."""
    arrows = FocusNavigator(window, lambda: [home], lambda _key: False, window)
    wanted = set(arrows.candidates())
    reached, todo = set[QWidget](), [start]
    while todo:
        widget = todo.pop()
        if widget in reached:
            continue
        reached.add(widget)
        for key in ARROWS:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            arrows.move(key)
            found = QApplication.focusWidget()
            if found is not None and found not in reached:
                todo.append(found)
    return wanted, reached


# What it costs.


class Painted(QObject):
    """Counts what is painted of some widgets."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.many: dict[QWidget, int] = dict.fromkeys(widgets, 0)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a paint."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.many[watched] += 1
        return False


def test_a_second_that_is_like_the_one_before_repaints_nothing_but_the_chart(
    qtbot: QtBot,
) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        _charted(qtbot, page)
        view = page.overview
        world.monitoring.tick(snapshot(NOW + 1))
        _settle(qtbot, page, NOW + 1)
        painted = Painted(
            *view.tiles.values(), view.cores.bars, view.details.disks.rows, page.head.about,
            *view.health.rows.values(),
        )  # fmt: skip
        world.monitoring.tick(snapshot(NOW + 2))
        _settle(qtbot, page, NOW + 2)
        assert set(painted.many.values()) == {0}
        world.monitoring.tick(snapshot(NOW + 3, cpu=0.99))
        _settle(qtbot, page, NOW + 3)
        changed = [one for one, many in painted.many.items() if many]
        assert changed == [view.tiles["processor"]]


def test_a_page_nobody_sees_asks_and_hears_nothing(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, stage):
        _charted(qtbot, page)
        page.left()
        assert not _awake(page)
        page.opened()
        assert _awake(page)
        page.hide()
        assert not _awake(page)
        with qtbot.waitSignal(page.badge_changed) as told:
            world.alerts.begin(alert())
        assert told.args == [1], "but what is wrong is told all the same"
        asked, before = len(world.monitoring.asked), page.models.system.now
        world.monitoring.tick(snapshot(NOW + 1))
        with qtbot.waitSignal(page.badge_changed) as told:
            world.alerts.begin(alert(2))
        assert told.args == [2]
        assert page.models.system.now is before
        assert len(world.monitoring.asked) == asked
        assert stage.seen.told == []
        page.show()
        qtbot.waitUntil(lambda: page.models.system.now != before)


def _awake(page: SystemPage) -> bool:
    return page.models.system.awake


def _settle(qtbot: QtBot, page: SystemPage, at: float) -> None:
    """Wait until a second is shown and painted."""

    def there() -> bool:
        now = page.models.system.now
        return now is not None and now.at == at

    qtbot.waitUntil(there)
    QApplication.processEvents()
    QApplication.processEvents()


def test_the_library_is_not_imported_with_the_page() -> None:
    import subprocess
    import sys

    code = "import sys, ui.pages.system.page; print({'pyqtgraph', 'numpy'} & {*sys.modules})"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.strip() == "set()"
