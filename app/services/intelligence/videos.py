"""Finds out what is known of a video, and has it described: its subtitles, texts and speech."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from app.api.thinking import SoundQuestion
from app.domain.errors import AppError, NotFound
from app.domain.intelligence import Made
from app.domain.media import FileId, MediaFile
from app.services.intelligence.asking import Asker
from app.services.intelligence.dialogue import Dialogue
from app.services.intelligence.hearing import Hearer
from app.services.intelligence.tasks import describing
from app.services.intelligence.tasks.describing import VideoFacts, VideoWords

if TYPE_CHECKING:
    from app.domain.casting import MediaFacts

MOST_LINES: Final = 2_000
MOST_BESIDE: Final = 10
MOST_NAMES: Final = 20_000
_SUBTITLES: Final = (b".srt", b".vtt", b".ass", b".ssa")


class Stage(StrEnum):
    """What is done for a description, in this order."""

    LOOK = "look"
    SUBTITLES = "subtitles"
    HEAR = "hear"
    FRAMES = "frames"
    WRITE = "write"


Step = Callable[[Stage, float], None]
"""Hears what is done now, and how much of that, 0 to 1."""


class Texts(Protocol):
    """What was read in pictures."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Each line once."""

    @property
    def frames(self) -> int:
        """So many pictures were read."""

    @property
    def able(self) -> bool:
        """Whether there is something that reads."""


class ReadsFrames(Protocol):
    """Reads text in the pictures of a film."""

    async def texts(
        self, source: bytes, seconds: float, on_step: Callable[[int, int], None]
    ) -> Texts:
        """Read some frames of a film that is so many seconds long."""


@dataclass(frozen=True, slots=True)
class Senses:
    """How a film is looked at, read and heard."""

    look: Callable[[bytes], Awaitable[MediaFacts]]
    frames: ReadsFrames
    sound: Callable[[bytes], AbstractAsyncContextManager[Path]]
    hearer: Hearer


@dataclass(frozen=True, slots=True)
class Told:
    """A description, and what it stands on."""

    made: Made[VideoWords]
    seconds: float
    subtitles: int  # lines
    texts: int  # lines that stand in its pictures
    frames: int  # that were looked at
    can_read: bool  # False: nothing is installed that reads pictures
    heard_by: str = ""  # the model that wrote down what is said; empty: none did


class VideoTeller:
    """Lives on the service loop. `language` is what a description is written in, ISO 639-1."""

    def __init__(
        self, asker: Asker, dialogue: Dialogue, senses: Senses, language: Callable[[], str]
    ) -> None:
        self._asker = asker
        self._dialogue = dialogue
        self._senses = senses
        self._language = language

    async def tell(
        self,
        path: bytes,
        on_step: Step = lambda _stage, _done: None,
        *,
        beside: tuple[bytes, ...] | None = None,
        listen: bool = False,
    ) -> Told:
        """Describe a video file.

        `beside` are its subtitle files; None: look for them. With `listen`, one without
        subtitles is heard, which takes a while. Raises `NotFound` when it is gone,
        `Unsupported` when it is no film.
        """
        on_step(Stage.LOOK, 0.0)
        found = await self._senses.look(path)
        seconds = found.duration or 0.0
        on_step(Stage.SUBTITLES, 0.0)
        if beside is None:
            beside = await asyncio.to_thread(subtitles_beside, path)
        spoken, heard_by = await self._lines(path, beside), ""
        lines = len(spoken)
        if not spoken and listen and found.sounds:
            on_step(Stage.HEAR, 0.0)
            spoken, heard_by = await self._heard(path, seconds, on_step)
        on_step(Stage.FRAMES, 0.0)
        texts = await self._senses.frames.texts(
            path, seconds, lambda done, all_: on_step(Stage.FRAMES, done / max(all_, 1))
        )
        on_step(Stage.WRITE, 0.0)
        wide, high = found.width, found.height
        facts = VideoFacts(
            _stem(path), seconds, *((high, wide) if found.rotated else (wide, high)),
            spoken, texts.lines, self._language(),
        )  # fmt: skip
        made = await describing.describe(self._asker, facts)
        return Told(made, seconds, lines, len(texts.lines), texts.frames, texts.able, heard_by)

    async def _lines(self, path: bytes, beside: tuple[bytes, ...]) -> tuple[str, ...]:
        name = os.fsdecode(path)
        file = MediaFile(FileId(0), path, name, 0, subtitles=beside)
        with contextlib.suppress(NotFound):
            lines = await self._dialogue.of([file], self._language())
            return tuple(line.text for line in lines[:MOST_LINES])
        return ()

    async def _heard(
        self, path: bytes, seconds: float, on_step: Step
    ) -> tuple[tuple[str, ...], str]:
        try:
            async with self._senses.sound(path) as sound:
                question = SoundQuestion("", str(sound), seconds=seconds)
                made = await self._senses.hearer.hear(
                    question, lambda done: on_step(Stage.HEAR, done)
                )
        except AppError:
            return (), ""  # its pictures and its name may tell enough
        if made is None:
            return (), ""
        return tuple(piece.text for piece in made.value.pieces[:MOST_LINES]), made.by


def subtitles_beside(path: bytes) -> tuple[bytes, ...]:
    """Blocking. Subtitle files that lie beside a film and begin with its name."""
    folder, _, name = path.rpartition(b"/")
    stem = name.rpartition(b".")[0] or name
    found: list[bytes] = []
    with contextlib.suppress(OSError), os.scandir(folder or b".") as entries:
        for number, entry in enumerate(entries):
            if number >= MOST_NAMES:
                break
            other = entry.name
            if other.startswith(stem + b".") and other.lower().endswith(_SUBTITLES):
                found.append(entry.path)
    return tuple(sorted(found)[:MOST_BESIDE])


def _stem(path: bytes) -> str:
    name = os.fsdecode(path.rpartition(b"/")[2])
    stem = name.rpartition(".")[0] or name
    return stem.encode("utf-8", "replace").decode("utf-8", "replace")
