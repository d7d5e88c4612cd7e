"""How quick the media server answers Browse, beside minidlna: ten thousand films, in one run.

Both serve in one network namespace, the client asks from another, by turns. minidlna has its own
database of the same number of small real files.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILMS = 10_000
ROUNDS = 6
SERVER, CLIENT = "10.78.0.1", "10.78.0.2"
BOUND = ("setpriv", "--pdeathsig", "TERM")
QUESTIONS = (
    # What is asked, of which folder, from where, how many, how often each round.
    ("100 of 100", "flat100", 0, 100, 120),
    ("100 of 1000", "flat1000", 400, 100, 60),
    ("1000 of 1000", "flat1000", 0, 1000, 25),
    ("1 item", "flat1000", 0, 1, 60),
)
FOLDERS = {"flat100": 100, "flat1000": 1000, "films": FILMS - 1100}
NEEDED = ("ip", "setpriv", "minidlnad", "ffmpeg")
_numbers = itertools.count()


def _missing() -> str:
    if os.geteuid():
        return "Namespaces of the network need root"
    lacking = ", ".join(one for one in NEEDED if shutil.which(one) is None)
    return f"Not installed: {lacking}" if lacking else ""


pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "it can run"),
]


@dataclass(frozen=True, slots=True)
class Directory:
    """A server as the client sees it: where its ContentDirectory is asked."""

    host: str
    port: int
    path: str
    kind: str


class Client:
    """Asks over one connection, as screens do."""

    def __init__(self, where: Directory) -> None:
        self._where = where
        self._connection: http.client.HTTPConnection | None = None

    def browse(self, object_id: str, start: int, count: int) -> tuple[float, bytes]:
        """How many milliseconds an answer took, and the answer."""
        kind = self._where.kind
        asked = (
            ("ObjectID", object_id), ("BrowseFlag", "BrowseDirectChildren"), ("Filter", "*"),
            ("StartingIndex", start), ("RequestedCount", count), ("SortCriteria", ""),
        )  # fmt: skip
        told = "".join(f"<{name}>{html.escape(str(value))}</{name}>" for name, value in asked)
        body = (
            '<?xml version="1.0" encoding="utf-8"?>'
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
            ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
            f'<u:Browse xmlns:u="{kind}">{told}</u:Browse></s:Body></s:Envelope>'
        ).encode()
        headers = {"Content-Type": 'text/xml; charset="utf-8"', "SOAPACTION": f'"{kind}#Browse"'}
        began = time.perf_counter()
        if self._connection is None:
            host, port = self._where.host, self._where.port
            self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self._connection.request("POST", self._where.path, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        took = 1000 * (time.perf_counter() - began)
        if answer.will_close:
            self._connection.close()
            self._connection = None
        assert answer.status == 200, data[:500]
        return took, data

    def find(self, title: str) -> str:
        """The id of a container by its title."""
        waiting, seen = [("0", 0)], 0
        while waiting and seen < 200:
            here, depth = waiting.pop(0)
            seen += 1
            _, data = self.browse(here, 0, 200)
            for each in _objects(data):
                if not each.tag.endswith("container"):
                    continue
                own = each.get("id", "")
                if any(part.text == title for part in each if part.tag.endswith("}title")):
                    return own
                if depth < 4:
                    waiting.append((own, depth + 1))
        raise AssertionError(f"No container {title}")


def _objects(data: bytes) -> list[ET.Element]:
    result = next(each.text for each in ET.fromstring(data).iter() if each.tag == "Result")
    return list(ET.fromstring(result or ""))


def _found(url: str) -> Directory:
    """Where the description says that the ContentDirectory is."""
    space = {"d": "urn:schemas-upnp-org:device-1-0"}
    with urllib.request.urlopen(url, timeout=10) as answer:
        root = ET.fromstring(answer.read())
    for service in root.iterfind(".//d:service", space):
        kind = service.findtext("d:serviceType", "", space)
        if ":ContentDirectory:" in kind:
            control = service.findtext("d:controlURL", "", space)
            parts = urllib.parse.urlsplit(urllib.parse.urljoin(url, control))
            return Directory(str(parts.hostname), int(parts.port or 80), parts.path, kind)
    raise AssertionError(url)


def ask_both(urls: Sequence[str]) -> dict[str, list[list[float]]]:
    """Ask each server by turns; how long each answer took, by question and server."""
    clients = [Client(_found(url)) for url in urls]
    told: dict[str, list[list[float]]] = {}
    for name, folder, start, count, times in QUESTIONS:
        ids = [client.find(folder) for client in clients]
        took: list[list[float]] = [[] for _ in clients]
        for client, own in zip(clients, ids, strict=True):
            for _ in range(3):  # the first are slower for both, and no scrolling
                _, data = client.browse(own, start, count)
            assert len(_objects(data)) == count
        for turn in range(ROUNDS):
            order = list(range(len(clients)))
            for which in order if turn % 2 else reversed(order):
                for _ in range(times):
                    took[which].append(clients[which].browse(ids[which], start, count)[0])
        told[name] = took
    return told


def _part(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextlib.contextmanager
def _line() -> Iterator[tuple[str, str]]:
    """Two namespaces and a line between them: the servers' and the client's."""
    number = next(_numbers)
    spaces = [f"skms{which}{os.getpid()}n{number}" for which in "sc"]
    try:
        for space in spaces:
            _ip("netns", "add", space)
            _ip("-n", space, "link", "set", "lo", "up")
        there = ("type", "veth", "peer", "name", "line", "netns", spaces[1])
        _ip("-n", spaces[0], "link", "add", "line", *there)
        for space, address in zip(spaces, (SERVER, CLIENT), strict=True):
            _ip("-n", space, "addr", "add", f"{address}/24", "dev", "line")
            _ip("-n", space, "link", "set", "line", "up")
            _ip("-n", space, "route", "add", "224.0.0.0/4", "dev", "line")
        yield spaces[0], spaces[1]
    finally:
        for space in spaces:
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)


def _films(place: Path) -> None:
    """Ten thousand names of one small film."""
    place.mkdir()
    film = place.with_name("film.mp4")
    picture = ("-f", "lavfi", "-i", "testsrc=d=1:s=160x120:r=5")
    sound = ("-f", "lavfi", "-i", "sine=d=1")
    words = ["ffmpeg", "-v", "error", "-y", *picture, *sound, "-c:v", "libx264", "-pix_fmt",
             "yuv420p", "-c:a", "aac", "-movflags", "+faststart", str(film)]  # fmt: skip
    subprocess.run(words, check=True)
    for folder, many in FOLDERS.items():
        (place / folder).mkdir()
        for number in range(many):
            os.link(film, place / folder / f"{folder} Film {number:05d}.mp4")


@contextlib.contextmanager
def _minidlna(space: str, films: Path, work: Path) -> Iterator[tuple[str, int]]:
    (work / "db").mkdir(parents=True)
    settings = work / "minidlna.conf"
    settings.write_text(
        f"media_dir={films}\ndb_dir={work}/db\nlog_dir={work}\nport=8200\n"
        "network_interface=line\nfriendly_name=mini\ninotify=no\nroot_container=B\nwide_links=yes\n"
    )
    words = ["ip", "netns", "exec", space, *BOUND, "minidlnad", "-S", "-f", str(settings), "-P",
             str(work / "pid"), "-R"]  # fmt: skip
    with (work / "out").open("w") as out, subprocess.Popen(words, stdout=out, stderr=out) as one:
        try:
            yield f"http://{SERVER}:8200/rootDesc.xml", one.pid
        finally:
            one.terminate()


@contextlib.contextmanager
def _ours(space: str, work: Path) -> Iterator[tuple[str, int]]:
    words = ["ip", "netns", "exec", space, *BOUND, sys.executable, "-m",
             "tests.unit.services.media_server.house", "--place", str(work), "--address", SERVER,
             "--count", str(FILMS)]  # fmt: skip
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as one:
        try:
            assert one.stdout is not None
            yield one.stdout.readline().strip(), one.pid
        finally:
            one.terminate()


def _asked(space: str, *words: str) -> str:
    told = ["ip", "netns", "exec", space, sys.executable, "-m", "tests.bench.test_media_server"]
    done = subprocess.run(
        [*told, *words], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, timeout=300
    )
    return done.stdout


def _resident(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return round(int(found[1]) / 1024, 1) if found else 0.0


def test_browse_beside_minidlna(tmp_path: Path) -> None:
    from tests.bench.report import write

    films = tmp_path / "things"
    _films(films)
    with _line() as (servers, client), _minidlna(servers, films, tmp_path / "mini") as mini:
        _asked(client, "wait", mini[0])
        with _ours(servers, tmp_path / "ours") as ours:
            told = json.loads(_asked(client, "ask", ours[0], mini[0]))
            sizes = _resident(ours[1]), _resident(mini[1])
    figures: dict[str, object] = {"films": FILMS}
    for name, (own, other) in told.items():
        for who, values in (("ours", own), ("minidlna", other)):
            figures[f"{name}, {who}, p50 ms"] = round(_part(values, 0.5), 2)
            figures[f"{name}, {who}, p99 ms"] = round(_part(values, 0.99), 2)
    figures["ours, MB resident (with the whole test)"], figures["minidlna, MB resident"] = sizes
    write("media_server", figures)
    assert _part(told["100 of 100"][0], 0.99) <= _part(told["100 of 100"][1], 0.99)
    assert _part(told["1000 of 1000"][0], 0.5) <= _part(told["1000 of 1000"][1], 0.5)


def _wait(url: str) -> None:
    """Until minidlna has indexed every folder: which of them comes last is the disk's affair."""
    ends = time.monotonic() + 120
    waiting = dict(FOLDERS)
    while time.monotonic() < ends:
        with contextlib.suppress(OSError, http.client.HTTPException, AssertionError):
            client = Client(_found(url))
            for name, many in tuple(waiting.items()):
                _, data = client.browse(client.find(name), 0, 1)
                total = next(e.text for e in ET.fromstring(data).iter() if e.tag == "TotalMatches")
                if int(total or 0) == many:
                    del waiting[name]
        if not waiting:
            return
        time.sleep(0.5)
    raise AssertionError(f"minidlna did not come to an end: {waiting}")


if __name__ == "__main__":
    if sys.argv[1] == "wait":
        _wait(sys.argv[2])
    else:
        sys.stdout.write(json.dumps(ask_both(sys.argv[2:])))
