"""One visit: opens a page in a context of its own, presses, watches, reads, and leaves no trace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import TYPE_CHECKING, Any, Literal

from app.api.browsing import PageLink, PageSeen, PageVisit
from app.domain.errors import AppError, InvalidInput, Refused, Unavailable
from app.infra.browser.door import Door
from app.infra.browser.press import press
from app.infra.browser.process import Chromium
from app.infra.browser.rules import web_address
from app.infra.browser.scripts import READ, WATCH
from app.infra.browser.streams import StreamWatch

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Request

log = logging.getLogger(__name__)

MOST_LINKS = 200
LONGEST_TEXT = 300
LONGEST_ADDRESS = 4000
PRESS_SECONDS = 6.0
"""How long something to press is waited for before the next one's turn."""
WORKER_SECONDS = 1.5
"""How long a page that was denied a service worker may show that it does without."""
SECOND_LOOK_SECONDS = 2.0
"""With less time left there is no second opening."""
LICENCE_SECONDS = 2.0
"""How long a page that asks for keys of a DRM system may show what they are for."""
QUIET_SECONDS = 1.0
"""A loaded page that has asked for nothing for so long shows no more links."""
POLL = 0.1
READ_SECONDS = 1.0
LEAVE_SECONDS = 3.0
Workers = Literal["block", "allow"]


async def visit_page(chromium: Chromium, door: Door, wanted: PageVisit) -> PageSeen:
    """Visit a page; a second time when it does nothing without a service worker.

    Service workers answer requests out of sight, so they are denied at first.
    """
    end = asyncio.get_running_loop().time() + wanted.seconds
    first = _Look(chromium, door, wanted, "block")
    seen = await first.run(end)
    done = seen.links or seen.streams or seen.protected
    late = asyncio.get_running_loop().time() > end - SECOND_LOOK_SECONDS
    if done or late or not first.wants_worker:
        return seen
    return await _Look(chromium, door, wanted, "allow").run(end)


class _Look:
    """One opening of the page."""

    def __init__(self, chromium: Chromium, door: Door, wanted: PageVisit, workers: Workers) -> None:
        self._chromium = chromium
        self._door = door
        self._wanted = wanted
        self._workers = workers
        self._loop = asyncio.get_running_loop()
        self._host = web_address(wanted.url)[0]
        self._opening: asyncio.Task[BrowserContext] | None = None
        self._page: Page | None = None
        self._session: CDPSession | None = None
        self._watch: StreamWatch | None = None
        self._status = 0  # until the page answers
        self._leads_to = ""  # the host the page's own address was last seen to fail at
        self._crashed = False
        self._asked_keys: float | None = None
        self._asked_worker: float | None = None

    @property
    def wants_worker(self) -> bool:
        """Whether the page asked for a service worker it did not get."""
        return self._asked_worker is not None and self._workers == "block"

    async def run(self, end: float) -> PageSeen:
        """Open the page, do what is wanted until it is done or the time is over, and tell."""
        from playwright.async_api import Error

        # Reading takes its time, too; a short visit keeps most of it for the page.
        reading = min(READ_SECONDS, (end - self._loop.time()) / 5)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(end - reading / 2):
                    await self._open()
                    await self._do(end - reading)
            if not self._status:
                raise Unavailable("errors.page_slow", host=self._host)
            return await self._tell(reading)
        except Error as error:
            raise self._failure() from error
        finally:
            await self._leave()

    async def _open(self) -> None:
        wanted = self._wanted
        self._opening = self._loop.create_task(
            self._chromium.browser.new_context(
                proxy={"server": self._door.address, "bypass": "<-loopback>"},
                user_agent=wanted.user_agent or self._chromium.user_agent,
                viewport={"width": 1280, "height": 720},
                service_workers=self._workers,
                accept_downloads=False,
            )
        )
        # One whose making is cut short would stay behind: `_leave` waits for it.
        context = await asyncio.shield(self._opening)
        if wanted.cookies:
            await context.add_cookies(
                [
                    {"name": key, "value": one, "url": wanted.url}
                    for key, one in wanted.cookies.items()
                ]
            )
        name = f"_{secrets.token_hex(8)}"
        await context.expose_binding(name, self._on_told)
        await context.add_init_script(WATCH.replace("NAME", name))
        self._page = page = await context.new_page()
        self._watch = StreamWatch(context, self._is_ours)
        context.on("page", self._on_page)
        page.on("crash", self._on_crash)
        page.on("requestfailed", self._on_failed)
        self._session = await context.new_cdp_session(page)
        await self._go(page)

    async def _go(self, page: Page) -> None:
        from playwright.async_api import Error

        assert self._watch is not None
        try:
            answer = await page.goto(self._wanted.url, wait_until="commit", timeout=0)
        except Error:
            if not self._watch.seen.is_set():
                raise
            self._status = 200  # the address is no page but the stream itself
        else:
            self._status = answer.status if answer is not None else 200

    async def _do(self, end: float) -> None:
        assert self._watch is not None
        await self._press_all(end)
        if self._wanted.streams:
            while self._goes_on(end) and not self._watch.seen.is_set():
                await _pause(self._watch.seen)
            if self._watch.seen.is_set():
                await self._watch.settle(end)
        elif self._wanted.links:
            await self._wait_for_links(end)
        else:
            while self._goes_on(end):
                if (await self._read(0)).get("ready") != "loading":
                    return
                await asyncio.sleep(POLL)

    async def _press_all(self, end: float) -> None:
        assert self._watch is not None
        assert self._page is not None
        for selector in self._wanted.clicks:
            until = min(end, self._loop.time() + PRESS_SECONDS)
            while self._goes_on(until):
                if self._wanted.streams and self._watch.seen.is_set():
                    return
                if await press(self._page, selector):
                    break
                await asyncio.sleep(POLL)

    async def _wait_for_links(self, end: float) -> None:
        """Until links are there and no more come, or the page is loaded without any."""
        assert self._watch is not None
        before = 0
        while self._goes_on(end):
            seen = await self._read(0)
            if seen.get("bad"):
                raise InvalidInput("errors.bad_selector", selector=self._wanted.links[:200])
            count, ready = seen.get("count", 0), seen.get("ready")
            if count and count == before and ready != "loading":
                return
            if not count and ready == "complete" and self._watch.quiet >= QUIET_SECONDS:
                return
            before = count
            await asyncio.sleep(POLL)

    def _goes_on(self, end: float) -> bool:
        """Whether waiting may still bring something."""
        assert self._watch is not None
        now = self._loop.time()
        if self._crashed or self._watch.flooded.is_set() or self._door.is_shut:
            return False
        if self._asked_keys is None and self._watch.licence:
            self._asked_keys = now
        if self._asked_keys is not None:
            end = min(end, self._asked_keys + LICENCE_SECONDS)
        if self._asked_worker is not None and self._workers == "block":
            end = min(end, self._asked_worker + WORKER_SECONDS)
        return now < end

    async def _tell(self, seconds: float) -> PageSeen:
        """What was seen; a page that does not answer any more is told without its words."""
        assert self._watch is not None
        if self._crashed:
            raise Unavailable("errors.page_not_opened", host=self._host)
        seen: dict[str, Any] = {}
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                seen = await self._read(MOST_LINKS)
        url = str(seen.get("url", ""))
        streams = self._watch.caught() if self._wanted.streams else ()
        if url.startswith("chrome-error:") and not streams:
            raise self._failure()
        return PageSeen(
            title=str(seen.get("title", "")),
            url=url if url.startswith(("http://", "https://")) else self._wanted.url,
            links=tuple(PageLink(one["text"], one["url"]) for one in seen.get("links", ())),
            streams=streams,
            protected=self._asked_keys is not None or self._watch.licence,
            status=self._status,
        )

    async def _read(self, most: int) -> dict[str, Any]:
        """Read the page where its own scripts have no hand in it; nothing while it changes."""
        from playwright.async_api import Error

        assert self._session is not None
        words = (self._wanted.links, most, LONGEST_TEXT, LONGEST_ADDRESS)
        try:
            tree = await self._session.send("Page.getFrameTree")
            world = await self._session.send(
                "Page.createIsolatedWorld",
                {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "reader"},
            )
            answer = await self._session.send(
                "Runtime.callFunctionOn",
                {
                    "functionDeclaration": READ,
                    "arguments": [{"value": word} for word in words],
                    "executionContextId": world["executionContextId"],
                    "returnByValue": True,
                },
            )
        except Error:
            if self._crashed or self._chromium.gone.is_set():
                raise
            return {}
        value = answer.get("result", {}).get("value")
        return value if isinstance(value, dict) else {}

    def _failure(self) -> AppError:
        if self._leads_to in self._door.refused:
            return Refused("errors.address_at_home", host=self._leads_to)
        return Unavailable("errors.page_not_opened", host=self._host)

    def _is_ours(self, request: Request) -> bool:
        """Whether the visited page, or one of its frames or workers, asks."""
        from playwright.async_api import Error

        try:
            return request.frame.page is self._page
        except Error:
            return request.service_worker is not None  # else: the first request of a pop-up

    async def _on_told(self, _source: object, what: object) -> None:
        if what == "drm" and self._asked_keys is None:
            self._asked_keys = self._loop.time()
        if what == "worker" and self._asked_worker is None:
            self._asked_worker = self._loop.time()

    async def _on_page(self, page: Page) -> None:
        from playwright.async_api import Error

        if page is not self._page:
            with contextlib.suppress(Error):
                await page.close()

    def _on_crash(self, _page: Page) -> None:
        self._crashed = True

    def _on_failed(self, request: Request) -> None:
        from playwright.async_api import Error

        assert self._page is not None
        # It may lead to what is no web page, and its frame may be gone.
        with contextlib.suppress(Refused, Error):
            if request.is_navigation_request() and request.frame is self._page.main_frame:
                self._leads_to = web_address(request.url)[0]

    async def _leave(self) -> None:
        """Close everything of this visit; a browser that cannot do even that is given up."""
        from playwright.async_api import Error

        if self._opening is not None:
            try:
                async with asyncio.timeout(LEAVE_SECONDS):
                    context = await self._opening
                    if not self._chromium.gone.is_set():
                        await context.close()
            except Error:
                pass  # the browser went away meanwhile
            except TimeoutError:
                log.warning("the browser does not close a page of %s and is given up", self._host)
                self._chromium.kill()
        if self._watch is not None:
            await self._watch.close()


async def _pause(event: asyncio.Event) -> None:
    """Wait a moment, or until it happens."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(POLL):
            await event.wait()
