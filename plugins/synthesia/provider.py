"""Lets avatars of Synthesia speak."""

from __future__ import annotations

from pathlib import Path

from app.api import AvatarWanted, Order, ProviderContext, Unavailable
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from plugins.synthesia.client import WAYS
from plugins.synthesia.questions import film_call, heard, spoken, voice_call

FILE = Path(__file__).with_name("models.json")


class Synthesia(SubmitPoll):
    """Implements `AnimatesAvatars`."""

    ways = WAYS

    async def animate(self, wanted: AvatarWanted) -> Order:
        """Order a film; a voice is brought there first."""
        self.known(wanted.model)
        settings, options = self.list.settings, self.mine.options
        if wanted.sound is None:
            said = spoken(wanted)
        else:
            voice = (await self.ask(voice_call(wanted.sound))).get("id")
            if not isinstance(voice, str) or not voice:
                raise Unavailable("errors.bad_answer", host=self.name)
            said = heard(wanted, voice, settings["languages"])
        named = str(options["voice"]).strip()
        test = bool(options["test_film"])
        call = film_call(wanted, said, named, settings["background"], test=test)
        return await self.order(call, wanted.model)


async def setup(context: ProviderContext) -> Synthesia:
    """Build the provider; the key is proved first."""
    return await begin(Synthesia, context, read_media(FILE))
