"""`sokoul doctor`: one list of the machine and of a running station, and a report of a bug."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.cli import doctor_bundle, doctor_checks, main
from app.domain.errors import Refused
from app.domain.health import Health, HealthState
from app.infra.control import ControlServer, Progress
from app.infra.database.engine import Database
from app.infra.instance import InstanceLock
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.runtime.loop import ServiceLoop
from app.services import control_health
from app.services.monitoring.health import HealthService
from app.services.phrases import Phrases
from app.services.settings.service import SettingsService

BAD, WARN, GOOD, OFF = HealthState.BAD, HealthState.WARN, HealthState.GOOD, HealthState.OFF
KEYS = ["part", "name", "state", "told", "mend"]


class Station:
    """The health of a station on its socket, with the findings a test gives it."""

    def __init__(self, paths: Paths) -> None:
        self.found = [
            Health("database", GOOD, "health.database.good", {"ms": 0.42, "size": 84_000_000}),
            Health("vpn", OFF, "health.vpn.off"),
        ]
        self.reports: list[str] = []
        self.refuses = False
        self._health = HealthService(EventBus())
        for part in ("database", "vpn", "provider", "clock"):
            self._health.add(part, self._looks(part))
        self._loop = ServiceLoop("test station")
        self._loop.start()
        handlers = {
            "health": self.health, "status": self.status, "diagnostics": self.diagnostics,
        }  # fmt: skip
        self._server = ControlServer(paths.socket, handlers)
        self._lock = InstanceLock(paths.lock)
        assert self._lock.acquire()
        self._loop.submit(self._server.start()).result(10)

    def _looks(self, part: str) -> Callable[[], Any]:
        async def look() -> list[Health]:
            return [one for one in self.found if one.part.partition(":")[0] == part]

        return look

    def stop(self) -> None:
        self._loop.submit(self._server.stop()).result(10)
        self._loop.submit(self._health.stop()).result(10)
        self._loop.stop()
        self._lock.release()

    async def health(self, args: Mapping[str, Any], _progress: Progress) -> object:
        return await control_health.health(self._health, Phrases(lambda: "fr"), args)

    async def status(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        return {"pid": 1, "version": "1"}

    async def diagnostics(self, args: Mapping[str, Any], _progress: Progress) -> object:
        if self.refuses:
            raise Refused("errors.database_damaged", path="x", problem="y")

        class Maker:
            async def bundle(_self, path: Path) -> Path:  # noqa: N805 - the test's own is `self`
                self.reports.append(str(path))
                return path

        maker: Any = Maker()
        return await control_health.diagnostics(maker, args)


@pytest.fixture
def station(paths: Paths) -> Iterator[Station]:
    running = Station(paths)
    yield running
    running.stop()


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    status = main(["doctor", "--json"])
    return status, json.loads(capsys.readouterr().out)


def rows(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = {row["part"]: row for row in told["checks"]}
    assert len(found) == len(told["checks"])  # no part is told twice
    return found


def test_a_running_station_tells_of_its_own_parts(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = doctor(capsys)
    found = rows(told)
    assert status == 0
    assert told["good"] is True
    assert all(list(row) == KEYS for row in told["checks"])
    assert found["database"]["name"] == "Base de données"
    assert found["database"]["told"] == "0,4 ms · 84 Mo"  # the station's own look, in its words
    assert found["vpn"]["state"] == "off"
    assert found["Python"]["state"] == "good"
    assert [row["part"] for row in told["checks"]][-2:] == ["database", "vpn"]


def test_for_people(station: Station, capsys: pytest.CaptureFixture[str]) -> None:
    station.found.append(Health("clock", WARN, "health.clock.alone", {}, "health.clock.mend"))
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "✓ Base de données" in told
    assert "· VPN" in told
    assert "! Horloge" in told
    assert "→ Laissez le réseau la régler" in told


def test_the_end_tells_whether_something_essential_is_broken(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    station.found.append(Health("provider:x", BAD, "health.provider.off", name="My sites"))
    status, told = doctor(capsys)
    assert (status, told["good"]) == (0, True)  # the station does without
    assert rows(told)["provider:x"]["state"] == "bad"
    assert rows(told)["provider:x"]["name"] == "My sites"
    station.found.append(Health("clock", BAD, "health.clock.held", {}, "health.clock.held.mend"))
    status, told = doctor(capsys)
    assert (status, told["good"]) == (1, False)


def test_without_a_station_it_looks_itself(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = SettingsService(paths.settings, EventBus())
    settings.load()
    asyncio.run(settings.set("downloads", "interface", "novpn0"))
    asyncio.run(settings.set("look", "language", "fr"))
    status, told = doctor(capsys)
    found = rows(told)
    assert found["clock"]["name"] == "Horloge"
    assert found["vpn"]["told"] == "novpn0 est absent : les torrents se taisent".replace(
        " :", "\N{NO-BREAK SPACE}:"
    )
    assert found["database"]["told"].startswith("Pas encore créée")
    assert (status, told["good"]) == (1, False)
    asyncio.run(settings.set("downloads", "interface", ""))
    status, told = doctor(capsys)
    assert "vpn" not in rows(told)
    assert told["good"] is (status == 0)


def test_a_station_that_says_nothing_is_waited_for_only_so_long(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    try:
        _status, told = doctor(capsys)
    finally:
        lock.release()
    assert rows(told)["running station"]["state"] == "warn"


def test_a_check_that_raises_is_a_finding(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_paths: Paths) -> doctor_checks.Found:
        raise ValueError("out of order")

    table = (("one", "doctor.part.qt", broken), ("two", "doctor.part.qt", broken))
    monkeypatch.setattr(doctor_checks, "_CHECKS", table)
    (found,) = doctor_checks.every(paths, without={"two"})
    row = found.row(Phrases(lambda: "fr"))
    assert (row["part"], row["name"], row["state"]) == ("one", "Qt", "warn")
    assert row["told"] == "N’a pas pu être vérifié\N{NO-BREAK SPACE}: ValueError: out of order"


def test_a_report_of_a_running_station(
    station: Station, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "report.zip"
    assert main(["doctor", "--bundle", str(target)]) == 0
    assert station.reports == [str(target)]
    assert str(target) in capsys.readouterr().out
    assert main(["doctor", "--json", "--bundle", str(target)]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(target)}


def test_a_report_where_the_station_cannot_write_one(
    station: Station, paths: Paths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    async def make() -> None:
        database = Database(paths.database)
        await database.open()
        await database.close()

    asyncio.run(make())
    station.refuses = True
    target = tmp_path / "report.zip"
    assert main(["doctor", "--json", "--bundle", str(target)]) == 0
    made = Path(json.loads(capsys.readouterr().out)["path"])
    with zipfile.ZipFile(made) as report:
        names = set(report.namelist())
        health = json.loads(report.read("health.json"))
        plugins = json.loads(report.read("plugins.json"))
        database = json.loads(report.read("database.json"))
    assert {"README.txt", "version.json", "settings.json", "log.txt"} <= names
    assert "clock" in json.dumps(health)
    assert "internet_archive" in json.dumps(plugins)
    assert database


def test_a_report_beside_a_damaged_database(
    paths: Paths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    paths.database.write_bytes(b"this is no database" * 500)
    maker = doctor_bundle.alone(paths)
    made = asyncio.run(maker.bundle(tmp_path))
    with zipfile.ZipFile(made) as report:
        assert "database.json" not in report.namelist()
        assert b"database.json" in report.read("README.txt")


@pytest.mark.parametrize("wrong", [{}, {"path": 3}, {"path": "relative.zip"}, {"path": "/a\0b"}])
async def test_a_report_goes_only_where_it_is_told(wrong: dict[str, Any]) -> None:
    from app.domain.errors import InvalidInput

    maker: Any = object()
    with pytest.raises(InvalidInput):
        await control_health.diagnostics(maker, wrong)
