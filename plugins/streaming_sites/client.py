"""Visits the site's pages, with FlareSolverr's help when it is turned away."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from app.api import Browser, Http, PageSeen, PageVisit, Unavailable
from plugins.streaming_sites.parsers import Clearance, Site, clearance_of, turned_away

SEARCH_SECONDS = 20.0
FILM_SECONDS = 40.0
SOLVER_SECONDS = 45.0
PROBE_SECONDS = 8.0
CLEARANCE_SECONDS = 1200.0
"""How long what FlareSolverr was let in with is used again."""


class Client:
    """One site of the owner, and his FlareSolverr if he has one."""

    def __init__(self, http: Http, browser: Browser, site: Site, solver: str) -> None:
        self._http = http
        self._browser = browser
        self._solver = solver
        self._clearance: Clearance | None = None
        self._until = 0.0
        self.site = site

    async def check(self) -> None:
        """Ask whether the site answers, whatever it says, and whether FlareSolverr is one."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self._http.get(self.site.origin)
                if self._solver:
                    await self._ask_solver({"cmd": "sessions.list"})
        except TimeoutError as error:
            raise Unavailable("errors.server_slow", host=self.site.host) from error

    async def search(self, url: str, links: str) -> PageSeen:
        """Visit a search page and read its links."""
        wanted = PageVisit(url, links=links, seconds=SEARCH_SECONDS)
        seen = await self._visit(wanted)
        if self._solver and not self._let_in() and (turned_away(seen) or not seen.links):
            seen = await self._visit_with_help(wanted)
        if turned_away(seen) and not seen.links:
            raise Unavailable("errors.site_turned_away", host=self.site.host)
        return seen

    async def play(self, url: str, clicks: tuple[str, ...]) -> PageSeen:
        """Visit a film's page, press what is to be pressed, and see what plays."""
        wanted = PageVisit(url, clicks=clicks, streams=True, seconds=FILM_SECONDS)
        seen = await self._visit(wanted)
        if self._solver and not self._let_in() and turned_away(seen) and not seen.streams:
            seen = await self._visit_with_help(wanted)
        if turned_away(seen) and not seen.streams:
            raise Unavailable("errors.site_turned_away", host=self.site.host)
        return seen

    def _let_in(self) -> bool:
        """Whether a visit just made had FlareSolverr's help already."""
        return self._clearance is not None and time.monotonic() < self._until

    async def _visit(self, wanted: PageVisit) -> PageSeen:
        given = self._clearance if self._let_in() else None
        if given is not None:
            wanted = replace(wanted, user_agent=given.user_agent, cookies=given.cookies)
        seen = await self._browser.visit(wanted)
        if given is not None and turned_away(seen):
            self._clearance = None  # it ran out: what helped once may help again
        return seen

    async def _visit_with_help(self, wanted: PageVisit) -> PageSeen:
        asked = {
            "cmd": "request.get",
            "url": wanted.url,
            "maxTimeout": int(SOLVER_SECONDS * 1000),
        }
        answer = await self._ask_solver(asked)
        self._clearance = clearance_of(answer, self.site.host)
        self._until = time.monotonic() + CLEARANCE_SECONDS
        return await self._visit(wanted)

    async def _ask_solver(self, asked: dict[str, object]) -> object:
        """Ask FlareSolverr; its failures come as status 500 with the reason inside."""
        answer = await self._http.request("POST", self._solver, json=asked, lane="solver")
        try:
            told = answer.json()
        except Unavailable as error:
            raise Unavailable("errors.solver_none", host=answer.host) from error
        if not isinstance(told, dict) or told.get("status") not in ("ok", "error"):
            raise Unavailable("errors.solver_none", host=answer.host)
        return told
