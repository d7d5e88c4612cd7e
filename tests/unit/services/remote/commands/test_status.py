"""`/status` and `/system`: what moves is followed, what is not well is said with its remedy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.alerts import Alert, AlertId, AlertLevel
from app.domain.casting import CastStage
from app.domain.downloads import DownloadState
from app.domain.errors import Unavailable
from app.domain.events import AlertChanged, JobState
from app.domain.health import Health, HealthState
from app.domain.monitoring import DiskUse, Doing, DoingKind, LinkUse, Snapshot
from app.domain.project import ProjectState, Step
from app.runtime.jobs import JobInfo
from app.services.remote.commands.sheet import Sheets, Tempo
from app.services.remote.commands.status import Around, StatusCommand
from app.services.remote.commands.system import SystemCommand
from tests.fakes.casting import LIVING
from tests.fakes.downloads import GB, load
from tests.fakes.remote import FakeTalk
from tests.fakes.studio import FakeStudio, card
from tests.unit.services.remote.commands.conftest import HOSTILE, House, going, port, until
from tests.unit.services.remote.commands.watchers import Calm

NOW = 1_000_000.0 + 3 * 86_400
SECOND = Snapshot(
    at=NOW, cpu=0.23, cores=(0.1,) * 12, mhz=(2600.0,) * 12,
    memory_used=5_200_000_000, memory_total=32_000_000_000, temperature=61.4,
    disks=(
        DiskUse("nvme0n1p2", "/", 500 * GB, 100 * GB),
        DiskUse("sda1", "/media/films", 2000 * GB, 1900 * GB, smart="failing"),
    ),
    links=(LinkUse("eth0", 2_000_000.0, 40_000.0), LinkUse("wlan0", 0.0, 0.0, up=False)),
)  # fmt: skip
FULL = Alert(AlertId("a1"), "disk_full", "/media/films", AlertLevel.BAD, NOW - 60)
SLOW = Health("database", HealthState.WARN, "health.database.slow", {"ms": 900.0},
              "health.database.slow.mend")  # fmt: skip
WELL = Health("jobs", HealthState.GOOD, "health.jobs.idle")


class Jobs:
    def __init__(self) -> None:
        self.running: tuple[JobInfo, ...] = ()

    async def list(self, kind: str | None = None, states: object = None) -> tuple[JobInfo, ...]:
        return self.running


class Scene:
    """A station in which anything may go on."""

    def __init__(self, house: House) -> None:
        self.house, self.calm, self.jobs, self.studio = house, Calm(), Jobs(), FakeStudio()
        calm = self.calm
        around = Around(
            port(house.casting), port(house.downloads), port(self.studio), port(self.jobs),
            calm, calm, calm,
        )  # fmt: skip
        self.status = StatusCommand(around, house.bus, house.sheets, lambda: NOW)
        self.system = SystemCommand(calm, calm, calm, house.sheets, lambda: NOW)


@pytest.fixture
def scene(house: House) -> Scene:
    return Scene(house)


async def test_when_nothing_moves_it_is_said_once(scene: Scene) -> None:
    talk = FakeTalk()
    await scene.status.run(talk, "")
    assert talk.last.text == "All is quiet: nothing plays, loads or is being made."
    scene.jobs.running = (JobInfo("j", "library.scan", "Films", JobState.RUNNING, 0, 0, 0.5),)
    async with going(talk.press("Refresh")):
        await until(lambda: "Looks through a folder · Films · ▓▓▓▓▓░░░░░ 50 %" in talk.last.text)
        scene.jobs.running = ()
        await until(lambda: "All is quiet" in talk.last.text)


async def test_everything_that_goes_on_is_followed_until_it_stands(scene: Scene) -> None:
    house = scene.house
    house.casting.begin(LIVING, title="Metropolis", position=60.0, duration=600.0,
                        stage=CastStage.PLAYING)  # fmt: skip
    row = load(1, "Nosferatu 1922")
    house.downloads.all[row.id] = row
    waiting = load(2, state=DownloadState.QUEUED)
    house.downloads.all[waiting.id] = waiting
    scene.studio.cards = [
        card(1, title="Clocks", state=ProjectState.RUNNING, step=Step.VOICE, progress=0.4),
        card(2, title="Done already", state=ProjectState.DONE),
    ]
    scene.calm.done = [
        Doing(DoingKind.PLAYING, "Pioneer One S01E01", NOW - 20, None),
        Doing(DoingKind.PLAYING, "Ended before", NOW - 20, NOW - 10),
    ]
    talk = FakeTalk(language="fr")
    async with going(scene.status.run(talk, "")) as task:
        await until(lambda: "Metropolis" in talk.last.text)
        text = talk.last.text
        assert "▶ Se lit sur la station\nPioneer One S01E01" in text
        assert "Ended before" not in text
        assert "Living-room TV · ▓░░░░░░░░░ 1:00 / 10:00" in text
        assert "Nosferatu 1922" in text
        assert "1 attend ou est en pause" in text
        assert "Clocks" in text
        assert "Done already" not in text
        assert talk.last.buttons == []  # it moves by itself
        house.downloads.all[row.id] = replace(row, state=DownloadState.DONE)
        scene.studio.cards, scene.calm.done = [], []
        house.casting.playing.clear()
        await task
    assert "Metropolis" not in talk.last.text
    assert talk.last.button("Actualiser")


async def test_it_stops_moving_after_a_while(house: House) -> None:
    house.sheets = Sheets(Tempo(beat=0.01, pace=0.0, lasts=0.05))
    scene = Scene(house)
    row = load(1)
    house.downloads.all[row.id] = row
    talk = FakeTalk()
    await scene.status.run(talk, "")
    assert talk.last.button("Refresh")


async def test_a_part_that_cannot_be_asked_leaves_the_others(scene: Scene) -> None:
    scene.calm.error = Unavailable("errors.server_offline", host="x")
    row = load(1, "Nosferatu 1922", state=DownloadState.FAILED, reason="errors.server_offline",
               reason_args={"host": "a.example"})  # fmt: skip
    scene.house.downloads.all[row.id] = row
    talk = FakeTalk()
    await scene.status.run(talk, "")
    assert "Nosferatu 1922" in talk.last.text
    assert "failed" in talk.last.text


async def test_alerts_come_up_while_it_is_followed(scene: Scene) -> None:
    row = load(1)
    scene.house.downloads.all[row.id] = row
    talk = FakeTalk()
    async with going(scene.status.run(talk, "")):
        await until(lambda: "Film 001" in talk.last.text)
        scene.calm.raised, scene.calm.known = [FULL], [SLOW, WELL]
        scene.house.bus.publish(AlertChanged(FULL))
        await until(lambda: "✗ disk_full: /media/films" in talk.last.text)
        assert "1 part is not well: /system" in talk.last.text


async def test_the_machine_in_words(scene: Scene) -> None:
    scene.calm.now, scene.calm.known = SECOND, [WELL]
    talk = FakeTalk()
    await scene.system.run(talk, "")
    text = talk.last.text.replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("Orange Pi 6 Plus · up for 3 days\n")
    assert "Processor ▓▓░░░░░░░░ 23 % (12 cores)" in text
    assert "Temperature 61 °C" in text
    assert "Memory ▓▓░░░░░░░░ 5.2 GB of 32 GB" in text
    disks = [line for line in text.split("\n") if line.startswith("Disk")]
    assert disks[0].startswith("Disk films ▓▓▓▓▓▓▓▓▓░ 95 % · 100 GB free · it is failing")
    assert disks[1] == "Disk nvme0n1p2 ▓▓░░░░░░░░ 20 % · 400 GB free"
    assert "Network eth0 ↓ 2.0 MB/s ↑ 40 kB/s" in text
    assert "wlan0" not in text
    assert "1 check, and all is well." in text


async def test_what_is_not_well_is_told_with_what_to_do(scene: Scene) -> None:
    scene.calm.known, scene.calm.raised = [WELL, SLOW], [FULL]
    talk = FakeTalk(language="fr")
    await scene.system.run(talk, "")
    assert "Pas encore de chiffres" in talk.last.text
    assert "✗ disk_full: /media/films\n    Look at it." in talk.last.text
    assert "⚠ Base de données: Répond lentement" in talk.last.text
    assert "Regardez le disque" in talk.last.text
    await talk.press("Alertes vues")
    assert scene.calm.raised[0].seen
    assert [one.text for one in talk.last.buttons] == ["Actualiser", "Vérifier"]


async def test_checks_are_run_on_a_press(scene: Scene) -> None:
    scene.calm.fresh = [SLOW]
    talk = FakeTalk()
    await scene.system.run(talk, "")
    assert "Nothing has been checked yet." in talk.last.text
    await talk.press("Run checks")
    assert scene.calm.runs == 1
    assert "Database: Answers slowly: 900 ms" in talk.last.text
    scene.calm.error = Unavailable("errors.server_offline", host="x")
    before = talk.last.text
    with pytest.raises(Unavailable):
        await talk.press("Run checks")
    assert talk.last.text == before


async def test_hostile_names_and_a_flood_fit(scene: Scene) -> None:
    scene.calm.now = replace(SECOND, disks=tuple(
        DiskUse(HOSTILE, f"/media/{HOSTILE}", GB, GB) for _ in range(40)
    ))  # fmt: skip
    scene.calm.machine = replace(scene.calm.machine, model=HOSTILE)
    scene.calm.known = [replace(SLOW, part=f"provider:{at}", name=HOSTILE) for at in range(60)]
    scene.calm.raised = [replace(FULL, id=AlertId(str(at)), subject=HOSTILE) for at in range(60)]
    talk = FakeTalk()
    await scene.system.run(talk, "")
    assert len(talk.last.text) < 4096
    assert all(line.isprintable() for line in talk.last.text.split("\n") if line)
    assert "… and 54 more" in talk.last.text
