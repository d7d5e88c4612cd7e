"""Lets OpenAI, or a server at home that speaks its protocol for speech, read texts aloud."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from app.api import (
    AuthRequired,
    ProviderContext,
    Refused,
    Speech,
    SpeechWanted,
    Unavailable,
    Voice,
    at_home,
    proper_key,
    service_address,
    trouble_of,
)
from app.api.media_lists import own_price
from app.api.speaking import plain_speech, spoken_pieces, wav
from plugins.openai_voice.client import Client
from plugins.openai_voice.parsers import parse_names, parse_sound
from plugins.openai_voice.questions import VoiceModel, model_of, read_list, speech_body

NAME = "OpenAI"
BETWEEN = 0.15
"""Seconds of nothing between two pieces of a text."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the owner chose: the model, names of voices (none: the usual ones), how to speak."""

    model: VoiceModel
    voices: tuple[str, ...]
    tone: str


class OpenAIVoice:
    """Implements `Speaks`."""

    def __init__(self, client: Client, table: Mapping[str, Any], mine: Mine) -> None:
        self._client = client
        self._table = table
        self._mine = mine

    async def voices(self) -> Sequence[Voice]:
        """Return the voices the owner named, those the server tells, or the service's own."""
        names: Sequence[str] = self._mine.voices
        if not names and self._client.place != self._table["address"]:
            names = parse_names(await self._client.named())
        if not names:
            old = self._mine.model.id in self._table["old_models"]
            names = self._table["old_voices" if old else "voices"]
        price = self._mine.model.price
        return [Voice(name, name.replace("_", " ").capitalize(), "", price) for name in names]

    async def speak(self, wanted: SpeechWanted) -> Speech:
        """Say a text, piece by piece when it is long; nobody tells when words are said."""
        text = plain_speech(wanted.text)
        model = self._mine.model
        usual = self._table["tone"].replace("{language}", wanted.language)
        tone = self._mine.tone or (usual if wanted.language else "")
        sound, rate = bytearray(), 0
        for piece in spoken_pieces(text, model.most):
            if not any(char.isalnum() for char in piece):
                continue
            body = speech_body(model, wanted.voice, piece.strip(), wanted.speed, tone)
            answer = await self._client.say(body)
            trouble = trouble_of(answer, model.id)
            if trouble is not None:
                raise trouble
            pcm, hertz = parse_sound(answer)
            if rate not in (0, hertz):
                raise Unavailable("errors.bad_answer", host=answer.host)
            sound += bytes(int(hertz * BETWEEN) * 2) + pcm if rate else pcm
            rate = hertz
        cost = None if model.price is None else model.price * len(text) / 1_000
        return Speech(wav(bytes(sound), rate), "wav", (), cost)


async def setup(context: ProviderContext) -> OpenAIVoice:
    """Build the provider; the address and the key are proved first."""
    return await start(context, read_list(), datetime.datetime.now(datetime.UTC).date())


async def start(
    context: ProviderContext, table: Mapping[str, Any], today: datetime.date
) -> OpenAIVoice:
    """Build the provider for a list, as it counts on a day."""
    settings = context.settings
    typed = str(settings["address"]).strip()
    place = service_address(typed).removesuffix("/audio/speech") if typed else table["address"]
    home = at_home(urlsplit(place).hostname or "") and place != table["address"]
    key = proper_key(await context.secrets.get("api_key"), NAME)
    if not key and not home:
        raise AuthRequired("errors.model_key_missing", name=NAME)
    if key and place.startswith("http:") and not home and place != table["address"]:
        raise Refused("errors.model_key_in_the_open", name=urlsplit(place).hostname or "")
    model = model_of(table, str(settings["model"]).strip(), today, home=home)
    if model is None:
        raise Unavailable("errors.model_none_there", name=NAME)
    own = own_price(settings["price"])
    model = model if own is None else replace(model, price=own)
    named = tuple(name.strip() for name in str(settings["voices"]).split(",") if name.strip())[:200]
    client = Client(context.http, place, key)
    await client.prove()
    return OpenAIVoice(client, table, Mine(model, named, str(settings["tone"]).strip()))
