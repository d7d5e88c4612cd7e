"""X on loopback: chunked uploads, work on videos, posts, and its own sign-in."""

from __future__ import annotations

import hashlib
import html
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.oauth import CLIENT, OAuthServer, kept
from tests.fakes.platforms import FakePlatform, Route

ME = "2244994945"
LARGEST_PIECE = 5 * 1024 * 1024


@dataclass
class Media:
    """A video that is sent."""

    total: int
    pieces: dict[int, bytes] = field(default_factory=dict)
    content: bytes | None = None
    works: int = 0
    used: bool = False
    expired: bool = False


class Platform(FakePlatform):
    """Holds to what docs.x.com says. `works`: how often it is asked until a video is done."""

    PLUGIN = "x_com"
    OPTIONS = {"client_id": CLIENT}
    SECRETS = kept()

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.oauth = OAuthServer(proof="public", life=7200, redirects=("http://127.0.0.1:47832/x",))
        self.media: dict[str, Media] = {}
        self.works = 1
        self.pause = 0  # seconds X asks to wait between two looks
        self.fails = False  # the work on videos ends badly
        self.readable = True
        self.hidden = 0  # looks at the posts that do not show them yet
        self.numbers = 1_880_028_106_020_515_840

    def routes(self) -> Sequence[Route]:
        upload = "/2/media/upload"
        return (
            ("POST", "/2/oauth2/token", self.oauth.token),
            ("POST", "/2/oauth2/revoke", self.oauth.revoke),
            ("GET", "/2/users/me", self._me),
            ("POST", f"{upload}/initialize", self._initialize),
            ("POST", rf"{upload}/\d+/append", self._append),
            ("POST", rf"{upload}/\d+/finalize", self._finalize),
            ("GET", upload, self._status),
            ("POST", "/2/tweets", self._post),
            ("GET", rf"/2/users/{ME}/tweets", self._posts),
            ("GET", "/2/tweets", self._figures),
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if "/oauth2/" not in request.path and not self.oauth.good(request):
            await request.read()
            return problem(401, "Unauthorized", "Unauthorized")
        return await super().handle(request)

    async def _me(self, _request: web.Request) -> web.Response:
        who = {"id": ME, "name": "Lighthouses", "username": "lights"}
        return web.json_response({"data": who})

    async def _initialize(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert asked["media_category"] in ("tweet_video", "amplify_video")
        assert asked["media_type"] in ("video/mp4", "video/quicktime", "video/webm")
        assert isinstance(asked["total_bytes"], int)
        made = self._number()
        self.media[made] = Media(asked["total_bytes"], works=self.works)
        told = {"id": made, "media_key": f"13_{made}", "expires_after_secs": 86_400}
        return web.json_response({"data": told})

    async def _append(self, request: web.Request) -> web.Response:
        media = self._media(request)
        form = await request.post()
        piece = form["media"]
        assert isinstance(piece, web.FileField)
        content = piece.file.read()
        index = int(str(form["segment_index"]))
        if media is None or media.content is not None or not 0 <= index <= 999:
            return problem(400, "Invalid Request", "media id is not valid")
        if not 0 < len(content) <= LARGEST_PIECE:
            return problem(400, "Invalid Request", "segment size")
        media.pieces[index] = content
        return web.json_response({"data": {"expires_at": int(time.time()) + 86_400}})

    async def _finalize(self, request: web.Request) -> web.Response:
        await request.read()
        media = self._media(request)
        if media is None or media.content is not None:
            return problem(400, "Invalid Request", "media id is not valid")
        content = b"".join(media.pieces[index] for index in sorted(media.pieces))
        whole = sorted(media.pieces) == list(range(len(media.pieces)))
        if not whole or len(content) != media.total:
            return problem(400, "Invalid Request", "Segments do not add up to provided total")
        media.content = content
        return self._stands(request.path.split("/")[-2], media)

    async def _status(self, request: web.Request) -> web.Response:
        assert request.query["command"] == "STATUS"
        media = self._media(request, request.query["media_id"])
        if media is None or media.content is None:
            return problem(404, "Not Found", "media not found")
        media.works = max(0, media.works - 1)
        return self._stands(request.query["media_id"], media)

    def _stands(self, name: str, media: Media) -> web.Response:
        told: dict[str, Any] = {"state": "succeeded", "progress_percent": 100}
        if media.works:
            told = {"state": "in_progress", "check_after_secs": self.pause, "progress_percent": 50}
        elif self.fails:
            error = {"code": 1, "name": "InvalidMedia", "message": "Unsupported video format"}
            told = {"state": "failed", "error": error}
        return web.json_response({"data": {"id": name, "processing_info": told}})

    async def _post(self, request: web.Request) -> web.Response:
        asked = await request.json()
        words = asked.get("text", "")
        names = asked.get("media", {}).get("media_ids", [])
        if rough_length(words) > 280 or not (words or names):
            return problem(400, "Invalid Request", "text is too long")
        if words and any(words == one["text"] for one in self.posts):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return problem(403, "Forbidden", detail)
        found = [self._media(request, name) for name in names]
        for media in found:
            ready = media is not None and media.content is not None and not media.works
            if media is None or not ready or media.used or self.fails:
                return problem(400, "Invalid Request", "Your media IDs are invalid.")
        digests = []
        for media in found:
            assert media is not None
            assert media.content is not None
            media.used = True
            digests.append(hashlib.sha256(media.content).hexdigest())
        made = self._number()
        self.posts.append(
            {"id": made, "text": words, "media": names, "digest": "".join(digests),
             "created": time.time(), "replies": asked.get("reply_settings", "")}
        )  # fmt: skip
        return web.json_response({"data": {"id": made, "text": words}}, status=201)

    async def _posts(self, request: web.Request) -> web.Response:
        assert 5 <= int(request.query["max_results"]) <= 100
        if not self.readable:
            detail = "Your app is not permitted to read with this access level"
            return problem(403, "Forbidden", detail)
        shown = [] if self.hidden else self.posts
        self.hidden = max(0, self.hidden - 1)
        told: dict[str, Any] = {"meta": {"result_count": len(shown)}}
        if shown:
            told["data"] = [told_of(one) for one in reversed(shown)]
        return web.json_response(told)

    async def _figures(self, request: web.Request) -> web.Response:
        names = request.query["ids"].split(",")
        assert "public_metrics" in request.query["tweet.fields"]
        counted = {
            "retweet_count": 2, "reply_count": 3, "like_count": 40, "quote_count": 1,
            "bookmark_count": 0, "impression_count": 1234,
        }  # fmt: skip
        known = [one["id"] for one in self.posts if one["id"] in names]
        data = [{"id": one, "text": "", "public_metrics": counted} for one in known]
        gone = [{"value": one, "title": "Not Found Error"} for one in names if one not in known]
        return web.json_response({"data": data, "errors": gone})

    def _media(self, request: web.Request, name: str = "") -> Media | None:
        found = self.media.get(name or request.path.split("/")[-2])
        return None if found is None or found.expired else found

    def _number(self) -> str:
        self.numbers += 1
        return str(self.numbers)


def told_of(post: dict[str, Any]) -> dict[str, Any]:
    """A post as the list of posts tells it: links shortened, signs written as HTML has them."""
    words, urls, keys = post["text"], [], []
    for index, link in enumerate(re.findall(r"https?://\S+", words)):
        short = f"https://t.co/{post['id'][-4:]}{index}"
        words = words.replace(link, short)
        urls.append({"url": short, "expanded_url": link, "display_url": link[8:]})
    for media in post["media"]:
        short, key = f"https://t.co/m{media[-6:]}", f"13_{media}"
        words += f" {short}"
        keys.append(key)
        whole = f"https://x.com/lights/status/{post['id']}/video/1"
        urls.append({"url": short, "expanded_url": whole, "media_key": key})
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(post["created"]))
    told: dict[str, Any] = {
        "id": post["id"], "text": html.escape(words, quote=False), "created_at": stamp,
        "entities": {"urls": urls},
    }  # fmt: skip
    if keys:
        told["attachments"] = {"media_keys": keys}
    return told


def rough_length(words: str) -> int:
    """How long X takes words to be, as far as tests go: no emoji of several parts, whole links."""
    bare = re.sub(r"https?://\S+", "x" * 23, words)
    return sum(1 if ord(one) <= 4351 or 8208 <= ord(one) <= 8223 else 2 for one in bare)


def problem(status: int, title: str, detail: str) -> web.Response:
    told = {"title": title, "detail": detail, "status": status, "type": "about:blank"}
    return web.json_response(told, status=status)
