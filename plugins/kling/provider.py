"""Lets Kling make clips."""

from __future__ import annotations

from pathlib import Path

from app.api import ClipWanted, Fields, HttpAnswer, Order, ProviderContext, Unavailable
from app.api.media_calls import inside_of
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.kling.client import WAYS
from plugins.kling.questions import clip_call

FILE = Path(__file__).with_name("models.json")


class Kling(SubmitPoll):
    """Implements `MakesClips`."""

    ways = WAYS

    async def film(self, wanted: ClipWanted) -> Order:
        """Order a clip."""
        call, before = clip_call(wanted, self.known(wanted.model))
        return await self.order(call, wanted.model, before)

    def document(self, answer: HttpAnswer, model: str = "", *, order: bool = False) -> Fields:
        """Return the document of an answer; one with a code of a trouble is none."""
        document = super().document(answer, model, order=order)
        if inside_of(document, ("code",)) not in (0, "0"):
            trouble = self.ways.troubles.of_code(document, answer)
            raise trouble or Unavailable("errors.bad_answer", host=answer.host)
        return document


async def setup(context: ProviderContext) -> Kling:
    """Build the provider; the key is proved first."""
    return await begin(Kling, context, read_media(FILE))
