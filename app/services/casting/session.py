"""One device that plays for us, as it is ordered about and as it is shown."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from app.api.casting import CastOrder
from app.domain.casting import Castable, Casting, CastStage, Device
from app.domain.errors import AppError, NotFound, Unavailable
from app.services.casting.choice import Wish
from app.services.casting.course import Course
from app.services.casting.running import Entry, Running, Way, way_on
from app.services.casting.show import Show

log = logging.getLogger(__name__)


class Session(Course):
    """Plays on one device what it is told. Lives on the service loop."""

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

    async def take_up(self, running: Running, *, last: bool) -> bool:
        """Go on with what it played for us before the station ended; False: it does not.

        What cannot be opened now raises: it may come a moment later. In the `last` attempt, and
        when it never will, what waits goes on without it.
        """
        async with self._turn:
            status = await self._controls.status(-1)
            way = way_on(running, status, self._hands.now())
            if way is Way.LOST:
                return False
            itself, *waiting = await self._hands.store.unseal_waiting(running)
            self._waiting.restore(waiting if way is not Way.AGAIN else [itself, *waiting])
            if way is not Way.UP:
                return await self._begin_late()
            try:
                show = await self._sender.take_up(self._device, running)
            except (NotFound, Unavailable) as error:
                if not self._waiting or not (last or isinstance(error, NotFound)):
                    raise
                return await self._begin_late()
            assert show.presented is not None
            self._show, self._offset = show, show.presented.offset
            self._playing.set()
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

    async def queue(self, entry: Entry) -> None:
        """Play it after what plays now; `InvalidInput` when too much waits already."""
        self._waiting.add(entry)
        await self._waiting.keep(self._due())
        if entry.again:
            self._tasks.spawn(self._waiting.keep_secrets(), "remember what waits")
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

    async def _begin_late(self) -> bool:
        """Play what a restart came between; when that fails it is shown, and what waits stays."""
        try:
            return await self._go_on()
        except AppError as error:
            if self._show is None:
                raise
            log.info("%s does not go on after the restart: %s", self._device.name, error)
            return True

    async def _stop(self) -> None:
        await self._hands.store.end(self._device.id)  # whatever comes now: a start begins nothing
        if self._show is not None:
            await self._keep(self._show)
        if not self.over:
            with contextlib.suppress(AppError):
                await self._controls.order(CastOrder.STOP)
        await self._over(CastStage.ENDED)

    def _shown(self) -> Show:
        if self._show is None:
            raise AppError("errors.cast_nothing_plays", device=self._device.name)
        return self._show
