"""Makes 16 kHz mono sound of any film or song, with ffmpeg, as it is asked for."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from app.domain.errors import ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside
from app.runtime.children import Word, watch

log = logging.getLogger(__name__)

SECOND: Final = 32_000
"""Bytes of a second of sound."""
LONGEST: Final = 12 * 3_600
SILENCE: Final = 60.0
"""Seconds without any sound after which ffmpeg is given up: a slow disk wakes up sooner."""
FILE_SECONDS: Final = 1_800.0
"""Seconds to take the sound out of a film: all of it is read."""
_PART: Final = 65_536


async def sound_of(
    source: bytes, outside: Outside, *, most: float = LONGEST, silence: float = SILENCE
) -> AsyncGenerator[bytes, None]:
    """Yield 16-bit sound of a file's first track, so many seconds at `most`; close it when done.

    Raises `NotFound` when the file is gone, `Unsupported` ``errors.no_sound`` when nothing can be
    heard in it, and `ToolFailed` when ffmpeg hangs.
    """
    await running.require(source)
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-vn", "-sn", "-dn", *running.input_words(source),
        "-map", "0:a:0", "-t", str(most), "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1",
    ]  # fmt: skip
    child = await running.start(words, source, outside)
    count = 0
    try:
        while data := await watch(child, silence, lambda: child.stdout.read(_PART)):
            count += len(data)
            yield data
        code = await child.wait()
    finally:
        await child.end(0)
    if not count:
        raise Unsupported("errors.no_sound", name=running.name_of(source))
    if code != 0:  # what came before the damage is worth something
        log.info("The sound of a file ended early (%s) after %d s", code, count // SECOND)


async def sentence(text: str, outside: Outside) -> bytes | None:
    """Return a spoken sentence as a WAV file; None when this ffmpeg has no voice."""
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", f"flite=text='{text}'",
        "-ac", "1", "-ar", "16000", "-f", "wav", "pipe:1",
    ]  # fmt: skip
    try:
        done = await running.run(words, None, outside, timeout=30.0)
    except ToolFailed:
        return None
    return done.output


class SoundFiles:
    """Makes files of the sound of films, small ones, as services take them; gone after use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._outside = Outside()

    @asynccontextmanager
    async def of(self, source: bytes) -> AsyncIterator[Path]:
        """The sound of a film in a file, for as long as it is needed.

        Raises `NotFound`, `ToolFailed`, and `Unsupported` ``errors.no_sound``.
        """
        await running.require(source)
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        place = await asyncio.to_thread(tempfile.mkdtemp, dir=self._folder)
        try:
            target = Path(place) / "sound.ogg"
            words: list[Word] = [
                "ffmpeg", "-nostdin", "-v", "error", "-vn", "-sn", "-dn",
                *running.input_words(source), "-map", "0:a:0", "-map_metadata", "-1",
                "-t", str(LONGEST), "-ac", "1", "-ar", "16000", "-c:a", "libopus", "-b:a", "24k",
                "-f", "ogg", os.fsencode(target),
            ]  # fmt: skip
            try:
                await running.run(words, source, self._outside, timeout=FILE_SECONDS)
            except ToolFailed as error:
                if error.key != "errors.tool_failed":
                    raise
                raise Unsupported("errors.no_sound", name=running.name_of(source)) from error
            yield target
        finally:
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
