"""Casting in the real program: one command plays on a TV of the home, and a restart finds it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.infra.paths import Paths
from tests.fakes.films import Film, make
from tests.fakes.receivers.chromecast import Chromecast, needs_node
from tests.fakes.receivers.dlna import Gmediarender
from tests.fakes.receivers.home import Home, home, needs, needs_home
from tests.system.desk import Desk, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180), *needs_home]
TV, CAST = "Living room", "Bedroom"


@pytest.fixture
def place() -> Iterator[Home]:
    with home() as made:
        yield made


def devices(desk: Desk) -> dict[str, dict[str, Any]]:
    """The devices by name, as the command tells them; none while it cannot."""
    told = desk.sokoul("devices", "--json")
    if told.returncode:
        return {}
    return {one["name"]: one for one in json.loads(told.stdout)["devices"]}


def playing(desk: Desk, name: str) -> dict[str, Any]:
    """What plays on a device."""
    found = devices(desk).get(name, {}).get("plays") or {}
    assert isinstance(found, dict)
    return found


def begin(desk: Desk, *names: str) -> subprocess.Popen[bytes]:
    """A station without a window that sees these devices."""
    station = desk.station("serve")
    paths = Paths.from_environment(desk.environment)
    wait_for(paths.socket.exists, 30, f"no station: {desk.output()}")

    def seen() -> bool:
        told = devices(desk)
        return all(told.get(name, {}).get("here") for name in names)

    wait_for(seen, 20, f"not found: {desk.log()}")
    return station


def conversions() -> list[str]:
    """What ffmpeg is working on for a TV."""
    told = subprocess.run(["pgrep", "-a", "ffmpeg"], capture_output=True, text=True, check=False)
    return [line for line in told.stdout.splitlines() if "pipe:1" in line or ".ts" in line]


@needs("gmediarender")
def test_a_film_plays_on_a_tv_and_is_found_again_after_a_kill(
    place: Home, desk: Desk, tmp_path: Path
) -> None:
    film = make(Film(container="mp4", seconds=60.0), tmp_path / "Nosferatu (1922).mp4")
    Gmediarender(place.room(), tmp_path, TV).start()
    station = begin(desk, TV)
    told = desk.sokoul("cast", str(film), "--to", "living")
    assert told.returncode == 0, told.stderr + desk.log()
    assert "plays directly" in told.stdout
    assert playing(desk, TV)["stage"] == "playing"
    assert desk.sokoul("cast", "--seek", "0:30").returncode == 0
    wait_for(lambda: 30 <= playing(desk, TV)["position"] < 45, 15, "it did not seek")
    assert desk.sokoul("cast", "--pause").returncode == 0
    wait_for(lambda: playing(desk, TV)["stage"] == "paused", 15, "it did not halt")
    os.killpg(station.pid, signal.SIGKILL)
    station.wait(10)
    station = begin(desk, TV)
    wait_for(lambda: playing(desk, TV).get("stage") == "paused", 20, f"lost: {desk.log()}")
    assert playing(desk, TV)["title"] == "Nosferatu"
    assert desk.sokoul("cast", "--resume").returncode == 0
    wait_for(lambda: playing(desk, TV)["position"] > 33, 20, "it did not go on")
    assert desk.sokoul("cast", "--stop").returncode == 0
    wait_for(lambda: not playing(desk, TV), 15, "it did not stop")
    end(station)


@needs_node
@needs("node", "mpv")
def test_a_film_is_converted_for_a_chromecast_with_subtitles_and_nothing_is_left(
    place: Home, desk: Desk, tmp_path: Path
) -> None:
    recipe = Film(video="hevc", container="mkv", seconds=60.0, subtitles=("eng",))
    film = make(recipe, tmp_path / "Metropolis (1927).mkv")
    cast = Chromecast(place.room(), tmp_path, CAST)
    cast.start()
    station = begin(desk, CAST)
    told = desk.sokoul("cast", str(film), "--to", CAST, "--at", "10")
    assert told.returncode == 0, told.stderr + desk.log()
    assert "converted" in told.stdout
    assert 10 <= playing(desk, CAST)["position"] < 30
    assert desk.sokoul("cast", "--to", CAST, "--seek", "40").returncode == 0
    wait_for(lambda: 40 <= playing(desk, CAST)["position"] < 55, 20, "it did not seek")
    assert desk.sokoul("cast", "--to", CAST, "--volume", "30").returncode == 0
    assert desk.sokoul("cast", "--to", CAST, "--stop").returncode == 0
    wait_for(lambda: not conversions(), 15, "ffmpeg still runs")
    end(station)
