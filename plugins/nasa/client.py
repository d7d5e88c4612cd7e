"""Asks NASA's library: one request for a search, one for a video."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from app.api import Fields, Http, SearchQuestion, json_object, search_words

MOST_HITS = 100


class Client:
    """The library at one address."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address

    async def search(self, question: SearchQuestion) -> Fields:
        """Return the whole answer of a search."""
        return json_object(
            await self._http.get(f"{self._address}/search", params=parameters(question))
        )

    async def asset(self, identifier: str) -> Fields:
        """Return the list of everything kept under an id."""
        address = f"{self._address}/asset/{quote(identifier, safe='')}"
        return json_object(await self._http.get(address))


def parameters(question: SearchQuestion) -> Mapping[str, str]:
    """Return the parameters of a search; its years are left alone, they would hide."""
    return {
        "q": " ".join(search_words(question.text)),
        "media_type": "video",
        "page": "1",
        "page_size": str(max(1, min(question.limit, MOST_HITS))),
    }
