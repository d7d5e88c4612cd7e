"""Which encoder is taken, and that it is tried before it is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.infra.ffmpeg.encoders import (
    HARDWARE,
    MEASURED_FRAMES,
    SOFTWARE,
    Encoders,
    choose,
    find_encoders,
    rate_of,
)


@pytest.mark.parametrize("chip", HARDWARE)
def test_a_chip_that_works_is_taken(chip: str) -> None:
    found = choose({chip: True, SOFTWARE: True}, 500.0)
    assert (found.h264, found.hardware, found.height) == (chip, True, 2160)
    assert found.software().h264 == SOFTWARE


def test_the_best_of_several_chips_is_taken() -> None:
    assert choose({"h264_vaapi": True, "h264_nvenc": True}, 0.0).h264 == "h264_nvenc"


@pytest.mark.parametrize(
    ("rate", "preset", "height"),
    [
        (200.0, "veryfast", 1080),
        (30.0, "superfast", 1080),
        (17.0, "ultrafast", 1080),
        (15.0, "superfast", 720),
        (5.0, "ultrafast", 480),
        (0.5, "ultrafast", 480),
    ],
)
def test_a_slow_machine_makes_smaller_pictures(rate: float, preset: str, height: int) -> None:
    found = choose({SOFTWARE: True}, rate)
    assert (found.h264, found.preset, found.height) == (SOFTWARE, preset, height)


def test_without_any_encoder_there_is_none() -> None:
    assert choose(dict.fromkeys(HARDWARE, False), 0.0).h264 == ""


async def test_the_probe_really_tries_and_remembers(tmp_path: Path) -> None:
    kept = tmp_path / "encoders.json"
    found = await find_encoders(kept)
    assert found.h264
    assert {"subtitles", "overlay"} <= found.filters
    told = json.loads(kept.read_text())
    assert await find_encoders(kept) == found
    # What is kept is believed for this ffmpeg alone, and not when it is nonsense.
    kept.write_text(json.dumps({**told, "h264": "rm -rf"}))
    assert (await find_encoders(kept)).h264 == found.h264
    kept.write_text(json.dumps({**told, "version": "another", "height": 1}))
    assert (await find_encoders(kept)).height > 1

    kept.write_text("[1]")
    assert (await find_encoders(kept)).h264 == found.h264


@pytest.mark.parametrize(
    ("told", "seconds", "cores", "rate"),
    [
        ("bench: utime=0.800s stime=0.200s rtime=0.9s", 0.5, 2, MEASURED_FRAMES / 0.5),
        ("bench: utime=0.800s stime=0.200s rtime=9.0s", 9.0, 2, MEASURED_FRAMES),
        ("bench: utime=1.800s stime=0.200s rtime=9.0s", 9.0, 8, MEASURED_FRAMES * 2),
        ("", 2.0, 8, MEASURED_FRAMES / 2),
    ],
)
def test_a_machine_that_is_busy_is_not_thought_slow(
    told: str, seconds: float, cores: int, rate: float
) -> None:
    assert rate_of(told, seconds, cores) == pytest.approx(rate)


def test_what_is_told_of_an_encoder_is_plain() -> None:
    assert Encoders().software().preset == "superfast"
