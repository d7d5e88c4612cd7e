"""Downloads in the real program: a magnet link becomes a film that plays, and is filed."""

from __future__ import annotations

import asyncio
import filecmp
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from tests.fakes.films import Film, make
from tests.fakes.swarm import made_of, seeding
from tests.system.desk import Desk, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

PICTURE = (500, 200, 1200, 560)
NAME = "Night.of.the.Living.Dead.1968.720p.WEB.x264-GRP"


def choose(desk: Desk, **values: object) -> None:
    """Downloads that ask nobody but who is named to them."""
    paths = Paths.from_environment(desk.environment)
    paths.make()
    settings = SettingsService(paths.settings, EventBus())
    settings.load()

    async def change() -> None:
        for name, value in {
            "find_peers": False, "local_peers": False, "exchange_peers": False,
            "seed_percent": 0, "reserve": 1, **values,
        }.items():  # fmt: skip
            await settings.set("downloads", name, value)

    asyncio.run(change())


def share(place: Path, seconds: float) -> Path:
    """A film as strangers share it: with a text, and a program nobody wants."""
    folder = place / "shared" / NAME
    folder.mkdir(parents=True)
    make(Film(seconds=seconds, size="640x360", container="mkv"), folder / f"{NAME}.mkv")
    (folder / "readme.txt").write_text("hello")
    (folder / f"{NAME}.mkv.exe").write_bytes(b"MZ" * 40_000)
    return folder


def test_a_magnet_link_plays_while_it_loads_and_is_filed(desk: Desk, tmp_path: Path) -> None:
    folder = share(tmp_path, 60)
    with seeding(made_of(folder), folder.parent, limit=600_000) as seed:
        choose(desk)
        process = desk.open_station()
        playing = desk.start(sys.executable, "-m", "app", "get", seed.magnet, "--play", log="get")
        desk.moves(PICTURE, 0.02, seconds=60)
        wait_for(lambda: playing.poll() is not None, 100, "it did not end")
        assert playing.returncode == 0
    paths = Paths.from_environment(desk.environment)
    loaded = paths.downloads / NAME
    assert not list(paths.downloads.rglob("*.exe"))
    assert (loaded / "readme.txt").exists()
    filed = list(paths.downloads.rglob("*1968*.mkv"))
    assert len({os.stat(path).st_ino for path in filed}) == 1
    wait_for(
        lambda: [one for one in desk.items() if one["title"] == "Night of the Living Dead"],
        30,
        "it is not in the library",
    )
    end(process)


def test_a_kill_costs_seconds_and_it_goes_on_by_itself(desk: Desk, tmp_path: Path) -> None:
    folder = share(tmp_path, 90)
    with seeding(made_of(folder), folder.parent, limit=700_000) as seed:
        choose(desk)
        station = desk.station("serve")
        paths = Paths.from_environment(desk.environment)
        wait_for(paths.socket.exists, 30, "no station")
        desk.start(sys.executable, "-m", "app", "get", seed.magnet, log="get")
        size = sum(path.stat().st_size for path in folder.iterdir() if path.suffix != ".exe")

        def done() -> int:
            told = desk.sokoul("downloads", "--json")
            rows = json.loads(told.stdout or '{"downloads": []}')["downloads"]
            return int(rows[0]["done"]) if rows else 0

        wait_for(lambda: done() > size // 3, 60, "nothing came")
        os.killpg(station.pid, signal.SIGKILL)
        station.wait(10)
        station = desk.station("serve")
        wait_for(paths.socket.exists, 30, "no station")
        told = desk.sokoul("get", seed.magnet, "--json")
        assert told.returncode == 0, told.stdout
        assert '"state": "done"' in told.stdout.splitlines()[-1]
        end(station)
        whole = next(paths.downloads.rglob(f"{NAME}.mkv"))
        assert filecmp.cmp(whole, folder / f"{NAME}.mkv", shallow=False)
        assert seed.sent < 1.5 * size
