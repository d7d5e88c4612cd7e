"""The machine read from trees of files, and from the machine the test runs on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.monitoring import CoreKind, Machine
from app.infra.machine import disks
from app.infra.machine.cores import found
from app.infra.machine.disks import Place, smart, smart_told
from app.infra.machine.mounts import whole_disk
from app.infra.machine.reader import MachineReader
from tests.unit.infra.machine import trees

BIG, MID, LITTLE = CoreKind.BIG, CoreKind.MID, CoreKind.LITTLE
OWN = 77


class Clock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reading(tmp_path: Path, clock: Clock) -> Callable[[], MachineReader]:
    def space(_path: bytes) -> os.statvfs_result:
        return trees.disk_space(1000, 250)

    return lambda: MachineReader(tmp_path, OWN, space, clock)


def test_the_board_has_three_kinds_of_cores(tmp_path: Path) -> None:
    cores = found(trees.board(tmp_path))
    assert [core.kind for core in cores] == [BIG, *[LITTLE] * 4, *[MID] * 4, BIG, BIG, BIG]
    assert (cores[0].capacity, cores[1].capacity, cores[5].most) == (1024, 279, 2300)


def test_cores_of_a_pc_that_differ_by_little_are_alike(tmp_path: Path) -> None:
    assert {core.kind for core in found(trees.pc(tmp_path))} == {CoreKind.ALIKE}


def test_without_capacities_the_frequencies_say_it(tmp_path: Path) -> None:
    trees.board(tmp_path)
    for path in tmp_path.glob("sys/devices/system/cpu/cpu*/cpu_capacity"):
        path.unlink()
    kinds = [core.kind for core in found(tmp_path)]
    assert kinds == [BIG, *[LITTLE] * 4, *[MID] * 4, BIG, BIG, BIG]


def test_what_the_machine_is(tmp_path: Path) -> None:
    on_board = MachineReader(trees.board(tmp_path / "board")).machine
    assert (on_board.model, on_board.memory) == ("Orange Pi 6 Plus", 32_768_000 * 1024)
    assert on_board.booted == 1_767_300_000
    assert MachineReader(trees.pc(tmp_path / "pc")).machine.model == "ASRock B650M"


def test_loads_are_of_the_time_between_two_looks(
    tmp_path: Path, reading: Callable[[], MachineReader]
) -> None:
    trees.board(tmp_path)
    reader = reading()
    assert reader.second().cpu == 0.0
    busy = [100, 50, *[0] * 10]
    idle = [0, 50, *[100] * 9, 0]  # the last one is switched off
    (tmp_path / "proc/stat").write_text(trees.stat(busy, idle))
    second = reader.second()
    assert second.cores == (1.0, 0.5, *[0.0] * 10)
    assert second.cpu == pytest.approx(150 / 1100)
    assert reader.second().cpu == 0.0  # nothing moved
    (tmp_path / "proc/stat").write_text(trees.stat([5] * 12, [5] * 12))  # counters began anew
    assert reader.second().cpu == 0.0
    reader.close()


def test_memory_kept_for_later_is_free(
    tmp_path: Path, reading: Callable[[], MachineReader]
) -> None:
    trees.board(tmp_path)
    reader = reading()
    assert reader.second().memory.used == (32_768_000 - 16_384_000) * 1024
    told = trees.MEMINFO.format(available=32_000_000, swap=8_000_000)
    (tmp_path / "proc/meminfo").write_text(told.replace("MemAvailable", "MemOther"))
    memory = reader.second().memory
    assert memory.used == (32_768_000 - 2_048_000 - 100_000 - 20_000_000) * 1024
    assert memory.swap == 192_000 * 1024
    reader.close()


def test_interfaces(tmp_path: Path, clock: Clock, reading: Callable[[], MachineReader]) -> None:
    trees.board(tmp_path)
    reader = reading()
    reader.links()
    assert [one.name for one in reader.second().links] == ["end0", "wlan0"]
    moved = trees.net(lo=(9, 9), end0=(3_000, 1_000), wlan0=(0, 0), wg0=(7, 7))
    (tmp_path / "proc/net/dev").write_text(moved)
    clock.now += 2
    end0, wlan0, wg0 = reader.second().links
    assert (end0.received, end0.sent, end0.speed, end0.up) == (1500, 500, 2_500_000_000, True)
    assert (wlan0.received, wlan0.up) == (0, False)
    assert (wg0.received, wg0.speed) == (0, 0)  # new ones have no rate yet
    (tmp_path / "proc/net/dev").write_text(trees.net(end0=(10, 10)))  # counted anew
    clock.now += 1
    assert [one.received for one in reader.second().links] == [0]
    reader.close()


def test_disks_by_the_places_that_lie_on_them(
    tmp_path: Path, reading: Callable[[], MachineReader]
) -> None:
    trees.board(tmp_path)
    reader = reading()
    places = [
        Place(b"/home/me/.local/share/sokoul", system=True), Place(b"/srv/films", media=True),
        Place(b"/media/My films/Old ones", media=True), Place(b"/media/nas/films", media=True),
    ]  # fmt: skip
    each = [one for place in places if (one := reader.space(place))]
    root, usb, share = disks.merged(each)
    assert (root[1], root[0].mount, root[0].media, root[0].system) == ("nvme0n1p2", "/", True, True)
    assert (usb[0].name, usb[0].mount, usb[0].system) == ("sda1", "/media/My films", False)
    assert (share[0].name, share[1]) == ("nas.home_films", "")
    assert root[0].ratio == 0.75
    assert whole_disk(tmp_path, "nvme0n1p2") == "nvme0n1"
    assert whole_disk(tmp_path, "nowhere") == "nowhere"


def test_a_place_nobody_can_look_at_is_left_out(tmp_path: Path, clock: Clock) -> None:
    def gone(_path: bytes) -> os.statvfs_result:
        raise OSError(5, "Input/output error")

    reader = MachineReader(trees.board(tmp_path), OWN, gone, clock)
    assert reader.space(Place(b"/srv")) == ()


def test_rates_and_waits_of_disks(
    tmp_path: Path, clock: Clock, reading: Callable[[], MachineReader]
) -> None:
    trees.board(tmp_path)
    reader = reading()
    found = reader.space(Place(b"/srv"))
    assert found
    reader.watch([found])
    stats = tmp_path / "proc/diskstats"
    reader.second()
    stats.write_text(
        trees.disk("nvme0n1", reads=999)
        + trees.disk(
            "nvme0n1p2", reads=10, read=2000, read_ms=50, writes=10, written=400, write_ms=150,
            busy=500,
        )
    )  # fmt: skip
    clock.now += 2
    (disk,) = reader.second().disks
    assert (disk.read, disk.written) == (1000 * 512, 200 * 512)
    assert (disk.wait, disk.busy) == (10.0, 0.25)
    reader.close()


def test_how_full_a_disk_is_is_known_each_second_and_no_share_is_asked(
    tmp_path: Path, clock: Clock
) -> None:
    free, asked = [250], list[bytes]()

    def space(path: bytes) -> os.statvfs_result:
        asked.append(path)
        return trees.disk_space(1000, free[0])

    reader = MachineReader(trees.board(tmp_path), OWN, space, clock)
    found = [reader.space(Place(path)) for path in (b"/srv/films", b"/media/nas/films")]
    reader.watch([one for one in found if one])
    asked.clear()
    ratios = []
    for left in (250, 40):
        free[0] = left
        clock.now += 1
        ratios.append([one.ratio for one in reader.second().disks])
    assert ratios == [[0.75, 0.75], [0.96, 0.75]]
    assert set(asked) == {b"/"}
    reader.close()


def test_a_disk_that_hangs_is_no_quick_one(
    tmp_path: Path, clock: Clock, reading: Callable[[], MachineReader]
) -> None:
    trees.board(tmp_path)
    reader = reading()
    found = reader.space(Place(b"/srv"))
    assert found
    reader.watch([found])
    stats = tmp_path / "proc/diskstats"
    stats.write_text(trees.disk("nvme0n1p2", reads=5))
    reader.second()
    waits = []
    for _ in range(3):
        clock.now += 1
        stats.write_text(trees.disk("nvme0n1p2", reads=5, pending=4))
        waits.append(reader.second().disks[0].wait)
    assert waits == [1000, 2000, 3000]
    clock.now += 1
    stats.write_text(trees.disk("nvme0n1p2", reads=9, read_ms=12_000))
    assert reader.second().disks[0].wait == 3000
    clock.now += 1
    assert reader.second().disks[0].wait == 0
    reader.close()


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (b'{"smart_status": {"passed": true}}', "good"),
        (b'{"smart_status": {"passed": false}, "more": 1}', "failing"),
        (b'{"smart_status": {"passed": "yes"}}', ""),
        (b'{"messages": ["Permission denied"]}', ""),
        (b"[]", ""),
        (b"[" * 100_000, ""),
        (b"", ""),
    ],
)
def test_what_a_disk_says_of_its_health(told: bytes, meant: str) -> None:
    assert smart_told(told) == meant


SMARTCTL = """#!/bin/sh
test "$*" = "--json -H -n standby /dev/sda" || exit 9
{work}
"""


@pytest.mark.parametrize(
    ("work", "meant"),
    [
        ("""echo '{"smart_status": {"passed": true}}'; exit 4""", "good"),
        ("""echo '{"smart_status": {"passed": false}}'; exit 8""", "failing"),
        ("""echo '{"power_mode": "STANDBY"}'; exit 2""", ""),
        ("sleep 600", ""),
    ],
)
async def test_asking_a_disk(tmp_path: Path, work: str, meant: str) -> None:
    program = tmp_path / "smartctl"
    program.write_text(SMARTCTL.format(work=work))
    program.chmod(0o755)
    seconds = 1.0 if "sleep" in work else 50.0
    assert await smart("sda", str(tmp_path), seconds) == meant
    assert await smart("../sda", str(tmp_path)) == ""
    assert await smart("sda", str(tmp_path / "nowhere")) == ""


def test_nothing_senseless_gets_out(tmp_path: Path, clock: Clock) -> None:
    reader = MachineReader(trees.broken(tmp_path), OWN, clock=clock)
    assert reader.machine.memory == 0
    assert reader.space(Place(b"/srv")) == ()
    reader.links()
    for _ in range(2):
        clock.now += 1
        second = reader.second()
        assert (second.cpu, second.memory.used, second.memory.swap) == (0.0, 0, 0)
        assert second.links == ()
        chip = reader.chip()
        assert chip.temperature is None
        assert not chip.throttled
        assert not any(chip.mhz)
        assert chip.accelerators == ()
        assert reader.parts() == ()
    reader.close()


def test_a_tree_without_anything(tmp_path: Path) -> None:
    reader = MachineReader(tmp_path)
    assert len(reader.machine.cores) == os.cpu_count()
    assert reader.machine.model == ""
    reader.second()
    assert reader.chip().temperature is None
    assert reader.parts() == ()
    assert reader.space(Place(b"/srv")) == ()
    reader.close()


def test_this_machine(tmp_path: Path) -> None:
    reader = MachineReader()
    machine = reader.machine
    assert len(machine.cores) >= 1
    assert machine.memory > 100 * 2**20
    assert 0 < machine.booted <= time.time()
    place = Place(os.fsencode(tmp_path), system=True)
    found = reader.space(place)
    reader.watch([found] if found else [])
    reader.links()
    reader.second()
    _work()
    second = reader.second()
    assert 0 < second.cpu <= 1
    assert 0 < second.memory.used < machine.memory
    assert all(disk.total >= disk.used > 0 for disk in second.disks)
    parts = {part.part: part for part in reader.parts()}
    assert parts["station"].memory > 5 * 2**20
    _work()
    assert next(one for one in reader.parts() if one.part == "station").cpu > 0.05
    chip = reader.chip()
    assert len(chip.mhz) == len(machine.cores)
    reader.close()


def test_files_may_go_and_come_back(tmp_path: Path, reading: Callable[[], MachineReader]) -> None:
    reader: MachineReader = reading()
    machine: Machine = reader.machine
    assert machine.memory == 0
    assert reader.second().memory.total == 0
    trees.board(tmp_path)
    assert reader.second().memory.total > 0
    reader.close()
    assert reader.second().memory.total > 0
    reader.close()


def _work() -> None:
    until = time.process_time() + 0.15
    while time.process_time() < until:
        sum(range(1000))
