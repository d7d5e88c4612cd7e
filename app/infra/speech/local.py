"""The voices of this device: those of espeak-ng, and the owner's own voice files."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.api.making import Speech, SpeechWanted, Voice
from app.api.speaking import Mark, plain_speech, timed_words, wav
from app.domain.errors import AppError, InvalidInput, Unsupported
from app.infra.ffmpeg.running import Outside
from app.infra.speech import piper, process
from app.infra.speech.languages import language_of, usual_first
from app.infra.speech.polish import polish
from app.infra.speech.recording import take

log = logging.getLogger(__name__)

ENGINE: Final = "espeak/"
FILE: Final = "piper/"
WOMAN: Final = "+f2"
"""The engine's variant of each voice that sounds like a woman."""
RATE: Final = 158
"""Words in a minute: a calm narrator; the engine's own 175 is breathless."""
_SLOWEST, _QUICKEST = 80, 400
_SECONDS_A_CHARACTER: Final = 0.2  # of the voice files, on a slow board
_PITCH, _PITCH_WOMAN, _RANGE, _GAP = 42, 50, 58, 1


def no_files() -> Sequence[Path]:
    """Nobody chose a voice file."""
    return ()


class LocalSpeech:
    """Implements `Speaks`. `files` tells the owner's voice files (.onnx), the usual one first."""

    def __init__(
        self,
        files: Callable[[], Sequence[Path]] = no_files,
        outside: Outside | None = None,
        seconds: float = process.SECONDS,
    ) -> None:
        self._files = files
        self._outside = outside or Outside()
        self._seconds = seconds
        self._engine: dict[str, tuple[Voice, str]] = {}

    async def voices(self) -> Sequence[Voice]:
        """Return the owner's voices, then those of the engine; none when it is not installed."""
        return [*(await self._own()).values(), *await self._built_in()]

    async def speak(self, wanted: SpeechWanted) -> Speech:
        """Say a text; without a voice it is the best one for its language.

        Raises `InvalidInput` (``errors.voice_nothing``, ``…_too_long``, ``…_gone``),
        `Unsupported` (``errors.voice_engine_missing``, ``…_none``) and
        `ToolFailed`. Cancelled, its process is ended.
        """
        text = plain_speech(wanted.text)
        voice = wanted.voice or await self._best(wanted.language)
        if voice.startswith(FILE):
            return await self._from_file(voice, text, wanted.speed)
        return await self._from_engine(voice, text, wanted.speed)

    async def recorded(self, path: Path, said: str, language: str) -> Speech:  # noqa: ARG002 - who transcribes needs them
        """Return the owner's recording ready for a scene; when its words are said, nobody knows.

        Raises as `app.infra.speech.recording.take`.
        """
        made = await take(path, self._outside)
        return Speech(made.content, "wav", (), 0.0)

    async def _from_engine(self, voice: str, text: str, speed: float) -> Speech:
        await self._built_in()
        if voice not in self._engine:
            if not self._engine:
                raise Unsupported("errors.voice_engine_missing")
            raise InvalidInput("errors.voice_gone", voice=voice[:60])
        name = self._engine[voice][1]
        rate = round(min(max(RATE * speed, _SLOWEST), _QUICKEST))
        pitch = _PITCH_WOMAN if name.endswith(WOMAN) else _PITCH
        manner = {"rate": rate, "pitch": pitch, "range": _RANGE, "gap": _GAP}
        order = {"do": "say", "voice": name, "text": text, "manner": manner}
        made = await process.ask(order, seconds=self._seconds)
        if made.told.get("failed") == "voice":
            raise InvalidInput("errors.voice_gone", voice=voice)
        hertz = int(made.told["rate"])
        marks = [Mark(place, start, end) for place, start, end in made.told["marks"]]
        words = await asyncio.to_thread(timed_words, text, marks, len(made.pcm) / 2 / hertz)
        pcm = await polish(made.pcm, hertz, self._outside)
        return Speech(wav(pcm, hertz), "wav", words, 0.0)

    async def _from_file(self, voice: str, text: str, speed: float) -> Speech:
        found = {f"{FILE}{path.stem}": path for path in self._files()}
        if voice not in found:
            raise InvalidInput("errors.voice_gone", voice=voice.removeprefix(FILE)[:60])
        facts = await asyncio.to_thread(piper.check, found[voice])
        most = max(self._seconds, len(text) * _SECONDS_A_CHARACTER)
        made = await process.ask(
            piper.order(facts, text, speed), seconds=most, limits=facts.limits()
        )
        return Speech(wav(made.pcm, facts.rate), "wav", (), 0.0)

    async def _best(self, language: str) -> str:
        for voice in await self.voices():
            if voice.language == language:
                return voice.id
        raise Unsupported("errors.voice_none", language=language[:10])

    async def _built_in(self) -> Sequence[Voice]:
        if not self._engine:
            try:
                made = await process.ask({"do": "voices"}, seconds=self._seconds)
            except Unsupported:
                return ()  # it may be installed while we run
            told = sorted(made.told["voices"], key=lambda one: usual_first(one[0]))
            for code, name, own in told:
                for variant, sign in (("", ""), (WOMAN, " \N{FEMALE SIGN}")):
                    voice = f"{ENGINE}{code}{variant}"
                    shown = f"{name.strip()}{sign}"
                    one = Voice(voice, shown, language_of(code), 0.0, times=True)
                    self._engine[voice] = one, f"{own}{variant}"
        return [one for one, _ in self._engine.values()]

    async def _own(self) -> dict[Path, Voice]:
        found: dict[Path, Voice] = {}
        for path in self._files():
            try:
                facts = await asyncio.to_thread(piper.check, path)
            except AppError as error:
                log.info("A voice file cannot be used: %s", error)
                continue
            found[path] = Voice(f"{FILE}{path.stem}", facts.name, facts.language, 0.0)
        return found
