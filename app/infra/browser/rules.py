"""What a visit goes by: which requests are streams, which hosts are let through, what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from app.api.browsing import Caught
from app.api.searching import HitKind
from app.domain.errors import Refused

BLOCKED_HOSTS = Path(__file__).with_name("blocked.txt")
SHORT_SECONDS = 90.0
"""A playlist that ends sooner is a clip, not what somebody came for."""
SHORT_BYTES = 8_000_000
_FILES = (".mp4", ".mkv", ".webm", ".m4v", ".mov", ".avi", ".ogv", ".flv", ".wmv", ".mpg", ".mpeg")
_SEGMENTS = (".ts", ".m4s", ".m2ts", ".cmfv", ".cmfa", ".aac", ".vtt", ".key", ".init")
_SEGMENT_TYPES = ("video/mp2t", "video/iso.segment")
_UNTYPED = ("application/octet-stream", "binary/octet-stream")
_KEPT = frozenset({"referer", "origin", "user-agent", "cookie", "authorization"})
_LICENCE = re.compile(r"widevine|playready|fairplay|rightsmanager\.asmx", re.IGNORECASE)
_CALLS = ("xhr", "fetch", "other")
_LENGTH = re.compile(r"#EXTINF:\s*([0-9.]{1,12})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that may be the stream somebody came for. None: not known (yet)."""

    url: str
    kind: HitKind
    order: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    size: int | None = None  # bytes, as the server told
    master: bool = False  # a playlist of playlists
    seconds: float | None = None  # how long a finished playlist is

    @property
    def short(self) -> bool:
        """Whether it is a clip, or may be one."""
        if self.kind is HitKind.PLAYLIST:
            return self.seconds is not None and self.seconds < SHORT_SECONDS
        return self.size is None or self.size < SHORT_BYTES

    @property
    def caught(self) -> Caught:
        """It, as a plugin is told."""
        return Caught(self.url, self.kind, self.headers, self.content_type)


def web_address(url: str) -> tuple[str, int]:
    """Return host and port of a web address; `Refused` when it is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("errors.not_a_web_address")
    return plain_host(host), port or (443 if parts.scheme == "https" else 80)


def plain_host(host: str) -> str:
    """A host's name as it is compared: small letters, without a last dot, in ASCII."""
    name = host.lower().rstrip(".")
    try:
        return name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        return name


def is_local_name(host: str) -> bool:
    """Whether a name always means this machine, whatever a name server says."""
    return host == "localhost" or host.endswith(".localhost")


def stream_kind(url: str, content_type: str = "", resource: str = "") -> HitKind | None:
    """What a request is, by its address and what its answer calls itself; None: no stream."""
    path = _path(url)
    kind = content_type.partition(";")[0].strip().lower()
    if path is None or path.endswith(_SEGMENTS) or kind in _SEGMENT_TYPES or is_dash(url, kind):
        return None
    if "mpegurl" in kind or path.endswith((".m3u8", ".m3u")):
        return HitKind.PLAYLIST
    if kind.startswith("video/") or path.endswith(_FILES):
        return HitKind.FILE
    if resource == "media" and kind in _UNTYPED:
        return HitKind.FILE
    return None


def is_dash(url: str, content_type: str = "") -> bool:
    """Whether it is a DASH manifest: its pieces look like films and are none."""
    return "dash+xml" in content_type or (_path(url) or "").endswith(".mpd")


def asks_for_licence(url: str, resource: str) -> bool:
    """Whether a request fetches keys of a DRM system."""
    return resource in _CALLS and bool(_LICENCE.search(url.partition("?")[0]))


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers a server may want to see again."""
    return {
        name.lower(): value
        for name, value in headers.items()
        if name.lower() in _KEPT or name.lower().startswith("x-")
    }


def told_size(headers: Mapping[str, str]) -> int | None:
    """The size of the whole file an answer tells, also when it is only a part of it."""
    whole = headers.get("content-range", "").rpartition("/")[2].strip()
    told = whole if whole else headers.get("content-length", "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None


def read_playlist(candidate: Candidate, text: str) -> Candidate | None:
    """Return a playlist with what its text tells; None when it is no playlist at all."""
    if not text.lstrip("\ufeff \r\n\t").startswith("#EXTM3U"):
        return None
    if "#EXT-X-STREAM-INF" in text:
        return replace(candidate, master=True)
    if "#EXT-X-ENDLIST" not in text:
        return candidate
    return replace(candidate, seconds=sum(_number(one) for one in _LENGTH.findall(text)))


def best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sort: no clips, playlists before files, masters before variants, the largest, the first."""
    return sorted(
        candidates,
        key=lambda one: (
            one.short,
            one.kind is not HitKind.PLAYLIST,
            not one.master,
            -(one.size or 0) if one.kind is not HitKind.PLAYLIST else 0,
            one.order,
        ),
    )


def worth_telling(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what the best one makes useless: clips beside a film, variants of a master."""
    if not candidates:
        return []
    best = candidates[0]
    return [
        one
        for one in candidates
        if one.short == best.short
        and (one.master or not best.master or one.kind is not HitKind.PLAYLIST)
    ]


def read_blocked(path: Path = BLOCKED_HOSTS) -> frozenset[str]:
    """Read the list of advertising and tracking hosts. Blocking, one small file."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line)


def is_blocked(host: str, blocked: frozenset[str]) -> bool:
    """Whether a host, or a domain it belongs to, is on the list."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in blocked for start in range(len(labels)))


def _path(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path.lower() if parts.scheme in ("http", "https") else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
