"""Sends a film to a device, in cheaper forms first, and goes down the ladder when it refuses."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from app.domain.casting import CastStage, Device
from app.domain.errors import AppError, Unsupported
from app.services.casting.controls import Controls
from app.services.casting.show import Hands, Show
from app.services.casting.store import Running

log = logging.getLogger(__name__)

MOST_TRIES: Final = 6
Tell = Callable[[CastStage], None]


class Sender:
    """Sends to one device. Lives on the service loop."""

    def __init__(self, controls: Controls, hands: Hands) -> None:
        self._controls = controls
        self._hands = hands

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
        show.loaded_at = self._hands.clock()
        tell(CastStage.LOADING)
        await self._controls.load(presented.media)
        url, offset = presented.media.url, presented.offset
        opened = show.opened
        running = Running(
            device.id, device.protocol, opened.what, url, show.plan, offset, opened.stream
        )
        await self._hands.store.run(running)
