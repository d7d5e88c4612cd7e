"""Reads what a server says about a video of its own, and turns it into streams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from app.api import (
    Fields,
    HitKind,
    NotFound,
    Stream,
    StreamSubtitle,
    Unavailable,
    inside,
    language_code,
    number,
    objects,
    seconds,
    text,
    web_address,
)

TALLEST = 10_000
LONGEST_MAGNET = 8000
CONTAINERS = frozenset({"mp4", "webm", "ogv", "mkv", "mov", "avi", "flv"})
_MAGNET = re.compile(r"magnet:\?[!-~]*xt=urn:bt[im]h:[!-~]+")


def parse_streams(video: Fields, place: str, host: str) -> list[Stream]:
    """Return what a video plays: higher pictures first, torrents last.

    `NotFound` when it plays nothing, `Unavailable` when it is a broadcast not on the air.
    """
    if not isinstance(video.get("uuid") or video.get("shortUUID"), str):
        raise Unavailable("errors.bad_answer", host=host)
    about = _About(video, place)
    files = [one for one in objects(video.get("files")) if _plays(one)]
    playlists = list(objects(video.get("streamingPlaylists")))
    pieces = [one for playlist in playlists for one in objects(playlist.get("files"))]
    found = [
        *_files(files, about),
        *_playlists(playlists, about),
        *_files([one for one in pieces if _plays(one)], about),
    ]
    if not found and about.live:
        raise Unavailable("errors.not_on_air", host=host)
    if not found:
        raise NotFound("errors.server_has_not", host=host)
    torrents = [] if video.get("downloadEnabled") is False else _torrents(files or pieces, about)
    return [*_tallest_first(found), *_tallest_first(torrents)]


def with_subtitles(streams: Iterable[Stream], captions: object, place: str) -> list[Stream]:
    """Return the streams with the subtitles a server lists beside a video."""
    found = tuple(_subtitles(captions, place))
    return [
        one if one.kind is HitKind.TORRENT else replace(one, subtitles=found) for one in streams
    ]


class _About:
    """What all streams of a video share."""

    def __init__(self, video: Fields, place: str) -> None:
        spoken = language_code(inside(video, "language", "id"))
        self.languages = (spoken,) if spoken else ()
        self.title = text(video.get("name"), 500)
        self.live = video.get("isLive") is True
        self.duration = None if self.live else seconds(video.get("duration"))
        self.place = place

    def stream(self, url: str, kind: HitKind, height: int | None, size: int | None) -> Stream:
        """One of the streams."""
        ending = urlsplit(url).path.rpartition(".")[2].lower()
        return Stream(
            url=url,
            kind=kind,
            title=self.title,
            size=size,
            height=height,
            duration=self.duration,
            container=ending if kind is HitKind.FILE and ending in CONTAINERS else None,
            languages=self.languages,
            live=self.live,
        )


def _playlists(playlists: list[Fields], about: _About) -> Iterator[Stream]:
    for playlist in playlists:
        url = web_address(playlist.get("playlistUrl"), about.place)
        heights = [_height(one) or 0 for one in objects(playlist.get("files"))]
        if url:
            yield about.stream(url, HitKind.PLAYLIST, max(heights, default=0) or None, None)


def _files(files: list[Fields], about: _About) -> Iterator[Stream]:
    for file in files:
        url = web_address(file.get("fileUrl") or file.get("fileDownloadUrl"), about.place)
        if url:
            size = number(file.get("size")) or None
            yield about.stream(url, HitKind.FILE, _height(file), size)


def _torrents(files: list[Fields], about: _About) -> list[Stream]:
    """One torrent for each quality; a broadcast has none."""
    found = []
    for file in files if not about.live else ():
        link = _magnet(file.get("magnetUri")) or web_address(file.get("torrentUrl"), about.place)
        if link and _plays(file):
            size = number(file.get("size")) or None
            found.append(about.stream(link, HitKind.TORRENT, _height(file), size))
    return found


def _tallest_first(streams: Iterable[Stream]) -> list[Stream]:
    """Of two equally high ones a file comes before its playlist, and that before its pieces."""
    return sorted(streams, key=lambda stream: -(stream.height or 0))


def _plays(file: Fields) -> bool:
    """Whether a file is whole: newer servers keep sound and picture of a playlist apart."""
    apart = file.get("hasAudio") is False or file.get("hasVideo") is False
    return not apart and number(inside(file, "resolution", "id")) != 0


def _height(file: Fields) -> int | None:
    return number(inside(file, "resolution", "id"), TALLEST) or None


def _magnet(value: object) -> str:
    told = isinstance(value, str) and len(value) <= LONGEST_MAGNET and _MAGNET.fullmatch(value)
    return str(value) if told else ""


def _subtitles(captions: object, place: str) -> Iterator[StreamSubtitle]:
    for one in objects(captions):
        url = web_address(one.get("fileUrl") or one.get("captionPath"), place)
        if url:
            code = language_code(inside(one, "language", "id")) or ""
            yield StreamSubtitle(url, code, text(inside(one, "language", "label"), 100))
