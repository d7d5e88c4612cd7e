"""Plays a score of `app.infra.music_bed`: soft sounds without anything sharp in them."""

from __future__ import annotations

import io
import wave
from typing import Final

import numpy as np
import numpy.typing as npt

from app.infra.music_notes import BASS, KICK, PAD, PLUCK, SHAKER, Note, Score

Sound = npt.NDArray[np.float32]

RATE: Final = 48_000
_TABLE: Final = 4_096
_FADE_IN, _FADE_OUT = 1.2, 2.5
_OVERLAP: Final = 0.9
"""Seconds a chord goes on into the next."""
_PEAK: Final = 0.84
"""1.5 dB below full."""
_LEVEL: Final = 0.1
"""-20 dB: what is heard on the average."""
_DETUNED: Final = 0.0022
_LOUD: Final = {PAD: 0.11, PLUCK: 0.2, BASS: 0.2, KICK: 0.3, SHAKER: 0.06}
_HIGHEST: Final = 5_500.0
"""Hertz: nothing a pad or a string has is above, so nothing hisses under a voice."""


def play(score: Score, seed: int) -> bytes:
    """Return the piece as a WAV file."""
    size = round(score.seconds * RATE)
    mixed = np.zeros((2, size), np.float32)
    band = _Band(score.bright, seed)
    for note in score.notes:
        at = round(note.start * RATE)
        made = band.sound(note)[:, : max(0, size - at)]
        mixed[:, at : at + made.shape[1]] += made * np.float32(note.strength * _LOUD[note.sound])
    return _written(_mastered(mixed))


class _Band:
    """The instruments; what was played once is kept."""

    def __init__(self, bright: float, seed: int) -> None:
        self._bright = bright
        self._chance = np.random.default_rng(seed)
        self._kept: dict[tuple[str, int, int, float], Sound] = {}
        self._room = self._echo()
        self._rooms: dict[int, npt.NDArray[np.complexfloating]] = {}

    def sound(self, note: Note) -> Sound:
        """Return a note in stereo, without its strength."""
        key = (note.sound, note.pitch, round(note.length * RATE), note.side)
        if key not in self._kept:
            self._kept[key] = self._made(note)
        return self._kept[key]

    def _made(self, note: Note) -> Sound:
        if note.sound == PAD:
            return self._pad(note)
        if note.sound == BASS:
            return self._bass(note)
        if note.sound == PLUCK:
            return self._wet(_placed(self._pluck(note.pitch), note.side), 0.45)
        if note.sound == KICK:
            return _placed(_kick(), 0.0)
        return self._wet(_placed(self._shaker(), note.side), 0.15)

    def _pad(self, note: Note) -> Sound:
        """Two voices a hair apart, one for each ear."""
        hertz = _hertz(note.pitch)
        table = _table(hertz, 1.7 - 0.5 * self._bright)
        count = round((note.length + _OVERLAP) * RATE)
        shape = _swell(count, 0.7, _OVERLAP)
        left = _cycle(table, hertz * (1 - _DETUNED), count)
        right = _cycle(table, hertz * (1 + _DETUNED), count)
        wide = 0.35 * note.side
        return np.stack((left * shape * (1 - wide), right * shape * (1 + wide))).astype(np.float32)

    def _bass(self, note: Note) -> Sound:
        hertz = _hertz(note.pitch)
        count = round((note.length + 0.3) * RATE)
        table = _table(hertz, 2.6)
        held: Sound = _cycle(table, hertz, count) * _swell(count, 0.06, 0.5)
        return _placed(held, 0.0)

    def _pluck(self, pitch: int) -> Sound:
        """A felt-soft string: high partials die first."""
        hertz = _hertz(pitch)
        time = np.arange(int(1.8 * RATE), dtype=np.float32) / np.float32(RATE)
        made = np.zeros_like(time)
        for partial in range(1, 7):
            if hertz * partial > _HIGHEST:
                break
            dies = np.exp(-time * np.float32(1.9 + 1.7 * partial))
            share = partial ** -(2.1 - 0.7 * self._bright)
            made += np.sin(np.float32(2 * np.pi * hertz * partial) * time) * dies * share
        made *= _swell(made.size, 0.006, 0.2)
        return made

    def _shaker(self) -> Sound:
        count = int(0.09 * RATE)
        noise = self._chance.standard_normal(count)
        spectrum = np.fft.rfft(noise)
        hertz = np.fft.rfftfreq(count, 1 / RATE)
        spectrum *= np.exp(-(((hertz - 4_200) / 1_600) ** 2))
        made: Sound = np.fft.irfft(spectrum, count).astype(np.float32)
        made *= _swell(count, 0.02, 0.06) / np.abs(made).max()
        return made

    def _echo(self) -> Sound:
        """A small hall: noise that dies away, another for each ear."""
        count = int(1.3 * RATE)
        time = np.arange(count) / RATE
        noise = self._chance.standard_normal((2, count)) * np.exp(-time * 4.5)
        spectrum = np.fft.rfft(noise)
        hertz = np.fft.rfftfreq(count, 1 / RATE)
        spectrum *= (hertz > 150) / (1 + (hertz / 2_200) ** 2)
        made: Sound = np.fft.irfft(spectrum, count).astype(np.float32)
        made[:, : int(0.012 * RATE)] = 0.0
        made /= np.sqrt(np.square(made).sum(axis=1, keepdims=True))
        return made

    def _wet(self, sound: Sound, share: float) -> Sound:
        count = sound.shape[1] + self._room.shape[1]
        size = 1 << (count - 1).bit_length()
        if size not in self._rooms:
            self._rooms[size] = np.fft.rfft(self._room, size)
        wet = np.fft.irfft(np.fft.rfft(sound, size) * self._rooms[size], size)
        made: Sound = (wet[:, :count] * share).astype(np.float32)
        made[:, : sound.shape[1]] += sound
        return made


def _hertz(pitch: int) -> float:
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def _table(hertz: float, steep: float) -> Sound:
    """One round of a tone with so many partials as are not too high."""
    phase = np.arange(_TABLE) * (2 * np.pi / _TABLE)
    made = np.zeros(_TABLE)
    for partial in range(1, 9):
        if hertz * partial > _HIGHEST:
            break
        made += np.sin(partial * phase + partial) * partial**-steep
    found: Sound = (made / np.abs(made).max()).astype(np.float32)
    return found


def _cycle(table: Sound, hertz: float, count: int) -> Sound:
    places = (np.arange(count) * (hertz * _TABLE / RATE)).astype(np.int64) & (_TABLE - 1)
    found: Sound = table[places]
    return found


def _swell(count: int, rises: float, falls: float) -> Sound:
    """A shape that rises and falls like half a wave, in so many seconds each."""
    shape = np.ones(count, np.float32)
    up, down = (min(int(part * RATE), count // 2) for part in (rises, falls))
    shape[:up] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, up, dtype=np.float32))
    shape[count - down :] = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, down, dtype=np.float32))
    return shape


def _kick() -> Sound:
    time = np.arange(int(0.3 * RATE)) / RATE
    phase = 2 * np.pi * (48 * time + 55 / 28 * (1 - np.exp(-28 * time)))
    return (np.sin(phase) * np.exp(-11 * time) * _swell(time.size, 0.004, 0.08)).astype(np.float32)


def _placed(sound: Sound, side: float) -> Sound:
    """One sound for two ears, equally loud wherever it is."""
    angle = (side + 1) * np.pi / 4
    ears = np.array([[np.cos(angle)], [np.sin(angle)]], np.float32)
    return (sound * ears * np.float32(2**0.5)).astype(np.float32)


def _mastered(mixed: Sound) -> Sound:
    """As loud as others, bent where it is too loud, soft at both ends."""
    mixed -= mixed.mean(axis=1, keepdims=True)
    level = float(np.sqrt(np.mean(np.square(mixed), dtype=np.float64)))
    mixed *= np.float32(_LEVEL / max(level, 1e-6))
    np.tanh(mixed / np.float32(_PEAK), out=mixed)
    mixed *= np.float32(_PEAK)
    size = mixed.shape[1]
    mixed *= _swell(size, min(_FADE_IN, size / RATE / 4), min(_FADE_OUT, size / RATE / 3))
    return mixed


def _written(mixed: Sound) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(2)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes((mixed.T * 32_767).astype("<i2").tobytes())
    return file.getvalue()
