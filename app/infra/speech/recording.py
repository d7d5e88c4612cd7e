"""Takes the owner's own recording of a text: checked, cut at its silent ends, as loud as others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.api.speaking import wav
from app.domain.errors import InvalidInput, ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.running import Outside
from app.infra.speech import sounds
from app.runtime.children import Word

RATE: Final = 48_000
SHORTEST: Final = 0.3
LONGEST: Final = 720.0
_BEFORE, _AFTER = 0.08, 0.2
"""Seconds left at the ends: a voice that begins at once sounds cut."""
_FADE: Final = 0.01
_LEVEL: Final = -20.0
"""dB below full of what is said, on the average."""
_PEAK: Final = 0.84
_MOST_GAIN: Final = 30.0
_FAINT: Final = -55.0
"""A recording that is nowhere louder has nobody in it."""
_SECONDS: Final = 180.0
_CLEAN: Final = "highpass=f=70"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording ready for a scene: 48 kHz mono WAV. `cut` is what its beginning lost, seconds."""

    content: bytes
    seconds: float
    cut: float
    silences: tuple[tuple[float, float], ...]


async def take(file: Path, outside: Outside) -> Recording:
    """Read a recorded file of any usual form.

    Raises `NotFound` when it is gone, `Unsupported` ``errors.no_sound`` when it is no sound,
    `InvalidInput` ``errors.recording_silent``, ``…_short`` or ``errors.voice_sound_long``.
    """
    source = bytes(file)
    await running.require(source)
    words: list[Word] = [
        "ffmpeg", "-nostdin", "-v", "error", "-vn", "-sn", "-dn", *running.input_words(source),
        "-af", _CLEAN, *sounds.decode_words(RATE, LONGEST),
    ]  # fmt: skip
    try:
        done = await running.run(
            words, source, outside, timeout=_SECONDS, limit_output=sounds.most_bytes(RATE, LONGEST)
        )
    except ToolFailed as error:
        if error.key == "errors.tool_failed":
            raise Unsupported("errors.no_sound", name=file.name) from error
        raise
    pcm = sounds.heard(done.output, RATE, file.name, LONGEST)
    return await asyncio.to_thread(_prepared, pcm, file.name)


def _prepared(pcm: bytes, name: str) -> Recording:
    """Cut, faded and made as loud as others; some hundredths of a second for each minute."""
    import numpy as np

    sound = sounds.samples(pcm)
    levels = sounds.loudness(sound, RATE)
    floor = max(sounds.floor_of(levels), _FAINT) if levels.size else 0.0
    said = np.flatnonzero(levels >= floor)
    if said.size < 3:
        raise InvalidInput("errors.recording_silent", name=name)
    first = max(0, int((said[0] * sounds.FRAME - _BEFORE) * RATE))
    last = min(sound.size, int(((said[-1] + 1) * sounds.FRAME + _AFTER) * RATE))
    if (said[-1] - said[0]) * sounds.FRAME < SHORTEST:
        raise InvalidInput("errors.recording_short", name=name)
    level = float(10 * np.log10(np.mean(10 ** (levels[said] / 10.0))))
    kept = sound[first:last] * np.float32(10 ** (min(_LEVEL - level, _MOST_GAIN) / 20))
    kept = _limited(kept)
    fade = np.linspace(0.0, 1.0, int(_FADE * RATE), dtype=np.float32)
    kept[: fade.size] *= fade
    kept[-fade.size :] *= fade[::-1]
    whole = (kept * 32_767).astype(np.int16).tobytes()
    found = sounds.measured(whole, RATE)
    return Recording(wav(whole, RATE), found.seconds, first / RATE, found.silences)


def _limited(sound: sounds.Sound) -> sounds.Sound:
    """Bend what is too loud instead of cutting it off."""
    import numpy as np

    knee = _PEAK * 0.7
    over = np.abs(sound) > knee
    bent = sound.copy()
    room = _PEAK - knee
    loud = np.abs(sound[over]) - knee
    bent[over] = np.sign(sound[over]) * (knee + room * np.tanh(loud / room))
    return bent
