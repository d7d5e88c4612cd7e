"""Sends posts as e-mail, with the poster and the video when it is small; and tells the owner."""

from __future__ import annotations

import asyncio
import json
import time
import uuid

from app.api import AppError, InvalidInput, Notice, ProviderContext, Unavailable
from app.api.pieces import read_piece
from app.api.publishing import Account, Found, PostFile, PostStep, PostWanted, Stage, Trace
from app.api.unfinished import Unfinished
from plugins.email.client import Delivery, Server
from plugins.email.parsers import (
    NAME,
    Letter,
    address_of,
    fits,
    is_sent,
    letter_of,
    message_id,
    message_of,
    notice_letter,
    notice_of,
    proper_host,
    recipients_of,
    web_link,
)

LARGEST_POSTER = 2_000_000


class EMail:
    """Implements `Publishes` and `Notifies`.

    Once the end of a message was sent, no server tells of it again.
    """

    def __init__(self, context: ProviderContext) -> None:
        self._context = context

    async def account(self) -> Account:
        """Return who writes; the server must let it in."""
        letter = self._letter(None)
        delivery = Delivery(await self._server())
        try:
            await asyncio.to_thread(delivery.open)
            await asyncio.to_thread(delivery.quit)
        finally:
            await asyncio.to_thread(delivery.close)
        return Account(letter.sender, letter.name or letter.sender)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Look whether it can go out: there is nothing to send ahead."""
        letter = self._letter(wanted)
        if is_sent(session):
            return self._done(wanted, letter)
        _check(wanted)
        await Unfinished(self._context.cache, wanted.key).ready()
        return PostStep(Stage.READY, session, 0.0)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Hand the message in."""
        letter = self._letter(wanted)
        poster, video = _check(wanted)
        content = await asyncio.to_thread(
            _written, wanted, letter, await _content(poster), await _content(video)
        )
        noted = Unfinished(self._context.cache, wanted.key)
        await noted.begin()
        await self._hand_in(letter, content, noted)
        return self._done(wanted, letter)

    async def notify(self, notice: Notice) -> None:
        """Write to the owner; `Unsupported` when no address for notices is given."""
        told = self._context.settings
        letter = notice_letter(str(told["sender"]), str(told["notices_to"]))
        message = notice_of(notice, letter, uuid.uuid4().hex, time.time())
        await self._hand_in(letter, message.as_bytes())

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Say what can be known: the end was never sent, or it was refused."""
        if is_sent(session):
            return Found(Trace.THERE, self._done(wanted, self._letter(wanted)))
        if await Unfinished(self._context.cache, wanted.key).certainly_absent():
            return Found(Trace.ABSENT)
        return Found(Trace.UNKNOWN)

    async def _hand_in(
        self, letter: Letter, content: bytes, noted: Unfinished | None = None
    ) -> None:
        delivery = Delivery(await self._server())
        try:
            await asyncio.to_thread(delivery.open)
            await asyncio.to_thread(delivery.offer, letter.sender, letter.recipients, len(content))
            await asyncio.to_thread(delivery.body, content)
            if noted is None:
                await asyncio.to_thread(delivery.end)
            else:
                await noted.whole()
                await self._end(delivery, noted)
            await asyncio.to_thread(delivery.quit)
        finally:
            await asyncio.to_thread(delivery.close)

    async def _end(self, delivery: Delivery, noted: Unfinished) -> None:
        try:
            await asyncio.to_thread(delivery.end)
        except AppError as error:
            if not isinstance(error, Unavailable) or error.key == "errors.post_busy_there":
                await noted.refused()
            raise

    async def _server(self) -> Server:
        told = self._context.settings
        return Server(
            proper_host(str(told["host"])), int(told["port"]), str(told["user"]).strip(),
            (await self._context.secrets.get("password") or ""), str(told["authority"]).strip(),
        )  # fmt: skip

    def _letter(self, wanted: PostWanted | None) -> Letter:
        told = self._context.settings
        chosen = "" if wanted is None else wanted.choices.get("to", "")
        return letter_of(
            str(told["sender"]), str(told["recipients"]), chosen, str(told["unsubscribe"])
        )

    def _done(self, wanted: PostWanted, letter: Letter) -> PostStep:
        remote = message_id(wanted.key, letter.sender)
        return PostStep(Stage.DONE, json.dumps({"sent": True}), 1.0, remote=remote)


def _check(wanted: PostWanted) -> tuple[PostFile | None, PostFile | None]:
    """The poster and the video that go along; `InvalidInput` when nothing would."""
    if wanted.publish_at is not None:
        raise InvalidInput("errors.post_no_planning", name=NAME)
    if wanted.draft:
        raise InvalidInput("errors.post_no_drafts", name=NAME)
    poster, video = wanted.thumbnail, wanted.video
    if poster is not None and not 0 < poster.size <= LARGEST_POSTER:
        poster = None
    if video is not None and not fits(poster.size if poster else 0, video.size):
        video = None
    empty = wanted.video is not None or not wanted.description.strip()
    if video is None and empty and not web_link(wanted):
        raise InvalidInput("errors.post_mail_nothing")
    return poster, video


async def _content(file: PostFile | None) -> bytes:
    return b"" if file is None else await read_piece(file.path, 0, file.size)


def _written(wanted: PostWanted, letter: Letter, poster: bytes, video: bytes) -> bytes:
    return message_of(wanted, letter, poster, video, time.time()).as_bytes()


async def setup(context: ProviderContext) -> EMail:
    """Build the provider; `InvalidInput` when host, sender or addresses are written wrong."""
    told = context.settings
    proper_host(str(told["host"]))
    if str(told["sender"]).strip():
        letter_of(str(told["sender"]), "a@example.org", "", str(told["unsubscribe"]))
    if str(told["recipients"]).strip():
        recipients_of(str(told["recipients"]))
    if str(told["notices_to"]).strip():
        address_of(str(told["notices_to"]))
    return EMail(context)
