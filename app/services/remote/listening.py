"""Listens to the bot as long as somebody may speak to it, and comes back after an outage."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Final

from app.api.chatting import ChatIdentity
from app.domain.errors import AppError, AuthRequired, Unavailable
from app.services.remote.desk import Desk
from app.services.remote.line import Line
from app.services.remote.speaking import pause_of
from app.services.remote.store import FORGOTTEN, RemoteStore

log = logging.getLogger(__name__)

WAIT: Final = 25.0
"""Seconds a question stays open: many routers forget a silent connection after 30."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
LOCKED_PAUSE: Final = 600.0
"""Seconds before a token that is refused is tried again by itself."""
AT_ONCE: Final = 0.5
BREATH: Final = 1.0
"""Seconds of rest after an answer that came at once with nothing in it."""


class Listener:
    """The loop. `changed` is called when `bot`, `listening` or `problem` are others."""

    def __init__(
        self,
        line: Line,
        store: RemoteStore,
        desk: Desk,
        wanted: Callable[[], bool],
        changed: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._line, self._store, self._desk = line, store, desk
        self._wanted, self._changed, self._clock = wanted, changed, clock
        self._stirred = asyncio.Event()
        self._identity: ChatIdentity | None = None
        self._after, self._after_at = 0, 0.0
        self._failures = 0
        self.listening = False
        self.problem: AppError | None = None
        self.offer: Callable[[], None] = lambda: None
        """Called when a bot is met: its menu may not be there yet."""

    @property
    def bot(self) -> str:
        """What the bot is called; empty as long as it was not asked."""
        return "" if self._identity is None else self._identity.name

    def stir(self, *, anew: bool = False) -> None:
        """Look again whether to listen; `anew`: the bot may be another."""
        if anew:
            self._identity = None
            self._failures = 0
        if anew or not self._wanted():
            self._line.interrupt()
        self._stirred.set()

    async def run(self) -> None:
        """Listen, until it is cancelled."""
        while True:
            self._stirred.clear()
            if not self._wanted():
                self._show(listening=False, problem=None)
                await self._stirred.wait()
                continue
            try:
                await self._listen()
            except AppError as error:
                await self._rest(self._failed(error))

    async def met(self) -> ChatIdentity:
        """Who the bot is, asked when it is not known."""
        if self._identity is None:
            self._identity = await self._line.identity()
            self._changed()
        return self._identity

    async def _listen(self) -> None:
        """Listen to the bot there is now, until it is not wanted or may be another."""
        bot = f"{self._line.plugin} {(await self.met()).name}"
        self._after = await self._store.heard(bot, self._clock())
        self._after_at = self._clock()
        # Whether it works is known at once; but who was sent away for a while must be sure of it.
        wait = WAIT if self.problem is not None and pause_of(self.problem, 0.0) else 0.0
        while self._wanted() and self._identity is not None:
            began = time.monotonic()
            came = await self._line.incoming(self._after, wait)
            fetched = self._clock()
            if not self.listening:
                self._failures = 0
                self._show(listening=True, problem=None)
                self.offer()
            for one in came:
                if one.number > self._after:
                    self._after, self._after_at = one.number, fetched
                    if self._desk.heeds(one, fetched):
                        await self._store.hear(bot, one.number, fetched)
                    await self._desk.hear(one, fetched)
            if not came and wait and time.monotonic() - began < AT_ONCE:
                await self._rest(BREATH)
            if abs(fetched - self._after_at) > FORGOTTEN:
                self._after = 0  # it was told long ago, and may be higher than what comes
            wait = WAIT

    def _failed(self, error: AppError) -> float:
        """Tell it, once; returns the seconds to wait."""
        pause = min(FIRST_PAUSE * 2.0 ** min(self._failures, 10), LONGEST_PAUSE)
        self._failures += 1
        if isinstance(error, Unavailable):
            pause = pause_of(error, pause)
        else:
            pause = LOCKED_PAUSE if isinstance(error, AuthRequired) else LONGEST_PAUSE
        self._show(listening=False, problem=error)
        return pause

    def _show(self, *, listening: bool, problem: AppError | None) -> None:
        known = None if self.problem is None else str(self.problem)
        if (listening, None if problem is None else str(problem)) == (self.listening, known):
            return
        if problem is not None and self.problem is None:
            log.warning("The remote does not hear: %s", problem)
        elif listening and self.problem is not None:
            log.warning("The remote hears again")
        elif listening:
            log.info("The remote hears as %s", self.bot)
        self.listening, self.problem = listening, problem
        self._changed()

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        self._stirred.clear()  # whoever rests looks at everything anew
