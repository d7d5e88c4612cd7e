"""Looks into a Whisper model file (GGML): which one it is, whether it is whole, what it needs.

The file is a stranger's: each number has a ceiling, and the engine, which believes what it reads,
sees only files whose every part is where it should be.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import psutil

from app.domain.errors import InvalidInput, Unsupported
from app.infra.llm.gguf_names import FILE_TYPES, TENSOR_SIZES
from app.infra.probe import open_regular

MAGIC: Final = b"lmgg"
LEAST_WORDS: Final = 51_864
"""Tokens of the models that know English only; the others have one more, or two."""
MOST_WORDS: Final = 51_866
MOST_TENSORS: Final = 5_000
MOST_NAME: Final = 256
WORK_MEMORY: Final = 300 * 10**6
"""Bytes beside the weights: a stretch of sound, what is remembered of it, the engine."""
SHARE_OF_MEMORY: Final = 0.85
_HEAD: Final = struct.Struct("<4s11i")
_SIZES: Final = {4: "tiny", 6: "base", 12: "small", 24: "medium", 32: "large"}
_TURBO_LAYERS: Final = 4
_NEWEST_MELS: Final = 128


@dataclass(frozen=True, slots=True)
class WhisperFacts:
    """What a model file says of itself. `precision` is how its weights are kept: "F16", "Q5_1"."""

    path: Path
    bytes: int
    name: str
    english_only: bool
    precision: str

    @property
    def needs(self) -> int:
        """Bytes of memory it takes."""
        return self.bytes + self.bytes // 4 + WORK_MEMORY


def check(path: Path, memory: int | None = None) -> WhisperFacts:
    """Read the file's heads, and step over its weights; blocks for some hundredths of a second.

    `memory` is what the machine has in bytes; None: ask it. Raises `InvalidInput`
    ``errors.model_file_missing``, ``…_unreadable``, ``…_no_whisper`` (another kind of file),
    ``…_cut`` (shorter than it says), ``…_broken`` and `Unsupported` ``…_too_big``.
    """
    name = path.name
    try:
        with os.fdopen(open_regular(os.fsencode(path)), "rb") as file:
            facts = _Reader(file, path, os.fstat(file.fileno()).st_size).facts()
    except FileNotFoundError as error:
        raise InvalidInput("errors.model_file_missing", name=name) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise InvalidInput("errors.model_file_unreadable", name=name, why=why) from error
    have = psutil.virtual_memory().total if memory is None else memory
    if facts.needs > have * SHARE_OF_MEMORY:
        raise Unsupported("errors.model_file_too_big", name=name, needs=facts.needs, have=have)
    return facts


@dataclass(slots=True)
class _Reader:
    file: BinaryIO
    path: Path
    size: int
    _at: int = 0

    def facts(self) -> WhisperFacts:
        """Read it all."""
        head = self.file.read(_HEAD.size)
        self._at = len(head)
        if len(head) < _HEAD.size or head[:4] != MAGIC:
            raise InvalidInput("errors.model_file_no_whisper", name=self.path.name)
        _magic, words, *sizes, kind = _HEAD.unpack(head)
        self._weigh(words, sizes)
        bands, slots = self._numbers(2)
        if not (1 <= bands <= 1_000 and 1 <= slots <= 10_000):
            raise self._broken(f"{bands} bands of {slots}")
        self._skip(bands * slots * 4)
        self._words(words)
        self._tensors()
        layers, turbo = sizes[3], sizes[7] == _TURBO_LAYERS
        return WhisperFacts(
            self.path,
            self.size,
            _name(self.path, layers, turbo=turbo, mels=sizes[8]),
            words == LEAST_WORDS,
            FILE_TYPES.get(kind % 1_000, ""),
        )

    def _weigh(self, words: int, sizes: list[int]) -> None:
        """The numbers of the head: sizes and counts the engine asks memory for."""
        if not LEAST_WORDS <= words <= MOST_WORDS:
            raise self._broken(f"{words} words")
        (hears, wide, heads, layers, writes, text_wide, text_heads, text_layers, mels) = sizes
        fits = (
            hears == 1_500 and 1 <= writes <= 4_096 and wide == text_wide
            and 1 <= wide <= 8_192 and 1 <= heads <= 256 and wide % heads == 0
            and 1 <= text_heads <= 256 and wide % text_heads == 0
            and 1 <= layers <= 128 and 1 <= text_layers <= 128 and mels in (80, 128)
        )  # fmt: skip
        if not fits:
            raise self._broken("its sizes do not fit together")

    def _words(self, most: int) -> None:
        (count,) = self._numbers(1)
        if not 1 <= count <= most:
            raise self._broken(f"a list of {count} words")
        for _ in range(count):
            (length,) = self._numbers(1)
            if not 0 <= length <= MOST_NAME:
                raise self._broken(f"a word of {length} bytes")
            self._skip(length)

    def _tensors(self) -> None:
        """Step over the weights, to the very end of the file."""
        for _ in range(MOST_TENSORS):
            if self._at == self.size:
                return
            dimensions, length, kind = self._numbers(3)
            if not (1 <= dimensions <= 4 and 1 <= length <= MOST_NAME):
                raise self._broken(f"a part of {dimensions} dimensions")
            count = 1
            for each in self._numbers(dimensions):
                if not 1 <= each <= 2**24:
                    raise self._broken(f"a part {each} long")
                count *= each
            if kind not in TENSOR_SIZES:
                raise self._broken(f"weights of kind {kind}")
            block, size = TENSOR_SIZES[kind]
            self._skip(length + count // block * size)
        raise self._broken("too many parts")

    def _numbers(self, count: int) -> tuple[int, ...]:
        data = self.file.read(4 * count)
        self._at += len(data)
        if len(data) < 4 * count:
            raise self._cut()
        return struct.unpack(f"<{count}i", data)

    def _skip(self, count: int) -> None:
        self._at += count
        if self._at > self.size:
            raise self._cut()
        # Short ways are read, so that the buffer is kept; `seek` would throw it away.
        if count < 4_096:
            self.file.read(count)
        else:
            self.file.seek(count, os.SEEK_CUR)

    def _cut(self) -> InvalidInput:
        return InvalidInput("errors.model_file_cut", name=self.path.name, bytes=self.size)

    def _broken(self, why: str) -> InvalidInput:
        return InvalidInput("errors.model_file_broken", name=self.path.name, why=why)


def _name(path: Path, layers: int, *, turbo: bool, mels: int) -> str:
    """What the model is called; that of its file when it is none of the known ones."""
    size = _SIZES.get(layers, "")
    if not size:
        return path.stem
    newest = " v3" if size == "large" and mels == _NEWEST_MELS else ""
    return f"Whisper {size}{newest}{' turbo' if size == 'large' and turbo else ''}"
