"""What is said in a video, as lines with times: read, else heard; and that in another language."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from app.api.language_names import language_code
from app.api.thinking import SoundQuestion, Transcript
from app.domain.casting import MediaFacts, SubtitleTrack
from app.domain.errors import AppError, InvalidInput, NotFound
from app.domain.intelligence import Made
from app.infra.file_cache import FileCache
from app.services.casting.cues import Cue
from app.services.intelligence.tasks.translating import Going, bare, quietly, spoken
from app.services.intelligence.videos import subtitles_beside
from app.services.playback.sidecars import named

HEARD_FOR: Final = 30 * 86_400.0
"""Seconds what was heard is kept: as long as answers of models."""
_VERSION: Final = 1
_LEAST: Final = 0.5
_ENDINGS: Final = {b".srt": "subrip", b".ass": "ass", b".ssa": "ass", b".vtt": "webvtt"}
_TAG: Final = re.compile(r"</?[ibu]>")


class ReadsSubtitles(Protocol):
    """Reads subtitle files."""

    async def said(self, source: bytes, track: SubtitleTrack) -> Sequence[Cue]:
        """The lines of one."""


class Hears(Protocol):
    """Writes down what is said."""

    async def hear(
        self, question: SoundQuestion, on_progress: Callable[[float], None] | None = None
    ) -> Made[Transcript] | None:
        """None: nobody can."""


class Translates(Protocol):
    """Puts lines into another language."""

    async def require_translator(self) -> None:
        """`Unsupported` while nobody can."""

    async def translate(
        self, lines: Sequence[str], language: str, going: Going = quietly
    ) -> Made[tuple[str, ...]]:
        """As many lines as were given; empty where one could not be believed."""


@dataclass(frozen=True, slots=True)
class Senses:
    """How what is said in a video becomes known. `sound` gives its sound as a file."""

    subtitles: ReadsSubtitles
    hears: Hears
    sound: Callable[[bytes], AbstractAsyncContextManager[Path]]
    heard: FileCache
    """What was heard before: it may have cost money, and did cost time."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is said, and in which language (ISO 639-1, empty when nobody tells)."""

    cues: tuple[Cue, ...]
    language: str = ""


class Spoken:
    """Lives on the service loop."""

    def __init__(self, senses: Senses, translates: Translates) -> None:
        self._senses, self._translates = senses, translates

    async def of(self, video: bytes, captions: bytes, known: MediaFacts) -> Lines:
        """From subtitle files, else from those inside, else heard.

        `InvalidInput` ``errors.remake_no_words`` when nobody knows what is said.
        """
        return await self._read(video, await self._tracks(video, captions, known)) or (
            await self._heard(video, known)
        )

    async def translated(
        self,
        video: bytes,
        captions: bytes,
        known: MediaFacts,
        language: str,
        going: Going = quietly,
    ) -> tuple[Cue, ...]:
        """The lines in a language: of subtitles in it, else translated, at the times they had.

        A line whose translation could not be believed is left out. Raises as `of` and `translate`.
        """
        tracks = await self._tracks(video, captions, known)
        own = [track for track in tracks if track.language == language]
        if there := await self._read(video, own):
            return there.cues
        await self._translates.require_translator()  # before somebody is paid to hear
        lines = await self._read(video, tracks) or await self._heard(video, known)
        if lines.language == language:
            return lines.cues
        texts = [_text(cue) for cue in lines.cues]
        if not any(spoken(text) for text in texts):
            raise InvalidInput("errors.remake_no_words")
        made = await self._translates.translate(texts, language, going)
        return tuple(
            replace(cue, lines=(text,))
            for cue, text in zip(lines.cues, made.value, strict=True)
            if text
        )

    async def _tracks(
        self, video: bytes, captions: bytes, known: MediaFacts
    ) -> list[SubtitleTrack]:
        beside = await asyncio.to_thread(subtitles_beside, video)
        files = _files((*((captions,) if captions else ()), *beside), video)
        return [
            replace(track, language=language_code(track.language) or "")
            for track in (*files, *(track for track in known.subtitles if track.text))
        ]

    async def _read(self, video: bytes, tracks: Sequence[SubtitleTrack]) -> Lines | None:
        """Those of the first that can be read."""
        for track in tracks:
            try:
                found = tuple(await self._senses.subtitles.said(video, track))
            except AppError:
                continue  # broken: the next may be better
            if found:
                return Lines(found, track.language)
        return None

    async def _heard(self, video: bytes, known: MediaFacts) -> Lines:
        key = await asyncio.to_thread(_key, video)
        kept = await self._senses.heard.get(key)
        if kept is not None:
            return _lines_in(kept)
        made = None
        if known.sounds:
            async with self._senses.sound(video) as sound:
                question = SoundQuestion("", str(sound), seconds=known.duration or 0.0)
                made = await self._senses.hears.hear(question)
        if made is None or not any(piece.text.strip() for piece in made.value.pieces):
            raise InvalidInput("errors.remake_no_words")
        blob = json.dumps([
            made.value.language,
            [[one.start, one.end, one.text] for one in made.value.pieces if one.text.strip()],
        ])  # fmt: skip
        await self._senses.heard.put(key, blob.encode(), HEARD_FOR)
        return _lines_in(blob.encode())


def _files(paths: Sequence[bytes], video: bytes) -> Iterator[SubtitleTrack]:
    for path in paths:
        codec = _ENDINGS.get(path[path.rfind(b".") :].lower())
        if codec:
            yield SubtitleTrack(path=path, codec=codec, language=named(path, video)[1])


def _text(cue: Cue) -> str:
    """The words of a cue alone, on one line."""
    return bare(_TAG.sub("", " ".join(cue.lines)))


def _lines_in(blob: bytes) -> Lines:
    language, pieces = json.loads(blob)
    found = (Cue(start, max(end, start + _LEAST), (text,)) for start, end, text in pieces)
    return Lines(tuple(found), language_code(language) or "")


def _key(video: bytes) -> str:
    """Blocking. What a file is known by, until it changes."""
    try:
        known = os.stat(video)  # noqa: PTH116 - a path in bytes
    except OSError as error:
        raise NotFound("errors.remake_no_file") from error
    told = (known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns)
    return f"{_VERSION} {' '.join(map(str, told))}"
