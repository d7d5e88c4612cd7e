"""The others of a torrent bench: a line of a given speed, a plain seed, and qbittorrent-nox."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import itertools
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libtorrent as lt

HERE = "127.0.0.1"
SEED, CLIENT = "10.77.0.1", "10.77.0.2"
DAEMON = "qbittorrent-nox"
BOUND = ("setpriv", "--pdeathsig", "TERM")
"""Ends a process with the one that started it, however that ended."""
QUEUE = 0.2
"""Seconds of bytes a line holds before it drops some, as a router at home does."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = resource.getpagesize()
_numbers = itertools.count()
_making = threading.Lock()
"""Two at once get into each other's way."""


def missing() -> str:
    """Why no torrent can be measured here; empty when one can."""
    if os.geteuid():
        return "Namespaces of the network need root"
    needed = ("ip", "tc", "setpriv", DAEMON, "ffmpeg", "ffprobe")
    lacking = ", ".join(one for one in needed if shutil.which(one) is None)
    return f"Not installed: {lacking}" if lacking else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits: a namespace of the network, and the address there."""

    space: str
    host: str

    def words(self, words: Sequence[str | Path]) -> list[str | Path]:
        """The command that runs `words` there, in the same process."""
        return ["ip", "netns", "exec", self.space, *words]


@contextlib.contextmanager
def alone() -> Iterator[Place]:
    """A network of one's own that leads nowhere: loopback and nothing else."""
    with _making:
        _sweep()
        name = f"sokoul-{os.getpid()}-{next(_numbers)}"
        _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        yield Place(name, HERE)
    finally:
        _ip("netns", "del", name)


@contextlib.contextmanager
def line(bits: int) -> Iterator[tuple[Place, Place]]:
    """A seed's place and a client's; the seed sends at most so many bits a second."""
    with alone() as seed, alone() as client:
        there = ("type", "veth", "peer", "name", "line", "netns", client.space)
        _ip("-n", seed.space, "link", "add", "line", *there)
        for place, host in ((seed, SEED), (client, CLIENT)):
            _ip("-n", place.space, "addr", "add", f"{host}/24", "dev", "line")
            _ip("-n", place.space, "link", "set", "line", "up")
            # It leads nowhere, but without one libtorrent asks no tracker.
            _ip("-n", place.space, "route", "add", "default", "dev", "line")
        limit = ("tbf", "rate", f"{bits}bit", "burst", "16kb", "latency", f"{QUEUE * 1000:.0f}ms")
        shaped = ["tc", "-n", seed.space, "qdisc", "add", "dev", "line", "root", *limit]
        subprocess.run(shaped, check=True)
        yield Place(seed.space, SEED), Place(client.space, CLIENT)


class Child:
    """A process of the bench: says lines of JSON, and is told lines."""

    def __init__(self, place: Place, role: str, job: dict[str, Any]) -> None:
        words = place.words([*BOUND, sys.executable, "-m", "tests.bench.viewers", role])
        root = Path(__file__).resolve().parents[2]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, cwd=root)
        self.tell(json.dumps(job))

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def hear(self) -> dict[str, Any]:
        """Wait for the next thing it says."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, f"A process of the bench ended: {self._process.wait()}"
        told: dict[str, Any] = json.loads(said)
        return told

    def tell(self, said: str = "go on") -> None:
        """Tell it something: a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{said}\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """End it, kindly first: what it started ends with it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        _end(self._process)
        self._process.stdout.close()


@contextlib.contextmanager
def child(place: Place, role: str, **job: Any) -> Iterator[Child]:
    """A process of the bench in a place; `role` is one of `viewers`."""
    started = Child(place, role, job)
    try:
        yield started
    finally:
        started.end()


@contextlib.contextmanager
def seeding(place: Place, torrent: Path) -> Iterator[tuple[Child, str]]:
    """A plain libtorrent seed in a process of its own, and the address of its tracker.

    The files lie beside the torrent.
    """
    with child(place, "seed", torrent=str(torrent), host=place.host) as seed:
        yield seed, seed.hear()["tracker"]


def processor(pid: int) -> float:
    """Seconds of the processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid: int) -> int:
    """Bytes of memory a process holds now."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE


def seed(job: dict[str, Any]) -> None:
    """Give a torrent to whoever comes; says its tracker, then when somebody has all of it."""
    path = Path(job["torrent"])
    settings: dict[str, Any] = {
        "listen_interfaces": f"{job['host']}:0",
        "enable_dht": False,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "alert_mask": lt.alert.category_t.status_notification,
    }
    made: Any = lt.session
    session: lt.session = made(settings)
    wanted = lt.load_torrent_file(str(path))
    wanted.save_path = str(path.parent)
    wanted.flags |= lt.torrent_flags.seed_mode
    wanted.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    handle = session.add_torrent(wanted)
    while not handle.status().is_seeding:
        time.sleep(0.01)
    say(tracker=_tracker(job["host"], session.listen_port()))
    info = handle.torrent_file()
    assert info is not None
    size = info.total_size()
    while handle.status(0).total_payload_upload < size or not _has_all(handle):
        time.sleep(0.01)
    say(at=time.monotonic())
    while True:
        time.sleep(60)


def say(**told: Any) -> None:
    """Say something to the bench."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class Qbittorrent:
    """Debian's client, with everything off that calls out. To be used in its own namespace.

    Every `looks` seconds it sees anew what it has.
    """

    def __init__(self, folder: Path, *, shipped: bool = False, looks: float = 1.5) -> None:
        self.folder = folder
        self._port = 18_080
        config = folder / "profile" / "qBittorrent" / "config"
        config.mkdir(parents=True)
        text = _config(folder / "films", self._port, shipped=shipped)
        text = text.replace("[Network]", f"Session\\RefreshInterval={looks * 1000:.0f}\n[Network]")
        (config / "qBittorrent.conf").write_text(text, encoding="utf-8")
        words = [*BOUND, DAEMON, f"--profile={folder / 'profile'}", f"--webui-port={self._port}"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet)
        self._web = http.client.HTTPConnection(HERE, self._port, timeout=10)
        self._wait()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def add(self, content: bytes, place: Path, **more: str) -> str:
        """Add a torrent; returns its hash. It is known there a moment later."""
        fields = {"savepath": str(place), "autoTMM": "false", "contentLayout": "Original", **more}
        edge = "edge-of-a-part"
        named = f'--{edge}\r\nContent-Disposition: form-data; name="'
        parts = [f'{named}{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
        film = f'{named}torrents"; filename="a.torrent"\r\n'
        film += "Content-Type: application/x-bittorrent\r\n\r\n"
        body = "".join(parts).encode() + film.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        assert self._ask("torrents/add", body, kind) == b"Ok."
        return str(lt.load_torrent_buffer(content).info_hashes.get_best())

    def info(self, name: str = "") -> list[dict[str, Any]]:
        """What it says of its torrents, or of one."""
        told: list[dict[str, Any]] = json.loads(self._ask(f"torrents/info?hashes={name}"))
        return told

    def pieces(self, name: str) -> list[bool]:
        """Which pieces are here and verified; none while the torrent is not known."""
        if not self.info(name):
            return []
        return [one == 2 for one in json.loads(self._ask(f"torrents/pieceStates?hash={name}"))]

    def close(self) -> None:
        """End it."""
        self._web.close()
        _end(self._process)

    def _ask(self, what: str, body: bytes | None = None, kind: str = "") -> bytes:
        headers = {"Content-Type": kind} if kind else {}
        way = "POST" if body is not None else "GET"
        self._web.request(way, f"/api/v2/{what}", body, headers)
        answer = self._web.getresponse()
        told = answer.read()
        assert answer.status == 200, (what, answer.status, told)
        return told

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self._ask("app/version")
            except OSError:
                self._web.close()
                time.sleep(0.1)
            else:
                return
        self.close()
        raise TimeoutError(DAEMON)


def _config(films: Path, port: int, *, shipped: bool) -> str:
    """As Debian ships it where `shipped`, but for what would ask the owner or the outside."""
    network = "true" if shipped else "false"
    return f"""[LegalNotice]
Accepted=true
[BitTorrent]
Session\\DefaultSavePath={films}
Session\\DHTEnabled={network}
Session\\LSDEnabled={network}
Session\\PeXEnabled={network}
Session\\BTProtocol={"Both" if shipped else "TCP"}
Session\\Encryption={0 if shipped else 2}
Session\\QueueingSystemEnabled={network}
Session\\MaxActiveCheckingTorrents=2
[Network]
PortForwardingEnabled=false
[Preferences]
Connection\\ResolvePeerCountries=false
WebUI\\Enabled=true
WebUI\\Address={HERE}
WebUI\\Port={port}
WebUI\\LocalHostAuth=false
WebUI\\UseUPnP=false
"""


def _tracker(host: str, port: int) -> str:
    """Tell whoever asks that there is one peer; returns where to ask."""
    answer = b"d8:intervali1800e5:peers6:" + socket.inet_aton(host) + port.to_bytes(2, "big") + b"e"

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = http.server.ThreadingHTTPServer((host, 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://{host}:{server.server_address[1]}/announce"


def _has_all(handle: lt.torrent_handle) -> bool:
    """Whether whoever came has all: then there is nothing to say any more, and both hang up."""
    peers = handle.get_peer_info()
    return not peers or any(peer.progress_ppm == 1_000_000 for peer in peers)


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _sweep() -> None:
    """Take away what a bench left that was killed."""
    told = subprocess.run(["ip", "netns", "list"], check=True, stdout=subprocess.PIPE, text=True)
    for name in (one.split()[0] for one in told.stdout.splitlines()):
        owner = name.split("-")[1] if name.startswith("sokoul-") and name.count("-") == 2 else ""
        if owner.isdigit() and not Path("/proc", owner).exists():
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
