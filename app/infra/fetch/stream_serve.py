"""Answers the player that watches a stream while it loads: a playlist over our own files."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import AppError, NotFound
from app.infra.fetch.join import listed, master
from app.infra.fetch.stream_loading import StreamLoading

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

PLAYLIST: Final = "application/vnd.apple.mpegurl"
_NAME: Final = re.compile(r"[av](?:head\d{4}|\d{6})\.[a-z0-9]{2,4}")
_KINDS: Final = {"ts": "video/mp2t", "aac": "audio/aac", "mp3": "audio/mpeg", "m4a": "audio/mp4"}


async def serve(
    loading: StreamLoading | None, folder: Path, request: web.Request, rest: str
) -> web.StreamResponse:
    """Answer one request. A segment that is not here yet is asked for first, and waited for."""
    from aiohttp import web

    if loading is None:
        return web.Response(status=503)
    if rest.endswith(".m3u8"):
        text = _playlist(loading, rest.removesuffix(".m3u8"))
        if text is None:
            return web.Response(status=404)
        return web.Response(text=text, content_type=PLAYLIST)
    if not _NAME.fullmatch(rest):
        return web.Response(status=404)
    try:
        path = await loading.need(rest)
    except NotFound:
        return web.Response(status=404)
    except AppError as error:
        log.info("A segment of a stream could not be had: %s", error)
        return web.Response(status=502)
    kind = _KINDS.get(path.suffix[1:], "video/mp4")
    return web.FileResponse(path, headers={"Content-Type": kind})


def _playlist(loading: StreamLoading, name: str) -> str | None:
    tracks = {track.prefix: track for track in loading.tracks}
    if name == "stream" and len(tracks) > 1:
        return master()
    track = tracks.get("v" if name == "stream" else name)
    ended = loading.finished or all(one.ended for one in loading.tracks)
    return None if track is None else listed(track, ended=ended)
