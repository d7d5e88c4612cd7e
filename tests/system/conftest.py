"""The desk at which the real program is tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A virtual display with a window manager and a session bus, and a home of its own."""
    with open_desk(tmp_path / "desk") as opened:
        yield opened
