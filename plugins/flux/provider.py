"""Lets the FLUX models of Black Forest Labs draw."""

from __future__ import annotations

from pathlib import Path

from app.api import Order, PictureWanted, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.flux.client import WAYS
from plugins.flux.questions import picture_call

FILE = Path(__file__).with_name("models.json")


class Flux(SubmitPoll):
    """Implements `DrawsPictures`."""

    ways = WAYS

    async def draw(self, wanted: PictureWanted) -> Order:
        """Order a picture."""
        known = self.known(wanted.model)
        return await self.order(picture_call(wanted, known), wanted.model)


async def setup(context: ProviderContext) -> Flux:
    """Build the provider; the key is proved first."""
    return await begin(Flux, context, read_media(FILE))
