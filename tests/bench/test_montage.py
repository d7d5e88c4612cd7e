"""A minute of video from ready assets: beside coding its frames alone, and beside MoviePy.

MoviePy is looked for in the Python that ``SOKOUL_MOVIEPY`` names (moviepy==2.2.1).
"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from app.domain.project import Shape, Word
from app.domain.timeline import Motion, Music, Shot, ShotKind, Spoken, Timeline
from app.infra.ffmpeg.running import POLITE
from app.infra.montage.montage import Montage
from app.infra.montage.wish import full
from tests.bench.report import write
from tests.fakes.montage import voice

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

SECONDS, SCENES, FADE = 60.0, 8, 0.5
ROOM = 7 * 2**30
TEXT = (
    "Why does time run slower in your kitchen? Gravity bends time itself, and your oven clock is "
    "a little closer to the ground than your shelf. Every second at sea level is a tiny bit longer "
    "than a second on a mountain. Scientists have measured it with two clocks, one lifted by a "
    "single centimetre. The lower clock lost. So the next time that dinner takes forever, blame "
    "Einstein. And then subscribe, because tomorrow we look at why mirrors swap left and right "
    "but never up and down, a riddle that is older than glass itself. "
)
_CODE = """
import sys
from fractions import Fraction
import av
import numpy as np
source, out, width, height, threads = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
with av.open(out, "w") as file, open(source, "rb") as raw:
    stream = file.add_stream("libx264", rate=30, options={
        "preset": "veryfast", "crf": "21", "profile": "high", "g": "60"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.thread_count = threads
    stream.codec_context.time_base = Fraction(1, 30)
    number = 0
    while data := raw.read(width * height * 3 // 2):
        frame = av.VideoFrame.from_ndarray(
            np.frombuffer(data, np.uint8).reshape(height * 3 // 2, width), format="yuv420p")
        frame.pts, frame.time_base, number = number, Fraction(1, 30), number + 1
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
"""
_MOVIEPY = """
import sys
from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip
from moviepy import ImageClip, TextClip, afx, vfx
folder, out, scenes, total, each = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:])
clips = []
for number in range(int(scenes)):
    clip = ImageClip(f"{folder}/{number}.jpg").resized(height=1920).with_duration(each)
    clip = clip.resized(lambda t: 1 + 0.15 * t / each).with_position("center")
    clip = clip.with_start(number * (each - 0.5))
    clips.append(clip.with_effects([vfx.CrossFadeIn(0.5)]) if number else clip)
font = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
texts = [
    TextClip(font=font, text=f"caption number {number}", font_size=78, color="white",
             stroke_color="black", stroke_width=5).with_start(number * 1.5).with_duration(1.5)
    .with_position(("center", 1400)) for number in range(int(total / 1.5))]
said = AudioFileClip(f"{folder}/said.wav").subclipped(0, total)
bed = AudioFileClip(f"{folder}/bed.wav").with_effects([afx.AudioLoop(duration=total)])
made = CompositeVideoClip(clips + texts, size=(1080, 1920)).with_duration(total)
made = made.with_audio(CompositeAudioClip([said, bed.with_volume_scaled(0.2)]))
made.write_videofile(out, fps=30, codec="libx264", preset="veryfast", threads=2, logger=None,
                     ffmpeg_params=["-crf", "21", "-g", "60"], audio_codec="aac")
"""
"""Less than ours does: whole captions that lift no word, no ducking, no loudness."""


@dataclass
class Cost:
    """Seconds by the clock, seconds of processor, most memory of all children in megabytes."""

    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0


def photograph(path: Path, seed: int) -> None:
    """A picture whose detail falls off as that of photographs does."""
    dice = np.random.default_rng(seed)
    down, across = np.fft.fftfreq(3000)[:, None], np.fft.rfftfreq(2250)[None]
    far = np.sqrt(down**2 + across**2)
    far[0, 0] = 1
    layers = []
    for _colour in range(3):
        wave = np.fft.rfft2(dice.standard_normal((3000, 2250))) / far**1.4
        wave[0, 0] = 0
        plain = np.fft.irfft2(wave, (3000, 2250))
        layers.append(plain / plain.std())
    mixed = [128 + 45 * (0.8 * layers[0] + 0.4 * layer) for layer in layers]
    drawn = np.clip(np.dstack(mixed), 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), drawn, [cv2.IMWRITE_JPEG_QUALITY, 92])


def assets(folder: Path) -> None:
    folder.mkdir()
    for number in range(SCENES):
        photograph(folder / f"{number}.jpg", number)
    if shutil.which("espeak-ng"):
        text = TEXT * 3
        subprocess.run(["espeak-ng", "-w", str(folder / "said.wav"), text], check=True)
    else:
        voice(folder / "said.wav", SECONDS)
    voice(folder / "bed.wav", 25.0, 44_100, 2)


def minute(folder: Path, text: str = TEXT) -> Timeline:
    each = (SECONDS + FADE * (SCENES - 1)) / SCENES
    moves = (Motion(1.0, 1.15), Motion(1.15, 1.0))
    shots = tuple(
        Shot(str(number), ShotKind.PICTURE, str(folder / f"{number}.jpg"), each,
             moves[number % 2], FADE)
        for number in range(SCENES)
    )  # fmt: skip
    words = (text + TEXT)[: len(text) + 500].split()
    step = (SECONDS - 1) / len(words)
    said = tuple(Word(word, place * step, (place + 0.9) * step) for place, word in enumerate(words))
    spoken = Spoken("0", str(folder / "said.wav"), 0.3, SECONDS - 0.5, said)
    bed = Music(str(folder / "bed.wav"))
    return Timeline(Shape.PORTRAIT, shots, (spoken,), bed, credits=("Pictures: drawn",))


@contextmanager
def measured() -> Iterator[Cost]:
    cost, over = Cost(), threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            total = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.Error:
                    continue
            cost.memory = max(cost.memory, total / 2**20)

    watcher = threading.Thread(target=watch)
    watcher.start()
    before, began = _processor(), time.perf_counter()
    try:
        yield cost
    finally:
        cost.wall, cost.cpu = time.perf_counter() - began, _processor() - before
        over.set()
        watcher.join()


def _processor() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def run(*words: str) -> None:
    """Run a program, as polite to others as the montage is."""
    subprocess.run([*POLITE, *words], check=True, stdin=subprocess.DEVNULL)


def _raw_place(tmp_path: Path) -> Path:
    memory = Path("/dev/shm")
    free = shutil.disk_usage(memory).free if memory.is_dir() else 0
    return memory / f"montage-{os.getpid()}.yuv" if free > ROOM else tmp_path / "frames.yuv"


def coded_alone(folder: Path, tmp_path: Path) -> dict[str, Cost]:
    """The same frames, coded by ffmpeg and by PyAV with as many threads as they like."""
    wish = replace(full(Shape.PORTRAIT), preset="ultrafast", crf=1)  # as good as the drawn ones
    near, raw = tmp_path / "near.mp4", _raw_place(tmp_path)
    asyncio.run(Montage(tmp_path / "other").render(minute(folder), near, wish=wish))
    size = (str(wish.width), str(wish.height))
    found = {}
    try:
        run("ffmpeg", "-y", "-v", "error", "-i", str(near), "-f", "rawvideo", str(raw))
        near.unlink()
        ways = {
            "ffmpeg": (
                "ffmpeg", "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s",
                "x".join(size), "-r", "30", "-i", str(raw), "-c:v", "libx264", "-preset",
                "veryfast", "-crf", "21", "-profile:v", "high", "-g", "60", str(tmp_path / "a.mp4"),
            ),
            "PyAV": (sys.executable, "-c", _CODE, str(raw), str(tmp_path / "b.mp4"), *size, "0"),
        }  # fmt: skip
        for name, way in ways.items():
            with measured() as found[name]:
                run(*way)
    finally:
        raw.unlink(missing_ok=True)
    return found


def test_a_minute_of_video(tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    assets(folder)
    montage = Montage(tmp_path / "cache")
    with measured() as whole:
        made = asyncio.run(montage.render(minute(folder), tmp_path / "out.mp4"))
    with measured() as fix:
        fixed = minute(folder, TEXT.replace("forever", "ages"))
        again = asyncio.run(montage.render(fixed, tmp_path / "fixed.mp4"))
    alone = coded_alone(folder, tmp_path)
    wall = min(cost.wall for cost in alone.values())
    cpu = min(cost.cpu for cost in alone.values())
    figures: dict[str, object] = {
        "load before (1 min)": round(os.getloadavg()[0], 1),
        "rendered s": round(whole.wall, 1),
        "rendered processor s": round(whole.cpu, 1),
        "memory of all children MB": round(whole.memory),
        "frames": made.frames,
        "loudness LUFS, peak dBTP": (made.loudness, made.peak),
    }
    for name, cost in alone.items():
        figures[f"coded alone by {name} s (processor s)"] = f"{cost.wall:.1f} ({cost.cpu:.1f})"
    figures |= {
        "times coding alone": round(whole.wall / wall, 2),
        "times coding alone, processor": round(whole.cpu / cpu, 2),
        "a caption fixed s": round(fix.wall, 2),
        "a caption fixed, share of the whole": round(fix.wall / whole.wall, 3),
        "a caption fixed, pieces": f"{again.rendered} of {again.segments}",
    }
    write("montage", figures)
    assert made.frames == 1800
    assert whole.memory <= 1024


def test_beside_moviepy(tmp_path: Path) -> None:
    python = os.environ.get("SOKOUL_MOVIEPY", "")
    if not python or not Path(python).exists():
        pytest.skip("MoviePy is not here: SOKOUL_MOVIEPY names no Python that has it")
    folder = tmp_path / "assets"
    assets(folder)
    each = (SECONDS + FADE * (SCENES - 1)) / SCENES
    scenes = 2  # it is slow: two scenes stand for the eight
    total = scenes * (each - FADE) + FADE
    with measured() as ours:
        asyncio.run(Montage(tmp_path / "cache").render(minute(folder), tmp_path / "out.mp4"))
    with measured() as theirs:
        run(python, "-c", _MOVIEPY, str(folder), str(tmp_path / "m.mp4"), str(scenes),
            f"{total:.3f}", f"{each:.3f}")  # fmt: skip
    grown = SECONDS / total
    write(
        "montage-moviepy",
        {
            "ours s (processor s)": f"{ours.wall:.1f} ({ours.cpu:.1f})",
            "MoviePy s (processor s)": f"{theirs.wall * grown:.1f} ({theirs.cpu * grown:.1f})",
            "its memory MB": round(theirs.memory),
            "times as fast": round(theirs.wall * grown / ours.wall, 1),
            "times less processor": round(theirs.cpu * grown / ours.cpu, 1),
        },
    )
