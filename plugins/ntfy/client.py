"""Talks to an ntfy server: a message is posted as JSON to its root."""

from __future__ import annotations

from app.api import Http, HttpAnswer


class Client:
    """One server, with the owner's token when there is one."""

    def __init__(self, http: Http, server: str, token: str | None) -> None:
        self._http, self._server = http, server
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def health(self) -> HttpAnswer:
        """Ask whether it is well; a wrong token is told here too."""
        return await self._http.get(f"{self._server}/v1/health", headers=self._headers)

    async def publish(self, message: dict[str, object]) -> HttpAnswer:
        """Post a message."""
        return await self._http.request("POST", self._server, headers=self._headers, json=message)
