"""The workshop every test of this folder works in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.database.engine import Database
from tests.unit.services.studio.workshop import Diary, Workshop


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> AsyncIterator[Workshop]:
    """A Studio with nobody else to ask."""
    made = Workshop(database, tmp_path / "studio", Diary())
    await made.jobs.start()
    yield made
    await made.jobs.stop()
    await made.budget.close()
