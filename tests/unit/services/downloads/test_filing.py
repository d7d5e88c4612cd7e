"""Which folder films and series go to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.domain.media import Folder, FolderId, FolderState
from app.domain.settings_sections import Downloads
from app.services.downloads.filing import Filer, Finished
from tests.unit.services.downloads.conftest import Shelves


def known(path: Path, state: FolderState = FolderState.HERE) -> Folder:
    return Folder(FolderId(1), os.fsencode(path), str(path), state, 0)


class World:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.library = Shelves()
        self.wishes = Downloads()
        self.filer = Filer(self.library, lambda: self.wishes, place / "usual")

    async def file(self, name: str) -> str:
        source = self.place / name
        source.write_bytes(name.encode())
        (there,) = await self.filer.file_away([Finished(name, source, 9)], name)
        return os.path.relpath(os.fsdecode(there), self.place)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


FILM, EPISODE = "Metropolis.1927.mkv", "Pioneer.One.S01E02.mkv"


async def test_without_a_library_they_go_beside_each_other(world: World) -> None:
    assert (await world.file(FILM)).startswith("usual/Films/Metropolis (1927)/")
    world.library.known = (known(world.place / "usual/Films"),)
    assert (await world.file(EPISODE)).startswith("usual/Series/Pioneer One/Season 01/")
    assert (await world.file("Nosferatu.1922.mkv")).startswith("usual/Films/Nosferatu (1922)/")
    assert world.library.added == [
        os.fsencode(world.place / "usual/Films"), os.fsencode(world.place / "usual/Series"),
    ]  # fmt: skip


async def test_with_a_library_they_go_into_its_first_folder_that_is_here(world: World) -> None:
    world.library.known = (
        known(world.place / "gone", FolderState.AWAY), known(world.place / "media"),
    )  # fmt: skip
    assert (await world.file(FILM)).startswith("media/Films/")
    assert (await world.file(EPISODE)).startswith("media/Series/")
    assert world.library.added == []


async def test_a_folder_called_so_is_the_one(world: World) -> None:
    world.library.known = (known(world.place / "a"), known(world.place / "disk/Movies"))
    assert (await world.file(FILM)).startswith("disk/Movies/Metropolis (1927)/")
    assert (await world.file(EPISODE)).startswith("a/Series/")


async def test_the_owner_s_own_folder_goes_before(world: World) -> None:
    world.library.known = (known(world.place / "a"),)
    world.wishes = Downloads(films_folder=str(world.place / "mine"))
    assert (await world.file(FILM)).startswith("mine/Metropolis (1927)/")
    assert world.library.added == [os.fsencode(world.place / "mine")]


async def test_a_folder_that_cannot_be_made_is_told(world: World) -> None:
    (world.place / "file").write_text("in the way")
    world.wishes = Downloads(films_folder=str(world.place / "file/films"))
    with pytest.raises(Unavailable):
        await world.file(FILM)
