"""Searches the indexers of an instance, each by itself, and fetches what they offer."""

from __future__ import annotations

import time
from collections.abc import Sequence

from app.api import (
    AuthRequired,
    Hit,
    HitKind,
    NotFound,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Unsupported,
)
from plugins.indexers.addresses import Secret, read_address
from plugins.indexers.client import Client
from plugins.indexers.discovery import Discovery
from plugins.indexers.feeds import read_items
from plugins.indexers.model import Found, Indexer, Kind, NotOffered
from plugins.indexers.parsers import Desk, parse_download, parse_hits, split_reference
from plugins.indexers.plans import Plan, plan

QUICK, PATIENT = 8.0, 75.0
"""Seconds an indexer may take; those behind FlareSolverr need a minute."""


class Indexers:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client, discovery: Discovery, patient: bool = False) -> None:
        self._client = client
        self._discovery = discovery
        self._patience = PATIENT if patient else QUICK
        self._within = PATIENT - 1 if patient else None  # seconds of one request

    async def sources(self) -> Sequence[SearchSource]:
        """Return the indexers, those that rest with their time."""
        found = await self._discovery.found()
        return [_source(indexer, self._patience) for indexer in found.indexers]

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return one page of what an indexer finds, asked as it says it can be asked."""
        found = self._discovery.known
        indexer = next((one for one in found.indexers if one.id == source), None)
        if indexer is None:
            raise NotFound("errors.indexer_gone", name=source[:80])
        caps = await self._discovery.caps(indexer, found)
        refused: NotOffered | None = None
        answered = False
        for step in plan(caps, question):
            if answered and not step.after_empty:
                break
            try:
                hits = await self._ask(found, indexer, step, question.limit)
            except NotOffered as error:
                refused = error
                continue
            if hits:
                return hits
            answered = True
        if refused is not None and not answered:
            raise refused
        return []

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return the torrent or the magnet link behind a hit."""
        kind, source, kept = split_reference(reference)
        if kind is HitKind.NZB:
            raise Unsupported("errors.indexer_usenet")
        return [parse_download(await self._client.fetch(kept, source), self._client.secret)]

    async def _ask(self, found: Found, indexer: Indexer, step: Plan, most: int) -> list[Hit]:
        feed = self._client.feed(found.kind, indexer.id, found.feed)
        root = await self._client.ask(feed, step.params, indexer.id, indexer.name, self._within)
        desk = Desk(
            source=indexer.id,
            feed=feed,
            place=self._client.place,
            secret=self._client.secret,
            manager=found.kind.manages,
            usenet=indexer.usenet,
        )
        items = read_items(root, self._client.secret.hide, self._client.place.host)
        return parse_hits(items, desk, max(1, most))


async def setup(context: ProviderContext) -> Indexers:
    """Build the provider; the address and the key are proved first."""
    place = read_address(str(context.settings["address"]))
    secret = Secret((await context.secrets.get("api_key") or "").strip())
    if not (secret.key.isascii() and secret.key.isprintable()):
        raise AuthRequired("errors.indexer_key_refused", name=place.host)
    client = Client(context.http, place, secret)
    kind = Kind(str(context.settings["kind"]))
    discovery = Discovery(client, context.cache, context.log, kind)
    await discovery.begin()
    return Indexers(client, discovery, bool(context.settings["patient"]))


def _source(indexer: Indexer, patience: float) -> SearchSource:
    until = indexer.rests_until
    if until is None or until <= time.time():
        return SearchSource(indexer.id, indexer.name, indexer.works, patience)
    return SearchSource(
        indexer.id,
        indexer.name,
        indexer.works,
        patience,
        rests_until=until,
        rest_reason="errors.indexer_resting",
    )
