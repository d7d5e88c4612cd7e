"""A torrent worth sharing, and an engine that talks to this machine only."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.torrents.engine import TorrentEngine
from tests.unit.infra.torrents.swarming import HERE, Told

FILES = {
    "film.mkv": os.urandom(700_001),
    "extra.mkv": os.urandom(200_003),
    "subs/en.srt": b"1\n",
    "setup.exe": os.urandom(40_000),
    "empty.nfo": b"",
    "open me.mkv.lnk": b"",
}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """The folder of somebody who has it."""
    folder = tmp_path / "seed" / "Film"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """Where it is to go."""
    return tmp_path / "save"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[TorrentEngine]:
    made = TorrentEngine(tmp_path / "kept", HERE)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
def told(engine: TorrentEngine) -> Told:
    """What the engine says."""
    return Told(engine)
