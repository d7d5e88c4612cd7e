"""The budget every test of this folder turns and looks at."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.infra.database.engine import Database
from tests.unit.services.budget.money import World


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    """A budget without limits, at noon of a day in November."""
    made = World(database)
    yield made
    await made.budget.close()
