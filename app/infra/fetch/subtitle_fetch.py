"""Fetches the subtitles of a stream: part by part, resumed after a kill, joined into one each."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.domain.errors import AppError, Unavailable, Unsupported
from app.domain.filenames import safe_name
from app.infra.atomic import replace_file
from app.infra.fetch import webvtt
from app.infra.fetch.answers import BusyError
from app.infra.fetch.part import Reserve, disk_failure
from app.infra.fetch.pieces import Kind, Pieces, Watch
from app.infra.fetch.playlist import Media, Piece, Rendition
from app.infra.fetch.wire import Line
from app.infra.fetch.worker import FatalError, Patience
from app.infra.placing import place

if TYPE_CHECKING:
    from app.infra.fetch.playlist import Master

log = logging.getLogger(__name__)

MOST: Final = 16
"""So many subtitles of one stream are fetched; of more, those that come first."""
MOST_PARTS: Final = 10_000
WIDE: Final = 3
SECONDS: Final = 900.0
"""All of them have this long; the film does not wait for more."""
KIND: Final = Kind(webvtt.is_subtitles, webvtt.LARGEST_PART)
_LANGUAGE: Final = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3}")


class Blocking(Protocol):
    """Does something that may block, perhaps over a line; a cancel ends it first."""

    def __call__(self, work: Callable[[], Any], line: Line | None = None) -> Awaitable[Any]:
        """Do it."""


class SubtitleFetch:
    """The subtitles of one stream. Lives on the service loop."""

    def __init__(
        self,
        pieces: Pieces,
        folder: Path,
        patience: Patience,
        reserve: Reserve | None,
        blocking: Blocking,
    ) -> None:
        self._pieces = pieces
        self._folder = folder
        self._patience = patience
        self._reserve = reserve
        self._blocking = blocking
        self.missing = 0
        """How many could not be had."""

    async def run(
        self,
        wanted: Sequence[Rendition],
        playlist: Callable[[str], Awaitable[tuple[Master | Media, str]]],
        begins: Callable[[], Awaitable[int | None]],
        seconds: float,
    ) -> list[tuple[str, str]]:
        """Fetch them; returns their names in the folder, and what a film's name has before ".vtt".

        What cannot be had, or is none, is left out and counted in `missing`: the film is worth
        having without. Raises only what ends everything, such as a full disk, as `AppError`.
        """
        made: list[tuple[str, str]] = []
        marks = marks_of(wanted)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                for number, (one, mark) in enumerate(zip(wanted, marks, strict=False)):
                    name = f"subtitles-{number:02d}.vtt"
                    try:
                        parts = await self._parts(one, playlist)
                        timed = any(part.ticks is not None for part in parts)
                        film = await begins() if timed else None
                        await self._blocking(partial(self._write, name, parts, film, seconds))
                        made.append((name, mark))
                    except FatalError as fatal:
                        raise fatal.told from fatal
                    except AppError as error:
                        log.info("Subtitles %s of a stream do not come: %s", mark, error)
        self.missing = len(marks) - len(made)
        return made

    async def _parts(
        self,
        wanted: Rendition,
        playlist: Callable[[str], Awaitable[tuple[Master | Media, str]]],
    ) -> list[webvtt.Part]:
        found, _base = await playlist(wanted.url)
        if not isinstance(found, Media) or not found.ended or len(found.segments) > MOST_PARTS:
            raise Unsupported("errors.subtitles_unreadable")
        if any(segment.head is not None for segment in found.segments):
            raise Unsupported("errors.subtitles_unreadable")  # in boxes of MP4
        pieces = [segment.piece for segment in found.segments if not segment.missing]
        names = [self._name(number, piece) for number, piece in enumerate(pieces)]
        waiting = list(zip(pieces, names, strict=True))
        waiting.reverse()
        workers = [asyncio.ensure_future(self._work(waiting)) for _ in range(WIDE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for one in workers:
                one.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        return list(await self._blocking(partial(self._read, names)))

    async def _work(self, waiting: list[tuple[Piece, str]]) -> None:
        line = Line(self._pieces.wire)
        try:
            while waiting:
                piece, name = waiting.pop()
                to = self._folder / name
                if not await self._blocking(to.exists):  # else it came before a kill
                    await self._bring(line, piece, to)
        finally:
            line.drop()

    async def _bring(self, line: Line, piece: Piece, to: Path) -> None:
        watch = Watch(lambda: line.stopped, lambda _count: None)
        load = partial(self._pieces.load, line, piece, to, self._reserve, watch, KIND)
        for attempt in range(1, self._patience.tries + 1):
            pause = self._patience.rest(attempt)
            try:
                await self._blocking(load, line)
            except BusyError as busy:
                told, pause = busy.told, busy.seconds
            except Unavailable as error:
                told = error
            else:
                return
            if attempt == self._patience.tries:
                raise told
            await asyncio.sleep(pause)

    def _name(self, number: int, piece: Piece) -> str:
        """The same for the same part after a kill, wherever its server says that it is then."""
        told = f"{piece.url.partition('?')[0]} {piece.span}"
        return f"s{hashlib.sha256(told.encode()).hexdigest()[:24]}-{number:05d}.vtt"

    def _read(self, names: Iterable[str]) -> list[webvtt.Part]:
        try:
            parts, size = [], 0
            for name in names:
                data = (self._folder / name).read_bytes()
                size += len(data)
                if size > webvtt.LARGEST:
                    raise Unsupported("errors.subtitles_unreadable")
                parts.append(webvtt.parse(data))
        except OSError as error:
            raise FatalError(disk_failure(error, self._folder.parent)) from error
        return parts

    def _write(
        self, name: str, parts: Sequence[webvtt.Part], begins: int | None, seconds: float
    ) -> None:
        made = webvtt.joined(parts, begins, seconds)
        try:
            replace_file(self._folder / name, made, mode=0o644)
        except OSError as error:
            raise FatalError(disk_failure(error, self._folder.parent)) from error


def marks_of(wanted: Iterable[Rendition]) -> list[str]:
    """What stands between a film's name and the ending: ``en``, ``en.forced``; never one twice."""
    marks: list[str] = []
    for one in list(wanted)[:MOST]:
        plain = one.language if _LANGUAGE.fullmatch(one.language) else ""
        plain = plain or safe_name(one.name[:24], "subtitles").replace(".", " ").strip()
        mark = ".".join(
            [plain, *(["forced"] if one.forced else []), *(["sdh"] if one.sounds else [])]
        )
        others = (f"{mark}.{number}" for number in itertools.count(2))
        marks.append(next(name for name in itertools.chain((mark,), others) if name not in marks))
    return marks


def beside(folder: Path, told: Iterable[tuple[str, str]], film: Path) -> tuple[Path, ...]:
    """Put them beside a film. Blocking; done again after a kill it leaves the same files.

    `OSError` when it cannot be done.
    """
    return tuple(
        place(folder / name, film.with_name(safe_name(f"{film.stem}.{mark}.vtt")))
        for name, mark in told
    )
