"""Reads XMLTV guides: what is on the channels of a list, today; pure, no input or output."""

from __future__ import annotations

import calendar
import json
import re
import time
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from app.api import Unavailable, iterate_xml, text
from plugins.live_tv.index import fold, guide_ids, guide_names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from plugins.live_tv.parsers import Channel

LARGEST = 200_000_000
BEFORE = 2 * 3600.0
AFTER = 24 * 3600.0
LONGEST_SHOW = 12 * 3600.0
"""What has no end is taken to be over by then."""
MOST_SHOWS = 1_000_000
MOST_OF_CHANNEL = 400
ELEMENTS_AT_ONCE = 2_000
TAGS = frozenset({"channel", "programme"})
GZIP = b"\x1f\x8b"
PIECE = 1 << 18
MOST_AT_ONCE = 1 << 23
STEEP_FROM, STEEPEST = 20_000_000, 200
"""From so many bytes on, what was packed to a 200th is no guide but something made to burst."""

_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*([+-]\d{4}|[A-Za-z]{1,5})?")
_ZONES = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "IST": 60, "WEST": 60, "CET": 60},
    **{"CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240},
    **{"CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420},
}
"""Minutes; the format allows names of zones."""

WORDS = {"en": ("Now: {}", "Next: {}"), "fr": ("En ce moment : {}", "Ensuite : {}")}

Show = tuple[float, float, str]
"""When something begins, when it ends, and what it is called."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What is on: by the ids of the guide, and under which folded names these are known."""

    shows: Mapping[str, tuple[Show, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def on(self, channel: Channel, now: float) -> tuple[Show | None, Show | None]:
        """Return what is on a channel now, and what comes next."""
        if not self.shows:
            return None, None
        known = (self.names.get(name, "") for name in guide_names(channel))
        for key in (*guide_ids(channel), *known):
            if shows := self.shows.get(key):
                after = bisect_right(shows, now, key=lambda show: show[0])
                current = shows[after - 1] if after else None
                if current is not None and current[1] <= now:
                    current = None
                return current, shows[after] if after < len(shows) else None
        return None, None


def unpacked(content: bytes, host: str, most: int = LARGEST) -> bytes:
    """Return a document that may come packed with gzip, unpacked bit by bit and bounded.

    One that breaks off is good up to there; several behind one another are one document.
    """
    if not content.startswith(GZIP):
        return content
    result = BytesIO()
    unpack, at, waiting = zlib.decompressobj(wbits=31), 0, b""
    try:
        while waiting or at < len(content):
            if not waiting:
                waiting = content[at : at + PIECE]
                at += len(waiting)
            result.write(unpack.decompress(waiting, MOST_AT_ONCE))
            waiting = unpack.unconsumed_tail
            size, read = result.tell(), at - len(waiting)
            if size > most or size > max(STEEP_FROM, read * STEEPEST):
                raise Unavailable("errors.answer_too_large", host=host, most=most)
            if unpack.eof:
                at, waiting = at - len(unpack.unused_data), b""
                unpack = zlib.decompressobj(wbits=31)
                if content[at : at + 2] != GZIP:
                    break
    except zlib.error as error:
        raise Unavailable("errors.bad_answer", host=host) from error
    return result.getvalue()


class GuideReader:
    """Reads a guide. `step` goes on for some elements, so that others get a turn between.

    Only programmes of channels whose ids or names are wanted are kept, of two hours before `now`
    to a day after it. A guide that breaks off is good up to there.
    """

    def __init__(
        self, content: bytes, ids: set[str], names: set[str], now: float, host: str
    ) -> None:
        self._elements = iterate_xml(content, TAGS, host)
        self._wanted_ids, self._wanted_names = ids, names
        self._now = now
        self._host = host
        self._names: dict[str, str] = {}
        self._keys: set[str] = set()
        self._shows: dict[str, list[tuple[float, float | None, str]]] = {}
        self._count = 0
        self._seen = False

    def step(self) -> bool:
        """Read on; False when the end is reached. `Unavailable` when it is no guide."""
        try:
            for _ in range(ELEMENTS_AT_ONCE):
                element = next(self._elements, None)
                if element is None or self._count >= MOST_SHOWS:
                    return self._end()
                self._read(element)
        except Unavailable:
            if not self._shows:
                raise
            return False
        return True

    def guide(self) -> Guide:
        """Return what was read, in order."""
        shows = {key: tuple(_ordered(found)) for key, found in self._shows.items()}
        names = {name: key for name, key in self._names.items() if key in shows}
        return Guide(shows, names)

    def _read(self, element: Element) -> None:
        self._seen = True
        if element.tag == "programme":
            self._programme(element)
            return
        key = element.get("id", "").strip().casefold()
        for name in element.findall("display-name"):
            folded = fold((name.text or "")[:500])
            if key and folded in self._wanted_names:
                self._names.setdefault(folded, key)
                self._keys.add(key)

    def _programme(self, element: Element) -> None:
        key = element.get("channel", "").strip().casefold()
        if key not in self._wanted_ids and key not in self._keys:
            return
        start, stop = moment(element.get("start", "")), moment(element.get("stop", ""))
        if start is None or start >= self._now + AFTER:
            return
        if (start + LONGEST_SHOW if stop is None else stop) <= self._now - BEFORE:
            return
        title = text(element.findtext("title"), 200)
        shows = self._shows.setdefault(key, [])
        if title and len(shows) < MOST_OF_CHANNEL:
            shows.append((start, stop, title))
            self._count += 1

    def _end(self) -> bool:
        if not self._seen:
            raise Unavailable("errors.bad_answer", host=self._host)
        return False


def told(now: Show | None, then: Show | None, language: str = "en") -> str:
    """Return what is on now and next in words, with the times of the clock on the wall."""
    words = WORDS.get(language, WORDS["en"])
    parts = []
    if now is not None:
        parts.append(words[0].format(f"{now[2]} ({_clock(now[0])}–{_clock(now[1])})"))
    if then is not None:
        parts.append(words[1].format(f"{then[2]} ({_clock(then[0])})"))
    return " · ".join(parts)


def packed(guide: Guide) -> bytes:
    """Return a guide as bytes to be kept; `lines_of` and `kept` read it again."""
    lines = [json.dumps([key, shows]) for key, shows in guide.shows.items()]
    lines.append(json.dumps(["", dict(guide.names)]))
    return zlib.compress("\n".join(lines).encode(), 3)


def kept(content: bytes) -> Guide | None:
    """Return a guide that was kept; None when it is not whole."""
    shows: dict[str, tuple[Show, ...]] = {}
    names: dict[str, str] = {}
    try:
        lines: Iterable[bytes] = BytesIO(zlib.decompress(content))
        for line in lines:
            key, value = json.loads(line)
            if key:
                shows[key] = tuple((float(a), float(b), str(c)) for a, b, c in value)
            else:
                names = {str(name): str(of) for name, of in value.items()}
    except (ValueError, TypeError, AttributeError, zlib.error):
        return None
    return Guide(shows, names)


def moment(told: str) -> float | None:
    """Return unix seconds of ``20220331180000 +0200``, of a part of it, or with a zone's name."""
    found = _TIME.match(told.strip()[:40])
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    numbers = (int(year), int(month or 1), int(day or 1))
    if not (1970 <= numbers[0] <= 2200 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31):
        return None
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    return float(calendar.timegm((*numbers, *clock)) - 60 * _offset(zone or ""))


def _offset(zone: str) -> int:
    """Minutes a zone is ahead of UTC; one that is not known is UTC, as the format says."""
    if zone[:1] in ("+", "-"):
        minutes = int(zone[1:3]) * 60 + int(zone[3:])
        return -minutes if zone[0] == "-" else minutes
    return _ZONES.get(zone.upper(), 0)


def _ordered(shows: list[tuple[float, float | None, str]]) -> Iterator[Show]:
    """In order, each beginning once; what has no end ends when the next begins."""
    shows.sort(key=lambda show: show[0])
    for place, (start, stop, title) in enumerate(shows):
        following = shows[place + 1][0] if place + 1 < len(shows) else start + LONGEST_SHOW
        if following > start:
            yield start, following if stop is None else stop, title


def _clock(stamp: float) -> str:
    return time.strftime("%H:%M", time.localtime(stamp))
