"""Finds a picture in a film that is worth showing, with ffmpeg."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from app.domain.casting import MediaFacts
from app.domain.errors import AppError
from app.infra.atomic import replace_file
from app.infra.ffmpeg import running
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.running import POLITE, Outside

log = logging.getLogger(__name__)

PLACES: Final = (0.15, 0.4, 0.65)
"""Where to look, as shares of its length; of each the most usual of some frames is taken."""
LONGEST_SIDE: Final = 1280
LARGEST: Final = 2_000_000
"""Bytes; what platforms take."""
SECONDS: Final = 60.0
_FILTER: Final = (
    "thumbnail=n=24,scale=w={side}:h={side}:force_original_aspect_ratio=decrease"
    ":force_divisible_by=2,setsar=1,format=yuvj420p"
)


class Picturer:
    """Lives on the service loop."""

    def __init__(
        self,
        look: Callable[[bytes], Awaitable[MediaFacts]] = facts,
        outside: Outside | None = None,
    ) -> None:
        self._look = look
        self._outside = outside or Outside()

    async def picture(self, video: bytes, out: Path) -> bool:
        """Write a JPEG of a film, 1280 pixels at most; False when none can be had of it.

        Of several frames the one with most to see is taken, which a black one never is.
        """
        seconds = (await self._look(video)).duration or 0.0
        best = b""
        for place in PLACES:
            frame = await self._frame(video, seconds * place)
            if len(best) < len(frame) <= LARGEST:
                best = frame
        if not best:
            return False
        await asyncio.to_thread(replace_file, out, best)
        return True

    async def _frame(self, video: bytes, second: float) -> bytes:
        words = [
            *POLITE, "ffmpeg", "-nostdin", "-v", "error", "-ss", f"{second:.3f}",
            *running.input_words(video), "-map", "0:v:0", "-an", "-sn", "-dn",
            "-vf", _FILTER.format(side=LONGEST_SIDE), "-frames:v", "1", "-q:v", "3",
            "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1",
        ]  # fmt: skip
        try:
            done = await running.run(
                words, video, self._outside, timeout=SECONDS, limit_output=4 * LARGEST
            )
        except AppError as error:
            log.info("No picture of a film at %.0f s: %s", second, error)
            return b""
        return done.output
