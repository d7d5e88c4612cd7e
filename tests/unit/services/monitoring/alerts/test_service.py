"""Alerts from the fact to the owner: over a real database, across starts, nights and outages."""

from __future__ import annotations

import asyncio
import datetime
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.domain.alerts import AlertLevel
from app.domain.downloads import Traffic, Vpn, VpnState
from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.domain.events import (
    DownloadsChanged,
    HealthChanged,
    NoticeLevel,
    NoticeRaised,
    PluginStateChanged,
    StudioChanged,
)
from app.domain.health import HealthState
from app.domain.project import ProjectId, ProjectState
from app.domain.studio import ProjectCard
from app.infra.database.engine import Database
from app.services.monitoring.alerts import recording
from app.services.monitoring.alerts.engine import REST
from app.services.monitoring.alerts.measures import FEWEST
from app.services.monitoring.alerts.store import AlertStore
from tests.fakes.alerts import FakeTargets, Station, until
from tests.fakes.posting import HandClock

ROOT = Path(__file__).parents[5]
QUIET = {"quiet_from": "22:00", "quiet_to": "07:00"}


def local(text: str) -> float:
    """A time by the machine's clock."""
    return datetime.datetime.fromisoformat(text).astimezone().timestamp()


async def test_a_fact_is_told_at_once_everywhere_and_once(
    database: Database, tmp_path: Path
) -> None:
    async with Station(database, tmp_path, FakeTargets("phone", "mail")) as world:
        for _ in range(5):
            world.disk(93)
        await until(lambda: bool(world.notices))
        await until(lambda: len(world.targets.taken["mail"]) == 1)
        assert world.said() == ["The disk /films is almost full"]
        (notice,) = world.notices
        assert (notice.level, notice.desktop) == (NoticeLevel.BAD, True)
        assert notice.args["view"] == "alerts"
        assert str(notice.args["text"]).startswith("93 % of it is taken, 70 GB are free.")
        (alert,) = world.alerts.active()
        assert (alert.rule, alert.level, alert.ended) == ("disk_full", AlertLevel.BAD, None)
        world.disk(50)
        await world.passes(10)
        world.disk(50)
        await world.passes(25)
        await until(lambda: len(world.notices) == 2)
        assert world.notices[1].level is NoticeLevel.GOOD
        assert world.said()[1] == "The disk /films has room again"
        assert world.notices[1].args["text"] == "It was so for a moment."
        assert world.alerts.active() == ()
        (over,) = await world.alerts.recent()
        assert (over.id, over.ended) == (alert.id, world.clock.time)
        await until(lambda: all(len(told) == 2 for told in world.targets.taken.values()))
        assert world.targets.titles("phone") == world.said()
        assert world.targets.titles("mail") == world.said()
        assert [one.ended is None for one in world.changes] == [True, False]


async def test_a_disk_that_flaps_is_told_once(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets("phone")) as world:
        for _ in range(60):
            world.disk(95)
            await world.passes(4)
            world.disk(80)
            await world.passes(4)
        await world.passes(40)
        await until(lambda: len(world.notices) == 2)
        for _ in range(5):
            world.disk(95)
            await world.passes(1)
            world.disk(80)
            await world.passes(60)
        await until(lambda: len(world.targets.taken["phone"]) == 2)
        assert len(world.notices) == 2


async def test_a_provider_that_does_not_answer(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets()) as world:
        for _ in range(7):
            world.answer("radio", "errors.server_offline")
            await world.passes(120)
        await until(lambda: bool(world.notices))
        world.answer("radio")
        await until(lambda: len(world.notices) == 2)
        assert world.said() == ["Radio does not answer", "Radio answers again"]
        assert world.notices[1].args["text"] == "It was so for 2 minutes."


async def test_many_errors_and_the_end_by_time_alone(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets()) as world:
        for number in range(FEWEST):
            world.answer("radio", "errors.server_slow" if number % 4 == 0 else "")
        await until(lambda: bool(world.notices))
        assert "25 %" in str(world.notices[0].args["text"])
        await world.passes(601)
        await world.passes(61)
        await until(lambda: len(world.notices) == 2)
        assert world.said()[1] == "Radio works as usual again"


async def test_the_vpn_the_backup_and_a_sign_in(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets()) as world:

        def vpn(state: VpnState) -> None:
            world.bus.publish(DownloadsChanged((), (), Traffic(vpn=Vpn(state, "wg0"))))

        vpn(VpnState.AWAY)
        await until(lambda: len(world.notices) == 1)
        assert str(world.notices[0].args["text"]).startswith("wg0 is not there.")
        vpn(VpnState.UP)
        backup = world.health("backup", HealthState.BAD, "health.backup.failed")
        account = world.health("account:vimeo_1", HealthState.WARN, "health.account.sign_in")
        world.bus.publish(HealthChanged((backup, account)))
        await until(lambda: len(world.notices) == 4)
        assert world.said() == [
            "The VPN is gone", "The VPN is back", "The backup of the station failed",
            "Vimeo_1 wants you to sign in again",
        ]  # fmt: skip
        off = world.health("backup", HealthState.OFF, "health.backup.off")
        world.bus.publish(HealthChanged((off,)))
        await until(lambda: len(world.changes) == 5)
        assert len(world.notices) == 4  # switched off is not mended: nobody is told that it is


async def test_a_video_that_takes_long_wakes_by_a_timer(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets(), {"pipeline_minutes": 5}) as world:

        def studio(state: ProjectState) -> None:
            card = ProjectCard(ProjectId("p"), "Lighthouses\x00\n" + "x" * 300, state)
            world.bus.publish(StudioChanged(card.id, card))

        studio(ProjectState.RUNNING)
        await until(lambda: world.alerts._timer is not None)
        await world.passes(299)
        assert world.alerts.active() == ()
        await world.passes(2)
        await until(lambda: len(world.notices) == 1)
        title = world.said()[0]
        assert title.startswith("The video “Lighthouses x")
        assert len(title) < 160
        assert title.isprintable()
        studio(ProjectState.DONE)
        await until(lambda: len(world.notices) == 2)


async def test_a_start_in_the_middle_neither_repeats_the_beginning_nor_loses_the_end(
    database: Database, tmp_path: Path
) -> None:
    targets = FakeTargets("phone")
    clock = HandClock(1_700_000_000.0)
    async with Station(database, tmp_path, targets, clock=clock) as world:
        world.disk(95)
        await until(lambda: len(targets.taken["phone"]) == 1)
    async with Station(database, tmp_path, targets, clock=clock) as world:
        (alert,) = world.alerts.active()
        for _ in range(3):
            world.disk(95)
            await world.passes(5)
        assert world.alerts.active() == (alert,)
        assert world.notices == []
        world.disk(50)
        await world.passes(31)
        await until(lambda: len(world.notices) == 1)
        assert world.said() == ["The disk /films has room again"]
        await until(lambda: len(targets.taken["phone"]) == 2)
    async with Station(database, tmp_path, targets, clock=clock) as world:
        assert world.alerts.active() == ()
        world.disk(95)
        await world.passes(1)
        assert world.alerts.active() == ()  # it is told anew when it lasts
    assert targets.titles("phone") == [
        "The disk /films is almost full", "The disk /films has room again",
    ]  # fmt: skip


KILLED = """
import asyncio, sys
from pathlib import Path
from app.infra.database import driver
driver.install()
from app.infra.database.engine import Database
from tests.fakes.alerts import FakeTargets, Station

async def run(place):
    database = Database(place / "station.db")
    await database.open()
    targets = FakeTargets("phone")
    world = Station(database, place, targets)
    await world.__aenter__()
    world.disk(95)
    world.disk(93, "/music")
    while len(targets.taken["phone"]) < 2 or world.alerts.targets()[0].waiting:
        await asyncio.sleep(0.005)
    print("told", flush=True)
    await asyncio.sleep(600)

asyncio.run(run(Path(sys.argv[1])))
"""


async def test_a_station_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(40):
            assert await process.stdout.readline() == b"told\n"
    finally:
        process.kill()
        await process.wait()
    database, targets = Database(tmp_path / "station.db"), FakeTargets("phone")
    await database.open()
    async with Station(database, tmp_path, targets) as world:
        assert [one.subject for one in world.alerts.active()] == ["/films", "/music"]
        world.disk(95)
        world.disk(93, "/music")
        await world.passes(1)
        world.disk(40)
        await world.passes(31)
        await until(lambda: len(targets.taken["phone"]) == 1)
        assert world.said() == targets.titles("phone") == ["The disk /films has room again"]
    await database.close()


async def test_quiet_hours_hold_back_and_tell_in_one_message(
    database: Database, tmp_path: Path
) -> None:
    clock = HandClock(local("2026-03-10T23:30"))
    async with Station(database, tmp_path, FakeTargets("phone"), QUIET, clock) as world:
        world.disk(85, media=True)  # matters less: nothing of it is seen but on the page
        world.disk(95, "/")  # matters: in the window, without a sound
        await until(lambda: len(world.notices) == 1)
        assert not world.notices[0].desktop
        args: dict[str, object] = {"title": "Lighthouses", "project": "p"}
        world.bus.publish(NoticeRaised(NoticeLevel.GOOD, "notices.video_ready", args, True))
        world.disk(50, media=True)
        await world.passes(31)
        await until(lambda: len(world.changes) == 3)
        assert len(world.alerts.active()) == 1
        await world.passes(5 * 3600)
        assert world.targets.taken["phone"] == []
        await world.passes(3 * 3600)
        await until(lambda: len(world.targets.taken["phone"]) == 1)
        (told,) = world.targets.taken["phone"]
        assert told.title == "3 things happened in the quiet hours"
        assert told.body.splitlines() == [
            "The media are growing out of /films, from 23:30 to 23:30",
            "The disk / is almost full, since 23:30",
            "The video “Lighthouses” is ready, at 23:30",
        ]
        assert told.kind.value == "bad"
        await until(lambda: len(world.said()) == 2)
        assert world.notices[-1].desktop
        await world.passes(REST)
        world.disk(95, "/music")
        await until(lambda: len(world.targets.taken["phone"]) == 2)
        assert world.targets.titles("phone")[1] == "The disk /music is almost full"


async def test_what_ends_at_night_is_told_in_the_morning_after_a_start_too(
    database: Database, tmp_path: Path
) -> None:
    clock, targets = HandClock(local("2026-03-10T21:30")), FakeTargets("phone")
    async with Station(database, tmp_path, targets, QUIET, clock) as world:
        world.disk(95)
        await until(lambda: len(targets.taken["phone"]) == 1)
        await world.passes(3600)
        world.disk(50)
        await world.passes(31)
        await until(lambda: len(world.changes) == 2)
        assert len(world.notices) == 1
    clock.move(12 * 3600)
    async with Station(database, tmp_path, targets, QUIET, clock):
        await until(lambda: len(targets.taken["phone"]) == 2)
    assert targets.taken["phone"][1].title == "One thing happened in the quiet hours"
    assert targets.taken["phone"][1].body == "The disk /films has room again, at 22:30"
    async with Station(database, tmp_path, targets, QUIET, clock):
        pass
    assert len(targets.taken["phone"]) == 2


async def test_what_was_late_for_the_evening_wakes_nobody_at_night(
    database: Database, tmp_path: Path
) -> None:
    clock, targets = HandClock(local("2026-03-10T21:50")), FakeTargets("phone")
    targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    async with Station(database, tmp_path, targets, QUIET, clock) as world:
        world.disk(95)
        await until(lambda: world.alerts.targets()[0].problem != "")
        await world.passes(1_200)
        del targets.failing["phone"]
        await world.alerts.set_limit("storage", 70)  # whoever waits looks again
        await world.passes(3_600)
        assert targets.taken["phone"] == []
        await world.alerts.try_target("phone")  # unless the owner asks for it
        assert targets.titles("phone") == ["A test from Sokoul"]
        await world.passes(9 * 3_600)
        await until(lambda: len(targets.taken["phone"]) == 2)


async def test_quiet_hours_that_are_taken_away_end_at_once(
    database: Database, tmp_path: Path
) -> None:
    clock = HandClock(local("2026-03-10T23:30"))
    async with Station(database, tmp_path, FakeTargets("phone"), QUIET, clock) as world:
        args: dict[str, object] = {"name": "Night of the Living Dead"}
        world.bus.publish(NoticeRaised(NoticeLevel.GOOD, "notices.download_here", args, True))
        world.disk(85, media=True)
        await until(lambda: len(world.changes) == 1)
        await world.alerts.set_quiet("", "")
        await until(lambda: len(world.targets.taken["phone"]) == 1)
        assert world.alerts.quiet() is None


async def test_a_clock_that_is_set_changes_nothing_of_what_lasts(
    database: Database, tmp_path: Path
) -> None:
    async with Station(database, tmp_path, FakeTargets("phone")) as world:
        world.machine(temperature=95.0)
        await world.passes(0)
        world.clock.move(86_400)
        world.machine(temperature=95.0)
        await world.passes(0)
        assert world.alerts.active() == ()
        world.clock.move(-2 * 86_400)
        await world.passes(31)
        await until(lambda: len(world.notices) == 1)
        world.clock.move(-3600)
        world.machine(temperature=50.0)
        await world.passes(31)
        await until(lambda: len(world.notices) == 2)
        (over,) = await world.alerts.recent()
        assert over.ended is not None
        assert over.ended >= over.since


async def test_the_owner_switches_moves_limits_and_closes(
    database: Database, tmp_path: Path
) -> None:
    async with Station(database, tmp_path, FakeTargets("phone", "mail")) as world:
        service = world.alerts
        world.disk(85)
        await service.set_limit("disk_full", 80)
        await until(lambda: len(world.notices) == 1)
        (alert,) = service.active()
        await service.close(alert.id)
        assert service.active()[0].seen
        with pytest.raises(NotFound):
            await service.close(type(alert.id)("nobody"))
        await service.switch_rule("disk_full", on=False)
        await until(lambda: service.active() == ())
        assert not next(one for one in service.rules() if one.name == "disk_full").enabled
        assert len(world.notices) == 1  # the owner knows
        await service.switch_target("mail", on=False)
        await until(lambda: not next(one for one in service.targets() if one.plugin == "mail").on)
        world.bus.publish(DownloadsChanged((), (), Traffic(vpn=Vpn(VpnState.AWAY, "wg0"))))
        await until(lambda: len(world.targets.taken["phone"]) == 2)
        assert world.targets.titles("mail") == ["The disk /films is almost full"]
        with pytest.raises(InvalidInput, match="not_a_time"):
            await service.set_quiet("25:00", "07:00")
        await service.set_quiet("9:05", "10:00")
        assert world.settings.current.monitoring.quiet_from == "09:05"
        with pytest.raises(InvalidInput):
            await service.set_limit("disk_full", 3)
        for wrong in ("vpn_lost", "nothing"):
            with pytest.raises(NotFound):
                await service.set_limit(wrong, 3)
        with pytest.raises(NotFound):
            await service.switch_rule("nothing", on=True)


async def test_no_alerts_when_the_owner_wants_none(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets("phone"), {"alerts": False}) as world:
        world.disk(99)
        args: dict[str, object] = {"title": "Lighthouses", "account": "Vimeo"}
        world.bus.publish(NoticeRaised(NoticeLevel.BAD, "notices.post_failed", args, True))
        await until(lambda: len(world.targets.taken["phone"]) == 1)
        assert world.targets.titles("phone") == ["“Lighthouses” could not be posted"]
        assert world.alerts.active() == ()


async def test_a_disk_too_full_to_write_is_told_all_the_same(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    full = [True]
    begin = AlertStore.begin

    async def begin_or_not(self: AlertStore, *args: object) -> bool:
        if full[0]:
            raise OperationalError("INSERT", {}, sqlite3.OperationalError("disk is full"))
        return await begin(self, *args)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(AlertStore, "begin", begin_or_not)
    monkeypatch.setattr(recording, "TRY_AGAIN", 0.02)
    async with Station(database, tmp_path, FakeTargets("phone")) as world:
        world.disk(100)
        await until(lambda: len(world.notices) == 1)
        assert world.targets.taken["phone"] == []
        full[0] = False
        await until(lambda: len(world.targets.taken["phone"]) == 1)
        assert len(world.notices) == 1
    assert len(await AlertStore(database).active()) == 1
    assert "cannot be written down" in caplog.text
    caplog.clear()


async def test_a_plugin_that_is_switched_off_ends_its_alerts_silently(
    database: Database, tmp_path: Path
) -> None:
    async with Station(database, tmp_path, FakeTargets()) as world:
        for _ in range(7):
            world.answer("radio", "errors.server_offline")
            await world.passes(120)
        await until(lambda: bool(world.notices))
        world.bus.publish(PluginStateChanged("radio", False))
        await until(lambda: world.alerts.active() == ())
        await until(lambda: len(world.changes) == 2)
        assert len(world.notices) == 1


async def test_alerts_of_a_station_that_had_other_rules_end(
    database: Database, tmp_path: Path
) -> None:
    async with Station(database, tmp_path, FakeTargets("phone")) as world:
        world.disk(95)
        await until(lambda: len(world.targets.taken["phone"]) == 1)
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE alert SET rule = 'tides'")
    async with Station(database, tmp_path, FakeTargets("phone")) as world:
        await until(lambda: len(world.changes) == 1)
        assert world.alerts.active() == ()
    assert await AlertStore(database).active() == ()


async def test_events_of_other_threads_are_heard(database: Database, tmp_path: Path) -> None:
    async with Station(database, tmp_path, FakeTargets()) as world:
        await asyncio.to_thread(world.disk, 95)
        await until(lambda: len(world.notices) == 1)
    world.disk(96)  # nobody listens any more
