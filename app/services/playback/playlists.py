"""Reads and rewrites HLS playlists: every address goes through the station, DRM is refused.

https://datatracker.ietf.org/doc/html/rfc8216
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

from app.domain.errors import Refused, Unsupported

LARGEST: Final = 5_000_000
MOST_LINES: Final = 200_000
_URI: Final = re.compile(r'(?P<before>(?:^|[:,])URI=")(?P<uri>[^"]*)"')
_METHOD: Final = re.compile(r"(?:^|[:,])METHOD=([A-Z0-9-]+)")
_FIRST: Final = re.compile(r"^#EXT-X-MEDIA-SEQUENCE:[ ]*([0-9]{1,17})", re.MULTILINE)
_FORMAT: Final = re.compile(r'(?:^|[:,])KEYFORMAT="([^"]*)"')
_ENDINGS: Final = frozenset(
    ("m3u8", "ts", "mp4", "m4s", "m4v", "m4a", "aac", "mp3", "ac3", "ec3", "vtt", "webvtt", "key",
     "cmfv", "cmfa", "mpegts")
)  # fmt: skip


def is_playlist(start: bytes) -> bool:
    """Whether these first bytes begin a playlist."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#EXTM3U")


def check_open(text: str) -> None:
    """Raise `Refused` when a playlist is under DRM; plain AES-128 is none."""
    for line in text.splitlines():
        if not line.startswith(("#EXT-X-KEY", "#EXT-X-SESSION-KEY")):
            continue
        method = _METHOD.search(line)
        kept = _FORMAT.search(line)
        if method is not None and method[1] == "NONE":
            continue
        if method is None or method[1] != "AES-128":
            raise Refused("errors.stream_protected")
        if kept is not None and kept[1] != "identity":
            raise Refused("errors.stream_protected")


def rewrite(text: str, base: str, through: Callable[[str, str], str]) -> str:
    """Return the playlist with every address replaced by what `through` gives for it.

    `base` is where the playlist came from. `through` is told the address, and its place in the
    list: a number that stays its own however often the list is read, ``7x1`` for what stands
    beside the seventh. An address that is no web address is dropped with its line: a playlist
    may not open files of this machine.
    """
    check_open(text)
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Unsupported("errors.stream_unplayable")
    places = _Places(text)
    told = (_line(one, base, through, places) for one in lines)
    return "\n".join(line for line in told if line) + "\n"


def ending_of(address: str) -> str:
    """The ending of what an address names when it is one of streaming's, else ``ts``."""
    path = urlsplit(address).path
    ending = path.rpartition(".")[2].lower()
    return ending if ending in _ENDINGS else "ts"


class _Places:
    """Counts the addresses of a playlist, from the number its first part has in a live one."""

    def __init__(self, text: str) -> None:
        first = _FIRST.search(text)
        self._leads_on = "#EXT-X-STREAM-INF" in text  # to playlists, and not to parts
        self._next = 1 if first is None else 1 + int(first[1])
        self._beside = 0

    def of_line(self) -> str:
        place, self._next, self._beside = str(self._next), self._next + 1, 0
        return place

    def of_attribute(self) -> str:
        if self._leads_on:
            return self.of_line()
        self._beside += 1
        return f"{self._next}x{self._beside}"


def _line(line: str, base: str, through: Callable[[str, str], str], places: _Places) -> str:
    text = line.strip()
    if not text.startswith("#"):
        whole = _whole(text, base) if text else ""
        return through(whole, places.of_line()) if whole else ""
    if 'URI="' not in text:
        return text
    found = _URI.search(text)
    whole = _whole(found["uri"], base) if found is not None else ""
    if found is None or not whole:
        return ""
    name = through(whole, places.of_attribute())
    return f'{text[: found.start()]}{found["before"]}{name}"{text[found.end() :]}'


def _whole(address: str, base: str) -> str:
    try:
        whole = urljoin(base, address)
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return whole if good else ""
