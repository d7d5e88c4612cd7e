"""Looks into the head of a GGUF file: what model it is, whether it is whole, and what it needs.

The file is a stranger's. Nothing it counts is believed: each number has a ceiling, each text a
length, and the whole head a size; what is not kept is stepped over.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import psutil

from app.domain.errors import InvalidInput, Unsupported
from app.infra.llm.gguf_names import FILE_TYPES, NO_LANGUAGE, TENSOR_SIZES
from app.infra.probe import open_regular

MOST_HEAD: Final = 64 * 2**20
MOST_PAIRS: Final = 2_000
MOST_TENSORS: Final = 20_000
MOST_ITEMS: Final = 4_000_000
MOST_NAME: Final = 512
MOST_TEXT: Final = 256 * 2**10
"""Bytes of a text that is kept: a chat template is the longest."""
MOST_TEXT_OVER: Final = 2**20
USUAL_CONTEXT: Final = 2_048
LEAST_CONTEXT: Final = 1_024
WORK_MEMORY: Final = 500 * 10**6
"""Bytes the engine needs beside the weights and what it remembers of a conversation."""
SHARE_OF_MEMORY: Final = 0.85

_NUMBERS: Final[Mapping[int, str]] = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
_TEXT, _LIST = 8, 9
_KEPT: Final = (
    "general.", "tokenizer.chat_template", "tokenizer.ggml.model",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a model file says of itself. Texts may be empty; `license` is as the file names it."""

    path: Path
    bytes: int
    architecture: str
    name: str
    parameters: int  # numbers in the file; 0: it could not be counted
    quantisation: str  # such as "Q4_K_M"; empty when it is not told
    context: int  # tokens it was made for
    has_chat_template: bool
    license: str
    publisher: str
    token_memory: int  # bytes a remembered token takes

    def needs(self, context: int) -> int:
        """Bytes of memory it takes with so long a context."""
        return self.bytes + self.token_memory * context + WORK_MEMORY


def check(path: Path, memory: int | None = None) -> GgufFacts:
    """Read the head of the file and return what it says; blocks for some tenths of a second.

    `memory` is what the machine has in bytes; None: ask it. Raises `InvalidInput`
    ``errors.model_file_missing``, ``…_unreadable`` (not to be read), ``…_no_gguf``, ``…_cut``
    (shorter than it says), ``…_broken`` (its head makes no sense), ``…_no_language`` (for
    something else than text) and `Unsupported` ``…_too_big`` for this machine.
    """
    name = path.name
    try:
        with os.fdopen(open_regular(os.fsencode(path)), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = _Head(file, name, size)
            head.read()
    except FileNotFoundError as error:
        raise InvalidInput("errors.model_file_missing", name=name) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise InvalidInput("errors.model_file_unreadable", name=name, why=why) from error
    facts = _facts(path, size, head)
    have = psutil.virtual_memory().total if memory is None else memory
    if facts.needs(LEAST_CONTEXT) > have * SHARE_OF_MEMORY:
        needs = facts.needs(LEAST_CONTEXT)
        raise Unsupported("errors.model_file_too_big", name=name, needs=needs, have=have)
    return facts


def _facts(path: Path, size: int, head: _Head) -> GgufFacts:
    told = head.told
    architecture = head.text("general.architecture")
    if (
        architecture in NO_LANGUAGE
        or head.text("general.type") not in {"", "model"}
        or "tokenizer.ggml.model" not in told
    ):
        raise InvalidInput(
            "errors.model_file_no_language", name=path.name, architecture=architecture
        )
    return GgufFacts(
        path=path,
        bytes=size,
        architecture=architecture,
        name=head.text("general.name")[:200] or path.stem,
        parameters=head.parameters,
        quantisation=FILE_TYPES.get(head.number("general.file_type", -1), ""),
        context=head.number(f"{architecture}.context_length", USUAL_CONTEXT),
        has_chat_template=bool(head.text("tokenizer.chat_template")),
        license=(head.text("general.license.name") or head.text("general.license"))[:200],
        publisher=head.text("general.organization")[:200],
        token_memory=_token_memory(head, architecture),
    )


def _token_memory(head: _Head, architecture: str) -> int:
    """Keys and values of one token in all layers, two bytes each."""

    def of(name: str, usual: int = 0) -> int:
        return min(head.number(f"{architecture}.{name}", usual), 1_000_000)

    layers, heads = of("block_count"), max(of("attention.head_count", 1), 1)
    groups = of("attention.head_count_kv", heads)
    wide = of("embedding_length") // heads
    each = of("attention.key_length", wide) + of("attention.value_length", wide)
    return layers * groups * each * 2


@dataclass(slots=True)
class _Head:
    file: BinaryIO
    name: str
    size: int
    told: dict[str, Any] = field(default_factory=dict)
    parameters: int = 0
    _at: int = 0

    def read(self) -> None:
        """Read it all, and see whether the file is as long as it says."""
        if self._bytes(4, first=True) != b"GGUF":
            raise InvalidInput("errors.model_file_no_gguf", name=self.name)
        version = self._number("I")
        if version not in {2, 3}:  # 1 is of 2023; a strange one may be of the other byte order
            raise self._broken(f"version {version}")
        tensors, pairs = self._number("Q"), self._number("Q")
        if pairs > MOST_PAIRS or tensors > MOST_TENSORS:
            raise self._broken(f"{pairs} values, {tensors} tensors")
        for _ in range(pairs):
            self._pair()
        needed = 0
        for _ in range(tensors):
            needed = max(needed, self._tensor())
        apart = self.number("general.alignment", 32)
        if not 1 <= apart <= 65_536:
            raise self._broken(f"alignment {apart}")
        begin = (self._at + apart - 1) // apart * apart
        if begin + needed > self.size:
            raise self._cut()

    def text(self, key: str) -> str:
        """A text that was kept, or nothing."""
        value = self.told.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str, usual: int) -> int:
        """A whole number that was kept, the usual one when there is none that can be right."""
        value = self.told.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**40:
            return usual
        return value

    def _pair(self) -> None:
        key = self._text(MOST_NAME)
        kind = self._number("I")
        if kind == _LIST:
            self._list(key)
        elif kind == _TEXT:
            kept = key.startswith(_KEPT)
            value = self._text(MOST_TEXT if kept else MOST_TEXT_OVER, keep=kept)
            if kept:
                self.told[key] = value
        elif kind in _NUMBERS:
            self.told[key] = self._number(_NUMBERS[kind])
        else:
            raise self._broken(f"a value of kind {kind}")

    def _list(self, key: str) -> None:
        kind, count = self._number("I"), self._number("Q")
        if count > MOST_ITEMS:
            raise self._broken(f"a list of {count}")
        if kind == _TEXT:
            for _ in range(count):
                self._text(MOST_TEXT_OVER, keep=False)
            return
        if kind not in _NUMBERS:
            raise self._broken(f"a list of kind {kind}")
        letter = _NUMBERS[kind]
        if ".attention.head_count" in key and 0 < count <= 1_000:  # one for each layer
            values = [self._number(letter) for _ in range(count)]
            self.told[key] = max(values)
        else:
            self._skip(count * struct.calcsize(letter))

    def _tensor(self) -> int:
        """Count its numbers; return where it ends after the head."""
        self._text(MOST_NAME, keep=False)
        dimensions = self._number("I")
        if dimensions > 8:
            raise self._broken(f"a tensor of {dimensions} dimensions")
        count = 1
        for _ in range(dimensions):
            count *= self._number("Q")
        if count > 2**50:
            raise self._broken(f"a tensor of {count} numbers")
        kind, offset = self._number("I"), self._number("Q")
        self.parameters += count
        block, size = TENSOR_SIZES.get(kind, (1, 0))  # a kind of tomorrow: the engine will say
        end: int = offset + count // block * size
        return end

    def _text(self, most: int, *, keep: bool = True) -> str:
        length = self._number("Q")
        if length > most:
            raise self._broken(f"a text of {length} bytes")
        if keep:
            return self._bytes(length).decode("utf-8", "replace")
        self._skip(length)
        return ""

    def _number(self, letter: str) -> Any:  # noqa: ANN401 - an int, float or bool
        size = struct.calcsize(letter)
        return struct.unpack("<" + letter, self._bytes(size))[0]

    def _bytes(self, count: int, *, first: bool = False) -> bytes:
        self._step(count)
        found = self.file.read(count)
        if len(found) < count:
            if first:
                raise InvalidInput("errors.model_file_no_gguf", name=self.name)
            raise self._cut()
        return found

    def _skip(self, count: int) -> None:
        self._step(count)
        if self._at > self.size:
            raise self._cut()
        # Short ways are read, so that the buffer is kept; `seek` would throw it away.
        if count < 4_096:
            self.file.read(count)
        else:
            self.file.seek(count, os.SEEK_CUR)

    def _step(self, count: int) -> None:
        self._at += count
        if self._at > MOST_HEAD:
            raise self._broken("its head is far too long")

    def _cut(self) -> InvalidInput:
        return InvalidInput("errors.model_file_cut", name=self.name, bytes=self.size)

    def _broken(self, why: str) -> InvalidInput:
        return InvalidInput("errors.model_file_broken", name=self.name, why=why)
