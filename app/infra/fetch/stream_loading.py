"""Loads the segments of a stream side by side: in order, but what is watched comes first."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left, insort
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from app.domain.errors import AppError, NotFound, Refused, Unavailable
from app.infra.fetch.answers import BusyError
from app.infra.fetch.part import Reserve
from app.infra.fetch.parts import NEAR, Item, Track
from app.infra.fetch.pieces import Pieces, Watch
from app.infra.fetch.status import Speed
from app.infra.fetch.wire import Line, StoppedError
from app.infra.fetch.worker import Patience

TICK: Final = 0.25


class StreamLoading:
    """The tracks of one stream on their way. Lives on the service loop."""

    def __init__(
        self,
        tracks: list[Track],
        pieces: Pieces,
        folder: Path,
        pool: ThreadPoolExecutor,
        patience: Patience,
        reserve: Reserve | None,
    ) -> None:
        self.tracks = tracks
        self.speed = Speed()
        self.finished = False
        """Whether no more segments will come."""
        self._pieces = pieces
        self._folder = folder
        self._pool = pool
        self._patience = patience
        self._reserve = reserve
        self._names: dict[str, tuple[Track, int]] = {}
        self._missing: dict[str, list[int]] = {track.prefix: [] for track in tracks}
        self._focus = dict.fromkeys((track.prefix for track in tracks), 0)
        self._active: dict[Item, tuple[Line, float]] = {}
        self._settled = 0
        self._here_seconds = 0.0
        self._heads = asyncio.Lock()
        self._changed = asyncio.Event()
        self._over = False
        self.more()

    @property
    def count(self) -> int:
        """How many segments are known."""
        return sum(len(track.items) for track in self.tracks)

    @property
    def connections(self) -> int:
        """How many segments are on their way."""
        return len(self._active)

    @property
    def done(self) -> int:
        """Bytes that are here."""
        return self._settled + sum(item.size for item in self._active)

    @property
    def seconds(self) -> float:
        """Length of what is known."""
        return max(track.seconds for track in self.tracks)

    @property
    def fraction(self) -> float:
        """How much of it is here, 0 to 1."""
        known = sum(track.seconds for track in self.tracks)
        return min(1.0, self._here_seconds / known) if known else 0.0

    def more(self) -> None:
        """Take in segments that became known."""
        for track in self.tracks:
            for number in range(self._known(track), len(track.items)):
                item = track.items[number]
                self._names[item.name] = (track, number)
                if item.here:
                    self._count_in(item)
                elif not item.lost and item.piece is None:
                    item.lost = True  # it went out of a live playlist before it was here
                elif not item.lost:
                    self._missing[track.prefix].append(number)
        self._notify()

    def finish(self) -> None:
        """No more segments will come."""
        self.finished = True
        self._notify()

    def end(self) -> None:
        """Load nothing any more; whoever waits for a segment is told."""
        self._over = True
        self.speed.stop()
        for track in self.tracks:
            for item in track.all:
                item.tell()
        self._notify()

    async def run(self, wide: int) -> None:
        """Load everything, with so many connections. Raises what cannot be helped."""
        running = {asyncio.ensure_future(self._work()) for _ in range(wide)}
        try:
            while running:
                done, running = await asyncio.wait(
                    running, timeout=TICK, return_when=asyncio.FIRST_COMPLETED
                )
                for one in done:
                    one.result()
                self._tick()
        finally:
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def need(self, name: str) -> Path:
        """The file of a segment or a head, loaded before all others. For the player.

        `NotFound` when there is none, `Unavailable` when it does not come.
        """
        item = self._find(name)
        if not item.here and name in self._names:
            track, number = self._names[name]
            self._focus[track.prefix] = number
            self._make_way(track, number)
        while not item.here:
            if item.lost:
                raise NotFound("errors.server_has_not", host="")
            if self._over:
                raise Unavailable("errors.stream_ended")
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            item.waiting.add(future)
            self._notify()
            try:
                await future
            finally:
                item.waiting.discard(future)
        return self._folder / item.name

    # Order.

    def _known(self, track: Track) -> int:
        """How many of its segments were taken in; they are in order."""
        low, high = 0, len(track.items)
        while low < high:
            middle = (low + high) // 2
            if track.items[middle].name in self._names:
                low = middle + 1
            else:
                high = middle
        return low

    def _find(self, name: str) -> Item:
        if name in self._names:
            track, number = self._names[name]
            return track.items[number]
        for track in self.tracks:
            for head in track.heads:
                if head.name == name:
                    return head
        raise NotFound("errors.server_has_not", host="")

    def _pick(self) -> Item | None:
        """The next segment: from the play head on, of the track that is further behind."""
        chosen: tuple[float, Track, int] | None = None
        for track in self.tracks:
            missing, focus = self._missing[track.prefix], self._focus[track.prefix]
            if not missing:
                continue
            place = bisect_left(missing, focus)
            number = missing[place % len(missing)]
            turn = (number - focus) % len(track.items) / len(track.items)
            if chosen is None or turn < chosen[0]:
                chosen = (turn, track, number)
        if chosen is None:
            return None
        _turn, track, number = chosen
        self._missing[track.prefix].remove(number)
        return track.items[number]

    def _put_back(self, item: Item) -> None:
        track, number = self._names[item.name]
        item.size, item.dropped = 0, False
        insort(self._missing[track.prefix], number)
        self._notify()

    def _make_way(self, track: Track, number: int) -> None:
        """Break off the load that is furthest from the play head, for one more urgent."""
        if track.items[number] in self._active:
            return
        far = []
        for item in self._active:
            other, place = self._names.get(item.name, (track, number))
            ahead = place - self._focus[other.prefix]
            if not 0 <= ahead < NEAR and not item.dropped:
                far.append((ahead % len(other.items), item))
        if far:
            item = max(far, key=lambda one: one[0])[1]
            item.dropped = True
            self._active[item][0].cut()

    # Work.

    async def _work(self) -> None:
        line = Line(self._pieces.wire)
        try:
            while not self._over:
                item = self._pick()
                if item is not None:
                    await self._bring(line, item)
                elif self.finished and not any(self._missing.values()) and not self._active:
                    self._notify()
                    return
                else:
                    await self._changed.wait()
        finally:
            line.drop()

    async def _bring(self, line: Line, item: Item) -> None:
        """Load a segment with its head, patiently; one that is dropped goes back."""
        for attempt in range(1, self._patience.tries + 1):
            try:
                if item.head is not None:
                    await self._bring_head(line, item.head)
                await self._load(line, item)
            except BusyError as busy:
                told, pause = busy.told, busy.seconds
            except AppError as error:
                if item.dropped:
                    break
                if self._is_lost(error):
                    item.lost = True
                    item.tell()
                    return
                told, pause = error, self._patience.rest(attempt)
            except BaseException:
                self._put_back(item)
                raise
            else:
                self._count_in(item)
                item.tell()
                return
            if attempt == self._patience.tries:
                self._put_back(item)
                raise told
            await self._rest(item, pause)
        self._put_back(item)

    async def _rest(self, item: Item, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
        except BaseException:
            self._put_back(item)
            raise

    async def _bring_head(self, line: Line, head: Item) -> None:
        async with self._heads:
            if not head.here:
                await self._load(line, head)
                self._settled += head.size
                head.tell()

    async def _load(self, line: Line, item: Item) -> None:
        piece = item.piece
        if piece is None:
            raise NotFound("errors.server_has_not", host="")
        item.size = 0

        def grew(count: int) -> None:
            item.size += count

        watch = Watch(lambda: line.stopped or item.dropped, grew)
        to = self._folder / item.name
        self._active[item] = (line, time.monotonic())
        loading = asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: self._pieces.load(line, piece, to, self._reserve, watch)
        )
        try:
            item.size = await asyncio.shield(loading)
            item.here = True
        except StoppedError as error:
            raise Unavailable("errors.stream_ended") from error
        except asyncio.CancelledError:
            line.stop()
            await asyncio.wait([loading])
            loading.exception()
            raise
        finally:
            del self._active[item]

    def _is_lost(self, error: AppError) -> bool:
        """What a live server has not got any more does not come again."""
        live = not all(track.ended for track in self.tracks)
        return live and isinstance(error, NotFound | Refused)

    def _count_in(self, item: Item) -> None:
        self._settled += item.size
        self._here_seconds += item.seconds

    def _tick(self) -> None:
        now = time.monotonic()
        self.speed.seen(self.done, now)
        for item, (line, began) in self._active.items():
            slow = item.size < self._patience.drip_rate * (now - began)
            if now - began > self._patience.drip and slow and not self._pieces.limited:
                self._active[item] = (line, now)
                line.cut()

    def _notify(self) -> None:
        self._changed.set()
        self._changed.clear()
