"""Talks to the web address and returns what it said, raw."""

from __future__ import annotations

from app.api import AuthRequired, Http, Notice
from plugins._template.parsers import accepted, message


class Client:
    """The address of one owner."""

    def __init__(self, http: Http, address: str, token: str | None) -> None:
        self._http = http
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def check(self) -> None:
        """Ask whether the address is there and lets us in."""
        (await self._http.get(self._address, headers=self._headers)).require()

    async def post(self, notice: Notice) -> None:
        """Send a notice."""
        answer = await self._http.request(
            "POST", self._address, headers=self._headers, json=message(notice)
        )
        if not accepted(answer.require().text):
            raise AuthRequired("errors.server_wants_sign_in", host=self._address)
