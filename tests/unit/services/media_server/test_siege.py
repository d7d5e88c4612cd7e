"""The attacks on the server for the home, over the table the program really has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from app.domain.media import FileId, ItemId
from app.domain.media_server import Sharing
from app.infra.database.engine import Database
from app.infra.lan.server import LanServer
from app.runtime.bus import EventBus
from app.services.media_server.service import MediaServerService
from tests.unit.infra.lan import siege

Attack = Callable[[LanServer], Awaitable[None]]
ATTACKS: dict[str, Attack] = {
    "hosts": siege.refuses_hosts,
    "traversals": siege.refuses_traversals,
    "pages": siege.refuses_pages,
    "methods": siege.refuses_methods,
}


class History:
    """Where nobody watches anything."""

    async def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> None:
        raise AssertionError(item, file, position, duration)


@pytest.fixture
async def server(database: Database) -> AsyncIterator[LanServer]:
    async with siege.at_home() as made:
        await made.stop()
        service = MediaServerService(
            database, EventBus(), made, History(), Sharing, lambda key: Path("/nowhere") / key
        )
        await service.start()
        await made.start([siege.US], 0)
        yield made
        await service.stop()


@pytest.mark.parametrize("attack", ATTACKS)
async def test_no_route_gives_way(server: LanServer, attack: str) -> None:
    assert len(server.routes()) > 5
    await ATTACKS[attack](server)


async def test_no_route_takes_a_token_that_is_not_good(server: LanServer) -> None:
    device = siege.OTHER
    foreign = server.offer(lambda _request, _rest: siege.says(), "film.mp4", way=siege.US,
                           device=device, seconds=60.0)  # fmt: skip
    gone = server.offer(lambda _request, _rest: siege.says(), "film.mp4", way=siege.US,
                        device=siege.TV, seconds=60.0)  # fmt: skip
    server.withdraw(gone)
    tokens = [url.split("/")[4] for url in (foreign, gone)]
    await siege.refuses_tokens(server, ["guessed", "0" * 32, "..", *tokens], by=siege.TV)
