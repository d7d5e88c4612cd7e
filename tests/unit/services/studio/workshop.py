"""A Studio over a real database and a real job engine, with small hands that count their work.

What is heavy (voices, cards, music, rendering) is tested where it lives; here each of them makes
the smallest file of its kind, and writes down that it did.
"""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.api.capabilities import Capability
from app.api.making import (
    MadeMedia,
    MediaModel,
    Order,
    OrderState,
    Speech,
    SpeechWanted,
    Voice,
    Word,
)
from app.domain.budget import Limits
from app.domain.errors import AppError, InvalidInput
from app.domain.events import StudioChanged, StudioMoved
from app.domain.intelligence import Made
from app.domain.project import AssetKind, Brief, Look, ProjectId, ProjectState, Scene, Step
from app.domain.timeline import Timeline
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.budget.service import BudgetService
from app.services.intelligence.prompt import Prompt
from app.services.intelligence.tasks.describing import VideoFacts, VideoWords, by_rules
from app.services.studio.assets import AssetLibrary, Checked
from app.services.studio.board import Board
from app.services.studio.crew import Crew
from app.services.studio.finding import Finder
from app.services.studio.ordering import Orders
from app.services.studio.pipeline import Hands, Patience
from app.services.studio.ports import Finished, Outgoing
from app.services.studio.service import StudioService
from app.services.studio.store import ProjectStore
from app.services.studio.works import WorkBook
from app.services.studio.writing.writer import Writer


def sound(seconds: float, tone: int = 0) -> bytes:
    """A WAV of silence, or of a few samples that differ by `tone`."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(tone.to_bytes(2, "little") * round(8_000 * seconds))
    return out.getvalue()


def seconds_of(content: bytes) -> float:
    with wave.open(io.BytesIO(content)) as file:
        return float(file.getnframes() / file.getframerate())


def _shown(one: Mapping[str, str]) -> str:
    """What is known of a candidate, in words."""
    return f"{one.get('title', '')} {one.get('prompt', '')}"


class Checker:
    """Believes what the other hands of this workshop made, and nothing else."""

    async def check(self, path: Path, kind: AssetKind) -> Checked:
        content = await asyncio.to_thread(path.read_bytes)
        if content.startswith(b"RIFF"):
            return Checked(seconds=seconds_of(content))
        if content.startswith(b"made "):
            return Checked(1080, 1920, 2.0 if kind is AssetKind.CLIP else 0.0)
        raise InvalidInput("errors.asset_broken", name=path.name)


class Diary:
    """What was done, in order; also in a file, so that it outlives a kill."""

    def __init__(self, path: Path | None = None) -> None:
        self.lines: list[str] = []
        self._path = path

    def write(self, line: str) -> None:
        self.lines.append(line)
        if self._path is not None:
            with self._path.open("a") as file:
                file.write(line + "\n")

    def of(self, kind: str) -> list[str]:
        return [line for line in self.lines if line.startswith(kind + " ")]


class SmallHands:
    """Speaks, draws, composes and renders."""

    def __init__(self, diary: Diary, pause: float = 0.0) -> None:
        self.diary, self.pause = diary, pause
        self.broken: dict[str, AppError] = {}

    async def voices(self) -> Sequence[Voice]:
        return [Voice("one", "One", "en", 0.0, times=True), Voice("deux", "Deux", "fr")]

    async def speak(self, wanted: SpeechWanted) -> Speech:
        await self._did("speak", wanted.text)
        words = wanted.text.split()
        seconds = 0.3 * len(words)
        times = tuple(Word(one, 0.3 * at, 0.3 * at + 0.25) for at, one in enumerate(words))
        return Speech(sound(seconds, len(wanted.text)), "wav", times)

    async def timed(self, speech: Speech, text: str) -> Sequence[Word]:
        return (Word(text, 0.0, seconds_of(speech.content)),)

    async def compact(self, content: bytes) -> bytes:
        await self._did("compact", str(len(content)))
        return b"made small " + content[:20]

    async def recorded(self, path: Path, said: str, language: str) -> Speech:
        await self._did("recorded", path.name)
        content = await asyncio.to_thread(path.read_bytes)
        return Speech(content, "wav", (Word(said, 0.0, seconds_of(content)),))

    async def card(self, scene: Scene, at: tuple[int, int], brief: Brief, variant: int) -> bytes:
        await self._did("card", f"{scene.id} {scene.on_screen_text} {variant}")
        return f"made card {at} {scene.on_screen_text} {brief.look} {variant}".encode()

    async def thumbnail(self, title: str, look: Look, picture: Path | None, variant: int) -> bytes:
        await self._did("thumbnail", f"{variant}")
        return f"made thumbnail {title} {look} {picture} {variant}".encode()

    async def bed(self, mood: str, seconds: float, seed: int) -> bytes:
        await self._did("bed", mood)
        return sound(seconds, seed % 30_000)

    async def render(
        self,
        timeline: Timeline,
        out: Path,
        *,
        preview: bool,
        on_progress: Callable[[float], None],
    ) -> None:
        await self._did("render", f"{len(timeline.shots)} {preview}")
        on_progress(0.5)
        await asyncio.to_thread(out.parent.mkdir, parents=True, exist_ok=True)
        await asyncio.to_thread(out.write_bytes, b"made video " + repr(timeline).encode())

    async def rank(
        self, sentence: str, shown: Sequence[Mapping[str, str]], language: str
    ) -> list[tuple[int, str]]:
        words = set(sentence.lower().split())
        return [
            (min(100, 40 * len(words & set(_shown(one).lower().split()))), "studio.reason_words")
            for one in shown
        ]

    async def _did(self, kind: str, what: str) -> None:
        if self.pause:
            await asyncio.sleep(self.pause)
        if kind in self.broken:
            raise self.broken[kind]
        self.diary.write(f"{kind} {what}")


class Pens:
    """Models that write what a test tells them; nobody by default."""

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.asked: list[Prompt] = []

    async def write(self, prompt: Prompt) -> Made[dict[str, Any]] | None:
        self.asked.append(prompt)
        if not self.answers:
            return None
        from app.domain.intelligence import MadeBy

        return Made(self.answers.pop(0), MadeBy.HERE, "Qwen")

    async def describe_video(self, facts: VideoFacts) -> Made[VideoWords]:
        return Made(by_rules(facts))


class Shops:
    """Plugins: by id what they can do; orders take `looks` looks before they are ready."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.can: dict[str, tuple[Capability, ...]] = {}
        self.models: tuple[MediaModel, ...] = ()
        self.answers: dict[str, Any] = {}  # by method: what is answered, or raised
        self.looks = 2
        self.seen: dict[str, int] = {}

    def offering(self, capability: Capability) -> tuple[str, ...]:
        return tuple(plugin for plugin, can in self.can.items() if capability in can)

    def name_of(self, plugin: str) -> str:
        return plugin.title()

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: Any,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        told = self.answers.get(method)
        if isinstance(told, AppError):
            raise told
        if told is not None:
            return told(*args) if callable(told) else told
        if method == "media_models":
            return self.models
        if method == "follow":
            return self._look(str(args[0]))
        assert method in ("draw", "film", "animate", "compose"), method
        self.diary.write(f"paid {method} {args[0]!r}"[:300].replace("\n", " "))
        return Order(f"{method}-{len(self.diary.of('paid'))}")

    def _look(self, order: str) -> OrderState:
        self.seen[order] = self.seen.get(order, 0) + 1
        if self.seen[order] < self.looks:
            return OrderState(0.5)
        ending = {"d": "jpg", "f": "mp4", "a": "mp4", "c": "wav"}[order[0]]
        content = sound(3.0) if ending == "wav" else f"made {order}".encode()
        return OrderState(1.0, MadeMedia(content, ending))


class Outbox:
    """Publishing, as far as the Studio sees it: each key goes out once."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.went = Outgoing(1, 1, "studio.posts_out")
        self.finished: dict[str, Finished] = {}
        self.tried: list[tuple[str, int]] = []
        self.broken: AppError | None = None

    async def publish(self, finished: Finished, on_progress: Callable[[float], None]) -> Outgoing:
        if self.broken is not None:
            raise self.broken
        on_progress(0.5)
        if finished.key not in self.finished:
            self.diary.write(f"published {finished.video.name}")
        self.finished[finished.key] = finished
        return self.went

    async def try_thumbnails(self, key: str, thumbnails: Sequence[Path]) -> int:
        self.tried.append((key, len(thumbnails)))
        return len(self.finished)


class Workshop:
    """Everything of one test."""

    def __init__(self, database: Database, folder: Path, diary: Diary, pause: float = 0.0) -> None:
        self.bus = EventBus()
        self.database, self.diary = database, diary
        self.hands, self.pens, self.shops = SmallHands(diary, pause), Pens(), Shops(diary)
        self.outbox = Outbox(diary)
        self.limits = Limits()
        self.budget = BudgetService(database, self.bus, lambda: self.limits)
        self.library = AssetLibrary(database, folder / "assets", Checker())
        self.patience = Patience(2, 20.0, 0.01)
        self.pictures: Path | None = None
        works, store = WorkBook(database), ProjectStore(database)
        orders = Orders(self.shops, self.budget, self.library, works, waits=(0.01,))
        finder = Finder(self.library, self.shops, self.hands, lambda: self.pictures)
        crew = Crew(
            self.library, works, orders, self.shops, self.budget, self.hands, self.hands,
            self.hands, finder, lambda: self.pictures,
        )  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        self.jobs = JobEngine(folder / "jobs.db", self.bus)
        self.board = Board(store, self.library, self.bus)
        parts = Hands(
            store, self.library, works, self.board,
            Writer(self.shops, self.pens), crew, self.hands, self.pens, self.outbox,
            folder / "videos",
            lambda _step: self.patience,
        )  # fmt: skip
        self.studio = StudioService(parts, self.jobs, self.bus)
        self.moves: list[tuple[Step, str]] = []
        self.bus.on(
            StudioMoved, lambda event: self.moves.append((event.step.step, event.step.state))
        )

    def _on_move(self, event: StudioMoved) -> None:
        self.moves.append((event.step.step, event.step.state))

    async def until(self, project: ProjectId, *states: ProjectState) -> None:
        """Until a project is in one of these states."""
        stirred = asyncio.Event()
        way_out = self.bus.on(StudioChanged, lambda _event: stirred.set())
        try:
            async with asyncio.timeout(50):
                while (await self.studio.view(project)).card.state not in states:
                    await stirred.wait()
                    stirred.clear()
        finally:
            way_out.close()

    async def made(self, brief: Brief) -> ProjectId:
        """A project whose video is made."""
        project = await self.studio.create(brief)
        await self.until(project, ProjectState.DONE, ProjectState.FAILED)
        return project
