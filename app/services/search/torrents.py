"""Looks into torrents before anything of them is fetched: their list of files, and what it says."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from app.api.capabilities import Capability
from app.api.context import HttpAnswer
from app.api.searching import Stream
from app.domain.errors import NotFound, Unavailable, Unsupported
from app.domain.search import HitKind, Judged, Offer, Suspicion
from app.infra.http import HttpClient, HttpLimits
from app.infra.torrent_lists import (
    LARGEST,
    TorrentContents,
    TorrentFile,
    TorrentLists,
    read_torrent,
)
from app.services.search.assess import fingerprint
from app.services.search.fakes import ListedFile, check_files
from app.services.search.starting import Resolvers, typed_host

log = logging.getLogger(__name__)

KEPT: Final = 200
SECONDS: Final = 8.0
LIMITS: Final = HttpLimits(5.0, SECONDS, LARGEST, longest_wait=SECONDS)
PEERS_SECONDS: Final = 25.0
RESOLVE_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Contents:
    """What a torrent holds, and what is wrong with it."""

    files: tuple[TorrentFile, ...]
    suspicion: Suspicion | None = None


class TorrentChecker:
    """Fetches lists and judges them; what was learned is kept while the station runs."""

    def __init__(self, lists: TorrentLists, plugins: Resolvers) -> None:
        self._lists = lists
        self._plugins = plugins
        self._http = HttpClient(LIMITS, "torrents")
        self._known: OrderedDict[str, TorrentContents] = OrderedDict()

    async def contents(self, one: Judged) -> Contents:
        """What is in it. `Unsupported` when it is no torrent, `Unavailable` when nobody tells."""
        if one.offer.kind is not HitKind.TORRENT:
            raise Unsupported("errors.not_a_torrent")
        key = fingerprint(one.offer)
        found = self._known.get(key)
        if found is None:
            found = await self._look(one.offer)
            self._known[key] = found
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        listed = [ListedFile(file.path, file.size) for file in found.files]
        suspicion = check_files(listed, one.offer.name, one.offer.work)
        return Contents(found.files, suspicion)

    async def check(self, one: Judged) -> Suspicion | None:
        """What is wrong with it, as far as its list tells."""
        return (await self.contents(one)).suspicion

    async def close(self) -> None:
        """End the engine and the connections."""
        await self._lists.close()
        await self._http.close()

    async def _look(self, offer: Offer) -> TorrentContents:
        hosts = self._plugins.own_hosts(offer.plugin) | typed_host(offer)
        if not offer.reference:
            return await self._by_link(offer.link, hosts)
        streams = await self._plugins.call(
            offer.plugin,
            Capability.RESOLVES_STREAM,
            "resolve",
            offer.reference,
            patience=RESOLVE_SECONDS,
        )
        assert isinstance(streams, Sequence)
        return await self._by_stream(streams, hosts)

    async def _by_stream(self, streams: Sequence[Stream], hosts: frozenset[str]) -> TorrentContents:
        found = [stream for stream in streams if stream.kind is HitKind.TORRENT]
        if not found:
            raise NotFound("errors.nothing_to_play")
        if found[0].content:
            return read_torrent(found[0].content)
        return await self._by_link(found[0].url, hosts)

    async def _by_link(self, link: str, hosts: frozenset[str]) -> TorrentContents:
        """Read what a link leads to; `hosts` may lie in the home network."""
        if link.startswith("magnet:?"):
            return await self._lists.of_magnet(link, PEERS_SECONDS)
        answer = await self._get(link, hosts)
        elsewhere = answer.headers.get("location", "")
        if 300 <= answer.status < 400 and elsewhere.startswith("magnet:?"):
            return await self._lists.of_magnet(elsewhere, PEERS_SECONDS)
        content = answer.require().content
        if answer.status != 200:
            raise Unavailable("errors.bad_answer", host=answer.host)
        return read_torrent(content)

    async def _get(self, link: str, hosts: frozenset[str]) -> HttpAnswer:
        parts = urlsplit(link)
        if parts.hostname not in hosts:
            return await self._http.get(link, lane=parts.netloc)  # each has its own pauses
        client = HttpClient(replace(LIMITS, own_hosts=hosts), "torrents")
        try:
            return await client.get(link)
        finally:
            await client.close()
