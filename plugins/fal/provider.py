"""Lets models behind fal make clips: those of Pika, and all whose path the owner names."""

from __future__ import annotations

from pathlib import Path

from app.api import ClipWanted, Fields, Order, ProviderContext, Unavailable
from app.api.media_answers import fields_of
from app.api.media_calls import Call
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.fal.client import WAYS
from plugins.fal.questions import clip_call

_ENDED = (400, 422, 500, 504)
"""The statuses of an answer that says why a model made nothing."""
FILE = Path(__file__).with_name("models.json")


class Fal(SubmitPoll):
    """Implements `MakesClips`; an order is the address its state lies at."""

    ways = WAYS

    async def film(self, wanted: ClipWanted) -> Order:
        """Order a clip."""
        return await self.order(clip_call(wanted, self.known(wanted.model)), wanted.model)

    async def outcome(self, document: Fields) -> Fields:
        """Return the answer of the model, which lies at an address of its own."""
        address = self.allowed(document.get("response_url"))
        if not address:
            raise Unavailable("errors.bad_answer", host=self.name)
        answer = await self.send(Call(address))
        told = fields_of(answer)
        if answer.status in _ENDED and "detail" in told:
            raise self.ways.troubles.of_failure(told)
        return self.document(answer)

    def cancelling(self, order: str) -> Call:
        """Return the request that ends an order."""
        return Call(f"{order.removesuffix('/status')}/cancel", "PUT")


async def setup(context: ProviderContext) -> Fal:
    """Build the provider; the key is proved first."""
    return await begin(Fal, context, read_media(FILE))
