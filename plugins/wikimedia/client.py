"""Asks a wiki: one request for a search, one for a file."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import (
    Fields,
    Http,
    PictureQuestion,
    SearchQuestion,
    Unavailable,
    inside,
    json_object,
    text,
)
from plugins.wikimedia.pictures import fetch_parameters, picture_parameters
from plugins.wikimedia.query import file_parameters, search_parameters

BUSY = frozenset({"ratelimited", "maxlag", "readonly"})
PICTURE_SECONDS = 25.0
ENDINGS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"RIFF", "webp"))
"""How the files begin that a wiki gives as pictures."""


class Client:
    """One wiki."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address

    async def search(self, question: SearchQuestion) -> Fields:
        """Return the whole answer of a search."""
        return await self._ask(search_parameters(question))

    async def file(self, title: str) -> Fields:
        """Return the whole answer about one file."""
        return await self._ask(file_parameters(title))

    async def pictures(self, question: PictureQuestion) -> Fields:
        """Return the whole answer of a search for pictures."""
        return await self._ask(picture_parameters(question))

    async def picture(self, title: str, width: int) -> Fields:
        """Return the whole answer about one picture in a width."""
        return await self._ask(fetch_parameters(title, width))

    async def load(self, url: str) -> tuple[bytes, str]:
        """Return the bytes of a picture and its ending; `Unavailable` when it is none."""
        answer = (await self._http.get(url, patience=PICTURE_SECONDS)).require()
        for beginning, ending in ENDINGS:
            if answer.content.startswith(beginning):
                return answer.content, ending
        raise Unavailable("errors.bad_answer", host=answer.host)

    async def _ask(self, parameters: Mapping[str, str]) -> Fields:
        """Ask; a wiki tells its errors with status 200."""
        answer = await self._http.get(f"{self._address}/w/api.php", params=parameters)
        document = json_object(answer)
        if text(inside(document, "error", "code"), 60) in BUSY:
            raise Unavailable("errors.server_busy", host=answer.host)
        if "query" not in document and document.get("batchcomplete") is not True:
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document
