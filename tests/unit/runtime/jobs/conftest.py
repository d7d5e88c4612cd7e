"""An engine on a job file of its own, with the tables and queues made once for all tests."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import JobProgressed, JobState
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine, JobKind
from app.runtime.jobs.store import JobStore

NAMES = ("test.work", "test.part")
Body = Callable[..., Awaitable[Any]]


class Bench:
    """Engines for one test, and what they told the bus."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.events: list[JobProgressed] = []
        self.bus = EventBus()
        self.bus.on(JobProgressed, self.events.append)
        self.engines: list[JobEngine] = []

    def make(self, *kinds: JobKind, sleep_after: float = 60.0) -> JobEngine:
        engine = JobEngine(self.place, self.bus, sleep_after=sleep_after)
        for kind in kinds:
            engine.register(kind)
        self.engines.append(engine)
        return engine

    async def start(
        self, body: Body, part: Body | None = None, *, sleep_after: float = 60.0, **options: Any
    ) -> JobEngine:
        kinds = [kind("test.work", body, **options)]
        if part is not None:
            kinds.append(kind("test.part", part))
        engine = self.make(*kinds, sleep_after=sleep_after)
        await engine.start()
        return engine

    async def shift_schedules(self, seconds: float) -> None:
        """Change the file as if each schedule had been served that much later (or earlier)."""
        store = JobStore(self.place)
        await store.open()
        for entry in await store.schedules():
            later = dataclasses.replace(entry, last=entry.last + seconds)
            await store.put_schedule(entry.name, later)
        await store.close()

    def states(self, job: str) -> list[JobState]:
        """The states of a job in order, repeats folded."""
        found: list[JobState] = []
        for event in self.events:
            if event.job == job and found[-1:] != [event.state]:
                found.append(event.state)
        return found


def kind(name: str, body: Body, **options: Any) -> JobKind:
    return JobKind(name, body, **{"poll": 0.05, **options})


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It did not happen")


async def nothing(job: object) -> None:
    """The body of a job that does nothing."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job file on which both kinds have run once."""
    place = tmp_path_factory.mktemp("jobs") / "jobs.db"

    async def make() -> None:
        bench = Bench(place)
        engine = bench.make(*(kind(name, nothing) for name in NAMES))
        await engine.start()
        await engine.wait(await engine.submit(NAMES[0], key="first"))
        await engine.prune(-3600)
        await engine.stop()

    with asyncio.Runner() as runner:
        runner.run(make())
    return place


@pytest.fixture
def bench_place(template: Path, tmp_path: Path) -> Path:
    """A job file that has its tables."""
    for file in template.parent.glob("jobs.db*"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / template.name


@pytest.fixture
async def bench(bench_place: Path) -> AsyncIterator[Bench]:
    """Engines for the test, stopped after it."""
    bench = Bench(bench_place)
    yield bench
    for engine in bench.engines:
        await engine.stop()
