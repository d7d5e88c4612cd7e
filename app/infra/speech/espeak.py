"""The engine of the built-in voices inside its worker process: libespeak-ng, called directly.

The library keeps one state for the whole process and is under the GPL, so nothing but
`app.infra.speech.worker` imports this module. A wrong call here ends that process and no other.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

Mark = tuple[int, float, float]
"""Where in the text (characters) something stands that is said, its beginning and end (seconds)."""
LIBRARIES: Final = ("libespeak-ng.so.1", "libespeak-ng.so")
MOST_SECONDS: Final = 1_800
_RETRIEVAL, _NO_EXIT = 2, 0x8000  # sound is handed over; a failure does not end the process
_UTF8, _IPA = 1, 0x02
_RATE, _VOLUME, _PITCH, _RANGE, _GAP = 1, 2, 3, 4, 7
_LIST_END, _WORD = 0, 1
_FRAME: Final = 0.01
_QUIET: Final = 250
"""A frame that is nowhere louder (of 32,767) holds nothing."""
_PAUSE: Final = 0.12
"""Seconds of nothing after a word that are a pause; less is part of speaking."""


class _Event(ctypes.Structure):
    class _Id(ctypes.Union):
        _fields_ = [
            ("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8),
        ]  # fmt: skip

    _fields_ = [
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p), ("id", _Id),
    ]  # fmt: skip


class _Voice(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("languages", ctypes.POINTER(ctypes.c_char)),
        ("identifier", ctypes.c_char_p), ("gender", ctypes.c_ubyte), ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte), ("xx1", ctypes.c_ubyte), ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]  # fmt: skip


_Callback: Any = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is said: words in a minute, pitch and its range (0 to 100), gap in units of 10 ms."""

    rate: int
    pitch: int
    range: int
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """16-bit mono sound, and when each word the engine knows of is said."""

    rate: int
    pcm: bytes
    marks: tuple[Mark, ...]


class NoEngine(Exception):
    """The library is not installed, or has no data."""


class Engine:
    """One for each process."""

    def __init__(self, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._lib = _library(load)
        self._rate = int(self._lib.espeak_Initialize(_RETRIEVAL, 0, None, _NO_EXIT))
        if self._rate <= 0:
            raise NoEngine
        self._lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        self._lib.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def voices(self) -> list[tuple[str, str, str]]:
        """Return the languages it speaks: code, English name, and what `choose` calls it."""
        found = self._lib.espeak_ListVoices(None)
        listed: dict[str, tuple[str, str, str]] = {}
        index = 0
        while found[index]:
            voice = found[index].contents
            code = _text(ctypes.string_at(ctypes.addressof(voice.languages.contents) + 1))
            listed.setdefault(code, (code, _text(voice.name), _text(voice.identifier)))
            index += 1
        return list(listed.values())

    def choose(self, voice: str) -> bool:
        """Take a voice by its name, ``+`` a variant; False when there is none."""
        return bool(self._lib.espeak_SetVoiceByName(voice.encode()) == 0)

    def say(self, text: str, manner: Manner) -> Said:
        """Say a text as it stands: no signs in it are obeyed. `ValueError` when it never ends."""
        wanted = ((_RATE, manner.rate), (_PITCH, manner.pitch), (_RANGE, manner.range),
                  (_GAP, manner.gap), (_VOLUME, 80))  # fmt: skip
        for which, value in wanted:
            self._lib.espeak_SetParameter(which, value, 0)
        pcm, places = bytearray(), []

        def hear(samples: Any, count: int, events: Any) -> int:  # noqa: ANN401 - pointers of C
            if count > 0 and samples:
                pcm.extend(ctypes.string_at(samples, count * 2))
            index = 0
            while events[index].type != _LIST_END:
                event = events[index]
                if event.type == _WORD:
                    places.append((max(event.text_position - 1, 0), event.audio_position / 1000))
                index += 1
            return int(len(pcm) > MOST_SECONDS * self._rate * 2)

        kept = _Callback(hear)  # the engine holds no reference
        self._lib.espeak_SetSynthCallback(kept)
        data = text.encode("utf-8", "replace")
        self._lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        self._lib.espeak_Synchronize()
        if len(pcm) > MOST_SECONDS * self._rate * 2:
            raise ValueError("it does not end")
        sound = bytes(pcm)
        return Said(self._rate, sound, marks(sound, self._rate, places))

    def phonemes(self, text: str) -> str:
        """Return how a text is pronounced, in the letters of the IPA."""
        data = ctypes.create_string_buffer(text.encode("utf-8", "replace"))
        at = ctypes.c_void_p(ctypes.addressof(data))
        told: list[str] = []
        while at.value:
            part = self._lib.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _IPA)
            told.append(_text(part or b""))
        return " ".join(part.strip() for part in told if part.strip())


def marks(pcm: bytes, rate: int, places: list[tuple[int, float]]) -> tuple[Mark, ...]:
    """Give words an end: where the next begins, or before that where a pause begins."""
    samples = memoryview(pcm).cast("h")
    frame = max(1, int(rate * _FRAME))
    whole = len(samples) / rate
    found: list[Mark] = []
    for index, (place, start) in enumerate(places):
        follows = places[index + 1][1] if index + 1 < len(places) else whole
        first, end = int(start * rate), int(min(max(follows, start), whole) * rate)
        last = end
        while last - frame > first and max(map(abs, samples[last - frame : last])) < _QUIET:
            last -= frame
        pause = (end - last) / rate >= _PAUSE
        found.append((place, min(start, whole), (last if pause else end) / rate))
    return tuple(found)


def _library(load: Callable[[str], Any]) -> Any:  # noqa: ANN401 - a library of C
    for name in LIBRARIES:
        try:
            return load(name)
        except OSError:
            continue
    raise NoEngine


def _text(told: bytes) -> str:
    return told.decode("utf-8", "replace")
