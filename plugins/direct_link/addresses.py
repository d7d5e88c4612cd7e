"""Understands what was typed: a web address, a magnet link, a hash, or none of these."""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from plugins.direct_link.names import clean_name

LONGEST = 16_000
LARGEST = 1 << 50
"""More bytes than any real file has."""
_HASH = re.compile(r"(?i)[0-9a-f]{40}|[a-z2-7]{32}")
_TOPIC = re.compile(r"(?i)urn:(?:btih:([0-9a-f]{40}|[a-z2-7]{32})|btmh:1220([0-9a-f]{64}))")
_AT_HOME = (".local", ".lan", ".home", ".internal", ".localhost", ".home.arpa")


@dataclass(frozen=True, slots=True)
class Magnet:
    """A magnet link, or the hash one is made of."""

    link: str
    info_hash: str
    name: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address, as typed; it may hold a password or a key, which are the owner's own."""

    link: str = field(repr=False)
    host: str
    last: str  # the last part of its path, readable
    bare: bool  # there is neither a path nor a question: it is a site

    @property
    def at_home(self) -> bool:
        """Whether it lies in the owner's own network, as far as the name of its host tells."""
        host = self.host.partition("%")[0].rstrip(".")
        try:
            return not ipaddress.ip_address(host).is_global
        except ValueError:
            return "." not in host or host.endswith(_AT_HOME)


def read_typed(typed: str) -> Magnet | WebAddress | None:
    """Return what an address typed leads to; None when it is none of ours."""
    told = typed.strip().strip("<>\"'“”«»").strip()
    if not told or len(told) > LONGEST or not told.isprintable():
        return None
    if _HASH.fullmatch(told):
        hashed = _hexadecimal(told)
        return Magnet(f"magnet:?xt=urn:btih:{hashed}", hashed)
    scheme = told.partition(":")[0].lower()
    if scheme == "magnet":
        return read_magnet(told)
    return _web(told) if scheme in ("http", "https") else None


def read_magnet(link: str) -> Magnet | None:
    """Read a magnet link; None when it names no torrent."""
    told = link.strip().replace("&amp;", "&").replace(" ", "%20")
    if not told.lower().startswith("magnet:?") or len(told) > LONGEST or not told.isprintable():
        return None
    pairs = [(name.lower(), value) for name, value in parse_qsl(told[8:])]
    topics = [
        found
        for name, value in pairs
        if name.partition(".")[0] == "xt" and (found := _TOPIC.fullmatch(value))
    ]
    first = next((found for found in topics if found[1]), topics[0] if topics else None)
    if first is None:
        return None
    hashed = _hexadecimal(first[1]) if first[1] else first[2].lower()
    values = dict(reversed(pairs))  # of repeated ones the first counts
    return Magnet(told, hashed, clean_name(values.get("dn", "")), read_size(values.get("xl", "")))


def read_size(told: str) -> int | None:
    """Return a number of bytes; None for nothing, nonsense and more than any file has."""
    told = told.strip()
    if not (told.isascii() and told.isdigit()) or len(told) > 16:
        return None
    return int(told) if 0 < int(told) <= LARGEST else None


def _web(told: str) -> WebAddress | None:
    link = told.replace(" ", "%20")
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    if not host:
        return None
    last = unquote(parts.path.rpartition("/")[2], errors="replace")
    return WebAddress(link, host, last, bare=parts.path in ("", "/") and not parts.query)


def _hexadecimal(told: str) -> str:
    return told.lower() if len(told) == 40 else base64.b32decode(told.upper()).hex()
