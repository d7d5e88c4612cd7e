"""The live log with a hundred thousand lines: opening, scrolling, filtering; beside Qt's own ways.

The peers are what one would take otherwise: a `QPlainTextEdit` with a bounded document, and a
`QListView` over a `QStandardItemModel`, both filled with the same lines in the same run. Times
are those the window's thread works: a machine that does other things as well tells the same.
"""

from __future__ import annotations

import logging
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QWidget

from app.domain.log_lines import DEBUG, INFO, WARNING
from app.infra.log_ring import LogRing
from app.runtime.bus import EventBus
from app.runtime.loop import ServiceLoop
from app.services.monitoring.logbook import Logbook, Sought, text_of
from tests.bench import report
from tests.ui.frame import theme
from ui.bridge import Bridge
from ui.pages.system.log_model import TURN_SECONDS, LogModel
from ui.pages.system.log_view import LogView

MANY = 100_000
FRAMES = 150
WIDE, HIGH = 1592, 900
LOGGERS = ("app.services.search.service", "app.services.downloads.run", "plugins.my_sites",
           "app.services.casting.desk", "app.infra.torrents.engine", "ui.window")  # fmt: skip
pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]


def fill(ring: LogRing, count: int) -> float:
    """Microseconds a line takes to be kept, its record made included."""
    handle = ring.handle
    began = time.thread_time()
    for number in range(count):
        level = WARNING if number % 20 == 0 else INFO if number % 3 else DEBUG
        record = logging.LogRecord(
            LOGGERS[number % 6], level, "", 0, "%d results from %d providers in %.2f s",
            (number, 5, 1.41), None,
        )  # fmt: skip
        handle(record)
    return (time.thread_time() - began) / count * 1e6


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    loop = ServiceLoop("bench log")
    loop.start()
    made = Bridge(loop, EventBus())
    yield made
    made.close()
    loop.stop()


def settle(seconds: float = 0.1) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def frames(step: Callable[[int], None]) -> str:
    """Milliseconds of a frame: the change, and everything until it is painted; best of three."""
    rounds = []
    for _ in range(3):
        settle()
        taken = []
        for number in range(FRAMES):
            began = time.thread_time()
            step(number)
            QApplication.processEvents()
            taken.append((time.thread_time() - began) * 1000)
        rounds.append((statistics.median(taken), sorted(taken)[int(FRAMES * 0.95)], max(taken)))
    p50, p95, most = min(rounds, key=lambda told: told[1])
    return f"p50 {p50:.2f} ms, p95 {p95:.2f}, most {most:.2f}"


def scrolling(view: QWidget, bar: object, pixels: int) -> str:
    value, most = bar.setValue, bar.maximum()  # type: ignore[attr-defined]  # a bar of any of them
    begin = most // 3
    return frames(lambda number: value(min(most, begin + number * pixels)))


def once(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(book: Logbook, bridge: Bridge, figures: dict[str, object]) -> None:
    model = LogModel(book, bridge)
    view = LogView(theme(), model)
    view.resize(WIDE, HIGH)

    def search(act: Callable[[], None]) -> tuple[float, float]:
        """Until the screen shows it, until all is found; and the longest turn by the way."""
        began = time.thread_time()
        act()
        QApplication.processEvents()
        first = (time.thread_time() - began) * 1000
        while model.searching:
            QApplication.processEvents()
        return first, (time.thread_time() - began) * 1000

    first, whole = search(view.show)
    figures["open: the newest lines seen, all there"] = f"{first:.1f} ms, {whole:.1f} ms"
    bar = view.list.verticalScrollBar()
    for pixels in (23, 300, 4000):
        figures[f"scroll {pixels} px"] = scrolling(view, bar, pixels)
    tries: tuple[tuple[str, Callable[[], None]], ...] = (
        ("a level", lambda: model.set_level(WARNING)),
        ("everything again", lambda: model.set_level(DEBUG)),
        ("a part", lambda: model.set_part("downloads")),
        ("all parts again", lambda: model.set_part("")),
        ("a word in every line", lambda: model.set_text("providers")),
        ("a word in one line", lambda: model.set_text("99998 results")),
    )
    for name, act in tries:
        first, whole = search(act)
        figures[f"filter: {name}"] = f"{first:.1f} ms until seen, {whole:.1f} ms until whole"
    model.set_text("")
    while model.searching:
        QApplication.processEvents()
    view.list.set_following(True)
    figures["a look, nothing new"] = f"{min(once(model.look) for _ in range(50)):.3f} ms"
    view.close()
    view.deleteLater()
    settle()


def text_edit(lines: list[str], figures: dict[str, object]) -> None:
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setMaximumBlockCount(MANY)
    edit.setFont(theme().mono(13))
    edit.resize(WIDE, HIGH)
    edit.show()
    settle()

    def put() -> None:
        edit.clear()
        for line in lines:
            edit.appendPlainText(line)

    figures["QPlainTextEdit: fill"] = f"{once(put):.0f} ms"
    bar = edit.verticalScrollBar()
    for rows in (1, 13):
        figures[f"QPlainTextEdit: scroll {rows} lines"] = scrolling(edit, bar, rows)

    def sift() -> None:
        edit.setPlainText("\n".join(line for line in lines if "WARN" in line))

    def whole() -> None:
        edit.setPlainText("\n".join(lines))

    figures["QPlainTextEdit: filter (set anew)"] = f"{once(sift):.0f} ms"
    figures["QPlainTextEdit: back to all"] = f"{once(whole):.0f} ms"
    edit.close()
    edit.deleteLater()
    settle()


def list_view(lines: list[str], figures: dict[str, object]) -> None:
    model = QStandardItemModel()
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(proxy)
    view.setFont(theme().mono(13))
    view.resize(WIDE, HIGH)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.show()
    settle()

    def put() -> None:
        model.invisibleRootItem().appendRows([QStandardItem(line) for line in lines])

    figures["QListView: fill"] = f"{once(put):.0f} ms"
    bar = view.verticalScrollBar()
    for pixels in (23, 300):
        figures[f"QListView: scroll {pixels} px"] = scrolling(view, bar, pixels)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    figures["QListView: filter"] = f"{once(lambda: proxy.setFilterFixedString('WARN')):.0f} ms"
    figures["QListView: back to all"] = f"{once(lambda: proxy.setFilterFixedString('')):.0f} ms"
    view.close()
    view.deleteLater()
    settle()


def test_a_hundred_thousand_lines(bridge: Bridge) -> None:
    theme()
    figures: dict[str, object] = {"lines": MANY}
    ring = LogRing()
    figures["kept: a line"] = f"{min(fill(ring, 20_000) for _ in range(5)):.1f} µs"
    tracemalloc.start()
    measured = LogRing()
    fill(measured, MANY)
    figures["kept: memory"] = f"{tracemalloc.get_traced_memory()[0] / 1e6:.1f} MB"
    tracemalloc.stop()
    book = Logbook(measured)
    bits = [once(lambda: book.find(measured.last() - 4000, measured.last(), Sought(DEBUG, "", "x")))
            for _ in range(20)]  # fmt: skip
    figures["find: 4000 lines by a word"] = f"{min(bits):.2f} ms"
    before = resident()
    ours(book, bridge, figures)
    figures["view: memory more"] = f"{resident() - before:.0f} MB"
    lines = [text_of(line) for line in book.after(0, MANY)]
    assert len(lines) == MANY
    for name, peer in (("QListView", list_view), ("QPlainTextEdit", text_edit)):
        before = resident()
        peer(lines, figures)
        figures[f"{name}: memory more"] = f"{resident() - before:.0f} MB"
    figures["a turn of the window, at most"] = f"{TURN_SECONDS * 1000:.0f} ms and one slice"
    report.write("log", figures)
