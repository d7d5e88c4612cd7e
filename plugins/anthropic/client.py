"""Talks to the service and returns what it said; the key goes out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import Fields, Http, HttpAnswer, answer_object

SOON = 4.5
"""Seconds the list of models may take."""
VERSION = "2023-06-01"


class Client:
    """The service, at an address without a slash at its end."""

    def __init__(self, http: Http, place: str, key: str) -> None:
        self._http = http
        self._headers = {"x-api-key": key, "anthropic-version": VERSION}
        self.place = place

    async def models(self) -> Fields:
        """Return the list of models; any failure is raised."""
        answer = await self._http.get(
            f"{self.place}/v1/models",
            params={"limit": "100"},
            headers=self._headers,
            lane="list",
            patience=SOON,
        )
        return answer_object(answer, self.place)

    async def message(self, body: Mapping[str, Any]) -> HttpAnswer:
        """Put a question; any status is an answer."""
        return await self._http.request(
            "POST", f"{self.place}/v1/messages", json=dict(body), headers=self._headers, lane="text"
        )
