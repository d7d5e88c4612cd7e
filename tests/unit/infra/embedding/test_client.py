"""The workers: quiet, replaced when they end, gone when nobody asks, and never in this process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import ToolFailed
from app.infra.embedding.client import VECTOR, Embedding, Near
from app.runtime.worker_environment import ROOT
from tests.unit.infra.embedding.conftest import Reference


@pytest.fixture
async def embedding(model: Path, tmp_path: Path) -> AsyncIterator[Embedding]:
    made = Embedding(tmp_path, model)
    yield made
    await made.close()


async def _two(embedding: Embedding) -> list[bytes]:
    made = await embedding.embed(["A ship in a storm at sea.", "Baking bread."])

    async def read(items: Sequence[int]) -> list[tuple[int, int, bytes]]:
        return [(item, 5, made[item - 1]) for item in items]

    await embedding.hold([(1, 5), (2, 5)], read)
    return made


async def test_vectors_come_from_a_process_of_the_lowest_priority(
    embedding: Embedding, reference: Reference
) -> None:
    assert embedding.processes() == []
    text, vector = reference.vectors[0]
    made = await embedding.embed([text, ""])
    assert [len(each) for each in made] == [VECTOR, VECTOR]
    assert float(np.frombuffer(made[0], np.float32) @ vector) == pytest.approx(1, abs=1e-5)
    (pid,) = embedding.processes()
    assert pid != os.getpid()
    assert os.getpriority(os.PRIO_PROCESS, pid) == 19
    assert await embedding.embed([]) == []


async def test_the_nearest_to_a_text_and_to_an_item(embedding: Embedding) -> None:
    assert await embedding.near_text("sailors", 2) is None  # it was not told what there is
    await _two(embedding)
    found = await embedding.near_text("sailors", 2)
    assert found is not None
    assert [each.item for each in found] == [1, 2]
    assert found[0].score > 0.25 > found[1].score
    own = await embedding.near_item(2, 1)
    assert own is not None
    assert own == [Near(2, own[0].score)]
    assert own[0].score == pytest.approx(1, abs=1e-3)
    assert await embedding.near_item(77, 1) == []
    assert [each.item for each in await embedding.near_text("sailors", 2, [2]) or ()] == [2]


async def test_a_worker_that_was_killed_is_replaced(embedding: Embedding) -> None:
    await _two(embedding)
    for pid in embedding.processes():
        os.kill(pid, signal.SIGKILL)
    assert len(await embedding.embed(["again"])) == 1
    assert await embedding.near_item(1, 1) is None  # the new one was told nothing
    asked: list[int] = []

    async def read(items: Sequence[int]) -> list[tuple[int, int, bytes]]:
        asked.extend(items)
        return []

    await embedding.hold([(1, 5), (2, 5)], read)
    assert asked == []  # it found them in its file
    assert [each.item for each in await embedding.near_item(1, 2) or ()] == [1, 2]


async def test_one_that_is_killed_at_work_costs_nothing(embedding: Embedding) -> None:
    await embedding.embed(["first"])
    (pid,) = embedding.processes()
    work = asyncio.ensure_future(embedding.embed(["a long story " * 60] * 64))
    await asyncio.sleep(0.2)
    os.kill(pid, signal.SIGKILL)
    assert len(await work) == 64
    assert embedding.processes() != [pid]


async def test_who_leaves_does_not_take_the_worker_along(embedding: Embedding) -> None:
    await _two(embedding)
    before = embedding.processes()
    for text in ("s", "sa", "sai"):
        asking = asyncio.ensure_future(embedding.near_text(text, 2))
        await asyncio.sleep(0)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
    found = await embedding.near_text("sailors", 2)
    assert found is not None
    assert found[0].item == 1
    assert embedding.processes() == before


async def test_workers_end_by_themselves_and_come_back(model: Path, tmp_path: Path) -> None:
    embedding = Embedding(tmp_path, model, maker_idle=0.2, finder_idle=0.2)
    try:
        await _two(embedding)
        async with asyncio.timeout(20):
            while embedding.processes():  # noqa: ASYNC110 - the end of a process is no event
                await asyncio.sleep(0.02)
        assert len(await embedding.embed(["again"])) == 1
    finally:
        await embedding.close()


async def test_a_closed_one_answers_no_more(embedding: Embedding) -> None:
    await embedding.embed(["x"])
    (pid,) = embedding.processes()
    await embedding.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(ToolFailed):
        await embedding.embed(["x"])


async def test_a_model_that_is_broken_is_told_as_a_failure(model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "model"
    broken.mkdir()
    (broken / "vocab.txt").write_bytes((model / "vocab.txt").read_bytes())
    (broken / "model.safetensors").write_bytes(b"not what it says")
    embedding = Embedding(tmp_path / "cache", broken)
    try:
        with pytest.raises(ToolFailed):
            await embedding.embed(["x"])
    finally:
        await embedding.close()


def test_numpy_stays_out_of_the_station() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import app.infra.embedding.client;"
        " import app.services.meaning.service; sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(ROOT)], check=False, timeout=60)
    assert done.returncode == 0
