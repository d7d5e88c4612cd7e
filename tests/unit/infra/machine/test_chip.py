"""Frequencies, heat, throttling, and who else works on the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.monitoring import Accelerator
from app.infra.machine.chip import ChipReader
from app.infra.machine.cores import found
from tests.unit.infra.machine import trees


def reader(root: Path) -> ChipReader:
    return ChipReader(root, found(root))


def cooling(root: Path, state: int) -> None:
    trees.put(root, {"sys/class/thermal/cooling_device0/cur_state": state})


def allowed(root: Path, khz: int) -> None:
    trees.put(root, {"sys/devices/system/cpu/cpufreq/policy9/scaling_max_freq": khz})


def heat(root: Path, degrees: int) -> None:
    trees.put(root, {"sys/class/thermal/thermal_zone0/temp": degrees * 1000})


def test_the_board(tmp_path: Path) -> None:
    chip = reader(trees.board(tmp_path)).read()
    assert chip.mhz == tuple(mhz / 2 for mhz in (2600, *[1800] * 4, *[2300] * 4, *[2600] * 3))
    assert chip.temperature == 61.5  # the disk is hotter, but it is not the chip
    assert not chip.throttled  # the fan turns: that is no throttling
    assert chip.accelerators == (
        Accelerator("npu", "14260000.aipu", 0.62),
        Accelerator("gpu", "15000000.gpu", 0.37),
    )


def test_a_pc(tmp_path: Path) -> None:
    chip = reader(trees.pc(tmp_path)).read()
    assert chip.temperature == 71.25  # of its own sensor: the board's always says 97
    assert chip.accelerators == (Accelerator("gpu", "card0", 1.0),)


def test_sensors_of_the_firmware_by_their_labels(tmp_path: Path) -> None:
    sensors = "sys/class/hwmon/hwmon3"
    trees.put(tmp_path, {f"{sensors}/name": "scmi_sensors\n"})
    for number, (label, degrees) in enumerate({"CPU_B0": 66, "DDR_TOP": 90, "PCB": 91}.items()):
        place = f"{sensors}/temp{number + 1}"
        trees.put(tmp_path, {f"{place}_label": label, f"{place}_input": degrees * 1000})
    assert reader(tmp_path).read().temperature == 66.0


def test_the_kernel_cools_the_cores(tmp_path: Path) -> None:
    chip = reader(trees.board(tmp_path))
    assert not chip.read().throttled
    cooling(tmp_path, 2)
    assert chip.read().throttled
    cooling(tmp_path, 0)
    assert not chip.read().throttled


def test_a_limit_that_falls_is_throttling(tmp_path: Path) -> None:
    chip = reader(trees.board(tmp_path))
    assert not chip.read().throttled
    allowed(tmp_path, 1_800_000)
    assert chip.read().throttled
    allowed(tmp_path, 2_600_000)
    assert not chip.read().throttled


def test_a_limit_of_the_owners_own_is_none(tmp_path: Path) -> None:
    trees.board(tmp_path)
    allowed(tmp_path, 1_800_000)
    chip = reader(tmp_path)
    assert not chip.read().throttled
    allowed(tmp_path, 1_200_000)
    assert chip.read().throttled


def test_a_limit_that_stands_on_a_hot_chip_is_no_choice(tmp_path: Path) -> None:
    trees.board(tmp_path)
    heat(tmp_path, 96)
    allowed(tmp_path, 1_800_000)
    assert reader(tmp_path).read().throttled


def test_counters_of_a_pc(tmp_path: Path) -> None:
    chip = reader(trees.pc(tmp_path))
    count = "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count"
    assert not chip.read().throttled  # what was before the station began is over
    trees.put(tmp_path, {count: 5})
    assert chip.read().throttled
    assert not chip.read().throttled


@pytest.mark.parametrize(
    ("said", "load"),
    [("NPU load:  Core0: 40%, Core1: 60%, Core2:  8%,\n", 0.36), ("NPU load: 12%\n", 0.12)],
)
def test_a_rockchip_npu(tmp_path: Path, said: str, load: float) -> None:
    trees.put(tmp_path, {"sys/kernel/debug/rknpu/load": said})
    (npu,) = reader(tmp_path).read().accelerators
    assert (npu.kind, npu.name) == ("npu", "rknpu")
    assert npu.load == pytest.approx(load)


def test_an_npu_that_counts(tmp_path: Path) -> None:
    count = "sys/class/accel/accel0/device/npu_busy_time_us"
    trees.put(tmp_path, {count: 1_000_000})
    chip = reader(tmp_path)
    assert chip.read().accelerators == ()
    trees.put(tmp_path, {count: 900_000_000})
    assert chip.read().accelerators == (Accelerator("npu", "accel0", 1.0),)
