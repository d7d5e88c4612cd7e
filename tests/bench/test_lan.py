"""How quick films leave for the home beside nginx, and whether the window notices it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.infra.lan.files import serve_file
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.manners import Manner, with_manner
from app.infra.lan.server import LanServer
from app.runtime.loop import ServiceLoop
from tests.bench.lan_readers import READERS
from tests.bench.report import write

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(900),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: nginx-light)"),
]

US = "127.0.0.1"
SIZE = 1 << 30
ROUNDS = 9
RANGES = {"64 MB": (64 << 20, 3), "8 MB": (8 << 20, 6)}
"""What a player asks for in one go, from where it is on, and what one asks for that looks for an
index or jumps about; with how many of them each reader fetches."""
BEAT, WATCHED = 16, 12.0
"""Milliseconds between two beats of the window's timer, and seconds it is watched."""
HOME, PEER = "Sokoul", "nginx"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gigabyte that lies in memory."""
    path = tmp_path_factory.mktemp("served") / "film.mp4"
    block = os.urandom(1 << 24)
    with path.open("wb") as file:
        for _ in range(SIZE >> 24):
            file.write(block)
        os.fsync(file.fileno())
    return path


@pytest.fixture
def ours(film: Path) -> Iterator[str]:
    """Its address with us, on the thread the services have."""
    loop = ServiceLoop()
    loop.start()
    lo = Interface(name="lo", address=US, prefix=8, kind=Kind.LOOPBACK)
    server = LanServer(lambda: (lo,))

    async def begin() -> str:
        await server.start([US], 0)
        serve = with_manner(await serve_file(bytes(film), "video/mp4"), Manner(features="*"))
        return server.offer(serve, "film.mp4", way=US, device=US, seconds=3600)

    yield loop.submit(begin()).result(10)
    loop.submit(server.stop()).result(10)
    loop.stop()


@pytest.fixture
def theirs(film: Path, tmp_path: Path) -> Iterator[str]:
    """Its address with nginx: one worker, sendfile."""
    with socket.socket() as free:
        free.bind((US, 0))
        port = free.getsockname()[1]
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; user root; pid {tmp_path}/pid; error_log /dev/null;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; types {{ video/mp4 mp4; }}\n"
        f"server {{ listen {US}:{port}; root {film.parent}; }} }}\n"
    )
    assert NGINX is not None
    with subprocess.Popen([NGINX, "-c", str(config), "-p", str(tmp_path)]) as process:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection((US, port)):
                break
            time.sleep(0.02)
        yield f"http://{US}:{port}/{film.name}"
        process.terminate()


def readers(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.lan_readers", *words]


def seconds(*words: str) -> float:
    told = subprocess.run(readers(*words), check=True, stdout=subprocess.PIPE, timeout=120).stdout
    return float(told)


def test_beside_nginx(ours: str, theirs: str) -> None:
    """By turns, so that what else the machine does meets both."""
    asked: dict[str, tuple[str, list[str]]] = {"one reader": ("whole", [])}
    sent = {"one reader": SIZE}
    for size, (long, count) in RANGES.items():
        name = f"{READERS} readers of {size}"
        asked[name] = ("ranges", [str(SIZE), str(long), str(count)])
        sent[name] = READERS * count * long
    figures: dict[str, object] = {}
    parts = {}
    for name, (what, more) in asked.items():
        seconds(what, ours, *more)
        seconds(what, theirs, *more)
        turns: dict[str, list[float]] = {HOME: [], PEER: []}
        for number in range(ROUNDS):
            both = [(HOME, ours), (PEER, theirs)]
            for who, url in both if number % 2 else reversed(both):
                turns[who].append(sent[name] / 1e6 / seconds(what, url, *more))
        for who, each in turns.items():
            figures[f"{name}: {who}, MB/s"] = round(statistics.median(each))
        parts[name] = statistics.median(turns[HOME]) / statistics.median(turns[PEER])
        figures[f"{name}: part of nginx"] = round(parts[name], 3)
    write("lan", figures)
    assert parts["one reader"] >= 0.95
    for size in RANGES:
        assert parts[f"{READERS} readers of {size}"] >= 1.0


def late(application: QApplication) -> list[float]:
    """Milliseconds by which each beat of a timer in the window's thread comes late."""
    beats: list[float] = []
    timer = QTimer(application)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    waiting = QEventLoop()
    QTimer.singleShot(int(WATCHED * 1000), waiting.quit)
    timer.start(BEAT)
    waiting.exec()
    timer.stop()
    timer.deleteLater()
    gaps = [(after - before) * 1000 for before, after in zip(beats, beats[1:], strict=False)]
    return sorted(max(0.0, gap - BEAT) for gap in gaps)


def test_the_window_while_ten_read(ours: str) -> None:
    """Ten readers at full speed; a timer beside them in the main thread."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    quiet = late(application)
    with subprocess.Popen(readers("forever", ours, "10"), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        busy = late(application)
        process.kill()
    figures: dict[str, object] = {}
    for name, each in (("at rest", quiet), ("ten readers", busy)):
        figures[f"{name}: beats"] = len(each)
        figures[f"{name}: late, p50 ms"] = round(statistics.median(each), 2)
        figures[f"{name}: late, p99 ms"] = round(each[int(len(each) * 0.99)], 2)
        figures[f"{name}: late, most ms"] = round(each[-1], 2)
    write("lan_window", figures)
    assert figures["ten readers: late, p99 ms"] <= 10  # type: ignore[operator]  # a number
