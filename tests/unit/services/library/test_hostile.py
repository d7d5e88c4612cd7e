"""A folder of everything that breaks scanners ends in notes on items, never in a stuck scan."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from app.domain.media import Card, MediaKind
from tests.fakes.films import PLAIN, Film, make
from tests.unit.services.library.conftest import Station

VIDEO = MediaKind.VIDEO


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    place = tmp_path / "outside"
    place.mkdir()
    return make(PLAIN, place / "secret.mkv")


def _names(cards: list[Card]) -> dict[str, str | None]:
    return {card.title: card.note for card in cards}


@pytest.mark.timeout(60)
async def test_everything_that_is_not_a_film_gets_a_note(
    station: Station, films: Path, outside: Path
) -> None:
    make(PLAIN, films / "good.mkv")
    (films / "loop").symlink_to(films)
    (films / "up").symlink_to("..")
    (films / "self.mkv").symlink_to(films / "self.mkv")
    (films / "link out.mkv").symlink_to(outside)
    (films / "link in.mkv").symlink_to(films / "good.mkv")
    (films / "link to device.mkv").symlink_to("/dev/zero")
    os.mkfifo(films / "fifo.mkv")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(films / "socket.mkv"))
    (films / "folder.mkv").mkdir()
    make(PLAIN, films / "folder.mkv" / "inside.mkv")
    (films / "empty.mkv").touch()
    (films / "text.mkv").write_text("not a film at all\n" * 50)
    (films / "noise.mp4").write_bytes(os.urandom(50_000))
    whole = make(Film(container="mp4")).read_bytes()
    (films / "truncated.mp4").write_bytes(whole[: len(whole) // 3])
    (films / "list.mp4").write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{outside}\n#EXT-X-ENDLIST\n"
    )
    (films / "concat.mkv").write_text(f"ffconcat version 1.0\nfile {outside}\n")
    (films / "film.mkv.part").write_bytes(b"x")
    (films / "film.avi.!qB").write_bytes(b"x")
    (films / "film.mp4.crdownload").write_bytes(b"x")
    (films / ".hidden.mkv").write_bytes(b"x")
    (films / "good-sample.mkv").write_bytes(b"x")
    make(PLAIN, films / "Extras" / "interview.mkv")
    make(PLAIN, films / ".Trash-0" / "deleted.mkv")
    if os.geteuid() == 0 and _device(films / "device.mkv"):
        device = {"device": "notes.not_a_file"}
    else:
        device = {}
    folder = await station.add(films)

    assert _names(await station.cards()) == {
        "good": None,
        "inside": None,
        "self": "notes.link_broken",
        "link out": "notes.link_outside",
        "link to device": "notes.link_outside",
        "fifo": "notes.not_a_file",
        "socket": "notes.not_a_file",
        "empty": "notes.empty",
        "text": "notes.unreadable",
        "noise": "notes.unreadable",
        "truncated": "notes.unreadable",
        "list": "notes.unreadable",
        "concat": "notes.unreadable",
        **device,
    }
    # What is bad is remembered: nothing is looked into a second time.
    asked: list[object] = []
    ask = station.library._probe.ask

    async def listening(role: str, requests: object) -> object:
        asked.append(requests)
        return await ask(role, requests)  # type: ignore[arg-type]  # passed on as it came

    station.library._probe.ask = listening  # type: ignore[method-assign, assignment]  # a spy
    await station.scan(folder)
    assert asked == []


def _device(path: Path) -> bool:
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))
    except OSError:
        return False
    return True


NAMES = (
    b"line\nbreak.mkv",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.elif.mkv".encode(),
    "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH} (2001).mkv".encode(),
    b"bad \xff\xfe\xc3 bytes.mkv",
    b"x" * 251 + b".mkv",
    "\N{CJK UNIFIED IDEOGRAPH-6771}\N{CJK UNIFIED IDEOGRAPH-4EAC} (1953).mkv".encode(),
    b"-dash-name.mkv",
    b"http:x.mkv",
    b"quote'\"; DROP TABLE item; --.mkv",
    b" leading space.mkv",
    b"%s %d {0}.mkv",
    b"tab\there.mkv",
    b".hidden.mkv",
)


async def test_every_name_works(station: Station, films: Path) -> None:
    root = os.fsencode(films)
    inner = os.path.join(root, b"caf\xe9 \xff", b"deep\nfolder")
    os.makedirs(inner)
    names = [name for name in NAMES if not name.startswith(b".")]
    for name in names:
        make(PLAIN, os.path.join(root, name))
        make(PLAIN, os.path.join(inner, b"2" + name[:240].removesuffix(b".mkv") + b".mkv"))
    await station.add(films)
    rows = await station.raw("SELECT path, note, duration FROM file")
    assert len(rows) == 2 * len(names)
    assert all(note is None and duration for _path, note, duration in rows)
    for card in await station.cards():
        assert card.poster is not None
        _check_text(card.title)
        for file in (await station.library.details(card.id)).files:
            _check_text(file.display)
            assert os.path.exists(file.path)
            assert file.display.encode()  # no surrogates: it can be sent and stored anywhere


def _check_text(text: str) -> None:
    assert text
    assert not any(
        ord(char) < 32 or char in "\u202e\u202d\u2066\u2067\u2068\u2069" for char in text
    )
    text.encode()


async def test_a_folder_whose_own_path_is_odd(station: Station, tmp_path: Path) -> None:
    root = os.fsencode(tmp_path) + b"/odd \xff\nfolder"
    os.makedirs(root)
    make(PLAIN, root + b"/One (2001).mkv")
    folder = await station.add(root)
    assert folder.path == root
    folder.display.encode()
    assert await station.titles() == ["One"]


async def test_a_folder_without_rights_is_skipped(station: Station, films: Path) -> None:
    from app.services.library.walk import Walked, walk

    make(PLAIN, films / "a/One (2001).mkv")
    make(PLAIN, films / "b/Two (2002).mkv")
    await station.add(films)
    walked = Walked([b"b"])
    found = [one.path for one in walk(os.fsencode(films), walked=walked)]
    assert found == [b"a/One (2001).mkv", b"b/Two (2002).mkv"]
