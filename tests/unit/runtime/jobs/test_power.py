"""The engine sleeps, wakes, stops and starts again without losing anything."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, ToolFailed, Unavailable
from app.domain.events import JobState
from app.runtime import children
from app.runtime.bus import EventBus
from app.runtime.jobs import JobContext, JobEngine
from app.runtime.loop import ServiceLoop
from tests.unit.runtime.jobs.conftest import Bench, kind, nothing, until

EVERY_YEAR = "0 0 1 1 *"
COLD_START = """
import asyncio, sys
from pathlib import Path
from app.infra.database import driver
driver.install()
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine, JobKind

async def body(job): pass

async def main():
    engine = JobEngine(Path(sys.argv[1]), EventBus())
    engine.register(JobKind("test.work", body))
    await engine.start()
    await asyncio.sleep(0.3)
    await engine.list()
    assert not engine.awake
    await engine.stop()
    heavy = {"dbos", "sqlalchemy", "croniter", "psycopg"} & set(sys.modules)
    assert not heavy, heavy

asyncio.run(main())
"""


def awake(engine: JobEngine) -> bool:
    return engine.awake  # a call, for the type checker believes in attributes that stay


async def test_without_work_nothing_is_imported(tmp_path: Path) -> None:
    place = str(tmp_path / "new.db")
    command = [sys.executable, "-c", COLD_START, place]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


async def test_sleeps_and_wakes_again(bench: Bench) -> None:
    engine = await bench.start(nothing, sleep_after=0.3)
    assert not awake(engine)
    loop = asyncio.get_running_loop()
    before = await asyncio.to_thread(lambda: "threads work")
    executor = loop._default_executor  # type: ignore[attr-defined] # what DBOS would replace
    for round_ in range(3):
        job = await engine.submit("test.work", key=str(round_))
        assert awake(engine)
        await engine.wait(job)
        assert loop._default_executor is executor  # type: ignore[attr-defined]  # not public
        await until(lambda: not awake(engine))
        assert await asyncio.to_thread(lambda: "threads work") == before
        assert len(await engine.list()) == round_ + 1
        assert not awake(engine)


async def test_other_threads_work_on_while_it_falls_asleep(bench: Bench) -> None:
    engine = await bench.start(nothing, sleep_after=0.3)
    await engine.wait(await engine.submit("test.work", key="k"))
    counted = 0
    while awake(engine) or counted < 50:
        counted += await asyncio.to_thread(lambda: 1)
        await asyncio.sleep(0.005)
    pending = [asyncio.create_task(asyncio.to_thread(time.sleep, 0.05)) for _ in range(40)]
    await asyncio.gather(*pending)


async def test_stop_leaves_running_jobs_to_the_next_start(bench: Bench) -> None:
    done: list[str] = []
    inside = asyncio.Event()

    async def quick() -> None:
        done.append("quick")

    async def long() -> None:
        if not inside.is_set():
            inside.set()
            await asyncio.sleep(60)
        done.append("long")

    async def body(job: JobContext) -> str:
        await job.step("quick", quick)
        job.progress(0.5, "jobs.half")
        await job.step("long", long)
        return "whole"

    engine = await bench.start(body)
    await engine.submit("test.work", key="k")
    await asyncio.wait_for(inside.wait(), 10)
    waiting = asyncio.create_task(engine.wait("k"))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await engine.stop()
    assert time.monotonic() - begun < 2
    with pytest.raises(Unavailable, match=r"errors\.jobs_stopped"):
        await waiting
    with pytest.raises(Unavailable, match=r"errors\.jobs_stopped"):
        await engine.submit("test.work", key="late")
    again = bench.make(*engine._kinds.values())
    await again.start()
    assert (await again.info("k")).state is JobState.RUNNING
    assert (await again.info("k")).message == "jobs.half"
    assert await again.wait("k") == "whole"
    assert done == ["quick", "long"]


async def test_a_body_that_will_not_end_does_not_hold_up_the_stop(bench: Bench) -> None:
    inside = asyncio.Event()

    async def deaf() -> None:
        inside.set()
        for _ in range(15):
            try:
                await asyncio.sleep(0.1)
            except asyncio.CancelledError:
                continue

    async def body(job: JobContext) -> None:
        await job.step("deaf", deaf)

    engine = await bench.start(body)
    await engine.submit("test.work", key="k")
    await asyncio.wait_for(inside.wait(), 10)
    begun = time.monotonic()
    await engine.stop()
    assert time.monotonic() - begun < 2.2
    await asyncio.sleep(0.8)


async def test_a_second_engine_on_the_file_is_refused(bench: Bench) -> None:
    first = await bench.start(nothing)
    second = JobEngine(bench.place, EventBus())
    with pytest.raises(Unavailable, match=r"errors\.jobs_locked"):
        await second.start()
    await first.stop()
    await second.start()
    await second.stop()


async def test_delayed_job_wakes_the_sleeping_engine(bench: Bench) -> None:
    engine = await bench.start(nothing, sleep_after=0.2)
    job = await engine.submit("test.work", key="k", delay=2.5)
    await until(lambda: not awake(engine))
    begun = time.monotonic()
    await engine.wait(job)
    assert time.monotonic() - begun > 0.2
    info = await engine.info(job)
    assert info.updated - info.created >= 2


async def test_delayed_job_is_kept_over_a_stop(bench: Bench) -> None:
    engine = await bench.start(nothing)
    await engine.submit("test.work", key="k", delay=1.0)
    await engine.stop()
    again = await bench.start(nothing)
    await again.wait("k")


async def test_ticks_submit_jobs_and_wake_the_engine(bench: Bench) -> None:
    async def body(job: JobContext, what: str) -> None:
        assert what == "news"

    engine = await bench.start(body, sleep_after=0.2)
    await engine.schedule("often", "* * * * * *", "test.work", {"what": "news"}, "Europe/Paris")
    await until(lambda: sum(e.state is JobState.DONE for e in bench.events) >= 2)
    await engine.unschedule("often")
    jobs = await engine.list()
    assert len({info.id for info in jobs}) == len(jobs) >= 2
    assert all(info.id.startswith("cron:often:20") for info in jobs)
    assert all(info.id.endswith(("+01:00", "+02:00")) for info in jobs)


async def test_missed_ticks_are_made_up_for_once(bench: Bench) -> None:
    engine = await bench.start(nothing)
    await engine.schedule("hourly", "0 * * * *", "test.work")
    assert await engine.list() == ()
    assert not awake(engine)
    await engine.stop()
    # As if the station had been off for three days.
    await bench.shift_schedules(-3 * 86400)
    for _ in range(2):
        again = await bench.start(nothing)
        await again.schedule("hourly", "0 * * * *", "test.work")
        await until(lambda: any(e.state is JobState.DONE for e in bench.events))
        assert len(await again.list()) == 1
        await again.stop()


async def test_a_clock_that_was_ahead_does_not_silence_a_schedule(bench: Bench) -> None:
    engine = await bench.start(nothing)
    await engine.schedule("yearly", EVERY_YEAR, "test.work")
    await engine.stop()
    await bench.shift_schedules(10 * 365 * 86400)
    again = await bench.start(nothing)
    await until(lambda: any(e.state is JobState.DONE for e in bench.events))
    assert len(await again.list()) == 1


async def test_bad_schedules_are_refused(bench: Bench) -> None:
    engine = await bench.start(nothing)
    with pytest.raises(InvalidInput, match=r"errors\.bad_schedule"):
        await engine.schedule("x", "every now and then", "test.work")
    with pytest.raises(InvalidInput, match=r"errors\.unknown_timezone"):
        await engine.schedule("x", EVERY_YEAR, "test.work", timezone="Mars/Olympus")
    with pytest.raises(InvalidInput, match=r"errors\.unknown_job_kind"):
        await engine.schedule("x", EVERY_YEAR, "no.such")


async def test_paused_kinds_stay_paused_over_a_restart_and_let_it_sleep(bench: Bench) -> None:
    engine = await bench.start(nothing, sleep_after=0.3)
    await engine.pause_kind("test.work")
    await engine.submit("test.work", key="k")
    await until(lambda: not awake(engine))
    await engine.stop()
    again = await bench.start(nothing, sleep_after=0.3)
    await asyncio.sleep(0.3)
    assert not awake(again)
    assert (await again.info("k")).state is JobState.QUEUED
    await again.resume_kind("test.work")
    await again.wait("k")


async def test_jobs_of_kinds_that_are_gone_wait(bench: Bench) -> None:
    engine = await bench.start(nothing, nothing)
    await engine.pause_kind("test.part")
    await engine.submit("test.part", key="old")
    await engine.stop()
    again = await bench.start(nothing, sleep_after=0.3)
    await again.wait(await again.submit("test.work", key="new"))
    await until(lambda: not awake(again))
    assert (await again.info("old")).state is JobState.QUEUED


async def test_a_damaged_file_is_put_aside(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    for file in bench.place.parent.glob("jobs.db-*"):
        file.unlink()
    bench.place.write_bytes(b"not a database at all" * 1000)
    engine = await bench.start(nothing)
    await engine.wait(await engine.submit("test.work", key="k"))
    (kept,) = bench.place.parent.glob("jobs.db.damaged-*")
    assert kept.read_bytes().startswith(b"not a database")
    assert "damaged" in caplog.text


async def test_a_body_cancelled_from_within_has_failed(bench: Bench) -> None:
    async def body(job: JobContext) -> None:
        raise asyncio.CancelledError

    engine = await bench.start(body)
    with pytest.raises(ToolFailed, match=r"errors\.job_failed"):
        await engine.wait(await engine.submit("test.work", key="k"))


def test_it_lives_on_the_service_loop(bench_place: Path) -> None:
    service = ServiceLoop()
    service.start()
    engine = JobEngine(bench_place, EventBus(), sleep_after=0.2)

    async def listen() -> bytes:
        return (await children.run(["echo", "hello"], timeout=10)).output

    async def body(job: JobContext) -> str:
        output = await job.step("helper", heard)
        return f"{output} from {threading.current_thread().name}"

    async def heard() -> str:
        return (await listen()).decode().strip()

    async def life() -> str:
        engine.register(kind("test.work", body))
        await engine.start()
        said = await engine.wait(await engine.submit("test.work", key="k"))
        await until(lambda: not awake(engine))
        assert await asyncio.to_thread(lambda: 1) == 1
        await engine.stop()
        return str(said)

    assert service.submit(life()).result(20) == "hello from service"
    service.stop()


async def test_logs_go_the_way_of_ours(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    engine = bench.make(kind("test.work", nothing))
    await engine.start()
    with caplog.at_level(logging.INFO):
        await engine.wait(await engine.submit("test.work", key="k"))
    theirs = logging.getLogger("dbos")
    assert theirs.propagate
    assert all(isinstance(handler, logging.NullHandler) for handler in theirs.handlers)
    assert not [record for record in caplog.records if record.name.startswith("dbos")]
    assert awake(engine)


def test_an_address_of_a_server_is_taken(tmp_path: Path) -> None:
    engine = JobEngine("postgresql://farm/jobs", EventBus())
    engine.register(kind("test.work", nothing))
    assert not awake(engine)
