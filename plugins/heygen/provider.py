"""Lets avatars of HeyGen speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.api import AvatarWanted, MediaModel, Order, ProviderContext, Unavailable
from app.api.media_calls import inside_of
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.heygen.client import LOOKS, WAYS
from plugins.heygen.parsers import parse_looks, parse_voice
from plugins.heygen.questions import film_call, look_call, spoken, voice_call

FILE = Path(__file__).with_name("models.json")


class HeyGen(SubmitPoll):
    """Implements `AnimatesAvatars`."""

    ways = WAYS

    async def media_models(self) -> Sequence[MediaModel]:
        """Return the avatar the owner named, or those of the account."""
        if self.mine.model:
            return await super().media_models()
        return [replace(one, price=self.mine.price) for one in parse_looks(await self.ask(LOOKS))]

    async def animate(self, wanted: AvatarWanted) -> Order:
        """Order a film; a voice is brought there first."""
        self.known(wanted.model)
        if wanted.sound is None:
            said = spoken(wanted, await self._voice(wanted.model))
        else:
            document = await self.ask(voice_call(wanted.sound))
            asset = inside_of(document, ("data", "asset_id"))
            if not isinstance(asset, str) or not asset:
                raise Unavailable("errors.bad_answer", host=self.name)
            said = {"audio_asset_id": asset}
        return await self.order(film_call(wanted, said), wanted.model)

    async def _voice(self, avatar: str) -> str:
        """The voice the owner named, or the one the avatar has by itself."""
        named = str(self.mine.options["voice"]).strip()
        return named or parse_voice(await self.ask(look_call(avatar), avatar))


async def setup(context: ProviderContext) -> HeyGen:
    """Build the provider; the key is proved first."""
    return await begin(HeyGen, context, read_media(FILE))
