"""Looks at spoken sound of any form: how long it is, and where nothing is said in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.errors import InvalidInput, ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import FORMATS, Outside
from app.runtime.children import Word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]

LONGEST: Final = 1_800.0
"""Seconds of speech that are looked at."""
SHORTEST_PAUSE: Final = 0.09
FRAME: Final = 0.01
_SECONDS: Final = 120.0
_LOW: Final = 16_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a sound, and of the stretches in it (and at its ends) where nothing is said."""

    seconds: float
    silences: tuple[tuple[float, float], ...]


async def measure(content: bytes, outside: Outside) -> Measured:
    """Look at a sound (WAV, MP3, Ogg, FLAC, M4A…); raises as `decoded` does."""
    pcm = await decoded(content, outside, rate=_LOW, name="sound")
    return await asyncio.to_thread(measured, pcm, _LOW)


async def decoded(source: bytes, outside: Outside, *, rate: int, name: str) -> bytes:
    """Return the first track of a sound's bytes as 16-bit mono.

    Raises `Unsupported` ``errors.no_sound`` when nothing can be heard in it, `InvalidInput`
    ``errors.voice_sound_long`` and `ToolFailed` when ffmpeg hangs. `name` is for people.
    """
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-vn", "-sn", "-dn", "-protocol_whitelist",
        "pipe,fd", "-format_whitelist", FORMATS, "-i", "pipe:0", *decode_words(rate),
    ]  # fmt: skip
    try:
        done = await running.run(
            words, None, outside, timeout=_SECONDS, stdin=source, limit_output=most_bytes(rate)
        )
    except ToolFailed as error:
        raise _plain(error, name) from error
    return heard(done.output, rate, name)


async def compact(content: bytes, outside: Outside) -> bytes:
    """Return a sound as MP3, which every service that takes a voice takes; raises as `decoded`."""
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-vn", "-sn", "-dn", "-protocol_whitelist",
        "pipe,fd", "-format_whitelist", FORMATS, "-i", "pipe:0", "-map", "0:a:0", "-t",
        str(LONGEST), "-ac", "1", "-ar", "44100", "-c:a", "libmp3lame", "-b:a", "128k",
        "-write_xing", "0", "-f", "mp3", "pipe:1",
    ]  # fmt: skip
    try:
        done = await running.run(
            words, None, outside, timeout=_SECONDS, stdin=content, limit_output=64_000_000
        )
    except ToolFailed as error:
        raise _plain(error, "sound") from error
    return done.output


def decode_words(rate: int, most: float = LONGEST) -> list[Word]:
    """Arguments of ffmpeg behind an input, for so much sound as is looked at."""
    return [
        "-map", "0:a:0", "-t", str(most + 1), "-ac", "1", "-ar", str(rate), "-f", "s16le",
        "pipe:1",
    ]  # fmt: skip


def most_bytes(rate: int, most: float = LONGEST) -> int:
    """Bytes `decode_words` makes at most."""
    return int((most + 3) * rate * 2)


def heard(pcm: bytes, rate: int, name: str, most: float = LONGEST) -> bytes:
    """Return decoded sound, or raise what is wrong with its length."""
    if len(pcm) < rate // 50:
        raise Unsupported("errors.no_sound", name=name)
    if len(pcm) > most * rate * 2:
        raise InvalidInput("errors.voice_sound_long", name=name, minutes=int(most) // 60)
    return pcm


def samples(pcm: bytes) -> Sound:
    """The sound as numbers from -1 to 1."""
    import numpy as np

    return np.frombuffer(pcm, np.int16, len(pcm) // 2).astype(np.float32) / np.float32(32_768)


def loudness(sound: Sound, rate: int) -> Sound:
    """How loud each hundredth of a second is, in dB below full."""
    import numpy as np

    frame = int(rate * FRAME)
    whole = sound[: sound.size // frame * frame].reshape(-1, frame)
    power = np.mean(np.square(whole), axis=1, dtype=np.float64)
    levels: Sound = (10 * np.log10(power + 1e-10)).astype(np.float32)
    return levels


def floor_of(levels: Sound) -> float:
    """The level under which nothing is said: between the noise of the room and the voice."""
    import numpy as np

    voice, room = (float(one) for one in np.percentile(levels, (95, 5)))
    return max(min(voice - 18.0, (voice + 2 * room) / 3), -60.0)


def measured(pcm: bytes, rate: int) -> Measured:
    """Look at 16-bit mono sound; blocks for some hundredths of a second for each minute."""
    import numpy as np

    levels = loudness(samples(pcm), rate)
    seconds = len(pcm) / 2 / rate
    if not levels.size:
        return Measured(seconds, ())
    quiet = np.concatenate(([False], levels < floor_of(levels), [False]))
    edges = np.flatnonzero(quiet[1:] != quiet[:-1])
    spans = [(int(a) * FRAME, int(b) * FRAME) for a, b in edges.reshape(-1, 2)]
    return Measured(seconds, tuple(span for span in spans if span[1] - span[0] >= SHORTEST_PAUSE))


def _plain(error: ToolFailed, name: str) -> Exception:
    if error.key == "errors.tool_failed":
        return Unsupported("errors.no_sound", name=name)
    if error.key == "errors.tool_chatty":
        return InvalidInput("errors.voice_sound_long", name=name, minutes=int(LONGEST) // 60)
    return error
