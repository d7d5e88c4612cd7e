"""Writes a film anew into an MP4 that others take: its frame, its codecs, its size."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.errors import ToolFailed
from app.infra.ffmpeg.encoders import SOFTWARE, Encoders, picture_words
from app.infra.ffmpeg.running import LIMITS, POLITE, Outside, environment, input_words
from app.infra.ffmpeg.written import written
from app.runtime import children
from app.runtime.children import Word

LARGEST: Final = 2**38
FADE: Final = 0.6
"""Seconds in which the sound of a film that is cut goes away."""
_TONES: Final = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
)
OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a film is written anew.

    `copy`: pictures and sound as they are, only the container is new. `width` and `height` are
    the frame, 0 as it comes; with `edges` the film lies within it on a blurred copy of itself.
    `frames` a second, 0 as they come. `bits` a second of the picture, 0: what it needs, at most
    `most_bits`. `sound` is in bits a second, 0: there is none. `until`: the seconds that are kept,
    0 all. `seconds`: how long the source is.
    """

    copy: bool = False
    hevc: bool = False  # what is copied: players know it by another name then
    width: int = 0
    height: int = 0
    edges: bool = False
    frames: float = 0.0
    bits: int = 0
    most_bits: int = 0
    sound: int = 160_000
    samples: int = 48_000
    until: float = 0.0
    seconds: float = 0.0
    interlaced: bool = False
    hdr: bool = False


async def recode(
    source: bytes,
    to: Path,
    recipe: Recipe,
    encoders: Encoders,
    outside: Outside,
    progress: OnProgress = lambda _share: None,
) -> None:
    """Write the film `to` a place, where nothing must be; cancelled, ffmpeg ends with it.

    `progress` hears the share that is done. A chip that fails is left for the processor. Raises
    `ToolFailed`.
    """
    try:
        await _run(source, to, recipe, encoders, outside, progress)
    except ToolFailed as error:
        if error.key != "errors.tool_failed" or recipe.copy or not encoders.hardware:
            raise
        await _run(source, to, recipe, encoders.software(), outside, progress)


def words_of(source: bytes, to: Path, recipe: Recipe, encoders: Encoders) -> list[Word]:
    """The arguments ffmpeg is started with."""
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-y", "-progress", "pipe:1",
        *([] if recipe.copy else picture_words(encoders)[0]), *input_words(source),
    ]  # fmt: skip
    if recipe.until:
        words += ["-t", f"{recipe.until:.3f}"]
    words += ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"]
    if recipe.copy:
        words += ["-map", "0:V:0", "-map", "0:a:0?", "-c", "copy"]
        words += ["-tag:v", "hvc1"] if recipe.hevc else []
    else:
        words += [*_picture(recipe, encoders), *_sound(recipe)]
    return [*words, "-movflags", "+faststart", "-max_muxing_queue_size", "4096",
            "-f", "mp4", f"file:{to}"]  # fmt: skip


def _picture(recipe: Recipe, encoders: Encoders) -> list[Word]:
    _before, last, coder = picture_words(encoders)
    first = ["scale=trunc(iw*sar/2)*2:trunc(ih/2)*2", "setsar=1"]
    if recipe.interlaced:
        first.insert(0, "bwdif=mode=send_frame:deint=interlaced")
    if recipe.hdr and {"zscale", "tonemap"} <= encoders.filters:
        first.append(_TONES)
    frames = [f"fps={recipe.frames:g}"] if recipe.frames else []
    wide, high = recipe.width, recipe.height
    within = f"scale={wide}:{high}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    if not recipe.edges:
        chain = ",".join([*first, *([within] if wide else []), *frames, last])
        graph = f"[0:V:0]{chain}[out]"
    else:
        small = f"scale={max(2, wide // 16 * 2)}:{max(2, high // 16 * 2)}"
        graph = (
            f"[0:V:0]{','.join(first)},split[one][two];"
            f"[one]{small}:force_original_aspect_ratio=increase,crop={small[6:]},"
            f"gblur=sigma=6,eq=brightness=-0.08,scale={wide}:{high}[edges];[two]{within}[film];"
            f"[edges][film]overlay=(W-w)/2:(H-h)/2,{','.join([*frames, 'setsar=1', last])}[out]"
        )
    told: list[Word] = ["-filter_complex", graph, "-map", "[out]", *coder, "-profile:v", "high"]
    return [*told, *_rate(recipe, encoders), "-bf", "2", "-g", "60", *_closed(encoders)]


def _rate(recipe: Recipe, encoders: Encoders) -> list[Word]:
    most = recipe.bits or recipe.most_bits
    told: list[Word] = ["-maxrate", str(most), "-bufsize", str(most)] if most else []
    if recipe.bits:
        return ["-b:v", str(recipe.bits), *told]
    if encoders.h264 == SOFTWARE:
        return ["-crf", "20", *told]
    return ["-b:v", str((most or 8_000_000) * 7 // 10), *told]


def _closed(encoders: Encoders) -> list[Word]:
    software = encoders.h264 == SOFTWARE
    return [*(["-flags", "+cgop"] if software else []), "-color_primaries", "bt709",
            "-color_trc", "bt709", "-colorspace", "bt709"]  # fmt: skip


def _sound(recipe: Recipe) -> list[Word]:
    if not recipe.sound:
        return ["-an"]
    filters = ["aresample=async=1:first_pts=0"]
    if recipe.until > FADE:
        filters.append(f"afade=out:st={recipe.until - FADE:.3f}:d={FADE}")
    return ["-map", "0:a:0?", "-af", ",".join(filters), "-c:a", "aac", "-b:a", str(recipe.sound),
            "-ac", "2", "-ar", str(recipe.samples)]  # fmt: skip


async def _run(
    source: bytes,
    to: Path,
    recipe: Recipe,
    encoders: Encoders,
    outside: Outside,
    progress: OnProgress,
) -> None:
    words = [*POLITE, *await outside.words(source), *words_of(source, to, recipe, encoders)]
    child = await children.spawn(
        words, limits=replace(LIMITS, file_size=LARGEST), env=environment(),
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    whole = recipe.until or recipe.seconds

    def told(seconds: float) -> None:
        if whole:
            progress(min(1.0, seconds / whole))

    await written(child, to, told)
