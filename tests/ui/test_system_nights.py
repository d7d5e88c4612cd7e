"""The nights and the storage of the System page: what they show, say and do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import JobProgressed, JobState, UpkeepChanged
from app.domain.upkeep import Backup, DiskSpace, Night, Space, SpaceUse
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from tests.fakes.services import running_bridge
from tests.ui.frame import focused, theme
from ui.bridge import Bridge
from ui.pages.system.nights_model import NightsModel
from ui.pages.system.nights_view import NightsView
from ui.pages.system.storage_model import StorageModel
from ui.pages.system.storage_view import StorageView

AT = 1_795_000_000.0
NIGHTS = (
    Night("upkeep.backup", "upkeep.backup", "5 4 * * *", AT + 9_000, "j1", JobState.DONE, AT,
          AT + 12.0),
    Night("results", "results.fetch", "17 0,6,12,18 * * *", AT + 3_000, "j2", JobState.FAILED, AT,
          AT + 2.0, error="errors.backup_failed",
          error_args={"folder": "/mnt/nas", "reason": "No space left on device"}),
    Night("upkeep.scan", "upkeep.scan", "50 4 * * *", AT + 9_500),
)  # fmt: skip
BACKUPS = (Backup("sokoul-2026-11-25", "/data/backups/sokoul-2026-11-25", AT, 88_000_000),)
GB = 1_000_000_000
SPACE = Space(
    AT,
    (
        SpaceUse("library", "/media/films", 900 * GB, 1284, "/media", page="library"),
        SpaceUse("downloads", "/media/loads", 60 * GB, 12, "/media", page="downloads"),
        SpaceUse("answers", "/home/o/.cache/sokoul/plugins", GB, 900, "/", freeable=True),
        SpaceUse("database", "/home/o/.local/share/sokoul/station.db", GB // 10, 1, "/"),
    ),
    (DiskSpace("/media", 2000 * GB, 420 * GB), DiskSpace("/", 60 * GB, 30 * GB)),
)


class FakeUpkeep:
    """Remembers what it was asked; `error` is raised by everything."""

    def __init__(self) -> None:
        self.nights_now: tuple[Night, ...] = NIGHTS
        self.backups_now: tuple[Backup, ...] = BACKUPS
        self.space_now = SPACE
        self.error: Exception | None = None
        self.asked: list[tuple[str, object]] = []

    async def nights(self) -> tuple[Night, ...]:
        self._raise()
        return self.nights_now

    async def backups(self) -> tuple[Backup, ...]:
        return self.backups_now

    async def run(self, name: str) -> str:
        self.asked.append(("run", name))
        self._raise()
        return "job"

    async def cancel(self, name: str) -> None:
        self.asked.append(("cancel", name))

    async def space(self, *, fresh: bool = False) -> Space:
        self.asked.append(("space", fresh))
        self._raise()
        return self.space_now

    async def free(self, part: str) -> int:
        self.asked.append(("free", part))
        self._raise()
        return GB

    def _raise(self) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture(autouse=True)
def english() -> None:
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture
def upkeep() -> FakeUpkeep:
    return FakeUpkeep()


@pytest.fixture
def world() -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as made:
        yield made


def say(key: str, args: object) -> str:
    return Phrases(lambda: "en").say(key)


def show(qtbot: QtBot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.activateWindow()


def nights(qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep) -> NightsView:
    model = NightsModel(world[0], upkeep, say)
    view = NightsView(theme(), model)
    model.setParent(view)
    show(qtbot, view)
    assert view.stack.currentWidget() is view.busy
    model.wake()
    return view


def test_nights_tell_what_they_did_and_when_they_come(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    view = nights(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    done, failed, never = view.rows.values()
    assert done.name.text() == "Backup of the station"
    assert done.last.text().startswith("Done ")
    assert done.last.text().endswith("12 s")
    assert "No space left on device" in failed.last.text()
    assert failed.last.property("tone") == "bad"
    assert never.last.text() == "Has not run yet"
    assert never.next.text().startswith("Next ")
    assert len(view.backup_rows) == 1
    assert not view.none.isVisible()


def test_a_night_is_run_and_cancelled_with_the_keys(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    view = nights(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    view.focus_first()
    upkeep.nights_now = (replace(NIGHTS[0], state=JobState.RUNNING), *NIGHTS[1:])
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    row = view.rows["upkeep.backup"]
    qtbot.waitUntil(lambda: row.button.text() == "Cancel")
    assert upkeep.asked == [("run", "upkeep.backup")]
    assert focused() is row.button
    world[1].publish(JobProgressed("j1", "upkeep.backup", JobState.RUNNING, 0.5))
    qtbot.waitUntil(lambda: row.bar.value == 0.5)
    upkeep.nights_now = NIGHTS
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.button.text() == "Run now")
    assert upkeep.asked[-1] == ("cancel", "upkeep.backup")


def test_nights_follow_what_happens_while_somebody_looks(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    view = nights(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    upkeep.backups_now = ()
    world[1].publish(UpkeepChanged())
    qtbot.waitUntil(lambda: not view.backup_rows)
    assert view.none.isVisible()


def test_nights_that_cannot_be_told_are_asked_again(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    upkeep.error = Unavailable("errors.jobs_stopped")
    view = nights(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.broken)
    upkeep.error = None
    view.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)


def storage(qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep) -> StorageView:
    model = StorageModel(world[0], upkeep, say)
    view = StorageView(theme(), model)
    model.setParent(view)
    show(qtbot, view)
    model.wake()
    return view


def test_parts_stand_on_their_disk_largest_first(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    view = storage(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    media, root = view.cards
    assert media.title.text() == "/media"
    assert media.free.text() == "420 GB free of 2 TB"
    assert [row.name.text() for row in media.parts] == ["Library", "Downloads"]
    assert [row.button.isVisible() for row in root.parts] == [True, False]
    opened: list[str] = []
    view.open_wished.connect(opened.append)
    media.parts[0].button.click()
    assert opened == ["library"]


def test_what_can_be_remade_is_emptied(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    view = storage(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    model = view.findChild(StorageModel)
    assert model is not None
    with qtbot.waitSignal(model.freed) as told:
        view.cards[1].parts[0].button.click()
    assert told.args == ["answers", GB]
    qtbot.waitUntil(lambda: upkeep.asked[-1] == ("space", False))
    assert ("free", "answers") in upkeep.asked


def test_disks_that_cannot_be_measured_are_asked_again(
    qtbot: QtBot, world: tuple[Bridge, EventBus], upkeep: FakeUpkeep
) -> None:
    upkeep.error = Unavailable("errors.jobs_stopped")
    view = storage(qtbot, world, upkeep)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.broken)
    upkeep.error = None
    view.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.area)
    assert upkeep.asked[-1] == ("space", True)
