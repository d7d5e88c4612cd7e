"""A scan of ten thousand small files, beside minidlna on the same files in the same run."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from app.domain.media import LibraryQuery
from app.infra.paths import Paths
from tests.bench.test_search import report
from tests.fakes.films import Film, make
from tests.unit.services.library.conftest import ALL, Station

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

FILES = 10_000


def _fill(folder: Path) -> None:
    looks = [make(Film(seconds=0.5, size="64x36", look=look, container=kind))
             for look in (0, 2) for kind in ("mkv", "mp4")]  # fmt: skip
    for number in range(FILES):
        source = looks[number % len(looks)]
        place = folder / f"{number % 100:02d}"
        place.mkdir(exist_ok=True)
        name = f"Some Film Of Number {number} ({1950 + number % 70}) 1080p{source.suffix}"
        shutil.copyfile(source, place / name)


def _minidlna(folder: Path, work: Path) -> float:
    """Seconds until minidlna has every file in its database; it listens on loopback only."""
    work.mkdir()
    config = work / "minidlna.conf"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    config.write_text(
        f"media_dir=V,{folder}\ndb_dir={work}/db\nlog_dir={work}\nnetwork_interface=lo\n"
        f"port={port}\ninotify=no\n"
    )
    told = work / "minidlna.log"
    begun = time.monotonic()
    daemon = subprocess.Popen(
        ["minidlnad", "-S", "-R", "-f", str(config), "-P", str(work / "pid")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not told.exists() or f"finished ({FILES} files)" not in told.read_text():
            assert time.monotonic() - begun < 300, "minidlna did not end"
            assert daemon.poll() is None, "minidlna did not start"
            time.sleep(0.05)
        return time.monotonic() - begun
    finally:
        daemon.terminate()
        daemon.wait(10)


async def test_ten_thousand_files_beside_minidlna(tmp_path: Path, paths: Paths) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    _fill(folder)
    peer = await asyncio.to_thread(_minidlna, folder, tmp_path / "minidlna")
    station = Station(paths)
    await station.start()
    try:
        begun = time.monotonic()
        added = await station.library.add_folder(os.fsencode(folder))
        names = probed = None
        while probed is None:
            await asyncio.sleep(0.1)
            (row,) = await station.raw(
                "SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM file WHERE probed = 1)"
            )
            if names is None and row[0] == FILES:
                names = time.monotonic() - begun
                last = await station.library.listing(LibraryQuery(kinds=ALL, text="number 9999"))
                assert len(last) == 1
            if row[1] == FILES:
                probed = time.monotonic() - begun
            assert time.monotonic() - begun < 300
        await station.library.cancel_scan(added.id)
        again = time.monotonic()
        await station.library._runner.names(added.id, b"", True, False, 0.0)
        unchanged = time.monotonic() - again
        assert names is not None
        report("scan", {
            "files": FILES,
            "minidlna s": round(peer, 2),
            "names visible and searchable s": round(names, 2),
            "fully probed s": round(probed, 2),
            "nothing changed s": round(unchanged, 2),
            "probe workers": station.library._probe.workers,
        })  # fmt: skip
        assert names <= peer
        assert probed <= 2 * peer
        assert unchanged < 5
    finally:
        await station.stop()
