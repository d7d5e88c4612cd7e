"""Films whose second half is many times as heavy as the first, in every container."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from pathlib import Path

import av

from tests.fakes import films

VERSION = 1
SECONDS = 24
_STILL = f"color=c=gray:s=320x180:r=12:d={SECONDS // 2}"
_NOISE = f"nullsrc=s=320x180:r=12:d={SECONDS // 2},geq=random(1)*255:128:128"
_H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p")
_COPY = ("-c", "copy")
_FRAGMENTS = "frag_keyframe+empty_moov+default_base_moof"

RECIPES: dict[str, tuple[str, ...]] = {
    "tail.mp4": _COPY,
    "head.mp4": (*_COPY, "-movflags", "faststart"),
    "behind.mp4": (*_COPY, "-movflags", _FRAGMENTS),
    "front.mp4": (*_COPY, "-movflags", _FRAGMENTS + "+dash+global_sidx"),
    "pieces.mp4": (*_COPY, "-movflags", "frag_keyframe+dash"),
    "film.mov": _COPY,
    "tail.mkv": _COPY,
    "head.mkv": (*_COPY, "-cues_to_front", "1"),
    "reserved.mkv": (*_COPY, "-reserve_index_space", "50k"),
    "film.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "12",
                  "-b:v", "2M", "-c:a", "libopus"),
    "film.ts": (*_COPY, "-bsf:v", "h264_mp4toannexb"),
    "film.m2ts": (*_COPY, "-bsf:v", "h264_mp4toannexb", "-mpegts_m2ts_mode", "1"),
    "film.avi": ("-c:v", "mpeg4", "-q:v", "4", "-g", "12", "-c:a", "mp2"),
    "live.mkv": (*_COPY, "-f", "matroska", "-live", "1"),
    "sound.mp3": ("-vn", "-c:a", "mp3"),
}  # fmt: skip
INDEXED = [name for name in RECIPES if name.split(".")[1] in ("mp4", "mov", "mkv", "webm", "avi")]
INDEXED.remove("live.mkv")


@dataclass(frozen=True, slots=True)
class Told:
    """What FFmpeg finds in a whole file: length, and (second, byte) of the key frames."""

    seconds: float
    keys: list[tuple[float, int]]


def heavy_end(name: str) -> Path:
    """The film of this name, made once and kept between runs."""
    place = films.CACHE / f"heavy-{VERSION}-{name}"
    if not place.exists():
        films.CACHE.mkdir(parents=True, exist_ok=True)
        with (films.CACHE / "heavy.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                _make(name, place)
    return place


def told_by_ffmpeg(path: Path) -> Told:
    """Read the whole file as a player does."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        base = float(stream.time_base or 0)
        keys, first = [], None
        for packet in container.demux(stream):
            if packet.pts is None or packet.pos is None:
                continue
            first = packet.pts if first is None else first
            if packet.is_keyframe:
                keys.append(((packet.pts - first) * base, packet.pos))
        return Told((container.duration or 0) / 1e6, keys)


def _make(name: str, place: Path) -> None:
    source = films.CACHE / f"heavy-{VERSION}-source.mkv"
    if not source.exists():
        films.run(["-f", "lavfi", "-i", _STILL, "-f", "lavfi", "-i", _NOISE, "-f", "lavfi", "-i",
                   f"sine=d={SECONDS}", "-filter_complex", "[0:v][1:v]concat=n=2:v=1[v]",
                   "-map", "[v]", "-map", "2:a", *_H264, "-c:a", "aac", str(source)])  # fmt: skip
    part = place.with_name(f"part-{place.name}")
    films.run(["-i", str(source), *RECIPES[name], str(part)])
    part.rename(place)
