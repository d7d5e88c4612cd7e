"""Keeps one list and its guide fresh, in the background: nobody who searches waits for that."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from app.api import AppError, Unavailable, web_address
from plugins.live_tv.client import LARGEST_LIST, Client, Fetched, host_of
from plugins.live_tv.guide import Guide, GuideReader, kept, packed, unpacked
from plugins.live_tv.index import Index
from plugins.live_tv.parsers import ListReader

FRESH_SECONDS = 12 * 3600.0
AGAIN_SECONDS = 900.0
"""After a failure, with something older at hand."""
AT_ONCE_SECONDS = 30.0
"""After a failure, with nothing at hand."""


class Keeper:
    """The list and the guide of one instance. All of it runs on the plugin's own loop.

    A list may be 60 MB and take a minute to come; a search has eight seconds. So a request may
    take a minute, but no search waits for one: `setup` begins to fetch and waits six seconds, long
    enough for most lists and for what is wrong with an address to show; a search that comes before
    the very first list says that it is on its way. From then on the last list answers, from the
    cache after a start, and a newer one takes its place when it is there. Reading goes on in a
    thread, some thousand lines at a time, so that the loop turns and `close` is quick.
    """

    def __init__(
        self,
        client: Client,
        log: logging.Logger,
        *,
        guide: str,
        hide_blocked: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._log = log
        self._chosen_guide = guide
        self._hide_blocked = hide_blocked
        self._clock = clock
        self._index: Index | None = None
        self._fetched: Fetched | None = None  # without its content: only what is asked with
        self._failure: AppError | None = None
        self._list_due = 0.0
        self._list_work: asyncio.Task[None] | None = None
        self._first_work: asyncio.Task[None] | None = None
        self.guide = Guide()
        self._guide_due = 0.0
        self._guide_work: asyncio.Task[None] | None = None
        self._guide_fails = False

    async def index(self, seconds: float) -> Index | None:
        """Return the channels; None while the very first list has not come after `seconds`.

        Raises why there is none. What grows old is fetched anew behind the caller's back.
        """
        if self._first_work is None:
            self._first_work = self._start(self._use_kept())
        began = time.monotonic()
        await asyncio.wait({self._first_work}, timeout=seconds)
        if not self._first_work.done():
            return None
        self._first_work.result()
        self._freshen_list()
        if self._index is None and self._list_work is not None:
            left = max(0.0, seconds - (time.monotonic() - began))
            await asyncio.wait({self._list_work}, timeout=left)
            if self._list_work.done():
                self._list_work.result()
        if self._index is None and self._failure is not None:
            raise type(self._failure)(self._failure.key, **self._failure.args_map)
        return self._index

    def freshen_guide(self) -> None:
        """See to it that the guide is of today; returns at once."""
        address = web_address(self._chosen_guide or (self._index.guide if self._index else ""))
        idle = self._guide_work is None or self._guide_work.done()
        if address and self._index is not None and idle and self._clock() >= self._guide_due:
            self._guide_work = self._start(self._renew_guide(address, self._index))

    async def close(self) -> None:
        """Stop what runs in the background."""
        work = [self._first_work, self._list_work, self._guide_work]
        running = [one for one in work if one is not None and not one.done()]
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin work in the background; `close` ends it, and a mistake in it is logged."""
        task = asyncio.get_running_loop().create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._log.error("Background work on a list failed", exc_info=error)

    # The list.

    def _freshen_list(self) -> None:
        idle = self._list_work is None or self._list_work.done()
        if idle and self._clock() >= self._list_due:
            self._list_work = self._start(self._renew_list())

    async def _use_kept(self) -> None:
        """Begin with the list of last time, whatever its age."""
        fetched = await self._client.kept_list()
        if fetched is None:
            return
        try:
            self._take(fetched, await self._read(fetched.content))
        except AppError as error:
            self._log.warning("A list that was kept is damaged (%s); it is fetched anew", error)
            await self._client.forget_list()

    async def _renew_list(self) -> None:
        self._failure, first = None, self._index is None
        try:
            fetched = await self._client.fetch_list(self._fetched, self._clock())
            if fetched is not None:
                if first:  # before it is read: a trial may end before that is done
                    await self._client.keep_list(fetched)
                self._take(fetched, await self._read(fetched.content))
        except AppError as error:
            self._failure = error
            pause = AT_ONCE_SECONDS if self._index is None else AGAIN_SECONDS
            self._list_due = self._clock() + pause
            if first:
                await self._client.forget_list()
            return
        if fetched is None:
            self._list_due = self._clock() + FRESH_SECONDS
            await self._client.keep_same(self._clock())
        elif not first:
            await self._client.keep_list(fetched)

    async def _read(self, content: bytes) -> Index:
        """Read a list in a thread, a piece at a time; `Unavailable` when it is none."""
        host = self._client.host
        content = await asyncio.to_thread(unpacked, content, host, LARGEST_LIST)
        reader = ListReader(content, hide_blocked=self._hide_blocked)
        while await asyncio.to_thread(reader.step):
            pass
        if not reader.is_list or reader.is_stream:
            raise Unavailable("errors.bad_answer", host=host)
        return await asyncio.to_thread(Index, reader.channels, reader.folded, reader.guide)

    def _take(self, fetched: Fetched, index: Index) -> None:
        self._index = index
        self._fetched = Fetched(b"", fetched.at, fetched.state, fetched.changed)
        self._list_due = fetched.at + FRESH_SECONDS

    # The guide.

    async def _renew_guide(self, address: str, index: Index) -> None:
        try:
            if self._guide_due == 0.0 and await self._use_kept_guide(address):
                return
            fetched = await self._client.fetch_guide(address, self._clock())
            self.guide = await self._read_guide(fetched.content, index, host_of(address))
        except AppError as error:
            self._guide_due = self._clock() + AGAIN_SECONDS
            if not self._guide_fails:
                self._log.warning("The guide of %s cannot be had: %s", host_of(address), error)
            self._guide_fails = True
            return
        self._guide_due, self._guide_fails = fetched.at + FRESH_SECONDS, False
        content = await asyncio.to_thread(packed, self.guide)
        await self._client.keep_guide(address, Fetched(content, fetched.at))

    async def _use_kept_guide(self, address: str) -> bool:
        """Take up the guide of last time, if it is of today."""
        fetched = await self._client.kept_guide(address)
        if fetched is None or self._clock() >= fetched.at + FRESH_SECONDS:
            return False
        found = await asyncio.to_thread(kept, fetched.content)
        if found is None:
            return False
        self.guide, self._guide_due = found, fetched.at + FRESH_SECONDS
        return True

    async def _read_guide(self, content: bytes, index: Index, host: str) -> Guide:
        """Read a guide in a thread, a piece at a time."""
        content = await asyncio.to_thread(unpacked, content, host)
        ids, names = await asyncio.to_thread(index.guide_keys)
        reader = GuideReader(content, ids, names, self._clock(), host)
        while await asyncio.to_thread(reader.step):
            pass
        return await asyncio.to_thread(reader.guide)
