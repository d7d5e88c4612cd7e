"""Fetches a stream (HLS): its segments side by side, resumed after a kill, joined into one file."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from app.domain.downloads import DownloadState
from app.domain.errors import AppError, Unavailable
from app.infra.fetch import names, playlist, stream_serve
from app.infra.fetch.answers import BusyError
from app.infra.fetch.join import begins, join
from app.infra.fetch.part import Reserve
from app.infra.fetch.parts import PartFolder, Track
from app.infra.fetch.pieces import Pieces
from app.infra.fetch.playlist import Master, Media, Rendition, Variant, media_of
from app.infra.fetch.status import FetchStatus
from app.infra.fetch.stream_loading import StreamLoading
from app.infra.fetch.stream_settle import settle, settled_before
from app.infra.fetch.subtitle_fetch import SubtitleFetch
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.wire import Line, Wire, split
from app.infra.fetch.worker import FatalError, Patience

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

T = TypeVar("T")
CHANGED: Final = "notes.server_changed_file"
GAPS: Final = "notes.stream_has_gaps"
UNREAD: Final = "notes.stream_subtitles_missing"


@dataclass(frozen=True, slots=True)
class StreamWanted:
    """A stream somewhere on the web, and which of its qualities is wanted."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    own_hosts: frozenset[str] = frozenset()  # hosts of the home network the owner typed himself
    name: str = ""
    height: int | None = None  # the best that is not higher; None: the best
    language: str = ""  # of the sound, where it comes apart


class StreamLook(NamedTuple):
    """What a stream offers. Without variants there is only one. `seconds` of a live one grow."""

    name: str
    variants: tuple[Variant, ...]
    chosen: int
    seconds: float
    live: bool


class StreamFetch:
    """One stream on its way into a folder. Lives on the service loop.

    `key` names it on the disk and must be the same after a restart.
    """

    def __init__(
        self,
        wanted: StreamWanted,
        folder: Path,
        key: str,
        *,
        connections: int = 3,
        limiter: Throttle,
        reserve: Reserve | None = None,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        wire: Wire | None = None,
    ) -> None:
        split(wanted.url)
        self._wanted = wanted
        self._folder = folder
        self._joined = folder / f".{key}.joined"
        self._connections = max(1, connections)
        self._patience = patience
        self._reserve = reserve
        self._pieces = Pieces(wire or Wire(wanted.own_hosts), wanted.url, wanted.headers, limiter)
        self._parts = PartFolder(folder, key)
        self._pool = ThreadPoolExecutor(self._connections + 2, thread_name_prefix=f"fetch {key}")
        self._tracks: list[Track] = []
        self._addresses: list[str] = []
        self._variant: Variant | None = None
        self._letters: tuple[Rendition, ...] = ()
        self._loading: StreamLoading | None = None
        self._stop = asyncio.Event()
        self._state = DownloadState.QUEUED
        self._note = ""
        self._joined_seconds = 0.0
        self._running: asyncio.Task[object] | None = None
        self._path: Path | None = None
        self._served = False
        self.beside: tuple[Path, ...] = ()
        """Where its subtitles are, once it is here."""

    async def look(self) -> StreamLook:
        """Ask what the stream offers. Raises what is wrong with it, as `AppError`."""
        found, base = await self._playlist(self._wanted.url)
        variants: tuple[Variant, ...] = ()
        chosen, sound_url = Variant(base), ""
        if isinstance(found, Master):
            variants = found.variants
            chosen = playlist.best(variants, self._wanted.height)
            apart = playlist.sound(found, chosen, self._wanted.language)
            sound_url = "" if apart is None else apart.url
            self._letters = playlist.subtitles(found, chosen)
            found, base = await self._playlist(chosen.url)
        media = media_of(found, base)
        if not media.ended:
            self._letters = ()  # a recording begins in the middle of them
        self._variant = chosen
        self._addresses = [base, *([sound_url] if sound_url else [])]
        seconds = sum(segment.seconds for segment in media.segments)
        number = variants.index(chosen) if variants else 0
        return StreamLook(self._name(""), variants, number, seconds, not media.ended)

    async def run(self) -> Path:
        """Load it all and join it; returns where the file is.

        A live stream is recorded until it ends or `stop` is called. Goes on where an earlier run
        ended; one that had ended well, but was not closed before a kill, gives the same file
        again. Raises `AppError`; what is here by then is kept, and so it is on a cancel.
        """
        self._running = asyncio.current_task()
        ended = DownloadState.FAILED
        try:
            path = await self._run()
            ended = DownloadState.DONE
        except asyncio.CancelledError:
            ended = DownloadState.PAUSED
            raise
        finally:
            self._state, self._running = ended, None
            self._parts.close()
        return path

    def stop(self) -> None:
        """Record no longer: what is here becomes the file."""
        self._stop.set()

    async def close(self) -> None:
        """Stop, keep what is here, and close everything; segments of a finished file go."""
        running = self._running
        if running is not None and running is not asyncio.current_task():
            running.cancel()
            await asyncio.wait([running])
        if self._loading is not None:
            self._loading.end()
        if self._path is not None:
            await asyncio.to_thread(self._parts.remove)
        await asyncio.to_thread(self._pool.shutdown)

    def status(self) -> FetchStatus:
        """How it stands now. The size of a stream is a guess until it is here."""
        loading = self._loading
        if loading is None:
            return FetchStatus(state=self._state, note=self._note, note_args=self._note_args)
        fraction = loading.fraction
        known = loading.done / fraction if fraction > 0 and loading.finished else None
        finishing = self._state is DownloadState.FINISHING and loading.seconds
        return FetchStatus(
            state=self._state,
            size=None if known is None else int(known),
            done=loading.done,
            down=loading.speed.rate,
            connections=loading.connections,
            note=self._note,
            note_args=self._note_args,
            fraction=min(1.0, self._joined_seconds / loading.seconds) if finishing else fraction,
        )

    async def serve(self, request: web.Request, rest: str) -> web.StreamResponse:
        """Answer the player while `run` is under way: for `LoopbackServer.offer`.

        ``stream.m3u8`` is the stream; its segments are asked for first and waited for.
        """
        if self._path is not None and not self._served:
            from aiohttp import web

            return web.FileResponse(self._path)  # it was quicker than the player
        self._served = self._served or self._loading is not None
        return await stream_serve.serve(self._loading, self._parts.path, request, rest)

    # Steps of a run.

    async def _run(self) -> Path:
        self._state = DownloadState.LOOKING
        told = await self._in_thread(self._parts.open)
        before = await self._in_thread(lambda: settled_before(self._parts, self._joined, told))
        if before is not None:
            self._path, self.beside = before
            return before.film
        if not self._addresses:
            await self.look()
        self._tracks = [Track(prefix) for prefix, _url in zip("va", self._addresses, strict=False)]
        await self._bring_up_to_date(self._restore(told))
        here = await self._in_thread(self._parts.sizes)
        for item in (item for track in self._tracks for item in track.all):
            item.size = here.get(item.name, 0)
            item.here = item.size > 0 and (item.head is None or item.head.here)
        await self._ask_for(self._guess)
        await self._save()
        self._state = DownloadState.LOADING
        self._loading = loading = StreamLoading(
            self._tracks, self._pieces, self._parts.path, self._pool, self._patience, self._reserve
        )
        try:
            await self._load(loading)
        except FatalError as fatal:
            raise fatal.told from fatal
        finally:
            loading.end()
        if any(item.lost for track in self._tracks for item in track.items):
            self._note = GAPS
        return await self._finish(loading)

    async def _load(self, loading: StreamLoading) -> None:
        """Load the segments there are, and those that come as long as it is live."""
        done, in_vain = -1, 0
        while True:
            work = asyncio.ensure_future(loading.run(self._connections))
            watch = asyncio.ensure_future(self._follow(loading))
            try:
                await asyncio.wait([work, watch], return_when=asyncio.FIRST_EXCEPTION)
            finally:
                for one in (work, watch):
                    one.cancel()
                results = await asyncio.gather(work, watch, return_exceptions=True)
            failure = next((one for one in results if isinstance(one, Exception)), None)
            if failure is None:
                return
            in_vain = in_vain + 1 if loading.done == done else 0
            done = loading.done
            if not isinstance(failure, AppError) or in_vain:
                raise failure
            # Addresses may have been good for a while only: they are asked for anew.
            if not await self._extend():
                raise Unavailable("errors.file_keeps_changing", **self._note_args) from failure

    async def _follow(self, loading: StreamLoading) -> None:
        """Read the playlists of a live stream again and again."""
        while not all(track.ended for track in self._tracks) and not self._stop.is_set():
            pause = max(0.2, min(track.target for track in self._tracks) * 0.7)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stop.wait()
            before = loading.count
            await self._extend()
            if loading.count != before:
                await self._save()
                loading.more()
        loading.finish()

    async def _bring_up_to_date(self, restored: bool) -> None:
        """Take in what the playlists say now; begin anew when they tell of another stream."""
        if await self._extend():
            return
        if restored:
            self._note = CHANGED
            log.info("A stream changed meanwhile; it begins anew")
            await self._in_thread(self._parts.clear)
            for track in self._tracks:
                track.items, track.heads = [], []
            if await self._extend():
                return
        raise Unavailable("errors.file_keeps_changing", **self._note_args)

    async def _extend(self) -> bool:
        for track, url in zip(self._tracks, self._addresses, strict=True):
            found, base = await self._playlist(url)
            if not track.extend(media_of(found, base)):
                return False
        return True

    def _restore(self, told: dict[str, Any] | None) -> bool:
        try:
            if told is None or told["variant"] != self._variant_mark():
                return False
            for track in self._tracks:
                track.restore(told["tracks"][track.prefix])
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            for track in self._tracks:
                track.items, track.heads = [], []
            return False
        return any(track.items for track in self._tracks)

    async def _save(self) -> None:
        told = {
            "variant": self._variant_mark(),
            "tracks": {track.prefix: track.rows() for track in self._tracks},
        }
        await self._in_thread(lambda: self._parts.save(told))

    def _variant_mark(self) -> list[object]:
        chosen = self._variant or Variant("")
        return [chosen.height, chosen.bandwidth, chosen.codecs, len(self._addresses)]

    async def _finish(self, loading: StreamLoading) -> Path:
        self._state = DownloadState.FINISHING
        if not any(item.here for track in self._tracks for item in track.items):
            raise Unavailable("errors.stream_empty", **self._note_args)
        await self._ask_for(loading.done)

        def heard(seconds: float) -> None:
            self._joined_seconds = seconds

        letters = await self._read_letters(loading.seconds)
        ending = await join(self._parts.path, self._tracks, self._joined, heard)
        name = self._name(ending)
        path, self.beside = await self._in_thread(
            lambda: settle(self._parts, self._joined, name, letters)
        )
        self._path = path
        if not self._served:
            await self._in_thread(partial(self._parts.clear, all_of_it=False))
        return path

    async def _read_letters(self, seconds: float) -> list[tuple[str, str]]:
        """Fetch the subtitles; the film is worth having without those that do not come."""
        if not self._letters:
            return []
        fetch = SubtitleFetch(
            self._pieces, self._parts.path, self._patience, self._reserve, self._in_thread
        )
        clock = partial(begins, self._parts.path, self._tracks)
        made = await fetch.run(self._letters, self._playlist, clock, seconds)
        if fetch.missing and not self._note:
            self._note = UNREAD
        return made

    async def _ask_for(self, more: int) -> None:
        reserve = self._reserve
        if reserve is not None:
            await self._in_thread(lambda: reserve(self._folder, more))

    @property
    def _guess(self) -> int:
        """Bytes that are still to come, as far as the stream tells."""
        bits = 0 if self._variant is None else self._variant.bandwidth
        missing = sum(item.seconds for item in self._tracks[0].items if not item.here)
        return int(missing * bits / 8)

    # Odds and ends.

    @property
    def _note_args(self) -> dict[str, object]:
        return {"host": split(self._wanted.url).hostname or ""}

    def _name(self, ending: str) -> str:
        name = names.choose_name("", (self._wanted.url,), "", "")
        stem = self._wanted.name or name.removesuffix(".m3u8").removesuffix(".M3U8")
        return names.choose_name(f"{stem}.{ending}" if ending else stem, (), "", "")

    async def _playlist(self, url: str) -> tuple[Master | Media, str]:
        patience = self._patience
        for attempt in range(1, patience.tries + 1):
            line = Line(self._pieces.wire)
            try:
                async with asyncio.timeout(patience.head):
                    return await self._in_thread(partial(self._pieces.playlist, line, url), line)
            except TimeoutError as error:
                told: AppError = Unavailable("errors.server_slow", **self._note_args)
                told.__cause__ = error
            except BusyError as error:
                told = error.told
                await asyncio.sleep(error.seconds)
            except Unavailable as error:
                told = error
            if attempt == patience.tries:
                raise told
            await asyncio.sleep(patience.rest(attempt))
        raise AssertionError("unreachable")

    async def _in_thread(self, work: Callable[[], T], line: Line | None = None) -> T:
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            if line is not None:
                line.stop()
            await asyncio.wait([doing])
            doing.exception()
            raise
        finally:
            if line is not None:
                line.drop()
