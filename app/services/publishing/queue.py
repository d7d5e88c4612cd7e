"""Sends what is due: sleeps until the next time, one post of an account at once, in its limits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from app.domain.events import PluginStateChanged, PublishingChanged, SettingsChanged
from app.domain.post import AccountId, Channel, ChannelId, Post, PostId, PostState
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.publishing.channels import EVERYTHING, ChannelStore
from app.services.publishing.pace import DAY, Limits, free_at, platform_limits
from app.services.publishing.ports import HasSettings
from app.services.publishing.sending import Hands, send
from app.services.publishing.store import Overtaken, PostStore, Slot
from app.services.publishing.tables import Kept

log = logging.getLogger(__name__)

AFTER_FAILURE: Final = 60.0
"""Seconds a post rests after something of the station itself broke while it was sent."""
STOP_SECONDS: Final = 2.0
_WAITING: Final = frozenset({PostState.PLANNED, PostState.HELD})


class Clock(Protocol):
    """The clock on the wall."""

    def now(self) -> float:
        """Seconds since 1970."""

    async def wait(self, until: float | None, rung: asyncio.Event) -> None:
        """Wait for a time, for the clock being set, or for the bell."""


class PostQueue:
    """One dispatcher; it belongs to the service loop.

    Nothing of it is kept but the posts themselves: what a kill interrupted is due at once.
    """

    def __init__(
        self,
        hands: Hands,
        channels: ChannelStore,
        settings: HasSettings,
        bus: EventBus,
        clock: Clock,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        self._hands = replace(hands, may=self._may, next_state=self._next_state)
        self._store: PostStore = hands.store
        self._channels, self._settings, self._bus, self._clock = channels, settings, bus, clock
        self._limits = platform_limits() if limits is None else limits
        self._bell = asyncio.Event()
        self._scope = Supervisor("publishing")
        self._running: dict[AccountId, PostId] = {}
        self._rests: dict[PostId, float] = {}
        self._paused: frozenset[AccountId] = frozenset()
        self._brands: dict[ChannelId, Channel] = {}
        self._stir = True  # look again at what is held
        self._stopping = False
        self._ears: list[Subscription] = []
        self._idle = asyncio.Event()

    async def start(self) -> None:
        """Begin; what should have gone out while the station was off goes out first."""
        loop = asyncio.get_running_loop()

        def stir(_event: object) -> None:
            loop.call_soon_threadsafe(self._stir_up)

        for event in (PublishingChanged, PluginStateChanged, SettingsChanged):
            self._ears.append(self._bus.on(event, stir))
        self._scope.spawn(self._work(), "dispatcher")

    async def stop(self) -> None:
        """End; posts under way get two seconds to come to the end of a step."""
        self._stopping = True
        for ear in self._ears:
            ear.close()
        self._ring()
        if self._running:
            self._idle.clear()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._idle.wait()
            except TimeoutError:
                log.info("Posts that are under way go on when the station starts again")
        await self._scope.close()

    def look(self) -> None:
        """Something may be due: posts were planned, moved, approved, paused or let go."""
        self._ring()

    def busy(self, post: PostId) -> bool:
        """Whether a post is being worked on this moment."""
        return post in self._running.values()

    def _ring(self) -> None:
        self._bell.set()

    def _stir_up(self) -> None:
        self._stir = True
        self._ring()

    async def _work(self) -> None:
        while not self._stopping:
            self._bell.clear()
            moment = await self._round()
            await self._clock.wait(moment, self._bell)

    async def _round(self) -> float | None:
        """Begin what may begin; when to look again, None: when the bell rings."""
        self._paused = await self._channels.paused()
        self._brands = {one.id: one for one in await self._channels.all()}
        now = self._clock.now()
        if self._stir:
            self._stir = False
            held = [one.post.id for one in await self._store.held()]
            await self._store.wake([one for one in held if not self.busy(one)], now)
        slots = list(await self._store.slots(now - DAY, now))
        later = []
        for kept in await self._store.due(now):
            moment = await self._begin(kept, slots, now)
            if moment is not None:
                later.append(moment)
        following = await self._store.next_due(now)
        return min([*later, *([] if following is None else [following])], default=None)

    async def _begin(self, kept: Kept, slots: list[Slot], now: float) -> float | None:
        """Begin to send a post, or say when it may be; None: begun, or the bell will ring."""
        post = kept.post
        if self._stopping or post.account in self._running:
            return None
        if (rest := self._rests.get(post.id, 0.0)) > now:
            return rest
        if post.state in _WAITING and not self._may(post):
            return None
        if post.state in _WAITING and not now - 3600 < kept.slot <= now:
            limits = Limits(self._settings.current.publishing.per_hour, self._limits)
            free = free_at(post, slots, self._brands.get(post.channel), limits, now)
            if free > now:
                return free
            try:
                kept = await self._store.put(post.id, {"slot": now}, seen=kept)
            except Overtaken:
                return now
            slots.append(Slot(now, post.account, post.platform, post.channel))
        self._running[post.account] = post.id
        self._scope.spawn(self._run(kept), f"post {post.id}")
        return None

    async def _run(self, kept: Kept) -> None:
        post, good = kept.post, False
        try:
            await send(self._hands, kept)
            good = True
        finally:
            self._running.pop(post.account, None)
            if good:
                self._rests.pop(post.id, None)
            else:
                self._rests[post.id] = self._clock.now() + AFTER_FAILURE
            if not self._running:
                self._idle.set()
            self._ring()

    def _next_state(self, post: Post) -> PostState:
        """How the next round of a post begins: nothing goes out unasked where that is wanted."""
        channel = self._brands.get(post.channel)
        asks = self._settings.current.publishing.approve_all or (
            channel is not None and channel.approve
        )
        return PostState.ASKING if asks else PostState.PLANNED

    def _may(self, post: Post) -> bool:
        """Whether nothing that concerns a post is paused."""
        channel = self._brands.get(post.channel)
        return (
            not self._stopping
            and EVERYTHING not in self._paused
            and post.account not in self._paused
            and not (channel is not None and channel.paused)
        )
