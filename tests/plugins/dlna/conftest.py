from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.plugins import provider
from tests.fakes.receivers.home import Home


@pytest.fixture
async def plugin(place: Home, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("dlna", tmp_path / "cache") as made:
        yield made
