"""Takes text subtitles out of films, and turns one kind of them into another, with ffmpeg."""

from __future__ import annotations

from typing import Final

from app.domain.errors import ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside, Source
from app.runtime.children import Word

LARGEST: Final = 5_000_000
EXTRACT_SECONDS: Final = 120.0
"""The whole film is read for it; a large one on a slow disk takes a while."""
CONVERT_SECONDS: Final = 15.0
_READERS: Final = {"subrip": "srt", "ass": "ass", "ssa": "ass", "webvtt": "webvtt",
                   "microdvd": "microdvd", "mov_text": "srt"}  # fmt: skip
FORMS: Final = ("srt", "ass")


async def extract(source: Source, number: int, form: str, outside: Outside) -> bytes:
    """Return subtitles of a film, by their number among them, as ``srt`` or ``ass`` in UTF-8.

    Raises `Unsupported` ``errors.cast_subtitle_broken`` when they cannot be read, `NotFound` and
    `ToolFailed` as other jobs do.
    """
    await running.require(source)
    words: list[Word] = [
        *running.POLITE, "ffmpeg", "-nostdin", "-v", "error", "-vn", "-an", "-dn",
        *running.input_words(source), "-map", f"0:s:{number}", "-map_metadata", "-1",
        "-map_chapters", "-1", "-c:s", form, "-f", form, "pipe:1",
    ]  # fmt: skip
    return await _run(words, source, outside, EXTRACT_SECONDS, None)


async def convert(text: str, codec: str, form: str, outside: Outside) -> bytes:
    """Return the text of a subtitle file as ``srt`` or ``ass``; `codec` as ffprobe names it."""
    words: list[Word] = [
        "ffmpeg", "-v", "error", "-protocol_whitelist", "pipe",
        "-f", _READERS.get(codec, "srt"), "-i", "pipe:0", "-map", "0:s:0", "-map_metadata", "-1",
        "-c:s", form, "-f", form, "pipe:1",
    ]  # fmt: skip
    return await _run(words, None, outside, CONVERT_SECONDS, text.encode("utf-8", "replace"))


async def _run(
    words: list[Word], source: Source | None, outside: Outside, seconds: float, fed: bytes | None
) -> bytes:
    try:
        done = await running.run(
            words, source, outside, timeout=seconds, limit_output=LARGEST, stdin=fed
        )
    except ToolFailed as error:
        if error.key in ("errors.tool_failed", "errors.tool_chatty"):
            raise Unsupported("errors.cast_subtitle_broken") from error
        raise
    return done.output
