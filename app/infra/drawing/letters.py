"""Which characters a font file can show: reads its character map, as OpenType writes it."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

LARGEST_TABLE = 4_000_000
Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=64)
def spans(path: str) -> Spans:
    """Return the ranges of characters of a font, first and last; none when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return _read(file)
    except (OSError, struct.error, ValueError):
        return ()


def shows(path: str, char: str) -> bool:
    """Whether a font has a picture of a character."""
    code, known = ord(char), spans(path)
    low, high = 0, len(known)
    while low < high:
        middle = (low + high) // 2
        if known[middle][1] < code:
            low = middle + 1
        else:
            high = middle
    return low < len(known) and known[low][0] <= code


def _read(file: object) -> Spans:
    start = 0
    if _bytes(file, 0, 4) == b"ttcf":  # several fonts in one file: the first speaks for all
        (start,) = struct.unpack(">I", _bytes(file, 12, 4))
    (count,) = struct.unpack(">H", _bytes(file, start + 4, 2))
    for place in range(min(count, 100)):
        tag, _sum, offset, length = struct.unpack(
            ">4sIII", _bytes(file, start + 12 + 16 * place, 16)
        )
        if tag == b"cmap":
            return _map(_bytes(file, offset, min(length, LARGEST_TABLE)))
    return ()


def _bytes(file: object, place: int, size: int) -> bytes:
    file.seek(place)  # type: ignore[attr-defined] # an open file, whatever its class
    data: bytes = file.read(size)  # type: ignore[attr-defined] # an open file
    if len(data) < size:
        raise ValueError(place)
    return data


def _map(table: bytes) -> Spans:
    """The best of the maps in a table: the one of all Unicode before that of its first plane."""
    (count,) = struct.unpack_from(">H", table, 2)
    offsets = {
        struct.unpack_from(">I", table, 8 + 8 * place)[0]
        for place in range(min(count, 40))
        if struct.unpack_from(">H", table, 4 + 8 * place)[0] in (0, 3)
    }
    found = {struct.unpack_from(">H", table, offset)[0]: offset for offset in offsets}
    if 12 in found:
        return _groups(table, found[12])
    return _segments(table, found[4]) if 4 in found else ()


def _groups(table: bytes, at: int) -> Spans:
    (count,) = struct.unpack_from(">I", table, at + 12)
    return tuple(
        struct.unpack_from(">II", table, at + 16 + 12 * place)
        for place in range(min(count, 60_000))
    )


def _segments(table: bytes, at: int) -> Spans:
    (twice,) = struct.unpack_from(">H", table, at + 6)
    count = twice // 2
    last = struct.unpack_from(f">{count}H", table, at + 14)
    first = struct.unpack_from(f">{count}H", table, at + 16 + twice)
    return tuple((low, high) for low, high in zip(first, last, strict=True) if low <= high < 0xFFFF)
