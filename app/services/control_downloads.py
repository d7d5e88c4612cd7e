"""What commands may ask of downloads: fetch links, and stay until they are here."""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.downloads import ENDED, Download, DownloadId, DownloadState
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import DownloadsChanged, PlayRequested
from app.runtime.bus import EventBus
from app.runtime.stirring import stirred_by

if TYPE_CHECKING:
    from app.services.downloads.links import Link
    from app.services.downloads.service import DownloadsService

Progress = Callable[[object], Awaitable[None]]

LOOK: Final = 1.0
MOST_LINKS: Final = 100
_OVER: Final = frozenset({*ENDED, DownloadState.FAILED, DownloadState.PAUSED})


async def get(
    downloads: DownloadsService, bus: EventBus, args: Mapping[str, Any], progress: Progress
) -> object:
    """Add links and .torrent files; with `wait` stay until each is here or has failed."""
    wanted = _wanted(args)
    folder = args.get("folder") or None
    if folder is not None and not (isinstance(folder, str) and folder.startswith("/")):
        raise InvalidInput("errors.path_not_absolute", path=str(folder)[:200])
    place = os.fsencode(folder) if folder else None
    numbers = [await take_in(downloads, one, place) for one in wanted]
    if args.get("play"):
        ticket = await downloads.play(numbers[0])
        bus.publish(PlayRequested(int(ticket)))
    if args.get("wait"):
        await _follow(downloads, bus, numbers, progress)
    rows = {row.id: row for row in await downloads.rows()}
    return {"downloads": [told(rows[number]) for number in numbers if number in rows]}


async def take_in(
    downloads: DownloadsService,
    link: str | bytes | Link,
    folder: bytes | None = None,
    name: str = "",
) -> DownloadId:
    """Take one in; one that is there already is let go on."""
    try:
        return await downloads.add(link, folder=folder, name=name)
    except InvalidInput as error:
        known = error.args_map.get("id")
        if error.key != "errors.download_known" or not isinstance(known, str):
            raise
    number = DownloadId(known)
    await downloads.go(number)
    await downloads.retry(number)
    return number


def _wanted(args: Mapping[str, Any]) -> list[str | bytes]:
    links, files = args.get("links") or [], args.get("files") or []
    if not isinstance(links, list) or not isinstance(files, list):
        raise InvalidInput("errors.bad_argument", name="links")
    if not 0 < len(links) + len(files) <= MOST_LINKS:
        raise InvalidInput("errors.bad_argument", name="links")
    try:
        return [
            *(str(link) for link in links),
            *(base64.b64decode(str(file), validate=True) for file in files),
        ]
    except (binascii.Error, ValueError) as error:
        raise InvalidInput("errors.bad_argument", name="files") from error


async def _follow(
    downloads: DownloadsService, bus: EventBus, numbers: list[DownloadId], progress: Progress
) -> None:
    with stirred_by(bus, DownloadsChanged) as stirred:
        while True:
            stirred.clear()
            rows = [row for row in await downloads.rows() if row.id in numbers]
            if not rows:
                raise NotFound("errors.download_unknown")
            await progress({"downloads": [told(row) for row in rows]})
            if all(row.state in _OVER for row in rows):
                return
            try:
                async with asyncio.timeout(LOOK):
                    await stirred.wait()
            except TimeoutError:
                continue


def told(row: Download) -> dict[str, object]:
    """A download as plain values."""
    return {
        "id": row.id,
        "kind": row.kind.value,
        "name": row.name,
        "state": row.state.value,
        "size": row.size,
        "done": row.done,
        "down": round(row.down),
        "left": row.left,
        "connections": row.connections,
        "reason": row.reason,
        "args": {key: str(value) for key, value in row.reason_args.items()},
        "folder": os.fsdecode(row.folder),
    }
