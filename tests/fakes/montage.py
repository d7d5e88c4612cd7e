"""Pictures, films, voices and timelines for tests of the montage, and looks into what it made."""

from __future__ import annotations

import json
import math
import re
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.domain.project import Shape, Word
from app.domain.timeline import Motion, Music, Shot, ShotKind, Spoken, Timeline
from app.infra.montage.wish import RenderWish

Pixels = npt.NDArray[np.uint8]

STILL = Motion(1.0, 1.0)
SMALL = RenderWish(180, 320, preset="ultrafast", crf=20)


def picture(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (180, 320)) -> str:
    """A plain picture of that red, green and blue."""
    drawn = np.full((size[1], size[0], 3), colour[::-1], np.uint8)
    assert cv2.imwrite(str(path), drawn)
    return str(path)


def texture(path: Path, seed: int = 1) -> str:
    """A picture that is not easy to code."""
    rough = np.random.default_rng(seed).integers(0, 255, (80, 45, 3), np.uint8)
    assert cv2.imwrite(str(path), cv2.resize(rough, (720, 1280), interpolation=cv2.INTER_CUBIC))
    return str(path)


def voice(path: Path, seconds: float, rate: int = 22_050, channels: int = 1) -> str:
    """Something like speech: a buzz in syllables."""
    time = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * math.pi * 140 * number * time) / number for number in range(1, 9))
    loud = np.clip(np.sin(2 * math.pi * 3 * time), 0, 1) ** 0.5
    samples = (buzz * loud * 4000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return str(path)


def film(path: Path, seconds: float, rate: int = 30) -> str:
    """A film with a tone whose brightness grows with its frames: 20 and one for each."""
    ffmpeg(
        "-f", "lavfi", "-i", f"color=c=black:s=180x320:r={rate}:d={seconds}",
        "-f", "lavfi", "-i", f"sine=d={seconds}", "-vf", "geq=lum='20+N':cb=128:cr=128",
        "-c:v", "libx264", "-crf", "4", "-g", "10", "-c:a", "aac", str(path),
    )  # fmt: skip
    return str(path)


def shot(path: str, seconds: float, scene: str = "one", fade: float = 0.0) -> Shot:
    """A picture that stands still."""
    return Shot(scene, ShotKind.PICTURE, path, seconds, STILL, fade)


def spoken(
    path: str, seconds: float, text: str = "", start: float = 0.0, scene: str = "one"
) -> Spoken:
    """A voice that says the words of a text, one each 0.3 s."""
    words = [Word(word, place * 0.3, place * 0.3 + 0.25) for place, word in enumerate(text.split())]
    return Spoken(scene, path, start, seconds, tuple(words))


def video(
    shots: Sequence[Shot], voices: Sequence[Spoken] = (), music: str = "", **more: Any
) -> Timeline:
    """A portrait video."""
    bed = Music(music) if music else None
    return replace(Timeline(Shape.PORTRAIT, tuple(shots), tuple(voices), bed), **more)


def ffmpeg(*words: str) -> bytes:
    """Run ffmpeg; what it complained about."""
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-y", "-v", "info", *words], check=True, capture_output=True
    )
    return done.stderr


def probed(path: Path) -> dict[str, Any]:
    """What ffprobe tells of streams and format."""
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)],
        check=True,
        capture_output=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def kinds(path: Path) -> str:
    """The kinds of its frames in order: I, P, B."""
    words = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries"]
    done = subprocess.run(
        [*words, "frame=pict_type", "-of", "csv=p=0", str(path)], check=True, capture_output=True
    )
    return "".join(letter for letter in done.stdout.decode() if letter in "IPB")


def pictures(path: Path) -> Pixels:
    """All its frames: number, row, column, red green blue."""
    told = probed(path)["streams"][0]
    size = (told["height"], told["width"], 3)
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "scale=in_color_matrix=bt709",
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        check=True, capture_output=True,
    )  # fmt: skip
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, *size)


def lights(path: Path) -> npt.NDArray[np.float64]:
    """How bright each of its frames is in a place of its middle, as coded."""
    words = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "crop=2:2,extractplanes=y"]
    done = subprocess.run([*words, "-f", "rawvideo", "-"], check=True, capture_output=True)
    return np.frombuffer(done.stdout, np.uint8)[::4].astype(np.float64)


def loudness(path: Path) -> tuple[float, float]:
    """LUFS and dBTP of what is heard when the finished file is played."""
    words = ("-vn", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-")
    told = ffmpeg("-nostats", "-i", str(path), *words).decode()
    loud = re.findall(r"^ +I: +(\S+) LUFS", told, re.MULTILINE)
    peak = re.findall(r"^ +Peak: +(\S+) dBFS", told, re.MULTILINE)
    return float(loud[-1]), float(peak[-1])
