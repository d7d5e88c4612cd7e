"""Talks to the service and returns what it said; the key goes out here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.api import Fields, Http, HttpAnswer, InvalidInput, answer_object

SOON = 4.5
"""Seconds the list of models may take."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


class Client:
    """The service, at an address without a slash at its end."""

    def __init__(self, http: Http, place: str, key: str) -> None:
        self._http = http
        self._headers = {"x-goog-api-key": key}
        self.place = place

    async def models(self) -> Fields:
        """Return the list of models; any failure is raised."""
        answer = await self._http.get(
            f"{self.place}/v1beta/models",
            params={"pageSize": "200"},
            headers=self._headers,
            lane="list",
            patience=SOON,
        )
        return answer_object(answer, self.place)

    async def generate(self, model: str, body: Mapping[str, Any]) -> HttpAnswer:
        """Put a question; any status is an answer. `InvalidInput` for what is no model's name."""
        if not _NAME.fullmatch(model):  # it becomes a part of the address
            raise InvalidInput("errors.model_unknown", model=model[:60], name="Gemini")
        return await self._http.request(
            "POST",
            f"{self.place}/v1beta/models/{model}:generateContent",
            json=dict(body),
            headers=self._headers,
            lane="text",
        )
