"""What the open System page costs at a second each second, and how soon a year is on the screen."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.monitoring import Track
from app.services.monitoring.history import History
from app.services.monitoring.history_tables import YEAR
from tests.bench import report
from tests.bench.test_sampling import fill
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from tests.fakes.system import (
    NOW,
    FakeAlerts,
    FakeHealth,
    FakeMonitoring,
    FakeUpkeep,
    checks,
    logbook,
    snapshot,
)
from ui.pages.system.figures import Figure, Span
from ui.pages.system.page import SystemPage, create

SECONDS = 20
TURNS = 15
MOST_MS = 100.0
SIZE = (1688, 1080)  # of the page in a window of 1920 by 1080
pytestmark = pytest.mark.bench


class Lively(FakeMonitoring):
    """A machine of which everything is another each second; it ticks in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(snapshot())
        self._over = threading.Event()
        self._dice = random.Random(1)  # noqa: S311 - loads, no secrets
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        at = NOW
        while not self._over.wait(1.0):
            at += 1
            dice, now = self._dice.random, snapshot(at)
            self.tick(replace(
                now, cpu=dice(), cores=tuple(dice() for _ in now.cores),
                memory_used=int(now.memory_total * (0.3 + 0.1 * dice())),
                temperature=50 + 20 * dice(),
                parts=tuple(replace(one, cpu=dice() * 4) for one in now.parts),
                disks=tuple(replace(one, read=dice() * 1e8, wait=dice() * 50) for one in now.disks),
                links=(replace(now.links[0], received=dice() * 1e8), now.links[1]),
                figures=(("search.p50", dice()), ("search.p95", 1 + dice())),
            ))  # fmt: skip


class Remembering(Lively):
    """The same, with a year that lies in a real file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.history = History(path, clock=lambda: float(NOW))

    async def track(self, name: str, start: float, end: float, points: int = 600) -> Track:
        """What the file holds."""
        return await self.history.track(name, start, end, points)

    async def names(self) -> tuple[str, ...]:
        """What the file knows."""
        return await self.history.names()


@pytest.fixture
def remembering(tmp_path: Path) -> Iterator[tuple[SystemPage, Stage, Lively]]:
    """The page over a year of 60 figures in a real file, and what the station did by the fake."""
    path, end = tmp_path / "history.db", int(NOW) // YEAR.chunk * YEAR.chunk
    fill(path, end, ["cpu", *(f"figure.{number}" for number in range(59))])
    lively = Remembering(path)
    with shown(lively) as (page, stage):
        bridge = stage.context.bridge
        started: list[object] = []
        bridge.call(lively.history.start(), started.append, None, page)
        until(lambda: started)
        yield page, stage, lively
        stopped: list[object] = []
        bridge.call(lively.history.stop(), stopped.append, None, page)
        until(lambda: stopped)


@pytest.fixture
def opened() -> Iterator[tuple[SystemPage, Stage, Lively]]:
    """The page in a window of its own, with a chart drawn."""
    lively = Lively()
    with shown(lively) as (page, stage):
        yield page, stage, lively


@contextmanager
def shown(lively: Lively) -> Iterator[tuple[SystemPage, Stage]]:
    """The page over this machine, in a window, until it is left."""
    with open_stage(
        FakeLibrary(), monitoring=lively, health=FakeHealth(checks()), alerts=FakeAlerts(),
        upkeep=FakeUpkeep(), logbook=logbook(),
    ) as stage:  # fmt: skip
        lively.bus = stage.bus
        page = create(stage.context, lambda: float(NOW))
        assert isinstance(page, SystemPage)
        page.resize(*SIZE)
        page.show()
        page.opened()
        lively.start()
        until(lambda: page.overview.chart.chart.plot is not None and page.models.chart.drawn)
        turn(2.0)
        yield page, stage
        lively.stop()
        page.shut()
        page.hide()
        page.deleteLater()
        turn(0.1)


def turn(seconds: float) -> None:
    """Let Qt run as it does in the program: it sleeps while there is nothing to do."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(check: Callable[[], object], seconds: float = 30.0) -> None:
    """Let Qt run until something is there."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end
        turn(0.01)


def share(seconds: float) -> tuple[float, float]:
    """How much of a core the process and the window's thread take, in per cent."""
    whole, own, began = time.process_time(), time.thread_time(), time.perf_counter()
    turn(seconds)
    taken = time.perf_counter() - began
    return (time.process_time() - whole) / taken * 100, (time.thread_time() - own) / taken * 100


def test_what_the_open_page_costs(opened: tuple[SystemPage, Stage, Lively]) -> None:
    page, _stage, _lively = opened
    figures: dict[str, object] = {}
    for name, figure in (("searches", Figure.SEARCHES), ("network", Figure.NETWORK)):
        page.models.chart.choose(figure)
        turn(1.0)
        process, window = share(SECONDS)
        figures[f"open, {name}: per cent of a core"] = round(process, 2)
        figures[f"open, {name}: of it the window's thread"] = round(window, 2)
    page.models.chart.show_span(Span.YEAR)
    turn(1.0)
    figures["open, a year: per cent of a core"] = round(share(SECONDS)[0], 2)
    page.hide()
    figures["hidden: per cent of a core"] = round(share(SECONDS / 2)[0], 2)
    report.write("system_page", figures)


def test_how_soon_a_year_is_on_the_screen(opened: tuple[SystemPage, Stage, Lively]) -> None:
    """From the press until it is painted; the answers of the services are there at once."""
    report.write("system_page_year", _year(opened[0]))


def test_how_soon_a_real_year_is_on_the_screen(
    remembering: tuple[SystemPage, Stage, Lively],
) -> None:
    """The same with the history's own file under it: all of what a person waits for."""
    figures = _year(remembering[0])
    report.write("system_page_real_year", figures)
    assert float(str(figures["median ms"])) <= MOST_MS


def _year(page: SystemPage) -> dict[str, object]:
    model = page.models.chart
    model.choose(Figure.PROCESSOR)
    taken, spent = [], []
    for _ in range(TURNS):
        model.show_span(Span.NOW)
        until(lambda: model.drawn is not None and model.drawn.span is Span.NOW)
        turn(0.2)
        began, own = time.perf_counter(), time.thread_time()
        model.show_span(Span.YEAR)
        while model.drawn is None or model.drawn.span is not Span.YEAR:
            QApplication.processEvents()
        QApplication.processEvents()  # it is laid out
        QApplication.processEvents()  # and painted
        taken.append((time.perf_counter() - began) * 1000)
        spent.append((time.thread_time() - own) * 1000)
    return {
        "median ms": round(statistics.median(taken), 1), "slowest ms": round(max(taken), 1),
        "median ms the window's thread was busy": round(statistics.median(spent), 1),
        "points": len(model.drawn.values[0].times) if model.drawn is not None else 0,
    }  # fmt: skip
