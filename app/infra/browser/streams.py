"""Watches what the pages of a visit load, and keeps what may be the film."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.api.browsing import Caught
from app.api.searching import HitKind
from app.infra.browser.rules import (
    Candidate,
    asks_for_licence,
    best_first,
    is_dash,
    kept_headers,
    read_playlist,
    stream_kind,
    told_size,
    worth_telling,
)

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Request, Response

MOST_REQUESTS = 600
"""A visit whose pages ask for more is ended."""
MOST_STREAMS = 12
SETTLE = 0.8
"""Seconds after the first stream in which a better one may come."""
SHORT_SETTLE = 4.0
"""The same, when all there is looks like a clip: the film follows the advertisement."""
HANGING_SECONDS = 4.0
"""What has not come by then is a connection held open on purpose."""
DETAILS_SECONDS = 1.5
READ_SECONDS = 1.0
LARGEST_PLAYLIST = 4_000_000
_UNANSWERED = ("ERR_ABORTED", "ERR_FAILED")  # the page gave up, or was not allowed to read it


class StreamWatch:
    """Listens to one context. `seen` is set when the first stream was answered."""

    def __init__(self, context: BrowserContext, ours: Callable[[Request], bool]) -> None:
        self._ours = ours  # whether a request belongs to the visited page, not to a pop-up
        self._found: dict[str, Candidate] = {}
        self._answered: set[str] = set()
        self._dash = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._open = 0
        self._loop = asyncio.get_running_loop()
        self._stirred = self._loop.time()
        self._first = 0.0
        self.seen = asyncio.Event()
        self.flooded = asyncio.Event()
        self.licence = False
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfinished", self._on_finished)
        context.on("requestfailed", self._on_failed)

    @property
    def quiet(self) -> float:
        """Seconds since anything was loaded; 0 while something is that may still come."""
        passed = self._loop.time() - self._stirred
        return 0.0 if self._open > 0 and passed < HANGING_SECONDS else passed

    async def settle(self, until: float) -> None:
        """Wait until the best stream is likely there: it has been seen, or the time is over."""
        while (now := self._loop.time()) < until:
            best = self._best()
            pause = SHORT_SETTLE if best and best[0].short else SETTLE
            if now >= self._first + pause:
                break
            await asyncio.sleep(min(0.1, until - now))
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DETAILS_SECONDS)

    def caught(self) -> tuple[Caught, ...]:
        """Return the streams, the best first; those without an answer only if all are."""
        return tuple(one.caught for one in worth_telling(self._best())[:MOST_STREAMS])

    async def close(self) -> None:
        """Let go of what was still asked for; the context is closed, so it has failed by now."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DETAILS_SECONDS)
        for task in self._tasks:
            task.cancel()

    def _best(self) -> list[Candidate]:
        answered = [one for url, one in self._found.items() if url in self._answered]
        return best_first(answered or self._found.values())

    def _on_request(self, request: Request) -> None:
        self._count += 1
        self._open += 1
        self._stirred = self._loop.time()
        if self._count > MOST_REQUESTS:
            self.flooded.set()
            return
        self.licence = self.licence or asks_for_licence(request.url, request.resource_type)
        self._dash = self._dash or is_dash(request.url)
        kind = stream_kind(request.url, "", request.resource_type)
        if kind is not None:
            self._add(request, kind)

    def _on_response(self, response: Response) -> None:
        request, headers = response.request, response.headers
        if self.flooded.is_set() or 300 <= response.status < 400:
            return  # where a redirect leads to is asked for next
        if response.status >= 400:
            self._found.pop(request.url, None)
            return
        told = headers.get("content-type", "")
        self._dash = self._dash or is_dash(request.url, told)
        kind = stream_kind(request.url, told, request.resource_type)
        if kind is None:
            self._found.pop(request.url, None)  # its address promised what it is not
            return
        known = self._add(request, kind)
        if known is None:
            return
        size = max(known.size or 0, told_size(headers) or 0) or None
        self._found[request.url] = replace(known, kind=kind, content_type=told[:200], size=size)
        if request.url in self._answered:
            return  # a live one is asked for again and again
        if kind is HitKind.PLAYLIST:
            # It counts when it was looked into, or cannot be: in a page that hangs.
            self._start(self._read(response))
            self._loop.call_later(READ_SECONDS, self._answer, request.url)
        else:
            self._answer(request.url)

    def _on_finished(self, _request: Request) -> None:
        self._open -= 1
        self._stirred = self._loop.time()

    def _on_failed(self, request: Request) -> None:
        self._open -= 1
        self._stirred = self._loop.time()
        url = request.url
        if url not in self._found or url in self._answered:
            return
        if any(reason in (request.failure or "") for reason in _UNANSWERED):
            self._answer(url)
        else:
            del self._found[url]

    def _add(self, request: Request, kind: HitKind) -> Candidate | None:
        """Remember a request; None when it is not to be."""
        url = request.url
        if url not in self._found:
            piece = self._dash and kind is HitKind.FILE and request.resource_type != "media"
            if piece or len(self._found) >= MOST_STREAMS * 4 or not self._ours(request):
                return None
            self._found[url] = Candidate(url, kind, self._count, kept_headers(request.headers))
            self._start(self._complete(request))
        return self._found[url]

    def _answer(self, url: str) -> None:
        if url not in self._found:
            return  # it turned out to be none
        self._answered.add(url)
        if not self.seen.is_set():
            self._first = self._loop.time()
            self.seen.set()

    async def _complete(self, request: Request) -> None:
        """Fetch the headers as they were really sent, cookies too."""
        headers = kept_headers(await request.all_headers())
        if request.url in self._found:
            self._found[request.url] = replace(self._found[request.url], headers=headers)

    async def _read(self, response: Response) -> None:
        """Look into a playlist: is it one, is it the master, how long is it."""
        url, text = response.request.url, ""
        if (told_size(response.headers) or 0) <= LARGEST_PLAYLIST:
            text = (await response.body())[:LARGEST_PLAYLIST].decode("utf-8", "replace")
        known = self._found.get(url)
        if known is None:
            return
        better = read_playlist(known, text) if text else known
        if better is None:
            del self._found[url]
        else:
            self._found[url] = better
            self._answer(url)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(_tried(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _tried(work: Coroutine[Any, Any, None]) -> None:
    """A detail that cannot be had is left out: the page, or the browser, may be gone by now.

    No time limit here: what the driver is asked for and nobody awaits any more, it logs as lost.
    """
    from playwright.async_api import Error

    with contextlib.suppress(Error):
        await work
