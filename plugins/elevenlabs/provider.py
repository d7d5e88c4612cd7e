"""Lets ElevenLabs read texts aloud, with the time of each word, and compose music."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    MusicWanted,
    Order,
    ProviderContext,
    Speech,
    SpeechWanted,
    Voice,
)
from app.api.media_calls import Call
from app.api.media_lists import own_price, read_media
from app.api.media_service import SubmitPoll, begin
from app.api.speaking import Mark, plain_speech, spoken_pieces, timed_words, wav
from plugins.elevenlabs.client import WAYS
from plugins.elevenlabs.parsers import (
    parse_left,
    parse_music,
    parse_spoken,
    parse_voices,
)
from plugins.elevenlabs.questions import SHORTEST, Piece, SpeechModel, music_call, speech_call

FILE = Path(__file__).with_name("models.json")
SOON = 15.0
"""Seconds a small question may take."""


class ElevenLabs(SubmitPoll):
    """Implements `Speaks` and `ComposesMusic`."""

    ways = WAYS
    _left: float | None = None  # characters of the plan, when it is known
    _asked = False

    async def voices(self) -> Sequence[Voice]:
        """Return the voices of the account."""
        document = self.document(await self.send(Call("/v1/voices"), patience=SOON))
        return parse_voices(document, self._price(self._model()))

    async def speak(self, wanted: SpeechWanted) -> Speech:
        """Say a text, piece by piece when it is long."""
        text = plain_speech(wanted.text)
        model = self._model()
        await self._enough(len(text) * model.credits)
        form, rate = self.list.settings["sound"]["format"], int(self.list.settings["sound"]["rate"])
        sound, marks, at = bytearray(), [], 0
        for piece in _pieces(text, model.most):
            call = speech_call(model, wanted.voice, piece, wanted.language, wanted.speed, form)
            answer = await self.send(call)
            self._check_voice(answer, wanted.voice)
            document = self.document(answer, model.id, order=True)
            spoken = parse_spoken(document, piece.text, rate, answer.host)
            begun = len(sound) / 2 / rate
            marks += [
                Mark(one.place + at, one.start + begun, one.end + begun) for one in spoken.marks
            ]
            sound += spoken.pcm
            at += len(piece.text)
            if self._left is not None:
                self._left -= len(piece.text) * model.credits
        pcm = bytes(sound)
        words = timed_words(text, marks, len(pcm) / 2 / rate) if marks else ()
        price = self._price(model)
        cost = None if price is None else price * len(text) / 1_000
        return Speech(wav(pcm, rate), "wav", words, cost)

    async def compose(self, wanted: MusicWanted) -> Order:
        """Compose music; it is the answer to the wish."""
        known = self.known(wanted.model)
        answer = await self.send(music_call(wanted, known, self.list.settings))
        trouble = self.trouble(answer, wanted.model, order=True)
        if trouble is not None:
            raise trouble
        each = known.model.price
        price = None if each is None else each * max(wanted.seconds, SHORTEST)
        return Order("", parse_music(answer, price))

    def _model(self) -> SpeechModel:
        wanted = self.mine.options["voice_model"]
        told: dict[str, Any] = next(
            one for one in self.list.settings["speech"] if one["id"] == wanted
        )
        return SpeechModel(**told)

    def _price(self, model: SpeechModel) -> float | None:
        own = own_price(self.mine.options["voice_price"])
        return model.price if own is None else own

    async def _enough(self, needs: float) -> None:
        """Raise `AuthRequired` when the plan has fewer characters left than a text needs."""
        if self._left is None and self._asked:
            return  # nobody can tell
        if self._left is None or self._left < needs:
            self._asked = True
            try:
                answer = await self.send(Call("/v1/user/subscription"), patience=SOON)
                self._left = parse_left(self.document(answer))
            except AppError:  # a key may be good for speaking alone: the request itself will tell
                self._left = None
        if self._left is not None and self._left < needs:
            raise AuthRequired(
                "errors.voice_plan_empty", name=self.name, left=int(self._left), needs=int(needs)
            )

    def _check_voice(self, answer: HttpAnswer, voice: str) -> None:
        if 400 <= answer.status < 500 and b"voice_not_found" in answer.content[:2_000]:
            raise InvalidInput("errors.voice_gone", voice=voice[:60])


def _pieces(text: str, most: int) -> list[Piece]:
    parts = spoken_pieces(text, most)
    before = ["", *parts]
    after = [*parts[1:], ""]
    return [Piece(*three) for three in zip(parts, before, after, strict=False)]


async def setup(context: ProviderContext) -> ElevenLabs:
    """Build the provider; the key is proved first."""
    return await begin(ElevenLabs, context, read_media(FILE))
