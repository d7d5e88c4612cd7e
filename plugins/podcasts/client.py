"""Asks the directory, fetches feeds, and returns what they say, raw."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.api import Http, HttpAnswer, Unavailable, json_answer

MOST_ROWS = 200
TOO_MANY = (403, 429)
"""How the directory says that it was asked too often."""


class Client:
    """The directory at one address, and whatever feeds it names."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address
        self.host = urlsplit(address).hostname or ""

    async def search(self, term: str, country: str, limit: int) -> object:
        """Ask the directory of one country for podcasts."""
        params = {
            "media": "podcast",
            "term": term,
            "country": country,
            "limit": str(max(1, min(limit, MOST_ROWS))),
        }
        answer = await self._http.get(f"{self._address}/search", params=params)
        if answer.status in TOO_MANY:
            pause = answer.retry_after
            raise Unavailable("errors.server_busy", host=self.host, retry_after=pause)
        return json_answer(answer)

    async def feed(self, address: str) -> HttpAnswer:
        """Fetch a feed; each server of feeds has a pace of its own."""
        lane = f"feed {urlsplit(address).hostname}"
        return (await self._http.get(address, lane=lane)).require()
