"""YouTube on loopback: resumable uploads, videos, captions, figures, as Google documents them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.oauth import CLIENT, CLIENT_SECRET, OAuthServer, kept
from tests.fakes.platforms import FakePlatform, Route

UNIT = 256 * 1024
SCOPES = tuple(
    f"https://www.googleapis.com/auth/{name}"
    for name in ("youtube.upload", "youtube.force-ssl", "yt-analytics.readonly")
)


@dataclass
class Session:
    """An upload that is open."""

    id: str
    resource: dict[str, Any]
    size: int
    media: str
    notify: str
    content: bytearray = field(default_factory=bytearray)
    video: str = ""


class Platform(FakePlatform):
    """A channel on YouTube."""

    PLUGIN: ClassVar[str] = "youtube"
    OPTIONS: ClassVar[dict[str, Any]] = {"client_id": CLIENT}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.oauth = OAuthServer()
        self.sessions: dict[str, Session] = {}
        self.has_channel = True
        self.verified = True
        self.audited = True
        self.may_report = True
        self.states: list[str] = []  # of uploaded videos, until they are processed
        self.stop_after: int | None = None  # bytes of the next piece, then the line is dead
        self.captions: dict[str, list[dict[str, Any]]] = {}
        self.thumbnails: dict[str, bytes] = {}
        self.quota = {"units": 10_000, "uploads": 100}  # of the project, a day
        self.used = {"units": 0, "uploads": 0}

    def secrets(self) -> dict[str, str]:
        return {"client_secret": CLIENT_SECRET, **kept()}

    def routes(self) -> Sequence[Route]:
        signed = self.signed
        return (
            ("POST", "/token", self.oauth.token),
            ("POST", "/revoke", self.oauth.revoke),
            ("POST", "/upload/youtube/v3/videos", signed(self.open_upload, 1, "uploads")),
            ("PUT", "/upload/youtube/v3/videos", signed(self.take)),
            ("POST", "/upload/youtube/v3/thumbnails/set", signed(self.thumbnail, 50)),
            ("POST", "/upload/youtube/v3/captions", signed(self.take_captions, 400)),
            ("GET", "/youtube/v3/videos", signed(self.videos, 1)),
            ("PUT", "/youtube/v3/videos", signed(self.update, 50)),
            ("GET", "/youtube/v3/channels", signed(self.channels, 1)),
            ("GET", "/youtube/v3/playlistItems", signed(self.listed, 1)),
            ("GET", "/v2/reports", signed(self.report)),
        )

    def signed(self, handler: Any, cost: int = 0, kind: str = "units") -> Any:
        """Answer who is signed in, while the project's quota lasts."""

        async def answer(request: web.Request) -> web.StreamResponse:
            if not self.oauth.good(request):
                await request.read()
                return said(401, "authError")
            if self.used[kind] + cost > self.quota[kind] and cost:
                await request.read()
                return used_up(kind)
            self.used[kind] += cost
            made: web.StreamResponse = await handler(request)
            return made

        return answer

    async def open_upload(self, request: web.Request) -> web.Response:
        resource = await request.json()
        assert request.query["uploadType"] == "resumable"
        assert set(request.query["part"].split(",")) == set(resource) == {"snippet", "status"}
        if not self.has_channel:
            return said(401, "youtubeSignupRequired")
        snippet, status = resource["snippet"], resource["status"]
        if wrong := _wrong(snippet, status):
            return said(400, wrong)
        name = f"upload-{len(self.sessions)}"
        self.sessions[name] = Session(
            name,
            resource,
            int(request.headers["X-Upload-Content-Length"]),
            request.headers["X-Upload-Content-Type"],
            request.query["notifySubscribers"],
        )
        address = f"{self.address}{request.path}?uploadType=resumable&upload_id={name}"
        return web.Response(headers={"Location": address})

    async def take(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.get(request.query["upload_id"])
        if session is None:
            await request.read()
            return said(404, "notFound")
        told = request.headers["Content-Range"]
        if session.video:
            await request.read()
            return web.json_response(self.video(session.video))
        if told == f"bytes */{session.size}":
            assert await request.read() == b""
            return self._so_far(session)
        first, last, total = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", told).groups())  # type: ignore[union-attr]  # it has to
        if total != session.size or first != len(session.content):
            await request.read()
            return said(400, "badRequest")
        assert last + 1 == total or (last + 1 - first) % UNIT == 0
        await self._receive(request, session, last + 1 - first)
        if len(session.content) < session.size:
            return self._so_far(session)
        return web.json_response(self._publish(session), status=201)

    async def _receive(self, request: web.Request, session: Session, count: int) -> None:
        """Take the bytes of a piece; of one that breaks off whole units are kept."""
        stop, self.stop_after = self.stop_after, None
        got = bytearray()
        async for block in request.content.iter_chunked(65536):
            got += block
            if stop is not None and len(got) >= stop:
                session.content += got[: stop // UNIT * UNIT]
                assert request.transport is not None
                request.transport.abort()
                raise ConnectionResetError
        assert len(got) == count
        session.content += got

    def _so_far(self, session: Session) -> web.Response:
        headers = {}
        if session.content:
            headers["Range"] = f"bytes=0-{len(session.content) - 1}"
        return web.Response(status=308, headers=headers)

    def _publish(self, session: Session) -> dict[str, Any]:
        number = len(self.posts)
        session.video = f"vid-{number:07d}"
        status = dict(session.resource["status"])
        if not self.audited:
            status["privacyStatus"] = "private"
        self.posts.append(
            {
                "id": session.video,
                **session.resource["snippet"],
                "status": status,
                "content": bytes(session.content),
                "media": session.media,
                "notify": session.notify,
                "published": datetime.datetime.now(datetime.UTC),
            }
        )
        return self.video(session.video)

    def video(self, name: str) -> dict[str, Any]:
        """A video as it is told."""
        post = next(one for one in self.posts if one["id"] == name)
        snippet: dict[str, Any] = {
            key: post[key]
            for key in ("title", "description", "tags", "categoryId", "defaultLanguage")
            if key in post
        }
        snippet["publishedAt"] = post["published"].strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "kind": "youtube#video",
            "id": name,
            "snippet": snippet,
            "status": {**post["status"], "uploadStatus": post.get("state", "uploaded")},
            "statistics": {"viewCount": "1234", "likeCount": "56", "favoriteCount": "0"},
            "fileDetails": {"fileName": "unknown", "fileSize": str(len(post["content"]))},
            "processingDetails": {"processingStatus": "processing"},
        }

    async def videos(self, request: web.Request) -> web.Response:
        names = request.query["id"].split(",")
        assert len(names) <= 50
        here = {one["id"] for one in self.posts}
        if "processingDetails" in request.query["part"]:
            state = self.states.pop(0) if self.states else "processed"
            for post in self.posts:
                post["state"], _, reason = state.partition(":")
                if reason:
                    post["status"]["rejectionReason"] = reason
        parts = {*request.query["part"].split(","), "id", "kind"}
        items = [
            {key: of for key, of in self.video(name).items() if key in parts}
            for name in names
            if name in here
        ]
        return web.json_response({"kind": "youtube#videoListResponse", "items": items})

    async def update(self, request: web.Request) -> web.Response:
        told = await request.json()
        assert request.query["part"] == "snippet"
        snippet = told["snippet"]
        if not snippet.get("title") or len(snippet["title"]) > 100:
            return said(400, "invalidTitle")
        if not snippet.get("categoryId"):
            return said(400, "invalidCategoryId")
        post = next((one for one in self.posts if one["id"] == told["id"]), None)
        if post is None:
            return said(404, "videoNotFound")
        for key in ("title", "description", "tags", "categoryId", "defaultLanguage"):
            post.pop(key, None)  # what is left out is erased
        post.update(snippet)
        return web.json_response(self.video(told["id"]))

    async def thumbnail(self, request: web.Request) -> web.Response:
        content = await request.read()
        if not self.verified:
            return said(403, "forbidden")
        if len(content) > 2 << 20:
            return said(413, "mediaBodyTooLarge")
        assert request.headers["Content-Type"] in ("image/jpeg", "image/png")
        self.thumbnails[request.query["videoId"]] = content
        return web.json_response({"items": [{}]})

    async def take_captions(self, request: web.Request) -> web.Response:
        assert request.query["part"] == "snippet"
        kind = request.headers["Content-Type"]
        assert kind.startswith("multipart/related; boundary=")
        boundary = kind.partition("boundary=")[2].encode()
        parts = (await request.read()).split(b"--" + boundary)
        head, rest = parts[1].split(b"\r\n\r\n", 1)
        assert b"application/json" in head
        snippet = json.loads(rest)["snippet"]
        held = self.captions.setdefault(snippet["videoId"], [])
        if any(one["language"] == snippet["language"] for one in held):
            return said(409, "captionExists")
        content = parts[2].split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")
        held.append({**snippet, "content": content})
        return web.json_response({"id": "caption"})

    async def channels(self, request: web.Request) -> web.Response:
        assert request.query["mine"] == "true"
        item = {
            "id": "UC-lighthouses",
            "snippet": {"title": "Lighthouses & fog"},
            "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": "UU-lighthouses"}},
        }
        return web.json_response({"items": [item] if self.has_channel else []})

    async def listed(self, request: web.Request) -> web.Response:
        assert request.query["playlistId"] == "UU-lighthouses"
        items = [{"contentDetails": {"videoId": one["id"]}} for one in reversed(self.posts)]
        return web.json_response({"items": items[: int(request.query["maxResults"])]})

    async def report(self, request: web.Request) -> web.Response:
        if not self.may_report:
            return said(403, "insufficientPermissions")
        assert request.query["ids"] == "channel==MINE"
        names = request.query["filters"].removeprefix("video==").split(",")
        columns = ["video", *request.query["metrics"].split(",")]
        headers = [{"name": one, "columnType": "METRIC"} for one in columns]
        rows = [[one, 1234, 77, 5] for one in names if not one.endswith("9")]
        return web.json_response({"columnHeaders": headers, "rows": rows})


def said(status: int, reason: str) -> web.Response:
    """An error as Google says it."""
    one = {"message": "no", "domain": "youtube", "reason": reason}
    error = {"code": status, "message": "no", "errors": [one]}
    return web.json_response({"error": error}, status=status)


def used_up(kind: str) -> web.Response:
    """What Google says when nothing is left of a day; uploads have words of their own."""
    if kind == "units":
        return said(403, "quotaExceeded")
    limit = "limit 'Video Uploads per day' of service 'youtube.googleapis.com'"
    told = f"Quota exceeded for quota metric 'Video Uploads' and {limit}."
    one = {"message": told, "domain": "global", "reason": "rateLimitExceeded"}
    error = {"code": 429, "message": told, "errors": [one]}
    return web.json_response({"error": error}, status=429)


def _wrong(snippet: dict[str, Any], status: dict[str, Any]) -> str:
    title = snippet.get("title", "")
    if not title or len(title) > 100 or set("<>") & set(title):
        return "invalidTitle"
    if len(snippet.get("description", "").encode()) > 5000:
        return "invalidDescription"
    if sum(map(len, snippet.get("tags", []))) > 500:
        return "invalidTags"
    if not snippet.get("categoryId", "").isdecimal():
        return "invalidCategoryId"
    if "publishAt" in status and status["privacyStatus"] != "private":
        return "invalidPublishAt"
    return ""
