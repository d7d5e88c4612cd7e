"""The meters over the real job engine: what waits is counted, also over a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.domain.events import JobState
from app.infra.browser.pool import BrowserPool
from app.runtime.jobs import JobContext, JobEngine
from app.services.monitoring.gauges import gauges_of
from app.services.monitoring.meters import Meters
from app.services.monitoring.works import RENDERS
from tests.unit.runtime.jobs.conftest import Bench, kind, until


async def _rows() -> tuple[object, ...]:
    return ()


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "jobs.db")
    yield made
    for engine in made.engines:
        await engine.stop()


@pytest.fixture
async def browser() -> AsyncIterator[BrowserPool]:
    made = BrowserPool(size=3)
    yield made
    await made.close()


async def begun(bench: Bench, engine: JobEngine, browser: BrowserPool) -> Meters:
    downloads = cast("Any", SimpleNamespace(rows=_rows))
    meters = Meters(bench.bus)
    meters.add_gauges(gauges_of(engine, downloads, browser))
    await meters.start()
    await engine.start()
    await meters.start_jobs()
    return meters


async def test_what_waits_is_counted_also_over_a_restart(
    bench: Bench, browser: BrowserPool
) -> None:
    go = asyncio.Event()

    async def body(_job: JobContext) -> None:
        await go.wait()

    def engine_of() -> JobEngine:
        return bench.make(kind(RENDERS, body, concurrency=1))

    def waiting(meters: Meters) -> float:
        return meters.figures()["render_queue"]

    engine = engine_of()
    meters = await begun(bench, engine, browser)
    assert waiting(meters) == 0
    for number in range(3):
        await engine.submit(RENDERS, key=f"video/{number}")
    await until(lambda: waiting(meters) == 2, 60.0)  # one is being made
    later = await engine.submit(RENDERS, key="video/later", delay=3_600.0)
    assert waiting(meters) == 2  # it waits for its hour, not for its turn
    await engine.cancel(later)
    meters.stop()
    await engine.stop()

    again = engine_of()
    meters = await begun(bench, again, browser)
    await until(lambda: waiting(meters) == 2, 60.0)
    go.set()
    for number in range(3):
        await again.wait(f"video/{number}")
    await until(lambda: waiting(meters) == 0, 60.0)
    assert len(await again.list(states=[JobState.DONE])) == 3
    text = meters.text().decode()
    assert 'sokoul_queue_depth{queue="studio.make"} 0.0' in text
    assert "sokoul_browser_pool_usage 0.0" in text
    meters.stop()
