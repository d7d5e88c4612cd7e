"""Nights come back by themselves, tell how they went, and can be run by hand."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.domain.events import JobState, NoticeLevel, SettingsChanged
from app.domain.health import HealthState
from app.infra.paths import Paths
from app.services.upkeep import restoring, service
from app.services.upkeep.space import Part
from tests.unit.services.upkeep.conftest import World, titles, until


async def state_of(world: World, name: str) -> JobState | None:
    return next(one.state for one in await world.upkeep.nights() if one.name == name)


async def test_nights_are_planned_at_the_owners_hour(world: World) -> None:
    nights = {one.name: one for one in await world.upkeep.nights()}
    assert set(nights) == {service.BACKUP, service.TIDY, service.SCAN}
    for one in nights.values():
        assert one.state is None
        assert one.following is not None
        assert datetime.fromtimestamp(one.following).hour == 4  # noqa: DTZ006 - by the machine's clock
    world.wish(hour=2, backups=0)
    world.bus.publish(SettingsChanged("upkeep"))
    await until(lambda: world.jobs.schedules() == {service.TIDY, service.SCAN})
    one = (await world.upkeep.nights())[0]
    assert one.following is not None
    assert datetime.fromtimestamp(one.following).hour == 2  # noqa: DTZ006 - by the machine's clock
    assert (await world.upkeep.health()).state is HealthState.OFF


async def test_a_backup_by_hand_runs_as_the_nights_do(world: World) -> None:
    assert (await world.upkeep.health()).told == "health.backup.waits"
    job = await world.upkeep.run(service.BACKUP)
    name = await world.jobs.wait(job)
    found = await world.upkeep.backups()
    assert [one.name for one in found] == [name]
    assert titles(Path(found[0].path) / "station.db") == 100
    assert (Path(found[0].path) / "jobs.db").stat().st_size > 0
    night = next(one for one in await world.upkeep.nights() if one.name == service.BACKUP)
    assert night.state is JobState.DONE
    assert night.ended >= night.began > 0
    os.utime(Path(found[0].path) / "settings.toml", (world.now, world.now))
    health = await world.upkeep.health()
    assert (health.state, health.args["count"]) == (HealthState.GOOD, 1)
    world.now += 5 * 86_400
    assert (await world.upkeep.health()).told == "health.backup.late"


async def test_a_backup_that_fails_is_a_matter_of_health(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    world.wish(backup_folder=str(tmp_path / "file"))
    failing = await world.upkeep.run(service.BACKUP)
    with pytest.raises(Exception, match="backup_failed"):
        await world.jobs.wait(failing)
    assert await state_of(world, service.BACKUP) is JobState.FAILED
    ill = await world.upkeep.health()
    assert (ill.state, ill.told) == (HealthState.BAD, "health.backup.failed")
    assert "reason" in ill.args
    world.wish(backup_folder="")
    world.now += 1
    await world.jobs.wait(await world.upkeep.run(service.BACKUP))
    for file in Path((await world.upkeep.backups())[0].path).iterdir():
        os.utime(file, (world.now, world.now))
    assert (await world.upkeep.health()).state is HealthState.GOOD


async def test_the_night_tidies_and_looks_through_the_library(world: World) -> None:
    for number, age in ((1, 60), (2, 50), (3, 1)):
        copy = world.paths.database.with_name(f"station.db.before-000{number}")
        copy.write_bytes(b"x")
        os.utime(copy, (world.now - age * 86_400,) * 2)
    await world.jobs.wait(await world.upkeep.run(service.TIDY))
    await world.jobs.wait(await world.upkeep.run(service.SCAN))
    assert (world.scans, world.optimised) == (1, 1)
    left = sorted(one.name for one in world.paths.data.glob("station.db.before-*"))
    assert left == ["station.db.before-0003"]
    assert world.changes > 0


async def test_what_is_no_night_cannot_be_run(world: World) -> None:
    with pytest.raises(NotFound):
        await world.upkeep.run("rm -rf")


async def test_space_is_told_from_memory_and_measured_when_wished(
    world: World, tmp_path: Path
) -> None:
    place = tmp_path / "films"
    place.mkdir()
    (place / "a.mkv").write_bytes(os.urandom(40_000))
    world.parts = [Part("library", (os.fsencode(place),), page="library")]
    first = await world.upkeep.space()
    assert [(one.part, one.files) for one in first.uses] == [("library", 1)]
    (place / "b.mkv").write_bytes(os.urandom(40_000))
    assert await world.upkeep.space() is first
    again = await world.upkeep.space(fresh=True)
    assert again.uses[0].files == 2
    assert world.upkeep.last_space() == again


async def test_only_what_can_be_remade_is_emptied(world: World, tmp_path: Path) -> None:
    old = tmp_path / "cache" / "old"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(os.urandom(20_000))
    os.utime(old, (world.now - 7200,) * 2)
    world.parts = [
        Part("answers", (os.fsencode(old.parent),), freeable=True),
        Part("library", (os.fsencode(tmp_path),)),
    ]
    with pytest.raises(NotFound, match="space_not_freeable"):
        await world.upkeep.free("library")
    assert await world.upkeep.free("answers") >= 20_000
    assert not old.exists()


async def test_after_a_backup_was_put_back_publishing_waits_for_the_owner(home: Paths) -> None:
    first = World(home)
    await first.start()
    made = await first.upkeep.backup()
    assert first.pauses == 0
    await first.stop()
    targets = (home.database, home.jobs, home.settings)
    restoring.restore(home.data / "backups", made.name, targets, home.data)
    for turn, (pauses, told) in enumerate(((1, ["notices.restored"]), (0, []))):
        world = World(home)
        await world.start()
        await world.stop()
        assert world.pauses == pauses, turn
        assert [one.key for one in world.notices] == told
        assert all(one.level is NoticeLevel.WARN for one in world.notices)
