"""The whole of it on a real bus and the real machine: seconds, history, doings, reasons."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from app.domain.events import JobProgressed, JobState, MachineSampled
from app.domain.monitoring import DoingKind, Snapshot
from app.infra.machine.disks import Place
from app.infra.machine.reader import MachineReader
from app.runtime.bus import EventBus
from app.services.monitoring import sampling
from app.services.monitoring.history import History
from app.services.monitoring.sampling import Series
from app.services.monitoring.service import MonitoringService
from tests.unit.infra.machine import trees


class Seconds:
    """Those a service makes."""

    def __init__(self, bus: EventBus) -> None:
        self.all: list[Snapshot] = []
        self._came = asyncio.Event()
        bus.on(MachineSampled, self._take)

    async def next(self, count: int = 1) -> list[Snapshot]:
        wanted = len(self.all) + count
        async with asyncio.timeout(50):
            while len(self.all) < wanted:
                self._came.clear()
                await self._came.wait()
        return self.all[-count:]

    def _take(self, event: MachineSampled) -> None:
        self.all.append(event.snapshot)
        self._came.set()


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def seconds(bus: EventBus) -> Seconds:
    return Seconds(bus)


def made(bus: EventBus, path: Path, reader: MachineReader | None = None) -> MonitoringService:
    place = Place(os.fsencode(path), media=True, system=True)
    history = History(path / "history.db")
    return MonitoringService(bus, reader or MachineReader(), history, lambda: [place])


@pytest.fixture
async def service(bus: EventBus, tmp_path: Path) -> AsyncIterator[MonitoringService]:
    service = made(bus, tmp_path)
    await service.start()
    yield service
    await service.stop()


async def test_seconds_of_this_machine(service: MonitoringService, seconds: Seconds) -> None:
    service.add(lambda: {"streams": 2.0})
    first, second = await seconds.next(2)
    assert service.now is second
    assert len(second.cores) == len(second.mhz) == len(service.machine.cores)
    assert 0 < second.memory_used < second.memory_total
    assert second.at > first.at
    assert dict(second.figures) == {"streams": 2.0}
    names = await service.names()
    assert {"cpu", "cpu.0", "memory", "streams"} <= set(names)
    track = await service.track("streams", first.at, second.at)
    assert track.means == (2.0, 2.0)
    assert track.span == 1.0


async def test_the_disk_and_the_station_are_among_them(
    service: MonitoringService, seconds: Seconds
) -> None:
    (last,) = await seconds.next()
    while not (last.disks and last.parts):
        (last,) = await seconds.next()
    assert last.disks[0].media
    assert last.disks[0].total > last.disks[0].used > 0
    assert "station" in {part.part for part in last.parts}
    assert "memory.station" in await service.names()


async def test_what_went_on_is_known_after_a_start(
    bus: EventBus, tmp_path: Path, seconds: Seconds
) -> None:
    service = made(bus, tmp_path)
    await service.start()
    (began,) = await seconds.next()
    bus.publish(JobProgressed("j", "upkeep.backup", JobState.RUNNING))
    (job,) = await service.doings(began.at - 60, began.at + 60)
    assert (job.kind, job.label, job.end) == (DoingKind.JOB, "upkeep.backup", None)
    bus.publish(JobProgressed("j", "upkeep.backup", JobState.DONE))
    bus.publish(JobProgressed("k", "results.fetch", JobState.RUNNING))
    (last,) = await seconds.next()
    await service.stop()
    again = made(bus, tmp_path)
    await again.start()
    await seconds.next()
    told = await again.doings(began.at - 60, last.at + 60)
    assert {one.label for one in told} == {"upkeep.backup", "results.fetch"}
    assert all(one.end is not None for one in told)  # nothing goes on that ended with the station
    bus.publish(JobProgressed("l", "library.other", JobState.RUNNING))
    assert len(await again.doings(began.at - 60, last.at + 600)) == 3
    assert "cpu" in await again.names()
    await again.stop()


async def test_why(service: MonitoringService, seconds: Seconds) -> None:
    (last,) = await seconds.next()
    told = await service.why(last.at)
    assert all(one.key.startswith("monitoring.why.") for one in told)
    assert "monitoring.why.unknown" not in {one.key for one in told}
    (long_ago,) = await service.why(last.at - 10**7)
    assert long_ago.key == "monitoring.why.unknown"


async def test_a_share_that_hangs_is_late_for_nobody(
    bus: EventBus, tmp_path: Path, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "LIMIT", 0.05)
    gate = threading.Event()

    def hang(path: bytes) -> os.statvfs_result:
        if path != b"/":
            gate.wait()
        return os.statvfs(b"/")

    root = trees.board(tmp_path / "root")
    reader = MachineReader(root, space=hang)
    places = [Place(b"/media/nas/films", media=True), Place(b"/srv", system=True)]
    history = History(tmp_path / "history.db")
    service = MonitoringService(bus, reader, history, lambda: places)
    await service.start()
    (last,) = await seconds.next()
    while not last.disks:
        (last,) = await seconds.next()
    assert [disk.name for disk in last.disks] == ["nvme0n1p2"]
    assert last.temperature == 61.5
    await service.stop()
    gate.set()


async def test_a_part_whose_figures_fail_takes_those_of_no_other(
    service: MonitoringService, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Mapping[str, float]:
        raise ZeroDivisionError

    service.add(lambda: {"one": 1.0, "none": float("nan"), "x" * 500: 2.0})
    service.add(fail)
    service.add(lambda: {"two": 2.0})
    (last, _) = await seconds.next(2)
    told = dict(last.figures)
    assert told == {"one": 1.0, "x" * sampling.LONGEST_NAME: 2.0, "two": 2.0}
    assert caplog.text.count("cannot be told") == 1


async def test_a_minute_is_one_transaction(
    bus: EventBus, tmp_path: Path, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    async def flush(_self: History, _doings: object) -> bool:
        written.append(watching._taken)
        return True

    watching = made(bus, tmp_path)
    second = Snapshot(0.0, 0.5, (0.5,), (0.0,), 1, 2)
    await watching.start()
    monkeypatch.setattr(History, "flush", flush)
    await seconds.next()  # by then the file is open, or the first minute is not written yet
    for _ in range(241 - watching._taken):
        watching._take(second)
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert 3 <= len(written) <= 4
    await watching.stop()


async def test_one_that_ends_before_it_has_begun(bus: EventBus, tmp_path: Path) -> None:
    service = made(bus, tmp_path)
    await service.start()
    await service.stop()
    assert service.now is None
    again = made(bus, tmp_path)
    await again.start()
    await asyncio.sleep(0)
    await again.stop()


def test_figures_by_their_names() -> None:
    board = Snapshot(0.0, 0.5, (0.25, 0.75), (1200.0, 0.0), 100, 200, throttled=True)
    told = Series().of(board)
    assert told == {
        "cpu": 0.5, "memory": 100, "swap": 0, "throttled": True, "cpu.0": 0.25, "cpu.1": 0.75,
        "mhz.0": 1200.0,
    }  # fmt: skip
