"""A home with a media server in it: a real database, the real server, a client that speaks SOAP.

Run as a program it serves what it is told to, for clients in other network namespaces.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import html
import http.client
import json
import logging
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from app.domain.events import LibraryChanged, NoticeRaised
from app.domain.media import FolderId, ItemId, PosterKey
from app.domain.media_server import GuestId, Sharing, Shelves
from app.domain.text import searchable, sort_title
from app.infra.database.engine import Database
from app.infra.lan import interfaces
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.server import LanServer
from app.infra.loopback import LoopbackServer
from app.infra.pictures import PictureCache
from app.runtime.bus import EventBus
from app.services.media_server.service import MediaServerService
from app.services.playback.service import PlaybackService

LOOPBACK = Interface(name="lo", address="127.0.0.1", prefix=8, kind=Kind.LOOPBACK)
NAMES = {
    "didl": "urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "upnp": "urn:schemas-upnp-org:metadata-1-0/upnp/",
    "sec": "http://www.sec.co.kr/",
}
CDS = "urn:schemas-upnp-org:service:ContentDirectory:1"
MEDIA = json.dumps(
    {"tracks": [{"index": 0, "kind": "video", "codec": "h264", "width": 1920, "height": 1080},
                {"index": 1, "kind": "audio", "codec": "aac", "channels": 2}]}
)  # fmt: skip


class NoLibrary:
    """What playback asks of the library: nothing, in these tests."""

    async def details(self, item: ItemId) -> Any:
        raise AssertionError(item)

    async def cards(self, ids: Sequence[int]) -> list[Any]:
        raise AssertionError(ids)


def put_folder(raw: sqlite3.Connection, path: Path) -> int:
    """Write down a folder of the library."""
    made = raw.execute(
        "INSERT INTO folder (path, display, added_at) VALUES (?, ?, 0)",
        (str(path).encode(), str(path)),
    )
    return int(made.lastrowid or 0)


def put_item(raw: sqlite3.Connection, kind: str, title: str, **more: Any) -> int:
    """Write down an item."""
    series = more.pop("series_title", "")
    values = {
        "kind": kind, "key": f"{kind}:{title}:{more}", "title": title,
        "sort_title": sort_title(title),
        "folded": f"{searchable(series)} {searchable(title)}".strip(),
        "added_at": 1_700_000_000.0, **more,
    }  # fmt: skip
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    made = raw.execute(f"INSERT INTO item ({names}) VALUES ({marks})", tuple(values.values()))
    return int(made.lastrowid or 0)


def put_file(raw: sqlite3.Connection, folder: int, item: int, path: str, **more: Any) -> int:
    """Write down a file of an item."""
    values = {
        "folder_id": folder, "item_id": item, "path": path.encode(), "inode": 0, "size": 1000,
        "mtime_ns": 0, "added_at": 0, "probed": 1, "duration": 3600.5, "container": "matroska",
        "bit_rate": 8_000_000, "media": MEDIA, **more,
    }  # fmt: skip
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    made = raw.execute(f"INSERT INTO file ({names}) VALUES ({marks})", tuple(values.values()))
    return int(made.lastrowid or 0)


def put_many(raw: sqlite3.Connection, place: Path, count: int) -> None:
    """A library of so many items: one folder of 100, one of 1,000, the rest in a third."""
    left = count
    for name, most in (("flat100", 100), ("flat1000", 1000), ("films", count)):
        folder = put_folder(raw, place / name)
        for number in range(min(left, most)):
            title = f"{name} Film {number:05d}"
            item = put_item(raw, "film", title, year=1920 + number % 100, duration=1.0)
            put_file(raw, folder, item, f"{title}.mp4", size=19_110, duration=1.0, container="mov")
        left -= min(left, most)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a SOAP action gave: its values, or the number of its fault."""

    status: int
    values: dict[str, str]
    fault: int = 0

    @property
    def didl(self) -> ET.Element:
        """The objects of a page."""
        return ET.fromstring(self.values["Result"])

    @property
    def titles(self) -> list[str]:
        """Their titles, in order."""
        return [each.findtext("dc:title", "", NAMES) for each in self.didl]

    @property
    def ids(self) -> list[str]:
        """Their ids, in order."""
        return [each.get("id", "") for each in self.didl]


def question(action: str, arguments: Iterable[tuple[str, object]], service: str = CDS) -> bytes:
    """The body of a SOAP request."""
    told = "".join(f"<{name}>{html.escape(str(value))}</{name}>" for name, value in arguments)
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
        f'<u:{action} xmlns:u="{service}">{told}</u:{action}></s:Body></s:Envelope>'
    ).encode()


def read_answer(status: int, body: bytes) -> Answer:
    """What a SOAP answer says."""
    inside = ET.fromstring(body)[0][0]
    if inside.tag.endswith("}Fault"):
        code = next(each.text for each in inside.iter() if each.tag.endswith("}errorCode"))
        return Answer(status, {}, int(code or 0))
    return Answer(status, {each.tag: each.text or "" for each in inside})


class Screen:
    """A television: asks over one connection. Blocking, so tests run it in threads."""

    def __init__(self, url: str, agent: str = "Test/1.0", source: str = "") -> None:
        parts = urlsplit(url)
        self.host = str(parts.hostname)
        self.port = int(parts.port or 80)
        self.agent = agent
        self._source = (source, 0) if source else None
        self._connection: http.client.HTTPConnection | None = None

    def request(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request, by a connection that is kept."""
        told = {"User-Agent": self.agent, **{k.replace("__", "."): v for k, v in headers.items()}}
        for turn in range(2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    self.host, self.port, timeout=20, source_address=self._source
                )
            try:
                self._connection.request(method, path, body, told)
                answer = self._connection.getresponse()
                data = answer.read()
            except (http.client.HTTPException, OSError):
                self.close()
                if turn:
                    raise
                continue
            if answer.will_close:
                self.close()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, data
        raise AssertionError

    def call(
        self, action: str, *arguments: tuple[str, object], service: str = CDS, word: str = "cds"
    ) -> Answer:
        """Ask an action."""
        headers = {
            "SOAPAction": f'"{service}#{action}"',
            "Content-Type": 'text/xml; charset="utf-8"',
        }
        status, _, body = self.request(
            "POST", f"/dlna/{word}/control", question(action, arguments, service), **headers
        )
        return read_answer(status, body)

    def browse(
        self, object_id: str = "0", *, flag: str = "BrowseDirectChildren", filter_: str = "*",
        start: int = 0, count: int = 0, sort: str = "",
    ) -> Answer:  # fmt: skip
        """Ask Browse."""
        return self.call(
            "Browse", ("ObjectID", object_id), ("BrowseFlag", flag), ("Filter", filter_),
            ("StartingIndex", start), ("RequestedCount", count), ("SortCriteria", sort),
        )  # fmt: skip

    def search(self, criteria: str, container: str = "0", **more: Any) -> Answer:
        """Ask Search."""
        return self.call(
            "Search", ("ContainerID", container), ("SearchCriteria", criteria),
            ("Filter", more.get("filter_", "*")), ("StartingIndex", more.get("start", 0)),
            ("RequestedCount", more.get("count", 0)), ("SortCriteria", more.get("sort", "")),
        )  # fmt: skip

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class House:
    """The station's part of it."""

    def __init__(self, place: Path, near: Interface = LOOPBACK, **wishes: Any) -> None:
        self.place = place
        self.near = near
        self.bus = EventBus()
        self.notices: list[NoticeRaised] = []
        self.bus.on(NoticeRaised, self.notices.append)
        self.database = Database(place / "station.db")
        self.pictures = PictureCache(place / "pictures")
        self.wishes = Sharing(**{"name": "House", **wishes})
        self.macs: dict[str, str] = {}
        self.shelves = Shelves()
        self.genres: dict[int, tuple[str, ...]] = {}
        self.lan = LanServer(look=lambda: (near,) if near is LOOPBACK else interfaces.present())
        self.playback = PlaybackService(self.database, self.bus, NoLibrary(), LoopbackServer())
        self.service = self._made()

    def _made(self) -> MediaServerService:
        async def genres(item: ItemId) -> tuple[str, ...]:
            return self.genres.get(item, ())

        def picture(key: PosterKey) -> Path:
            return self.pictures.path(key)

        return MediaServerService(
            self.database, self.bus, self.lan, self.playback, lambda: self.wishes, picture,
            shelves=lambda: self.shelves, genres=genres,
            hardware=lambda address: self.macs.get(address, ""),
        )  # fmt: skip

    async def start(self, *, announced: bool = False, port: int = 0) -> None:
        await self.database.open()
        await self.service.start()
        await self.lan.start([self.near.address], port)
        if announced:
            await self.service.listening([self.near])
        else:  # nothing is said on any network
            self.service._pages.interfaces = (self.near,)
            self.service._pages.port = self.lan.port

    async def stop(self) -> None:
        await self.service.stop()
        await self.lan.stop()
        await self.playback.stop()
        await self.database.close()

    @property
    def url(self) -> str:
        return f"http://{self.near.address}:{self.lan.port}/dlna/device.xml"

    async def write(self, work: Any) -> Any:
        """Change the library, and say so."""
        found = await self.database.run_write(work)
        self.bus.publish(LibraryChanged())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return found

    async def let_in(self, folders: tuple[FolderId, ...] | None = None) -> GuestId:
        """The owner lets the one who waits in."""
        guest = next(each for each in self.service.guests() if each.allowed is None)
        await self.service.allow(guest.id, True, folders)
        return guest.id


async def _serve(told: argparse.Namespace) -> None:
    place = Path(told.place)
    place.mkdir(parents=True, exist_ok=True)
    found = next(one for one in interfaces.present() if one.address == told.address)
    house = House(place, found, name=told.name, ask=False)
    await house.start(announced=True, port=8895)
    if told.count:
        await house.write(lambda raw: put_many(raw, place, told.count))
    for film in told.films:
        await house.write(lambda raw, film=Path(film): _put_real(raw, film))
    gc.collect()
    gc.freeze()  # as the station does
    sys.stdout.write(house.url + "\n")
    sys.stdout.flush()
    loop = asyncio.get_running_loop()
    changes = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), changes.set)
    while True:
        await changes.wait()
        changes.clear()
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            break
        house.bus.publish(LibraryChanged())
    await house.stop()


def _put_real(raw: sqlite3.Connection, film: Path) -> None:
    """A film that is really there."""
    row = raw.execute(
        "SELECT id FROM folder WHERE path = ?", (str(film.parent).encode(),)
    ).fetchone()
    folder = row[0] if row else put_folder(raw, film.parent)
    item = put_item(raw, "film", film.stem, year=1968, duration=60.0)
    put_file(
        raw, folder, item, film.name, size=film.stat().st_size, duration=60.0,
        container="mov" if film.suffix == ".mp4" else "matroska",
    )  # fmt: skip


def main() -> None:
    """Serve until the standard input ends; each line there is a change of the library."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--place", required=True)
    parser.add_argument("--address", required=True)
    parser.add_argument("--name", default="House")
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("films", nargs="*")
    told = parser.parse_args()
    _write_answers_down(Path(told.place))
    asyncio.run(_serve(told))


def _write_answers_down(place: Path) -> None:
    """Every answer the gate gave, a line each, into ``answers.log``."""
    place.mkdir(parents=True, exist_ok=True)
    gate = logging.getLogger("app.infra.lan.gate")
    gate.setLevel(logging.DEBUG)
    gate.addHandler(logging.FileHandler(place / "answers.log"))


if __name__ == "__main__":
    main()
