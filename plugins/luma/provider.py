"""Lets the Ray models of Luma make clips."""

from __future__ import annotations

from pathlib import Path

from app.api import ClipWanted, Order, ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.luma.client import WAYS
from plugins.luma.questions import clip_call

FILE = Path(__file__).with_name("models.json")


class Luma(SubmitPoll):
    """Implements `MakesClips`."""

    ways = WAYS

    async def film(self, wanted: ClipWanted) -> Order:
        """Order a clip."""
        return await self.order(clip_call(wanted, self.known(wanted.model)), wanted.model)


async def setup(context: ProviderContext) -> Luma:
    """Build the provider; the key is proved first."""
    return await begin(Luma, context, read_media(FILE))
