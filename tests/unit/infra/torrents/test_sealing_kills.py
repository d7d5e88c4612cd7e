"""A kill while what is wanted is sealed off from programs: no byte of one, and no film is lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from app.infra.torrents import aside
from tests.fakes.children import Nursery, nursery
from tests.fakes.swarm import PIECE, Seed
from tests.unit.infra.torrents.packs import (
    CONTENTS,
    SHARED,
    all_files,
    giving,
    traces,
    wanted,
    written,
)  # fmt: skip
from tests.unit.infra.torrents.sealer import MOMENTS

SIZE = sum(map(len, CONTENTS.values()))
FLYING = 16 * PIECE
KILLS = 20


async def _whole(nest: Nursery, file: Path, folder: Path, seed: Seed) -> int:
    """A run that nobody kills; what was here as it began."""
    child = await nest.child(file, folder, str(seed.peer[1]), "0.05", "never")
    async with asyncio.timeout(30):
        words = await child.rest()
        await child.ended()
    assert words[-1] == "whole"
    return int(words[0].removeprefix("checked "))


def _left_aside(folder: Path) -> list[Path]:
    """What lies in memory of a station with this folder."""
    return list(aside.MEMORY.glob(f"sokoul-*-{aside.mark_of(folder / 'kept')}/*"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pack.torrent"


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_kill_at_a_moment_of_sealing(tmp_path: Path, file: Path, moment: str) -> None:
    save = tmp_path / "save"
    with giving(written(tmp_path)) as (content, seed):
        file.write_bytes(content)
        async with nursery("tests.unit.infra.torrents.sealer") as nest:
            child = await nest.child(file, tmp_path, str(seed.peer[1]), "0.05", moment)
            async with asyncio.timeout(30):
                while (line := await child.line()) != "sealing":
                    assert line, "it ended without having sealed"
            child.kill()
            await child.ended()
            assert traces(save) == traces(tmp_path / "kept") == []
            before = seed.sent
            here = await _whole(nest, file, tmp_path, seed)
            assert traces(save) == traces(tmp_path / "kept") == []
            again = seed.sent - before
            assert here + again >= sum(map(len, wanted().values())) - SHARED * PIECE
            assert again <= SHARED * PIECE  # only what nobody can vouch for comes again
            if moment in MOMENTS[1:]:
                assert again == 0  # it was vouched for
            assert all_files(save) == wanted()
            assert await _whole(nest, file, tmp_path, seed) == sum(map(len, wanted().values()))
            assert seed.sent == before + again
    assert _left_aside(tmp_path) == []


async def test_kills_at_any_moment_leave_no_byte_of_a_program(tmp_path: Path, file: Path) -> None:
    save, chance = tmp_path / "save", random.Random(7)
    with giving(written(tmp_path)) as (content, seed):
        file.write_bytes(content)
        seed.slow_down(1_000_000)
        async with nursery("tests.unit.infra.torrents.sealer") as nest:
            for _ in range(KILLS):
                child = await nest.child(file, tmp_path, str(seed.peer[1]), "0.05", "never")
                await asyncio.wait(
                    [ended := asyncio.ensure_future(child.rest())],
                    timeout=chance.uniform(0.05, 0.7),
                )
                child.kill()
                await child.ended()
                await ended
                assert traces(save) == traces(tmp_path / "kept") == []
            seed.slow_down(0)
            await _whole(nest, file, tmp_path, seed)
        assert seed.sent <= SIZE + KILLS * (FLYING + SHARED * PIECE)
    assert all_files(save) == wanted()
    assert traces(save) == traces(tmp_path / "kept") == []
    assert _left_aside(tmp_path) == []
