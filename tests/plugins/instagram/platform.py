"""Instagram on loopback, after its published protocol: container, upload by offset, publish."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.platforms import FakePlatform, Route

CLIENT, CLIENT_SECRET = "ig-app-id", "ig-app-secret"
ACCESS = "ig-access-1"
PERSON, OTHER = "17841400000000001", "17841400000000002"
V = "/v24.0"
FIRST_CONTAINER, FIRST_MEDIUM = 18_000_000_000_000_000, 17_900_000_000_000_000


@dataclass
class Container:
    """What becomes a post."""

    id: str
    wish: dict[str, Any]
    size: int = 0
    arrived: int = 0
    content: Any = field(default_factory=hashlib.sha256)
    pieces: list[int] = field(default_factory=list)
    looks: int = 0
    medium: str = ""
    expired: bool = False


def signed(access: str = ACCESS, **more: Any) -> str:
    """What the keyring holds of a sign-in."""
    client = hashlib.sha256(CLIENT.encode()).hexdigest()[:16]
    kept = {"access": access, "refresh": "", "issued": 3.9e9, "expires": 4e9}
    return json.dumps({**kept, "client": client, "name": "lighthouse", **more})


class Platform(FakePlatform):
    """Instagram."""

    PLUGIN = "instagram"
    OPTIONS: ClassVar[dict[str, Any]] = {"client_id": CLIENT}
    SECRETS: ClassVar[dict[str, str]] = {"client_secret": CLIENT_SECRET, "sign_in": signed()}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.access = ACCESS
        self.exchanges: list[str] = []
        self.exchangeable = {ACCESS}
        self.challenges: dict[str, str] = {}
        self.people = [{"id": PERSON, "username": "lighthouse"}]
        self.containers: dict[str, Container] = {}
        self.takes_pieces = True
        self.tells_offset = True
        self.loses_after: int | None = None
        """Bytes of the next piece after which the connection is lost; what came is kept."""
        self.work = 1
        """How often it says that it works on a video before that can be published."""
        self.fails = ""
        self.lists = True
        """Whether what was published is among the own posts already."""
        self.used, self.most = 3, 100
        self.signs_out_with = 400
        self.insights: dict[str, dict[str, int]] = {}

    def routes(self) -> Sequence[Route]:
        return (
            ("POST", f"{V}/oauth/access_token", self._token),
            ("GET", f"{V}/oauth/access_token", self._exchange),
            ("GET", f"{V}/me/accounts", self._accounts),
            ("POST", rf"{V}/\d+/media", self._make),
            ("GET", rf"{V}/\d+/media", self._own),
            ("GET", rf"{V}/\d+/content_publishing_limit", self._limit),
            ("POST", rf"{V}/\d+/media_publish", self._publish),
            ("GET", rf"{V}/\d+/insights", self._insights),
            ("GET", rf"{V}/\d+", self._look),
            ("GET", rf"/ig-api-upload{V}/\d+", self._offset),
            ("POST", rf"/ig-api-upload{V}/\d+", self._piece),
        )

    @property
    def container(self) -> Container:
        """The newest container."""
        return list(self.containers.values())[-1]

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, CLIENT_SECRET):
            return _trouble(101)
        self.access = "ig-short"
        self.exchangeable = {"ig-short"}
        return web.json_response({"access_token": "ig-short", "token_type": "bearer",
                                  "expires_in": 5000})  # fmt: skip

    async def _exchange(self, request: web.Request) -> web.Response:
        asked = request.query
        right = asked.get("client_secret") == CLIENT_SECRET
        if not right or asked.get("fb_exchange_token") not in self.exchangeable:
            return _trouble(190)
        assert asked["grant_type"] == "fb_exchange_token"
        self.exchanges.append(asked["fb_exchange_token"])
        self.access = f"ig-long-{len(self.exchanges)}"
        self.exchangeable = {self.access}
        return web.json_response({"access_token": self.access, "token_type": "bearer",
                                  "expires_in": 5_184_000})  # fmt: skip

    def _stranger(self, request: web.Request, scheme: str = "Bearer") -> web.Response | None:
        if request.headers.get("Authorization") == f"{scheme} {self.access}":
            return None
        return _trouble(190, status=self.signs_out_with)

    async def _accounts(self, request: web.Request) -> web.Response:
        pages = [
            {"id": f"1{number}", "name": f"Page {number}", "instagram_business_account": person}
            for number, person in enumerate(self.people)
        ]
        pages.append({"id": "99", "name": "A page without one"})
        return self._stranger(request) or web.json_response({"data": pages})

    async def _make(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        wish = await request.json()
        if (wish["media_type"], wish["upload_type"]) != ("REELS", "resumable"):
            return _trouble(100)
        if len(wish["caption"]) > 2200 or wish["caption"].count("#") > 30:
            return _trouble(100, 2207010)
        name = str(FIRST_CONTAINER + len(self.containers))
        self.containers[name] = Container(name, {**wish, "person": request.path.split("/")[2]})
        return web.json_response({"id": name, "uri": f"{self.address}/ig-api-upload{V}/{name}"})

    def _named(self, request: web.Request) -> Container | None:
        return self.containers.get(request.path.rsplit("/", 1)[1])

    async def _offset(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request, "OAuth")) is not None:
            return stranger
        found = self._named(request)
        if found is None or not self.tells_offset:
            return web.Response(status=404)
        return web.json_response({"offset": found.arrived})

    async def _piece(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request, "OAuth")) is not None:
            await request.read()
            return stranger
        found = self._named(request)
        offset, size = int(request.headers["offset"]), int(request.headers["file_size"])
        count = int(request.headers["Content-Length"])
        if found is None or found.expired:
            await request.read()
            return _upload_trouble("ProcessingFailedError", retriable=False)
        if offset != found.arrived or size != (found.size or size) or offset + count > size:
            await request.read()
            return _upload_trouble("OffsetInvalidError", retriable=False)
        if not self.takes_pieces and offset + count < size:
            await request.read()
            return _upload_trouble("PartialRequestError", retriable=True)
        found.size = size
        await self._receive(request, found, count)
        if found.arrived == size:
            found.pieces.append(count)
            told = {"success": True, "message": "Upload successful."}
            return web.json_response(told)
        found.pieces.append(count)
        return web.json_response({"success": True})

    async def _receive(self, request: web.Request, found: Container, count: int) -> None:
        """Take bytes as they come; what came before a connection was lost stays."""
        lost, self.loses_after = self.loses_after, None
        rest = count if lost is None else lost
        while rest:
            block = await request.content.read(min(rest, 65_536))
            assert block
            found.content.update(block)
            found.arrived += len(block)
            rest -= len(block)
        if lost is not None:
            assert request.transport is not None
            request.transport.abort()
            raise ConnectionResetError

    def _state(self, found: Container) -> str:
        if found.expired:
            return "EXPIRED"
        if found.medium:
            return "PUBLISHED"
        if found.arrived < (found.size or 1) or found.looks <= self.work:
            return "IN_PROGRESS"
        return "ERROR" if self.fails else "FINISHED"

    async def _look(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        found = self._named(request)
        if found is None:
            return self._medium(request)
        if found.size and found.arrived == found.size:
            found.looks += 1
        state = self._state(found)
        words = f"Error: Media upload has failed with error code {self.fails}"
        phase = {"status": "in_progress", "bytes_transferred": found.arrived}
        return web.json_response(
            {
                "id": found.id,
                "status_code": state,
                "status": words if state == "ERROR" else state,
                "video_status": {"uploading_phase": phase},
            }
        )

    def _medium(self, request: web.Request) -> web.Response:
        name = request.path.rsplit("/", 1)[1]
        for one in self.posts:
            if one["id"] == name:
                return web.json_response({"id": name, "permalink": one["permalink"]})
        return _trouble(100, 33)

    async def _limit(self, request: web.Request) -> web.Response:
        config = {"quota_total": self.most, "quota_duration": 86_400}
        told = {"data": [{"config": config, "quota_usage": self.used}]}
        return self._stranger(request) or web.json_response(told)

    async def _publish(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        found = self.containers.get(str((await request.json())["creation_id"]))
        if found is None or found.expired:
            return _trouble(24, 2207006)
        if found.medium:
            return _trouble(100)
        if self._state(found) != "FINISHED":
            return _trouble(9007, 2207027)
        if self.used >= self.most:
            return _trouble(9, 2207042)
        self.used += 1
        found.medium = str(FIRST_MEDIUM + len(self.posts))
        now = datetime.datetime.now(datetime.UTC)
        self.posts.append(
            {
                **found.wish,
                "id": found.medium,
                "permalink": f"https://www.instagram.com/reel/R{found.medium}/",
                "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S+0000"),
                "digest": found.content.hexdigest(),
            }
        )
        return web.json_response({"id": found.medium})

    async def _own(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        fields = request.query["fields"].split(",")
        shown = self.posts[::-1][: int(request.query["limit"])] if self.lists else []
        return web.json_response({"data": [{name: one[name] for name in fields} for one in shown]})

    async def _insights(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        told = self.insights.get(request.path.split("/")[2])
        if told is None:
            return _trouble(100, 33)
        data = [
            {"name": name, "period": "lifetime", "values": [{"value": told[name]}]}
            for name in request.query["metric"].split(",")
            if name in told
        ]
        return web.json_response({"data": data})


def _trouble(code: int, sub: int = 0, status: int = 400) -> web.Response:
    error: dict[str, Any] = {"message": "told in words", "type": "OAuthException", "code": code}
    if sub:
        error["error_subcode"] = sub
    return web.json_response({"error": {**error, "fbtrace_id": "A1"}}, status=status)


def _upload_trouble(kind: str, *, retriable: bool) -> web.Response:
    told = {"retriable": retriable, "type": kind, "message": "Request processing failed"}
    return web.json_response({"debug_info": told}, status=400)
