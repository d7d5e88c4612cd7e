"""Makes variants of videos that do well, with ffmpeg: upright, short, or with subtitles.

Subtitles are what is said in it, or that in another language.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.casting import MediaFacts
from app.domain.errors import NotFound, ToolFailed, Unavailable, Unsupported
from app.domain.results import Remake
from app.infra.atomic import sync_folder
from app.infra.ffmpeg import running
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.running import POLITE, Outside
from app.runtime import children
from app.runtime.children import Limits, Word
from app.services.casting import cues
from app.services.casting.cues import Cue
from app.services.intelligence.tasks.translating import Going, quietly
from app.services.results.spoken import Spoken

WIDE: Final = 1080
HIGH: Final = 1920
LONGEST: Final = 2 * 3_600.0
"""Seconds of a video a variant is made of."""
LEAST_SHORT: Final = 5
SLOWEST: Final = 20.0
"""So many times its own length the work may take, and a few minutes more."""
_LIMITS: Final = Limits(memory=6 * 2**30, files=128, file_size=16 * 2**30)
_LETTERS: Final = "letters.srt"
# What does not fill the frame lies on a dim, soft copy of itself, which is blurred while small.
_UPRIGHT: Final = (
    f"split[a][b];[a]scale={WIDE // 8}:{HIGH // 8}:force_original_aspect_ratio=increase,"
    f"crop={WIDE // 8}:{HIGH // 8},boxblur=6:2,eq=brightness=-0.08,scale={WIDE}:{HIGH}[c];"
    f"[b]scale={WIDE}:{HIGH}:force_original_aspect_ratio=decrease:force_divisible_by=2[d];"
    "[c][d]overlay=(W-w)/2:(H-h)/2"
)
_EVEN: Final = "scale=trunc(iw/2)*2:trunc(ih/2)*2"
_STYLE: Final = "Fontsize=18,Outline=2,Shadow=0,MarginV=40,BorderStyle=1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant of a file. `captions` is its subtitle file, empty where there is none.

    `language` (ISO 639-1) is that of `Remake.LANGUAGE`.
    """

    video: bytes
    remake: Remake
    seconds: int = 60
    captions: bytes = b""
    language: str = ""


class Remaker:
    """Lives on the service loop. One variant at a time: coding takes all the machine has."""

    def __init__(
        self,
        spoken: Spoken,
        look: Callable[[bytes], Awaitable[MediaFacts]] = facts,
        outside: Outside | None = None,
    ) -> None:
        self._spoken, self._look = spoken, look
        self._outside = outside or Outside()
        self._turn = asyncio.Lock()

    async def make(self, wanted: Wanted, out: Path, going: Going = quietly) -> Path:
        """Write a variant to `out`, whole or not at all; one that is there is left as it is.

        `going` hears how far a translation is, and may raise to end it. `NotFound` when the video
        is gone, `Unsupported` when this cannot be made of it, `InvalidInput` when there are no
        words for subtitles, `ToolFailed`; of another language whatever `translate` raises.
        """
        if await asyncio.to_thread(out.exists):
            return out
        async with self._turn:
            known = await self._look(wanted.video)
            seconds = known.duration or 0.0
            if not known.video or not 0.0 < seconds <= LONGEST:
                raise Unsupported("errors.remake_length", hours=round(LONGEST / 3_600))
            try:
                room = await asyncio.to_thread(_room, out)
            except OSError as error:
                raise _full(error) from error
            try:
                letters = _srt(await self._lines(wanted, known, going))
                await asyncio.to_thread((room / _LETTERS).write_bytes, letters)
                await self._code(wanted, known, seconds, room)
                await asyncio.to_thread(_keep, room / "made.mp4", out)
            except OSError as error:
                raise _full(error) from error
            finally:
                await asyncio.to_thread(shutil.rmtree, room, ignore_errors=True)
        return out

    async def _code(self, wanted: Wanted, known: MediaFacts, seconds: float, room: Path) -> None:
        length = seconds
        if wanted.remake is Remake.SHORT:
            length = min(seconds, float(max(wanted.seconds, LEAST_SHORT)))
        words: list[Word] = [
            *POLITE, *await self._outside.words(wanted.video), "ffmpeg", "-nostdin", "-v", "error",
            *running.input_words(wanted.video), "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn",
            "-map_metadata", "-1", "-map_chapters", "-1", "-t", f"{length:.3f}",
            "-vf", _picture(wanted.remake), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20",
            "-profile:v", "high", "-r", f"{_rate(known):g}", "-c:a", "aac", "-b:a", "192k",
            "-ar", "48000", "-ac", "2", "-movflags", "+faststart", "-f", "mp4", "made.mp4",
        ]  # fmt: skip
        await children.run(
            words, timeout=300.0 + SLOWEST * length, limits=_LIMITS, cwd=room,
            env=running.environment(),
        )  # fmt: skip

    async def _lines(self, wanted: Wanted, known: MediaFacts, going: Going) -> Sequence[Cue]:
        if wanted.remake is Remake.SUBTITLED:
            return (await self._spoken.of(wanted.video, wanted.captions, known)).cues
        if wanted.remake is Remake.LANGUAGE:
            source = wanted.video, wanted.captions, known
            return await self._spoken.translated(*source, wanted.language, going)
        return ()


def _full(error: OSError) -> Unavailable:
    return Unavailable("errors.studio_disk", reason=error.strerror or "")


def _picture(remake: Remake) -> str:
    if remake in (Remake.SUBTITLED, Remake.LANGUAGE):
        return f"{_EVEN},subtitles=filename={_LETTERS}:force_style='{_STYLE}',format=yuv420p"
    return f"{_UPRIGHT},setsar=1,format=yuv420p"


def _rate(known: MediaFacts) -> float:
    """Pictures a second: as it has, within what platforms take."""
    return min(60.0, max(23.976, known.frames or 30.0))


def _srt(found: Sequence[Cue]) -> bytes:
    """The lines as SRT, read once more: what a model heard may hold orders for the renderer."""
    return cues.srt(cues.read(cues.srt(found).decode("utf-8", "replace")))


def _room(out: Path) -> Path:
    out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".remake-", dir=out.parent))


def _keep(made: Path, out: Path) -> None:
    try:
        with made.open("rb+") as file:
            if not file.seek(0, 2):
                raise ToolFailed("errors.tool_failed", tool="ffmpeg", code=0, detail="empty")
            os.fsync(file.fileno())
        made.rename(out)
        sync_folder(out.parent)
    except FileNotFoundError as error:
        raise NotFound("errors.cast_file_gone", name=out.name) from error
