"""Lets Ideogram draw; its answer says where the picture lies for a while."""

from __future__ import annotations

from pathlib import Path

from app.api import (
    InvalidInput,
    Order,
    OrderState,
    PictureWanted,
    ProviderContext,
    Unavailable,
    web_address,
)
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.ideogram.client import WAYS
from plugins.ideogram.parsers import parse_place
from plugins.ideogram.questions import picture_call

FILE = Path(__file__).with_name("models.json")


class Ideogram(SubmitPoll):
    """Implements `DrawsPictures`; an order is the address of its picture."""

    ways = WAYS

    async def draw(self, wanted: PictureWanted) -> Order:
        """Draw a picture; when it cannot be fetched now it may be followed."""
        known = self.known(wanted.model)
        if "path" not in known.extra:  # its model is a part of the address
            raise InvalidInput("errors.model_unknown", model=wanted.model[:60], name=self.name)
        answer = await self.send(picture_call(wanted, known))
        place = parse_place(self.document(answer, wanted.model, order=True), answer.host)
        try:
            return Order(place, await self.fetch(place))
        except Unavailable:  # it is paid: the picture is worth another try
            return Order(place)

    async def follow(self, order: str) -> OrderState:
        """Fetch the picture of an order."""
        if not web_address(order):
            raise self.ways.troubles.gone()
        return OrderState(1.0, await self.fetch(order))


async def setup(context: ProviderContext) -> Ideogram:
    """Build the provider; the key is proved first."""
    return await begin(Ideogram, context, read_media(FILE))
