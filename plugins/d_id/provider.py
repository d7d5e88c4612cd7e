"""Lets a portrait, or a presenter of D-ID, speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.api import AvatarWanted, MediaKind, MediaModel, Order, ProviderContext, Unavailable
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.d_id.client import PRESENTERS, WAYS
from plugins.d_id.parsers import parse_presenters
from plugins.d_id.questions import PORTRAIT, film_call, spoken, voice_call

FILE = Path(__file__).with_name("models.json")


class DID(SubmitPoll):
    """Implements `AnimatesAvatars`."""

    ways = WAYS

    async def media_models(self) -> Sequence[MediaModel]:
        """Return the presenter the owner named, or his portrait and all presenters."""
        if self.mine.model:
            return await super().media_models()
        found = parse_presenters(await self.ask(PRESENTERS))
        if self._option("portrait"):
            found.insert(0, MediaModel(PORTRAIT, "Portrait", MediaKind.AVATAR))
        return [replace(one, price=self.mine.price) for one in found]

    async def animate(self, wanted: AvatarWanted) -> Order:
        """Order a film; a voice is brought there first."""
        self.known(wanted.model)
        if wanted.sound is None:
            script = spoken(wanted, self._option("voice"))
        else:
            told = (await self.ask(voice_call(wanted.sound))).get("url")
            if not isinstance(told, str) or not told:
                raise Unavailable("errors.bad_answer", host=self.name)
            script = {"type": "audio", "audio_url": told}
        call, before = film_call(wanted, self._option("portrait"), script)
        return await self.order(call, wanted.model, before)

    def _option(self, name: str) -> str:
        return str(self.mine.options[name]).strip()


async def setup(context: ProviderContext) -> DID:
    """Build the provider; the key is proved first."""
    return await begin(DID, context, read_media(FILE))
