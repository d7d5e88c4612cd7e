"""The house every test of this folder lives in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.infra.database.engine import Database
from tests.unit.services.results.house import House


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    """Results with two accounts and no posts."""
    return House(database, tmp_path / "results")
