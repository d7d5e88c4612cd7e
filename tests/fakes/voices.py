"""Tiny voices in the form of Piper: real networks written in milliseconds, which hum.

Each number the network is fed becomes a short stretch of a tone that is as loud as the number.
"""

from __future__ import annotations

import json
import math
import struct
from array import array
from pathlib import Path
from typing import Any

RATE = 22_050
HOP = 512
"""Samples for each number."""
_FLOAT, _INT64 = 1, 7
_SIGNS = "_^$ !',.:;?abcdefhijklmnopqrstuvwxzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːθᵻ"


def piper_voice(folder: Path, name: str = "hum", **table: Any) -> Path:
    """Write a voice file and its table; returns the path of the voice."""
    path = folder / f"{name}.onnx"
    path.write_bytes(network())
    held: dict[str, Any] = {
        "audio": {"sample_rate": RATE, "quality": "low"},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US", "family": "en"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {sign: [number] for number, sign in enumerate(_SIGNS)},
        "num_symbols": len(_SIGNS),
        "num_speakers": 1,
        "dataset": "hum_test",
        **table,
    }
    path.with_name(path.name + ".json").write_text(json.dumps(held), "utf-8")
    return path


def network() -> bytes:
    """An ONNX file with the inputs and the output of Piper's networks."""
    tone = array("f", (math.sin(2 * math.pi * 220 * i / RATE) for i in range(HOP)))
    nodes = [
        _node("Cast", ["input"], "numbers", to=_FLOAT),
        _node("Unsqueeze", ["numbers", "last"], "apart"),
        _node("Mul", ["apart", "tone"], "sound"),
        _node("Gather", ["scales", "second"], "slowness", axis=0),
        _node("Mul", ["sound", "slowness"], "louder"),
        _node("Mul", ["louder", "quiet"], "softer"),
        _node("Reshape", ["softer", "shape"], "output"),
    ]
    kept = [
        _tensor("tone", _FLOAT, (1, 1, HOP), tone.tobytes()),
        _tensor("last", _INT64, (1,), struct.pack("<q", 2)),
        _tensor("second", _INT64, (), struct.pack("<q", 1)),
        _tensor("quiet", _FLOAT, (), struct.pack("<f", 0.01)),
        _tensor("shape", _INT64, (4,), struct.pack("<4q", 1, 1, 1, -1)),
    ]
    graph = b"".join(_part(1, node) for node in nodes) + _part(2, b"voice")
    graph += b"".join(_part(5, one) for one in kept)
    graph += _part(11, _value("input", _INT64, "B", "T"))
    graph += _part(11, _value("input_lengths", _INT64, "B"))
    graph += _part(11, _value("scales", _FLOAT, "S"))
    graph += _part(12, _value("output", _FLOAT, "A", "B", "C", "N"))
    return _count(1, 8) + _part(8, _count(2, 17)) + _part(7, graph)


def _node(kind: str, given: list[str], made: str, **numbers: int) -> bytes:
    parts = b"".join(_part(1, name.encode()) for name in given)
    for name, value in numbers.items():
        parts += _part(5, _part(1, name.encode()) + _count(3, value) + _count(20, 2))
    return parts + _part(2, made.encode()) + _part(4, kind.encode())


def _tensor(name: str, kind: int, shape: tuple[int, ...], data: bytes) -> bytes:
    dims = b"".join(_count(1, one) for one in shape)
    return dims + _count(2, kind) + _part(8, name.encode()) + _part(9, data)


def _value(name: str, kind: int, *dims: str) -> bytes:
    shape = b"".join(_part(1, _part(2, dim.encode())) for dim in dims)
    tensor = _part(1, _count(1, kind) + _part(2, shape))
    return _part(1, name.encode()) + _part(2, tensor)


def _part(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _count(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
