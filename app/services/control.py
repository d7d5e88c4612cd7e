"""What commands may ask of a running station, over its socket or in their own process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import InvalidInput
from app.domain.events import ScanPhase, ScanProgressed, WindowRequested
from app.domain.media import Card, Folder, LibraryQuery, MediaKind
from app.domain.version import VERSION
from app.runtime.bus import EventBus

if TYPE_CHECKING:
    from app.services.library.service import LibraryService
    from app.services.station import Services

Progress = Callable[[object], Awaitable[None]]
Handler = Callable[[Mapping[str, Any], Progress], Awaitable[object]]

_ENDED: Final = frozenset({ScanPhase.DONE, ScanPhase.CANCELLED, ScanPhase.FAILED})
_MOST_ROWS: Final = 10_000


class Control:
    """Answers `raise`, `open`, `scan`, `library`, `status` and `quit`.

    `leave` is called (on the service loop) when a command asks the station to end.
    """

    def __init__(
        self,
        services: Services,
        bus: EventBus,
        leave: Callable[[], None],
        *,
        has_window: bool = True,
    ) -> None:
        self._services = services
        self._bus = bus
        self._leave = leave
        self._has_window = has_window

    def handlers(self) -> dict[str, Handler]:
        """The answers by the name of their command, for `ControlServer`."""
        return {
            "raise": self.open,
            "open": self.open,
            "scan": self.scan,
            "library": self.library,
            "status": self.status,
            "quit": self.quit,
        }

    async def open(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Bring the window to the front, at a page when one is named."""
        self._bus.publish(WindowRequested(page=_text(args, "page")))
        return {"window": self._has_window}

    async def quit(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        """End the station, after this answer has left."""
        asyncio.get_running_loop().call_later(0.05, self._leave)
        return {}

    async def status(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        """Tell what runs and what the library holds."""
        summary = await self._services.library.summary()
        return {
            "version": VERSION,
            "pid": os.getpid(),
            "films": summary.films,
            "series": summary.series,
            "videos": summary.videos,
            "folders": summary.folders,
        }

    async def scan(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Add a folder, or look again at one that is known, and stay until its scan ends."""
        path = os.fsencode(_text(args, "path"))
        if not path.startswith(b"/"):
            raise InvalidInput("errors.path_not_absolute", path=os.fsdecode(path))
        library = self._services.library
        told: asyncio.Queue[ScanProgressed] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def note(event: ScanProgressed) -> None:
            loop.call_soon_threadsafe(told.put_nowait, event)

        subscription = self._bus.on(ScanProgressed, note)
        try:
            folder = await _begin_scan(library, path)
            last = await _follow(told, folder, progress)
        finally:
            subscription.close()
        return {
            "folder": folder.display,
            "phase": last.phase.value,
            "files": last.done,
            "notes": last.notes,
            "items": await _items_of(library, folder),
        }

    async def library(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """List what the library holds, as plain rows."""
        library = self._services.library
        kinds = _kinds(_text(args, "kind"))
        query = LibraryQuery(kinds=kinds, text=_text(args, "search"))
        limit = args.get("limit")
        most = _MOST_ROWS if not isinstance(limit, int) else max(0, min(limit, _MOST_ROWS))
        ids = await library.listing(query)
        cards = await library.cards(ids[:most])
        return {"total": len(ids), "items": [_row(card) for card in cards]}


async def _begin_scan(library: LibraryService, path: bytes) -> Folder:
    wanted = await asyncio.to_thread(os.path.realpath, path)
    for folder in await library.folders():
        if folder.path in (path, wanted):
            await library.rescan(folder.id)
            return folder
    added: Folder = await library.add_folder(path)
    return added


async def _follow(
    told: asyncio.Queue[ScanProgressed], folder: Folder, progress: Progress
) -> ScanProgressed:
    while True:
        event = await told.get()
        if event.folder != folder.id:
            continue
        if event.phase in _ENDED:
            return event
        if told.empty():  # only the newest figure matters to somebody watching
            await progress({"phase": event.phase.value, "done": event.done, "total": event.total})


async def _items_of(library: LibraryService, folder: Folder) -> int:
    return next((f.items for f in await library.folders() if f.id == folder.id), 0)


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > 8192:
        raise InvalidInput("errors.bad_argument", name=name)
    return value


def _kinds(name: str) -> tuple[MediaKind, ...]:
    if not name:
        return (MediaKind.FILM, MediaKind.SERIES, MediaKind.VIDEO)
    try:
        return (MediaKind(name),)
    except ValueError as error:
        raise InvalidInput("errors.unknown_kind", kind=name) from error


def _row(card: Card) -> dict[str, object]:
    return {
        "id": card.id,
        "kind": card.kind.value,
        "title": card.title,
        "year": card.year,
        "series": card.series,
        "season": card.season,
        "episode": card.episode,
        "episodes": card.episodes,
        "duration": card.duration,
        "resolution": card.resolution,
        "watched": card.watched,
        "position": card.position,
        "offline": card.offline,
        "note": card.note,
    }
