"""Reading names: few right here, many in real workers, and all of them whatever happens there."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Sequence

import pytest

from app.domain.release import Release, parse
from app.infra.probe import Probe
from app.services.search import names as names_module
from app.services.search.names import AT_ONCE, NameReader

MANY = [f"Film.{n}.{1950 + n % 70}.1080p.BluRay.x264-GRP{n % 9}" for n in range(2000)]
SOME = MANY[:100]


@pytest.fixture
async def probe() -> AsyncIterator[Probe]:
    made = Probe(workers=2)
    yield made
    await made.close()


@pytest.fixture
async def reader(probe: Probe) -> NameReader:
    """One whose worker is up."""
    made = NameReader(probe)
    await made.warm_up()
    return made


class Turns:
    """Counts how often the loop came to do something else."""

    def __init__(self) -> None:
        self.count = 0
        self._task = asyncio.create_task(self._go())

    async def _go(self) -> None:
        while True:
            await asyncio.sleep(0)
            self.count += 1

    def stop(self) -> int:
        self._task.cancel()
        return self.count


async def test_few_names_need_no_worker(probe: Probe) -> None:
    few = MANY[:AT_ONCE]
    assert await NameReader(probe).read(few) == [parse(name) for name in few]
    assert probe.processes() == []


async def test_many_names_are_read_elsewhere_and_in_order(
    reader: NameReader, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [parse(name) for name in MANY[::97]]
    monkeypatch.setattr(names_module, "parse", None)
    turns = Turns()
    found = await reader.read(MANY)
    assert turns.stop() > 10
    assert [release.name for release in found] == MANY
    assert [release.year for release in found] == [1950 + n % 70 for n in range(2000)]
    assert found[::97] == expected
    assert 0 < len(probe.processes()) <= 2


async def test_before_a_worker_is_up_many_names_hold_up_nobody(probe: Probe) -> None:
    turns = Turns()
    found = await NameReader(probe).read(MANY)
    assert turns.stop() > 10
    assert [release.name for release in found] == MANY
    assert probe.processes() == []


async def test_the_same_name_twice_is_read_once(reader: NameReader) -> None:
    names = [*MANY[:5], *MANY[:5], "", ""]
    assert await reader.read(names) == [parse(name) for name in names]
    assert await reader.read([]) == []


async def test_what_was_read_is_known(reader: NameReader, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await reader.read(SOME)
    monkeypatch.setattr(reader, "_portion", None)
    monkeypatch.setattr(names_module, "parse", None)
    assert await reader.read(SOME) == first


async def test_a_killed_worker_costs_no_answer(reader: NameReader, probe: Probe) -> None:
    reading = asyncio.create_task(reader.read(MANY))
    killed = 0
    while not reading.done():
        for pid in probe.processes() if killed < 3 else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        await asyncio.sleep(0.01)
    assert killed >= 2
    assert await reading == [parse(name) for name in MANY]


async def test_a_worker_that_died_resting_is_replaced(reader: NameReader, probe: Probe) -> None:
    (pid,) = probe.processes()
    os.kill(pid, signal.SIGKILL)
    assert await reader.read(SOME) == [parse(name) for name in SOME]
    assert probe.processes() != [pid]


async def test_without_any_worker_names_are_read_here(reader: NameReader, probe: Probe) -> None:
    await probe.close()
    assert await reader.read(SOME) == [parse(name) for name in SOME]


async def test_a_worker_that_is_too_slow_is_not_waited_for() -> None:
    slow = Probe(workers=1, deadline=0.0001)
    try:
        reader = NameReader(slow)
        await reader.warm_up()
        assert await reader.read(MANY[:60]) == [parse(name) for name in MANY[:60]]
    finally:
        await slow.close()


async def test_hostile_names_read_the_same_in_a_worker(reader: NameReader) -> None:
    hostile = [
        "x" * 300, "[" * 300, "(" * 150 + ")" * 150, "." * 300, "1080p" * 60, "S01E01" * 50,
        "\u202e\x00\x1b[31m", "\U0001f3ac" * 100, "-".join("a" * 150), "2001 " * 60,
        "'; DROP TABLE", "{}{0}%s%n", "\\" * 300, '"' * 300, "\n" * 300,
    ]  # fmt: skip
    names = hostile + SOME
    assert await reader.read(names) == [parse(name) for name in names]


async def test_several_may_read_while_the_oldest_are_forgotten(
    reader: NameReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_module, "KEPT", 60)
    await reader.read(MANY[:20])
    gate, portion = asyncio.Event(), reader._portion

    async def held_up(names: Sequence[str]) -> list[Release]:
        if names[0] == MANY[20]:
            await gate.wait()
        return await portion(names)

    monkeypatch.setattr(reader, "_portion", held_up)
    first = asyncio.create_task(reader.read(MANY[:60]))
    await asyncio.sleep(0)
    assert len(await reader.read(MANY[100:300])) == 200  # and the first twenty are forgotten
    gate.set()
    assert [release.name for release in await first] == MANY[:60]
    assert len(reader._known) <= 60
