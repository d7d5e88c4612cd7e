"""One device that plays for us: from its first load to its end, down the ladder when it refuses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from app.api.casting import CastOrder, CastState, CastStatus
from app.domain.casting import OVER, Castable, Casting, CastStage, Device
from app.domain.errors import AppError, NotFound, Unavailable, Unsupported
from app.runtime.supervisor import Supervisor
from app.services.casting.choice import Wish
from app.services.casting.controls import Controls
from app.services.casting.sending import Sender
from app.services.casting.show import Hands, Show
from app.services.casting.store import Running
from app.services.casting.waiting import Waiting

log = logging.getLogger(__name__)

KEEP_EVERY: Final = 10.0
"""Seconds of film between two times it is remembered where one is."""
REST: Final = 2.0
NEAR_END: Final = 20.0
"""A stream that stops so many seconds before its end has ended."""
SETTLES: Final = 4.0
"""Seconds after a load in which a device may still tell of what it played before."""
_STAGES: Final = {
    CastState.LOADING: CastStage.LOADING,
    CastState.PLAYING: CastStage.PLAYING,
    CastState.PAUSED: CastStage.PAUSED,
    CastState.GONE: CastStage.GONE,
}


class Session:
    """Plays on one device. Lives on the service loop; `changed` is called when it stands anew."""

    def __init__(
        self, device: Device, controls: Controls, hands: Hands, changed: Callable[[], None]
    ) -> None:
        self._device = device
        self._controls = controls
        self._hands = hands
        self._sender = Sender(controls, hands)
        self._changed = changed
        self._turn = asyncio.Lock()
        self._show: Show | None = None
        self._stage = CastStage.PREPARING
        self._status = CastStatus(version=-1, state=CastState.IDLE)
        self._offset = 0.0
        self._reason: AppError | None = None
        self._waiting = Waiting(hands.store, device.id)
        self._playing = asyncio.Event()
        self._tasks = Supervisor(f"casting to {device.name}")
        self._following: asyncio.Task[None] | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended, or failed."""
        return self._stage in OVER

    @property
    def device(self) -> Device:
        """The device."""
        return self._device

    def know(self, device: Device) -> None:
        """It is told anew what the device is: its name, the owner's form for it."""
        self._device = device

    # What it is told.

    async def begin(self, what: Castable, start: float | None) -> None:
        """Play something; raises why it cannot be."""
        async with self._turn:
            await self._begin(what, start)
            await self._waiting.keep()

    async def take_up(self, running: Running) -> bool:
        """Go on with what it played for us before the station ended; False: it does not."""
        async with self._turn:
            status = await self._controls.status(-1)
            if status.url != running.url or status.state not in _STAGES:
                return False
            again = await self._hands.store.unseal(running)
            opened = await self._hands.opener.reopen(running.what, running.stream, again)
            try:
                facts = await self._hands.chooser.look(opened)
                show = Show(opened, facts, running.plan, Wish(sound=running.plan.sound), moved=True)
                show.presented = await self._hands.presenter.present(
                    self._device, show, running.offset, again=running.url
                )
            except BaseException:
                await opened.close()
                raise
            self._show, self._offset = show, show.presented.offset
            self._waiting.restore(running.waiting)
            self._take(status)
            self._follow()
            return True

    async def until_playing(self) -> None:
        """Return when the picture really moves there; raises why it does not."""
        await self._playing.wait()
        if self._reason is not None:
            raise self._reason

    async def order(self, order: CastOrder, value: float = 0.0) -> None:
        """Tell the device something that needs nothing of us."""
        async with self._turn:
            await self._controls.order(order, value)

    async def seek(self, seconds: float) -> None:
        """Go to a second of the film."""
        async with self._turn:
            show = self._shown()
            seconds = max(0.0, min(seconds, (self._length(show) or seconds)))
            if show.presented is not None and show.presented.media.seekable:
                await self._controls.order(CastOrder.SEEK, seconds - show.presented.offset)
                return
            await self._load(show, seconds)

    async def choose(self, wish: Callable[[Wish], Wish]) -> None:
        """Hear or see another track: what the device cannot change itself is sent anew."""
        async with self._turn:
            show = self._shown()
            show.wish = wish(show.wish)
            number = -1 if show.wish.subtitle is None else show.wish.subtitle
            if show.switches:
                await self._controls.order(CastOrder.SUBTITLE, float(number))
                self._changed()
                return
            at = self.position
            show.plan = await self._hands.chooser.plan(self._device, show.facts, show.wish)
            await self._load(show, at)

    async def queue(self, what: Castable, title: str) -> None:
        """Play it after what plays now; `InvalidInput` when too much waits already."""
        await self._waiting.add(what, title)
        self._changed()

    async def next(self) -> None:
        """Go to what comes after."""
        async with self._turn:
            if not await self._go_on(asked=True):
                await self._stop()

    async def end(self) -> tuple[Castable, float]:
        """Stop the device; says what it was, and where."""
        async with self._turn:
            show, at = self._shown(), self.position
            await self._stop()
            return show.opened.what, at

    async def close(self) -> None:
        """The station ends: what plays there goes on as long as it can."""
        await self._tasks.close()
        show = self._show
        if show is not None and not self.over:
            await self._keep(show)
        with contextlib.suppress(AppError):
            await self._controls.leave()
        await self._put_away()

    # How it stands.

    @property
    def position(self) -> float:
        """Second of the film it is at."""
        return max(0.0, self._status.position + self._offset)

    def told(self) -> Casting | None:
        """How it stands; None before there is anything to tell."""
        show = self._show
        if show is None:
            return None
        return Casting(
            device=self._device,
            what=show.opened.what,
            stage=self._stage,
            title=show.opened.title,
            caption=show.opened.caption,
            position=self.position,
            duration=self._length(show),
            volume=self._status.volume,
            muted=bool(self._status.muted),
            plan=show.plan,
            sounds=show.facts.sounds,
            sound=show.plan.sound,
            subtitles=show.facts.subtitles,
            subtitle=show.wish.subtitle,
            has_next=bool(self._waiting) or show.opened.next is not None,
            waiting=self._waiting.titles,
            reason="" if self._reason is None else self._reason.key,
            args={} if self._reason is None else self._reason.args_map,
        )

    # Its work.

    async def _begin(self, what: Castable, start: float | None) -> None:
        opened = await self._hands.opener.open(what)
        try:
            facts = await self._hands.chooser.look(opened)
            wish = self._hands.chooser.usual(facts)
            plan = await self._hands.chooser.plan(self._device, facts, wish)
        except BaseException:
            await opened.close()
            raise
        await self._put_away()
        self._show = show = Show(opened, facts, plan, wish)
        self._stage, self._reason = CastStage.PREPARING, None
        self._playing.clear()
        at = opened.start if start is None else start
        self._offset, self._status = at, CastStatus(version=-1, state=CastState.IDLE)
        self._changed()
        await self._load(show, at)
        self._follow()

    async def _load(self, show: Show, at: float) -> None:
        """Send it; raises when the device takes no form of it."""
        self._offset, self._status = at, replace(self._status, position=0.0)
        try:
            await self._sender.load(self._device, show, at, self._set)
        except AppError as error:
            await self._fail(error)
            raise
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
        """Play what comes after; False when nothing does."""
        following = None
        if self._show is not None and (asked or self._hands.plays_on()):
            following = self._show.opened.next
        while self._waiting:
            try:
                await self._begin(self._waiting.take(), None)
            except (NotFound, Unavailable, Unsupported) as error:
                log.info("What waited for %s is left out: %s", self._device.name, error)
            else:
                await self._waiting.keep()
                return True
        if following is None:
            return False
        await self._begin(following, None)
        return True

    async def _stop(self) -> None:
        if self._show is not None:
            await self._keep(self._show)
        if not self.over:
            with contextlib.suppress(AppError):
                await self._controls.order(CastOrder.STOP)
        await self._over(CastStage.ENDED)

    async def _fail(self, error: AppError) -> None:
        self._reason = error
        await self._over(CastStage.FAILED)

    async def _over(self, stage: CastStage) -> None:
        self._stage = stage
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

    def _shown(self) -> Show:
        if self._show is None:
            raise AppError("errors.cast_nothing_plays", device=self._device.name)
        return self._show

    def _length(self, show: Show) -> float | None:
        if show.facts.duration:
            return show.facts.duration
        return self._status.duration
