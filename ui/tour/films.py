"""The tour's small library: short films that do not exist, drawn, encoded and put in folders."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from ui.tour.scenes import WIDE, Scene, backdrop, layer, layers_flat, poster

FRAME_RATE = 24
LOOP_SECONDS = 8
"""One drawn movement there and back; longer films repeat it without encoding it again."""
TONE = f"sine=frequency=196:duration={LOOP_SECONDS}:sample_rate=48000,volume=0.03"


@dataclass(frozen=True, slots=True)
class Film:
    """One film of the tour's library."""

    title: str
    year: int
    minutes: float
    scene: Scene
    codec: str = "libx264"
    extension: str = "mkv"
    subtitles: bool = False
    plot: str = ""


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of a series of the tour's library."""

    series: str
    season: int
    number: int
    title: str
    scene: Scene


DUSK = ("#1B1036", "#5B2A6E", "#E0667A", "#FFC27A")
NIGHT = ("#050A1E", "#0E1E46", "#27407A", "#4E6FA8")
DAWN = ("#27506E", "#6FA3B5", "#F2D3B3", "#FBE9C8")
EMBER = ("#1A0B12", "#5A1620", "#C2452D", "#FFB35C")
JADE = ("#06201F", "#0E4A46", "#3F9A82", "#CFE8B8")
SPACE = ("#03040C", "#0B0E2A", "#251A4F", "#4B2A6E")
ICE = ("#10243C", "#2F5B84", "#9CC9DE", "#EAF6F6")
ROSE = ("#2B1030", "#7A2E5D", "#E58AA0", "#FBD9C6")

PURPLE = ("#6D3C74", "#3F2555", "#21153A", "#0F0B20")
BLUE = ("#34527F", "#213A63", "#142544", "#0A1429")
SAND = ("#C98D5B", "#A4673F", "#6F3E2A", "#3A1F1A")
GREEN = ("#3E7A66", "#275A4C", "#163B34", "#0A211F")
RED = ("#7E2A2A", "#571B22", "#34121A", "#170A10")
WHITE = ("#A9C6D6", "#7FA4BA", "#4D7690", "#26455C")

PLOT = (
    "Two surveyors miss the last bus down and walk home over the ridge, measuring what is left of "
    "the light, the summer and an old quarrel."
)

FILMS: tuple[Film, ...] = (
    Film("The Long Evening", 2019, 6, Scene(DUSK, PURPLE, "ridges"), subtitles=True, plot=PLOT),
    Film("Harbour Lights", 2021, 5, Scene(NIGHT, BLUE, "sea", stars=160), "libx265"),
    Film("Salt and Wind", 2016, 4, Scene(EMBER, SAND, "dunes", "#FFF0C4", (0.3, 0.4, 0.13))),
    Film("Nine Floors Up", 2023, 7, Scene(ROSE, PURPLE, "city", "#FFD9E2"), extension="mp4"),
    Film("Under the Firs", 2014, 3, Scene(JADE, GREEN, "forest", "#F3FFD9")),
    Film("Two Moons of Vesna", 2024, 8, Scene(SPACE, PURPLE, "worlds", stars=320), "libx265"),
    Film("First Snow Train", 2011, 5, Scene(ICE, WHITE, "ridges", "#FFFFFF", (0.4, 0.3, 0.07))),
    Film("Orchard Road", 2018, 4, Scene(DAWN, GREEN, "hills", "#FFF6DC")),
    Film("The Cartographer", 2009, 6, Scene(DAWN, SAND, "dunes", "#FFFBEA", (0.7, 0.25, 0.08))),
    Film("Red Valley", 1998, 5, Scene(EMBER, RED, "ridges", "#FFB080", (0.5, 0.42, 0.16))),
    Film("Quiet Hours", 2022, 3, Scene(NIGHT, BLUE, "city", "#E6EEFF", stars=90), "libvpx-vp9",
         "webm"),
    Film("Paper Boats", 2007, 4, Scene(ICE, BLUE, "sea", "#FFFDF0", (0.72, 0.28, 0.09))),
    Film("Fox Season", 2020, 5, Scene(DUSK, RED, "forest", "#FFCF9A")),
    Film("Everything Orbits", 2017, 6, Scene(SPACE, BLUE, "worlds", "#BFD4FF", stars=380)),
    Film("The Last Meadow", 2013, 4, Scene(ROSE, GREEN, "hills", "#FFEBD6")),
    Film("Copper Sky", 1987, 5, Scene(EMBER, SAND, "ridges", "#FFE1A8", (0.25, 0.36, 0.11))),
    Film("Windows", 2015, 3, Scene(DUSK, BLUE, "city", "#FFC88F"), extension="mp4"),
    Film("A Map of Rain", 2012, 4, Scene(JADE, BLUE, "sea", "#E9FFF4", (0.5, 0.3, 0.08))),
)  # fmt: skip

SERIES_SCENES = (
    Scene(NIGHT, GREEN, "forest", "#DDE8FF", (0.3, 0.25, 0.06), stars=220),
    Scene(DAWN, BLUE, "ridges", "#FFF3D8"),
    Scene(DUSK, GREEN, "hills", "#FFD3A3"),
)
EPISODES: tuple[Episode, ...] = tuple(
    Episode("Northern Post", season, number, title, SERIES_SCENES[number % 3])
    for season, titles in ((1, ("The Letter", "Thin Ice", "Relay", "Home")), (2, ("Thaw", "Mast")))
    for number, title in enumerate(titles, 1)
)
"""A series in two seasons."""

Progress = Callable[[int, int, str], None]
"""Told how many are made, of how many, and the title at hand."""


def make_library(place: Path, progress: Progress) -> Path:
    """Make the library under `place` and return its folder; what is there already is kept.

    Takes some tens of seconds the first time. Raises `subprocess.CalledProcessError` when
    ffmpeg fails.
    """
    root = place / "Films of the tour"
    works = list(_works(root))
    with ThreadPoolExecutor(2) as pool:
        for done, title in enumerate(pool.map(lambda work: work(), works), 1):
            progress(done, len(works), title)
    return root


def _works(root: Path) -> Iterator[Callable[[], str]]:
    for film in FILMS:
        yield lambda film=film: _make_film(root, film)  # type: ignore[misc]  # bound per turn
    for episode in EPISODES:
        yield lambda episode=episode: _make_episode(root, episode)  # type: ignore[misc]  # bound per turn


def _make_film(root: Path, film: Film) -> str:
    folder = root / "Films" / f"{film.title} ({film.year})"
    target = folder / f"{film.title} ({film.year}) 720p.{film.extension}"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _keep(poster(film.title, film.scene), folder / "poster.jpg")
        flat = layers_flat(film.title, film.scene, 1280, 720)
        _keep(flat, folder / "fanart.jpg")
        if film.plot:
            (folder / "movie.nfo").write_text(_nfo(film), encoding="utf-8")
        _encode(film.title, film.scene, target, film.codec, film.minutes * 60, film.subtitles)
    return film.title


def _nfo(film: Film) -> str:
    return (
        f"<movie><title>{film.title}</title><year>{film.year}</year><plot>{film.plot}</plot>"
        "<genre>Drama</genre><genre>Short</genre><director>Vera Halm</director></movie>\n"
    )


def _keep(image: QImage, path: Path) -> None:
    if not image.save(str(path), quality=91):
        raise OSError(f"{path} could not be written")


def _make_episode(root: Path, episode: Episode) -> str:
    folder = root / "Series" / episode.series
    season = folder / f"Season {episode.season:02d}"
    name = f"{episode.series} S{episode.season:02d}E{episode.number:02d} {episode.title}.mkv"
    target = season / name
    if not target.exists():
        season.mkdir(parents=True, exist_ok=True)
        if not (folder / "poster.jpg").exists():
            _keep(poster(episode.series, SERIES_SCENES[0]), folder / "poster.jpg")
        _encode(f"{episode.series} {name}", episode.scene, target, "libx264", 150, False)
    return f"{episode.series}: {episode.title}"


def _encode(
    title: str, scene: Scene, target: Path, codec: str, seconds: float, subtitles: bool
) -> None:
    """Draw the layers, encode one movement, then repeat it to the length without encoding."""
    work = target.with_name(f".{target.stem}.work")
    work.mkdir(exist_ok=True)
    width, height = WIDE
    backdrop(title, scene, 1280, 720).save(str(work / "sky.png"))
    for depth in range(len(scene.land)):
        layer(title, scene, depth, width, height).save(str(work / f"{depth}.png"))
    loop = work / f"loop.{target.suffix[1:]}"
    _run(_movement(work, len(scene.land), codec, loop))
    part = work / f"whole.{target.suffix[1:]}"
    _run(_whole(work, title, loop, part, seconds, subtitles))
    part.replace(target)
    for left in work.iterdir():
        left.unlink()
    work.rmdir()


def _movement(work: Path, layers: int, codec: str, loop: Path) -> list[str]:
    """One slow pan there and back, nearer layers faster."""
    inputs: list[str] = []
    chain: list[str] = []
    for index, name in enumerate(("sky", *map(str, range(layers)))):
        inputs += ["-i", str(work / f"{name}.png")]
        pixels = "yuv420p" if index == 0 else "yuva420p"
        # each picture is decoded and converted once, then repeated
        chain.append(f"[{index}:v]format={pixels},loop=-1:1,fps={FRAME_RATE}[p{index}]")
    last = "p0"
    for depth in range(layers):
        reach = int((WIDE[0] - 1280) * (depth + 1) / layers / 2)
        x = f"-{(WIDE[0] - 1280) // 2}-{reach}*sin(2*PI*t/{LOOP_SECONDS})"
        chain.append(f"[{last}][p{depth + 1}]overlay=x='{x}':y=0:eval=frame[v{depth}]")
        last = f"v{depth}"
    speed = {
        "libx264": ["-preset", "veryfast", "-crf", "25"],
        "libx265": ["-preset", "ultrafast", "-crf", "27", "-x265-params", "log-level=error"],
        "libvpx-vp9": ["-deadline", "realtime", "-cpu-used", "8", "-crf", "36", "-b:v", "0"],
    }[codec]
    return [
        *inputs, "-f", "lavfi", "-i", TONE,
        "-filter_complex", f"{';'.join(chain)};[{last}]format=yuv420p[out]",
        "-map", "[out]", "-map", f"{layers + 1}:a", "-t", str(LOOP_SECONDS), "-c:v", codec, *speed,
        "-c:a", "libopus" if loop.suffix == ".webm" else "aac", "-b:a", "64k", str(loop),
    ]  # fmt: skip


def _whole(
    work: Path, title: str, loop: Path, target: Path, seconds: float, subtitles: bool
) -> list[str]:
    command = ["-stream_loop", "-1", "-i", str(loop)]
    mapping = ["-map", "0:v", "-map", "0:a"]
    if subtitles:
        lines = work / "lines.srt"
        lines.write_text(_lines(), encoding="utf-8")
        chapters = work / "chapters.txt"
        chapters.write_text(_chapters(seconds), encoding="utf-8")
        command += ["-i", str(lines), "-i", str(chapters)]
        mapping += ["-map", "1:s", "-map_metadata", "2", "-metadata:s:s:0", "language=eng",
                    "-c:s", "srt"]  # fmt: skip
    return [
        *command, *mapping, "-c:v", "copy", "-c:a", "copy",
        "-metadata", f"title={json.dumps(title)[1:-1]}", "-metadata:s:a:0", "language=eng",
        "-t", str(seconds), str(target),
    ]  # fmt: skip


def _lines() -> str:
    said = ("The light stays late this time of year.", "We could walk back over the ridge.",
            "There is no hurry.", "Listen. You can hear the valley from here.")  # fmt: skip
    blocks = []
    for number in range(1, 61):
        start = 2 + (number - 1) * 6
        stamp = "00:{:02d}:{:02d},000 --> 00:{:02d}:{:02d},500".format(
            *divmod(start, 60), *divmod(start + 4, 60)
        )
        blocks.append(f"{number}\n{stamp}\n{said[number % len(said)]}\n")
    return "\n".join(blocks)


def _chapters(seconds: float) -> str:
    names = ("Arrival", "The ridge", "Last light")
    part = int(seconds * 1000 / len(names))
    blocks = [
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={index * part}\nEND={(index + 1) * part}\ntitle={name}"
        for index, name in enumerate(names)
    ]
    return ";FFMETADATA1\n" + "\n".join(blocks) + "\n"


def _run(arguments: list[str]) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=300)
