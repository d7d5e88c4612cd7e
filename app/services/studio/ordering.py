"""Has things made by services: paid once, followed over restarts, kept at once."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.api.capabilities import Capability
from app.api.making import (
    AvatarWanted,
    ClipWanted,
    MadeMedia,
    MediaKind,
    MediaModel,
    MusicWanted,
    Order,
    OrderState,
    PictureWanted,
)
from app.domain.budget import MICROS, PaidCall, PaidKind
from app.domain.errors import AppError, NotFound, Refused, Unavailable
from app.domain.project import Asset, AssetId, AssetKind, ProjectId
from app.domain.spending import Reservation
from app.services.studio.assets import AssetLibrary
from app.services.studio.ports import Purse, Services
from app.services.studio.works import Work, WorkBook

Wanted = PictureWanted | ClipWanted | AvatarWanted | MusicWanted
HOLD: Final = 86_400.0
"""Seconds money is held for an order that is being made."""
LONGEST_CALL: Final = 290.0
"""Seconds a service that answers at once may take."""
GONE: Final = "errors.media_gone"
BUSY: Final = "errors.server_busy"
POLLS: Final = (2.0, 3.0, 5.0, 8.0, 10.0)
"""Seconds between looks at an order; the last one stands for all that follow."""


@dataclass(frozen=True, slots=True)
class Trade:
    """How a kind of thing is ordered."""

    capability: Capability
    method: str
    media: MediaKind
    paid: PaidKind
    asset: AssetKind


PICTURE: Final = Trade(
    Capability.DRAWS_PICTURES, "draw", MediaKind.PICTURE, PaidKind.PICTURE, AssetKind.PICTURE
)
CLIP: Final = Trade(Capability.MAKES_CLIPS, "film", MediaKind.CLIP, PaidKind.CLIP, AssetKind.CLIP)
AVATAR: Final = Trade(
    Capability.ANIMATES_AVATARS, "animate", MediaKind.AVATAR, PaidKind.AVATAR, AssetKind.CLIP
)
MUSIC: Final = Trade(
    Capability.COMPOSES_MUSIC, "compose", MediaKind.MUSIC, PaidKind.MUSIC, AssetKind.MUSIC
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an order is known by, and for whom it is: the project counts what it cost."""

    mark: str
    project: ProjectId
    what: str  # a few words for the page of the budget


def price_of(model: MediaModel | None, wanted: Wanted) -> int | None:
    """What it should cost, in millionths of a dollar; None: nobody knows."""
    if model is None or model.price is None:
        return None
    seconds = 1.0 if isinstance(wanted, PictureWanted) else wanted.seconds
    return math.ceil(model.price * seconds * MICROS)


class Orders:
    """Lives on the service loop. `waits` are the seconds between two looks at an order."""

    def __init__(
        self,
        services: Services,
        purse: Purse,
        library: AssetLibrary,
        works: WorkBook,
        waits: tuple[float, ...] = POLLS,
    ) -> None:
        self._services, self._purse = services, purse
        self._library, self._works, self._waits = library, works, waits
        self._models: dict[str, tuple[MediaModel, ...]] = {}

    async def models(self, plugin: str, capability: Capability) -> tuple[MediaModel, ...]:
        """What a plugin can make, of every kind; asked once until `forget_models`."""
        if plugin not in self._models:
            answer = await self._services.call(plugin, capability, "media_models", patience=20.0)
            assert isinstance(answer, (list, tuple))
            self._models[plugin] = tuple(answer)
        return self._models[plugin]

    def forget_models(self) -> None:
        """Ask anew: the owner changed something."""
        self._models.clear()

    async def made(
        self,
        trade: Trade,
        plugin: str,
        wanted: Wanted,
        purpose: Purpose,
        on_progress: Callable[[float], None] | None = None,
    ) -> tuple[Asset, int]:
        """Have it made, or take what was made before; with what was paid now.

        An order that is under way is followed, not made again. Raises what the service says;
        `Refused` when the budget does not allow it.
        """
        work = await self._works.find(purpose.mark)
        if work is not None and work.asset:
            return await self._library.get(_id(work)), 0
        if work is None or not work.remote:
            work = await self._order(trade, plugin, wanted, purpose)
            if work.asset:
                return await self._library.get(_id(work)), work.price
        state = await self._follow(trade, work, on_progress)
        assert state.made is not None
        return await self._keep(trade, work, state.made)

    async def _order(self, trade: Trade, plugin: str, wanted: Wanted, purpose: Purpose) -> Work:
        models = await self.models(plugin, trade.capability)
        model = next((one for one in models if one.id == wanted.model), None)
        call = PaidCall(trade.paid, plugin, "studio", price_of(model, wanted), purpose.what)
        reservation = await self._purse.reserve(call, HOLD)
        try:
            answer = await self._services.call(
                plugin, trade.capability, trade.method, wanted, timeout=LONGEST_CALL
            )
            assert isinstance(answer, Order)
        except AppError as error:
            if not isinstance(error, Unavailable) or error.key == BUSY:  # it took nothing on
                await self._purse.give_back(reservation)
            else:
                await self._purse.settle(reservation)
            raise
        except BaseException:
            await self._purse.settle(reservation)  # it was sent, and nobody heard the end
            raise
        work = Work(purpose.mark, plugin, answer.remote, more={
            "reservation": reservation.id, "estimate": call.estimate, "what": prompt_of(wanted),
            "kind": trade.paid.value, "project": purpose.project,
        })  # fmt: skip
        await self._works.keep(work)
        if answer.made is None:
            return work
        asset, price = await self._keep(trade, work, answer.made)
        return Work(purpose.mark, plugin, answer.remote, asset.id, work.more, price)

    async def _follow(
        self, trade: Trade, work: Work, on_progress: Callable[[float], None] | None
    ) -> OrderState:
        """Until it is there. One that was refused or is gone is forgotten, and costs nothing."""
        looks = 0
        while True:
            try:
                answer = await self._services.call(
                    work.plugin, trade.capability, "follow", work.remote
                )
            except (Refused, NotFound) as error:
                await self._works.forget(work.mark)
                if error.key == GONE:  # it was made, and nobody fetched it in time
                    await self._purse.settle(_reservation(work))
                else:
                    await self._purse.give_back(_reservation(work))
                raise
            assert isinstance(answer, OrderState)
            if answer.made is not None:
                return answer
            if answer.fraction is not None and on_progress is not None:
                on_progress(answer.fraction)
            await asyncio.sleep(self._waits[min(looks, len(self._waits) - 1)])
            looks += 1

    async def call_off(self, trade: Trade, mark: str) -> None:
        """End an order that is under way; what it cost until then is what the service says."""
        work = await self._works.find(mark)
        if work is not None and work.remote and not work.asset:
            await self._services.call(work.plugin, trade.capability, "call_off", work.remote)

    async def _keep(self, trade: Trade, work: Work, made: MadeMedia) -> tuple[Asset, int]:
        price = None if made.price is None else math.ceil(made.price * MICROS)
        await self._purse.settle(_reservation(work), price)
        asset = await self._library.put(
            trade.asset, made.content, made.ending, source=work.plugin,
            prompt=str(work.more.get("what", "")), credit=made.credit,
        )  # fmt: skip
        cost = price if price is not None else int(work.more.get("estimate") or 0)
        await self._works.keep(Work(work.mark, work.plugin, work.remote, asset.id, work.more, cost))
        return asset, cost


def prompt_of(wanted: Wanted) -> str:
    """What was asked for, in words."""
    if isinstance(wanted, (PictureWanted, ClipWanted)):
        return wanted.prompt
    return wanted.text if isinstance(wanted, AvatarWanted) else wanted.mood


def _reservation(work: Work) -> Reservation:
    """The reservation of an order; it is known by its number alone, over restarts too."""
    kind = PaidKind(str(work.more["kind"]))
    call = PaidCall(kind, work.plugin, "studio", work.more.get("estimate"))
    return Reservation(int(work.more["reservation"]), call, 0, "", 0.0)


def _id(work: Work) -> AssetId:
    return AssetId(work.asset)
