"""The local model with the real engine: cancels, crashes, hangs, wrong files, and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.api.thinking import Finish
from app.domain.errors import AppError, InvalidInput, ToolFailed, Unavailable, Unsupported
from app.infra.llm.model import Choice, LocalModel, State
from tests.fakes import gguf
from tests.unit.infra.llm.parts import (
    FILM,
    asked,
    gone,
    long_one,
    model_of,
    needs_engine,
    started,
    until,
)

pytestmark = needs_engine


async def test_a_question_that_does_not_fit_is_told_and_hurts_nobody(model: LocalModel) -> None:
    with pytest.raises(InvalidInput) as told:
        await model.complete(asked("much " * 5_000))
    assert told.value.key == "errors.model_too_long"
    assert told.value.args_map["room"] == 2_040
    pid = model.status().pid
    assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    assert model.status().pid == pid


async def test_a_cancel_stops_the_writing_and_leaves_the_process(slow_model: LocalModel) -> None:
    task, _texts = await started(slow_model)
    pid = slow_model.status().pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: slow_model.status().state is State.READY)
    assert (await slow_model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    assert slow_model.status().pid == pid


async def test_a_cancel_while_it_reads(slow_model: LocalModel) -> None:
    await slow_model.complete(asked(schema=FILM))
    pid = slow_model.status().pid
    task = asyncio.create_task(slow_model.complete(asked("read this " * 1_500)))
    await until(lambda: slow_model.status().state is State.BUSY)
    await asyncio.sleep(0.1)  # the reading takes seconds; somewhere in it
    task.cancel()
    await until(lambda: slow_model.status().state is State.READY)
    assert (await slow_model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    assert slow_model.status().pid == pid


async def test_one_that_waits_can_be_cancelled(slow_model: LocalModel) -> None:
    first, _texts = await started(slow_model)
    second = asyncio.create_task(slow_model.complete(asked()))
    await until(lambda: slow_model.status().waiting == 1)
    second.cancel()
    await until(lambda: slow_model.status().waiting == 0)
    assert not first.done()
    first.cancel()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
async def test_a_crash_costs_one_answer(slow_model: LocalModel, number: int) -> None:
    task, _texts = await started(slow_model)
    next_one = asyncio.create_task(slow_model.complete(asked(schema=FILM)))
    await until(lambda: slow_model.status().waiting == 1)
    pid = slow_model.status().pid
    assert pid is not None
    os.kill(pid, number)
    with pytest.raises(ToolFailed) as told:
        await task
    assert told.value.key == "errors.model_crashed"
    assert (await next_one).finish is Finish.COMPLETE
    assert slow_model.status().pid not in {pid, None}


async def test_one_killed_while_it_rests_is_begun_anew(model: LocalModel) -> None:
    await model.complete(asked(schema=FILM))
    pid = model.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await until(lambda: model.status().pid is None)
    assert model.status().state is State.RESTING
    assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE


async def test_a_hang_costs_one_answer(slow: Path) -> None:
    model = model_of(slow, silence=1.0)
    try:
        task, _texts = await started(model)
        pid = model.status().pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(ToolFailed) as told:
            await task
        assert told.value.key == "errors.model_hung"
        assert gone(pid)
        assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    finally:
        await model.close()


async def test_closing_ends_all_of_it(slow: Path) -> None:
    model = model_of(slow)
    first, _texts = await started(model)
    second = asyncio.create_task(model.complete(asked()))
    await until(lambda: model.status().waiting == 1)
    pid = model.status().pid
    assert pid is not None
    await model.close()
    for task in (first, second):
        with pytest.raises(Unavailable):
            await task
    assert gone(pid)
    with pytest.raises(Unavailable):
        await model.complete(asked())


async def test_nothing_chosen_and_files_that_are_no_models(tmp_path: Path) -> None:
    whole = gguf.encode()
    files = {
        "errors.model_file_missing": None,
        "errors.model_file_no_gguf": b"not a model" * 100,
        "errors.model_file_cut": whole[:-50_000],
        "errors.model_file_broken": b"GGUF" + b"\xff" * 300,
        "errors.model_file_refused": gguf.encode(gguf.Tiny(architecture="unheard-of")),
    }
    chosen: list[Choice | None] = [None]
    model = LocalModel(lambda: chosen[0], lambda: 60.0)
    try:
        assert model.status().state is State.NO_FILE
        assert model.described() is None
        with pytest.raises(Unsupported) as nothing:
            await model.complete(asked())
        assert nothing.value.key == "errors.model_no_file"
        for key, data in files.items():
            path = tmp_path / f"{key}.gguf"
            if data is not None:
                path.write_bytes(data)
            chosen[0] = Choice(path)
            with pytest.raises(AppError) as told:
                await model.complete(asked())
            assert told.value.key == key
            assert model.status().pid is None
        chosen[0] = Choice(gguf.write(tmp_path / "good.gguf"))
        assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    finally:
        await model.close()


async def test_the_worker_has_no_rights_left(model: LocalModel) -> None:
    await model.complete(asked(schema=FILM))
    pid = model.status().pid
    assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    status = Path(f"/proc/{pid}/status").read_text()
    assert "Seccomp:\t2" in status
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert "Max file size             0 " in limits


async def test_a_cancel_while_it_is_loaded(model: LocalModel) -> None:
    task = asyncio.create_task(model.complete(asked()))
    await until(lambda: model.status().state is State.LOADING)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE


def test_it_ends_with_a_station_that_is_killed(tiny: Path) -> None:
    code = (
        "import asyncio, sys, time\n"
        "from pathlib import Path\n"
        "from tests.unit.infra.llm.parts import FILM, asked, model_of\n"
        "async def main():\n"
        "    model = model_of(Path(sys.argv[1]))\n"
        "    await model.complete(asked(schema=FILM))\n"
        "    print(model.status().pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[4]
    words = [sys.executable, "-c", code, str(tiny)]
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True) as station:
        assert station.stdout is not None
        pid = int(station.stdout.readline())
        assert not gone(pid)
        station.kill()
        station.wait(10)
    end = time.monotonic() + 20
    while not gone(pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert gone(pid)


async def test_one_who_cannot_listen_gets_his_own_error(slow_model: LocalModel) -> None:
    def deaf(_text: str) -> None:
        raise LookupError("deaf")

    with pytest.raises(LookupError, match="deaf"):
        await slow_model.complete(long_one(), on_text=deaf)
    pid = slow_model.status().pid
    assert (await slow_model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    assert slow_model.status().pid == pid


async def test_many_cancels_in_a_row_lose_nothing(model: LocalModel) -> None:
    for number in range(40):
        task = asyncio.create_task(model.complete(long_one()))
        await asyncio.sleep(0.0005 * number)
        task.cancel()
    assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    assert model.status().waiting == 0
