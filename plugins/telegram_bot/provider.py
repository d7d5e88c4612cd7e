"""The remote on the phone: hears what people write to a bot of the owner's, and answers them."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Notice,
    ProviderContext,
    Unavailable,
)
from app.api.chatting import ChatIdentity, Incoming, Outgoing
from app.api.reading import service_address
from plugins.telegram_bot.client import Client
from plugins.telegram_bot.parsers import (
    NAME,
    keyboard,
    kind_of,
    menu_of,
    message_number,
    parse_identity,
    parse_sent,
    parse_updates,
    people_of,
    proper_chat,
    proper_token,
    result_of,
    says,
    text_of,
)

FILE = Path(__file__).with_name("places.json")
KINDS = ("message", "callback_query")
LONGEST_WAIT = 50.0
PATIENT = 60.0
"""Seconds a notice waits when the bot is asked for a pause."""
APART = 1.0
"""Seconds between two messages of one chat."""


class TelegramRemote:
    """Implements `Chats` and `Notifies`. Plain text only: nothing in it is ever read as a form."""

    def __init__(
        self, context: ProviderContext, places: Mapping[str, Any], api: str, *, own: bool
    ) -> None:
        self._context = context
        self._client = Client(context.http, api, self._token)
        self._web = str(places["places"]["web"])
        self._limits = places["limits"]
        self._largest = int(self._limits["largest_own" if own else "largest"])
        self._notices = asyncio.Lock()

    async def identity(self) -> ChatIdentity:
        """Return who the bot is."""
        return parse_identity(result_of(await self._client.ask("getMe")), self._web)

    async def incoming(self, after: int, wait: float) -> Sequence[Incoming]:
        """Return what came after that number; the question stays open meanwhile."""
        offset, wait = after + 1 if after > 0 else 0, min(max(0.0, wait), LONGEST_WAIT)
        try:
            return await self._updates(offset, wait, int(self._limits["updates"]))
        except Unavailable as error:
            if error.key not in ("errors.answer_too_large", "errors.bad_answer"):
                raise
        try:
            return await self._updates(offset, 0.0, 1)  # the one that cannot be read is alone now
        except Unavailable as error:
            if error.key not in ("errors.answer_too_large", "errors.bad_answer"):
                raise
            # A hotel's sign-in page cannot be read either, and does not take this.
            result_of(await self._poll(offset + 1 if offset else -1, 0.0, 1))
            self._context.log.warning("Something that came cannot be read; it was let go")
            return []

    async def say(self, chat: str, message: Outgoing) -> str:
        """Send a message; `InvalidInput` for a file that is too large, `NotFound` for none."""
        chat = proper_chat(chat)
        if message.file:
            answer = await self._send_file(chat, message)
        else:
            answer = await self._client.send(
                "sendMessage", chat, text=text_of(message.text, self._limits["text"]),
                **self._fields(message),
            )  # fmt: skip
        return parse_sent(result_of(answer), answer.host)

    async def rewrite(self, chat: str, sent: str, message: Outgoing) -> None:
        """Give a message other words and buttons; one below a picture gets another caption."""
        chat, number = proper_chat(chat), message_number(sent)
        shown = {"message_id": number, "reply_markup": self._keyboard(message)}
        answer = await self._client.send(
            "editMessageText", chat, text=text_of(message.text, self._limits["text"]),
            link_preview_options={"is_disabled": True}, **shown,
        )  # fmt: skip
        if says(answer, 400, b"there is no text in the message"):
            caption = text_of(message.text, self._limits["caption"])
            answer = await self._client.send("editMessageCaption", chat, caption=caption, **shown)
        if not says(answer, 400, b"message is not modified"):
            result_of(answer)

    async def answer(self, reply: str, text: str) -> None:
        """Say that a press was heard; `NotFound` when it was too long ago."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", reply):
            raise InvalidInput("errors.bad_argument", name="reply")
        more = {"text": text_of(text, self._limits["hint"])} if text else {}
        result_of(
            await self._client.ask(
                "answerCallbackQuery", "presses", callback_query_id=reply, **more
            )
        )

    async def offer(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """Put the commands into the menu of private chats, for phones of a language or all."""
        more = {"language_code": language} if re.fullmatch(r"[a-z]{2}", language) else {}
        result_of(
            await self._client.ask(
                "setMyCommands", commands=menu_of(commands), scope={"type": "all_private_chats"},
                **more,
            )
        )  # fmt: skip

    async def notify(self, notice: Notice) -> None:
        """Tell everybody who is paired; raises when nobody could be told."""
        people = people_of(str(self._context.settings["people"]))
        if not people:
            raise AuthRequired("errors.remote_nobody", name=NAME)
        text = "\n\n".join(part for part in (notice.title.strip(), notice.body.strip()) if part)
        failure: AppError | None = None
        told = 0
        async with self._notices:
            for chat in people:
                try:
                    await self._patiently(chat, Outgoing(text))
                    told += 1
                except AppError as error:
                    self._context.log.warning("Somebody could not be told: %s", error.key)
                    failure = error
            await asyncio.sleep(APART)  # the next notice is for the same chats
        if not told and failure is not None:
            raise failure

    async def _patiently(self, chat: str, message: Outgoing) -> None:
        try:
            await self.say(chat, message)
        except Unavailable as error:
            pause = error.args_map.get("retry_after")
            if not isinstance(pause, float) or pause > PATIENT:
                raise
            await asyncio.sleep(pause)
            await self.say(chat, message)

    async def _updates(self, offset: int, wait: float, most: int) -> Sequence[Incoming]:
        answer = await self._poll(offset, wait, most)
        if says(answer, 409, b"webhook"):
            # The bot was used otherwise before: nothing comes here until that is taken away.
            result_of(await self._client.ask("deleteWebhook", drop_pending_updates=False))
            answer = await self._poll(offset, wait, most)
        return parse_updates(result_of(answer), self._limits["text"])

    async def _poll(self, offset: int, wait: float, most: int) -> HttpAnswer:
        more = {"offset": offset} if offset else {}
        return await self._client.poll(wait, limit=most, allowed_updates=list(KINDS), **more)

    async def _send_file(self, chat: str, message: Outgoing) -> HttpAnswer:
        path = Path(message.file)
        size = await asyncio.to_thread(_size, path)
        if size > self._largest:
            raise InvalidInput("errors.chat_file_large", name=NAME)
        kind = kind_of(path.name, size, self._limits["picture"])
        name = re.sub(r"[^\w. -]", "_", path.name.encode("utf-8", "replace").decode())[-100:]
        fields = {
            one: value if isinstance(value, str) else json.dumps(value)
            for one, value in self._fields(message).items()
        }
        fields.pop("link_preview_options", None)
        if message.text.strip():
            fields["caption"] = text_of(message.text, self._limits["caption"])
        if kind == "video":
            fields["supports_streaming"] = "true"
        return await self._client.send_file(kind, chat, fields, os.fsencode(path), size, name)

    def _fields(self, message: Outgoing) -> dict[str, Any]:
        told: dict[str, Any] = {"link_preview_options": {"is_disabled": True}}
        if message.silent:
            told["disable_notification"] = True
        if message.buttons:
            told["reply_markup"] = self._keyboard(message)
        return told

    def _keyboard(self, message: Outgoing) -> Mapping[str, Any]:
        return keyboard(message.buttons, self._limits["press"], self._limits["button"])

    async def _token(self) -> str:
        return proper_token(await self._context.secrets.get("token"))


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        size = 0
    if size < 1:
        raise NotFound("errors.post_file_gone", name=path.name)
    return size


async def setup(context: ProviderContext) -> TelegramRemote:
    """Build the provider; the token is looked at when something is asked."""
    places = json.loads(FILE.read_text("utf-8"))
    told = str(context.settings["server"]).strip()
    api = service_address(told) if told else str(places["places"]["api"])
    return TelegramRemote(context, places, api, own=bool(told))
