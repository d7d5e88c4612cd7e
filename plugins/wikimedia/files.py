"""What a file of a wiki can be played as: itself, and the smaller ones made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.api import Fields, language_code, number, objects, seconds, text, web_address

TALLEST = 10_000
WIDELY_PLAYED = 2160
CONTAINERS: Mapping[str, str] = {
    "video/webm": "webm", "video/mp4": "mp4", "video/ogg": "ogv", "application/ogg": "ogv",
    "video/mpeg": "mpeg", "video/x-msvideo": "avi",
}  # fmt: skip
FIT_FOR_ALL = frozenset({"webm", "mp4", "ogv"})
PLAYLISTS = frozenset({"application/vnd.apple.mpegurl", "application/x-mpegurl"})


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the ways to play a file."""

    url: str
    container: str  # empty for a playlist
    height: int | None
    size: int | None = None
    original: bool = False

    @property
    def fit(self) -> bool:
        """Whether most players manage it."""
        return self.container in FIT_FOR_ALL and (self.height or 0) <= WIDELY_PLAYED


@dataclass(frozen=True, slots=True)
class Caption:
    """A subtitle of a file."""

    url: str
    language: str
    name: str


def copies(info: Fields, place: str) -> list[Copy]:
    """Return every way to play a file, best first.

    The original comes first where most players manage it, then what was made of it, from high to
    low; then an original that few players manage, and a playlist at the very end.
    """
    original = _original(info, place)
    found = {original.url: original} if original else {}
    for one in objects(info.get("derivatives")):
        copy = _copy(one, place)
        if copy is not None:
            found.setdefault(copy.url, copy)
    return sorted(found.values(), key=_rank)


def captions(info: Fields, place: str) -> Iterator[Caption]:
    """Yield the subtitles of a file."""
    for one in objects(info.get("timedtext")):
        url = web_address(one.get("src"), place)
        if url:
            code = language_code(one.get("srclang")) or ""
            yield Caption(url, code, text(one.get("label"), 100))


def duration(info: Fields) -> float | None:
    """Return the seconds a file plays."""
    return seconds(info.get("duration"))


def _original(info: Fields, place: str) -> Copy | None:
    container = CONTAINERS.get(text(info.get("mime"), 60).lower())
    url = web_address(info.get("url"), place)
    if not url or container is None:
        return None
    return Copy(url, container, _height(info), number(info.get("size")) or None, original=True)


def _copy(told: Fields, place: str) -> Copy | None:
    kind = text(told.get("type"), 100).partition(";")[0].strip().lower()
    url = web_address(told.get("src"), place)
    if not url or (kind not in CONTAINERS and kind not in PLAYLISTS):
        return None
    return Copy(url, CONTAINERS.get(kind, ""), _height(told))


def _height(told: Fields) -> int | None:
    return number(told.get("height"), TALLEST) or None


def _rank(copy: Copy) -> tuple[bool, bool, bool, int, bool]:
    lower = -(copy.height or 0)
    return (not copy.fit, not copy.original, not copy.container, lower, copy.container != "mp4")
