"""A file of the station's own that is not in the library, such as a video of the Studio."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import AppError
from app.domain.media import Card, ItemId, MediaKind
from app.infra.loopback import LoopbackServer
from app.services.playback.contents import demuxer_for
from app.services.playback.request import PlayRequest, StreamRequest

if TYPE_CHECKING:
    from aiohttp import web


class FileWays:
    """The one way to play such a file, here or on another screen. Implements `Ways`."""

    def __init__(self, server: LoopbackServer, path: Path, title: str, stream: str) -> None:
        self._server, self._path = server, path
        self._title, self._stream = title, stream
        self._address = ""
        self._error: AppError | None = None

    async def open(self) -> PlayRequest:
        """Offer it to the player. `Unavailable` when it is gone, `Unsupported` when no film."""
        await self.close()
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        await asyncio.to_thread(demuxer_for, os.fsencode(self._path), self._title)
        self._address = await self._server.offer(self._serve, f"film{self._path.suffix}")
        return StreamRequest(
            title=self._title,
            caption="",
            card=Card(id=ItemId(0), kind=MediaKind.VIDEO, title=self._title),
            address=self._address,
            stream=self._stream,
        )

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        """The player could not play it: there is no other way."""
        self._error = AppError(key, **args)
        await self.close()

    async def close(self) -> None:
        """Offer it no more."""
        if self._address:
            self._server.withdraw(self._address)
            self._address = ""

    async def _serve(self, _request: web.Request, _rest: str) -> web.StreamResponse:
        from aiohttp import web

        if not await asyncio.to_thread(self._path.is_file):
            return web.Response(status=404)
        return web.FileResponse(self._path)
