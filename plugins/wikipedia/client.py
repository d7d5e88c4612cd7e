"""Asks a wiki: a search that tells how articles begin, and the whole text of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.api import Fields, Http, HttpAnswer, Unavailable, inside, json_object, text
from plugins.wikipedia.query import article_parameters, search_parameters

BUSY = frozenset({"ratelimited", "maxlag", "readonly"})


class Client:
    """The wiki of one language."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address

    async def search(self, words: Sequence[str], *, any_of_them: bool = False) -> Fields:
        """Return the whole answer of a search."""
        return await self._ask(search_parameters(words, any_of_them=any_of_them))

    async def article(self, page: int) -> Fields:
        """Return the whole answer about one article."""
        return await self._ask(article_parameters(page))

    async def _ask(self, parameters: Mapping[str, str]) -> Fields:
        """Ask; a wiki tells its errors with status 200."""
        answer = await self._http.get(f"{self._address}/w/api.php", params=parameters)
        document = json_object(answer)
        if text(inside(document, "error", "code"), 60) in BUSY:
            pause = _pause(answer)
            raise Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
        if "query" not in document and document.get("batchcomplete") is not True:
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document


def _pause(answer: HttpAnswer) -> float | None:
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 6 else None
