"""Tiny Whisper models, written in a moment: real files that hear the same words in any sound.

The weights of the encoder are zero: the sound plays no part. Each place of the decoder points at
the token that is to be said there, so that the words, their times and the order are known.
"""

from __future__ import annotations

import random
import struct
from array import array
from dataclasses import dataclass
from pathlib import Path

MAGIC = 0x67676D6C
FRENCH = 6
"""Which of the languages it takes everything for."""
_ENGLISH_WORDS, _FIRST_WORD = 50_257, 220
_LENGTH = 2.0
LAST_PART = 12 + 4 + len("decoder.blocks.0.mlp.2.bias") + 4 * 64
"""Bytes of the last of its parts."""


@dataclass(frozen=True)
class Tiny:
    """What the model is like: it says `words` in every stretch of `seconds` seconds."""

    words: tuple[str, ...] = (" Hello", " wor", "ld.")
    seconds: float = _LENGTH
    wide: int = 64
    layers: int = 1
    multilingual: bool = True

    @property
    def vocabulary(self) -> int:
        """Tokens, with those for languages and times."""
        return 51_865 if self.multilingual else 51_864


def write(path: Path, tiny: Tiny = Tiny()) -> Path:  # noqa: B008 - a frozen value
    """Write the file and return its path."""
    path.write_bytes(encode(tiny))
    return path


def encode(tiny: Tiny = Tiny()) -> bytes:  # noqa: B008 - a frozen value
    """The whole file."""
    heads, mels, context = 2, 80, 448
    numbers = (
        tiny.vocabulary, 1_500, tiny.wide, heads, tiny.layers, context, tiny.wide, heads,
        tiny.layers, mels, 1,
    )  # fmt: skip
    parts = [struct.pack("<I11i", MAGIC, *numbers), struct.pack("<2i", mels, 201)]
    parts.append(array("f", [0.01] * (mels * 201)).tobytes())
    parts.append(_words(tiny))
    said, places = _speech(tiny, context)
    wide = tiny.wide
    for side, long in (("encoder", 1_500), ("decoder", context)):
        if side == "encoder":
            parts.append(_tensor("encoder.positional_embedding", (wide, long), None))
            parts.append(_tensor("encoder.conv1.weight", (3, mels, wide), None, half=True))
            parts.append(_tensor("encoder.conv1.bias", (1, wide), None))
            parts.append(_tensor("encoder.conv2.weight", (3, wide, wide), None, half=True))
            parts.append(_tensor("encoder.conv2.bias", (1, wide), None))
            parts += _norm("encoder.ln_post", wide)
        else:
            parts.append(_tensor("decoder.positional_embedding", (wide, long), places))
            parts.append(
                _tensor("decoder.token_embedding.weight", (wide, tiny.vocabulary), said, half=True)
            )
            parts += _norm("decoder.ln", wide)
        for layer in range(tiny.layers):
            parts += _block(f"{side}.blocks.{layer}", wide, crossing=side == "decoder")
    return b"".join(parts)


def _words(tiny: Tiny) -> bytes:
    names = [f" w{number}".encode() for number in range(_ENGLISH_WORDS)]
    names[_FIRST_WORD] = b" "  # the engine looks for it
    for number, word in enumerate(tiny.words):
        names[_FIRST_WORD + 1 + number] = word.encode()
    listed = b"".join(struct.pack("<I", len(name)) + name for name in names)
    return struct.pack("<i", len(names)) + listed


def _speech(tiny: Tiny, context: int) -> tuple[array[float], array[float]]:
    """The directions of tokens, and of the places they stand at."""
    chance = random.Random(7)
    more = 1 if tiny.multilingual else 0
    end, start = 50_256 + more, 50_257 + more
    begin = 50_363 + more  # the time 0
    first = 3 if tiny.multilingual else 1  # start, language, task; or start alone
    order = [begin, *range(_FIRST_WORD + 1, _FIRST_WORD + 1 + len(tiny.words))]
    order += [begin + round(tiny.seconds / 0.02), end]
    said = array("f", bytes(4 * tiny.wide * tiny.vocabulary))
    places = array("f", bytes(4 * tiny.wide * context))

    def point(token: int, place: int) -> None:
        way = [chance.choice((-1.0, 1.0)) for _ in range(tiny.wide // 2)]
        way += [-each for each in way]  # no mean: the norm takes none away
        at, there = token * tiny.wide, place * tiny.wide
        said[at : at + tiny.wide] = array("f", [each * 0.4 for each in way])
        places[there : there + tiny.wide] = array("f", [each * 40 for each in way])

    if tiny.multilingual:
        point(start + 1 + FRENCH, 0)
    for number, token in enumerate(order):
        point(token, first - 1 + number)
    for place in range(first - 1 + len(order), context):
        places[place * tiny.wide : (place + 1) * tiny.wide] = places[
            (first - 2 + len(order)) * tiny.wide : (first - 1 + len(order)) * tiny.wide
        ]
    return said, places


def _block(name: str, wide: int, *, crossing: bool) -> list[bytes]:
    found = _norm(f"{name}.attn_ln", wide) + _norm(f"{name}.mlp_ln", wide)
    kinds = ["attn", *(["cross_attn"] if crossing else [])]
    if crossing:
        found += _norm(f"{name}.cross_attn_ln", wide)
    for kind in kinds:
        for part in ("query", "key", "value", "out"):
            found.append(_tensor(f"{name}.{kind}.{part}.weight", (wide, wide), None, half=True))
            if part != "key":
                found.append(_tensor(f"{name}.{kind}.{part}.bias", (wide,), None))
    for part, shape in (("0", (wide, 4 * wide)), ("2", (4 * wide, wide))):
        found.append(_tensor(f"{name}.mlp.{part}.weight", shape, None, half=True))
        found.append(_tensor(f"{name}.mlp.{part}.bias", (shape[1],), None))
    return found


def _norm(name: str, wide: int) -> list[bytes]:
    ones = array("f", [1.0] * wide)
    return [_tensor(f"{name}.weight", (wide,), ones), _tensor(f"{name}.bias", (wide,), None)]


def _tensor(
    name: str, shape: tuple[int, ...], values: array[float] | None, *, half: bool = False
) -> bytes:
    """One tensor; no values: zeros."""
    count = 1
    for each in shape:
        count *= each
    if values is None:
        data = bytes(count * (2 if half else 4))
    elif half:
        data = struct.pack(f"<{count}e", *values)
    else:
        data = values.tobytes()
    told = name.encode()
    head = struct.pack("<3i", len(shape), len(told), int(half))
    return head + struct.pack(f"<{len(shape)}i", *shape) + told + data
