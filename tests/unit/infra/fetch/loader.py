"""A process that loads one thing, so that a test may kill it: kind, address, folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from app.domain.errors import AppError
from app.infra.fetch.file_fetch import FileFetch, FileWanted
from app.infra.fetch.stream_fetch import StreamFetch, StreamWanted
from app.infra.fetch.throttle import Throttle
from tests.unit.infra.fetch.conftest import HOME, QUICK


def main(kind: str, url: str, place: str) -> None:
    """Load it; says when the first bytes are here, and where the file is at the end."""
    asyncio.run(_load(kind, url, Path(place)))


async def _load(kind: str, url: str, folder: Path) -> None:
    """A kill between the fork and the exec of a helper leaves that one holding for a moment.

    Then it is tried again, as the station does.
    """
    while True:
        try:
            return await _try(kind, url, folder)
        except AppError as error:
            if error.key != "errors.download_busy":
                sys.stdout.write(f"failed: {error}\n")
                return None
            await asyncio.sleep(0.05)


async def _try(kind: str, url: str, folder: Path) -> None:
    fetch: FileFetch | StreamFetch
    given: dict[str, Any] = {"limiter": Throttle(), "patience": QUICK}
    if kind == "file":
        fetch = FileFetch(FileWanted(url, own_hosts=HOME), folder, "abc", **given)
    else:
        wanted = StreamWanted(url, own_hosts=HOME, name="film")
        fetch = StreamFetch(wanted, folder, "abc", **given)
    task = asyncio.create_task(fetch.run())
    before = None
    while not task.done():
        await asyncio.wait([task], timeout=0.005)
        done = fetch.status().done
        if before is not None and done > before:
            sys.stdout.write("loads\n")
            sys.stdout.flush()
            before = 1 << 60
        elif before is None and fetch.status().connections:
            before = done
    try:
        sys.stdout.write(f"{await task}\n")
    finally:
        await fetch.close()
