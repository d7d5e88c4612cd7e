"""What plays on one device: from its first load to its end, down the ladder when it refuses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from app.api.casting import CastState, CastStatus
from app.domain.casting import OVER, Castable, CastStage, Device
from app.domain.errors import AppError, Unavailable, Unsupported
from app.runtime.supervisor import Supervisor
from app.services.casting.controls import Controls
from app.services.casting.running import NEAR_END, Entry
from app.services.casting.sending import Sender
from app.services.casting.show import Hands, Show
from app.services.casting.waiting import Waiting

log = logging.getLogger(__name__)

KEEP_EVERY: Final = 10.0
"""Seconds of film between two times it is remembered where one is."""
REST: Final = 2.0
SETTLES: Final = 4.0
"""Seconds after a load in which a device may still tell of what it played before."""
_STAGES: Final = {
    CastState.LOADING: CastStage.LOADING,
    CastState.PLAYING: CastStage.PLAYING,
    CastState.PAUSED: CastStage.PAUSED,
    CastState.GONE: CastStage.GONE,
}


class Course:
    """How one thing after the other plays on a device. Lives on the service loop.

    `changed` is called when it stands anew. Whatever plays or ends something holds the turn.
    """

    def __init__(
        self, device: Device, controls: Controls, hands: Hands, changed: Callable[[], None]
    ) -> None:
        self._device = device
        self._controls = controls
        self._hands = hands
        self._waiting = Waiting(hands.store, device.id)
        self._sender = Sender(controls, hands, self._waiting)
        self._changed = changed
        self._turn = asyncio.Lock()
        self._show: Show | None = None
        self._stage = CastStage.PREPARING
        self._status = CastStatus(version=-1, state=CastState.IDLE)
        self._offset = 0.0
        self._reason: AppError | None = None
        self._playing = asyncio.Event()
        self._tasks = Supervisor(f"casting to {device.name}")
        self._following: asyncio.Task[None] | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended, or failed."""
        return self._stage in OVER

    @property
    def position(self) -> float:
        """Second of the film it is at."""
        return max(0.0, self._status.position + self._offset)

    async def _begin(self, what: Castable, start: float | None) -> None:
        opened, facts = await self._sender.look(Entry(what, ""))
        show = await self._sender.choose(self._device, opened, facts)
        try:
            await self._first(show, start)
        except AppError as error:
            await self._fail(error)
            raise

    async def _first(self, show: Show, start: float | None) -> None:
        """Put on another film than before; raises when the device takes no form of it."""
        await self._put_away()
        self._show = show
        self._stage, self._reason = CastStage.PREPARING, None
        self._playing.clear()
        at = show.opened.start if start is None else start
        self._offset, self._status = at, CastStatus(version=-1, state=CastState.IDLE)
        self._changed()
        await self._send(show, at)
        self._follow()

    async def _load(self, show: Show, at: float) -> None:
        """Send it in another way; raises when the device takes no form of it."""
        try:
            await self._send(show, at)
        except AppError as error:
            await self._fail(error)
            raise

    async def _send(self, show: Show, at: float) -> None:
        self._offset, self._status = at, replace(self._status, position=0.0)
        await self._sender.load(self._device, show, at, self._set)
        assert show.presented is not None
        self._offset = show.presented.offset
        start = show.presented.media.start
        self._status = replace(self._status, state=CastState.LOADING, position=start)
        self._changed()

    def _follow(self) -> None:
        if self._following is None or self._following.done():
            self._following = self._tasks.spawn(self._watch(), "watch")

    async def _watch(self) -> None:
        """Hear what the device does, until it is over."""
        seen = -1
        while not self.over:
            try:
                status = await self._controls.status(seen)
            except AppError as error:
                log.info("%s cannot be asked: %s", self._device.name, error)
                self._set(CastStage.GONE)
                await asyncio.sleep(REST)
                continue
            if status.version == seen and status.position == self._status.position:
                continue  # nothing new; a position moves on without a new version
            seen = status.version
            async with self._turn:
                try:
                    await self._heard(status)
                except AppError as error:
                    await self._fail(error)

    async def _heard(self, status: CastStatus) -> None:
        show = self._show
        if show is None or show.presented is None or self.over:
            return
        ours = status.url == show.presented.media.url
        settling = self._hands.clock() - show.loaded_at < SETTLES
        if not ours and status.state is not CastState.GONE:
            self._status = replace(status, position=self._status.position)
            if not settling and (status.url or status.state is not CastState.LOADING):
                await self._ended_there(show)  # somebody else plays something there now
            return
        if status.state is CastState.FAILED:
            refusal = Unsupported(status.reason or "errors.cast_refused", **status.args)
            start = show.presented.media.start + show.presented.offset
            at = self.position if show.moved else start
            if not await self._sender.step_down(self._device, show, refusal):
                await self._fail(refusal)
                return
            await self._load(show, at)
        elif status.state in (CastState.ENDED, CastState.STOPPED, CastState.IDLE):
            if not settling or show.moved or status.state is CastState.ENDED:
                await self._ended_there(show, whole=status.state is CastState.ENDED)
        else:
            self._take(status)
            await self._while_playing(show, status)

    def _take(self, status: CastStatus) -> None:
        self._status = status
        self._set(_STAGES.get(status.state, self._stage))
        self._changed()

    async def _while_playing(self, show: Show, status: CastStatus) -> None:
        assert show.presented is not None
        begun = show.presented.media.start
        if not show.moved and status.state is CastState.PLAYING and status.position > begun + 0.2:
            show.moved = True
            self._playing.set()
            self._remember(show)
            await self._hands.chooser.played(self._device, show.facts, show.plan, show.wish)
            await self._keep_due()
            self._changed()
        if not show.moved:
            return
        if status.state is CastState.PAUSED or abs(self.position - show.kept) >= KEEP_EVERY:
            await self._keep(show)

    def _remember(self, show: Show) -> None:
        """Keep what finds it again, beside its playing: a keyring may take its time."""
        if show.opened.again and show.presented is not None:
            sealing = self._hands.store.seal(
                self._device.id, show.presented.media.url, show.opened.again
            )
            self._tasks.spawn(sealing, "remember")

    async def _keep(self, show: Show) -> None:
        if not show.moved:
            return
        show.kept = self.position
        with contextlib.suppress(AppError):
            await show.opened.keep(show.kept, self._length(show) or 0.0)
        await self._keep_due()

    async def _keep_due(self) -> None:
        """Write down when what waits is to come: a start may find that it has."""
        if self._waiting:
            await self._waiting.keep(self._due())

    def _due(self) -> float:
        length = None if self._show is None else self._length(self._show)
        if length is None or self._stage is CastStage.PAUSED:
            return 0.0
        return self._hands.now() + max(0.0, length - self.position)

    async def _ended_there(self, show: Show, *, whole: bool = False) -> None:
        """It ended, or somebody stopped it there."""
        length = self._length(show)
        if length and (whole or self.position >= length - NEAR_END):
            if show.moved:
                with contextlib.suppress(AppError):
                    await show.opened.keep(length, length)
            if await self._go_on():
                return
        else:
            await self._keep(show)
        await self._over(CastStage.ENDED)

    async def _go_on(self, *, asked: bool = False) -> bool:
        """Play what comes after; False when nothing does. Raises why what comes is not played."""
        following, refusal = None, None
        if self._show is not None and (asked or self._hands.plays_on()):
            following = self._show.opened.next
        while self._waiting:
            try:
                if await self._play_waiting():
                    return True
            except Unavailable:
                raise
            except AppError as error:
                log.info("%s does not play what waited: %s", self._device.name, error)
                refusal = error
        if following is not None:
            await self._begin(following, None)
        elif refusal is not None:
            await self._fail(refusal)
            raise refusal
        return following is not None

    async def _play_waiting(self) -> bool:
        """Play the first that waits; False when it is gone. `Unavailable`: it waits on."""
        entry = self._waiting.take()
        try:
            opened, facts = await self._sender.look(entry)
        except AppError as error:
            log.info("What waited for %s is left out: %s", self._device.name, error)
            return False
        try:
            await self._first(await self._sender.choose(self._device, opened, facts), None)
        except Unavailable as error:  # the device cannot be reached: no fault of the film's
            self._waiting.put_back(entry)
            if self._show is not None and self._show.opened is opened:
                await self._fail(error)
            raise
        return True

    async def _fail(self, error: AppError) -> None:
        self._reason = error
        await self._over(CastStage.FAILED)

    async def _over(self, stage: CastStage) -> None:
        self._stage = stage
        if stage is CastStage.ENDED:
            self._waiting.clear()
        await self._put_away()
        await self._hands.store.end(self._device.id)
        self._playing.set()
        self._changed()

    async def _put_away(self) -> None:
        """Nothing is offered to the device any more; what it was stays known."""
        show = self._show
        if show is None:
            return
        presented, show.presented = show.presented, None
        if presented is not None:
            await presented.close()
        await show.opened.close()

    def _set(self, stage: CastStage) -> None:
        if stage is not self._stage and not self.over:
            self._stage = stage
            self._changed()

    def _length(self, show: Show) -> float | None:
        if show.facts.duration:
            return show.facts.duration
        return self._status.duration
