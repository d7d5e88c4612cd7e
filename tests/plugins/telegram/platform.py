"""The Bot API on loopback: one bot, a public channel, a private group and one that moved."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.platforms import FakePlatform, Route

TOKEN = "4242:" + "Lighthouse-bot_" * 2
CHANNEL, GROUP, MOVED, NEW = -1001234567890, -1009876543210, -555, -1005550000000
LARGEST = 50_000_000


class Platform(FakePlatform):
    """Holds to core.telegram.org/bots/api."""

    PLUGIN = "telegram"
    OPTIONS = {"chat": "@lights"}
    SECRETS = {"token": TOKEN}
    TELLS = False

    def __init__(self, place: Any) -> None:
        super().__init__(place)
        self.rights = True
        self.edits: list[dict[str, Any]] = []

    def routes(self) -> Sequence[Route]:
        return (
            ("POST", rf"/bot{TOKEN}/getMe", self._me),
            ("POST", rf"/bot{TOKEN}/getChat", self._chat),
            ("POST", rf"/bot{TOKEN}/sendVideo", self._file),
            ("POST", rf"/bot{TOKEN}/sendPhoto", self._file),
            ("POST", rf"/bot{TOKEN}/sendMessage", self._message),
            ("POST", rf"/bot{TOKEN}/editMessageCaption", self._edit),
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if not request.path.startswith(f"/bot{TOKEN}/"):
            await request.read()
            return refusal(401, "Unauthorized")
        return await super().handle(request)

    async def _me(self, _request: web.Request) -> web.Response:
        return result({"id": 4242, "is_bot": True, "first_name": "L", "username": "lights_bot"})

    async def _chat(self, request: web.Request) -> web.Response:
        chat = self._known((await request.json())["chat_id"])
        return refusal(400, "Bad Request: chat not found") if chat is None else result(chat)

    async def _file(self, request: web.Request) -> web.Response:
        assert request.content_length is not None
        if request.content_length > LARGEST + 500_000:
            await request.read()
            return web.Response(status=413, text="Request Entity Too Large")
        form = await form_of(request)
        chat = self._known(str(form["chat_id"]))
        if chat is None:
            return refusal(400, "Bad Request: chat not found")
        if chat["id"] == MOVED:
            more = {"migrate_to_chat_id": NEW}
            return refusal(400, "Bad Request: group chat was upgraded", parameters=more)
        if not self.rights:
            return refusal(403, "Forbidden: bot is not a member of the channel chat")
        caption = str(form.get("caption", ""))
        if len(caption.encode("utf-16-le")) // 2 > 1024:
            return refusal(400, "Bad Request: message caption is too long")
        content = form["video" if request.path.endswith("Video") else "photo"]
        assert isinstance(content, bytes)
        self.posts.append({
            "id": len(self.posts) + 7, "chat": chat["id"], "caption": caption,
            "digest": hashlib.sha256(content).hexdigest(),
            "thumbnail": form.get("thumbnail", b""),
            **{name: form.get(name) for name in
               ("duration", "width", "height", "supports_streaming", "disable_notification")},
        })  # fmt: skip
        return result({"message_id": self.posts[-1]["id"], "date": 1, "chat": chat})

    async def _message(self, request: web.Request) -> web.Response:
        asked = await request.json()
        chat = self._known(asked["chat_id"])
        if chat is None or not 0 < len(asked["text"].encode("utf-16-le")) // 2 <= 4096:
            return refusal(400, "Bad Request: chat not found")
        self.posts.append({"id": len(self.posts) + 7, "chat": chat["id"], "text": asked["text"]})
        return result({"message_id": self.posts[-1]["id"], "chat": chat})

    async def _edit(self, request: web.Request) -> web.Response:
        asked = await request.json()
        chat = self._known(asked["chat_id"])
        assert chat is not None
        for post in self.posts:
            if (post["chat"], post["id"]) == (chat["id"], asked["message_id"]):
                if post["caption"] == asked["caption"]:
                    return refusal(400, "Bad Request: message is not modified")
                post["caption"] = asked["caption"]
                return result({"message_id": post["id"], "chat": chat})
        return refusal(400, "Bad Request: message to edit not found")

    def _known(self, told: object) -> dict[str, Any] | None:
        chats = (
            {"id": CHANNEL, "type": "channel", "title": "Lights", "username": "lights"},
            {"id": GROUP, "type": "supergroup", "title": "Keepers"},
            {"id": MOVED, "type": "group", "title": "Old"},
            {"id": NEW, "type": "supergroup", "title": "New"},
        )
        for chat in chats:
            if str(told) in (str(chat["id"]), f"@{chat.get('username', '')}"):
                return chat
        return None


async def form_of(request: web.Request) -> dict[str, str | bytes]:
    """What came in a form, files as their bytes."""
    made: dict[str, str | bytes] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        made[str(part.name)] = content if part.filename else content.decode()
    return made


def result(told: object) -> web.Response:
    """What was asked for."""
    return web.json_response({"ok": True, "result": told})


def refusal(status: int, words: str, **more: Any) -> web.Response:
    """Why it was not done."""
    told = {"ok": False, "error_code": status, "description": words, **more}
    return web.json_response(told, status=status)
