"""Finds out what a link is: a torrent, one file of a web server, or a stream in pieces."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from app.domain.downloads import DownloadKind
from app.domain.errors import InvalidInput, Unavailable, Unsupported
from app.domain.filenames import safe_name
from app.infra.fetch.file_fetch import HASHES
from app.infra.http_stream import StreamClient
from app.infra.torrents.metadata import LARGEST, read_magnet, read_torrent

log = logging.getLogger(__name__)

LONGEST: Final = 8192
_PAGES: Final = ("text/html", "application/xhtml+xml")
_PLAYLIST: Final = b"#EXTM3U"
_TORRENT_TYPES: Final = ("application/x-bittorrent", "application/octet-stream+bittorrent")


@dataclass(frozen=True, slots=True)
class Link:
    """What somebody wants fetched. `identity` is the same for the same thing."""

    kind: DownloadKind
    link: str
    identity: str
    name: str
    content: bytes | None = None  # of a .torrent file
    headers: Mapping[str, str] = field(default_factory=dict)
    own_hosts: frozenset[str] = frozenset()


def of_torrent(content: bytes) -> Link:
    """A .torrent file. `InvalidInput` when it is none, or is made to hurt."""
    contents = read_torrent(content)
    link = f"magnet:?xt=urn:btih:{contents.info_hash}"
    return Link(DownloadKind.TORRENT, link, contents.info_hash, contents.name, content)


def of_magnet(link: str) -> Link:
    """A magnet link. `InvalidInput` when it is none."""
    name, info_hash = read_magnet(link)
    return Link(DownloadKind.TORRENT, link, info_hash, name or info_hash)


async def of_address(
    address: str, headers: Mapping[str, str] | None = None, own_hosts: frozenset[str] | None = None
) -> Link:
    """An address of the web; its first bytes tell what it is.

    A server that does not answer now is no failure: the ending says what it may be. Without
    `own_hosts` the owner typed it himself, and it may lie in his own network.
    """
    host = _host(address)
    hosts = frozenset({host}) if own_hosts is None else own_hosts
    sent = dict(headers or {})
    client = StreamClient(hosts)
    try:
        kind, content = await _look(client, address, sent)
    except Unavailable as error:
        log.info("%s does not tell yet what it is: %s", host, error)
        kind, content = _by_ending(address), None
    finally:
        await client.close()
    if content is not None:
        return of_torrent(content)
    if kind is DownloadKind.TORRENT:
        raise Unavailable("errors.server_offline", host=host)
    name = safe_name(unquote(urlsplit(address).path.rpartition("/")[2]), host)
    identity = hashlib.sha256(address.encode()).hexdigest()[:40]
    return Link(kind, address, identity, name, None, sent, hosts)


async def read(link: str | bytes) -> Link:
    """Whatever somebody gives: a magnet link, an address, or the content of a .torrent file."""
    if isinstance(link, bytes):
        return of_torrent(link)
    plain = link.strip()
    if not plain or len(plain) > LONGEST:
        raise InvalidInput("errors.not_a_link")
    if plain.lower().startswith("magnet:"):
        return of_magnet(plain)
    if plain.lower().startswith(("http://", "https://")):
        return await of_address(plain)
    raise InvalidInput("errors.not_a_link")


def checksum_of(link: str) -> tuple[str, str] | None:
    """What the owner, or whoever made the link, says the file is: ``…/film.mkv#sha256=9f86…``."""
    kind, _, digits = urlsplit(link).fragment.partition("=")
    known = kind.lower() in HASHES and re.fullmatch(r"[0-9A-Fa-f]{32,64}", digits) is not None
    return (kind.lower(), digits.lower()) if known else None


def _host(address: str) -> str:
    try:
        address.encode()
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError as error:
        raise InvalidInput("errors.not_a_link") from error
    if not good or not parts.hostname:
        raise InvalidInput("errors.not_a_link")
    return parts.hostname


def _by_ending(address: str) -> DownloadKind:
    path = urlsplit(address).path.lower()
    if path.endswith((".m3u8", ".m3u")):
        return DownloadKind.STREAM
    return DownloadKind.TORRENT if path.endswith(".torrent") else DownloadKind.FILE


async def _look(
    client: StreamClient, address: str, headers: Mapping[str, str]
) -> tuple[DownloadKind, bytes | None]:
    """The kind, and the content when it is a .torrent file."""
    async with client.open(address, {**headers, "Range": f"bytes=0-{LARGEST}"}) as response:
        if response.status_code >= 400:
            return _by_ending(address), None
        told = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        parts = response.aiter_raw()
        start = await anext(parts, b"")
        if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(_PLAYLIST) or "mpegurl" in told:
            return DownloadKind.STREAM, None
        if told in _PAGES:
            raise Unsupported("errors.stream_is_page", host=response.url.host)
        named = urlsplit(str(response.url)).path.lower().endswith(".torrent")
        if not (told in _TORRENT_TYPES or (named and start.startswith(b"d"))):
            return DownloadKind.FILE, None
        held = bytearray(start)
        async for part in parts:
            held += part
            if len(held) > LARGEST:
                raise InvalidInput("errors.torrent_too_large")
        return DownloadKind.TORRENT, bytes(held)
