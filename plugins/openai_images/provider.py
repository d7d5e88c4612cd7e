"""Lets the image models of OpenAI draw; the picture comes in the answer to the wish."""

from __future__ import annotations

from pathlib import Path

from app.api import Order, PictureWanted, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.openai_images.client import WAYS
from plugins.openai_images.parsers import parse_picture
from plugins.openai_images.questions import picture_call

FILE = Path(__file__).with_name("models.json")


class OpenAIImages(SubmitPoll):
    """Implements `DrawsPictures`."""

    ways = WAYS

    async def draw(self, wanted: PictureWanted) -> Order:
        """Draw a picture."""
        known = self.known(wanted.model)
        answer = await self.send(picture_call(wanted, known))
        document = self.document(answer, wanted.model, order=True)
        return Order("", parse_picture(document, known.extra.get("rates", {}), answer.host))


async def setup(context: ProviderContext) -> OpenAIImages:
    """Build the provider; the key is proved first."""
    return await begin(OpenAIImages, context, read_media(FILE))
