"""The media server before strangers' eyes: GUPnP, gssdp and Kodi in a network of their own.

Two namespaces and a line between them: the station in one, everything else in the other.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.fakes import films

ROOT = Path(__file__).parents[2]
SERVER, CLIENT = "10.79.0.1", "10.79.0.2"
BOUND = ("setpriv", "--pdeathsig", "TERM")
SYSTEM_PYTHON = "/usr/bin/python3"
TITLE = "Night of the Living Dead"

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(240),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may make network namespaces"),
]

GUPNP = """
import sys, gi
gi.require_version("GUPnP", "1.6"); gi.require_version("GUPnPAV", "1.0")
from gi.repository import GUPnP, GUPnPAV, GLib, GObject
interface, wanted = sys.argv[1], int(sys.argv[2])
loop, kept, events = GLib.MainLoop(), [], []
context = GUPnP.Context.new(interface, 0)
point = GUPnP.ControlPoint.new(context, "urn:schemas-upnp-org:device:MediaServer:1")
def say(*words): print(*words, flush=True)
def value(kind, what):
    made = GObject.Value(); made.init(kind)
    (made.set_uint if kind == GObject.TYPE_UINT else made.set_string)(what)
    return made
def browse(service, place):
    names = ["ObjectID", "BrowseFlag", "Filter", "StartingIndex", "RequestedCount", "SortCriteria"]
    S, U = GObject.TYPE_STRING, GObject.TYPE_UINT
    values = [value(S, place), value(S, "BrowseDirectChildren"), value(S, "*"), value(U, 0),
              value(U, 0), value(S, "")]
    action = GUPnP.ServiceProxyAction.new_from_list("Browse", names, values)
    service.call_action(action, None)
    told = action.get_result_list(["Result", "NumberReturned", "TotalMatches"], [S, U, U])[1]
    parser, found = GUPnPAV.DIDLLiteParser(), []
    parser.connect("object-available", lambda _parser, one: found.append(one))
    parser.parse_didl(told[0])
    assert len(found) == told[1] == told[2], told
    return found
def introspected(service, result, _data=None):
    say("ACTIONS", ",".join(sorted(service.introspect_finish(result).list_action_names())))
def event(_service, _name, told, _data=None):
    events.append(told); say("EVENT", told)
    if len(events) >= wanted: loop.quit()
def available(_point, device):
    say("DEVICE", device.get_friendly_name())
    service = device.get_service("urn:schemas-upnp-org:service:ContentDirectory")
    kept.append((device, service))
    service.introspect_async(None, introspected, None)
    for one in browse(service, "0"): say("SHELF", one.get_title())
    for one in browse(service, "films"):
        res = one.get_resources()[0]
        info = res.get_protocol_info()
        say("FILM", one.get_title(), "|", info.get_mime_type(), "|", res.get_duration(), "|",
            res.get_uri())
    service.add_notify("SystemUpdateID", GObject.TYPE_UINT, event, None)
    service.connect("subscription-lost", lambda _s, why: say("LOST", why))
    service.set_subscribed(True)
    say("READY")
point.connect("device-proxy-available", available)
point.set_active(True)
GLib.timeout_add_seconds(30, loop.quit)
loop.run()
"""


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Home:
    """The two namespaces, and what runs in them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.station, self.other = (f"skd{which}{os.getpid() % 100_000}" for which in "sc")
        self._processes: list[subprocess.Popen[str]] = []
        self.url = ""

    def build(self) -> None:
        for space in (self.station, self.other):
            _ip("netns", "add", space)
            _ip("-n", space, "link", "set", "lo", "up")
        there = ("type", "veth", "peer", "name", "home0", "netns", self.other)
        _ip("-n", self.station, "link", "add", "home0", *there)
        for space, address in ((self.station, SERVER), (self.other, CLIENT)):
            _ip("-n", space, "addr", "add", f"{address}/24", "dev", "home0")
            _ip("-n", space, "link", "set", "home0", "up")
            _ip("-n", space, "route", "add", "default", "dev", "home0")

    def start(self, space: str, *words: str, **more: Any) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            ["ip", "netns", "exec", space, *BOUND, *words],
            stdin=pipe, stdout=pipe, text=True, cwd=ROOT, **more,
        )  # fmt: skip
        self._processes.append(process)
        return process

    def serve(self, *words: str) -> subprocess.Popen[str]:
        process = self.start(
            self.station, sys.executable, "-m", "tests.unit.services.media_server.house",
            "--place", str(self.place / "station"), "--address", SERVER, *words,
        )  # fmt: skip
        assert process.stdout is not None
        self.url = process.stdout.readline().strip()
        assert self.url.startswith("http://")
        return process

    def run(self, *words: str, seconds: float = 30) -> str:
        told = ["ip", "netns", "exec", self.other, *words]
        done = subprocess.run(told, capture_output=True, text=True, timeout=seconds, check=False)
        return done.stdout

    def close(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        for space in (self.station, self.other):
            self._empty(space)
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)

    def _empty(self, space: str) -> None:
        """End what the programs in there started besides: a player behind a shell stays else."""
        told = ["ip", "netns", "pids", space]
        for _ in range(20):
            found = subprocess.run(told, capture_output=True, text=True, check=False).stdout.split()
            for pid in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            if not found:
                return
            time.sleep(0.1)
        raise AssertionError(f"something still runs in {space}")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    try:
        made.build()
        yield made
    finally:
        made.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A minute of film that any player plays."""
    place = tmp_path / "films" / f"{TITLE}.mp4"
    place.parent.mkdir()
    films.run(["-f", "lavfi", "-i", "testsrc=s=320x180:r=12:d=60", "-f", "lavfi", "-i",
               "sine=d=60", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
               "-c:a", "aac", "-movflags", "+faststart", str(place)])  # fmt: skip
    return place


def _gupnp_is_here() -> bool:
    code = "import gi; gi.require_version('GUPnP', '1.6'); gi.require_version('GUPnPAV', '1.0')"
    with contextlib.suppress(OSError):
        done = subprocess.run([SYSTEM_PYTHON, "-c", code], check=False, capture_output=True)
        return not done.returncode
    return False


@pytest.mark.skipif(not _gupnp_is_here(), reason="GUPnP for Python is not installed")
def test_gupnp_browses_parses_and_hears_events(home: Home, film: Path) -> None:
    station = home.serve(str(film))
    script = home.place / "point.py"
    script.write_text(GUPNP)
    point = home.start(home.other, SYSTEM_PYTHON, str(script), "home0", "6")
    assert point.stdout is not None
    assert station.stdin is not None
    told: list[str] = []
    for line in point.stdout:
        told.append(line.strip())
        if line.startswith("EVENT"):
            time.sleep(0.25)
            station.stdin.write("changed\n")
            station.stdin.flush()
    assert "DEVICE House" in told
    assert "SHELF Films" in told
    (shown,) = [line for line in told if line.startswith("FILM")]
    assert shown.startswith(f"FILM {TITLE} | video/mp4 | 60 | http://{SERVER}:")
    (actions,) = [line for line in told if line.startswith("ACTIONS")]
    assert {"Browse", "Search", "X_SetBookmark", "X_GetFeatureList"} <= set(
        actions.split()[1].split(",")
    )
    numbers = [int(line.split()[1]) for line in told if line.startswith("EVENT")]
    assert len(numbers) == 6  # the first, and five of changes
    assert numbers == sorted(set(numbers))
    assert not any(line.startswith("LOST") for line in told)


@pytest.mark.skipif(shutil.which("gssdp-discover") is None, reason="gssdp-discover is missing")
def test_gssdp_finds_every_name(home: Home, film: Path) -> None:
    home.serve(str(film))
    told = home.run("gssdp-discover", "-i", "home0", "--timeout=5", "--target=ssdp:all")
    for name in ("upnp:rootdevice", "device:MediaServer:1", "service:ContentDirectory:1",
                 "service:ConnectionManager:1", "X_MS_MediaReceiverRegistrar:1"):  # fmt: skip
        assert name in told, told
    assert f"Location: {home.url}" in told


SEARCHER = """
import socket, sys, time
own, port, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
pipe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
pipe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
pipe.bind((own, port)); pipe.settimeout(0.2)
pipe.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
ask = (b'M-SEARCH * HTTP/1.1\\r\\nHOST: 239.255.255.250:1900\\r\\nMAN: "ssdp:discover"\\r\\n'
       b'MX: 1\\r\\nST: upnp:rootdevice\\r\\n\\r\\n')
for _ in range(times): pipe.sendto(ask, ("239.255.255.250", 1900))
ends, heard = time.monotonic() + 3, 0
while time.monotonic() < ends:
    try: heard += pipe.recv(4096).startswith(b"HTTP/1.1 200")
    except TimeoutError: pass
print(heard)
"""


def test_searches_are_answered_to_the_subnet_and_not_too_often(home: Home, film: Path) -> None:
    home.serve(str(film))
    script = home.place / "searcher.py"
    script.write_text(SEARCHER)
    _ip("-n", home.other, "addr", "add", "203.0.113.9/24", "dev", "home0")
    once = home.run(SYSTEM_PYTHON, str(script), CLIENT, "0", "1")
    often = home.run(SYSTEM_PYTHON, str(script), CLIENT, "0", "100")
    foreign = home.run(SYSTEM_PYTHON, str(script), "203.0.113.9", "0", "5")
    assert int(once) == 1
    assert 1 <= int(often) <= 8
    assert int(foreign) == 0


class Kodi:
    """Kodi without a screen, asked over its own remote control."""

    def __init__(self, home: Home) -> None:
        self._home = home
        place = home.place / "kodi"
        data = place / ".kodi" / "userdata"
        data.mkdir(parents=True)
        on = "".join(
            f'<setting id="services.{name}">{value}</setting>'
            for name, value in (
                ("webserver", "true"), ("webserverport", "8081"),
                ("webserverauthentication", "false"),
                ("webserverssl", "false"), ("upnp", "true"), ("zeroconf", "false"),
            )
        )  # fmt: skip
        audio = '<setting id="audiooutput.audiodevice">NULL:NULL</setting>'
        (data / "guisettings.xml").write_text(f'<settings version="2">{on}{audio}</settings>')
        user = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        for each in (place, *place.rglob("*")):
            os.chown(each, 65534, 65534)
        for above in (home.place, *home.place.parents):
            if above.stat().st_uid == 0 and str(above).startswith("/tmp/"):  # noqa: S108 - pytest's own
                above.chmod(0o755)
        kept = {"HOME": str(place), "XDG_RUNTIME_DIR": str(place), "LIBGL_ALWAYS_SOFTWARE": "1",
                "PATH": os.environ["PATH"]}  # fmt: skip
        home.start(
            home.other, *user, "xvfb-run", "-a", "-s", "-screen 0 640x480x24 +extension GLX",
            "dbus-run-session", "--", "kodi", "--standalone",
            env=kept, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def ask(self, method: str, **given: Any) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": given})
        told = self._home.run(
            "curl", "-s", "-m", "20", "-d", body, "-H", "Content-Type: application/json",
            "http://127.0.0.1:8081/jsonrpc", seconds=40,
        )  # fmt: skip
        return json.loads(told) if told else {}


def _until(true: Any, seconds: float) -> Any:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError("It did not happen")


@pytest.mark.skipif(shutil.which("kodi") is None, reason="Kodi is not installed")
def test_kodi_lists_and_really_plays(home: Home, film: Path) -> None:
    home.serve(str(film))
    udn = _described(home)
    kodi = Kodi(home)
    _until(lambda: kodi.ask("JSONRPC.Ping").get("result") == "pong", 90)
    place = f"upnp://{udn}/"

    def listed(at: str) -> dict[str, str]:
        found = kodi.ask("Files.GetDirectory", directory=at).get("result", {}).get("files") or []
        return {each["label"]: each["file"] for each in found}

    shelves = _until(lambda: listed(place), 60)
    assert "Films" in shelves
    inside = listed(shelves["Films"])
    (played,) = [at for label, at in inside.items() if TITLE in label]
    assert "error" not in kodi.ask("Player.Open", item={"file": played})

    def seconds(of: str) -> float:
        players = kodi.ask("Player.GetActivePlayers").get("result") or []
        if not players:
            return 0.0
        wanted = {"playerid": players[0]["playerid"], "properties": [of]}
        told = kodi.ask("Player.GetProperties", **wanted).get("result", {}).get(of, {})
        return float(
            told.get("minutes", 0) * 60 + told.get("seconds", 0)
            + told.get("milliseconds", 0) / 1000
        )  # fmt: skip

    # It knows how long the film is only when it has read it; and then it moves.
    _until(lambda: seconds("totaltime") >= 58, 60)
    before = seconds("time")
    _until(lambda: seconds("time") > before + 0.5, 30)
    # It asks for ranges, and gets them.
    answers = (home.place / "station" / "answers.log").read_text().splitlines()
    assert any(line.startswith("GET ") and ": 206 to" in line for line in answers), answers[-20:]


SNIFFER = """
import socket, struct, sys
line = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
line.bind(("home0", 0))
print("hears", flush=True)
while True:
    frame = line.recv(2048)
    kind = frame[12:14]
    if kind == b"\\x08\\x06" and frame[20:22] == b"\\x00\\x01":  # ARP asks for somebody
        if socket.inet_ntoa(frame[28:32]) == sys.argv[1]:
            print("arp", socket.inet_ntoa(frame[38:42]), flush=True)
    elif kind == b"\\x08\\x00" and socket.inet_ntoa(frame[26:30]) == sys.argv[1]:
        head = 14 + (frame[14] & 15) * 4
        port = struct.unpack("!H", frame[head + 2 : head + 4])[0]
        if frame[23] == 17 or (frame[23] == 6 and frame[head + 13] & 18 == 2):  # a first word
            print(frame[23], socket.inet_ntoa(frame[30:34]), port, flush=True)
"""
"""Tells whom an address begins to speak to, by what is on the wire."""
FOREIGN = "203.0.113.7"


def test_a_callback_to_strangers_sends_nothing(home: Home, film: Path) -> None:
    home.serve(str(film))
    told = home.run("curl", "-s", "-m", "10", home.url)
    events = told.partition("<eventSubURL>")[2].partition("</eventSubURL>")[0]
    address = urljoin(home.url, events)
    sniffer = home.start(home.other, sys.executable, "-c", SNIFFER, SERVER)
    assert sniffer.stdout is not None
    assert sniffer.stdout.readline().strip() == "hears"

    def subscribe(callback: str) -> str:
        return home.run(
            "curl", "-s", "-m", "10", "-o", "/dev/null", "-w", "%{http_code}", "-X", "SUBSCRIBE",
            "-H", f"CALLBACK: {callback}", "-H", "NT: upnp:event", "-H", "TIMEOUT: Second-300",
            address,
        )  # fmt: skip

    many = "".join(f"<http://10.9.8.{number}:80/>" for number in range(1, 101))
    for callback in (
        f"<http://{FOREIGN}/>", "<http://stranger.example/>", f"<http://{CLIENT}:22/>", many,
        f"<http://{FOREIGN}@{CLIENT}:8099/>",
    ):  # fmt: skip
        assert subscribe(callback) == "412", callback
    # One that may be called is: so the sniffer does hear.
    assert subscribe(f"<http://{CLIENT}:8099/>") == "200"
    heard: list[str] = []
    while "8099" not in (heard or [""])[-1]:
        heard.append(sniffer.stdout.readline().strip())
    known = (f"arp {CLIENT}", "17 239.255.255.250 1900")  # the neighbour, and its own news
    assert {line for line in heard if line not in known} == {f"6 {CLIENT} 8099"}


def _described(home: Home) -> str:
    told = home.run("curl", "-s", "-m", "10", home.url)
    return told.partition("<UDN>uuid:")[2].partition("</UDN>")[0]
