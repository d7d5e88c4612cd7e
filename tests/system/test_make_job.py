"""A topic becomes a video in the real program: no account, no network, and worth watching."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.system.desk import Desk

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

TOPIC = "Why time runs slower in your kitchen"


def probe(video: Path, *words: str) -> dict[str, Any]:
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *words, str(video)],
        capture_output=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def ffmpeg(video: Path, *words: str) -> str:
    """What ffmpeg says of a video while it runs a filter over it."""
    told = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", str(video), *words, "-f", "null", "-"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    return told.stderr


def test_a_topic_becomes_a_video_one_can_watch(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "kitchen.mp4"
    made = subprocess.run(
        [sys.executable, "-m", "app", "make", TOPIC, "--seconds", "45", "--out", str(out),
         "--json"],
        env=desk.environment, capture_output=True, text=True, timeout=380, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout[-2_000:] + made.stderr[-2_000:]
    lines = [json.loads(line) for line in made.stdout.splitlines()]
    told = lines[-1]["result"]
    steps = {line["progress"]["step"] for line in lines[:-1]}
    assert steps >= {"script", "voice", "pictures", "music", "montage", "thumbnail", "details"}
    shares = [line["progress"]["progress"] for line in lines[:-1]]
    assert shares[-1] == 1.0
    assert (told["video"], told["written_by"], told["spent"]) == (str(out), "rules", 0)
    assert told["details"]["title"] == TOPIC
    assert told["details"]["tags"]

    found = probe(out, "-show_streams", "-show_format")
    video, sound = found["streams"]
    assert (video["codec_name"], video["pix_fmt"], sound["codec_name"]) == (
        "h264", "yuv420p", "aac",
    )  # fmt: skip
    assert (video["width"], video["height"], video["r_frame_rate"]) == (1080, 1920, "30/1")
    assert (sound["sample_rate"], sound["channels"]) == ("48000", 2)
    assert 36 <= float(found["format"]["duration"]) <= 54
    assert abs(float(video["duration"]) - float(sound["duration"])) < 0.1

    loudness = re.findall(r"I:\s+(-?[\d.]+) LUFS", ffmpeg(out, "-vn", "-af", "ebur128"))
    assert abs(float(loudness[-1]) + 14.0) <= 0.5
    still = ffmpeg(out, "-an", "-vf", "scale=270:-1,blackdetect=d=0.5,freezedetect=n=0.0003:d=1")
    assert "black_start" not in still
    assert "freeze_start" not in still
