"""What the tests of several services stand on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.infra.database.engine import Database
from app.infra.paths import Paths


@pytest.fixture
async def database(paths: Paths) -> AsyncIterator[Database]:
    """The station's database, new."""
    made = Database(paths.database)
    await made.open()
    yield made
    await made.close()
