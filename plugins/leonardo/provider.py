"""Lets the models of Leonardo.Ai draw."""

from __future__ import annotations

from pathlib import Path

from app.api import Order, PictureWanted, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.leonardo.client import WAYS
from plugins.leonardo.questions import picture_call

FILE = Path(__file__).with_name("models.json")


class Leonardo(SubmitPoll):
    """Implements `DrawsPictures`."""

    ways = WAYS

    async def draw(self, wanted: PictureWanted) -> Order:
        """Order a picture."""
        known = self.known(wanted.model)
        return await self.order(picture_call(wanted, known), wanted.model)


async def setup(context: ProviderContext) -> Leonardo:
    """Build the provider; the key is proved first."""
    return await begin(Leonardo, context, read_media(FILE))
