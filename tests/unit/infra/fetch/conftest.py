"""A folder, and fetches into it that are closed at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from app.infra.fetch.file_fetch import FileFetch, FileWanted
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.worker import Patience
from tests.fakes.web import WebServer, web_server

HOME = frozenset({"127.0.0.1", "localhost"})
QUICK = Patience(tries=3, pause=0.01, longest_pause=0.05, journal=0.05)
Fetching = Callable[..., FileFetch]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "films"
    made.mkdir()
    return made


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        yield made


@pytest.fixture
async def fetching(folder: Path) -> AsyncIterator[Fetching]:
    """Makes fetches of one key into the folder."""
    made: list[FileFetch] = []

    def make(url: str, **given: Any) -> FileFetch:
        options = {
            name: given.pop(name)
            for name in ("connections", "limiter", "reserve", "patience", "wire")
            if name in given
        }
        options = {"limiter": Throttle(), "patience": QUICK, **options}
        wanted = FileWanted(url, **{"own_hosts": HOME, **given})
        fetch = FileFetch(wanted, folder, "abc", **options)
        made.append(fetch)
        return fetch

    yield make
    for fetch in made:
        await fetch.close()
