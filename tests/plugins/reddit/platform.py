"""Reddit on loopback: leases, a store for files, communities with rules, and its own sign-in."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from aiohttp import BodyPartReader, web

from tests.fakes.oauth import CLIENT, OAuthServer, kept
from tests.fakes.platforms import FakePlatform, Route

ME = "lighthouse_keeper"
AGENT = re.compile(r"linux:[\w.]+:v[\d.]+ \(.+\)")
FLAIRS = [
    {"id": "3b7a2c6e-0001", "text": "Own work", "text_editable": False, "type": "text"},
    {"id": "3b7a2c6e-0002", "text": "News", "text_editable": False, "type": "text"},
]


@dataclass
class Community:
    """A community, and what it wants."""

    videos: bool = True
    banned: bool = False
    flairs: list[dict[str, Any]] = field(default_factory=list)
    wants: dict[str, Any] = field(default_factory=dict)


@dataclass
class Asset:
    """A file that may be stored, and the one that was."""

    kind: str
    key: str
    policy: str
    content: bytes | None = None


class Platform(FakePlatform):
    """Holds to what Reddit does. `works`: looks at the posts until a video that was sent shows."""

    PLUGIN = "reddit"
    OPTIONS = {"client_id": CLIENT, "subreddit": "lighthouses"}
    SECRETS = kept()
    NEEDS_PICTURE = True

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.oauth = OAuthServer(
            proof="basic", secret="", challenge_kind="none", rotates=False,
            redirects=("http://127.0.0.1:47833/reddit",),
        )  # fmt: skip
        self.communities = {"lighthouses": Community(), "sea": Community(flairs=FLAIRS)}
        self.assets: dict[str, Asset] = {}
        self.waiting: list[dict[str, Any]] = []
        self.works = 0
        self.fails = False  # what was sent never shows
        self.left = 99.0  # requests, of the limit
        self.refusal: list[Any] = []  # errors of the next posts
        self.largest = 1_000_000_000
        self.numbers = 0

    def routes(self) -> Sequence[Route]:
        return (
            ("POST", "/api/v1/access_token", self.oauth.token),
            ("POST", "/api/v1/revoke_token", self.oauth.revoke),
            ("GET", "/api/v1/me", self._me),
            ("GET", r"/r/\w+/about", self._about),
            ("GET", r"/api/v1/\w+/post_requirements", self._requirements),
            ("GET", r"/r/\w+/api/link_flair_v2", self._flairs),
            ("POST", "/api/media/asset.json", self._lease),
            ("POST", "/s3/.+", self._store),
            ("POST", "/api/submit", self._submit),
            ("GET", f"/user/{ME}/submitted", self._submitted),
            ("GET", "/api/info", self._info),
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        assert AGENT.fullmatch(request.headers["User-Agent"]), request.headers["User-Agent"]
        if request.path.startswith("/s3/"):
            assert "Authorization" not in request.headers  # nothing of ours goes there
            return await super().handle(request)
        if request.path in ("/api/v1/access_token", "/api/v1/revoke_token"):
            return await super().handle(request)
        if not self.oauth.good(request):
            await request.read()
            return web.json_response({"message": "Unauthorized", "error": 401}, status=401)
        answer = await super().handle(request)
        answer.headers["X-Ratelimit-Used"] = "1"
        answer.headers["X-Ratelimit-Remaining"] = str(self.left)
        answer.headers["X-Ratelimit-Reset"] = "57"
        return answer

    async def _me(self, _request: web.Request) -> web.Response:
        return web.json_response({"id": "abc12", "name": ME, "is_suspended": False})

    async def _about(self, request: web.Request) -> web.Response:
        community = self.communities.get(request.path.split("/")[2])
        if community is None:  # Reddit leads to a search then
            return web.json_response({"kind": "Listing", "data": {"children": []}})
        data = {
            "display_name": request.path.split("/")[2], "allow_videos": community.videos,
            "submission_type": "any", "user_is_banned": community.banned,
            "subreddit_type": "public",
        }  # fmt: skip
        return web.json_response({"kind": "t5", "data": data})

    async def _requirements(self, request: web.Request) -> web.Response:
        community = self.communities.get(request.path.split("/")[3], Community())
        usual: dict[str, Any] = {
            "title_regexes": [], "title_text_min_length": None, "title_text_max_length": None,
            "title_required_strings": [], "title_blacklisted_strings": [],
            "is_flair_required": False, "body_restriction_policy": "none",
        }  # fmt: skip
        return web.json_response({**usual, **community.wants})

    async def _flairs(self, request: web.Request) -> web.Response:
        found = self.communities[request.path.split("/")[2]].flairs
        return web.json_response(found) if found else web.Response(status=403)

    async def _lease(self, request: web.Request) -> web.Response:
        form = await request.post()
        kind, name = str(form["mimetype"]), str(form["filepath"])
        assert kind in ("video/mp4", "video/quicktime", "image/jpeg", "image/png")
        self.numbers += 1
        asset = f"asset{self.numbers:08d}"
        made = Asset(kind, f"rte/{asset}/{name}", f"policy-of-{asset}" * 30)
        self.assets[asset] = made
        fields = {
            "acl": "private", "key": made.key, "X-Amz-Credential": "ASIA/us-east-1/s3/aws4_request",
            "X-Amz-Date": "20261126T160000Z", "Content-Type": kind, "policy": made.policy,
            "success_action_status": "201", "x-amz-meta-ext": name.split(".")[-1],
        }  # fmt: skip
        told = {
            "args": {
                "action": f"{self.address}/s3/reddit-uploaded-media",
                "fields": [{"name": name, "value": value} for name, value in fields.items()],
            },
            "asset": {"asset_id": asset, "websocket_url": f"wss://example.com/{asset}"},
        }
        return web.json_response(told)

    async def _store(self, request: web.Request) -> web.Response:
        fields: dict[str, str] = {}
        content, last = b"", ""
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            last = str(part.name)
            if part.name == "file":
                content = bytes(await part.read())
            else:
                fields[last] = (await part.read()).decode()
        asset = next((one for one in self.assets.values() if one.key == fields.get("key")), None)
        if asset is None or fields.get("policy") != asset.policy or last != "file":
            return xml_error("AccessDenied", 403)
        if len(content) > self.largest:
            return xml_error("EntityTooLarge", 400)
        assert fields["Content-Type"] == asset.kind
        asset.content = content
        told = f"{self.address}/s3/reddit-uploaded-media/{quote(asset.key, safe='')}"
        body = (
            f"<?xml version='1.0'?><PostResponse><Location>{escape(told)}</Location></PostResponse>"
        )
        return web.Response(body=body.encode(), status=201, content_type="application/xml")

    async def _submit(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        assert (form["api_type"], form["kind"], form["resubmit"]) == ("json", "video", "false")
        if self.refusal:
            refusal = self.refusal.pop(0)
            told: dict[str, Any] = {"errors": [refusal]}
            if refusal[0] == "RATELIMIT":
                told["ratelimit"] = 540.0
            return web.json_response({"json": told})
        community = self.communities.get(form["sr"])
        if community is None:
            return refused("SUBREDDIT_NOEXIST", "that subreddit doesn't exist")
        video, poster = self._asset(form["url"]), self._asset(form["video_poster_url"])
        if video is None or video.content is None or poster is None or poster.content is None:
            return refused("INVALID_URL", "that is not a video")
        if community.wants.get("is_flair_required") and "flair_id" not in form:
            return refused("SUBMIT_VALIDATION_FLAIR_REQUIRED", "a flair is needed")
        if any(one["key"] == video.key for one in [*self.waiting, *self.posts]):
            return refused("ALREADY_SUB", "that link has already been submitted")
        self.numbers += 1
        made = {
            "name": f"t3_{self.numbers:06d}", "title": form["title"], "subreddit": form["sr"],
            "text": form.get("text", ""), "flair": form.get("flair_id", ""),
            "nsfw": form["nsfw"], "key": video.key, "created": time.time(),
            "digest": hashlib.sha256(video.content).hexdigest(),
            "poster": hashlib.sha256(poster.content).hexdigest(),
        }  # fmt: skip
        if not self.fails:
            (self.waiting if self.works else self.posts).append(made)
        told = {"user_submitted_page": "", "websocket_url": "wss://example.com/rte"}
        return web.json_response({"json": {"errors": [], "data": told}})

    async def _submitted(self, request: web.Request) -> web.Response:
        assert (request.query["sort"], request.query["raw_json"]) == ("new", "1")
        if self.waiting:
            self.works -= 1
            if self.works <= 0:
                self.posts += self.waiting
                self.waiting = []
        return listing([told_of(one) for one in reversed(self.posts)])

    async def _info(self, request: web.Request) -> web.Response:
        names = request.query["id"].split(",")
        known = [told_of(one) for one in self.posts if one["name"] in names]
        return listing(known)

    def _asset(self, url: str) -> Asset | None:
        for asset in self.assets.values():
            if quote(asset.key, safe="") in url:
                return asset
        return None


def told_of(post: dict[str, Any]) -> dict[str, Any]:
    slug = post["name"].removeprefix("t3_")
    return {
        "name": post["name"], "id": slug, "title": post["title"], "subreddit": post["subreddit"],
        "created_utc": float(int(post["created"])), "is_video": True, "score": 31,
        "num_comments": 7, "upvote_ratio": 0.97, "view_count": None,
        "url": f"https://v.redd.it/{slug}zz",
        "permalink": f"/r/{post['subreddit']}/comments/{slug}/x/",
    }  # fmt: skip


def listing(posts: list[dict[str, Any]]) -> web.Response:
    children = [{"kind": "t3", "data": one} for one in posts]
    return web.json_response({"kind": "Listing", "data": {"children": children, "after": None}})


def refused(code: str, words: str) -> web.Response:
    return web.json_response({"json": {"errors": [[code, words, "sr"]]}})


def xml_error(code: str, status: int) -> web.Response:
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"
    return web.Response(body=body.encode(), status=status, content_type="application/xml")
