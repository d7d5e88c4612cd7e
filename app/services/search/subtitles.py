"""Fetches the subtitles a stream brings, as small files the player may open."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from app.api.searching import Stream, StreamSubtitle
from app.domain.errors import AppError, Unavailable
from app.infra.atomic import replace_file
from app.infra.http import HttpClient, HttpLimits

log = logging.getLogger(__name__)

MOST: Final = 12
LARGEST: Final = 5_000_000
SECONDS: Final = 6.0
KEPT: Final = 200
_ENDINGS: Final = frozenset(("srt", "vtt", "ass", "ssa", "sub"))
_LOOKED_AT: Final = 4096
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 has zeros in its words
_OTHERS: Final = (b"<", b"#extm3u", b"ffconcat", b"[playlist]", b"# mpv edl")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


class SubtitleFetcher:
    """Keeps them in a folder of the cache; the oldest go when there are many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def fetch(self, stream: Stream, own_hosts: frozenset[str]) -> tuple[bytes, ...]:
        """Return the paths of those that could be had; none of them is worth a failure."""
        if not stream.subtitles:
            return ()
        client = HttpClient(HttpLimits(20.0, SECONDS, LARGEST, own_hosts), "subtitles")
        try:
            found = await asyncio.gather(
                *(self._one(client, subtitle) for subtitle in stream.subtitles[:MOST])
            )
        finally:
            await client.close()
        await asyncio.to_thread(self._prune)
        return tuple(os.fsencode(path) for path in found if path is not None)

    async def _one(self, client: HttpClient, subtitle: StreamSubtitle) -> Path | None:
        try:
            path = self._folder / _name(subtitle)
            if await asyncio.to_thread(_still_here, path):
                return path
            answer = (await client.get(subtitle.url)).require()
            if answer.status != 200 or not _is_subtitle(answer.content):
                raise Unavailable("errors.bad_answer", host=answer.host)
            await asyncio.to_thread(replace_file, path, answer.content)
        except (AppError, OSError, ValueError) as error:  # ValueError: an address that is none
            log.info("A subtitle could not be had: %s", error)
            return None
        return path

    def _prune(self) -> None:
        with contextlib.suppress(OSError):  # another fetch may prune as well
            files = sorted(self._folder.glob("*"), key=lambda one: one.stat().st_mtime)
            for path in files[:-KEPT]:
                path.unlink(missing_ok=True)


def _name(subtitle: StreamSubtitle) -> str:
    """The name of its file. `ValueError` when the address cannot be one."""
    parts = urlsplit(subtitle.url)
    if not parts.hostname or parts.port == 0:
        raise ValueError("no web address")
    ending = parts.path.rpartition(".")[2].lower()
    kind = ending if ending in _ENDINGS else "vtt"
    language = subtitle.language if _LANGUAGE.fullmatch(subtitle.language) else "und"
    return f"{hashlib.sha256(subtitle.url.encode()).hexdigest()[:24]}.{language}.{kind}"


def _still_here(path: Path) -> bool:
    """Whether it was fetched before; it then counts as new, so that it is not pruned now."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def _is_subtitle(content: bytes) -> bool:
    """Whether it may be one: words, and no web page and no list of other addresses."""
    start = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    words = start.startswith(_WIDE) or b"\0" not in start
    return bool(start) and words and not start.lower().startswith(_OTHERS)
