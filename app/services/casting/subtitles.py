"""Makes subtitles a device can show: WebVTT for Cast, SRT for DLNA, or letters to be burnt in.

Whatever a film or a file brings is read, cleaned and written anew, and kept in a cache.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.casting import SubtitleTrack
from app.domain.errors import AppError, NotFound, Unavailable, Unsupported
from app.infra.ffmpeg import letters, running
from app.infra.ffmpeg.running import Outside, Source
from app.infra.file_cache import FileCache
from app.infra.probe import open_regular
from app.services.casting import cues
from app.services.casting.cues import Cue

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.loopback import Serve

log = logging.getLogger(__name__)

KEPT_SECONDS: Final = 90 * 86_400.0
VERSION: Final = 1
_OLD_WAYS: Final = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), "cp1251"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro"), "cp1250"),
    **dict.fromkeys(("et", "lv", "lt"), "cp1257"),
    **{"el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "fa": "cp1256"},
    **{"vi": "cp1258", "th": "cp874", "ja": "cp932", "zh": "gb18030", "ko": "cp949"},
}
"""How subtitles in a language were written before everything was UTF-8."""


_BROUGHT: Final = re.compile(rb"(?ms)^\[(?:Fonts|Graphics)\].*?(?=^\[|\Z)")
"""Fonts and pictures that subtitles bring along: they are not to be trusted, and not needed."""


class Letters:
    """Reads subtitles of films, one at a time. Lives on the service loop."""

    def __init__(self, folder: Path) -> None:
        self._cache = FileCache(folder)
        self._outside = Outside()
        self._reading = asyncio.Lock()

    async def shown(
        self, source: Source, track: SubtitleTrack, *, vtt: bool, shift: float = 0.0
    ) -> bytes:
        """Return text subtitles as WebVTT or as SRT in UTF-8, for a stream that begins at a second.

        Raises `Unsupported` for pictures and for what cannot be read, `NotFound` when the file is
        gone, `Unavailable` for those inside a film that still loads.
        """
        found = cues.shifted(await self.said(source, track), shift)
        return await asyncio.to_thread(cues.web_vtt if vtt else cues.srt, found)

    async def drawn(self, source: Source, track: SubtitleTrack) -> bytes:
        """Return text subtitles as an ASS document to burn in, with the looks they have."""
        document = await self._kept(source, track, "ass")
        return await asyncio.to_thread(_BROUGHT.sub, b"", document)

    def serve(
        self, source: Source, track: SubtitleTrack, *, vtt: bool, shift: float = 0.0
    ) -> Serve:
        """Return what answers a device that fetches them; they are read when it asks."""
        kind = "text/vtt" if vtt else "application/x-subrip"

        async def serve(request: web.Request, _rest: str) -> web.StreamResponse:
            from aiohttp import web

            # A Cast receiver is a web page, and takes subtitles only with this.
            headers = {"Content-Type": f"{kind}; charset=utf-8", "Access-Control-Allow-Origin": "*"}
            if request.method == "HEAD":
                return web.Response(headers=headers)
            try:
                content = await self.shown(source, track, vtt=vtt, shift=shift)
            except AppError as error:
                log.info("Subtitles cannot be had: %s", error)
                return web.Response(status=404, headers={"Access-Control-Allow-Origin": "*"})
            return web.Response(body=content, headers=headers)

        return serve

    async def said(self, source: Source, track: SubtitleTrack) -> tuple[Cue, ...]:
        """Return the lines of text subtitles; raises as `shown`."""
        told = await self._kept(source, track, "srt")
        found = await asyncio.to_thread(cues.read, told.decode("utf-8", "replace"))
        if not found:
            raise Unsupported("errors.cast_subtitle_broken")
        return found

    async def _kept(self, source: Source, track: SubtitleTrack, form: str) -> bytes:
        if not track.text:
            raise Unsupported("errors.cast_subtitle_pictures")
        content = await asyncio.to_thread(_content, track.path) if track.path else b""
        key = f"{VERSION} {form} {track.codec} {await _key(source, track, content)}"
        async with self._reading:
            if (known := await self._cache.get(key)) is not None:
                return known
            if track.path:
                made = await self._of_file(content, track, form)
            else:
                made = await letters.extract(source, track.number or 0, form, self._outside)
            await self._cache.put(key, made, KEPT_SECONDS)
        return made

    async def _of_file(self, content: bytes, track: SubtitleTrack, form: str) -> bytes:
        text = await asyncio.to_thread(decoded, content, track.language)
        if track.codec in ("ass", "ssa"):
            return await letters.convert(text, "ass", form, self._outside)
        found = await asyncio.to_thread(cues.read, text, web=track.codec == "webvtt")
        if not found:
            raise Unsupported("errors.cast_subtitle_broken")
        plain = await asyncio.to_thread(cues.srt, found)
        if form == "srt":
            return plain
        return await letters.convert(plain.decode(), "subrip", form, self._outside)


def decoded(content: bytes, language: str = "") -> str:
    """Return the words of a subtitle file, whatever it is written in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[1:200:2].count(0) > 40:
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    way = _OLD_WAYS.get(language)
    if way is None:
        # A text whose letters nearly all lie in the upper half is in none of the West's.
        sample = content[:20_000]
        high = sum(byte >= 0xC0 for byte in sample)
        plain = sum(65 <= byte & 0xDF <= 90 and byte < 128 for byte in sample)
        way = "cp1251" if high > plain else "cp1252"
    return content.decode(way, "replace")


def _content(path: bytes) -> bytes:
    """Blocking. The subtitle file, unless it is none: too large, a list of addresses, a page."""
    try:
        with open(open_regular(path), "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor
            if os.fstat(file.fileno()).st_size > letters.LARGEST:
                raise Unsupported("errors.cast_subtitle_broken")
            return file.read(letters.LARGEST) or b""
    except OSError as error:
        raise NotFound("errors.cast_file_gone", name=running.name_of(path)) from error


async def _key(source: Source, track: SubtitleTrack, content: bytes) -> str:
    if track.path:
        return f"{hashlib.sha256(content).hexdigest()} {track.language}"
    known = await running.require(source)
    if known is None:
        # All of the film would have to be fetched for it, and before what is looked at now.
        raise Unavailable("errors.cast_subtitle_loading")
    return f"{known.st_dev} {known.st_ino} {known.st_size} {known.st_mtime_ns} {track.number}"
