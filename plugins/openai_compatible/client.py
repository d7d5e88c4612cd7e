"""Talks to a service and returns what it said; the key goes out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import Fields, Http, HttpAnswer, NotFound, answer_object, bearer

SOON = 4.5
"""Seconds the list of models may take."""


class Client:
    """One service of one owner, at an address without a slash at its end."""

    def __init__(self, http: Http, place: str, key: str) -> None:
        self._http = http
        self._headers = bearer(key)
        self.place = place

    async def models(self) -> Fields:
        """Return the list of models; any failure is raised."""
        return await self._get("/models")

    async def check(self, path: str) -> None:
        """Ask something only a good key gets."""
        await self._get(path)

    async def chat(self, body: Mapping[str, Any]) -> HttpAnswer:
        """Put a question; any status is an answer."""
        return await self._http.request(
            "POST",
            f"{self.place}/chat/completions",
            json=dict(body),
            headers=self._headers,
            lane="text",
        )

    async def hear(self, body: bytes, kind: str) -> HttpAnswer:
        """Send a form with a sound; any status is an answer."""
        return await self._http.request(
            "POST",
            f"{self.place}/audio/transcriptions",
            content=body,
            headers={**self._headers, "Content-Type": kind},
            lane="speech",
        )

    async def _get(self, path: str) -> Fields:
        answer = await self._http.get(
            self.place + path, headers=self._headers, lane="list", patience=SOON
        )
        if answer.status in (404, 405):  # the address is wrong, not the name of a model
            raise NotFound("errors.server_has_not", host=answer.host)
        return answer_object(answer, self.place)
