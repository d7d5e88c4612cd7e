"""Reads HLS playlists strictly: sizes and counts bounded, web addresses only, DRM refused.

https://datatracker.ietf.org/doc/html/rfc8216
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from app.domain.errors import Refused, Unsupported
from app.infra.fetch.wire import split
from app.infra.growing import Span

LARGEST: Final = 5_000_000
MOST_LINES: Final = 400_000
MOST_SEGMENTS: Final = 50_000
MOST_VARIANTS: Final = 200
LONGEST: Final = 600.0
"""Seconds of one segment."""
_ATTRIBUTE: Final = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]*)(?:,|$)')
_RANGE: Final = re.compile(r"(\d{1,15})(?:@(\d{1,15}))?")
_IV: Final = re.compile(r"0[xX]([0-9a-fA-F]{1,32})")
_SIZE: Final = re.compile(r"(\d{1,5})x(\d{1,5})")
_NUMBER: Final = re.compile(r"\d{1,15}")


@dataclass(frozen=True, slots=True)
class Variant:
    """One quality of a stream."""

    url: str
    bandwidth: int = 0  # bits a second
    width: int = 0
    height: int = 0
    codecs: str = ""
    audio: str = ""  # the group its sound is in, when that comes apart
    subtitles: str = ""  # the group its subtitles are in

    @property
    def sound_only(self) -> bool:
        """Whether it holds sound only."""
        return not self.height and bool(self.codecs) and not _VIDEO.search(self.codecs)


@dataclass(frozen=True, slots=True)
class Rendition:
    """Sound or subtitles apart from the picture. Sound without an address is inside a variant."""

    group: str
    name: str
    language: str
    default: bool
    url: str
    forced: bool = False  # what must be read even with sound that is understood
    sounds: bool = False  # tells what is heard, too


@dataclass(frozen=True, slots=True)
class Master:
    """A playlist of playlists."""

    variants: tuple[Variant, ...]
    audio: tuple[Rendition, ...]
    subtitles: tuple[Rendition, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """How a segment is locked: AES-128 with the key at that address."""

    url: str
    iv: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes somewhere: a whole file or a stretch of it, perhaps locked."""

    url: str
    span: Span | None = None
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Some seconds of a stream. `head` is what must come before it: the head of an MP4."""

    piece: Piece
    seconds: float
    sequence: int
    head: Piece | None = None
    breaks: bool = False  # times and codecs begin anew with it
    missing: bool = False  # its server says that it has not got it


@dataclass(frozen=True, slots=True)
class Media:
    """A playlist of segments."""

    segments: tuple[Segment, ...]
    ended: bool
    target: float


_VIDEO: Final = re.compile(r"avc|hvc|hev|av01|vp0?[89]|dvh|mp4v", re.IGNORECASE)


def parse(text: str, base: str) -> Master | Media:
    """Read a playlist that came from `base`.

    Raises `Unsupported` when it is none, or made to hurt, and `Refused` when it is under DRM.
    """
    host = urlsplit(base).hostname or ""
    if not text.lstrip("\ufeff \r\n\t").startswith("#EXTM3U") or len(text) > LARGEST:
        raise Unsupported("errors.stream_unplayable", host=host)
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) > MOST_LINES:
        raise Unsupported("errors.stream_unplayable", host=host)
    check_open(lines)
    try:
        if any(line.startswith("#EXT-X-STREAM-INF:") for line in lines):
            return _master(lines, base)
        return _Reading(base).media(lines)
    except (ValueError, OverflowError, Refused) as error:
        raise Unsupported("errors.stream_unplayable", host=host) from error


def check_open(lines: list[str]) -> None:
    """Raise `Refused` when a playlist is under DRM; plain AES-128 is none."""
    for line in lines:
        if line.startswith(("#EXT-X-KEY:", "#EXT-X-SESSION-KEY:")):
            told = _attributes(line)
            method, kept = told.get("METHOD", ""), told.get("KEYFORMAT", "identity")
            if method != "NONE" and (method != "AES-128" or kept != "identity"):
                raise Refused("errors.stream_protected")


def best(variants: tuple[Variant, ...], height: int | None = None) -> Variant:
    """The variant of that height or the next lower one, else the lowest there is.

    Of one height the one with more bits. Where no height is told, it is the best.
    """
    fitting = [one for one in variants if height is None or 0 < one.height <= height]
    if not fitting:
        least = min((one.height for one in variants if one.height), default=0)
        fitting = [one for one in variants if one.height == least or not least]
    return max(fitting, key=lambda one: (not one.sound_only, one.height, one.bandwidth))


def sound(master: Master, variant: Variant, language: str = "") -> Rendition | None:
    """The sound that belongs to a variant and comes apart, None when it is inside."""
    group = [one for one in master.audio if one.group == variant.audio]
    if not group:
        return None
    chosen = max(
        group,
        key=lambda one: (bool(language) and one.language.startswith(language), one.default),
    )
    return chosen if chosen.url else None


def subtitles(master: Master, variant: Variant) -> tuple[Rendition, ...]:
    """The subtitles that belong to a variant, those first that are shown without being asked for.

    The same ones told for several groups count once.
    """
    group = [one for one in master.subtitles if one.url and one.group == variant.subtitles]
    ordered = sorted(group, key=lambda one: (not one.default, not one.forced))
    return tuple({one.url: one for one in reversed(ordered)}.values())[::-1]


def media_of(found: Master | Media, base: str) -> Media:
    """The playlist of segments that must be there. `Refused` when there is another of lists."""
    if isinstance(found, Master):
        raise Refused("errors.stream_unplayable", host=split(base).hostname or "")
    return found


def _master(lines: list[str], base: str) -> Master:
    variants: list[Variant] = []
    apart: dict[str, list[Rendition]] = {"AUDIO": [], "SUBTITLES": []}
    pending: dict[str, str] | None = None
    for line in lines:
        if line.startswith("#EXT-X-STREAM-INF:"):
            pending = _attributes(line)
        elif line.startswith("#EXT-X-MEDIA:"):
            told = _attributes(line)
            kind = apart.get(told.get("TYPE", ""))
            if kind is not None:
                kind.append(_rendition(told, base))
        elif line and not line.startswith("#") and pending is not None:
            variants.append(_variant(pending, _whole(line, base)))
            pending = None
    most = max(len(variants), *(len(kind) for kind in apart.values()))
    if not variants or most > MOST_VARIANTS:
        raise ValueError("no variants, or far too many")
    return Master(tuple(variants), tuple(apart["AUDIO"]), tuple(apart["SUBTITLES"]))


def _variant(told: dict[str, str], url: str) -> Variant:
    size = _SIZE.fullmatch(told.get("RESOLUTION", ""))
    bandwidth = told.get("AVERAGE-BANDWIDTH") or told.get("BANDWIDTH", "")
    return Variant(
        url,
        int(bandwidth) if _NUMBER.fullmatch(bandwidth) else 0,
        int(size[1]) if size else 0,
        int(size[2]) if size else 0,
        told.get("CODECS", ""),
        told.get("AUDIO", ""),
        told.get("SUBTITLES", ""),
    )


def _rendition(told: dict[str, str], base: str) -> Rendition:
    uri = told.get("URI", "")
    return Rendition(
        told.get("GROUP-ID", ""),
        told.get("NAME", ""),
        told.get("LANGUAGE", "").lower(),
        told.get("DEFAULT") == "YES",
        _whole(uri, base) if uri else "",
        told.get("FORCED") == "YES",
        "describes-music-and-sound" in told.get("CHARACTERISTICS", ""),
    )


class _Reading:
    """What holds for the segments still to come, while a playlist is read."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._made: list[Segment] = []
        self._seconds = 0.0
        self._span: tuple[int, int | None] | None = None
        self._ends: dict[str, int] = {}
        self._key: tuple[str, bytes | None] | None = None
        self._head: Piece | None = None
        self._breaks = self._missing = self._ended = False
        self._first = 0
        self._target = 0.0

    def media(self, lines: list[str]) -> Media:
        for line in lines:
            if line.startswith("#EXT"):
                self._tag(line)
            elif line and not line.startswith("#"):
                self._segment(line)
                if len(self._made) > MOST_SEGMENTS:
                    raise ValueError("far too many segments")
        if not self._made and self._ended:
            raise ValueError("nothing in it")
        return Media(tuple(self._made), self._ended, self._target or 6.0)

    def _tag(self, line: str) -> None:
        name, _colon, told = line.partition(":")
        match name:
            case "#EXTINF":
                self._seconds = _seconds(told.partition(",")[0])
            case "#EXT-X-TARGETDURATION":
                self._target = _seconds(told)
            case "#EXT-X-MEDIA-SEQUENCE":
                self._first = int(told) if _NUMBER.fullmatch(told.strip()) else 0
            case "#EXT-X-BYTERANGE":
                self._span = _span(told)
            case "#EXT-X-KEY":
                self._key = self._locked(_attributes(line))
            case "#EXT-X-MAP":
                self._head = self._piece_of_head(_attributes(line))
            case _:
                self._mark(name)

    def _mark(self, name: str) -> None:
        self._breaks = self._breaks or name == "#EXT-X-DISCONTINUITY"
        self._missing = self._missing or name == "#EXT-X-GAP"
        self._ended = self._ended or name == "#EXT-X-ENDLIST"

    def _segment(self, line: str) -> None:
        sequence = self._first + len(self._made)
        url = _whole(line, self._base)
        piece = Piece(url, self._place(url), self._key_for(sequence))
        self._made.append(
            Segment(piece, self._seconds, sequence, self._head, self._breaks, self._missing)
        )
        self._seconds, self._breaks, self._missing = 0.0, False, False

    def _place(self, url: str) -> Span | None:
        told, self._span = self._span, None
        if told is None:
            return None
        start = self._ends.get(url, 0) if told[1] is None else told[1]
        self._ends[url] = start + told[0]
        return Span(start, start + told[0])

    def _locked(self, told: dict[str, str]) -> tuple[str, bytes | None] | None:
        if told.get("METHOD") == "NONE":
            return None
        iv = _IV.fullmatch(told.get("IV", ""))
        url = _whole(told.get("URI", ""), self._base)
        return url, bytes.fromhex(iv[1].zfill(32)) if iv else None

    def _key_for(self, sequence: int) -> Key | None:
        if self._key is None:
            return None
        return Key(self._key[0], self._key[1] or sequence.to_bytes(16, "big"))

    def _piece_of_head(self, told: dict[str, str]) -> Piece:
        url = _whole(told.get("URI", ""), self._base)
        self._span = _span(told["BYTERANGE"]) if "BYTERANGE" in told else None
        key = self._key_for(self._first + len(self._made))
        return replace(Piece(url, key=key), span=self._place(url))


def _attributes(line: str) -> dict[str, str]:
    told = line.partition(":")[2]
    return {name: value.strip('"') for name, value in _ATTRIBUTE.findall(told)}


def _seconds(told: str) -> float:
    value = float(told)
    if not math.isfinite(value) or not 0 <= value <= LONGEST:
        raise ValueError("no length of a segment")
    return value


def _span(told: str) -> tuple[int, int | None]:
    found = _RANGE.fullmatch(told.strip())
    if found is None:
        raise ValueError("no stretch of a file")
    return int(found[1]), int(found[2]) if found[2] else None


def _whole(address: str, base: str) -> str:
    """The full address; `Refused` when it is no web address: nothing of this machine is opened."""
    if not address:
        raise ValueError("no address")
    whole = urljoin(base, address)
    split(whole)
    return whole
