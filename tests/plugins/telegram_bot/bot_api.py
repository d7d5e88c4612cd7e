"""The Bot API on loopback: one bot, whoever writes to it, and the buttons they press.

It follows core.telegram.org/bots/api and what its public server does: a question for updates is
held open, a later one ends it with 409, what is below the offset is forgotten.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

TOKEN = "4242:" + "Lighthouse-bot_" * 2
ANNA, BEN, STRANGER = 4711, 4712, 666
ONE_BOT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@dataclass
class Message:
    """A message of the bot's, with every text it had."""

    id: int
    chat: int
    texts: list[str]
    markup: dict[str, Any]
    file: bytes = b""
    fields: dict[str, Any] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words now."""
        return self.texts[-1]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The buttons now, in one row."""
        return [one for row in self.markup.get("inline_keyboard", []) for one in row]


class BotApi:
    """The server. `messages` is what the bot sent, `asked` every method that was called."""

    def __init__(self) -> None:
        self.address = ""
        self.updates: list[dict[str, Any]] = []
        self.messages: list[Message] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[str, str]] = []
        """Presses that were answered: query and words."""
        self.menus: dict[str, list[dict[str, str]]] = {}
        self.webhook = ""
        self.blocked: set[int] = set()
        self.busy: dict[str, list[int]] = {}
        """Methods that answer 429, each with the seconds of its pause."""
        self.broken: dict[str, list[web.Response]] = {}
        """Methods that answer something else, once each."""
        self.forgets = True
        """False: what was confirmed comes again, as after a kill before the next question."""
        self.polls = 0
        self.numbers = itertools.count(8001)
        self.ids = itertools.count(101)
        self._old: set[str] = set()
        self._queries: set[str] = set()
        self._held: asyncio.Future[web.Response | None] | None = None
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def open(self, port: int = 0) -> None:
        """Begin to listen."""
        application = web.Application(client_max_size=1 << 26)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop listening."""
        if self._held is not None and not self._held.done():
            self._held.set_result(None)
        if self._runner is not None:
            await self._runner.cleanup()

    # What people do.

    def write(self, text: str, sender: int = ANNA, **other: Any) -> int:
        """Somebody writes; `other` changes fields of the message. Returns the update's number."""
        message = {
            "message_id": next(self.ids), "date": int(time.time()), "text": text,
            "from": {"id": sender, "is_bot": False, "first_name": f"Person {sender}"},
            "chat": {"id": sender, "type": "private", "first_name": f"Person {sender}"},
        }  # fmt: skip
        return self.update(message={**message, **other})

    def press(self, message: Message, button: str, sender: int = 0, *, old: bool = False) -> str:
        """Somebody presses the button with this in its words; returns the query."""
        found = next(one for one in message.buttons if button in one["text"])
        return self.press_data(message, found["callback_data"], sender, old=old)

    def press_data(self, message: Message, data: str, sender: int = 0, *, old: bool = False) -> str:
        """Press with this data."""
        query = str(next(self.ids) * 1_000_003)
        (self._old if old else self._queries).add(query)
        who = sender or message.chat
        below = {
            "message_id": message.id, "date": int(time.time()), "text": message.text,
            "chat": {"id": message.chat, "type": "private"},
            "from": {"id": 4242, "is_bot": True, "first_name": "L"},
        }  # fmt: skip
        self.update(callback_query={
            "id": query, "from": {"id": who, "is_bot": False, "first_name": "Somebody"},
            "message": below, "chat_instance": "1", "data": data,
        })  # fmt: skip
        return query

    def update(self, **told: Any) -> int:
        """Something happens."""
        number = next(self.numbers)
        self.raw({"update_id": number, **told})
        return number

    def raw(self, update: Any) -> None:
        """Something happens, however it looks."""
        self.updates.append(update)
        self._wake()

    # What tests ask.

    def said(self, chat: int = ANNA) -> list[Message]:
        """What the bot sent somebody."""
        return [one for one in self.messages if one.chat == chat]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """What was asked of a method."""
        return [fields for name, fields in self.asked if name == method]

    async def until(self, true: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until something is true, looking after each request."""
        async with asyncio.timeout(seconds):
            while not true():
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await self._changed.wait()

    async def listened(self) -> None:
        """Wait until a question for updates is held, and everything before it was told."""
        await self.until(lambda: self._held is not None and not self._held.done())

    # The protocol.

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        start, _slash, method = request.path.removeprefix("/").partition("/")
        fields = await _fields(request)
        if start != f"bot{TOKEN}":
            return _refusal(401, "Unauthorized")
        self.asked.append((method, fields))
        self._changed.set()
        if waiting := self.busy.get(method):
            pause = waiting.pop(0)
            return _refusal(
                429, f"Too Many Requests: retry after {pause}", {"Retry-After": str(pause)},
                parameters={"retry_after": pause},
            )  # fmt: skip
        if broken := self.broken.get(method):
            return broken.pop(0)
        answer = await getattr(self, f"_do_{method}", _unknown)(fields)
        self._changed.set()
        assert isinstance(answer, web.StreamResponse)
        return answer

    async def _do_getMe(self, _fields: dict[str, Any]) -> web.Response:
        return _result({"id": 4242, "is_bot": True, "first_name": "L", "username": "lights_bot"})

    async def _do_deleteWebhook(self, _fields: dict[str, Any]) -> web.Response:
        self.webhook = ""
        return _result(True)

    async def _do_getUpdates(self, fields: dict[str, Any]) -> web.Response:
        self.polls += 1
        if self.webhook:
            return _refusal(409, WEBHOOK)
        offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
        if offset and self.forgets:
            kept = self.updates[offset:] if offset < 0 else self.updates
            self.updates = [one for one in kept if offset < 0 or _number(one, offset) >= offset]
        if self._held is not None and not self._held.done():
            self._held.set_result(_refusal(409, ONE_BOT))
        if not self._fresh(offset) and int(fields.get("timeout", 0)) > 0:
            mine: asyncio.Future[web.Response | None] = asyncio.get_running_loop().create_future()
            self._held = mine
            self._changed.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(fields["timeout"])):
                    other = await mine
                    if other is not None:
                        return other
        return _result(self._fresh(offset)[:limit])

    def _fresh(self, offset: int) -> list[Any]:
        return [one for one in self.updates if offset <= 0 or _number(one, offset) >= offset]

    def _wake(self) -> None:
        if self._held is not None and not self._held.done():
            self._held.set_result(None)

    async def _do_sendMessage(self, fields: dict[str, Any]) -> web.Response:
        return self._send(fields, str(fields["text"]), 4096)

    async def _do_sendPhoto(self, fields: dict[str, Any]) -> web.Response:
        return self._send(fields, str(fields.get("caption", "")), 1024, fields["photo"])

    async def _do_sendVideo(self, fields: dict[str, Any]) -> web.Response:
        return self._send(fields, str(fields.get("caption", "")), 1024, fields["video"])

    async def _do_sendDocument(self, fields: dict[str, Any]) -> web.Response:
        return self._send(fields, str(fields.get("caption", "")), 1024, fields["document"])

    def _send(
        self, fields: dict[str, Any], text: str, most: int, file: bytes | None = None
    ) -> web.Response:
        chat, markup = int(fields["chat_id"]), _markup(fields)
        if chat in self.blocked:
            return _refusal(403, "Forbidden: bot was blocked by the user")
        if wrong := _wrong(text, most, markup, empty=file is not None):
            return wrong
        made = Message(
            next(self.ids), chat, [text], markup, file or b"", fields, [time.monotonic()]
        )
        self.messages.append(made)
        return _result(self._told(made))

    async def _do_editMessageText(self, fields: dict[str, Any]) -> web.Response:
        return self._edit(fields, str(fields["text"]), 4096, file=False)

    async def _do_editMessageCaption(self, fields: dict[str, Any]) -> web.Response:
        return self._edit(fields, str(fields["caption"]), 1024, file=True)

    def _edit(self, fields: dict[str, Any], text: str, most: int, *, file: bool) -> web.Response:
        place = (int(fields["chat_id"]), int(fields["message_id"]))
        found = next((one for one in self.messages if (one.chat, one.id) == place), None)
        if found is None:
            return _refusal(400, "Bad Request: message to edit not found")
        if bool(found.file) != file:
            kind = "caption" if file else "text"
            return _refusal(400, f"Bad Request: there is no {kind} in the message to edit")
        markup = _markup(fields)
        if wrong := _wrong(text, most, markup, empty=file):
            return wrong
        if (text, markup) == (found.text, found.markup):
            return _refusal(400, UNCHANGED)
        found.texts.append(text)
        found.times.append(time.monotonic())
        found.markup = markup
        return _result(self._told(found))

    async def _do_answerCallbackQuery(self, fields: dict[str, Any]) -> web.Response:
        query = str(fields["callback_query_id"])
        if query not in self._queries:
            words = "query is too old and response timeout expired or query ID is invalid"
            return _refusal(400, f"Bad Request: {words}")
        self._queries.remove(query)
        assert len(str(fields.get("text", ""))) <= 200
        self.answers.append((query, str(fields.get("text", ""))))
        return _result(True)

    async def _do_setMyCommands(self, fields: dict[str, Any]) -> web.Response:
        assert all(set(one) == {"command", "description"} for one in fields["commands"])
        self.menus[fields.get("language_code", "")] = fields["commands"]
        return _result(True)

    @staticmethod
    def _told(message: Message) -> dict[str, Any]:
        chat = {"id": message.chat, "type": "private"}
        return {"message_id": message.id, "date": int(time.time()), "chat": chat}


@contextlib.asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """The server for the length of a test."""
    made = BotApi()
    await made.open()
    try:
        yield made
    finally:
        await made.close()


def _number(update: Any, otherwise: int) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else otherwise


def _markup(fields: dict[str, Any]) -> dict[str, Any]:
    told = fields.get("reply_markup") or {}
    markup = json.loads(told) if isinstance(told, str) else told
    assert isinstance(markup, dict)
    return markup if markup.get("inline_keyboard") else {}


def _wrong(text: str, most: int, markup: dict[str, Any], *, empty: bool) -> web.Response | None:
    if not text.strip() and not empty:
        return _refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > most:
        return _refusal(400, "Bad Request: message is too long")
    for button in (one for row in markup.get("inline_keyboard", []) for one in row):
        if not 0 < len(button.get("callback_data", "x").encode()) <= 64:
            return _refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return None


async def _fields(request: web.Request) -> dict[str, Any]:
    if not request.content_type.startswith("multipart/"):
        told = await request.json() if request.can_read_body else {}
        assert isinstance(told, dict)
        return told
    made: dict[str, Any] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        made[str(part.name)] = content if part.filename else content.decode()
    return made


async def _unknown(_fields: dict[str, Any]) -> web.Response:
    return _refusal(404, "Not Found")


def _result(told: object) -> web.Response:
    return web.json_response({"ok": True, "result": told})


def _refusal(
    status: int, words: str, headers: dict[str, str] | None = None, **more: Any
) -> web.Response:
    told = {"ok": False, "error_code": status, "description": words, **more}
    return web.json_response(told, status=status, headers=headers)
