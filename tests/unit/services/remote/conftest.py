"""A station, and the Bot API it speaks to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.paths import Paths
from tests.plugins.telegram_bot.bot_api import BotApi, bot_api
from tests.unit.services.remote.house import House, house_of


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as made:
        yield made


@pytest.fixture
async def house(paths: Paths, tmp_path: Path, api: BotApi) -> AsyncIterator[House]:
    """The remote is on, and nobody is paired."""
    async with house_of(paths, tmp_path / "built_in", api) as made:
        await made.switch_on()
        yield made


@pytest.fixture
async def paired(paths: Paths, tmp_path: Path, api: BotApi) -> AsyncIterator[House]:
    """One phone is paired, and the station listens."""
    async with house_of(paths, tmp_path / "built_in", api, paired=True) as made:
        await api.listened()
        yield made
