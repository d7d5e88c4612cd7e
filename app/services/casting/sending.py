"""Opens a film and sends it to a device, cheaper forms first, down the ladder when it refuses."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Final

from app.domain.casting import CastStage, Device, MediaFacts
from app.domain.errors import AppError, Unsupported
from app.services.casting.choice import Wish
from app.services.casting.controls import Controls
from app.services.casting.opening import Opened
from app.services.casting.running import Entry, Running
from app.services.casting.show import Hands, Show
from app.services.casting.waiting import Waiting

log = logging.getLogger(__name__)

MOST_TRIES: Final = 6
Tell = Callable[[CastStage], None]


class Sender:
    """Sends to one device. Lives on the service loop."""

    def __init__(self, controls: Controls, hands: Hands, waiting: Waiting) -> None:
        self._controls = controls
        self._hands = hands
        self._waiting = waiting

    async def look(self, entry: Entry) -> tuple[Opened, MediaFacts]:
        """Open something and look into it; raises what is the matter with it."""
        opener = self._hands.opener
        if entry.before:
            opened = await opener.reopen(entry.what, entry.stream, entry.again)
        else:
            opened = await opener.open(entry.what)
        async with _closed_if_it_fails(opened):
            return opened, await self._hands.chooser.look(opened)

    async def choose(self, device: Device, opened: Opened, facts: MediaFacts) -> Show:
        """Say how it is sent; `Unavailable` when the device is away."""
        async with _closed_if_it_fails(opened):
            wish = self._hands.chooser.usual(facts)
            plan = await self._hands.chooser.plan(device, facts, wish)
            return Show(opened, facts, plan, wish)

    async def take_up(self, device: Device, running: Running) -> Show:
        """Lay ready what a device plays since before this start, where it fetches it."""
        store = self._hands.store
        again = await store.unseal(running)
        entry = Entry(running.what, "", running.stream, again, before=True)
        opened, facts = await self.look(entry)
        async with _closed_if_it_fails(opened):
            show = Show(opened, facts, running.plan, Wish(sound=running.plan.sound), moved=True)
            show.presented = await self._hands.presenter.present(
                device, show, running.offset, again=running.url
            )
        await store.sent(device.id, running.url)
        return show

    async def load(self, device: Device, show: Show, at: float, tell: Tell) -> None:
        """Let the device play from a second on; raises when it takes no form of it."""
        for _ in range(MOST_TRIES):
            try:
                await self._send(device, show, at, tell)
            except Unsupported as refusal:
                if not await self.step_down(device, show, refusal):
                    raise
            else:
                return
        raise Unsupported("errors.cast_refused", device=device.name)

    async def step_down(self, device: Device, show: Show, refusal: AppError) -> bool:
        """One rung down, as the device does not play it in this form; False: there is none."""
        log.info("%s refuses %s: %s", device.name, show.plan.method, refusal)
        chooser = self._hands.chooser
        following = await chooser.refused(device, show.facts, show.plan, show.wish)
        if following is None:
            return False
        show.plan = following
        return True

    async def _send(self, device: Device, show: Show, at: float, tell: Tell) -> None:
        tell(CastStage.PREPARING)
        before, show.presented = show.presented, None
        if before is not None:
            await before.close()
        show.moved = False
        show.presented = presented = await self._hands.presenter.present(device, show, at)
        tell(CastStage.LOADING)
        url, opened = presented.media.url, show.opened
        store = self._hands.store
        await store.run(
            Running(
                device.id, device.protocol, opened.what, url, show.plan, presented.offset,
                opened.stream, waiting=self._waiting.entries, sent=False, due=self._hands.now(),
            )
        )  # fmt: skip
        show.loaded_at = self._hands.clock()
        await self._controls.load(presented.media)
        await store.sent(device.id, url)


@contextlib.asynccontextmanager
async def _closed_if_it_fails(opened: Opened) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await opened.close()
        raise
