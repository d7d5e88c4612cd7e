"""Asks archive.org: one request for a search, one for an item."""

from __future__ import annotations

from urllib.parse import urlencode

from app.api import (
    Fields,
    Http,
    NotFound,
    PictureQuestion,
    SearchQuestion,
    Unavailable,
    json_answer,
    json_object,
)
from plugins.internet_archive.pictures import picture_parameters
from plugins.internet_archive.query import parameters

PICTURE_SECONDS = 25.0
BEGINNINGS = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF"}


class Client:
    """The archive at one address."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self.address = address

    async def search(self, question: SearchQuestion) -> Fields:
        """Return the whole answer of a search."""
        query = urlencode(parameters(question))
        return json_object(await self._http.get(f"{self.address}/advancedsearch.php?{query}"))

    async def item(self, identifier: str) -> Fields:
        """Return everything about an item; `NotFound` when there is none of that name.

        The archive says so with an empty list, or an empty object, and status 200.
        """
        answer = await self._http.get(f"{self.address}/metadata/{identifier}")
        document = json_answer(answer)
        if document in ([], {}):
            raise NotFound("errors.server_has_not", host=answer.host)
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def pictures(self, question: PictureQuestion) -> Fields:
        """Return the whole answer of a search for pictures."""
        query = urlencode(picture_parameters(question))
        return json_object(await self._http.get(f"{self.address}/advancedsearch.php?{query}"))

    async def load(self, url: str, ending: str) -> bytes:
        """Return the bytes of a picture; `Unavailable` when they are something else."""
        answer = (await self._http.get(url, patience=PICTURE_SECONDS)).require()
        if not answer.content.startswith(BEGINNINGS[ending]):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return answer.content
