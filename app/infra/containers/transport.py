"""Reads MPEG transport streams: no index, so the clock at the head and at the tail must do."""

from __future__ import annotations

from typing import Final

from app.infra.containers.layout import Layout, laid_out
from app.infra.containers.peek import Odd, Peek, worked
from app.infra.growing import Span

SYNC: Final = 0x47
HEAD: Final = 1024 * 1024
"""A player looks far into it before it believes to know all its tracks."""
TAIL: Final = 512 * 1024
LOOKED: Final = 256 * 1024
SEARCHED: Final = 64 * 1024
MOST_SEARCHES: Final = 10
CLOSE: Final = 4.0
"""Seconds before the place that is searched for at which it is found."""
_WRAP: Final = 1 << 33
_CLOCK: Final = 90_000
_VIDEO_AND_SOUND: Final = (*range(0xC0, 0xF0), 0xBD, 0xFD)


def knows(start: bytes) -> bool:
    """Tell whether a file that begins so is of this kind."""
    return _packets(start) is not None


async def walk(peek: Peek, position: float = 0.0) -> Layout:
    """Return the layout; raises `Odd` and what parsers raise when the file lies."""
    begin = await peek.some(0, LOOKED)
    first = await worked(len(begin), read_times, begin)
    place = max(0, peek.size - TAIL)
    ending = await peek.some(place, TAIL)
    last = await worked(len(ending), read_times, ending)
    if not first or not last:
        raise Odd("no clock")
    start = min(min(times) for times in first.values())
    ends = [_unwrapped(max(times), start) + _frame(times) for times in last.values()]
    seconds = (max(ends) - start) / _CLOCK
    points = await _search(peek, position, start, seconds)
    head, index = Span(0, HEAD), Span(place, peek.size)
    return laid_out("mpegts", peek.size, seconds, head, index, points)


async def _search(
    peek: Peek, position: float, start: int, seconds: float
) -> list[tuple[float, int]]:
    """Look at the clock in the middle of the film until the place of `position` is near.

    A player does the same when it jumps, and so needs much the same pieces.
    """
    points = [(0.0, 0), (seconds, peek.size)]
    if not CLOSE < position < seconds - CLOSE:
        return []
    for _ in range(MOST_SEARCHES):
        low = max(one for one in points if one[0] <= position)
        high = min(one for one in points if one[0] > position)
        share = (position - CLOSE / 2 - low[0]) / (high[0] - low[0])
        place = low[1] + int(max(0.02, min(0.98, share)) * (high[1] - low[1]))
        found = read_times(await peek.some(place, SEARCHED))
        times = [_unwrapped(min(one), start) for one in found.values()]
        if not times or high[1] - low[1] < SEARCHED:
            break
        second = (min(times) - start) / _CLOCK
        if not low[0] < second < high[0]:
            break
        points.append((second, place))
        if position - CLOSE <= second <= position:
            break
    return points[:1] + sorted(points[2:])


def read_times(content: bytes) -> dict[int, list[int]]:
    """Return the times (ticks of 90,000 a second) at which each stream shows something."""
    found: dict[int, list[int]] = {}
    shape = _packets(content)
    if shape is None:
        return found
    start, step = shape
    for place in range(start, len(content) - 187, step):
        if content[place] != SYNC or not content[place + 1] & 0x40:
            continue
        time = _time(content[place : place + 188])
        if time is not None:
            stream = (content[place + 1] & 0x1F) << 8 | content[place + 2]
            found.setdefault(stream, []).append(time)
    return found


def _packets(content: bytes) -> tuple[int, int] | None:
    """Where the first packet begins and how far it is to the next; None: no such stream."""
    for step in (188, 192):
        for start in range(min(step, max(0, len(content) - 5 * step))):
            if all(content[start + step * number] == SYNC for number in range(5)):
                return start, step
    return None


def _time(packet: bytes) -> int | None:
    control = packet[3] >> 4 & 3
    body = 4 + (1 + packet[4] if control & 2 else 0)
    if not control & 1 or body > 174 or packet[body : body + 3] != b"\0\0\1":
        return None
    if packet[body + 3] not in _VIDEO_AND_SOUND or not packet[body + 7] & 0x80:
        return None
    a, b, c, d, e = packet[body + 9 : body + 14]
    return (a >> 1 & 7) << 30 | b << 22 | (c >> 1) << 15 | d << 7 | e >> 1


def _unwrapped(time: int, start: int) -> int:
    """The clock runs for a day and begins again."""
    return time + _WRAP if time < start else time


def _frame(times: list[int]) -> int:
    """How long the last thing shown lasts: as most before it; sound comes several at a time."""
    rising = sorted(set(times))
    steps = sorted(after - before for before, after in zip(rising, rising[1:], strict=False))
    usual = steps[len(steps) // 2] if steps else 0
    return usual if usual <= _CLOCK // 10 else 0
