"""Puts what has finished into the library: a folder for each film and each series."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import AppError, Unavailable
from app.domain.media import Folder, FolderState
from app.domain.settings_sections import Downloads
from app.infra.placing import place
from app.services.downloads.naming import Shelf, plan

log = logging.getLogger(__name__)


_WORDS: Final = {Shelf.FILMS: "Films", Shelf.SERIES: "Series"}
_NAMES: Final = {
    Shelf.FILMS: frozenset({"films", "movies", "filme"}),
    Shelf.SERIES: frozenset({"series", "séries", "serien", "tv", "shows", "tv shows"}),
}
"""A folder of the library that is called so is the one."""


def own_folder(text: str) -> Path:
    """The folder the owner typed, ``~`` included."""
    return Path(text).expanduser()


class Library(Protocol):
    """What filing asks of the library."""

    async def folders(self) -> tuple[Folder, ...]:
        """The folders the owner added."""

    async def add_folder(self, path: bytes) -> Folder:
        """Add one."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One file that is here: its path within the download, where it lies, its size."""

    path: str
    lies: Path
    size: int


class Filer:
    """Knows the shelves, and puts films on them."""

    def __init__(self, library: Library, wishes: Callable[[], Downloads], usual: Path) -> None:
        self._library = library
        self._wishes = wishes
        self._usual = usual

    async def file_away(self, files: Sequence[Finished], name: str) -> tuple[bytes, ...]:
        """Put the films of a download into the library; returns where they are then.

        Nothing when the owner does not want it or there is no film in it. Raises `Unavailable`
        when the library's disk is away or full.
        """
        if not self._wishes().file_away:
            return ()
        moves = plan([(file.path, file.size) for file in files], name)
        lies = {file.path: file.lies for file in files}
        placed: list[bytes] = []
        for move in moves:
            shelf = await self._shelf(move.shelf)
            target = shelf.joinpath(*move.target)
            try:
                there = await asyncio.to_thread(place, lies[move.source], target)
            except OSError as error:
                raise Unavailable("errors.filing_failed", folder=str(shelf), name=name) from error
            placed.append(os.fsencode(there))
        return tuple(placed)

    async def _shelf(self, shelf: Shelf) -> Path:
        """The folder of films or of series; one of the library when the owner named none."""
        wishes = self._wishes()
        named = wishes.films_folder if shelf is Shelf.FILMS else wishes.series_folder
        if named:
            folder = own_folder(named)
        else:
            folder = await self._of_library(shelf)
        await self._make_known(folder)
        return folder

    async def _of_library(self, shelf: Shelf) -> Path:
        folders = await self._library.folders()
        here = [Path(os.fsdecode(one.path)) for one in folders if one.state is FolderState.HERE]
        for folder in here:
            if folder.name.casefold() in _NAMES[shelf]:
                return folder
        own = {self._usual / word for word in _WORDS.values()}
        others = [folder for folder in here if folder not in own]
        return (others[0] if others else self._usual) / _WORDS[shelf]

    async def _make_known(self, folder: Path) -> None:
        """See to it that the library looks there; a folder inside another of its is known."""
        try:
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable("errors.disk_away", folder=str(folder)) from error
        for known in await self._library.folders():
            if folder.is_relative_to(os.fsdecode(known.path)):
                return
        try:
            await self._library.add_folder(os.fsencode(folder))
        except AppError as error:  # it lies around another, say: filed all the same
            log.info("The library does not take %s: %s", folder, error)
