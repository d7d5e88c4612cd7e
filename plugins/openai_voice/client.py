"""Talks to a service and returns what it said; the key goes out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import Http, HttpAnswer, bearer, from_place, trouble_of

SOON = 10.0
"""Seconds a small question may take."""


class Client:
    """One service of one owner, at an address without a slash at its end."""

    def __init__(self, http: Http, place: str, key: str) -> None:
        self._http = http
        self._headers = bearer(key)
        self.place = place

    async def prove(self) -> None:
        """Ask what only a good key gets; a server without a list of models is good too."""
        answer = await self._get("/models")
        if answer.status in (404, 405):
            return
        trouble = trouble_of(answer)
        if trouble is not None:
            raise trouble

    async def named(self) -> HttpAnswer:
        """Ask for the names of the voices, which only servers at home tell; any status."""
        return await self._get("/audio/voices")

    async def say(self, body: Mapping[str, Any]) -> HttpAnswer:
        """Have a text said; any status is an answer."""
        url = f"{self.place}/audio/speech"
        answer = await self._http.request(
            "POST", url, json=dict(body), headers=self._headers, lane="speech"
        )
        return from_place(answer, url)

    async def _get(self, path: str) -> HttpAnswer:
        url = self.place + path
        answer = await self._http.get(url, headers=self._headers, lane="list", patience=SOON)
        return from_place(answer, url)
