"""Asks a search index, and the servers that hold what it found."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode, urlsplit

from app.api import (
    AppError,
    Fields,
    Http,
    SearchQuestion,
    inside,
    json_object,
    search_words,
)

MOST_HITS = 100
PATIENCE_FOR_CAPTIONS = 3.0


class Client:
    """One index; each server it names has a pace of its own."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address
        self.own = urlsplit(address).netloc.lower()

    def base(self, host: str) -> str:
        """The address of a server: https, but the index itself answers where the owner said."""
        return self._address if host == self.own else f"https://{host}"

    async def search(self, question: SearchQuestion) -> Fields:
        """Return the whole answer of a search."""
        query = urlencode(parameters(question))
        return json_object(await self._http.get(f"{self._address}/api/v1/search/videos?{query}"))

    async def video(self, host: str, identifier: str) -> Fields:
        """Return everything a server says about a video."""
        address = f"{self.base(host)}/api/v1/videos/{identifier}"
        return json_object(await self._http.get(address, lane=host))

    async def captions(self, host: str, identifier: str) -> object:
        """Return the list of captions; nothing when they cannot be had soon: it plays without."""
        address = f"{self.base(host)}/api/v1/videos/{identifier}/captions"
        try:
            async with asyncio.timeout(PATIENCE_FOR_CAPTIONS):
                return inside(json_object(await self._http.get(address, lane=host)), "data")
        except (AppError, TimeoutError):
            return None


def parameters(question: SearchQuestion) -> list[tuple[str, str]]:
    """Return the parameters of a search; languages are preferred, none is shut out."""
    return [
        ("search", " ".join(search_words(question.text))),
        ("start", "0"),
        ("count", str(max(1, min(question.limit, MOST_HITS)))),
        ("sort", "-match"),
        ("nsfw", "false"),
        *(("boostLanguages[]", language) for language in question.languages[:8]),
    ]
