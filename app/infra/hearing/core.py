"""The engine inside its worker process: one Whisper model, one stretch of sound at a time.

Stands on whisper.cpp's own functions, as `_pywhispercpp` hands them on. A wrong call here ends
the process; nothing but `app.infra.hearing.worker` imports this module.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

RATE: Final = 16_000
STRETCH: Final = 120
"""Seconds heard at a time: few enough to keep memory small, many enough to keep sentences whole."""
LOOK_BACK: Final = 15
"""Seconds at the end of a stretch in which the quietest place is looked for, to cut there."""
QUIET: Final = 2e-4
"""A stretch that is nowhere louder has nothing said in it; the model would dream something up."""
LONGEST_TEXT: Final = 2_000
_STEP: Final = RATE // 50
_UNSPACED: Final = frozenset(("zh", "ja", "th", "lo", "my", "km", "yue", "bo"))
"""Languages that leave no space between words: each sign is told for itself."""
_ERROR: Final = 4

Sound = np.ndarray[Any, np.dtype[np.float32]]
Piece = tuple[float, float, str]


class CannotLoad(Exception):  # noqa: N818 - says what happened, like its neighbours
    """The engine does not take the file; its own words."""


@dataclass(slots=True)
class Heard:
    """What was said in a stretch; seconds from its beginning."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[Piece] = field(default_factory=list)
    language: str = ""


class Ear:
    """A model. `beat` is called while it works."""

    def __init__(self, path: Path, threads: int, beat: Callable[[], None]) -> None:
        self._path, self._threads, self._beat = path, threads, beat
        self._lib: Any = None
        self._context: Any = None
        self._complaints: list[str] = []

    def load(self) -> None:
        """Bring it into memory; raises `CannotLoad`."""
        self._lib = importlib.import_module("_pywhispercpp")
        self._lib.whisper_log_set(self._complain)
        wish = self._lib.whisper_context_default_params()
        wish.use_gpu = False
        self._context = self._lib.whisper_init_from_file_with_params(os.fsencode(self._path), wish)
        # What it returns looks the same when it could not be loaded.
        if self._complaints:
            raise CannotLoad(self._complaints[0])

    def listen(self, sound: Sound, language: str | None) -> Heard:
        """Write down what is said; `language` None: find out which it is."""
        if not sound.size or float(np.abs(sound).max()) < QUIET:
            return Heard()
        lib = self._lib
        code = lib.whisper_full(self._context, self._wish(language), sound, sound.size)
        if code != 0:
            raise RuntimeError(f"whisper_full: {code}")
        found = Heard(language=lib.whisper_lang_str(lib.whisper_full_lang_id(self._context)))
        for number in range(lib.whisper_full_n_segments(self._context)):
            self._take(number, found)
        return found

    def knows(self, language: str) -> bool:
        """Whether it was taught this language."""
        if self._lib.whisper_lang_id(language) < 0:
            return False
        return language == "en" or bool(self._lib.whisper_is_multilingual(self._context))

    def _wish(self, language: str | None) -> Any:  # noqa: ANN401 - a type of the engine's own
        lib = self._lib
        wish = lib.whisper_full_default_params(
            lib.whisper_sampling_strategy.WHISPER_SAMPLING_GREEDY
        )
        wish.n_threads = self._threads
        wish.print_progress = False
        wish.token_timestamps = True
        wish.suppress_nst = True  # no "[music]"
        wish.n_max_text_ctx = 0  # told what was said before, it says it again and again in noise
        many = lib.whisper_is_multilingual(self._context)
        wish.language = language or ("" if many else "en")
        lib.assign_abort_callback(wish, self._go_on)
        return wish

    def _take(self, number: int, found: Heard) -> None:
        lib, context = self._lib, self._context
        text = _clean(lib.whisper_full_get_segment_text(context, number))
        if not text:
            return
        start = lib.whisper_full_get_segment_t0(context, number) / 100
        end = lib.whisper_full_get_segment_t1(context, number) / 100
        found.pieces.append((start, max(start, end), text))
        end_of_text = lib.whisper_token_eot(context)
        tokens = [
            lib.whisper_full_get_token_data(context, number, each)
            for each in range(lib.whisper_full_n_tokens(context, number))
        ]
        said = [
            (each.t0 / 100, each.t1 / 100, lib.whisper_token_to_bytes(context, each.id))
            for each in tokens
            if each.id < end_of_text
        ]
        found.words.extend(in_words(said, spaced=found.language not in _UNSPACED))

    def _go_on(self, *_args: object) -> bool:
        self._beat()
        return False

    def _complain(self, level: int, text: str) -> None:
        if level == _ERROR and len(self._complaints) < 5:
            self._complaints.append(text.strip()[:300])


def in_words(
    tokens: list[tuple[float, float, bytes]], *, spaced: bool
) -> Iterator[tuple[float, float, str]]:
    """Tokens put together to words: a space begins one, or any whole sign where none are used."""
    start, end, told = 0.0, 0.0, b""
    for begin, finish, data in tokens:
        fresh = data.startswith(b" ") or (not spaced and _whole(told))
        if told and fresh:
            if text := _clean(told):
                yield start, max(start, end), text
            told = b""
        if not told:
            start = begin
        told, end = told + data, finish
    if text := _clean(told):
        yield start, max(start, end), text


def cut(sound: Sound) -> int:
    """Where to cut a stretch that goes on: in the quietest moment near its end."""
    begin = max(0, sound.size - LOOK_BACK * RATE)
    steps = (sound.size - begin) // _STEP
    if steps < 3:
        return int(sound.size)
    tail = sound[begin : begin + steps * _STEP].reshape(steps, _STEP)
    loud = np.convolve((tail * tail).mean(axis=1), np.ones(5), mode="same")
    return int(begin + (int(loud.argmin()) * _STEP) + _STEP // 2)


def samples(data: bytes) -> Sound:
    """Sixteen-bit sound as the engine takes it."""
    return np.frombuffer(data, np.dtype("<i2")).astype(np.float32) / np.float32(32_768)


def _clean(data: bytes) -> str:
    text = data.decode("utf-8", "replace").replace("\ufffd", "")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_TEXT]


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
