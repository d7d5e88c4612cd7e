"""Whatever disappears, nothing is deleted: items are greyed and what was watched is kept."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from app.domain.events import FolderStateChanged
from app.domain.media import Folder, FolderState
from app.services.library import roots
from tests.fakes.films import PLAIN, Film, make
from tests.unit.services.library.conftest import Station

MANY = 30


@pytest.fixture
async def many(station: Station, films: Path) -> Folder:
    """A folder of thirty films, one of them half watched."""
    for number in range(MANY):
        make(PLAIN, films / f"Film {number} (20{number:02d}).mkv")
    folder = await station.add(films)
    (card, *_rest) = await station.cards()
    await station.write(
        "INSERT INTO position (item_id, position, duration) VALUES (?, 1, 2)", card.id
    )
    return folder


async def _counts(station: Station) -> tuple[int, int, int, int]:
    (row,) = await station.raw(
        "SELECT (SELECT count(*) FROM file), (SELECT count(*) FROM item WHERE hidden = 0),"
        " (SELECT count(*) FROM item WHERE offline), (SELECT count(*) FROM position)"
    )
    return row


async def test_a_missing_root(station: Station, films: Path, many: Folder) -> None:
    told: list[FolderStateChanged] = []
    station.bus.on(FolderStateChanged, told.append)
    films.rename(films.with_name("elsewhere"))
    await station.scan(many)
    assert await _counts(station) == (MANY, MANY, MANY, 1)
    (folder,) = await station.library.folders()
    assert folder.state is FolderState.AWAY
    assert folder.away_since is not None
    films.with_name("elsewhere").rename(films)
    await station.scan(many)
    assert await _counts(station) == (MANY, MANY, 0, 1)
    assert [each.state for each in told] == [FolderState.AWAY, FolderState.HERE]


async def test_an_empty_mount_point(station: Station, films: Path, many: Folder) -> None:
    films.rename(films.with_name("disk"))
    films.mkdir()
    await station.scan(many)
    await station.scan(many, owner=True)  # even the owner's own rescan cannot mean this
    assert await _counts(station) == (MANY, MANY, MANY, 1)
    assert (await station.library.folders())[0].state is FolderState.AWAY


async def test_a_partial_tree_pulls_the_brake(station: Station, films: Path, many: Folder) -> None:
    kept = films.with_name("kept")
    shutil.copytree(films, kept)
    for path in sorted(films.iterdir())[:25]:
        path.unlink()
    await station.scan(many)
    assert await _counts(station) == (MANY, MANY, MANY, 1)
    assert (await station.library.folders())[0].state is FolderState.AWAY
    await station.scan(many, owner=True)  # the owner says so: these are gone, greyed, and kept
    assert await _counts(station) == (MANY, MANY, 25, 1)
    assert (await station.library.folders())[0].state is FolderState.HERE


async def test_another_disk_in_its_place(
    station: Station, films: Path, many: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    films.rename(films.with_name("disk"))
    make(PLAIN, films / "Somebody else's (1999).mkv")
    await station.scan(many)
    files, items, offline, positions = await _counts(station)
    assert (files, items, positions) == (MANY + 1, MANY + 1, 1)
    assert offline >= MANY


async def test_a_disk_that_does_not_answer(
    station: Station, many: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat
    release = time.monotonic() + 3

    def hang(path: object, *args: object, **more: object) -> os.stat_result:
        if path == many.path:
            time.sleep(max(0, release - time.monotonic()))
        return real(path, *args, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(os, "stat", hang)
    look = await roots.look(many.path, held_files=True, patience=0.3)
    assert look.reason == roots.SILENT
    assert (await roots.look(b"/", held_files=True, patience=0.3)).reason is None


async def test_single_files_are_greyed_then_forgotten_but_not_what_was_watched(
    station: Station, films: Path, many: Folder
) -> None:
    (watched,) = await station.raw(
        "SELECT f.path, f.item_id FROM file f JOIN position p ON p.item_id = f.item_id"
    )
    other = next(path for path in films.iterdir() if os.fsencode(path.name) != watched[0])
    film = films / os.fsdecode(watched[0])
    content = film.read_bytes()
    film.unlink()
    other.unlink()
    await station.scan(many)
    assert await _counts(station) == (MANY, MANY, 2, 1)
    await station.scan(many)  # still so at the next
    assert await _counts(station) == (MANY, MANY, 2, 1)
    await station.write(
        "UPDATE file SET missing_since = ? WHERE missing_since IS NOT NULL",
        time.time() - 31 * 86400,
    )
    await station.scan(many)
    files, items, offline, positions = await _counts(station)
    assert (files, items, positions) == (MANY - 2, MANY - 2, 1)
    film.write_bytes(content)  # back after a month: the same item, as far as it was watched
    await station.scan(many)
    (card,) = [card for card in await station.cards() if card.position]
    assert card.id == watched[1]
    assert not card.offline


async def test_a_file_that_comes_back_is_not_looked_into_again(
    station: Station, films: Path, many: Folder
) -> None:
    film = next(films.iterdir())
    film.rename(films.parent / film.name)
    await station.scan(many)
    assert (await _counts(station))[2] == 1
    (films.parent / film.name).rename(film)
    await station.scan(many)
    assert (await _counts(station))[2] == 0
    assert await station.raw("SELECT count(*) FROM file WHERE probed <> 1") == [(0,)]


async def test_a_renamed_file_keeps_its_item(station: Station, films: Path) -> None:
    make(Film(look=1), films / "a clip.mkv")
    make(PLAIN, films / "Dune (1984).mkv")
    folder = await station.add(films)
    cards = {card.title: card for card in await station.cards()}
    for card in cards.values():
        await station.write("INSERT INTO position (item_id, position) VALUES (?, 1)", card.id)
    (films / "a clip.mkv").rename(films / "Metropolis (1927).mkv")
    (films / "sub").mkdir()
    (films / "Dune (1984).mkv").rename(films / "sub/Dune 1984 720p.mkv")
    await station.scan(folder)
    after = {card.title: card for card in await station.cards()}
    assert set(after) == {"Metropolis", "Dune"}
    assert after["Metropolis"].id == cards["a clip"].id
    assert after["Dune"].id == cards["Dune"].id
    assert all(card.position == 1 and not card.offline for card in after.values())
    assert len(await station.raw("SELECT id FROM file")) == 2


async def test_a_replaced_file_is_looked_into_again(station: Station, films: Path) -> None:
    film = make(PLAIN, films / "Dune (1984).mkv")
    folder = await station.add(films)
    make(Film(seconds=3.0), film)
    await station.scan(folder)
    (card,) = await station.cards()
    assert card.duration == pytest.approx(3.0, abs=0.2)
