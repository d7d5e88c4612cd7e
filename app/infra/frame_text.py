"""Reads the text that stands in the pictures of a film: some frames, by ffmpeg and tesseract."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.domain.errors import ToolFailed
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside
from app.runtime import children
from app.runtime.children import Limits, Word

log = logging.getLogger(__name__)

FRAMES: Final = 12
WIDEST: Final = 1_280
FRAME_SECONDS: Final = 30.0
READ_SECONDS: Final = 30.0
LARGEST_FRAME: Final = 2 * WIDEST * WIDEST
LANGUAGES: Final = ("eng", "fra")
SURE: Final = 70.0
"""Percent: what tesseract is less sure of is a pattern in the picture, not a word."""
MOST_LINES: Final = 60
LONGEST_LINE: Final = 200
_TOOL: Final = "tesseract"
_LIMITS: Final = Limits(memory=2 * 2**30, cpu=60, files=64, file_size=0)
_LETTERS: Final = re.compile(r"[^\W_]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
Step = Callable[[int, int], None]
"""Hears how many frames are read, and of how many."""


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """What stands in the pictures, each line once; `able`: there is something that reads."""

    lines: tuple[str, ...] = ()
    frames: int = 0
    able: bool = True


class FrameReader:
    """Reads one film at a time. Lives on the service loop. `frames` are looked at, at the most."""

    def __init__(self, frames: int = FRAMES) -> None:
        self._frames = frames
        self._outside = Outside()
        self._turn = asyncio.Lock()
        self._languages: str | None = None

    async def texts(
        self, source: bytes, seconds: float, on_step: Step = lambda _done, _all: None
    ) -> FrameTexts:
        """Read some frames of a film that is so many seconds long (0: its first one).

        Without tesseract nothing is read, and `able` says so. Raises `NotFound` when the film is
        gone; frames that cannot be made or read are passed over.
        """
        await running.require(source)
        languages = await self._known()
        if languages is None:
            return FrameTexts(able=False)
        lines: dict[str, str] = {}
        count = 0
        moments = _moments(seconds, self._frames)
        async with self._turn:
            for number, moment in enumerate(moments):
                on_step(number, len(moments))
                picture = await self._frame(source, moment)
                if picture:
                    count += 1
                    for line in await self._read(picture, languages):
                        lines.setdefault(line.casefold(), line)
        on_step(len(moments), len(moments))
        return FrameTexts(tuple(lines.values())[:MOST_LINES], count)

    async def _known(self) -> str | None:
        """The languages to read, as tesseract is told; None when there is no tesseract."""
        if await asyncio.to_thread(shutil.which, _TOOL) is None:
            self._languages = None  # it may be installed while the station runs
        elif self._languages is None:
            try:
                done = await children.run([_TOOL, "--list-langs"], timeout=10.0)
            except ToolFailed as error:
                log.info("The reader of texts does not work: %s", error)
                return None
            there = (done.output + done.errors).decode("utf-8", "replace").split()
            self._languages = "+".join(name for name in LANGUAGES if name in there) or None
        return self._languages

    async def _frame(self, source: bytes, moment: float) -> bytes:
        """One picture in grey (PGM), or nothing."""
        words: list[Word] = [
            *running.POLITE, "ffmpeg", "-nostdin", "-v", "error", "-an", "-sn", "-dn",
            "-ss", f"{moment:.3f}", *running.input_words(source), "-map", "0:v:0",
            "-frames:v", "1", "-vf", f"scale='min({WIDEST},iw)':-2,scale=out_range=full",
            "-pix_fmt", "gray", "-c:v", "pgm", "-f", "image2pipe", "pipe:1",
        ]  # fmt: skip
        try:
            done = await running.run(
                words, source, self._outside, timeout=FRAME_SECONDS, limit_output=LARGEST_FRAME
            )
        except ToolFailed as error:
            log.info("No picture at %.1f s: %s", moment, error)
            return b""
        return done.output

    async def _read(self, picture: bytes, languages: str) -> list[str]:
        words: list[Word] = [
            *running.POLITE, *await self._outside.words(None), _TOOL, "stdin", "stdout",
            "-l", languages, "--psm", "11", "tsv",
        ]  # fmt: skip
        env = {**running.environment(), "OMP_THREAD_LIMIT": "1"}
        try:
            done = await children.run(
                words, timeout=READ_SECONDS, stdin=picture, limit_output=2**20, limits=_LIMITS,
                env=env,
            )  # fmt: skip
        except ToolFailed as error:
            log.info("A picture could not be read: %s", error)
            return []
        return lines_of(done.output.decode("utf-8", "replace"))


def lines_of(table: str) -> list[str]:
    """The lines in tesseract's table of words, without what it is not sure of."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not _sure(cells[10]):
            continue
        text = "".join(sign for sign in cells[11].strip() if sign.isprintable())
        if _LETTERS.search(text):
            found.setdefault(tuple(cells[1:5]), []).append(text)
    lines = (" ".join(words)[:LONGEST_LINE] for words in found.values())
    return [line for line in lines if _WORD.search(line)]


def _sure(told: str) -> bool:
    try:
        return float(told) >= SURE
    except ValueError:
        return False


def _moments(seconds: float, most: int) -> list[float]:
    """Where to look: spread over the film, but for its first and last bit."""
    if not 0 < seconds < float("inf"):
        return [0.0]
    count = max(1, min(most, int(seconds)))
    return [seconds * (number + 0.5) / count for number in range(count)]
