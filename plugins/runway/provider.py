"""Lets the models of Runway make clips."""

from __future__ import annotations

from pathlib import Path

from app.api import ClipWanted, Order, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.runway.client import WAYS
from plugins.runway.questions import clip_call

FILE = Path(__file__).with_name("models.json")


class Runway(SubmitPoll):
    """Implements `MakesClips`."""

    ways = WAYS

    async def film(self, wanted: ClipWanted) -> Order:
        """Order a clip."""
        return await self.order(clip_call(wanted, self.known(wanted.model)), wanted.model)


async def setup(context: ProviderContext) -> Runway:
    """Build the provider; the key is proved first."""
    return await begin(Runway, context, read_media(FILE))
