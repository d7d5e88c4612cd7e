"""Scores a release from 0 to 100 by what its owner wants and this machine can play, and says why.

Pure arithmetic. Every point has its reason, as a key of ``search.why.`` with arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.release import Release
from app.domain.search import Fit, HitKind, Offer, Score, ScorePart, Verdict

HEIGHTS: Final = {
    "4320p": 4320, "2160p": 2160, "1440p": 1440, "1080p": 1080, "1080i": 1080, "900p": 900,
    "720p": 720, "720i": 720, "576p": 576, "576i": 576, "544p": 544, "540p": 540, "480p": 480,
    "480i": 480, "360p": 360, "240p": 240,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """What the owner wants. Heights are in pixels, 0 for no limit."""

    least_height: int = 0  # smaller pictures are hidden
    most_height: int = 2160  # larger ones are worth nothing more
    codec: str = ""  # "HEVC", "H.264", "AV1", or no preference
    languages: tuple[str, ...] = ()  # ISO 639-1, best first; empty: any
    only_languages: bool = False  # others are hidden
    hide_camera: bool = True
    largest: int = 0  # bytes; larger films are hidden


@dataclass(frozen=True, slots=True)
class Device:
    """What this machine plays well."""

    cores: int = 4
    hardware: frozenset[str] = frozenset()  # codecs its graphics decode


@dataclass(frozen=True, slots=True)
class History:
    """How often releases of a group turned out well, and badly."""

    good: int = 0
    bad: int = 0


MOST: Final = {
    "title": 20.0, "resolution": 18.0, "source": 12.0, "codec": 10.0, "audio": 6.0,
    "language": 12.0, "size": 7.0, "health": 10.0, "group": 5.0,
}  # fmt: skip
CAPS: Final = {Fit.EXACT: 100, Fit.LIKELY: 92, Fit.UNSURE: 55, Fit.WRONG: 20}
"""Nothing that may be something else is placed above what is certainly wanted."""

_TITLE: Final = {Fit.EXACT: 20.0, Fit.LIKELY: 15.0, Fit.UNSURE: 6.0, Fit.WRONG: 0.0}
_SOURCE: Final = {
    "BluRay": 11.0, "BDRip": 10.0, "BRRip": 9.0, "HD-DVD": 9.0, "WEB-DL": 11.0, "WEB": 10.0,
    "WEBRip": 10.0, "HDRip": 7.0, "HDTV": 8.0, "DVD": 7.0, "DVDRip": 6.0, "VOD": 8.0, "PDTV": 6.0,
    "SDTV": 5.0, "TVRip": 5.0, "SATRip": 5.0, "DVB": 6.0, "DSR": 5.0, "LaserDisc": 6.0,
    "VHSRip": 3.0, "CAM": 0.0, "Telesync": 0.0, "Telecine": 1.0, "Screener": 2.0, "R5": 2.0,
    "Workprint": 1.0, "PPV": 6.0,
}  # fmt: skip
_CODEC: Final = {
    "H.264": 10.0, "HEVC": 9.5, "AV1": 8.0, "VP9": 8.5, "VC-1": 7.0, "MPEG-2": 6.0, "Xvid": 5.0,
    "DivX": 5.0, "MPEG-4": 5.0, "VP8": 6.0, "Real": 2.0, "VVC": 1.0,
}  # fmt: skip
_CORES_FOR_2160: Final = {"HEVC": 6, "AV1": 8, "VP9": 6, "H.264": 4}
_AUDIO: Final = {
    "TrueHD": 6.0, "Atmos": 6.0, "DTS-HD MA": 6.0, "DTS:X": 6.0, "FLAC": 6.0, "PCM": 5.5,
    "DTS-HD": 5.5, "Dolby Digital Plus": 5.0, "DTS": 5.0, "Dolby Digital": 4.5, "Opus": 4.5,
    "AAC": 4.0, "Vorbis": 3.5, "ALAC": 6.0, "MP3": 2.5, "MP2": 2.0, "WMA": 2.0,
}  # fmt: skip
# Megabytes a minute that are well spent: from, to, and where it is far too much.
_WELL: Final = {
    2160: (60.0, 320.0, 900.0), 1440: (40.0, 180.0, 500.0), 1080: (22.0, 160.0, 400.0),
    720: (10.0, 80.0, 220.0), 480: (4.0, 40.0, 120.0),
}  # fmt: skip
_HEALTH: Final = (
    (0.0, 0.0), (1.0, 2.0), (3.0, 4.0), (10.0, 6.0), (40.0, 8.0), (150.0, 9.0), (400.0, 10.0)
)  # fmt: skip
# The share of the points by the share of the height that is wanted at most.
_PICTURE: Final = ((0.0, 0.05), (0.22, 0.28), (0.33, 0.52), (0.5, 0.86), (1.0, 1.0))


def score(
    release: Release,
    offer: Offer,
    verdict: Verdict,
    rules: Rules,
    device: Device,
    history: History = History(),  # noqa: B008 - frozen
) -> Score:
    """Return the points with their reasons."""
    height = height_of(release, offer)
    title = ScorePart("title", _TITLE[verdict.fit], MOST["title"], verdict.reason, verdict.args)
    mine = offer.item is not None
    parts = (
        title,
        _resolution(height, rules),
        _YOURS["source"] if mine else _source(*_made_from(release, offer)),
        _YOURS["codec"] if mine else _codec(release.video_codec, height, rules.codec, device),
        _YOURS["audio"] if mine else _audio(release.audio_codec),
        _language(offer.languages or release.languages, rules.languages),
        _part("size", 7.0, "here") if mine else _size(release, offer, height),
        _health(offer.kind, offer.seeders, mine=mine),
        _group(release.group, history),
    )
    total = round(sum(part.points for part in parts))
    return Score(max(0, min(total, CAPS[verdict.fit])), parts)


def height_of(release: Release, offer: Offer) -> int | None:
    """The height of the picture in pixels, as told by the source or by the name."""
    return offer.height or HEIGHTS.get(release.resolution or "")


def below_rules(release: Release, offer: Offer, rules: Rules) -> str | None:
    """Which rule of the owner an offer breaks, as a key of ``search.rule.``; None for none."""
    height = height_of(release, offer)
    if rules.least_height and height is not None and height < rules.least_height:
        return "search.rule.height"
    if rules.largest and offer.size is not None and offer.size > rules.largest:
        return "search.rule.size"
    spoken = offer.languages or release.languages
    wanted = set(rules.languages)
    if rules.only_languages and wanted and spoken and not wanted & set(spoken):
        return "search.rule.language"
    return None


def _part(name: str, points: float, reason: str, **args: object) -> ScorePart:
    return ScorePart(name, points, MOST[name], f"search.why.{reason}", args)


# The same few parts are asked for again and again: each is made once.


@lru_cache(maxsize=1024)
def _resolution(height: int | None, rules: Rules) -> ScorePart:
    if height is None:
        return _part("resolution", 8.0, "height_unknown")
    shown = f"{height}p"
    ceiling = rules.most_height or 2160
    if height > ceiling * 1.05:
        return _part("resolution", 12.0, "height_more", height=shown)
    points = 18.0 * _between(_PICTURE, min(1.0, height / ceiling))
    return _part("resolution", round(points, 1), "height", height=shown)


def _made_from(release: Release, offer: Offer) -> tuple[str | None, bool, str]:
    """What it was made from, whether it is that itself, and for a plain file who has it."""
    named = offer.kind not in (HitKind.TORRENT, HitKind.NZB)
    return release.source, release.remux, (offer.source_name or offer.source) if named else ""


@lru_cache(maxsize=1024)
def _source(source: str | None, remux: bool, archive: str) -> ScorePart:
    if remux:
        return _part("source", 12.0, "remux", source=source or "")
    if source is None:
        if not archive:
            return _part("source", 6.5, "source_unknown")
        return _part("source", 9.0, "from_archive", source=archive)
    return _part("source", _SOURCE.get(source, 6.0), "source", source=source)


@lru_cache(maxsize=1024)
def _codec(codec: str | None, height: int | None, preferred: str, device: Device) -> ScorePart:
    if codec is None:
        return _part("codec", 7.0, "codec_unknown")
    points = _CODEC.get(codec, 5.0)
    large = (height or 0) > 1440
    if large and codec not in device.hardware and device.cores < _CORES_FOR_2160.get(codec, 8):
        return _part("codec", 3.0, "codec_heavy", codec=codec)
    if preferred and codec == preferred:
        return _part("codec", 10.0, "codec_wanted", codec=codec)
    if preferred:
        points -= 2.0
    return _part("codec", points, "codec", codec=codec)


@lru_cache(maxsize=256)
def _audio(codec: str | None) -> ScorePart:
    if codec is None:
        return _part("audio", 3.5, "audio_unknown")
    return _part("audio", _AUDIO.get(codec, 3.0), "audio", codec=codec)


@lru_cache(maxsize=1024)
def _language(spoken: tuple[str, ...], languages: tuple[str, ...]) -> ScorePart:
    if not languages:
        return _part("language", 12.0, "language_any")
    if not spoken:
        return _part("language", 7.0, "language_unknown")
    for place, wanted in enumerate(languages):
        if wanted in spoken:
            return _part("language", max(8.0, 12.0 - 2.0 * place), "language", language=wanted)
    return _part("language", 0.0, "language_other", language=spoken[0])


def _size(release: Release, offer: Offer, height: int | None) -> ScorePart:
    minutes = _minutes(release, offer)
    if offer.size is None or minutes is None:
        return _part("size", 4.0, "size_unknown")
    rate = offer.size / 1e6 / minutes
    step = next((step for step in _WELL if (height or 720) >= step), 480)
    low, high, absurd = _WELL[step]
    if rate < low * 0.9:
        return _part("size", round(7.0 * max(0.15, rate / low), 1), "size_small", size=offer.size)
    if rate <= high:
        return _part("size", 7.0, "size_good", size=offer.size)
    points = 7.0 - 4.0 * min(1.0, (rate - high) / (absurd - high))
    return _part("size", round(points, 1), "size_large", size=offer.size)


def _between(steps: tuple[tuple[float, float], ...], at: float) -> float:
    """The value at a place on a line through these points; flat beyond its ends."""
    for (start, low), (end, high) in zip(steps, steps[1:], strict=False):
        if start <= at < end:
            return low + (high - low) * (at - start) / (end - start)
    return steps[-1][1] if at >= steps[-1][0] else steps[0][1]


def _minutes(release: Release, offer: Offer) -> float | None:
    if offer.duration:
        return max(1.0, offer.duration / 60)
    if release.number is not None or release.date is not None:
        return 42.0
    return None if release.season is not None else 105.0


@lru_cache(maxsize=4096)
def _health(kind: HitKind, seeders: int | None, *, mine: bool) -> ScorePart:
    if mine:
        return _part("health", 10.0, "here")
    if kind is HitKind.NZB:
        return _part("health", 4.0, "usenet")
    if kind is not HitKind.TORRENT:
        return _part("health", 10.0 if kind is not HitKind.ITEM else 9.5, "plays_at_once")
    if seeders is None:
        return _part("health", 3.0, "seeders_unknown")
    points = _between(_HEALTH, seeders)
    return _part("health", round(points, 1), "seeders", count=seeders)


@lru_cache(maxsize=4096)
def _group(group: str | None, history: History) -> ScorePart:
    if group is None:
        return _part("group", 3.0, "group_none")
    tried = history.good + history.bad
    if not tried:
        return _part("group", 3.0, "group_new", group=group)
    points = 5.0 * (history.good + 1.2) / (tried + 2.0)
    reason = "group_good" if history.good >= history.bad else "group_bad"
    return _part("group", round(points, 1), reason, group=group)


_YOURS: Final = {
    "source": _part("source", 12.0, "yours"),
    "codec": _part("codec", 10.0, "yours"),
    "audio": _part("audio", 5.0, "yours"),
}
"""What is in the library is judged no further."""
