"""LinkedIn on loopback: parts to addresses of their own, posts, and its own sign-in."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.fakes.oauth import CLIENT, CLIENT_SECRET, OAuthServer, kept
from tests.fakes.platforms import FakePlatform, Route

PERSON = "urn:li:person:8675309"
PAGE = "urn:li:organization:5515715"
VERSION = "202610"
PART = 4 * 1024 * 1024


@dataclass
class Video:
    """A video that is sent. `tags`: what each part that is there is called."""

    owner: str
    size: int
    token: str
    parts: dict[int, bytes] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    thumbnail: bytes = b""
    captions: bytes = b""
    status: str = "WAITING_UPLOAD"
    content: bytes = b""
    works: int = 0
    gone: bool = False


class Platform(FakePlatform):
    """Holds to what LinkedIn's pages say. `works`: how often it is asked until a video is done."""

    PLUGIN = "linkedin"
    OPTIONS = {"client_id": CLIENT}
    SECRETS = {"client_secret": CLIENT_SECRET, **kept()}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.oauth = OAuthServer(
            proof="body", challenge_kind="none", life=5_184_000, rotates=False,
            redirects=("http://localhost:47831/linkedin",),
        )  # fmt: skip
        self.videos: dict[str, Video] = {}
        self.part = PART
        self.works = 1
        self.fails = False
        self.readable = True  # posts; apps of private persons may not
        self.watchable = True  # how a video stands
        self.takes_extras = True
        self.hidden = 0
        self.long_tags = False
        self.version = VERSION
        self.numbers = 7_000_000_000_000_000_000

    def options(self) -> dict[str, Any]:
        return dict(self.OPTIONS)

    def routes(self) -> Sequence[Route]:
        return (
            ("POST", "/oauth/v2/accessToken", self.oauth.token),
            ("POST", "/oauth/v2/revoke", self.oauth.revoke),
            ("GET", "/v2/userinfo", self._me),
            ("POST", "/rest/videos", self._videos),
            ("GET", "/rest/videos/.+", self._stands),
            ("PUT", "/dms-uploads/.+", self._part),
            ("POST", "/rest/posts", self._post),
            ("GET", "/rest/posts", self._posts),
            ("POST", "/rest/posts/.+", self._change),
            ("GET", "/rest/socialActions/.+", self._social),
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/dms-uploads/"):
            assert "Authorization" not in request.headers  # nothing of ours goes there
        elif not request.path.startswith("/oauth/") and not self.oauth.good(request):
            await request.read()
            return trouble(401, "REVOKED_ACCESS_TOKEN", "The token used has been revoked")
        if request.path.startswith("/rest/"):
            assert request.headers["X-Restli-Protocol-Version"] == "2.0.0"
            version = request.headers["LinkedIn-Version"]
            if version != self.version:
                await request.read()
                told = f"Requested version {version} is not active"
                return trouble(426, "NONEXISTENT_VERSION", told)
        return await super().handle(request)

    async def _me(self, _request: web.Request) -> web.Response:
        return web.json_response({"sub": PERSON.split(":")[-1], "name": "Ada Light"})

    async def _videos(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if request.query.get("action") == "initializeUpload":
            return self._opened(asked["initializeUploadRequest"])
        assert request.query["action"] == "finalizeUpload"
        return self._finished(asked["finalizeUploadRequest"])

    def _opened(self, asked: dict[str, Any]) -> web.Response:
        if asked["owner"] not in (PERSON, PAGE):
            return trouble(403, "ACCESS_DENIED", "Accessing this video resource is forbidden")
        size = asked["fileSizeBytes"]
        name = f"urn:li:video:C5505AQ{self._number()}"
        made = Video(asked["owner"], size, f"token-{len(self.videos)}", works=self.works)
        self.videos[name] = made
        short = name.split(":")[-1]
        told: dict[str, Any] = {
            "uploadUrlsExpireAt": int((time.time() + 86_400) * 1000),
            "video": name,
            "uploadToken": made.token,
            "uploadInstructions": [
                {
                    "uploadUrl": self._url(short, str(number)),
                    "firstByte": first,
                    "lastByte": min(first + self.part, size) - 1,
                }
                for number, first in enumerate(range(0, size, self.part))
            ],
        }
        for extra in ("Thumbnail", "Captions"):
            if asked[f"upload{extra}"]:
                told[f"{extra.lower()}UploadUrl"] = self._url(short, extra.lower())
        return web.json_response({"value": told})

    def _url(self, short: str, what: str) -> str:
        seal = hashlib.sha256(f"{short}{what}".encode()).hexdigest() * 8
        return f"{self.address}/dms-uploads/{short}/{what}?sync=0&v=beta&ut={seal}"

    async def _part(self, request: web.Request) -> web.Response:
        _, _, short, what = request.path.split("/")
        content = await request.read()
        video = self.videos[f"urn:li:video:{short}"]
        wanted = self._url(short, what).partition("ut=")[2]
        if video.gone or request.query["ut"] != wanted:
            return web.Response(status=403, text="expired")
        if what in ("thumbnail", "captions"):
            if not self.takes_extras:
                return web.Response(status=400)
            setattr(video, what, content)
            return web.Response(status=201)
        number = int(what)
        if len(content) != min(self.part, video.size - number * self.part):
            return web.Response(status=400, text="not the bytes of this address")
        video.parts[number] = content
        tag = f"/ambry-video/signedId/{hashlib.sha256(content).hexdigest()}-{number}"
        video.tags[number] = tag * 4 if self.long_tags else tag
        return web.Response(status=200, headers={"ETag": video.tags[number]})

    def _finished(self, asked: dict[str, Any]) -> web.Response:
        video = self.videos.get(asked["video"])
        if video is None or video.gone or video.status != "WAITING_UPLOAD":
            return trouble(400, "INVALID_STATE", "the upload is not open")
        tags = [video.tags[number] for number in sorted(video.tags)]
        content = b"".join(video.parts[number] for number in sorted(video.parts))
        right = asked["uploadedPartIds"] == tags and asked["uploadToken"] == video.token
        if not right or len(content) != video.size:
            return trouble(400, "INVALID_PARTS", "uploadedPartIds")
        video.content, video.status = content, "PROCESSING"
        return web.Response(status=200)

    async def _stands(self, request: web.Request) -> web.Response:
        assert "%3A" in request.raw_path  # an address in an address is escaped
        name = unquote(request.path.split("/")[-1])
        video = self.videos.get(name)
        if not self.watchable:
            return trouble(403, "ACCESS_DENIED", "forbidden")
        if video is None or video.gone:
            return trouble(404, "NOT_FOUND", "video")
        if video.status == "PROCESSING":
            video.works -= 1
            if video.works < 0:
                video.status = "PROCESSING_FAILED" if self.fails else "AVAILABLE"
        return web.json_response({"id": name, "owner": video.owner, "status": video.status})

    async def _post(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert asked["author"] in (PERSON, PAGE)
        assert asked["lifecycleState"] == "PUBLISHED"
        assert asked["distribution"]["feedDistribution"] == "MAIN_FEED"
        assert asked["visibility"] in ("PUBLIC", "CONNECTIONS", "LOGGED_IN")
        media = asked.get("content", {}).get("media", {})
        video = self.videos.get(media.get("id", ""))
        if media and (video is None or video.gone or video.status == "WAITING_UPLOAD"):
            return trouble(400, "INVALID_CONTENT_ID", "media")
        for one in self.posts:
            same = media and one["media"] == media["id"]
            if same or one["commentary"] == asked["commentary"]:
                told = f"Content is a duplicate of {one['id']}"
                return trouble(422, "DUPLICATE_POST", told)
        name = f"urn:li:ugcPost:{self._number()}" if media else f"urn:li:share:{self._number()}"
        self.posts.append(
            {
                "id": name,
                "author": asked["author"],
                "commentary": asked["commentary"],
                "text": read_little(asked["commentary"]),
                "visibility": asked["visibility"],
                "media": media.get("id", ""),
                "title": media.get("title", ""),
                "digest": hashlib.sha256(video.content).hexdigest() if video else "",
                "created": time.time(),
            }
        )
        return web.Response(status=201, headers={"x-restli-id": name})

    async def _posts(self, request: web.Request) -> web.Response:
        assert request.headers["X-RestLi-Method"] == "FINDER"
        assert (request.query["q"], request.query["sortBy"]) == ("author", "LAST_MODIFIED")
        assert f"author={PERSON.split(':', maxsplit=1)[0]}%3Ali" in request.raw_path
        if not self.readable:
            return trouble(
                403, "ACCESS_DENIED", "Not enough permissions to access: partnerApiPosts"
            )
        shown = [] if self.hidden else self.posts
        self.hidden = max(0, self.hidden - 1)
        author = request.query["author"]
        elements = [
            {
                "id": one["id"],
                "author": author,
                "commentary": one["commentary"],
                "lifecycleState": "PUBLISHED",
                "createdAt": int(one["created"] * 1000),
                "content": {"media": {"id": one["media"]}} if one["media"] else {},
            }
            for one in reversed(shown)
            if one["author"] == author
        ]
        return web.json_response({"paging": {"start": 0, "count": 20}, "elements": elements})

    async def _change(self, request: web.Request) -> web.Response:
        assert request.headers["X-RestLi-Method"] == "PARTIAL_UPDATE"
        name = unquote(request.path.split("/")[-1])
        told = json.loads(await request.read())["patch"]["$set"]["commentary"]
        for one in self.posts:
            if one["id"] == name:
                one.update(commentary=told, text=read_little(told))
                return web.Response(status=204)
        return trouble(404, "NOT_FOUND", "post")

    async def _social(self, request: web.Request) -> web.Response:
        name = unquote(request.path.split("/")[-1])
        if not any(one["id"] == name for one in self.posts):
            return trouble(404, "NOT_FOUND", "post")
        told = {
            "likesSummary": {"totalLikes": 12, "aggregatedTotalLikes": 12},
            "commentsSummary": {"aggregatedTotalComments": 4, "totalFirstLevelComments": 3},
            "target": name,
        }
        return web.json_response(told)

    def _number(self) -> int:
        self.numbers += 1
        return self.numbers


def read_little(told: str) -> str:
    """Words as LinkedIn shows them: at a reserved sign that is not escaped they end."""
    shown = ""
    while told:
        marked = re.match(r"\{hashtag\|\\#\|((?:[^\\|{}]|\\.)+)\}", told)
        if marked:
            shown += "#" + marked[1].replace("\\", "")
            told = told[marked.end() :]
        elif told[0] == "\\" and len(told) > 1:
            shown, told = shown + told[1], told[2:]
        elif told[0] in "|{}@[]()<>#\\*_~":
            return shown
        else:
            shown, told = shown + told[0], told[1:]
    return shown


def trouble(status: int, code: str, message: str) -> web.Response:
    told = {"status": status, "code": code, "message": message, "serviceErrorCode": 100}
    return web.json_response(told, status=status)
