"""The owner's own voice files in the form of Piper: what one is, and how it is told to speak.

A voice is a network (.onnx) and beside it what it wants to be fed (.onnx.json). Both are a
stranger's: nothing in them is believed before it was looked at, and the network is run only in
the worker, without network and files.
"""

from __future__ import annotations

import json
import math
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import InvalidInput, Unsupported
from app.infra.probe import open_regular
from app.infra.speech.languages import language_of
from app.runtime.children import Limits

LARGEST: Final = 500 * 10**6
LARGEST_TABLE: Final = 2 * 2**20
MOST_SYMBOLS: Final = 5_000
_VOICE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]{0,40}")
_SPARE: Final = 4 * 10**9
"""Bytes of address space beside the network: the runtime and its threads."""
_SLOWEST, _QUICKEST = 0.5, 2.5


@dataclass(frozen=True, slots=True)
class PiperFacts:
    """A voice file that was looked at. `symbols` are its numbers for each sign of speech."""

    path: Path
    name: str
    language: str
    rate: int
    espeak: str  # the engine's voice that pronounces for it; empty: it reads letters
    symbols: dict[str, list[int]]
    size: int
    speakers: int = 1
    scales: tuple[float, float, float] = (0.667, 1.0, 0.8)

    def limits(self) -> Limits:
        """What its process may have."""
        return Limits(memory=self.size * 4 + _SPARE, files=256, file_size=0)


def check(path: Path) -> PiperFacts:
    """Look at a voice file; blocks for some hundredths of a second.

    Raises `InvalidInput` ``errors.voice_file_missing`` or ``…_broken``, and `Unsupported`
    ``errors.voice_file_kind`` for one that is made for another way of pronouncing.
    """
    name = path.name
    try:
        with os.fdopen(open_regular(os.fsencode(path)), "rb") as network:
            size = os.fstat(network.fileno()).st_size
        beside = path.with_name(name + ".json")
        with os.fdopen(open_regular(os.fsencode(beside)), "rb") as file:
            text = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise InvalidInput("errors.voice_file_missing", name=name) from error
    if len(text) > LARGEST_TABLE or not 0 < size <= LARGEST:
        raise InvalidInput("errors.voice_file_broken", name=name)
    try:
        table = json.loads(text)
        return _facts(path, table, size)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InvalidInput("errors.voice_file_broken", name=name) from error


def order(facts: PiperFacts, text: str, speed: float) -> dict[str, Any]:
    """Return what the worker is told, to have a text said."""
    noise, length, width = facts.scales
    slow = length / min(max(speed, _SLOWEST), _QUICKEST)
    return {
        "do": "piper", "path": os.fsencode(facts.path).hex(), "text": text, "rate": facts.rate,
        "espeak": facts.espeak, "symbols": facts.symbols, "scales": [noise, slow, width],
        "speakers": facts.speakers, "threads": max(1, min(4, (os.cpu_count() or 2) - 1)),
    }  # fmt: skip


def _facts(path: Path, table: dict[str, Any], size: int) -> PiperFacts:
    kind = table.get("phoneme_type", "espeak")
    if kind not in ("espeak", "text"):
        raise Unsupported("errors.voice_file_kind", name=path.name)
    voice = str(table["espeak"]["voice"]) if kind == "espeak" else ""
    if kind == "espeak" and not _VOICE.fullmatch(voice):
        raise ValueError("no voice")
    symbols = _symbols(table["phoneme_id_map"])
    told = table.get("inference", {})
    scales = tuple(
        _number(told.get(key, usual), 0.0, 5.0)
        for key, usual in (("noise_scale", 0.667), ("length_scale", 1.0), ("noise_w", 0.8))
    )
    code = str(table.get("language", {}).get("code") or voice)
    name = str(table.get("dataset") or path.stem)
    shown = "".join(char for char in name if char.isprintable())[:60].replace("_", " ")
    return PiperFacts(
        path=path,
        name=f"{shown} ({code[:12]})" if code else shown,
        language=language_of(code),
        rate=int(_number(table["audio"]["sample_rate"], 8_000, 48_000)),
        espeak=voice,
        symbols=symbols,
        size=size,
        speakers=int(_number(table.get("num_speakers", 1), 1, 10_000)),
        scales=(scales[0], max(scales[1], 0.1), scales[2]),
    )


def _symbols(told: dict[str, Any]) -> dict[str, list[int]]:
    found = {
        str(sign): [int(_number(one, 0, 100_000)) for one in numbers]
        for sign, numbers in told.items()
    }
    if not 3 <= len(found) <= MOST_SYMBOLS or any(len(one) > 8 for one in found.values()):
        raise ValueError("no table of signs")
    for sign in "_^$":
        if not found[sign]:
            raise ValueError("a sign is missing")
    return found


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("no number")
    if not math.isfinite(value) or not low <= value <= high:
        raise ValueError("out of bounds")
    return float(value)
