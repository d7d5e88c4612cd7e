"""Makes small real films with ffmpeg; each recipe is made once and kept between runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Read at import: later the tests have homes of their own, and the films would be made each time.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sokoul-test-films"
VERSION = 3

_VIDEO = {
    "h264": ("-c:v", "libx264", "-preset", "ultrafast", "-g", "12"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=12"),
    "vp9": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "12"),
    "av1": ("-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime", "-g", "12"),
}
_AUDIO = {"mkv": ("-c:a", "aac"), "mp4": ("-c:a", "aac"), "webm": ("-c:a", "libopus")}
_PATTERNS = ("testsrc2", "mandelbrot", "testsrc", "rgbtestsrc", "life=mold=10:r=12:ratio=0.4")


@dataclass(frozen=True, slots=True)
class Film:
    """A recipe. The same recipe is the same file for ever."""

    video: str = "h264"
    container: str = "mkv"
    seconds: float = 2.0
    size: str = "320x180"
    rate: int = 12
    look: int = 0
    """Which moving picture; frames differ from each other in all of them."""
    card: str = ""
    """A title shown in the picture."""
    audio: tuple[str, ...] = ("eng",)
    subtitles: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    poster: bool = False
    black: float = 0.0
    """Seconds of black at the beginning."""


PLAIN = Film()
RICH = Film(
    seconds=3.0,
    card="Night of the Living Dead",
    audio=("eng", "fre"),
    subtitles=("eng", "fre"),
    chapters=("Beginning", "End"),
    poster=True,
)


def make(film: Film = PLAIN, to: Path | bytes | None = None) -> Path:
    """The film as a file: a copy at `to`, or the kept one, which must not be changed."""
    kept = _kept(film)
    if to is None:
        return kept
    place = os.fsencode(to)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    shutil.copyfile(os.fsencode(kept), place)
    return Path(os.fsdecode(place))


PAIR_SECONDS = 4.0
FLASH = 1.5
"""The picture of a pair turns from black to white at this second, and its silence into a tone."""
_PICTURES = {
    **_VIDEO,
    "mpeg4": ("-c:v", "mpeg4", "-q:v", "5", "-g", "12"),
    "mpeg2video": ("-c:v", "mpeg2video", "-q:v", "5", "-g", "12"),
}
_SOUNDS = {
    "aac": ("-c:a", "aac"),
    "ac3": ("-c:a", "ac3"),
    "mp3": ("-c:a", "libmp3lame"),
    "opus": ("-c:a", "libopus"),
    "flac": ("-c:a", "flac"),
    "dts": ("-c:a", "dca", "-strict", "-2"),
}
_HOLDS = {
    "mkv": (tuple(_PICTURES), tuple(_SOUNDS)),
    "mp4": (tuple(_PICTURES), tuple(_SOUNDS)),
    "ts": (("h264", "hevc", "mpeg2video", "mpeg4"), ("aac", "ac3", "mp3", "dts")),
    # DTS it writes into AVI as well, but such that nobody finds a second of it again.
    "avi": (("h264", "mpeg4", "mpeg2video"), ("aac", "ac3", "mp3")),
    "webm": (("vp9", "av1"), ("opus",)),
}


def pairs(container: str) -> list[tuple[str, str]]:
    """The pairs of picture and sound that ffmpeg writes into a container."""
    pictures, sounds = _HOLDS[container]
    return [(picture, sound) for picture in pictures for sound in sounds]


def pair(picture: str, sound: str, container: str) -> Path:
    """A kept film of a picture codec and a sound codec; it must not be changed."""
    film = _part(f"pair-{picture}.mkv", [
        "-f", "lavfi", "-i", f"color=black:size=320x180:rate=25:duration={PAIR_SECONDS},"
        f"drawbox=c=white:t=fill:enable='gte(t,{FLASH})'",
        *_PICTURES[picture], "-pix_fmt", "yuv420p",
    ])  # fmt: skip
    song = _part(f"pair-{sound}.mka", [
        "-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={PAIR_SECONDS},"
        f"volume=0:enable='lt(t,{FLASH})'", "-ac", "2", *_SOUNDS[sound],
    ])  # fmt: skip
    bare = {("h264", "avi"): ["-bsf:v", "h264_mp4toannexb"],
            ("mpeg4", "ts"): ["-bsf:v", "dump_extra"]}.get((picture, container), [])  # fmt: skip
    return _part(f"pair-{picture}-{sound}.{container}", [
        "-i", str(film), "-i", str(song), "-map", "0:v", "-map", "1:a", "-c", "copy",
        "-strict", "-2", *bare,
    ])  # fmt: skip


def drawn_subtitle(start: float, end: float) -> bytes:
    """Subtitles that are pictures (PGS): a white bar across the middle of 320x180."""

    def part(second: float, kind: int, content: bytes) -> bytes:
        ticks = int(second * 90_000)
        return b"PG" + struct.pack(">IIBH", ticks, 0, kind, len(content)) + content

    shape = struct.pack(">HHB", 320, 180, 0x10)
    window = b"\x01" + struct.pack(">BHHHH", 0, 0, 70, 320, 40)
    rows = (b"\x00" + struct.pack(">HB", 0xC000 | 320, 1) + b"\x00\x00") * 40
    picture = struct.pack(">HBB", 0, 0, 0xC0) + (len(rows) + 4).to_bytes(3, "big")
    shown = struct.pack(">HBBBB", 0, 0x80, 0, 0, 1) + struct.pack(">HBBHH", 0, 0, 0, 0, 70)
    return b"".join((
        part(start, 0x16, shape + shown),
        part(start, 0x17, window),
        part(start, 0x14, b"\x00\x00\x01\xeb\x80\x80\xff"),
        part(start, 0x15, picture + struct.pack(">HH", 320, 40) + rows),
        part(start, 0x80, b""),
        part(end, 0x16, shape + struct.pack(">HBBBB", 1, 0, 0, 0, 0)),
        part(end, 0x17, window),
        part(end, 0x80, b""),
    ))  # fmt: skip


def _part(name: str, arguments: list[str]) -> Path:
    place = CACHE / f"{VERSION}-{name}"
    if not place.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with _lock(CACHE / f"{name}.lock"):
            if not place.exists():
                part = CACHE / f"part-{name}"
                run([*arguments, str(part)])
                part.rename(place)
    return place


def poster(to: Path, color: str = "red", size: str = "400x600") -> Path:
    """A picture of one colour, as JPEG, PNG or WebP by the name's ending."""
    to.parent.mkdir(parents=True, exist_ok=True)
    run(["-f", "lavfi", "-i", f"color=c={color}:s={size}:d=1", "-frames:v", "1", str(to)])
    return to


def run(arguments: list[str]) -> None:
    """Run ffmpeg quietly."""
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True, timeout=60)


def _kept(film: Film) -> Path:
    name = hashlib.sha256(f"{VERSION}{film!r}".encode()).hexdigest()[:20]
    place = CACHE / f"{name}.{film.container}"
    if not place.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with _lock(CACHE / f"{name}.lock"):
            if not place.exists():
                part = CACHE / f"{name}.part.{film.container}"
                _make(film, part)
                part.rename(place)
    return place


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(film: Film, to: Path) -> None:
    helpers: list[Path] = []
    arguments: list[str] = ["-f", "lavfi", "-i", _picture(film)]
    for number, _language in enumerate(film.audio):
        tone = f"sine=frequency={330 + 110 * number}:duration={film.seconds}"
        arguments += ["-f", "lavfi", "-i", tone]
    for number, _language in enumerate(film.subtitles):
        text = to.with_suffix(f".{number}.srt")
        text.write_text(f"1\n00:00:00,200 --> 00:00:{film.seconds:06.3f}".replace(".", ",")
                        + f"\nSubtitle number {number}\n")  # fmt: skip
        helpers.append(text)
        arguments += ["-i", str(text)]
    maps = [str(number) for number in range(1 + len(film.audio) + len(film.subtitles))]
    if film.chapters:
        marks = to.with_suffix(".chapters")
        marks.write_text(_chapters(film))
        helpers.append(marks)
        arguments += ["-i", str(marks)]
        arguments += ["-map_metadata", str(len(maps))]
    for stream in maps:
        arguments += ["-map", stream]
    arguments += [*_VIDEO[film.video], "-pix_fmt", "yuv420p", *_AUDIO[film.container]]
    if film.subtitles:
        arguments += ["-c:s", "mov_text" if film.container == "mp4" else "srt"]
    arguments += _languages(film)
    if film.poster and film.container == "mkv":
        cover = to.with_name(f"{to.stem}-cover.jpg")
        poster(cover, "blue")
        helpers.append(cover)
        arguments += ["-attach", str(cover), "-metadata:s:t", "mimetype=image/jpeg",
                      "-metadata:s:t", "filename=cover.jpg"]  # fmt: skip
    run([*arguments, "-t", str(film.seconds), str(to)])
    for each in helpers:
        each.unlink()


def _picture(film: Film) -> str:
    pattern = _PATTERNS[film.look % len(_PATTERNS)]
    joint = ":" if "=" in pattern else "="
    steps = f"{pattern}{joint}size={film.size}:rate={film.rate},trim=duration={film.seconds}"
    if film.look:
        steps += f",hue=h={film.look * 47 % 360}"
    if film.card:
        steps += (
            f",drawtext=text='{film.card}':fontcolor=white:fontsize=h/8:box=1:boxcolor=black@0.5"
            ":x=(w-tw)/2:y=h/2+h/6*sin(t*4)"
        )
    if film.black:
        steps += f",drawbox=c=black:t=fill:enable='lt(t,{film.black})'"
    return steps


def _languages(film: Film) -> list[str]:
    told: list[str] = []
    for letter, languages in (("a", film.audio), ("s", film.subtitles)):
        for number, language in enumerate(languages):
            told += [f"-metadata:s:{letter}:{number}", f"language={language}"]
    return told


def _chapters(film: Film) -> str:
    length = film.seconds / len(film.chapters)
    lines = [";FFMETADATA1"]
    for number, title in enumerate(film.chapters):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={int(number * length * 1000)}",
                  f"END={int((number + 1) * length * 1000)}", f"title={title}"]  # fmt: skip
    return "\n".join(lines) + "\n"
