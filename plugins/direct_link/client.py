"""Asks an address what it leads to, with as few bytes as will tell."""

from __future__ import annotations

import asyncio

from app.api import Http, HttpAnswer, Unavailable
from plugins.direct_link.addresses import WebAddress
from plugins.direct_link.parsers import SAMPLE, Facts, head_facts, sample_facts

SECONDS = 7.5
"""For both questions together."""
_NO_HEAD = (401, 407, 429, 500, 502, 503, 504)
"""What a server says that would say so to a GET as well."""


class Client:
    """Asks one address at a time; each host has a pace of its own."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def look(self, address: WebAddress) -> Facts:
        """Return what is there. The first bytes are asked for only when the headers do not tell."""
        try:
            async with asyncio.timeout(SECONDS):
                return await self._look(address)
        except TimeoutError as error:
            raise Unavailable("errors.server_slow", host=address.host) from error

    async def fetch(self, address: WebAddress) -> HttpAnswer:
        """Fetch a torrent file; a redirect to a magnet link is an answer."""
        return (await self._http.get(address.link, lane=address.host)).require()

    async def _look(self, address: WebAddress) -> Facts:
        answer = await self._http.request("HEAD", address.link, lane=address.host)
        before = Facts()
        if answer.status < 400:
            before = head_facts(answer, address)
        elif answer.status in _NO_HEAD:
            answer.require()
        if before.sure:
            return before
        try:
            sample = await self._http.get(
                address.link,
                headers={"Range": f"bytes=0-{SAMPLE - 1}", "Accept-Encoding": "identity"},
                lane=address.host,
            )
        except Unavailable:
            if before.kind is None:
                raise
            return before  # it sends no parts, but its headers told enough
        if sample.status == 416:
            return Facts()  # there is nothing in it
        return sample_facts(sample.require(), address, before)
