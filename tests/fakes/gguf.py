"""Tiny language models with random weights, written in milliseconds: real files, nonsense answers.

The architecture is Llama's; the vocabulary has a token for each byte and each printable letter,
so that any text can be read and any text can be written.
"""

from __future__ import annotations

import random
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}<|assistant|>"
)
_APART = 32
_NUMBER, _FLOAT, _FLAG, _TEXT, _LIST = 4, 6, 7, 8, 9
_WORDS = ("▁", *(chr(code) for code in range(33, 127)), "true", "false", '":', '"}', '{"')


@dataclass(frozen=True)
class Tiny:
    """What the model is like; `pairs` are further values of its head."""

    context: int = 2_048
    wide: int = 64
    layers: int = 2
    heads: int = 4
    inner: int = 128
    seed: int = 7
    architecture: str = "llama"
    template: str | None = TEMPLATE
    file_type: int = 0
    pairs: tuple[tuple[str, str], ...] = (("general.license", "mit"),)


def write(path: Path, tiny: Tiny = Tiny()) -> Path:  # noqa: B008 - a frozen value
    """Write the file and return its path."""
    path.write_bytes(encode(tiny))
    return path


def encode(tiny: Tiny = Tiny()) -> bytes:  # noqa: B008 - a frozen value
    """The whole file."""
    tensors = _tensors(tiny)
    head, data = bytearray(), bytearray()
    for name, shape, values in tensors:
        head += _text(name) + struct.pack("<I", len(shape))
        head += b"".join(struct.pack("<Q", each) for each in shape)
        head += struct.pack("<IQ", 0, len(data))
        data += values.tobytes()
        data += bytes(-len(data) % _APART)
    pairs = _pairs(tiny)
    start = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs) + head
    return start + bytes(-len(start) % _APART) + data


def tokens() -> tuple[list[str], list[int]]:
    """The vocabulary and the kind of each token: 1 a word, 2 unknown, 3 for control, 6 a byte."""
    special = ["<unk>", "<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"]
    names = [*special, *(f"<0x{number:02X}>" for number in range(256)), *_WORDS]
    kinds = [2, *([3] * (len(special) - 1)), *([6] * 256), *([1] * len(_WORDS))]
    return names, kinds


def _pairs(tiny: Tiny) -> list[bytes]:
    names, kinds = tokens()
    known, own = len(names) - len(_WORDS), tiny.architecture
    scores = [0.0] * 6 + [-1000.0] * (known - 6) + [-float(n + 1) for n in range(len(_WORDS))]
    found = [
        _pair("general.architecture", _TEXT, _text(own)),
        _pair("general.name", _TEXT, _text("Tiny Random")),
        _pair("general.file_type", _NUMBER, struct.pack("<I", tiny.file_type)),
        _pair("tokenizer.ggml.model", _TEXT, _text("llama")),
        _pair("tokenizer.ggml.pre", _TEXT, _text("default")),
        _list("tokenizer.ggml.tokens", _TEXT, [_text(name) for name in names]),
        _list("tokenizer.ggml.scores", _FLOAT, [struct.pack("<f", each) for each in scores]),
        _list("tokenizer.ggml.token_type", 5, [struct.pack("<i", each) for each in kinds]),
        _pair("tokenizer.ggml.add_bos_token", _FLAG, b"\x01"),
        _pair("tokenizer.ggml.add_space_prefix", _FLAG, b"\x00"),
        _pair(f"{own}.attention.layer_norm_rms_epsilon", _FLOAT, struct.pack("<f", 1e-5)),
    ]
    numbers = {
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        f"{own}.context_length": tiny.context,
        f"{own}.embedding_length": tiny.wide,
        f"{own}.block_count": tiny.layers,
        f"{own}.feed_forward_length": tiny.inner,
        f"{own}.attention.head_count": tiny.heads,
        f"{own}.attention.head_count_kv": tiny.heads,
        f"{own}.rope.dimension_count": tiny.wide // tiny.heads,
        f"{own}.vocab_size": len(names),
    }
    found += [_pair(key, _NUMBER, struct.pack("<I", each)) for key, each in numbers.items()]
    found += [_pair(key, _TEXT, _text(value)) for key, value in tiny.pairs]
    if tiny.template is not None:
        found.append(_pair("tokenizer.chat_template", _TEXT, _text(tiny.template)))
    return found


def _tensors(tiny: Tiny) -> list[tuple[str, tuple[int, ...], array[float]]]:
    chance = random.Random(tiny.seed)
    words, wide = len(tokens()[0]), tiny.wide

    def some(*shape: int) -> array[float]:
        count = 1
        for each in shape:
            count *= each
        # Drawing each number takes seconds in large models: a stretch is drawn and repeated.
        stretch = [chance.gauss(0, 0.3) for _ in range(min(count, 50_021))]
        return array("f", (stretch * (count // len(stretch) + 1))[:count])

    ones = array("f", [1.0] * wide)
    found = [("token_embd.weight", (wide, words), some(wide, words)),
             ("output_norm.weight", (wide,), ones),
             ("output.weight", (wide, words), some(wide, words))]  # fmt: skip
    for layer in range(tiny.layers):
        found += [(f"blk.{layer}.{name}_norm.weight", (wide,), ones) for name in ("attn", "ffn")]
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            found.append((f"blk.{layer}.{name}.weight", (wide, wide), some(wide, wide)))
        for name, shape in (("gate", (wide, tiny.inner)), ("up", (wide, tiny.inner)),
                            ("down", (tiny.inner, wide))):  # fmt: skip
            found.append((f"blk.{layer}.ffn_{name}.weight", shape, some(*shape)))
    return found


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _pair(key: str, kind: int, value: bytes) -> bytes:
    return _text(key) + struct.pack("<I", kind) + value


def _list(key: str, kind: int, values: Sequence[bytes]) -> bytes:
    return _pair(key, _LIST, struct.pack("<IQ", kind, len(values)) + b"".join(values))
