"""Renders timelines: pieces side by side in processes, only those that changed, then one join."""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

import av

from app.domain.errors import AppError, ToolFailed
from app.domain.timeline import ShotKind, Timeline
from app.infra.atomic import replace_file
from app.infra.ffmpeg.facts import facts
from app.infra.montage import letters
from app.infra.montage.crew import LIMITS, Damaged, Hand, error_of
from app.infra.montage.faults import of_disk
from app.infra.montage.plan import Known, Piece, Plan, check, make_plan
from app.infra.montage.sound import Level, make_sound, mark_of_sound
from app.infra.montage.store import MOST_BYTES, Store, part_of
from app.infra.montage.wish import RenderReport, RenderWish, full, preview
from app.runtime.children import Limits

MOST_HANDS: Final = 4
"""Processes at once: each holds about 200 megabytes. More cores are threads of their coders."""
PIECES_SHARE: Final = 0.95
CHANCES: Final = 3
"""How often a render is begun again when kept pieces turn out damaged."""

OnProgress = Callable[[float], None]


class Montage:
    """Renders videos; lives on the service loop, the work is done in processes of its own.

    `cache` is a folder for what can be made again: rendered pieces, by what is in them.
    """

    def __init__(
        self,
        cache: Path,
        *,
        cores: int | None = None,
        most_bytes: int = MOST_BYTES,
        limits: Limits = LIMITS,
    ) -> None:
        self._cache, self._limits = cache, limits
        self._store = Store(cache, most_bytes)
        self._cores = cores or len(os.sched_getaffinity(0))
        self._turns = {False: asyncio.Lock(), True: asyncio.Lock()}
        version = av.library_versions["libavcodec"]
        self._maker = f"{av.__version__} {version}"

    async def render(
        self,
        timeline: Timeline,
        out: Path,
        *,
        preview: bool = False,
        on_progress: OnProgress | None = None,
        wish: RenderWish | None = None,
    ) -> RenderReport:
        """Render a video to `out`, which appears whole or stays as it was.

        `on_progress` hears shares of it that only grow, up to 1. A `wish` says how; without one
        it is the finished video of the timeline's shape, or its `preview`. One video is rendered
        at a time, and one preview beside it. Cancelling ends all of it and leaves nothing behind
        but pieces that are whole.

        Raises `InvalidInput` (``errors.montage_empty``, ``…_shot``, ``…_too_long``) for a timeline
        that cannot be, `NotFound` (``errors.montage_gone``) and `ToolFailed`
        (``errors.montage_asset``) for a file that is missing or broken, with its scene,
        `ToolFailed` (``errors.montage_music``, ``errors.montage_failed``), `Unavailable`
        (``errors.montage_disk_full``, ``errors.montage_disk``).
        """
        check(timeline)
        async with self._turns[preview]:
            work = await self._disk(asyncio.to_thread(self._store.begin, out))
            try:
                job = _Render(
                    self._store, self._limits, self._cores, work, out,
                    wish or _wish(timeline, small=preview), on_progress or (lambda _share: None),
                )  # fmt: skip
                return await job.run(timeline, self._maker)
            finally:
                await asyncio.to_thread(self._store.end, work, out)

    async def _disk(self, work: Awaitable[Path]) -> Path:
        try:
            return await work
        except OSError as error:
            raise error_of("disk", "", "", error.strerror or "", self._cache) from error


class _Render:
    """One render, from what is known of its files to the finished file."""

    def __init__(
        self, store: Store, limits: Limits, cores: int, work: Path, out: Path, wish: RenderWish,
        on_progress: OnProgress,
    ) -> None:  # fmt: skip
        self._store, self._limits, self._cores = store, limits, cores
        self._work, self._out, self._wish = work, out, wish
        self._on_progress = on_progress
        self._drawn: set[str] = set()  # inscriptions
        self._more = asyncio.Event()
        self._reached: dict[int, int] = {}  # frames done, by the first frame of their piece
        self._rendered = 0

    async def run(self, timeline: Timeline, maker: str) -> RenderReport:
        """Render it; a kept piece that turns out damaged is made again."""
        known = await self._know(timeline)
        plan = make_plan(timeline, self._wish, known, maker)
        level = Level(0.0, 0.0)
        for chance in range(CHANCES):
            try:
                level = await self._made(timeline, plan, known)
                break
            except Damaged as damaged:
                await asyncio.to_thread(self._store.forget, damaged.name)
                if chance == CHANCES - 1:
                    raise ToolFailed("errors.montage_failed", detail=damaged.name) from damaged
        self._on_progress(1.0)
        return RenderReport(
            self._out, self._wish.width, self._wish.height, plan.frames,
            plan.frames / self._wish.fps, len(plan.pieces), self._rendered,
            None if level.silent else level.loudness, None if level.silent else level.peak,
        )  # fmt: skip

    async def _made(self, timeline: Timeline, plan: Plan, known: Mapping[str, Known]) -> Level:
        missing = await asyncio.to_thread(self._missing, plan)
        count = max(1, min(self._cores, MOST_HANDS, len(missing)))
        threads = -(-self._cores // count)
        waiting = deque(missing)
        async with AsyncExitStack() as stack:
            folder = self._out.parent
            hands = await _all(
                [
                    stack.enter_async_context(Hand(self._work, folder, self._limits))
                    for _number in range(count)
                ]
            )
            *_hands, sound = await _all(
                [
                    self._sheet_then_pieces(hands[0], timeline, plan, missing, waiting, threads),
                    *(self._pieces(hand, waiting, threads) for hand in hands[1:]),
                    self._sound(timeline, known),
                ]
            )
            job = {
                "op": "join", "out": str(self._out), "part": str(part_of(self._out)),
                "fps": self._wish.fps,
                "sound": str(sound[1]),
                "segments": [[str(self._store.place(one.mark)), one.frames] for one in plan.pieces],
            }  # fmt: skip
            await hands[0].do(job, lambda _step: None)
        level: Level = sound[0]
        return level

    def _missing(self, plan: Plan) -> list[Piece]:
        """The pieces to be made, each once; the others count as done."""
        found: dict[str, Piece] = {}
        for piece in plan.pieces:
            if self._store.has(self._store.place(piece.mark)):
                self._reached[piece.at] = piece.frames
            else:
                found.setdefault(piece.mark, piece)
        self._frames = plan.frames
        return list(found.values())

    async def _sheet_then_pieces(
        self, hand: Hand, timeline: Timeline, plan: Plan, missing: Sequence[Piece],
        waiting: deque[Piece], threads: int,
    ) -> None:  # fmt: skip
        marks = list(dict.fromkeys(mark for piece in missing for mark in piece.letters))
        if marks:
            await self._sheet(hand, timeline, plan, marks)
        await self._pieces(hand, waiting, threads)

    async def _sheet(
        self, hand: Hand, timeline: Timeline, plan: Plan, marks: Sequence[str]
    ) -> None:
        band, shown = plan.band, [plan.inscriptions[mark] for mark in marks]
        text = letters.document(timeline.look, band, shown)
        await asyncio.to_thread((self._work / "letters.ass").write_text, text, "utf-8")

        def step(done: int) -> None:
            self._drawn.add(marks[done - 1])
            self._more.set()

        job = {
            "op": "sheet", "work": str(self._work), "ass": "letters.ass",
            "width": band.width, "height": band.height,
            "tops": [band.credits_top if one.credits else band.caption_top for one in shown],
            "outs": [str(self._work / f"letters-{mark}") for mark in marks],
        }  # fmt: skip
        await hand.do(job, step)

    async def _pieces(self, hand: Hand, waiting: deque[Piece], threads: int) -> None:
        while waiting:
            piece = waiting.popleft()
            while not self._drawn.issuperset(piece.letters):
                self._more.clear()
                await self._more.wait()
            job = {
                "op": "segment", "recipe": piece.recipe, "files": dict(piece.files),
                "work": str(self._work), "threads": threads,
                "out": str(self._store.place(piece.mark)),
                "part": str(self._work / f"{piece.mark}.part"),
            }  # fmt: skip
            await hand.do(job, partial(self._stepped, piece.at))
            self._stepped(piece.at, piece.frames)
            self._rendered += 1

    def _stepped(self, at: int, done: int) -> None:
        self._reached[at] = done
        self._on_progress(PIECES_SHARE * min(1.0, sum(self._reached.values()) / self._frames))

    async def _sound(self, timeline: Timeline, known: Mapping[str, Known]) -> tuple[Level, Path]:
        mark = mark_of_sound(timeline, known)
        place, note = self._store.place(mark, "m4a"), self._store.place(mark, "json")
        level = await asyncio.to_thread(self._kept_level, place, note)
        if level is None:
            fresh = self._work / "sound.mp4"
            level = await make_sound(timeline, self._work, fresh)
            told = json.dumps([level.loudness, level.peak]).encode()
            await asyncio.to_thread(self._keep, fresh, place, note, told)
        return level, place

    def _kept_level(self, place: Path, note: Path) -> Level | None:
        if not (self._store.has(place) and self._store.has(note)):
            return None
        try:
            loudness, peak = json.loads(note.read_bytes())
            return Level(float(loudness), float(peak))
        except (ValueError, TypeError, OSError):
            return None

    def _keep(self, fresh: Path, place: Path, note: Path, told: bytes) -> None:
        try:
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.replace(place)
            replace_file(note, told)
        except OSError as error:
            what = of_disk(error).told["failed"]
            raise error_of(what, "", "", str(error), place.parent) from error

    async def _know(self, timeline: Timeline) -> dict[str, Known]:
        """Look at all files of the video: their hashes, and how long films are."""
        known: dict[str, Known] = {}
        for scene, path, film in _files(timeline):
            if path in known and (known[path].seconds or not film):
                continue
            try:
                mark = await asyncio.to_thread(self._store.hash_of, path)
            except OSError as error:
                name = Path(path).name
                raise error_of("gone", scene, name, str(error), self._work) from error
            seconds = await _film_seconds(scene, path) if film else 0.0
            known[path] = Known(mark, seconds)
        return known


def _files(timeline: Timeline) -> list[tuple[str, str, bool]]:
    """Scene, path, and whether it is a film, of all that is shown or heard."""
    found = [(one.scene, one.path, one.kind is ShotKind.FILM) for one in timeline.shots]
    found += [(one.scene, one.path, False) for one in timeline.voice]
    if timeline.music is not None:
        found.append(("", timeline.music.path, False))
    return found


async def _film_seconds(scene: str, path: str) -> float:
    name = Path(path).name
    try:
        told = await facts(os.fsencode(path))
    except AppError as error:
        raise ToolFailed(
            "errors.montage_asset", scene=scene, name=name, detail=str(error)
        ) from error
    if not told.video:
        raise ToolFailed("errors.montage_asset", scene=scene, name=name, detail="no picture")
    return told.duration or 0.0


def _wish(timeline: Timeline, *, small: bool) -> RenderWish:
    return (preview if small else full)(timeline.shape, timeline.fps)


async def _all(work: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    """Do all of it at once; the first that fails ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
