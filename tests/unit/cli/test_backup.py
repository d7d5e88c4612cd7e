"""`sokoul backup` over real files: made, listed, and put back when nothing else works."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main, station
from app.infra.instance import InstanceLock
from app.infra.paths import Paths
from app.services.control_upkeep import backup as answer
from tests.unit.services.upkeep.conftest import World, database, titles

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("LC_ALL", "C")
    paths.make()
    database(paths.database)

    async def asked() -> Any:
        world = World(paths)
        await world.start()
        try:
            return await answer(world.upkeep)
        finally:
            await world.stop()

    def ask(command: str, /, **args: object) -> Any:
        assert command == "backup"
        return json.loads(json.dumps(asyncio.run(asked())))

    monkeypatch.setattr(station, "ask", ask)

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["backup", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_backup_is_made_listed_and_put_back(run: Run, paths: Paths) -> None:
    assert run("--list")[1].startswith("There is no backup yet")
    status, said, _ = run("--json")
    made = json.loads(said)
    assert status == 0
    assert titles(Path(made["path"]) / "station.db") == 100
    assert made["name"] in run("--list")[1]
    assert json.loads(run("--list", "--json")[1])["backups"][0]["name"] == made["name"]
    paths.database.write_bytes(b"broken beyond repair")
    status, said, _ = run("--restore", made["name"])
    assert status == 0
    assert said.startswith(f"{made['name']} is back in place.")
    assert titles(paths.database) == 100


def test_nothing_is_put_back_under_a_running_station(run: Run, paths: Paths) -> None:
    made = json.loads(run("--json")[1])
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    try:
        status, _, complaint = run("--restore", made["name"])
    finally:
        lock.release()
    assert status == 1
    assert "Quit it first" in complaint


def test_a_wrong_name_says_so(run: Run) -> None:
    status, _, complaint = run("--restore", "../../etc")
    assert status == 1
    assert "There is no backup" in complaint
