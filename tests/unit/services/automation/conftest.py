"""The house every test of this folder lives in, and the film that is dropped into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.database.engine import Database
from tests.fakes.films import Film, make
from tests.unit.services.automation.house import House


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[House]:
    """An empty inbox that is not watched yet."""
    made = House(database, tmp_path / "curator")
    yield made
    await made.service.stop()


@pytest.fixture(scope="session")
def clip() -> bytes:
    """A small film."""
    return make(Film(container="mp4", seconds=2.0)).read_bytes()
