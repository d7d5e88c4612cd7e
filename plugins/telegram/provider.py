"""Posts videos in a channel or group of Telegram, as a bot of the owner's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.api import AppError, AuthRequired, HttpAnswer, InvalidInput, ProviderContext, Unavailable
from app.api.pieces import read_piece
from app.api.publishing import Account, Found, PostFile, PostStep, PostWanted, Stage, Trace
from app.api.reading import service_address
from app.api.unfinished import Unfinished
from plugins.telegram.client import Client
from plugins.telegram.parsers import (
    NAME,
    Sent,
    caption_of,
    fields_of,
    is_unchanged,
    moved_to,
    parse_account,
    parse_remote,
    parse_sent,
    proper_chat,
    proper_token,
    result_of,
    session_of,
    session_text,
)

FILE = Path(__file__).with_name("places.json")


class Telegram:
    """Implements `Publishes` and `ChangesPosts`.

    A bot cannot ask what is in a chat. What is known for certain is that a video whose last byte
    never went out, or which was refused, is not there.
    """

    def __init__(
        self, context: ProviderContext, places: Mapping[str, Any], api: str, *, own: bool
    ) -> None:
        self._context = context
        self._client = Client(context.http, api, self._token)
        self._web = places["places"]["web"]
        self._limits = places["limits"]
        self._largest = int(self._limits["largest_own" if own else "largest"])

    async def account(self) -> Account:
        """Return the chat that is posted in; the bot must be able to see it."""
        chat = proper_chat(str(self._context.settings["chat"]))
        bot = self._result(await self._client.ask("getMe"))
        seen = self._result(await self._client.ask("getChat", chat_id=chat))
        return parse_account(bot, seen, self._web)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Look whether it can go out: there is nothing to send ahead."""
        sent = session_of(session)
        if sent is not None:
            return self._done(sent)
        self._check(wanted)
        self._chat(wanted)
        await self._token()
        await Unfinished(self._context.cache, wanted.key).ready()
        return PostStep(Stage.READY, session, 0.0)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Send it, in one request."""
        self._check(wanted)
        chat = self._chat(wanted)
        noted = Unfinished(self._context.cache, wanted.key)
        answer = await self._sent(wanted, chat, noted)
        if other := moved_to(answer):  # refused: the group has become another
            answer = await self._sent(wanted, other, noted)
        try:
            return self._done(parse_sent(self._result(answer), answer.host))
        except AppError as error:
            if _certain(error):
                await noted.refused()
            raise

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Say what can be known: a bot cannot look for its messages."""
        sent = session_of(session)
        if sent is not None:
            return Found(Trace.THERE, self._done(sent))
        if await Unfinished(self._context.cache, wanted.key).certainly_absent():
            return Found(Trace.ABSENT)
        return Found(Trace.UNKNOWN)

    async def change(self, remote: str, wanted: PostWanted) -> None:
        """Give a message another caption; its picture stays."""
        chat, message = parse_remote(remote)
        answer = await self._client.ask(
            "editMessageCaption", chat_id=chat, message_id=message,
            caption=caption_of(wanted, self._limits["text"]),
        )  # fmt: skip
        if not is_unchanged(answer):
            self._result(answer)

    async def _sent(self, wanted: PostWanted, chat: str, noted: Unfinished) -> HttpAnswer:
        """Send the video; a post without one goes as its picture with words, or as words."""
        await noted.begin()
        video, picture = wanted.video, wanted.thumbnail
        caption = caption_of(wanted, self._limits["text"])
        if video is not None:
            thumbnail = await self._thumbnail(picture)
            fields = fields_of(wanted, chat, caption)
            return await self._client.send_file("video", fields, video, thumbnail, noted.whole)
        if picture is not None:
            fields = fields_of(wanted, chat, caption)
            return await self._client.send_file("photo", fields, picture, b"", noted.whole)
        text = caption_of(wanted, self._limits["message"])
        await noted.whole()
        return await self._client.ask("sendMessage", chat_id=chat, text=text)

    def _check(self, wanted: PostWanted) -> None:
        video, picture = wanted.video, wanted.thumbnail
        wordless = not (wanted.title.strip() or wanted.description.strip())
        if (video is not None and video.size < 1) or (video is None and wordless):
            raise InvalidInput("errors.post_needs_video", name=NAME)
        most = self._largest if video is not None else self._limits["picture"]
        size = video.size if video is not None else picture.size if picture is not None else 0
        if size > most:
            raise InvalidInput("errors.post_video_large", name=NAME, most=most // 1_000_000)
        if wanted.publish_at is not None:
            raise InvalidInput("errors.post_no_planning", name=NAME)
        if wanted.draft:
            raise InvalidInput("errors.post_no_drafts", name=NAME)

    def _chat(self, wanted: PostWanted) -> str:
        chosen = wanted.choices.get("chat", "").strip()
        return proper_chat(chosen or str(self._context.settings["chat"]))

    async def _token(self) -> str:
        return proper_token(await self._context.secrets.get("token"))

    async def _thumbnail(self, file: PostFile | None) -> bytes:
        """A thumbnail Telegram takes; others are left out, it makes one itself."""
        side = self._limits["thumbnail_side"]
        if file is None or not 0 < file.size <= self._limits["thumbnail"]:
            return b""
        if file.ending not in ("jpg", "jpeg") or max(file.width, file.height) > side:
            return b""
        return await read_piece(file.path, 0, file.size)

    def _result(self, answer: HttpAnswer) -> object:
        return result_of(answer, self._limits["text"], self._largest)

    def _done(self, sent: Sent) -> PostStep:
        return PostStep(
            Stage.DONE, session_text(sent), 1.0, remote=sent.remote(), url=sent.url(self._web)
        )


def _certain(error: AppError) -> bool:
    """Whether an answer says for certain that nothing was posted."""
    return not isinstance(error, Unavailable) or error.key == "errors.post_busy_there"


async def setup(context: ProviderContext) -> Telegram:
    """Build the provider; token and chat are looked at when something goes out."""
    places = json.loads(FILE.read_text("utf-8"))
    told = str(context.settings["server"]).strip()
    api = service_address(told) if told else places["places"]["api"]
    chat = str(context.settings["chat"]).strip()
    if chat:
        try:
            proper_chat(chat)
        except AuthRequired as error:
            raise InvalidInput(error.key, **error.args_map) from error
    return Telegram(context, places, api, own=bool(told))
