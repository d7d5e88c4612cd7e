"""Asks the Bot API. Its addresses hold the bot's token: none of them is ever told or logged."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping

from app.api import Http, HttpAnswer
from app.api.pieces import FilePart

PATIENCE = 1_800.0
APART = 1 / 30
"""Seconds between two messages, whoever they are for: the Bot API takes 30 a second in all."""
SLACK = 15.0
"""Seconds more than it was asked to wait that a server is given to answer."""


class Client:
    """One bot. `token` is asked for when it is first needed."""

    def __init__(self, http: Http, api: str, token: Callable[[], Awaitable[str]]) -> None:
        self._http = http
        self._api = api
        self._ask_token = token
        self._token = ""
        self._next = 0.0

    async def ask(self, method: str, lane: str = "", **fields: object) -> HttpAnswer:
        """Call a method with JSON. Those of one `lane` share the pauses a server asks for."""
        address = await self._address(method)
        return await self._http.request("POST", address, json=fields, lane=lane)

    async def poll(self, wait: float, **fields: object) -> HttpAnswer:
        """Ask what is new; the server keeps the question open for up to `wait` seconds."""
        return await self._http.request(
            "POST", await self._address("getUpdates"), json={**fields, "timeout": round(wait)},
            lane="updates", patience=wait + SLACK,
        )  # fmt: skip

    async def send(self, method: str, chat: str, **fields: object) -> HttpAnswer:
        """Send or change a message of a chat."""
        await self._turn()
        return await self.ask(method, f"chat {chat}", chat_id=chat, **fields)

    async def send_file(
        self, kind: str, chat: str, fields: Mapping[str, str], path: bytes, size: int, name: str
    ) -> HttpAnswer:
        """Send a ``photo``, ``video`` or ``document`` with its words, read while it goes."""
        await self._turn()
        boundary = uuid.uuid4().hex
        head = b"".join(
            _part(boundary, f'name="{field}"', value.encode("utf-8", "replace"))
            for field, value in {"chat_id": chat, **fields}.items()
        )
        head += _head(boundary, f'name="{kind}"; filename="{name}"', "application/octet-stream")
        body = FilePart(path, 0, size, head, f"\r\n--{boundary}--\r\n".encode())
        return await self._http.request(
            "POST", await self._address(f"send{kind.title()}"), content=body, patience=PATIENCE,
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
            lane=f"chat {chat}",
        )  # fmt: skip

    async def _turn(self) -> None:
        now = time.monotonic()
        moment = max(now, self._next)
        self._next = moment + APART
        await asyncio.sleep(moment - now)

    async def _address(self, method: str) -> str:
        if not self._token:
            self._token = await self._ask_token()
        return f"{self._api}/bot{self._token}/{method}"


def _head(boundary: str, words: str, kind: str = "") -> bytes:
    told = f"--{boundary}\r\nContent-Disposition: form-data; {words}\r\n"
    return f"{told}{f'Content-Type: {kind}' + chr(13) + chr(10) if kind else ''}\r\n".encode()


def _part(boundary: str, words: str, content: bytes) -> bytes:
    return _head(boundary, words) + content + b"\r\n"
