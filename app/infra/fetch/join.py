"""Joins the segments of a stream into one file with ffmpeg, without coding anything anew."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import ToolFailed
from app.infra.fetch.parts import Track
from app.infra.ffmpeg.written import written
from app.runtime import children

log = logging.getLogger(__name__)

FORMATS: Final = "hls,mpegts,mov,mp4,aac,mp3,ac3,eac3"
"""What a segment may be. The outer list is our own; nested ones never come so far."""
LIMITS: Final = children.Limits(memory=2_000_000_000, files=128)
PROBE: Final = 60.0
TICKS: Final = 90_000
_OUTSIDE: Final = ("unshare", "--user", "--map-root-user", "--net", "--")
_CONTAINERS: Final = (("mp4", "mp4", ("-movflags", "+faststart")), ("matroska", "mkv", ()))


def listed(track: Track, *, ended: bool) -> str:
    """A playlist of what is known of a track, over our own files; lost segments are left out."""
    longest = max((item.seconds for item in track.items), default=track.target)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{int(longest) + 1}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{'VOD' if ended else 'EVENT'}",
    ]
    head, breaks = None, False
    for item in track.items:
        if item.lost:
            breaks = True
            continue
        if item.breaks or breaks:
            lines.append("#EXT-X-DISCONTINUITY")
        if item.head is not None and item.head is not head:
            lines.append(f'#EXT-X-MAP:URI="{item.head.name}"')
        head, breaks = item.head, False
        lines += [f"#EXTINF:{item.seconds:.6f},", item.name]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else [])]) + "\n"


def master() -> str:
    """A playlist over picture and sound that come apart."""
    return (
        "#EXTM3U\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,AUTOSELECT=YES,URI="a.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=1000000,AUDIO="a"\n'
        "v.m3u8\n"
    )


async def join(
    folder: Path, tracks: list[Track], to: Path, progress: Callable[[float], None]
) -> str:
    """Write one file `to` a place; returns the ending that fits what is in it.

    `progress` hears the seconds that are done. Raises `ToolFailed`.
    """
    first = await asyncio.to_thread(_lists, folder, tracks)
    failure: ToolFailed | None = None
    for container, ending, options in _CONTAINERS:
        try:
            await _run(first, container, options, to, progress)
        except ToolFailed as error:
            if error.key != "errors.tool_failed":
                raise
            log.info("A stream does not go into %s: %s", container, error)
            failure = failure or error
            continue
        return ending
    assert failure is not None
    raise failure


def _lists(folder: Path, tracks: list[Track]) -> Path:
    for track in tracks:
        (folder / f"{track.prefix}.m3u8").write_text(listed(track, ended=True))
    if len(tracks) == 1:
        return folder / f"{tracks[0].prefix}.m3u8"
    (folder / "stream.m3u8").write_text(master())
    return folder / "stream.m3u8"


async def _run(
    source: Path,
    container: str,
    options: tuple[str, ...],
    to: Path,
    progress: Callable[[float], None],
) -> None:
    words = [
        *await _outside(), "ffmpeg", "-nostdin", "-v", "error", "-y", "-progress", "pipe:1",
        "-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-f", "hls",
        "-i", f"file:{source}", "-map", "0:v:0?", "-map", "0:a?", "-dn", "-sn", "-c", "copy",
        *options, "-f", container, f"file:{to}",
    ]  # fmt: skip
    child = await children.spawn(
        words, limits=LIMITS, cwd=source.parent, stdin=asyncio.subprocess.DEVNULL
    )
    await written(child, to, progress)


async def begins(folder: Path, tracks: list[Track]) -> int | None:
    """Where a stream begins on its own clock, in ticks of 1/90000 s; None: nothing tells.

    From there on the joined film counts its time. Raises `ToolFailed`.
    """
    first = await asyncio.to_thread(_lists, folder, tracks)
    words = [
        *await _outside(), "ffprobe", "-v", "error", "-protocol_whitelist", "file",
        "-format_whitelist", FORMATS, "-f", "hls", "-i", f"file:{first}",
        "-show_entries", "format=start_time", "-of", "csv=p=0",
    ]  # fmt: skip
    told = await children.run(words, timeout=PROBE, limits=LIMITS, cwd=folder)
    try:
        return round(float(told.output) * TICKS)
    except (ValueError, OverflowError):
        return None


async def _outside() -> tuple[str, ...]:
    """Words that start a program without any network, where the system lets us."""
    try:
        await children.run([*_OUTSIDE, "true"], timeout=10)
    except ToolFailed:
        return ()
    return _OUTSIDE


def sync(path: Path) -> None:
    """Bring a file's bytes to the disk. May block."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
