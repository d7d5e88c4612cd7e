"""Asks TikTok, and brings it the pieces of a video."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.api import Fields, Http, HttpAnswer, Unavailable, at_home, from_place, web_address
from app.api.pieces import FilePart
from plugins.tiktok.parsers import (
    Begun,
    Creator,
    Standing,
    data_of,
    parse_begun,
    parse_creator,
    parse_standing,
)
from plugins.tiktok.sessions import Upload

PATIENCE = 30.0
"""Seconds a question may take; a piece may take what the manifest says."""
FIELDS = "id,view_count,like_count,comment_count,share_count"
Send = Callable[..., Awaitable[HttpAnswer]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where TikTok is reached, and what it takes: `places.json`."""

    places: Mapping[str, str]
    version: str
    limits: Mapping[str, int]


class Client:
    """One account's way to TikTok. `send` signs a request, `http` carries the pieces unsigned."""

    def __init__(self, send: Send, http: Http, places: Places) -> None:
        self._send = send
        self._http = http
        self._places = places

    async def creator(self) -> Creator:
        """Return what is offered to who posts."""
        answer = await self.post("/post/publish/creator_info/query/", {})
        return parse_creator(data_of(answer), answer.host)

    async def begin(self, body: Mapping[str, Any], *, draft: bool) -> Begun:
        """Open an upload; nothing is seen of it before its last piece is there."""
        kind = "inbox/video" if draft else "video"
        answer = await self.post(f"/post/publish/{kind}/init/", body)
        begun = parse_begun(data_of(answer), answer.host)
        if not self._is_theirs(begun.address):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return begun

    async def piece(self, upload: Upload, part: FilePart, kind: str) -> HttpAnswer:
        """Send a piece; any status is an answer."""
        last = part.start + part.count - 1
        headers = {
            "Content-Type": kind,
            "Content-Range": f"bytes {part.start}-{last}/{upload.size}",
        }
        answer = await self._http.request("PUT", upload.address, headers=headers, content=part)
        return from_place(answer, upload.address)

    async def standing(self, publish: str) -> Standing:
        """Return how a post stands; `NotFound` when TikTok does not know it."""
        answer = await self.post("/post/publish/status/fetch/", {"publish_id": publish})
        return parse_standing(data_of(answer), answer.host)

    async def who(self) -> tuple[Fields, str]:
        """Return who is signed in, and the host that says so."""
        address = self._address("/user/info/")
        fields = {"fields": "open_id,display_name"}
        answer = await self._send("GET", address, params=fields, patience=PATIENCE)
        return data_of(answer), answer.host

    async def videos(self, ids: list[str]) -> Fields:
        """Return the figures of videos."""
        body = {"filters": {"video_ids": ids}}
        return data_of(await self.post("/video/query/", body, {"fields": FIELDS}))

    async def post(
        self, path: str, body: Mapping[str, Any], params: Mapping[str, str] | None = None
    ) -> HttpAnswer:
        """Ask; any status but 401 is an answer."""
        return await self._send(
            "POST", self._address(path), json=body, params=params, patience=PATIENCE
        )

    def _address(self, path: str) -> str:
        return f"{self._places.places['api']}/{self._places.version}{path}"

    def _is_theirs(self, address: str) -> bool:
        """Whether an upload goes to TikTok: to the known host, or over TLS to one beside it."""
        if not web_address(address):
            return False
        told, known = urlsplit(address), urlsplit(self._places.places["upload"])
        if (told.scheme, told.netloc) == (known.scheme, known.netloc):
            return True
        home = ".".join((known.hostname or "").split(".")[-2:])
        host = told.hostname or ""
        return told.scheme == "https" and host.endswith(f".{home}") and not at_home(host)
