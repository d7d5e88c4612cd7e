"""Takes the edge off a made voice, so that one can listen to it for minutes."""

from __future__ import annotations

import logging
from typing import Final

from app.domain.errors import ToolFailed
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside
from app.runtime.children import Word

log = logging.getLogger(__name__)

CHAIN: Final = ",".join(
    (
        "highpass=f=70",
        "bass=g=3:f=170:w=0.8",  # a made voice has no chest
        "equalizer=f=3100:t=q:w=1.0:g=-4",  # and buzzes where the ear is keenest
        "equalizer=f=5400:t=q:w=1.1:g=-4",
        "treble=g=-3:f=7500",
        "acompressor=threshold=0.08:ratio=2.5:attack=8:release=180:knee=6:makeup=2",
        "alimiter=limit=0.84:attack=4:release=60:level=disabled",  # 1.5 dB below full
    )
)
"""What ffmpeg does; nothing in it changes when a word is said."""
_SECONDS: Final = 60.0


async def polish(pcm: bytes, rate: int, outside: Outside) -> bytes:
    """Return 16-bit mono sound as pleasant as can be, of the same length.

    Without ffmpeg it is returned as it was.
    """
    form: list[Word] = ["-f", "s16le", "-ar", str(rate), "-ac", "1"]
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", *form, "-i", "pipe:0", "-af", CHAIN, *form, "pipe:1",
    ]  # fmt: skip
    try:
        done = await running.run(
            words, None, outside, timeout=_SECONDS, stdin=pcm, limit_output=len(pcm) + 2**20
        )
    except ToolFailed as error:
        log.warning("A voice stays as it was made: %s", error)
        return pcm
    made = done.output[: len(pcm)]
    return made + bytes(len(pcm) - len(made))
