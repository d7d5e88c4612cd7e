"""A library and a history that live in memory, for view-models and pages alone."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.errors import AppError
from app.domain.media import (
    Card,
    Details,
    FileId,
    Folder,
    FolderId,
    FolderState,
    ItemId,
    LibraryQuery,
    LibrarySummary,
    MediaFile,
    MediaKind,
    PosterKey,
    Track,
    TrackKind,
)
from app.runtime.bus import EventBus
from app.runtime.loop import ServiceLoop
from ui.bridge import Bridge


@contextlib.contextmanager
def running_bridge() -> Iterator[tuple[Bridge, EventBus]]:
    """A bridge over a real service thread."""
    loop, bus = ServiceLoop("test service"), EventBus()
    loop.start()
    bridge = Bridge(loop, bus)
    try:
        yield bridge, bus
    finally:
        bridge.close()
        loop.stop()


def film(number: int, **changes: object) -> Card:
    """A card of a film."""
    card = Card(ItemId(number), MediaKind.FILM, f"Film {number:03d}", 1950 + number % 70,
                duration=5400.0, resolution="1080p")  # fmt: skip
    return replace(card, **changes)  # type: ignore[arg-type]  # any field of the card


def episode(number: int, of: int = 900, **changes: object) -> Card:
    """A card of an episode of the series ``900``."""
    card = Card(ItemId(of + number), MediaKind.EPISODE, f"Part {number}", season=1, episode=number,
                series="Northern Post", duration=1500.0)  # fmt: skip
    return replace(card, **changes)  # type: ignore[arg-type]  # any field of the card


class FakeLibrary:
    """Answers from a list of cards; `error` makes every question fail."""

    def __init__(self, cards: Sequence[Card] = ()) -> None:
        self.all = {card.id: card for card in cards}
        self.error: AppError | None = None
        self.asked: list[LibraryQuery] = []
        self.added: list[bytes] = []
        self.cancelled: list[FolderId] = []
        self.rescans = 0
        self.episodes: tuple[Card, ...] = ()
        self.found: list[tuple[bytes, str, int]] = []
        self.shelf: tuple[Folder, ...] = ()
        if cards:
            self.shelf = (Folder(FolderId(1), b"/films", "/films", FolderState.HERE, len(cards)),)

    def _check(self) -> None:
        if self.error is not None:
            raise self.error

    async def listing(self, query: LibraryQuery) -> array[int]:
        self._check()
        self.asked.append(query)
        wanted = [
            card
            for card in self.all.values()
            if card.kind in query.kinds
            and query.text.casefold() in card.title.casefold()
            and not (query.unwatched and card.watched)
        ]
        return array("q", (card.id for card in wanted))

    async def narrowed(self, query: LibraryQuery, ids: Sequence[int]) -> array[int]:
        cards = await self.cards(ids)
        return array("q", (card.id for card in cards if not (query.unwatched and card.watched)))

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return [self.all[ItemId(one)] for one in ids if ItemId(one) in self.all]

    async def details(self, item: ItemId) -> Details:
        self._check()
        card = self.all[item]
        tracks = (
            Track(0, TrackKind.VIDEO, "HEVC", width=1920, height=1080),
            Track(1, TrackKind.AUDIO, "AC3", "en", channels=6, default=True),
            Track(2, TrackKind.SUBTITLE, "SRT", "fr"),
        )
        file = MediaFile(FileId(item), b"/films/a.mkv", "/films/a.mkv", 1_400_000_000,
                         duration=card.duration, container="matroska", bit_rate=2_000_000,
                         tracks=tracks, resolution="1080p", offline=card.offline)  # fmt: skip
        episodes = self.episodes if card.kind is MediaKind.SERIES else ()
        files = () if card.kind is MediaKind.SERIES else (file,)
        return Details(card, files, episodes, 1.7e9, "Somebody walks over a ridge.")

    async def summary(self) -> LibrarySummary:
        self._check()
        films = sum(card.kind is MediaKind.FILM for card in self.all.values())
        return LibrarySummary(films, 1, 0, len(self.shelf), 412 * 10**9, 2 * 10**12,
                              (1990, 2010), ("1080p", "720p"))  # fmt: skip

    async def folders(self) -> tuple[Folder, ...]:
        return self.shelf

    async def suggestions(self) -> list[tuple[bytes, str, int]]:
        return self.found

    async def add_folder(self, path: bytes) -> Folder:
        self._check()
        self.added.append(path)
        folder = Folder(FolderId(9), path, path.decode("utf-8", "replace"), FolderState.HERE, 0)
        self.shelf = (*self.shelf, folder)
        return folder

    async def cancel_scan(self, folder: FolderId) -> None:
        self.cancelled.append(folder)

    async def rescan(self, folder: FolderId | None = None) -> None:
        self.rescans += 1

    async def recently_added(self, limit: int = 20) -> list[Card]:
        self._check()
        return [card for card in self.all.values() if card.kind is not MediaKind.EPISODE][:limit]

    def picture(self, key: PosterKey) -> Path:
        return Path("/nowhere") / key


class FakePlayback:
    """Remembers what was asked of the history."""

    def __init__(self, watching: Sequence[Card] = (), following: Sequence[Card] = ()) -> None:
        self.watching = list(watching)
        self.following = list(following)
        self.forgotten: list[ItemId] = []
        self.marked: list[tuple[ItemId, bool]] = []

    async def continue_watching(self, limit: int = 20) -> list[Card]:
        return [card for card in self.watching if card.id not in self.forgotten][:limit]

    async def next_up(self, limit: int = 20) -> list[Card]:
        return self.following[:limit]

    async def forget(self, item: ItemId) -> None:
        self.forgotten.append(item)

    async def restore(self, item: ItemId) -> None:
        self.forgotten.remove(item)

    async def mark_watched(self, item: ItemId, watched: bool) -> None:
        self.marked.append((item, watched))
