"""Asks the catalogue of LibriVox and returns what it says, raw."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from app.api import Http, HttpAnswer, json_answer

MOST_BOOKS = 100


class Client:
    """The catalogue at one address."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._feed = f"{address}/api/feed/audiobooks"
        self.host = urlsplit(address).hostname or ""

    async def by_title(self, title: str, limit: int) -> object | None:
        """Ask for books whose title begins so; None when there are none."""
        return await self._ask({"title": f"^{title}", "coverart": "1", "limit": _most(limit)})

    async def by_author(self, last_name: str, limit: int) -> object | None:
        """Ask for books of authors whose last name ends so; None when there are none."""
        return await self._ask({"author": f"^{last_name}", "coverart": "1", "limit": _most(limit)})

    async def book(self, number: str) -> object | None:
        """Ask for one book with its sections; None when there is none."""
        return await self._ask({"id": number, "extended": "1"})

    async def _ask(self, params: dict[str, str]) -> object | None:
        answer = await self._http.get(self._feed, params={**params, "format": "json"})
        if _found_nothing(answer):
            return None
        return json_answer(answer)


def _most(limit: int) -> str:
    return str(max(1, min(limit, MOST_BOOKS)))


def _found_nothing(answer: HttpAnswer) -> bool:
    """Whether this is how the catalogue says that it knows no such book."""
    if answer.status != 404:
        return False
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and "error" in said
