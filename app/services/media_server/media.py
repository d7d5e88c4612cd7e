"""Gives guests what they saw: films, subtitles, pictures; each asked for with a token of theirs."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import AppError
from app.domain.media import PosterKey
from app.infra.lan.files import serve_file
from app.infra.lan.manners import Manner, with_manner
from app.runtime.threads import in_own_thread
from app.services.library.catalogue import subtitles_beside
from app.services.media_server import didl
from app.services.media_server.guests import GuestBook
from app.services.media_server.makers import FEATURES, PICTURE, TEXTS, maker_of, type_of
from app.services.media_server.reader import Reader
from app.services.media_server.store import Visit
from app.services.media_server.thumbs import Thumbs
from app.services.media_server.tree import visible

if TYPE_CHECKING:
    from aiohttp import web

PATIENCE: Final = 8.0
"""Seconds in which a disk must answer."""
_POSTER: Final = re.compile(r"((?:frame-)?[0-9a-f]{1,64})\.jpg\Z")
_NUMBER: Final = re.compile(r"\d{1,18}\Z", re.ASCII)
_FILE: Final = f"""SELECT d.path, f.path, f.container, f.folder_id FROM file f
    JOIN folder d ON d.id = f.folder_id JOIN item ON item.id = f.item_id
    WHERE f.id = ? AND f.missing_since IS NULL AND d.removed_at IS NULL
    AND {visible(None)}"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class _File:
    path: bytes
    container: str | None

    @property
    def ending(self) -> str:
        return self.path.rpartition(b".")[2].lower().decode("ascii", "replace")


class Media:
    """Answers for everything under a token."""

    def __init__(
        self, guests: GuestBook, reader: Reader, picture: Callable[[PosterKey], Path]
    ) -> None:
        self._guests = guests
        self._reader = reader
        self._picture = picture
        self._thumbs = Thumbs()

    async def film(self, request: web.Request) -> web.StreamResponse:
        """``/dlna/TOKEN/film/7/12.mkv``: the bytes of a file."""
        from aiohttp import web

        visit, status = self._visit(request)
        if visit is None:
            return web.Response(status=status)
        file = await self._file(request, visit)
        if file is None:
            return web.Response(status=404)
        await self._guests.stays(visit)
        told = request.headers
        maker = maker_of(told.get("User-Agent", ""), told.get("X-AV-Client-Info", ""))
        captions = ""
        if told.get("getCaptionInfo.sec"):
            captions = await self._captions(request, file)
        kind = type_of(file.ending, file.container, maker)
        try:
            serve = await serve_file(file.path, kind)
        except AppError:
            return web.Response(status=404)
        return await with_manner(serve, Manner(features=FEATURES, captions=captions))(request, "")

    async def text(self, request: web.Request) -> web.StreamResponse:
        """``/dlna/TOKEN/text/7/0123456789abcdef.srt``: subtitles that lie beside a film."""
        from aiohttp import web

        visit, status = self._visit(request)
        if visit is None:
            return web.Response(status=status)
        file = await self._file(request, visit)
        beside = [] if file is None else await self._beside(file)
        wanted = request.match_info["name"]
        for one in beside:
            name = one.rpartition(b"/")[2]
            if didl.text_name(name) == wanted:
                kind = TEXTS.get(wanted.rpartition(".")[2], "text/plain")
                try:
                    serve = await serve_file(one, kind)
                except AppError:
                    break
                return await with_manner(serve, Manner(still=True))(request, "")
        return web.Response(status=404)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """``/dlna/TOKEN/poster/KEY.jpg`` and ``/dlna/TOKEN/thumb/KEY.jpg``."""
        from aiohttp import web

        visit, status = self._visit(request)
        if visit is None:
            return web.Response(status=status)
        found = _POSTER.match(request.match_info["name"])
        if found is None or not await self._shows(found[1], visit):
            return web.Response(status=404)
        place = self._picture(PosterKey(found[1]))
        small = request.match_info["size"] == "thumb"
        profile = "JPEG_TN" if small else "JPEG_SM"
        manner = Manner(features=PICTURE.format(profile=profile, converted=int(small)), still=True)
        try:
            if not small:
                serve = await serve_file(os.fsencode(place), "image/jpeg")
                return await with_manner(serve, manner)(request, "")
            made = await self._thumbs.get(found[1], place)
        except AppError:
            return web.Response(status=404)

        async def give(_request: web.Request, _rest: str) -> web.StreamResponse:
            return web.Response(body=made, content_type="image/jpeg")

        return await with_manner(give, manner)(request, "")

    def _visit(self, request: web.Request) -> tuple[Visit | None, int]:
        visit = self._guests.holding(request.match_info["token"], request.remote or "")
        if visit is None:
            return None, 404
        return (visit, 0) if self._guests.may(visit.guest) else (None, 403)

    async def _file(self, request: web.Request, visit: Visit) -> _File | None:
        told = request.match_info["file"]
        if not _NUMBER.match(told):
            return None
        folders = self._guests.folders(visit.guest)

        def work(raw: sqlite3.Connection) -> tuple[bytes, bytes, str | None] | None:
            row = raw.execute(_FILE, (int(told),)).fetchone()
            if row is None or (folders is not None and row[3] not in folders):
                return None
            return row[0], row[1], row[2]

        row = await self._reader.run(work)
        if row is None:
            return None
        root, below, container = row
        path = root.rstrip(b"/") + b"/" + below
        try:
            good = await in_own_thread(lambda: _inside(path, root), PATIENCE)
        except (OSError, TimeoutError):
            return None
        return _File(path, container) if good else None

    async def _shows(self, key: str, visit: Visit) -> bool:
        """Whether something a guest may see has this poster."""
        folders = self._guests.folders(visit.guest)
        sql = f"SELECT 1 FROM item WHERE poster = ? AND {visible(folders)} LIMIT 1"  # noqa: S608 - a constant
        return await self._reader.run(lambda raw: raw.execute(sql, (key,)).fetchone() is not None)

    async def _captions(self, request: web.Request, file: _File) -> str:
        """The address of the first subtitles beside a film."""
        token, number = request.match_info["token"], request.match_info["file"]
        for one in await self._beside(file):
            name = one.rpartition(b"/")[2]
            if didl.text_name(name).rpartition(".")[2] in TEXTS:
                return f"http://{request.host}/dlna/{token}/text/{number}/{didl.text_name(name)}"
        return ""

    @staticmethod
    async def _beside(file: _File) -> tuple[bytes, ...]:
        try:
            return await in_own_thread(lambda: subtitles_beside(file.path), PATIENCE)
        except (OSError, TimeoutError):
            return ()


def _inside(path: bytes, root: bytes) -> bool:
    """Blocking. Whether a file really lies in its folder, whatever links there are on the way."""
    real, base = os.path.realpath(path), os.path.realpath(root)
    return real.startswith(base.rstrip(b"/") + b"/")
