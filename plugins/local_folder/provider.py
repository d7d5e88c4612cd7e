"""Publishes into a folder: each post a folder of its own, and a feed (RSS) of all of them."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from app.api import InvalidInput, ProviderContext
from app.api.publishing import Account, Found, PostStep, PostWanted, Stage, Trace
from app.api.reading import service_address
from plugins.local_folder.client import Client, files_of
from plugins.local_folder.parsers import Feed, session_of

NAME = "Folder"
USUAL_TITLE = "Sokoul"


class LocalFolder:
    """Implements `Publishes` and `ChangesPosts`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._turn = asyncio.Lock()

    async def account(self) -> Account:
        """Return the folder."""
        folder = self._client.folder
        return Account(str(folder), folder.name)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Copy the next piece into a folder nobody sees; after `commit` write the feed."""
        _check(wanted)
        told = session_of(session)
        if told.get("out"):
            return await self._fed(wanted)
        files = files_of(wanted)
        role, start = told.get("role"), told.get("start", 0)
        number = next((place for place, (name, _f) in enumerate(files) if name == role), -1)
        if number < 0 or not isinstance(start, int) or not 0 <= start <= files[number][1].size:
            await asyncio.to_thread(self._client.prepare, wanted)
            return _sending(wanted, 0, 0)
        if start < files[number][1].size:
            start = await asyncio.to_thread(self._client.copy, wanted, files[number][0], start)
            return _sending(wanted, number, start)
        if number + 1 < len(files):
            return _sending(wanted, number + 1, 0)
        if not await asyncio.to_thread(self._client.whole, wanted):
            await asyncio.to_thread(self._client.prepare, wanted)
            return _sending(wanted, 0, 0)
        await asyncio.to_thread(self._client.describe, wanted)
        return PostStep(Stage.READY, session, 1.0)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Let it appear under its name."""
        name = await asyncio.to_thread(self._client.appear, wanted)
        return PostStep(Stage.WORKING, json.dumps({"out": name}), 1.0, remote=name)

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Look whether it is there."""
        name = await asyncio.to_thread(self._client.found, wanted)
        if not name:
            return Found(Trace.ABSENT)
        step = PostStep(Stage.WORKING, json.dumps({"out": name}), 1.0, remote=name)
        return Found(Trace.THERE, step)

    async def change(self, remote: str, wanted: PostWanted) -> None:
        """Give it other words."""
        async with self._turn:
            await asyncio.to_thread(self._client.change, remote, wanted)
            await asyncio.to_thread(self._client.write_feed)

    async def _fed(self, wanted: PostWanted) -> PostStep:
        async with self._turn:
            await asyncio.to_thread(self._client.write_feed)
        name = await asyncio.to_thread(self._client.found, wanted)
        url = await asyncio.to_thread(self._client.link, name) if name else ""
        session = json.dumps({"out": name or True})
        return PostStep(Stage.DONE, session, 1.0, remote=name, url=url)


def _check(wanted: PostWanted) -> None:
    if wanted.video is None or wanted.video.size < 1:
        raise InvalidInput("errors.post_needs_video", name=NAME)
    if wanted.publish_at is not None:
        raise InvalidInput("errors.post_no_planning", name=NAME)
    if wanted.draft:
        raise InvalidInput("errors.post_no_drafts", name=NAME)


def _sending(wanted: PostWanted, number: int, start: int) -> PostStep:
    files = files_of(wanted)
    done = sum(file.size for _role, file in files[:number]) + start
    session = json.dumps({"role": files[number][0], "start": start})
    whole = sum(file.size for _role, file in files)
    return PostStep(Stage.SENDING, session, done / max(1, whole))


async def setup(context: ProviderContext) -> LocalFolder:
    """Build the provider; the folder is looked at when something goes into it."""
    told = str(context.settings["folder"]).strip()
    own = bool(told)
    folder = Path(told) if own else Path.home() / "Videos" / "Sokoul"
    if not folder.is_absolute():
        raise InvalidInput("errors.post_folder", folder=told[:200])
    address = str(context.settings["address"]).strip()
    place = service_address(address) if address else folder.as_uri()
    title = str(context.settings["title"]).strip() or USUAL_TITLE
    feed = Feed(title, f"{place}/")
    return LocalFolder(Client(Path(os.fspath(folder)), feed, context.log, own=own))
