"""Stays with an ffmpeg that writes a file, and tells how far it is (``-progress pipe:1``)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import ToolFailed
from app.runtime import children
from app.runtime.children import Child

SILENCE: Final = 600.0
"""Seconds without a word after which it is ended; an index moved to the front takes a while."""
_HEARD: Final = 4_000
_TOLD: Final = 600


async def written(child: Child, to: Path, progress: Callable[[float], None]) -> None:
    """Return when `to` is written; `progress` is told the seconds of it that are.

    `ToolFailed` (``errors.tool_failed``, ``errors.tool_timeout``) when it is not. The child has
    ended then, also when this is cancelled.
    """
    complaints = bytearray()

    async def hear() -> None:
        while part := await child.stderr.read(children.CHUNK):
            complaints.extend(part[: max(0, _HEARD - len(complaints))])

    hearing = asyncio.ensure_future(hear())
    try:
        while line := await children.watch(child, SILENCE, child.stdout.readline):
            name, _sign, value = line.decode("ascii", "replace").strip().partition("=")
            if name == "out_time_us" and value.isdigit():
                progress(int(value) / 1e6)
        code = await child.wait()
        await hearing
    finally:
        await child.end()
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
    size = await asyncio.to_thread(lambda: to.stat().st_size if to.exists() else 0)
    if code != 0 or size == 0:
        detail = complaints[-_TOLD:].decode("utf-8", "replace").strip()
        raise ToolFailed("errors.tool_failed", tool="ffmpeg", code=code, detail=detail)
