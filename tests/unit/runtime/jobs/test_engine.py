"""What the job engine offers, with the real DBOS on a real file."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest

from app.domain.errors import InvalidInput, NotFound, ToolFailed, Unavailable
from app.domain.events import JobState
from app.runtime.jobs import JobContext
from tests.unit.runtime.jobs.conftest import Bench, nothing, until


async def test_result_listing_and_steps(bench: Bench) -> None:
    async def double(number: int) -> tuple[int, str]:
        return number * 2, "tuples come back as lists"

    async def body(job: JobContext, number: int) -> dict[str, Any]:
        first = await job.step("double", double, number)
        second = await job.step("again", double, first[0])
        return {"id": job.id, "answer": second}

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="film/1", args={"number": 2}, title="Döuble 2")
    assert job == "film/1"
    assert await engine.wait(job) == {"id": job, "answer": [8, "tuples come back as lists"]}
    (info,) = await engine.list(kind="test.work", states=[JobState.DONE])
    assert (info.id, info.title, info.state, info.progress) == (job, "Döuble 2", JobState.DONE, 1.0)
    assert abs(info.created - time.time()) < 60
    assert await engine.list(states=[JobState.FAILED, JobState.QUEUED]) == ()
    steps = await engine.steps(job)
    assert [(s.number, s.name, s.state) for s in steps] == [
        (1, "double", JobState.DONE),
        (2, "again", JobState.DONE),
    ]
    assert all(s.started and s.ended and s.started <= s.ended for s in steps)
    assert bench.states(job) == [JobState.QUEUED, JobState.RUNNING, JobState.DONE]


async def test_retries_with_growing_pauses(bench: Bench) -> None:
    tries: list[float] = []

    async def flaky() -> str:
        tries.append(time.monotonic())
        if len(tries) < 4:
            raise Unavailable("errors.server_offline")
        return "there"

    async def body(job: JobContext) -> str:
        return await job.step("fetch", flaky, retries=3, interval=0.1, backoff=2.0)

    engine = await bench.start(body)
    assert await engine.wait(await engine.submit("test.work", key="k")) == "there"
    gaps = [after - before for before, after in zip(tries, tries[1:], strict=False)]
    assert [0.1 <= gaps[0] < 0.19, 0.2 <= gaps[1] < 0.39, 0.4 <= gaps[2] < 0.8] == [True] * 3


async def test_the_last_error_arrives_as_it_was(bench: Bench) -> None:
    tries = []

    async def offline() -> None:
        tries.append("offline")
        raise Unavailable("errors.server_offline", host="films")

    async def body(job: JobContext) -> None:
        await job.step("fetch", offline, retries=1, interval=0.01)

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k")
    with pytest.raises(Unavailable) as failed:
        await engine.wait(job)
    assert (failed.value.key, failed.value.args_map) == ("errors.server_offline", {"host": "films"})
    assert len(tries) == 2
    info = await engine.info(job)
    assert (info.state, info.error) == (JobState.FAILED, "errors.server_offline")
    (step,) = await engine.steps(job)
    assert (step.state, step.error) == (JobState.FAILED, "errors.server_offline")
    assert (bench.events[-1].state, bench.events[-1].message) == (JobState.FAILED, info.error)


async def test_lasting_errors_are_not_retried(bench: Bench) -> None:
    tries = []

    async def missing() -> None:
        tries.append(1)
        raise NotFound("errors.no_film")

    async def body(job: JobContext) -> str:
        try:
            await job.step("look", missing)
        except NotFound as error:
            return error.key
        return "found"

    engine = await bench.start(body)
    assert await engine.wait(await engine.submit("test.work", key="k")) == "errors.no_film"
    assert len(tries) == 1


async def test_a_bug_is_logged_and_told(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    async def bug(job: JobContext) -> None:
        raise ZeroDivisionError("by nought")

    engine = await bench.start(bug)
    with caplog.at_level(logging.INFO), pytest.raises(ToolFailed) as failed:
        await engine.wait(await engine.submit("test.work", key="k"))
    assert failed.value.args_map == {"detail": "ZeroDivisionError: by nought"}
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in errors] == ["Job k (test.work) failed"]


async def test_step_time_limit(bench: Bench) -> None:
    ends = []

    async def slow() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ends.append(1)

    async def body(job: JobContext) -> None:
        await job.step("slow", slow, timeout=0.1, retries=1, interval=0.01)

    engine = await bench.start(body)
    with pytest.raises(Unavailable) as failed:
        await engine.wait(await engine.submit("test.work", key="k"))
    assert failed.value.key == "errors.step_timeout"
    assert len(ends) == 2


async def test_job_time_limit(bench: Bench) -> None:
    async def body(job: JobContext) -> None:
        await job.step("slow", asyncio.sleep, 30)

    engine = await bench.start(body, timeout=0.5)
    job = await engine.submit("test.work", key="k")
    with pytest.raises(Unavailable) as failed:
        await engine.wait(job)
    assert failed.value.key == "errors.job_timeout"
    assert (await engine.list(states=[JobState.FAILED]))[0].error == "errors.job_timeout"
    assert bench.states(job)[-1] is JobState.FAILED


async def test_priority_order(bench: Bench) -> None:
    order: list[str] = []

    async def body(job: JobContext) -> None:
        order.append(job.id)

    engine = await bench.start(body)
    await engine.pause_kind("test.work")
    for key, priority in (("low", 50), ("first", 1), ("lowest", 100), ("second", 10)):
        await engine.submit("test.work", key=key, priority=priority)
    await asyncio.sleep(0.3)
    assert order == []
    await engine.resume_kind("test.work")
    await engine.wait("lowest")
    assert order == ["first", "second", "low", "lowest"]


async def test_concurrency_limit(bench: Bench) -> None:
    running, peak = 0, 0

    async def work() -> None:
        nonlocal running, peak
        running += 1
        peak = max(peak, running)
        await asyncio.sleep(0.15)
        running -= 1

    async def body(job: JobContext) -> None:
        await job.step("work", work)

    engine = await bench.start(body, concurrency=2)
    jobs = [await engine.submit("test.work", key=str(number)) for number in range(6)]
    await asyncio.gather(*(engine.wait(job) for job in jobs))
    assert peak == 2


async def test_rate_limit(bench: Bench) -> None:
    starts: list[float] = []

    async def body(job: JobContext) -> None:
        starts.append(time.monotonic())

    engine = await bench.start(body, concurrency=10, limiter=(2, 1.5))
    jobs = [await engine.submit("test.work", key=str(number)) for number in range(4)]
    await asyncio.gather(*(engine.wait(job) for job in jobs))
    assert starts[1] - starts[0] < 0.8
    assert starts[2] - starts[0] > 0.9  # whole seconds are what the file keeps


async def test_delay(bench: Bench) -> None:
    engine = await bench.start(nothing)
    begun = time.time()
    job = await engine.submit("test.work", key="k", delay=1.0)
    assert (await engine.info(job)).state is JobState.DELAYED
    await engine.wait(job)
    assert time.time() - begun >= 0.9
    assert bench.states(job)[0] is JobState.DELAYED


async def test_a_key_is_one_job(bench: Bench) -> None:
    runs = []

    async def body(job: JobContext, mark: str) -> str:
        runs.append(mark)
        return mark

    engine = await bench.start(body, nothing)
    for mark in ("one", "two"):
        assert await engine.submit("test.work", key="k", args={"mark": mark}) == "k"
    assert await engine.wait("k") == "one"
    await engine.submit("test.work", key="k", args={"mark": "three"})
    assert await engine.wait("k") == "one"
    assert runs == ["one"]
    assert await engine.prune(-60) == 1
    await engine.submit("test.work", key="k", args={"mark": "four"})
    assert await engine.wait("k") == "four"


async def test_cancel_and_resume(bench: Bench) -> None:
    done: list[str] = []
    inside, go = asyncio.Event(), asyncio.Event()

    async def quick() -> None:
        done.append("quick")

    async def long() -> None:
        inside.set()
        await go.wait()
        done.append("long")

    async def body(job: JobContext) -> str:
        await job.step("quick", quick)
        await job.step("long", long)
        return "whole"

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k")
    await asyncio.wait_for(inside.wait(), 10)
    running = (await engine.steps(job))[-1]
    assert (running.name, running.state) == ("long", JobState.RUNNING)
    await engine.cancel(job)
    with pytest.raises(Unavailable, match=r"errors\.job_cancelled"):
        await engine.wait(job)
    await until(lambda: bench.states(job)[-1] is JobState.CANCELLED)
    assert done == ["quick"]
    go.set()
    await engine.resume(job)
    assert await engine.wait(job) == "whole"
    assert done == ["quick", "long"]


async def test_cancel_before_the_start(bench: Bench) -> None:
    engine = await bench.start(nothing)
    job = await engine.submit("test.work", key="k", delay=60)
    await engine.cancel(job)
    assert (await engine.info(job)).state is JobState.CANCELLED
    assert bench.states(job) == [JobState.DELAYED, JobState.CANCELLED]
    await engine.cancel(job)  # ended jobs are left alone
    with pytest.raises(NotFound):
        await engine.cancel("never seen")


async def test_resume_after_a_failure(bench: Bench) -> None:
    done: list[str] = []
    mended = False

    async def first() -> None:
        done.append("first")

    async def second() -> None:
        if not mended:
            raise NotFound("errors.no_disk")
        done.append("second")

    async def body(job: JobContext) -> None:
        await job.step("first", first)
        await job.step("second", second)

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k")
    with pytest.raises(NotFound):
        await engine.wait(job)
    mended = True
    await engine.resume(job)
    await engine.wait(job)
    assert done == ["first", "second"]


async def test_resume_when_several_failed_side_by_side(bench: Bench) -> None:
    mended = False

    async def piece(number: int) -> int:
        if not mended and number != 1:
            raise NotFound("errors.no_disk")
        return number

    async def body(job: JobContext) -> list[int]:
        async def one(number: int) -> int:
            done: int = await job.step(f"piece {number}", piece, number)
            return done

        found = await asyncio.gather(*map(one, range(4)), return_exceptions=True)
        for one_ in found:
            if isinstance(one_, BaseException):
                raise one_
        return [number for number in found if isinstance(number, int)]

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k")
    with pytest.raises(NotFound):
        await engine.wait(job)
    mended = True
    await engine.resume(job)
    assert await engine.wait(job) == [0, 1, 2, 3]


async def test_rerun_from_a_step(bench: Bench) -> None:
    done: list[str] = []

    async def work(name: str) -> str:
        done.append(name)
        return name

    async def body(job: JobContext) -> list[str]:
        return [await job.step(name, work, name) for name in ("script", "voice", "cut")]

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k", title="Film")
    await engine.wait(job)
    (voice,) = (step for step in await engine.steps(job) if step.name == "voice")
    new = await engine.rerun(job, voice.number)
    assert new != job
    assert await engine.wait(new) == ["script", "voice", "cut"]
    assert done == ["script", "voice", "cut", "voice", "cut"]
    assert (await engine.info(new)).title == "Film"


async def test_children_of_other_kinds(bench: Bench) -> None:
    async def part(job: JobContext, number: int) -> int:
        if number > 2:
            raise NotFound("errors.no_part", number=number)
        return number * 10

    async def body(job: JobContext, numbers: list[int]) -> list[int]:
        waiting = [job.child("test.part", str(n), number=n) for n in numbers]
        return list(await asyncio.gather(*waiting))

    engine = await bench.start(body, part)
    job = await engine.submit("test.work", key="k", args={"numbers": [1, 2]})
    assert await engine.wait(job) == [10, 20]
    parts = await engine.list(kind="test.part")
    assert {(info.id, info.parent) for info in parts} == {("k/1", "k"), ("k/2", "k")}
    assert {step.child for step in await engine.steps(job)} == {"k/1", "k/2"}
    bad = await engine.submit("test.work", key="bad", args={"numbers": [3]})
    with pytest.raises(NotFound, match=r"errors\.no_part"):
        await engine.wait(bad)


async def test_cancel_reaches_the_children(bench: Bench) -> None:
    inside = asyncio.Event()

    async def long() -> None:
        inside.set()
        await asyncio.sleep(60)

    async def part(job: JobContext) -> None:
        await job.step("long", long)

    async def body(job: JobContext) -> None:
        await job.child("test.part", "1")

    engine = await bench.start(body, part)
    await engine.submit("test.work", key="k")
    await asyncio.wait_for(inside.wait(), 10)
    await engine.cancel("k")
    await until(lambda: bench.states("k/1")[-1] is JobState.CANCELLED)
    await until(lambda: bench.states("k")[-1] is JobState.CANCELLED)
    states = {info.id: info.state for info in await engine.list()}
    assert states == {"k": JobState.CANCELLED, "k/1": JobState.CANCELLED}


async def test_progress_is_live_throttled_and_kept(bench: Bench) -> None:
    go = asyncio.Event()

    async def body(job: JobContext) -> None:
        for number in range(1000):
            job.progress(number / 1000, "jobs.copying", done=number)
        await go.wait()

    engine = await bench.start(body)
    job = await engine.submit("test.work", key="k")
    await until(lambda: any(e.args == {"done": 999} for e in bench.events))
    told = [e for e in bench.events if e.message == "jobs.copying"]
    assert len(told) == 2  # the first at once, the last when the burst is over
    info = await engine.info(job)
    assert (info.progress, info.message, info.message_args) == (
        0.999,
        "jobs.copying",
        {"done": 999},
    )
    go.set()
    await engine.wait(job)


async def test_services_may_submit_from_inside_a_job(bench: Bench) -> None:
    async def work(number: int) -> int:
        await engine.submit("test.part", key=f"from step {number}")
        return number

    async def body(job: JobContext) -> list[int]:
        await engine.submit("test.part", key="from body")
        return [await job.step("work", work, number) for number in range(2)]

    engine = await bench.start(body, nothing)
    job = await engine.submit("test.work", key="k")
    assert await engine.wait(job) == [0, 1]
    assert [step.name for step in await engine.steps(job)] == ["work", "work"]
    parts = await engine.list(kind="test.part")
    assert {info.id for info in parts} == {"from body", "from step 0", "from step 1"}
    assert all(info.parent is None for info in parts)
    for info in parts:
        await engine.wait(info.id)


async def test_unknown_kinds_and_jobs(bench: Bench) -> None:
    engine = await bench.start(nothing)
    with pytest.raises(InvalidInput):
        await engine.submit("no.such", key="k")
    for call in (engine.wait, engine.info, engine.steps, engine.resume):
        with pytest.raises(NotFound):
            await call("never seen")
    with pytest.raises(RuntimeError):
        engine.register(bench.engines[0]._kinds["test.work"])
    assert await engine.list() == ()
    assert not engine.awake
