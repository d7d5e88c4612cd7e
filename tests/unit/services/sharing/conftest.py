"""A station with links, and a film to share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.paths import Paths
from tests.fakes import films
from tests.unit.services.sharing.workshop import KEYRING, World, world_of

FILM = films.Film(video="vp9", container="webm", seconds=3.0, audio=("eng",))


@pytest.fixture
async def world(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """The station, with keys in its vault."""
    monkeypatch.setattr(*KEYRING)
    async with world_of(paths) as made:
        yield made


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film every browser plays, with subtitles beside it."""
    path = films.make(FILM, tmp_path / "films" / "Night of the <Living> Dead.webm")
    beside = path.with_name("Night of the <Living> Dead.en.srt")
    beside.write_text("1\n00:00:00,200 --> 00:00:02,500\nThey are coming to get you, Barbra\n")
    return path
