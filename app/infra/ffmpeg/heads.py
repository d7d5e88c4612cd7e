"""Reads from the first bytes of a film what ffprobe does not tell: its index's place, its kind."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.infra.containers import matroska, mp4
from app.infra.growing import Whole

FIRST: Final = 64
MOST_BOXES: Final = 64
SECONDS: Final = 10.0
_WEBM: Final = b"\x42\x82\x84webm"  # the element DocType and its content
Read = Callable[[int, int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Head:
    """`webm`: a Matroska file that says it is WebM. `fast_start`: nothing hints at the contrary."""

    webm: bool = False
    fast_start: bool = True


async def head_of(source: bytes | str) -> Head:
    """Look at a film's beginning; a plain answer when it cannot be read.

    Takes a path or an address of our own loopback server.
    """
    try:
        async with asyncio.timeout(SECONDS):
            if isinstance(source, bytes):
                return await read_head(Whole(Path(source.decode("utf-8", "surrogateescape"))).read)
            return await _fetched(source)
    except (OSError, struct.error, TimeoutError):
        return Head()


async def read_head(read: Read) -> Head:
    """Tell it from a way to read: a place and how many bytes."""
    start = await read(0, FIRST)
    if matroska.knows(start):
        return Head(webm=_WEBM in start)
    if not mp4.knows(start):
        return Head()
    place = 0
    for _ in range(MOST_BOXES):
        header = await read(place, 16)
        if len(header) < 16 or header[4:8] == b"moov":
            break
        if header[4:8] == b"mdat":
            return Head(fast_start=False)
        (length,) = struct.unpack_from(">I", header)
        if length == 1:
            (length,) = struct.unpack_from(">Q", header, 8)
        if length < 8:
            break
        place += length
    return Head()


async def _fetched(address: str) -> Head:
    import aiohttp  # with the server, only once something is played over the network

    async with aiohttp.ClientSession(trust_env=False) as session:

        async def read(start: int, most: int) -> bytes:
            headers = {"Range": f"bytes={start}-{start + most - 1}"}
            async with session.get(address, headers=headers, allow_redirects=False) as answer:
                if answer.status != 206 and (start or answer.status != 200):
                    return b""
                return await answer.content.read(most)

        try:
            return await read_head(read)
        except aiohttp.ClientError as error:
            raise OSError(str(error)) from error
