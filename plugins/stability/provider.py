"""Lets Stability AI draw; the picture is the answer to the wish."""

from __future__ import annotations

from pathlib import Path

from app.api import Order, PictureWanted, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.stability.client import WAYS
from plugins.stability.parsers import parse_picture
from plugins.stability.questions import picture_call

FILE = Path(__file__).with_name("models.json")


class Stability(SubmitPoll):
    """Implements `DrawsPictures`."""

    ways = WAYS

    async def draw(self, wanted: PictureWanted) -> Order:
        """Draw a picture."""
        answer = await self.send(picture_call(wanted, self.known(wanted.model)))
        trouble = self.trouble(answer, wanted.model, order=True)
        if trouble is not None:
            raise trouble
        return Order("", parse_picture(answer))


async def setup(context: ProviderContext) -> Stability:
    """Build the provider; the key is proved first."""
    return await begin(Stability, context, read_media(FILE))
