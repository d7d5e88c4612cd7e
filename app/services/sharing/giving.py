"""Gives visitors a film: its file, or a conversion while it is made, its subtitles, its poster."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections import OrderedDict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from app.domain.access import PassId
from app.domain.errors import AppError
from app.domain.filenames import safe_name
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.conversion import Conversion, Converter
from app.infra.lan.files import serve_file
from app.services.casting.subtitles import Letters
from app.services.media_server.makers import type_of
from app.services.sharing.card import cover
from app.services.sharing.going import Going
from app.services.sharing.page import HEADERS
from app.services.sharing.playable import Form, file_type
from app.services.sharing.shelf import Film, Shelf
from app.services.sharing.visits import ClosedError, Visit

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

MOST_MADE: Final = 2
"""So many films are converted for visitors at the same time: a small machine does no more."""
_UNFIT: Final = re.compile(r"[^A-Za-z0-9 ._()-]+")


class Giver:
    """Gives what a visitor may have. Lives on the service loop."""

    def __init__(self, shelf: Shelf, converter: Converter, letters: Letters, going: Going) -> None:
        self._shelf = shelf
        self._letters = letters
        self._converter = converter
        self._going = going
        self._made: OrderedDict[tuple[PassId, str, str, str], Conversion] = OrderedDict()
        self._turn = asyncio.Lock()

    async def file(
        self, request: web.Request, visit: Visit, film: Film, *, download: bool
    ) -> web.StreamResponse:
        """The file as it is; for a download with the name it is kept under."""
        kind = "application/octet-stream" if download else await self._type(film)
        more = {"Content-Disposition": disposition(film)} if download else {}
        return await self._send(request, visit, film.path, kind, more)

    async def picture(
        self, request: web.Request, visit: Visit, film: Film, picture: Path | None
    ) -> web.StreamResponse:
        """A picture of a film; one that has none gets its title on colours."""
        if picture is None:
            from aiohttp import web

            drawn = cover(film.title)
            return web.Response(body=drawn, content_type="image/svg+xml", headers=HEADERS)
        return await self._send(request, visit, os.fsencode(picture), "image/jpeg", {})

    async def text(
        self, request: web.Request, visit: Visit, film: Film, number: int
    ) -> web.StreamResponse:
        """Subtitles as WebVTT, whatever they are written in."""
        from aiohttp import web

        tracks = await self._shelf.texts(film)
        if not 0 <= number < len(tracks):
            raise ClosedError(404, "unknown", visit)
        headers = {**HEADERS, "Content-Type": "text/vtt; charset=utf-8"}
        if request.method == "HEAD":
            return web.Response(headers=headers)
        try:
            content = await self._letters.shown(film.path, tracks[number], vtt=True)
        except AppError as error:
            log.info("Subtitles cannot be had: %s", error)
            raise ClosedError(404, "unknown", visit) from error
        self._going.add(visit.found.who.id, bytes=len(content))
        return web.Response(body=content, headers=headers)

    async def made(
        self, request: web.Request, visit: Visit, wanted: tuple[Film, str, Form], rest: str
    ) -> web.StreamResponse:
        """A conversion, while it is made; `rest` is a part of it."""
        from app.infra.lan import gate

        film, name, form = wanted
        conversion = await self._conversion(visit, film, name, form)
        request[gate.EXTRA] = dict(HEADERS)
        with self._going.sending(visit.found.who.id):
            answer = await conversion.serve(request, rest)
        if request.method != "HEAD" and isinstance(answer.body_length, int):
            self._going.add(visit.found.who.id, bytes=answer.body_length)
        return answer

    async def end(self, people: Collection[PassId] | None = None) -> None:
        """End what is converted for these; for all without."""
        async with self._turn:
            for key in [key for key in self._made if people is None or key[0] in people]:
                await self._converter.close(self._made.pop(key))

    async def _send(
        self,
        request: web.Request,
        visit: Visit,
        path: bytes,
        kind: str,
        more: Mapping[str, str],
    ) -> web.StreamResponse:
        from app.infra.lan import gate

        try:
            serve = await serve_file(path, kind)
        except AppError as error:
            raise ClosedError(404, "empty", visit) from error
        who = visit.found.who.id
        request[gate.EXTRA] = {**HEADERS, **more}
        request[gate.SENT] = lambda sent: self._going.add(who, bytes=sent)
        with self._going.sending(who):
            return await serve(request, "")

    async def _type(self, film: Film) -> str:
        found = await self._shelf.facts(film)
        ending = film.path.rpartition(b".")[2].lower().decode("ascii", "replace")
        return file_type(found) or type_of(ending, found.container)

    async def _conversion(self, visit: Visit, film: Film, name: str, form: Form) -> Conversion:
        assert form.plan is not None
        who, device = visit.found.who.id, visit.device
        key = (who, device, name, form.plan.container)
        async with self._turn:
            known = self._made.get(key)
            if known is not None:
                self._made.move_to_end(key)
                return known
            # A device watches one film; what it watched before makes room.
            for old in [old for old in self._made if old[:2] == (who, device)]:
                await self._converter.close(self._made.pop(old))
            if not await self._room():
                raise ClosedError(503, "busy", visit)
            facts = await self._shelf.facts(film)
            made = self._converter.open(Task(film.path, facts, form.plan))
            self._made[key] = made
            return made

    async def _room(self) -> bool:
        """Whether one more may be converted; what nobody fetches any more makes room."""
        for key in list(self._made):
            if len(self._made) < MOST_MADE:
                return True
            if not self._made[key].processes:
                await self._converter.close(self._made.pop(key))
        return len(self._made) < MOST_MADE


def disposition(film: Film) -> str:
    """The header that says under which name a file is kept: safe in any system."""
    ending = film.path.rpartition(b".")[2].decode("ascii", "replace").lower()
    name = safe_name(f"{film.title}.{ending}", f"film.{ending}")
    plain = _UNFIT.sub("_", name).strip("_ ") or "film"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
