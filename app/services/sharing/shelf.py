"""Finds the films a link leads to: an item of the library, a file, or all videos of a folder."""

from __future__ import annotations

import logging
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.access import Shared, SharedKind
from app.domain.casting import MediaFacts, SubtitleTrack
from app.domain.endings import VIDEOS, ending_of
from app.domain.errors import AppError, InvalidInput, NotFound
from app.domain.media import Card, ItemId, MediaKind
from app.domain.text import display
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.running import Outside
from app.runtime.threads import in_own_thread
from app.services.library.catalogue import subtitles_beside
from app.services.library.service import LibraryService
from app.services.playback.sidecars import named

log = logging.getLogger(__name__)

PATIENCE: Final = 8.0
"""Seconds in which a disk must answer."""
MOST_FILMS: Final = 500
DEEPEST: Final = 6
MOST_TEXTS: Final = 20
KNOWN: Final = 200
"""Of so many films it is remembered what is in them."""
_CODECS: Final = {"srt": "subrip", "ass": "ass", "ssa": "ssa", "vtt": "webvtt"}


@dataclass(frozen=True, slots=True)
class Film:
    """One film of a link. `caption` is what goes under its title: a year, a season and episode."""

    path: bytes
    title: str
    caption: str = ""
    poster: Path | None = None
    wide: Path | None = None  # a picture as wide as the film
    seconds: float | None = None


class Shelf:
    """Finds films and what is in them. Lives on the service loop."""

    def __init__(self, library: LibraryService) -> None:
        self._library = library
        self._outside = Outside()
        self._known: OrderedDict[tuple[bytes, int, int], MediaFacts] = OrderedDict()

    async def title(self, what: Shared) -> str:
        """What it is called; `NotFound` when it is not there, `InvalidInput` when it is no film."""
        if what.kind is SharedKind.ITEM:
            return (await self._library.details(_item(what))).card.title
        if not what.path.startswith(b"/"):
            raise InvalidInput("errors.path_not_absolute", path=display(what.path))
        name = display(what.path.rstrip(b"/").rpartition(b"/")[2])
        try:
            mode = await in_own_thread(lambda: os.stat(what.path).st_mode, PATIENCE)  # noqa: PTH116 - paths are bytes
        except (OSError, TimeoutError) as error:
            raise NotFound("errors.link_file_gone", name=name) from error
        if what.kind is SharedKind.FOLDER:
            if not stat.S_ISDIR(mode):
                raise InvalidInput("errors.link_no_folder", name=name)
            return name
        if not stat.S_ISREG(mode) or ending_of(name) not in VIDEOS:
            raise InvalidInput("errors.link_no_film", name=name)
        film = await self._of_path(what.path)
        return film.title

    async def films(self, what: Shared) -> tuple[Film, ...]:
        """The films that are there now, in the order of their names or episodes."""
        if what.kind is SharedKind.ITEM:
            try:
                return await self._of_item(_item(what))
            except NotFound:
                return ()
        if what.kind is SharedKind.FILE:
            there = await self._there(what.path)
            return (await self._of_path(what.path),) if there else ()
        try:
            paths = await in_own_thread(lambda: _videos(what.path), PATIENCE)
        except (OSError, TimeoutError):
            return ()
        return tuple([await self._of_path(path) for path in paths])

    async def facts(self, film: Film) -> MediaFacts:
        """What is in a film; raises as `app.infra.ffmpeg.facts.facts`."""
        try:
            state = await in_own_thread(lambda: os.stat(film.path), PATIENCE)  # noqa: PTH116 - paths are bytes
        except (OSError, TimeoutError) as error:
            raise NotFound("errors.link_file_gone", name=film.title) from error
        key = (film.path, state.st_size, state.st_mtime_ns)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = await facts(film.path, self._outside)
            while len(self._known) > KNOWN:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return found

    async def texts(self, film: Film) -> tuple[SubtitleTrack, ...]:
        """Its subtitles that are letters: those beside it first, then those inside."""
        try:
            beside = await in_own_thread(lambda: subtitles_beside(film.path), PATIENCE)
        except (OSError, TimeoutError):
            beside = ()
        found = []
        for path in beside:
            codec = _CODECS.get(ending_of(os.fsdecode(path)), "")
            if codec:
                title, language = named(path, film.path)
                found.append(SubtitleTrack(path=path, codec=codec, language=language, title=title))
        try:
            inside = (await self.facts(film)).subtitles
        except AppError:
            inside = ()
        return (*found, *(one for one in inside if one.text))[:MOST_TEXTS]

    async def _of_item(self, item: ItemId) -> tuple[Film, ...]:
        details = await self._library.details(item)
        if details.card.kind is not MediaKind.SERIES:
            files = [file for file in details.files if not file.offline]
            if not files:
                return ()
            return (self._shown(details.card, files[0].path),)
        found: list[Film] = []
        for card in details.episodes[:MOST_FILMS]:
            files = [one for one in (await self._library.details(card.id)).files if not one.offline]
            found += [self._shown(card, file.path) for file in files[:1]]
        return tuple(found)

    async def _of_path(self, path: bytes) -> Film:
        """What the library knows of a file, else its name."""
        item = await self._library.item_at(path)
        cards = await self._library.cards([item]) if item is not None else []
        if cards:
            return self._shown(cards[0], path)
        name = display(path.rpartition(b"/")[2])
        return Film(path, name.rpartition(".")[0] or name)

    def _shown(self, card: Card, path: bytes) -> Film:
        words = []
        if card.series:
            words.append(card.series)
        if card.season is not None and card.episode is not None:
            words.append(f"{card.season} × {card.episode:02}")
        if card.year:
            words.append(str(card.year))
        poster = self._library.picture(card.poster) if card.poster else None
        wide = self._library.picture(card.backdrop) if card.backdrop else None
        return Film(path, card.title, " · ".join(words), poster, wide, card.duration)

    @staticmethod
    async def _there(path: bytes) -> bool:
        try:
            mode = await in_own_thread(lambda: os.stat(path).st_mode, PATIENCE)  # noqa: PTH116 - paths are bytes
        except (OSError, TimeoutError):
            return False
        return stat.S_ISREG(mode)


def _item(what: Shared) -> ItemId:
    if what.item is None:
        raise InvalidInput("errors.bad_argument", name="item")
    return what.item


def _videos(folder: bytes) -> list[bytes]:
    """Blocking. Every video that really lies in a folder, in the order of names."""
    return sorted(_walk(os.path.realpath(folder), DEEPEST), key=lambda path: path.lower())[
        :MOST_FILMS
    ]


def _walk(folder: bytes, deep: int) -> Iterator[bytes]:
    # Nothing is followed: a link could lead out of what the owner meant to share.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False) and deep:
                yield from _walk(entry.path, deep - 1)
            elif entry.is_file(follow_symlinks=False) and _is_video(entry.name):
                yield entry.path


def _is_video(name: bytes) -> bool:
    return ending_of(os.fsdecode(name)) in VIDEOS
