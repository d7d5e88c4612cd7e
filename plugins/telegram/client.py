"""Asks the Bot API. Its addresses hold the bot's token: none of them is ever told or logged."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from app.api import Http, HttpAnswer
from app.api.pieces import FilePart
from app.api.publishing import PostFile

PATIENCE = 1_800.0


@dataclass(frozen=True, slots=True)
class LastByte(FilePart):
    """A body which says when its last bytes are about to go out."""

    before_the_end: Callable[[], Awaitable[None]] | None = None

    async def blocks(self) -> AsyncIterator[bytes]:
        """Read it; what ends the form comes after everybody knows."""
        async for block in FilePart(self.path, self.start, self.count, self.before).blocks():
            yield block
        if self.before_the_end is not None:
            await self.before_the_end()
        yield self.after


class Client:
    """One bot. `token` is asked for each time: it may be set while the station runs."""

    def __init__(self, http: Http, api: str, token: Callable[[], Awaitable[str]]) -> None:
        self._http = http
        self._api = api
        self._token = token

    async def ask(self, method: str, **fields: object) -> HttpAnswer:
        """Call a method with JSON."""
        return await self._http.request("POST", await self._address(method), json=fields)

    async def send_file(
        self,
        kind: str,
        fields: Mapping[str, str],
        file: PostFile,
        thumbnail: bytes,
        before_the_end: Callable[[], Awaitable[None]],
    ) -> HttpAnswer:
        """Send a ``video`` or ``photo`` with its words, read while it goes.

        `thumbnail` may be empty.
        """
        boundary = uuid.uuid4().hex
        head = b"".join(
            _part(boundary, f'name="{name}"', value.encode("utf-8", "replace"))
            for name, value in fields.items()
        )
        if thumbnail:
            head += _part(
                boundary, 'name="thumbnail"; filename="thumbnail.jpg"', thumbnail, "image/jpeg"
            )
        name = "video.mp4" if kind == "video" else f"photo.{file.ending}"
        head += _head(boundary, f'name="{kind}"; filename="{name}"', "application/octet-stream")
        body = LastByte(
            file.path, 0, file.size, head, f"\r\n--{boundary}--\r\n".encode(), before_the_end
        )
        return await self._http.request(
            "POST", await self._address(f"send{kind.title()}"), content=body, patience=PATIENCE,
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
        )  # fmt: skip

    async def _address(self, method: str) -> str:
        return f"{self._api}/bot{await self._token()}/{method}"


def _head(boundary: str, words: str, kind: str = "") -> bytes:
    told = f"--{boundary}\r\nContent-Disposition: form-data; {words}\r\n"
    return f"{told}{f'Content-Type: {kind}' + chr(13) + chr(10) if kind else ''}\r\n".encode()


def _part(boundary: str, words: str, content: bytes, kind: str = "") -> bytes:
    return _head(boundary, words, kind) + content + b"\r\n"
