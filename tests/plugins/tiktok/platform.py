"""TikTok on loopback, after its published protocol: init, pieces in their order, status."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.platforms import FakePlatform, Route

CLIENT, CLIENT_SECRET = "tk-client-key", "tk-client-secret"
ACCESS, REFRESH = "tk-access-1", "tk-refresh-1"
MIB = 1 << 20
PUBLIC, FRIENDS, ONLY_ME = "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"


@dataclass
class Incoming:
    """An upload TikTok waits for."""

    publish: str
    token: str
    size: int
    piece: int
    count: int
    info: dict[str, Any]
    draft: bool
    pieces: list[int] = field(default_factory=list)
    content: Any = field(default_factory=hashlib.sha256)
    arrived: int = 0
    looks: int = 0
    post: int = 0
    dead: bool = False


def signed(access: str = ACCESS, refresh: str = REFRESH, **more: Any) -> str:
    """What the keyring holds of a sign-in."""
    client = hashlib.sha256(CLIENT.encode()).hexdigest()[:16]
    kept = {"access": access, "refresh": refresh, "issued": 0, "expires": 4e9, "ends": 4e9}
    return json.dumps({**kept, "client": client, "name": "Lighthouse", **more})


class Platform(FakePlatform):
    """TikTok."""

    PLUGIN = "tiktok"
    OPTIONS: ClassVar[dict[str, Any]] = {"client_id": CLIENT}
    SECRETS: ClassVar[dict[str, str]] = {"client_secret": CLIENT_SECRET, "sign_in": signed()}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.access, self.refresh = ACCESS, REFRESH
        self.renewals = 0
        self.challenges: dict[str, str] = {}
        """Codes of the sign-in page and the challenge each was asked with."""
        self.uploads: dict[str, Incoming] = {}
        self.inbox: list[dict[str, Any]] = []
        self.levels = [PUBLIC, FRIENDS, ONLY_ME]
        self.longest = 600
        self.closed: set[str] = set()
        self.audited = True
        self.private_only = False
        """The app was not looked at and the account is public: nothing at all is taken."""
        self.work = 1
        """How often it says that it works on a video before it is out."""
        self.fails = ""
        self.named = True
        """Whether a public video that is out has its name already."""
        self.counts_bytes = True
        self.figures: dict[str, dict[str, int]] = {}
        self.revoked: list[str] = []

    def routes(self) -> Sequence[Route]:
        post = "/v2/post/publish"
        return (
            ("POST", "/v2/oauth/token", self._token),
            ("POST", "/v2/oauth/revoke", self._revoke),
            ("GET", "/v2/user/info/", self._who),
            ("POST", f"{post}/creator_info/query/", self._creator),
            ("POST", f"{post}/video/init/", self._init),
            ("POST", f"{post}/inbox/video/init/", self._init),
            ("POST", f"{post}/status/fetch/", self._status),
            ("PUT", r"/video/\d+", self._piece),
            ("POST", "/v2/video/query/", self._query),
        )

    @property
    def upload(self) -> Incoming:
        """The newest upload."""
        return list(self.uploads.values())[-1]

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if (form.get("client_key"), form.get("client_secret")) != (CLIENT, CLIENT_SECRET):
            return _oauth_trouble("invalid_client")
        if form.get("grant_type") == "authorization_code":
            proof = hashlib.sha256(form.get("code_verifier", "").encode()).hexdigest()
            if self.challenges.pop(form.get("code", ""), None) != proof:
                return _oauth_trouble("invalid_grant")
        elif form.get("grant_type") != "refresh_token" or form["refresh_token"] != self.refresh:
            return _oauth_trouble("invalid_grant")
        self.renewals += 1
        self.access = f"tk-access-{self.renewals + 1}"
        self.refresh = f"tk-refresh-{self.renewals + 1}"
        return web.json_response(
            {
                "open_id": "open-1",
                "scope": "user.info.basic,video.upload,video.list,video.publish",
                "access_token": self.access,
                "expires_in": 86_400,
                "refresh_token": self.refresh,
                "refresh_expires_in": 31_536_000,
                "token_type": "Bearer",
            }
        )

    async def _revoke(self, request: web.Request) -> web.Response:
        self.revoked.append(str((await request.post())["token"]))
        return web.json_response({})

    def _stranger(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") == f"Bearer {self.access}":
            return None
        return _trouble(401, "access_token_invalid")

    async def _who(self, request: web.Request) -> web.Response:
        user = {"open_id": "open-1", "display_name": "Lighthouse"}
        return self._stranger(request) or _said({"user": user})

    async def _creator(self, request: web.Request) -> web.Response:
        data = {
            "creator_avatar_url": "https://example.com/a.jpg",
            "creator_username": "lighthouse",
            "creator_nickname": "Lighthouse",
            "privacy_level_options": self.levels,
            "comment_disabled": "comment" in self.closed,
            "duet_disabled": "duet" in self.closed,
            "stitch_disabled": "stitch" in self.closed,
            "max_video_post_duration_sec": self.longest,
        }
        return self._stranger(request) or _said(data)

    async def _init(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        body, draft = await request.json(), "inbox" in request.path
        info = {} if draft else body["post_info"]
        if (trouble := self._unfit(info, draft) or _badly_cut(body["source_info"])) is not None:
            return trouble
        source = body["source_info"]
        number = len(self.uploads) + 1
        publish = f"v_{'inbox' if draft else 'pub'}_file~v2-1.{number}"
        self.uploads[publish] = Incoming(
            publish, f"token{number}", source["video_size"], source["chunk_size"],
            source["total_chunk_count"], info, draft,
        )  # fmt: skip
        address = f"{self.address}/video/{number}?upload_id={number}&upload_token=token{number}"
        return _said({"publish_id": publish, "upload_url": address})

    def _unfit(self, info: dict[str, Any], draft: bool) -> web.Response | None:
        if draft:
            return None
        if len(info["title"].encode("utf-16-le")) > 4400:
            return _trouble(400, "invalid_params")
        if self.private_only or (not self.audited and info["privacy_level"] != ONLY_ME):
            return _trouble(403, "unaudited_client_can_only_post_to_private_accounts")
        if info["privacy_level"] not in self.levels:
            return _trouble(400, "privacy_level_option_mismatch")
        open_ones = [one for one in self.closed if info[f"disable_{one}"] is not True]
        return _trouble(400, "invalid_params") if open_ones else None

    async def _piece(self, request: web.Request) -> web.Response:
        found = [one for one in self.uploads.values() if one.token == request.query["upload_token"]]
        if not found or found[0].dead:
            return web.Response(status=403)
        assert "Authorization" not in request.headers, "the access is nobody's business there"
        upload, content = found[0], await request.read()
        told = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
        if told is None or request.headers.get("Content-Type") != "video/mp4":
            return web.Response(status=400)
        first, last, size = map(int, told.groups())
        if last - first + 1 != len(content) or size != upload.size:
            return web.Response(status=400)
        number = len(upload.pieces)
        final = number == upload.count - 1
        wanted = upload.size - upload.arrived if final else upload.piece
        if first != upload.arrived or len(content) != wanted or number >= upload.count:
            return web.Response(status=416)
        upload.content.update(content)
        upload.pieces.append(len(content))
        upload.arrived += len(content)
        if final:
            self._publish(upload)
        reached = {"Content-Range": f"bytes 0-{upload.arrived - 1}/{upload.size}"}
        return web.Response(status=201 if final else 206, headers=reached)

    def _publish(self, upload: Incoming) -> None:
        """The whole video is there: TikTok goes on by itself."""
        if self.fails:
            return
        upload.post = 7_000_000_000_000_000_000 + len(self.posts)
        told = {**upload.info, "digest": upload.content.hexdigest(), "id": str(upload.post)}
        (self.inbox if upload.draft else self.posts).append(told)

    async def _status(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        upload = self.uploads.get((await request.json())["publish_id"])
        if upload is None:
            return _trouble(400, "invalid_publish_id")
        data: dict[str, Any] = {"status": "PROCESSING_UPLOAD", "publicaly_available_post_id": []}
        if self.counts_bytes:
            data["uploaded_bytes"] = upload.arrived
        if upload.arrived < upload.size:
            return _said(data)
        upload.looks += 1
        if upload.looks <= self.work:
            return _said(data)
        if self.fails:
            return _said({**data, "status": "FAILED", "fail_reason": self.fails})
        if upload.draft:
            return _said({**data, "status": "SEND_TO_USER_INBOX"})
        if self.named and upload.info["privacy_level"] == PUBLIC:
            data["publicaly_available_post_id"] = [upload.post]
        return _said({**data, "status": "PUBLISH_COMPLETE"})

    async def _query(self, request: web.Request) -> web.Response:
        if (stranger := self._stranger(request)) is not None:
            return stranger
        ids = (await request.json())["filters"]["video_ids"]
        if len(ids) > 20:
            return _trouble(400, "invalid_params")
        fields = request.query["fields"].split(",")
        known = [{"id": one, **self.figures[one]} for one in ids if one in self.figures]
        videos = [{name: one[name] for name in fields if name in one} for one in known]
        return _said({"videos": videos, "cursor": 0, "has_more": False})


def _badly_cut(source: dict[str, Any]) -> web.Response | None:
    size, piece, count = source["video_size"], source["chunk_size"], source["total_chunk_count"]
    last = size - piece * (count - 1)
    small = size < 5 * MIB and (count != 1 or piece != size)
    between = count > 1 and not 5_000_000 <= piece <= 64 * MIB
    rest = count != size // piece or last > 128 * MIB or not 1 <= count <= 1000
    wrong = source["source"] != "FILE_UPLOAD" or small or between or rest
    return _trouble(400, "invalid_params") if wrong else None


def _said(data: dict[str, Any]) -> web.Response:
    return web.json_response({"data": data, "error": {"code": "ok", "message": "", "log_id": "1"}})


def _trouble(status: int, code: str) -> web.Response:
    error = {"code": code, "message": "told in words", "log_id": "1"}
    return web.json_response({"data": {}, "error": error}, status=status)


def _oauth_trouble(word: str) -> web.Response:
    told = {"error": word, "error_description": "told in words", "log_id": "1"}
    return web.json_response(told, status=400)
