"""Checks of what the station stands on: passwords, the clock, disks, heat."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.health import HealthState
from app.domain.media import Folder, FolderId, FolderState
from app.domain.monitoring import DiskUse, Snapshot
from app.domain.secrets import SecretHome
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.services.monitoring.checks import clock as clocks
from app.services.monitoring.checks import disks as disk_checks
from app.services.monitoring.checks.accounts import DAY
from app.services.monitoring.checks.clock import BIRTH, ClockCheck, synchronised
from app.services.monitoring.checks.disks import DisksCheck
from app.services.monitoring.checks.heat import HeatCheck
from app.services.monitoring.checks.keyring import KeyringCheck
from tests.fakes.health import words

GOOD, WARN, BAD, OFF = HealthState.GOOD, HealthState.WARN, HealthState.BAD, HealthState.OFF
GB = 10**9


async def test_a_keyring_is_asked_only_when_somebody_asks(paths: Paths) -> None:
    secrets = Secrets(paths.vault, paths.vault_key, {})
    check = KeyringCheck(secrets)
    found = await check.look()
    assert (found.state, words(found)) == (OFF, "Nothing has needed one yet")
    assert await secrets.known() is None  # nobody was asked
    secrets._keyring_works, secrets._probed_at = False, time.monotonic()  # there is none here
    assert await secrets.describe() is SecretHome.KEY_FILE
    for found in (await check.thorough(), await check.look()):
        assert found.state is WARN
        assert words(found) == "No keyring: in an encrypted file"


async def test_secrets_that_are_locked_are_told(paths: Paths) -> None:
    sealed = Secrets(paths.vault, paths.vault_key, {"SOKOUL_VAULT_PASSPHRASE": "open"})
    sealed._keyring_works, sealed._probed_at = False, time.monotonic()
    await sealed.set("a", "b", "c")
    found = await KeyringCheck(sealed).thorough()
    assert (found.state, words(found)) == (GOOD, "In a file sealed by your passphrase")
    other = Secrets(paths.vault, paths.vault_key, {})
    other._keyring_works, other._probed_at = False, time.monotonic()
    found = await KeyringCheck(other).look()
    assert found.state is WARN
    assert words(found).startswith("Locked")


# The machine


class Hands:
    """Clocks that are moved by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = BIRTH + 9 * DAY, 500.0
        self.kept: bool | None = True
        self.held = False
        self.check = ClockCheck(
            lambda: self.held, lambda: self.wall, lambda: self.steady, lambda: self.kept
        )

    def pass_by(self, seconds: float, set_by: float = 0.0) -> None:
        self.steady += seconds
        self.wall += seconds + set_by

    async def look(self) -> tuple[HealthState, str]:
        found = await self.check.look()
        return found.state, words(found)


async def test_a_clock_that_jumps_is_told_for_an_hour() -> None:
    hands = Hands()
    assert await hands.look() == (GOOD, "Kept right by the network")
    hands.pass_by(8 * 3600.0)  # the machine slept: that is no jump
    assert (await hands.look())[0] is GOOD
    hands.pass_by(60, set_by=-90.0)
    assert await hands.look() == (WARN, "It was set back by 90 s")
    hands.pass_by(60)
    assert await hands.look() == (WARN, "It was set back by 90 s")
    hands.pass_by(3600)
    assert (await hands.look())[0] is GOOD
    hands.pass_by(60, set_by=30.0)
    assert await hands.look() == (WARN, "It was set forward by 30 s")


async def test_a_clock_nobody_keeps_one_that_is_held_and_one_that_is_wrong() -> None:
    hands = Hands()
    hands.kept = None
    assert (await hands.look())[0] is GOOD  # the kernel does not say
    hands.kept = False
    assert await hands.look() == (WARN, "Nothing keeps it right")
    hands.held = True
    assert await hands.look() == (BAD, "It went back: shared links are closed")
    hands.wall = 86_400.0 * 30
    assert await hands.look() == (BAD, "It shows the year 1970")


def test_the_kernel_says_whether_its_clock_is_kept_right() -> None:
    assert synchronised() in (True, False)
    told = clocks._Timex()
    assert ctypes.sizeof(told) >= 208  # what the kernel writes
    assert clocks._Timex.status.offset == 40


@pytest.fixture
def disks(tmp_path: Path) -> list[DiskUse]:
    return [DiskUse("sda1", str(tmp_path), 1000 * GB, 400 * GB, media=True)]


class Shelf:
    """The folders of a library."""

    def __init__(self, *folders: Folder) -> None:
        self.known = folders

    async def folders(self) -> tuple[Folder, ...]:
        return self.known


def looked(disks: list[DiskUse] | None, *folders: Folder, limit: float = 0.9) -> DisksCheck:
    now = None if disks is None else Snapshot(1.0, 0.1, (), (), 0, 0, disks=tuple(disks))
    return DisksCheck(lambda: now, Shelf(*folders), lambda: limit)  # type: ignore[arg-type]  # its folders are all that is asked for


DISKS: Mapping[str, tuple[dict[str, Any], HealthState, str]] = {
    "well": ({}, GOOD, "40 % full · 600 GB free"),
    "nearly full": ({"used": 905 * GB}, WARN, "90 % full · 95 GB free"),
    "full": ({"used": 990 * GB}, BAD, "Full: 10 GB free"),
    "a small one": ({"total": GB, "used": GB - 10**7}, BAD, "Full: 10 MB free"),
    "failing": ({"smart": "failing"}, BAD, "It says itself that it is failing"),
    "gone": ({"mount": "/nowhere/at/all"}, BAD, "Does not answer"),
}


@pytest.mark.parametrize("case", DISKS)
async def test_a_disk(case: str, disks: list[DiskUse]) -> None:
    changes, state, told = DISKS[case]
    disk = replace(disks[0], **changes)
    (found,) = await looked([disk]).look()
    assert (found.part, found.name) == ("disk:sda1", disk.mount)
    assert (found.state, words(found)) == (state, told)


async def test_a_disk_that_cannot_be_written_to(
    disks: list[DiskUse], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert disk_checks.writable(disks[0].mount)
    monkeypatch.setattr(disk_checks, "writable", lambda _mount: False)
    (found,) = await looked([replace(disks[0], system=True)]).look()
    assert (found.state, words(found)) == (BAD, "Cannot be written to")
    (found,) = await looked(disks).look()
    assert found.state is WARN  # films can still be watched


async def test_folders_of_the_library_that_are_away(disks: list[DiskUse]) -> None:
    here = Folder(FolderId(1), b"/a", "/a", FolderState.HERE, 3)
    away = Folder(FolderId(2), b"/b", "/b", FolderState.AWAY, 3, 100.0)
    found = await looked(disks, here, away).look()
    assert [one.part for one in found] == ["disk:sda1", "disk:folder-2"]
    assert (found[1].state, found[1].name, found[1].page) == (WARN, "/b", "library")
    assert words(found[1]).startswith("Away")
    (unknown,) = await looked(None).look()
    assert (unknown.part, unknown.state) == ("disk", OFF)
    words(unknown)


@pytest.mark.parametrize(
    ("degrees", "throttled", "state", "told"),
    [
        (61.2, False, GOOD, "61 °C"),
        (90.0, False, WARN, "90 °C: too warm"),
        (70.0, True, WARN, "70 °C: the processor slows down"),
        (None, False, OFF, "No sensor tells it"),
    ],
)
async def test_how_warm_it_is(
    degrees: float | None, throttled: bool, state: HealthState, told: str
) -> None:
    now = Snapshot(1.0, 0.1, (), (), 0, 0, temperature=degrees, throttled=throttled)
    found = await HeatCheck(lambda: now, lambda: 85.0).look()
    assert (found.state, words(found)) == (state, told)
