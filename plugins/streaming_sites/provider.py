"""Searches one site of the owner's list and finds what its pages play."""

from __future__ import annotations

from collections.abc import Sequence

from app.api import (
    Hit,
    NotFound,
    ProviderContext,
    Refused,
    SearchQuestion,
    SearchSource,
    Stream,
    Unavailable,
    Work,
)
from plugins.streaming_sites.client import Client
from plugins.streaming_sites.parsers import (
    hits_of,
    own_page,
    read_clicks,
    read_site,
    read_solver,
    streams_of,
)

PATIENCE = 90.0
WORKS = (Work.FILM, Work.SERIES, Work.EPISODE, Work.VIDEO)


class StreamingSite:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client, result_links: str, clicks: tuple[str, ...]) -> None:
        self._client = client
        self._result_links = result_links
        self._clicks = clicks

    async def sources(self) -> Sequence[SearchSource]:
        """Return the site."""
        return [SearchSource("site", self._client.site.host, WORKS, PATIENCE)]

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return the links of the search page, or the film's own page where that is known."""
        site = self._client.site
        address = site.address(question)
        if address is None:
            return []
        if not self._result_links:
            return [own_page(site, address, question)]
        seen = await self._client.search(address, self._result_links)
        if not site.owns(seen.url):
            raise Unavailable("errors.site_moved", host=site.host, page=seen.url[:200])
        return hits_of(site, seen.links, question.limit)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return what a page of the site plays; `NotFound` when it plays nothing."""
        site = self._client.site
        if not site.owns(reference):
            raise Refused("errors.site_not_own", host=site.host)
        found = streams_of(await self._client.play(reference, self._clicks))
        if not found:
            raise NotFound("errors.no_stream_found", host=site.host)
        return found


async def setup(context: ProviderContext) -> StreamingSite:
    """Build the provider; the site and FlareSolverr are tried first."""
    settings = context.settings
    site = read_site(str(settings["search_address"]))
    solver = read_solver(str(settings["solver"]))
    client = Client(context.http, context.browser, site, solver)
    await client.check()
    return StreamingSite(
        client, str(settings["result_links"]).strip(), read_clicks(str(settings["clicks"]))
    )
