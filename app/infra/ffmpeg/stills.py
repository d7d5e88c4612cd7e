"""Takes a picture out of a film, and writes pictures as JPEG that are not larger than they may."""

from __future__ import annotations

from typing import Final

from app.domain.errors import ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside
from app.runtime.children import Word

LARGEST: Final = 40_000_000
SECONDS: Final = 30.0
QUALITIES: Final = (3, 5, 8, 12, 18, 26)
"""Of ffmpeg's JPEG, the best first."""
_READERS: Final = {"jpg": "jpeg_pipe", "png": "png_pipe"}


async def frame_of(source: bytes, moment: float, outside: Outside) -> bytes:
    """Return what a film shows at that second as PNG; raises `ToolFailed`, `NotFound`."""
    await running.require(source)
    words: list[Word] = [
        *running.POLITE, "ffmpeg", "-nostdin", "-v", "error", "-ss", f"{moment:.3f}",
        *running.input_words(source), "-map", "0:V:0", "-frames:v", "1",
        "-f", "image2pipe", "-c:v", "png", "pipe:1",
    ]  # fmt: skip
    done = await running.run(words, source, outside, timeout=SECONDS, limit_output=LARGEST)
    if not done.output:
        raise ToolFailed("errors.tool_failed", tool="ffmpeg", code=0, detail="no picture")
    return done.output


async def jpeg_of(
    picture: bytes, ending: str, box: tuple[int, int], largest: int, outside: Outside
) -> bytes:
    """Return a clean JPEG or PNG as JPEG within a box of pixels and so many bytes.

    `Unsupported` (``errors.post_picture_cannot_shrink``) when it will not become that small.
    """
    scale = (
        f"scale='min({box[0]},iw)':'min({box[1]},ih)':force_original_aspect_ratio=decrease"
        ",format=yuvj420p"
    )
    for quality in QUALITIES:
        words: list[Word] = [
            "ffmpeg", "-v", "error", "-protocol_whitelist", "pipe",
            "-f", _READERS.get(ending, "jpeg_pipe"), "-i", "pipe:0", "-vf", scale,
            "-frames:v", "1", "-q:v", str(quality), "-map_metadata", "-1",
            "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1",
        ]  # fmt: skip
        done = await running.run(
            words, None, outside, timeout=SECONDS, limit_output=LARGEST, stdin=picture
        )
        if 0 < len(done.output) <= largest:
            return done.output
    raise Unsupported("errors.post_picture_cannot_shrink", most=largest // 1_000)
