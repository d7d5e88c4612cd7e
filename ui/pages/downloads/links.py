"""Finds links worth downloading in what somebody typed, pasted or dropped. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST = 65_536
MOST = 100
MAGNET = "magnet:"
WEB = ("http://", "https://")
FILES = (
    ".torrent", ".m3u8", ".mkv", ".mp4", ".m4v", ".avi", ".mov", ".webm", ".ts", ".mpg", ".mpeg",
    ".wmv", ".flv", ".ogv", ".mp3", ".m4a", ".m4b", ".flac", ".ogg", ".opus", ".wav", ".iso",
    ".zip",
)  # fmt: skip
"""Endings by which an address is one of a file, not of a page to be read."""
_HASH = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[A-Za-z2-7]{32}")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was dropped: links, and the paths of .torrent files."""

    links: tuple[str, ...] = ()
    torrents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.torrents)


def links_in(text: str) -> tuple[str, ...]:
    """Every link in a text, each once; a bare info hash counts as the magnet link it stands for."""
    found: dict[str, None] = {}
    for word in text[:LONGEST].split():
        link = _link(word.strip("<>\"'"))
        if link:
            found[link] = None
    return tuple(found)[:MOST]


def is_offer(text: str) -> str:
    """The one link of a file in a clipboard's text, or nothing: pages and prose are left alone."""
    plain = text.strip()
    if not plain or len(plain) > LONGEST or len(plain.split()) != 1:
        return ""
    lower = plain.lower()
    if lower.startswith(MAGNET):
        return plain if "xt=urn:bt" in lower else ""
    if lower.startswith(WEB) and urlsplit_path(plain).lower().endswith(FILES):
        return plain
    return ""


def dropped(addresses: Iterable[str], text: str = "") -> Dropped:
    """Sort what was dropped: `addresses` as a file manager or a browser gives them."""
    links: dict[str, None] = {}
    torrents: dict[str, None] = {}
    for address in addresses:
        if address.lower().startswith("file:"):
            path = unquote(urlsplit_path(address), errors="surrogateescape")
            if path.lower().endswith(".torrent"):
                torrents[path] = None
        elif link := _link(address):
            links[link] = None
    if not links and not torrents:
        links = dict.fromkeys(links_in(text))
    return Dropped(tuple(links)[:MOST], tuple(torrents)[:MOST])


def name_of(link: str) -> str:
    """What a link calls itself, for people: the name in a magnet link, the end of an address."""
    if link.lower().startswith(MAGNET):
        try:
            names = parse_qs(link.partition("?")[2], max_num_fields=200).get("dn", [""])
        except ValueError:
            return "magnet"
        return names[0].strip()[:200] or "magnet"
    last = unquote(urlsplit_path(link)).rstrip("/").rpartition("/")[2]
    return last[:200] or link[:200]


def urlsplit_path(address: str) -> str:
    """The path of an address; nothing when it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _link(word: str) -> str:
    lower = word.lower()
    if lower.startswith((MAGNET, *WEB)):
        return word
    return f"magnet:?xt=urn:btih:{word}" if _HASH.fullmatch(word) else ""
