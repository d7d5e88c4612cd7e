"""Helper processes end with their limits, their callers and their parent."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.errors import ToolFailed
from app.runtime import children
from app.runtime.children import Limits

PARENT = """
import asyncio, sys
from app.runtime import children

async def main():
    child = await children.spawn(["sleep", "60"])
    print(child.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


async def gone(pid: int, seconds: float = 2.0) -> bool:
    end = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True


async def told(note: Path) -> None:
    for _ in range(200):
        if note.exists() and note.read_text().strip():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"Nothing in {note}")


async def test_output_and_input() -> None:
    done = await children.run(["cat"], timeout=10, stdin=b"h\xff\n" * 50_000)
    assert done.code == 0
    assert done.output == b"h\xff\n" * 50_000
    assert done.errors == b""


async def test_words_may_be_bytes(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/\xff\n name"
    with open(odd, "wb") as file:
        file.write(b"found")
    assert (await children.run([b"cat", b"--", odd], timeout=10)).output == b"found"


async def test_exit_code_is_told() -> None:
    with pytest.raises(ToolFailed) as failed:
        await children.run(["sh", "-c", "echo bad >&2; exit 3"], timeout=10)
    assert failed.value.key == "errors.tool_failed"
    assert failed.value.args_map == {"tool": "sh", "code": 3, "detail": "bad"}
    done = await children.run(["sh", "-c", "exit 3"], timeout=10, check=False)
    assert done.code == 3


@pytest.mark.parametrize("program", ["no-such-program-here", "/no/such/place", "/etc/passwd"])
async def test_missing_program(program: str) -> None:
    with pytest.raises(ToolFailed) as failed:
        await children.run([program], timeout=10)
    assert failed.value.key == "errors.tool_missing"


async def test_time_limit_ends_the_whole_group(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {note}; wait"
    begun = time.monotonic()
    with pytest.raises(ToolFailed) as failed:
        await children.run(["sh", "-c", script], timeout=0.4)
    assert failed.value.key == "errors.tool_timeout"
    assert time.monotonic() - begun < 3
    assert await gone(int(note.read_text()))


async def test_deaf_child_is_killed() -> None:
    child = await children.spawn(["sh", "-c", "trap '' TERM; echo on; while :; do sleep 1; done"])
    assert await child.stdout.readline() == b"on\n"
    assert await child.end(grace=0.3) == -signal.SIGKILL
    assert await gone(child.pid)


async def test_child_may_tidy_up(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = f"trap 'echo tidy > {note}; exit 7' TERM; echo on; while :; do sleep 0.05; done"
    child = await children.spawn(["sh", "-c", script])
    assert await child.stdout.readline() == b"on\n"
    assert await child.end() == 7
    assert note.read_text() == "tidy\n"


async def test_cancel_ends_the_group(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    work = asyncio.create_task(
        children.run(["sh", "-c", f"echo $$ > {note}; sleep 60"], timeout=60)
    )
    await told(note)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert await gone(int(note.read_text()))


async def test_a_start_that_is_broken_off_leaves_nothing() -> None:
    length = f"60.{os.getpid()}"  # only ours sleep so long
    for step in range(30):
        starting = asyncio.create_task(children.spawn(["sleep", length]))
        await asyncio.sleep(step / 3000)
        if starting.done():
            await starting.result().end(0)
            continue
        starting.cancel()
        async with asyncio.timeout(10):
            with pytest.raises(asyncio.CancelledError):
                await starting
    left = [Path("/proc", one, "cmdline") for one in os.listdir("/proc") if one.isdigit()]
    assert not [one for one in left if one.exists() and length.encode() in one.read_bytes()]


async def test_too_much_output() -> None:
    with pytest.raises(ToolFailed) as failed:
        await children.run(["yes"], timeout=10, limit_output=100_000)
    assert failed.value.key == "errors.tool_chatty"


async def test_memory_limit() -> None:
    script = "x = bytearray(10**9)"
    done = await children.run(
        [sys.executable, "-c", script], timeout=20, limits=Limits(memory=3 * 10**8), check=False
    )
    assert done.code == 1
    assert b"MemoryError" in done.errors


async def test_processor_limit() -> None:
    begun = time.monotonic()
    done = await children.run(
        ["sh", "-c", "while :; do :; done"], timeout=30, limits=Limits(cpu=1), check=False
    )
    assert done.code in (-signal.SIGXCPU, -signal.SIGKILL)
    assert time.monotonic() - begun < 20


async def test_silent_child_is_ended() -> None:
    child = await children.spawn(["sh", "-c", "echo one; sleep 60"])
    assert await children.watch(child, 5, child.stdout.readline) == b"one\n"
    with pytest.raises(ToolFailed) as failed:
        await children.watch(child, 0.2, child.stdout.readline)
    assert failed.value.key == "errors.tool_hangs"
    assert await gone(child.pid)


async def test_killed_parent_takes_its_children_along() -> None:
    parent = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-c", PARENT], stdout=subprocess.PIPE
    )
    try:
        assert parent.stdout is not None
        line = await asyncio.to_thread(parent.stdout.readline)
        pid = int(line)
        assert alive(pid)
    finally:
        parent.kill()
        await asyncio.to_thread(parent.communicate)
    assert await gone(pid, 2.0)


async def test_a_cancel_that_comes_with_a_word_is_not_lost() -> None:
    child = await children.spawn(["sleep", "60"])
    word: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    begun = asyncio.Event()

    async def next_word() -> bytes:
        begun.set()
        return await word

    async def words() -> None:
        await children.watch(child, 50, next_word)
        await asyncio.Event().wait()

    task = asyncio.create_task(words())
    try:
        await begun.wait()
        word.set_result(b"one")
        await asyncio.sleep(0)  # the word is there; whoever waits may not have it yet
        task.cancel()
        await asyncio.wait({task}, timeout=10)
        assert task.cancelled()
    finally:
        task.cancel()
        await child.end(0)
