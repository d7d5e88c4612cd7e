"""Walks Matroska and WebM: the list of its parts, its length, and its cues, wherever they lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from app.infra.containers.layout import HEAD, Layout, laid_out
from app.infra.containers.peek import Odd, Peek, worked
from app.infra.growing import Span

MAGIC: Final = b"\x1a\x45\xdf\xa3"
SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
SEEK_HEAD, INFO, TRACKS, CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B
TAGS, CHAPTERS, ATTACHMENTS = 0x1254C367, 0x1043A770, 0x1941A469
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_SEEK, _SEEK_ID, _SEEK_PLACE = 0x4DBB, 0x53AB, 0x53AC
_TRACK, _NUMBER, _TYPE = 0xAE, 0xD7, 0x83
_POINT, _TIME, _POSITIONS, _OF_TRACK, _PLACE, _WITHIN = 0xBB, 0xB3, 0xB7, 0xF7, 0xF1, 0xF0
MOST_ELEMENTS: Final = 64
MOST_CUES: Final = 200_000
LARGEST_PART: Final = 1024 * 1024
LARGEST_CUES: Final = 16 * 1024 * 1024
UNKNOWN: Final = -1


@dataclass(slots=True)
class _Parts:
    """What the top of the segment holds, and what its list says lies elsewhere."""

    start: int  # of the segment's content: places in it count from here
    end: int
    first_cluster: int | None = None
    scale: int = 1_000_000  # nanoseconds of a tick
    ticks: float | None = None
    video: int | None = None
    elsewhere: dict[int, int] = field(default_factory=dict)
    here: dict[int, tuple[int, int]] = field(default_factory=dict)  # body and end


def knows(start: bytes) -> bool:
    """Tell whether a file that begins so is of this kind."""
    return start.startswith(MAGIC)


async def walk(peek: Peek, _position: float = 0.0) -> Layout:
    """Return the layout; raises `Odd` and what parsers raise when the file lies."""
    parts = await _top(peek)
    for kind in (SEEK_HEAD, INFO, TRACKS, SEEK_HEAD):
        await _fetch(peek, parts, kind)
    seconds = parts.ticks * parts.scale / 1e9 if parts.ticks is not None else None
    first = parts.first_cluster if parts.first_cluster is not None else parts.start
    head = Span(0, first + HEAD)
    cues = await _cues(peek, parts)
    index = _index(parts, peek.size, cues)
    if cues is None:
        # Without cues a player reads through all of it to jump.
        return laid_out("matroska", peek.size, seconds, head, index, [(0.0, first)])
    body, end = cues
    content = await peek.some(body, end - body, index=True)
    keys, needs = await worked(len(content), read_cues, content, parts)
    return laid_out("matroska", peek.size, seconds, head, index, keys, needs)


def read_cues(content: bytes, parts: _Parts) -> tuple[list[tuple[float, int]], ...]:
    """Read the content of a ``Cues`` element: where players jump to, and what they need."""
    keys, needs = [], []
    tick = parts.scale / 1e9
    for count, (kind, body, end) in enumerate(children(content, 0, len(content))):
        if count >= MOST_CUES:
            raise Odd("too many cues")
        if kind != _POINT:
            continue
        found = _cue(content, body, end, parts.video)
        if found is not None:
            time, place, within = found
            keys.append((time * tick, parts.start + place))
            needs.append((time * tick, parts.start + place + within))
    return keys, needs


def children(content: bytes, place: int, end: int) -> list[tuple[int, int, int]]:
    """Return (kind, start of the body, end) of what lies side by side in these bytes."""
    found = []
    while place < end:
        kind, length, header = element(content, place)
        body = place + header
        if length == UNKNOWN or body + length > end:
            raise Odd("an element that does not fit")
        found.append((kind, body, body + length))
        place = body + length
    return found


def element(content: bytes, place: int) -> tuple[int, int, int]:
    """Return kind, length of the body (`UNKNOWN` when it is open) and length of the header."""
    wide = 9 - content[place].bit_length()
    if wide > 4:
        raise Odd("no kind")
    kind = int.from_bytes(content[place : place + wide], "big")
    first = content[place + wide]
    long = 9 - first.bit_length()
    if long > 8:
        raise Odd("no length")
    raw = content[place + wide : place + wide + long]
    if len(raw) < long:
        raise Odd("cut off")
    length = int.from_bytes(raw, "big") & ((1 << 7 * long) - 1)
    if length == (1 << 7 * long) - 1:
        length = UNKNOWN
    return kind, length, wide + long


async def _top(peek: Peek) -> _Parts:
    """Hop from element to element up to the first cluster."""
    start = await peek.head()
    _kind, length, header = element(start, 0)
    if length == UNKNOWN or header + length > len(start) - 12:
        raise Odd("no segment")
    place = header + length
    kind, length, header = element(start, place)
    if kind != SEGMENT:
        raise Odd("no segment")
    end = peek.size if length == UNKNOWN else min(peek.size, place + header + length)
    parts = _Parts(place + header, end)
    place += header
    for _ in range(MOST_ELEMENTS):
        if place + 2 > parts.end:
            break
        kind, length, header = element(await peek.some(place, 16) + bytes(16), 0)
        if kind == CLUSTER:
            parts.first_cluster = place
            break
        if length == UNKNOWN:
            raise Odd("an open element")
        parts.here.setdefault(kind, (place + header, place + header + length))
        place += header + length
    return parts


async def _fetch(peek: Peek, parts: _Parts, kind: int) -> None:
    """Read one part, from the top or from where the list says it is."""
    where = parts.here.pop(kind, None) or await _elsewhere(peek, parts, kind)
    if where is None:
        return
    body, end = where
    if end - body > LARGEST_PART:
        raise Odd("a large part")
    content = await peek.some(body, end - body)
    if kind == SEEK_HEAD:
        _read_list(content, parts)
    elif kind == INFO:
        _read_info(content, parts)
    else:
        _read_tracks(content, parts)


async def _elsewhere(peek: Peek, parts: _Parts, kind: int) -> tuple[int, int] | None:
    place = parts.elsewhere.pop(kind, None)
    if place is None or not parts.start <= place < peek.size - 2:
        return None
    found, length, header = element(await peek.some(place, 16) + bytes(16), 0)
    if found != kind or length == UNKNOWN or place + header + length > peek.size:
        raise Odd("something else where the list names a part")
    return place + header, place + header + length


async def _cues(peek: Peek, parts: _Parts) -> tuple[int, int] | None:
    where = parts.here.get(CUES)
    if where is None:
        place = parts.elsewhere.get(CUES)
        where = await _elsewhere(peek, parts, CUES)
        if where is not None and place is not None:
            parts.elsewhere[CUES] = place
    if where is not None and where[1] - where[0] > LARGEST_CUES:
        raise Odd("large cues")
    return where


def _index(parts: _Parts, size: int, cues: tuple[int, int] | None) -> Span | None:
    """What a player reads behind the film when it opens it: cues, and names and the like."""
    first = parts.first_cluster
    if cues is not None and first is not None and cues[0] < first:
        return Span(0, cues[1])
    kinds = (CUES, TAGS, CHAPTERS, ATTACHMENTS)
    behind = [parts.elsewhere[one] for one in kinds if one in parts.elsewhere]
    behind = [place for place in behind if first is not None and first < place < size]
    if behind and size - min(behind) <= LARGEST_CUES:
        return Span(min(behind), size)
    return Span(*cues) if cues is not None else None


def _read_list(content: bytes, parts: _Parts) -> None:
    for kind, body, end in children(content, 0, len(content))[:MOST_ELEMENTS]:
        if kind != _SEEK:
            continue
        told = {one: content[start:stop] for one, start, stop in children(content, body, end)}
        if _SEEK_ID in told and _SEEK_PLACE in told:
            named = int.from_bytes(told[_SEEK_ID][:4], "big")
            place = parts.start + int.from_bytes(told[_SEEK_PLACE][:8], "big")
            if named not in parts.here:
                parts.elsewhere.setdefault(named, place)


def _read_info(content: bytes, parts: _Parts) -> None:
    for kind, body, end in children(content, 0, len(content)):
        if kind == _SCALE:
            parts.scale = int.from_bytes(content[body:end][:8], "big") or 1_000_000
        elif kind == _DURATION and end - body in (4, 8):
            (parts.ticks,) = struct.unpack_from(">f" if end - body == 4 else ">d", content, body)


def _read_tracks(content: bytes, parts: _Parts) -> None:
    for kind, body, end in children(content, 0, len(content))[:MOST_ELEMENTS]:
        if kind != _TRACK or parts.video is not None:
            continue
        told = {one: content[start:stop] for one, start, stop in children(content, body, end)}
        if told.get(_TYPE) == b"\x01" and _NUMBER in told:
            parts.video = int.from_bytes(told[_NUMBER][:8], "big")


def _cue(content: bytes, body: int, end: int, video: int | None) -> tuple[int, int, int] | None:
    time = None
    found: tuple[int, int] | None = None
    for kind, start, stop in children(content, body, end):
        if kind == _TIME:
            time = int.from_bytes(content[start:stop][:8], "big")
        elif kind == _POSITIONS:
            told = {
                one: int.from_bytes(content[first:last][:8], "big")
                for one, first, last in children(content, start, stop)
            }
            if video in (None, told.get(_OF_TRACK)) and _PLACE in told:
                found = found or (told[_PLACE], told.get(_WITHIN, 0))
    return (time, *found) if time is not None and found is not None else None
