"""What commands may ask of a running station, over its socket or in their own process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import InvalidInput
from app.domain.events import ScanPhase, ScanProgressed, SearchChanged, WindowRequested
from app.domain.media import Card, Folder, LibraryQuery, MediaKind
from app.domain.search import SearchId, SearchView, SourcePhase
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
    """Answers what is in `handlers()`: `open`, `scan`, `library`, `search`, `get`, and others.

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
            "search": self.search,
            "get": self.get,
            "downloads": self.downloads,
            "devices": self.devices,
            "cast": self.cast,
            "budget": self.budget,
            "describe": self.describe,
            "make": self.make,
            "publish": self.publish,
            "link": self.link,
            "health": self.health,
            "diagnostics": self.diagnostics,
            "backup": self.backup,
            "remote": self.remote,
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

    async def budget(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Tell what a month cost, and write it into a file when one is named."""
        from app.services.control_budget import budget

        return await budget(self._services.budget, args)

    async def describe(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Propose how to call and tell a video file; see `control_describe.describe`."""
        from app.services.control_describe import describe  # with tasks: only when asked

        return await describe(self._services.intelligence, args, progress)

    async def make(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Make a video; see `control_studio.make`."""
        from app.services.control_studio import make  # with the Studio: only when asked

        return await make(self._services.studio, self._bus, args, progress)

    async def publish(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Put a video on accounts; see `control_publishing.publish`."""
        from app.services.control_publishing import publish  # with posts: only when asked

        services = self._services
        return await publish(services.publishing, services.accounts, self._bus, args, progress)

    async def link(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Make, list or take back links; see `control_sharing.link`."""
        from app.services.control_sharing import link  # with links: only when asked

        return await link(self._services.sharing, self._services.library, args)

    async def health(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Look at every part; see `control_health.health`."""
        from app.services.control_health import health

        return await health(self._services.health, self._services.phrases, args)

    async def diagnostics(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Write what a report of a bug needs; see `control_health.diagnostics`."""
        from app.services.control_health import diagnostics

        return await diagnostics(self._services.diagnostics, args)

    async def backup(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        """Copy what the station knows."""
        from app.services.control_upkeep import backup

        return await backup(self._services.upkeep)

    async def remote(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """Tell how the remote is; see `control_remote.remote`."""
        from app.services.control_remote import remote

        return await remote(self._services.remote, args)

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
        most = _limit(args)
        ids = await library.listing(query)
        cards = await library.cards(ids[:most])
        return {"total": len(ids), "items": [_row(card) for card in cards]}

    async def get(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Fetch links; see `control_downloads.get`."""
        from app.services.control_downloads import get  # with downloads: only when asked

        return await get(self._services.downloads, self._bus, args, progress)

    async def downloads(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        """List what loads, waits and has come."""
        from app.services.control_downloads import told

        rows = await self._services.downloads.rows()
        return {"downloads": [told(row) for row in rows]}

    async def devices(self, args: Mapping[str, Any], _progress: Progress) -> object:
        """List the screens of the home."""
        from app.services.control_casting import devices  # with casting: only when asked

        return await devices(self._services.casting, args)

    async def cast(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Play something on a screen of the home; see `control_casting.cast`."""
        from app.services.control_casting import cast

        services = self._services
        return await cast(services.casting, services.library, self._bus, args, progress)

    async def search(self, args: Mapping[str, Any], progress: Progress) -> object:
        """Search every source, telling how many have answered, and list what was found."""
        from app.services.search.told import told  # with searching: only when somebody searches

        service = self._services.search
        heard: asyncio.Queue[SearchView] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def note(event: SearchChanged) -> None:
            loop.call_soon_threadsafe(heard.put_nowait, event.view)

        subscription = self._bus.on(SearchChanged, note)
        waiting: asyncio.Future[SearchView] | None = None
        try:
            begun = await service.search(_text(args, "query"), fresh=bool(args.get("fresh")))
            waiting = asyncio.ensure_future(service.wait(begun.id, slow=bool(args.get("slow"))))
            await _tell_answers(heard, begun.id, waiting, progress)
            view = await waiting
        finally:
            subscription.close()
            if waiting is not None:
                waiting.cancel()
        return told(view, _text(args, "source"), _limit(args))


async def _tell_answers(
    heard: asyncio.Queue[SearchView],
    search: SearchId,
    waiting: asyncio.Future[SearchView],
    progress: Progress,
) -> None:
    """Tell how many sources have answered, until the search is done."""
    while not waiting.done():
        listening = asyncio.ensure_future(heard.get())
        await asyncio.wait((listening, waiting), return_when=asyncio.FIRST_COMPLETED)
        if not listening.done():
            listening.cancel()
            return
        view = listening.result()
        if view.id == search and heard.empty():
            asked = [one for one in view.sources if one.phase is not SourcePhase.SKIPPED]
            open_ones = sum(one.phase is SourcePhase.SEARCHING for one in asked)
            await progress({"answered": len(asked) - open_ones, "asked": len(asked)})


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


def _limit(args: Mapping[str, Any]) -> int:
    limit = args.get("limit")
    return _MOST_ROWS if not isinstance(limit, int) else max(0, min(limit, _MOST_ROWS))


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
