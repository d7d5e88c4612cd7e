"""Casting: finds the screens of the home, and plays on them what the station has."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from app.domain.casting import Castable, Casting, Device, DeviceId, Method, Offer
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.events import CastingChanged, DevicesChanged, PluginStateChanged
from app.infra.lan.interfaces import Interface
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.casting.controls import Controls
from app.services.casting.devices import CastPlugins, DeviceBook
from app.services.casting.orders import Orders
from app.services.casting.running import Entry, Running
from app.services.casting.session import Session
from app.services.casting.show import Hands
from app.services.casting.store import CastStore

log = logging.getLogger(__name__)

FINDS: Final = 10.0
"""Seconds after a start in which a device must be found again to be taken up."""
LOOK: Final = 0.5


class CastingService(Orders):
    """The screens of the home and what plays on them. Its coroutines run on the service loop."""

    def __init__(
        self,
        bus: EventBus,
        plugins: CastPlugins,
        store: CastStore,
        hands: Hands,
        book: DeviceBook,
    ) -> None:
        self._bus = bus
        self._plugins = plugins
        self._store = store
        self._hands = hands
        self._book = book
        self._ways: tuple[str, ...] = ()
        self._sessions: dict[DeviceId, Session] = {}
        self._tasks = Supervisor("casting")
        self._subscriptions: list[Subscription] = []

    async def start(self) -> None:
        """Begin to look for devices, and take up what still plays somewhere."""
        loop = asyncio.get_running_loop()

        def plugin_changed(_event: PluginStateChanged) -> None:
            loop.call_soon_threadsafe(self._look_again)

        def devices_changed(event: DevicesChanged) -> None:
            loop.call_soon_threadsafe(self._know, event.devices)

        self._subscriptions = [
            self._bus.on(PluginStateChanged, plugin_changed),
            self._bus.on(DevicesChanged, devices_changed),
        ]
        await self._book.start(self._ways)
        self._tasks.spawn(self._take_up(), "take up")

    async def stop(self) -> None:
        """Let go of every device; what plays there goes on as long as it can without us."""
        for subscription in self._subscriptions:
            subscription.close()
        await self._tasks.close()
        await self._book.stop()
        await asyncio.gather(*(one.close() for one in self._sessions.values()))

    async def use(self, networks: tuple[Interface, ...]) -> None:
        """Look for devices in these networks from now on."""
        ways = tuple(one.address for one in networks)
        if ways != self._ways:
            self._ways = ways
            await self._book.look(ways)

    async def devices(self) -> tuple[Device, ...]:
        """Every device that was ever found, those that are here first."""
        return self._book.all()

    async def look(self) -> None:
        """Ask the home anew."""
        await self._book.look(self._ways)

    async def castings(self) -> tuple[Casting, ...]:
        """What plays on other screens, the last begun first."""
        told = [one.told() for one in reversed(self._sessions.values())]
        return tuple(one for one in told if one is not None)

    async def offers(self, what: Castable) -> tuple[Offer, ...]:
        """Say for each device what it would be given of something, and why."""
        opened = await self._hands.opener.open(what)
        try:
            facts = await self._hands.chooser.look(opened)
        finally:
            await opened.close()
        wish = self._hands.chooser.usual(facts)
        offers = []
        for device in self._book.all():
            plan = None
            if device.here:
                plan = await self._hands.chooser.plan(device, facts, wish)
            offers.append(Offer(device, plan))
        return tuple(offers)

    async def cast(self, device: DeviceId, what: Castable, *, start: float | None = None) -> None:
        """Play something there, from where it was left when no `start` is given.

        Returns when the device has taken it; raises why it cannot be.
        """
        session = self._session(device)
        await session.begin(what, start)

    async def queue(self, device: DeviceId, what: Castable) -> None:
        """Play something there after what plays now; at once when nothing does."""
        session = self._sessions.get(device)
        if session is None or session.over:
            await self.cast(device, what)
            return
        opened = await self._hands.opener.open(what)
        await opened.close()
        await session.queue(Entry(what, opened.title, opened.stream, opened.again))

    async def leave(self, device: DeviceId) -> None:
        """Stop it there, and show it no more."""
        session = self._sessions.pop(device, None)
        if session is None:
            return
        if not session.over:
            await session.end()
        await session.close()
        self._tell()

    async def fetch(self, device: DeviceId) -> tuple[Castable, float]:
        """Stop it there and say what it was and where: for playing on in the window."""
        session = self.running(device)
        found = await session.end()
        await self.leave(device)
        return found

    async def set_form(self, device: DeviceId, form: Method | None) -> None:
        """Say in which form a device always gets films; None: as the rules say."""
        await self._book.set_form(device, form)

    async def forget(self, device: DeviceId) -> None:
        """Forget a device that is away."""
        await self._book.forget(device)

    def _session(self, device: DeviceId) -> Session:
        """The session of a device, made anew and put last; raises when it is away."""
        known = self._book.get(device)
        if not known.here:
            raise Unavailable("errors.cast_device_away", device=known.name)
        session = self._sessions.pop(device, None)
        if session is None:
            controls = Controls(self._plugins, known.protocol, device)
            session = Session(known, controls, self._hands, self._tell)
        self._sessions[device] = session
        return session

    def running(self, device: DeviceId) -> Session:
        """What plays on a device; `NotFound` when nothing does."""
        session = self._sessions.get(device)
        if session is None:
            raise NotFound("errors.cast_nothing_plays", device=self._book.get(device).name)
        return session

    def _tell(self) -> None:
        told = [one.told() for one in reversed(self._sessions.values())]
        self._bus.publish(CastingChanged(tuple(one for one in told if one is not None)))

    def _know(self, devices: tuple[Device, ...]) -> None:
        for device in devices:
            session = self._sessions.get(device.id)
            if session is not None:
                session.know(device)

    def _look_again(self) -> None:
        self._tasks.spawn(self._book.look(self._ways), "look")

    async def _take_up(self) -> None:
        """Go on with what plays for us since before this start."""
        left = {one.device: one for one in await self._store.running()}
        for after in reversed(range(int(FINDS / LOOK))):
            for device in [one for one in left if self._book.here(one) is not None]:
                if await self._settled(left[device], last=not after):
                    del left[device]
            if not left:
                return
            await asyncio.sleep(LOOK)
        for device in left:
            if device not in self._sessions:
                await self._store.end(device)

    async def _settled(self, running: Running, *, last: bool) -> bool:
        """Go on with it where that can be; False: what it needs may come a moment later."""
        device = running.device
        if device in self._sessions:
            return True  # the owner plays something else there by now
        session = self._session(device)
        settled = True
        try:
            if await session.take_up(running, last=last):
                self._tell()
                return True
        except Unavailable as error:
            log.info("What %s played is not there yet: %s", session.device.name, error)
            settled = False
        except AppError as error:
            log.info("What %s played cannot be taken up: %s", session.device.name, error)
        self._sessions.pop(device, None)
        await session.close()
        if settled:
            await self._store.end(device)
        return settled
