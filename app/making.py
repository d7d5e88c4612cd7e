"""Builds the Studio: what speaks, draws, composes and cuts here, and the services beside it.

A part of the composition root, for `app.main` alone.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.api.making import Speech, SpeechWanted, Voice, Word
from app.domain.errors import AppError, InvalidInput
from app.domain.project import AssetKind, Step
from app.domain.timeline import Timeline
from app.infra.drawing.artist import Artist
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.running import Outside
from app.infra.music_bed import make_bed
from app.infra.picture_intake import take_in
from app.infra.speech.local import LocalSpeech
from app.infra.speech.sounds import compact, measure
from app.services.studio.assets import AssetLibrary, Checked
from app.services.studio.board import Board
from app.services.studio.crew import Crew
from app.services.studio.finding import Finder
from app.services.studio.ordering import Orders
from app.services.studio.pipeline import Hands, Patience
from app.services.studio.relevance import Pictured, judge
from app.services.studio.service import StudioService
from app.services.studio.store import ProjectStore
from app.services.studio.voice_times import voice_times
from app.services.studio.works import WorkBook
from app.services.studio.writing.writer import Writer

if TYPE_CHECKING:
    from app.domain.settings_sections import Studio as Wishes
    from app.infra.database.engine import Database
    from app.infra.embedding.client import Embedding
    from app.infra.montage.montage import Montage
    from app.infra.paths import Paths
    from app.runtime.bus import EventBus
    from app.runtime.jobs import JobEngine
    from app.services.plugins.service import PluginService
    from app.services.settings.service import SettingsService
    from app.services.studio.ports import Publisher
    from app.thinking import Mind

LONG_STEPS: Final[Mapping[Step, float]] = {
    Step.CLIPS: 1_800.0, Step.AVATAR: 1_800.0, Step.MONTAGE: 7_200.0, Step.UPLOAD: 21_600.0,
}  # fmt: skip
"""Steps that wait for others, or for a whole film to be coded, get at least so many seconds."""
LONGEST: Final[Mapping[AssetKind, float]] = {
    AssetKind.CLIP: 3_600.0, AssetKind.VOICE: 3_600.0, AssetKind.MUSIC: 7_200.0,
    AssetKind.VIDEO: 7_200.0,
}  # fmt: skip


def build_studio(
    database: Database,
    bus: EventBus,
    settings: SettingsService,
    jobs: JobEngine,
    plugins: PluginService,
    mind: Mind,
    paths: Paths,
    publisher: Publisher,
) -> StudioService:
    """Build it; its unfinished videos go on when the job engine starts."""

    def wishes() -> Wishes:
        return settings.current.studio

    library = AssetLibrary(database, paths.data / "studio", _Checker())
    store, works = ProjectStore(database), WorkBook(database)
    ranked = _Judge(mind.embedding)
    speech = _Speech(LocalSpeech(lambda: _voices(_folder(wishes().voice_folder))))
    finder = Finder(library, plugins, ranked, lambda: _folder(wishes().picture_folder))
    crew = Crew(
        library, works, Orders(plugins, mind.budget, library, works), plugins, mind.budget, speech,
        Artist(), _Composer(), finder, lambda: _folder(wishes().music_folder),
    )  # fmt: skip
    hands = Hands(
        store, library, works, Board(store, library, bus), Writer(plugins, mind.intelligence), crew,
        _Editor(paths.cache / "montage"), mind.intelligence, publisher, paths.cache / "videos",
        lambda step: patience_of(step, wishes()),
    )  # fmt: skip
    return StudioService(hands, jobs, bus)


def patience_of(step: Step, wishes: Wishes) -> Patience:
    """How often a step is tried and how long each time, by the owner's settings."""
    tries, seconds = wishes.tries, float(wishes.step_seconds)
    try:
        own = json.loads(wishes.step_limits or "{}").get(step.value)
        if own is not None:
            return Patience(max(1, min(9, int(own[0]))), max(5.0, min(86_400.0, float(own[1]))))
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        pass  # as everything else
    return Patience(tries, max(seconds, LONG_STEPS.get(step, 0.0)))


def _folder(named: str) -> Path | None:
    return Path(named).expanduser() if named.strip() else None


def _voices(folder: Path | None) -> Sequence[Path]:
    if folder is None or not folder.is_dir():
        return ()
    return sorted(folder.glob("*.onnx"))[:50]


class _Checker:
    """Pictures are written anew in a sandbox; films and sounds are probed."""

    async def check(self, path: Path, kind: AssetKind) -> Checked:
        if kind in (AssetKind.PICTURE, AssetKind.THUMBNAIL):
            content = await asyncio.to_thread(path.read_bytes)
            clean = await take_in(content)
            if kind is AssetKind.THUMBNAIL:
                return Checked(clean.width, clean.height)
            return Checked(clean.width, clean.height, 0.0, clean.content, clean.ending)
        try:
            found = await facts(bytes(path))
        except AppError as error:
            raise InvalidInput("errors.asset_broken", name=path.name) from error
        seconds = found.duration or 0.0
        shown = kind in (AssetKind.CLIP, AssetKind.VIDEO)
        if not 0.05 <= seconds <= LONGEST[kind] or (shown and not found.video):
            raise InvalidInput("errors.asset_broken", name=path.name)
        if not shown and not found.sounds:
            raise InvalidInput("errors.asset_broken", name=path.name)
        return Checked(found.width, found.height, seconds)


class _Speech:
    """The voices of this device, and the owner's own."""

    def __init__(self, speech: LocalSpeech) -> None:
        self._speech = speech

    async def voices(self) -> Sequence[Voice]:
        return await self._speech.voices()

    async def speak(self, wanted: SpeechWanted) -> Speech:
        return await self._speech.speak(wanted)

    async def timed(self, speech: Speech, text: str) -> Sequence[Word]:
        seen = await measure(speech.content, Outside())
        return voice_times(speech.words, text, seen.seconds, seen.silences).words

    async def compact(self, content: bytes) -> bytes:
        return await compact(content, Outside())

    async def recorded(self, path: Path, said: str, language: str) -> Speech:
        speech = await self._speech.recorded(path, said, language)
        return replace(speech, words=tuple(await self.timed(speech, said)))


class _Composer:
    """Music of our own."""

    async def bed(self, mood: str, seconds: float, seed: int) -> bytes:
        return await asyncio.to_thread(make_bed, mood, seconds, seed)


class _Editor:
    """Renders. What codes pictures is heavy, and is loaded with the first video, not before."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._montage: Montage | None = None
        self._turn = asyncio.Lock()

    async def render(
        self,
        timeline: Timeline,
        out: Path,
        *,
        preview: bool,
        on_progress: Callable[[float], None],
    ) -> None:
        montage = await self._loaded()
        await asyncio.to_thread(out.parent.mkdir, parents=True, exist_ok=True)
        await montage.render(timeline, out, preview=preview, on_progress=on_progress)

    async def _loaded(self) -> Montage:
        async with self._turn:
            if self._montage is None:
                self._montage = await asyncio.to_thread(_montage, self._cache)
        return self._montage


def _montage(cache: Path) -> Montage:
    from app.infra.montage.montage import Montage  # brings PyAV

    return Montage(cache)


class _Judge:
    """How well pictures fit what is said: their words, and their meaning where it is known."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    async def rank(
        self, sentence: str, shown: Sequence[Mapping[str, str]], language: str
    ) -> list[tuple[int, str]]:
        told = [
            Pictured(one.get("title", ""), one.get("description", ""), one.get("prompt", ""))
            for one in shown
        ]
        return [(fit.score, fit.reason) for fit in await judge(sentence, told, self)]

    async def vectors(self, texts: Sequence[str]) -> list[list[float]] | None:
        try:
            found = await self._embedding.embed(texts)
        except AppError:
            return None
        return [list(struct.unpack(f"={len(one) // 4}f", one)) for one in found]
