"""Reads what is said in a film out of its subtitles."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Final, Protocol

from app.domain.casting import MediaFacts, SubtitleTrack
from app.domain.errors import AppError, NotFound
from app.domain.media import MediaFile
from app.services.casting.cues import Cue
from app.services.intelligence.tasks.summaries import Line

_ENDINGS: Final = {"srt": "subrip", "ass": "ass", "ssa": "ass", "vtt": "webvtt", "sub": "microdvd"}


class Subtitles(Protocol):
    """Reads subtitles of films."""

    async def said(self, source: bytes, track: SubtitleTrack) -> Sequence[Cue]:
        """The lines of one."""


class Dialogue:
    """What is said in films. Lives on the service loop."""

    def __init__(
        self, subtitles: Subtitles, look: Callable[[bytes], Awaitable[MediaFacts]]
    ) -> None:
        self._subtitles = subtitles
        self._look = look

    async def of(self, files: Sequence[MediaFile], language: str) -> tuple[Line, ...]:
        """The lines of the first subtitles that can be read, those in `language` first.

        `NotFound` when there are none.
        """
        for file in files:
            if file.offline:
                continue
            for track in await self._tracks(file, language):
                try:
                    cues = await self._subtitles.said(file.path, track)
                except AppError:
                    continue  # pictures, or broken: the next may be better
                return tuple(Line(cue.start, " ".join(cue.lines)) for cue in cues)
        raise NotFound("errors.no_dialogue")

    async def _tracks(self, file: MediaFile, language: str) -> list[SubtitleTrack]:
        found = list(_beside(file.subtitles))
        try:
            found += [track for track in (await self._look(file.path)).subtitles if track.text]
        except AppError:
            return found
        return sorted(found, key=lambda track: not track.language.startswith(language))


def _beside(paths: Sequence[bytes]) -> Iterator[SubtitleTrack]:
    for path in paths:
        stem, _, ending = os.fsdecode(path.rpartition(b"/")[2]).lower().rpartition(".")
        if ending in _ENDINGS:
            named = stem.rpartition(".")[2]
            yield SubtitleTrack(
                path=path, codec=_ENDINGS[ending], language=named if len(named) in (2, 3) else ""
            )
