"""Fetches the picture of what is wanted, and makes a poster of it where pictures are made."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.domain.media import PosterKey
from app.domain.search import Subject
from app.infra.http import HttpClient, HttpLimits
from app.infra.pictures import KEY_LENGTH, PictureCache
from app.infra.probe import Probe, Request

log = logging.getLogger(__name__)

LARGEST: Final = 8_000_000
SECONDS: Final = 6.0


class PosterFetcher:
    """Pictures by their address. What fails leaves the coloured card in its place.

    `asked` hears of each picture whether it was kept.
    """

    def __init__(
        self,
        cache: PictureCache,
        probe: Probe,
        folder: Path,
        asked: Callable[[bool], None] = lambda _hit: None,
    ) -> None:
        self._cache = cache
        self._probe = probe
        self._folder = folder
        self._asked = asked
        self._http = HttpClient(HttpLimits(4.0, SECONDS, LARGEST, longest_wait=SECONDS), "posters")

    async def with_picture(self, subject: Subject) -> Subject:
        """Return the subject with its picture, when there is one and it can be had."""
        if not subject.poster or subject.picture is not None:
            return subject
        key = hashlib.sha256(f"poster {subject.poster}".encode()).hexdigest()[:KEY_LENGTH]
        try:
            kept = await asyncio.to_thread(self._cache.has, key)
            self._asked(kept)
            if not kept:
                await self._fetch(subject.poster, key)
        except (AppError, OSError) as error:
            log.info("No picture of %r: %s", subject.title, error)
            return subject
        return replace(subject, picture=PosterKey(key))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _fetch(self, address: str, key: str) -> None:
        server = address.partition("://")[2].partition("/")[0]
        answer = (await self._http.get(address, lane=server)).require()  # each has its own pauses
        path = await asyncio.to_thread(self._write, answer.content)
        try:
            (made,) = await self._probe.ask(
                "media", [Request("image", {"shape": "poster"}, os.fsencode(path))]
            )
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if made.note is not None or not made.blob.startswith(b"\xff\xd8\xff"):
            raise OSError("not a picture")
        await asyncio.to_thread(self._cache.put, key, made.blob)

    def _write(self, content: bytes) -> Path:
        """Workers open files only, by a descriptor we hand them."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=self._folder, suffix=".fetched")
        path = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return path
