"""Plays a torrent that was found: it becomes a download, and is watched while it loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.domain.downloads import DownloadFile, DownloadId, DownloadKind
from app.domain.errors import InvalidInput
from app.services.downloads import links
from app.services.downloads.engines import Engines
from app.services.downloads.links import Link
from app.services.downloads.playing import DownloadWays, Theatre
from app.services.downloads.service import DownloadsService
from app.services.playback.tickets import Ways

ORIGIN: Final = "search"
SECONDS: Final = 45.0
"""So long peers have to tell what a magnet link holds, before another place is tried."""


class TorrentPlayer:
    """Implements `PlaysTorrents` of searching."""

    def __init__(self, downloads: DownloadsService, engines: Engines, theatre: Theatre) -> None:
        self._downloads = downloads
        self._engines = engines
        self._theatre = theatre

    async def begin(
        self,
        link: str,
        content: bytes,
        name: str,
        own_hosts: frozenset[str],
        check: Callable[[Sequence[DownloadFile]], None],
    ) -> Ways:
        """Begin to load it, once `check` has nothing against its files."""
        told = await self._link(link, content, own_hosts)
        found, told = await self._engines.contents(told, SECONDS)
        check(found.files)
        try:
            number = await self._downloads.add(told, name=name, origin=ORIGIN)
        except InvalidInput as error:
            known = error.args_map.get("id")
            if error.key != "errors.download_known" or not isinstance(known, str):
                raise
            number = DownloadId(known)
        return DownloadWays(self._theatre, number, None)

    async def _link(self, link: str, content: bytes, own_hosts: frozenset[str]) -> Link:
        told = await link_of(link, content, own_hosts)
        if told.kind is not DownloadKind.TORRENT:
            raise InvalidInput("errors.not_a_torrent")
        return told


async def link_of(
    link: str,
    content: bytes,
    own_hosts: frozenset[str],
    headers: Mapping[str, str] | None = None,
) -> Link:
    """What a source offers, as a link to add: the content of a .torrent file, or an address.

    An address of a source may lead into the home network only where `own_hosts` says so.
    """
    if content:
        return links.of_torrent(content)
    if link.lower().startswith("magnet:"):
        return links.of_magnet(link)
    return await links.of_address(link, headers, own_hosts)
