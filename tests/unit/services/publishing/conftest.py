"""A newsroom, on the real clock or on one that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.paths import Paths
from tests.fakes.posting import Board, HandClock, Newsroom, newsroom

Room = tuple[Newsroom, Board]


@pytest.fixture
async def room(paths: Paths, tmp_path: Path) -> AsyncIterator[Room]:
    async with newsroom(paths, tmp_path / "board") as made:
        yield made


@pytest.fixture
async def still(paths: Paths, tmp_path: Path) -> AsyncIterator[Room]:
    """Time stands still here, until it is moved."""
    async with newsroom(paths, tmp_path / "board", HandClock()) as made:
        yield made
