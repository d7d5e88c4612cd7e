"""A film that plays while it loads: what is fetched first, when it may begin, and no stall."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.downloads import Ahead
from app.domain.errors import Unavailable
from app.infra.containers.layout import Layout
from app.infra.growing import Span
from app.services.downloads.gate import begins
from app.services.downloads.watching import FAR, NEAR, Watching, holes
from tests.fakes import films
from tests.fakes.growing import MIB, GrowingReader, Revealed, hurried

SECONDS = 300.0
KB = 1024


@pytest.fixture(scope="module")
def film() -> Path:
    """Five minutes, 200 KB a second, the second half heavier; its cues at the tail."""
    place = films.CACHE / "watching-1.mkv"
    films.CACHE.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            half = "s=160x90:r=5:d=150"
            part = place.with_name("part-watching.mkv")
            films.run(["-f", "lavfi", "-i", f"color=c=gray:{half}", "-f", "lavfi", "-i",
                       f"nullsrc={half},geq=random(1)*255:128:128", "-f", "lavfi", "-i",
                       "sine=r=48000:d=300", "-filter_complex", "[0:v][1:v]concat=n=2:v=1[v]",
                       "-map", "[v]", "-map", "2:a", "-c:v", "libx264", "-preset", "ultrafast",
                       "-g", "10", "-c:a", "pcm_s16le", "-ac", "2", str(part)])  # fmt: skip
            part.rename(place)
    return place


def watching(shown: Revealed, seconds: float | None = None) -> Watching:
    return Watching(shown.open, lambda: shown.payload, shown.piece, seconds)


def times(shown: Revealed, factor: float) -> float:
    return len(shown.content) / SECONDS * factor


def pieces(shown: Revealed, *spans: Span) -> set[int]:
    return {
        number
        for span in spans
        for number in range(span.start // shown.piece, -(-span.end // shown.piece))
    }


@dataclass
class Player:
    """A player as mpv is: opens at the beginning, looks at the index, jumps, reads far ahead."""

    watching: Watching
    layout: Layout
    position: float
    stalls: list[float] = field(default_factory=list)
    _read: int = 0

    async def play(self, seconds: float) -> None:
        await self._open()
        reader = self.watching.open()
        reading = asyncio.create_task(self._fill(reader, begins(self.layout, self.position)))
        end = min(self.position + seconds, self.layout.duration or 0)
        try:
            while self.position < end - 0.3:
                await asyncio.sleep(0.25)
                self.watching.played(self.position)
                self.watching.ahead()
                if self._read >= self.layout.needed(self.position + 0.25):
                    self.position += 0.25
                else:
                    self.stalls.append(self.position)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            reader.close()

    async def _open(self) -> None:
        for span in (self.layout.head, self.layout.index):
            if span is not None:
                reader = self.watching.open()
                await _take(reader, span)
                reader.close()

    async def _fill(self, reader: Any, place: int) -> None:
        while part := await reader.read(place, 64 * KB):
            place += len(part)
            self._read = place
            while place > self.layout.needed(self.position) + 64 * MIB:  # noqa: ASYNC110 - as mpv
                await asyncio.sleep(0.25)
        self._read = self.layout.size


async def _take(reader: Any, span: Span) -> None:
    place = span.start
    while place < span.end:
        place += len(await reader.read(place, span.end - place))


@pytest.mark.parametrize("piece", [256 * KB, MIB, 4 * MIB, 16 * MIB])
@pytest.mark.parametrize("position", [0.0, 160.0])
@pytest.mark.parametrize("factor", [0.6, 1.2, 3.0])
def test_it_never_stalls_once_it_was_ready(
    film: Path, piece: int, position: float, factor: float
) -> None:
    async def run() -> None:
        shown = Revealed(film, piece)
        shown.rate = times(shown, factor)
        watched = watching(shown)
        told: list[tuple[float, Ahead]] = []
        now = asyncio.get_running_loop().time
        async with shown.loading():
            layout = await watched.wait_ready(position, lambda one: told.append((now(), one)))
            opened = now()
            player = Player(watched, layout, position)
            await player.play(SECONDS)
        assert player.stalls == []
        assert player.position > SECONDS - 1
        promised = [time + one.ready_in for time, one in told if one.ready_in is not None]
        slack = 2 * piece / shown.rate + 2
        assert all(opened <= moment + slack for moment in promised)
        assert promised or factor > 1
        assert opened <= len(shown.content) / shown.rate + 2
        await watched.close()
        assert shown.readers == []

    hurried(run())


def test_a_quick_link_starts_long_before_all_is_here(film: Path) -> None:
    async def run() -> None:
        shown = Revealed(film, 256 * KB)
        shown.rate = times(shown, 3.0)
        watched = watching(shown)
        async with shown.loading():
            await watched.wait_ready()
            assert asyncio.get_running_loop().time() < 10
            assert len(shown.order) < shown.count / 8
        await watched.close()

    hurried(run())


def test_the_promise_counts_down_while_a_large_piece_comes(film: Path) -> None:
    async def run() -> None:
        shown = Revealed(film, 16 * MIB)
        shown.rate = times(shown, 0.6)
        watched = watching(shown)
        told: list[Ahead] = []
        async with shown.loading():
            await watched.wait_ready(160.0, told.append)
        waited = [one.ready_in for one in told if one.ready_in is not None][5:]
        assert len(waited) > 100
        steps = [before - after for before, after in zip(waited, waited[1:], strict=False)]
        assert min(steps) > -1.0  # it never takes back what it said
        assert sum(0.5 < step < 1.5 for step in steps) > len(steps) * 0.8
        await watched.close()

    hurried(run())


def test_too_early_a_start_would_stall(film: Path) -> None:
    """The player of these tests sees a stall where there is one."""

    async def run() -> None:
        shown = Revealed(film, 256 * KB)
        shown.rate = times(shown, 0.6)
        watched = watching(shown)
        async with shown.loading():
            player = Player(watched, await watched.prepare(), 0.0)
            await player.play(SECONDS)
        assert player.stalls
        await watched.close()

    hurried(run())


async def test_a_resume_fetches_head_index_and_the_middle_only(film: Path) -> None:
    shown = Revealed(film, 256 * KB, rate=8.0 * MIB)
    shown.only_wishes = True
    watched = watching(shown)
    async with shown.loading():
        layout = await watched.wait_ready(150.0)
        await asyncio.sleep(0.1)
    assert layout.index is not None
    middle = Span(begins(layout, 150.0), layout.needed(150.0 + FAR))
    film_pieces = pieces(shown, middle)
    tail = Span(layout.size - 64 * KB, layout.size)
    first = pieces(shown, layout.head, layout.index, tail)
    assert min(set(shown.order) - first) == min(film_pieces - first)  # nothing before it
    assert len(shown.order) < shown.count / 2
    opening = pieces(shown, layout.head, layout.index)
    assert opening <= set(shown.order)
    assert len(set(shown.order) & film_pieces) > len(film_pieces) / 3
    begun = shown.order.index(min(film_pieces - first))
    assert set(shown.order[:begun]) >= opening  # these come before anything of the film
    await watched.close()


async def test_a_jump_is_aimed_at_at_once(film: Path) -> None:
    shown = Revealed(film, 256 * KB, rate=1.0)
    shown.reveal(Span(0, MIB), Span(len(shown.content) - MIB, len(shown.content)))
    watched = watching(shown)
    layout = await watched.prepare()
    eye = shown.readers[0]
    assert eye.wishes[-1] == Span(layout.at(0), layout.needed(FAR))
    reader = watched.open()
    jump = begins(layout, 200.0)
    reading = asyncio.ensure_future(reader.read(jump, 10))
    await asyncio.sleep(0)
    assert eye.wishes[-1].start == jump
    assert layout.second(eye.wishes[-1].end) == pytest.approx(200 + FAR, abs=2.5)
    reader.close()
    with pytest.raises(Unavailable):
        await reading
    back = watched.open()
    reading = asyncio.ensure_future(back.read(layout.at(50.0), 10))
    await asyncio.sleep(0)
    assert eye.wishes[-1].start == layout.at(50.0)
    reading.cancel()
    back.close()
    await watched.close()


async def test_opening_a_film_moves_nothing(film: Path) -> None:
    shown = Revealed(film, 256 * KB)
    watched = watching(shown)
    layout = await watched.prepare(200.0)
    eye = shown.readers[0]
    aims = len(eye.aimed)
    assert eye.wishes[-1].start == begins(layout, 200.0)
    assert layout.index is not None
    reader = watched.open()
    for place in (0, layout.head.end, layout.head.end + MIB):
        await reader.read(place, 10)
    reader.close()
    reader = watched.open()
    await reader.read(layout.index.start, 10)
    reader.close()
    assert len(eye.aimed) == aims
    reader = watched.open()
    await reader.read(begins(layout, 200.0), 10)
    assert eye.wishes[-1].start == begins(layout, 200.0)
    await reader.read(layout.needed(220.0), 10)  # goes on: the end of what is wanted too
    assert layout.second(eye.wishes[-1].end) == pytest.approx(220.0 + FAR, abs=2.5)
    reader.close()
    await watched.close()


@pytest.mark.parametrize(("factor", "ahead"), [(0.8, FAR), (1.6, 45.0), (4.0, NEAR)])
def test_a_slow_link_looks_further_ahead(film: Path, factor: float, ahead: float) -> None:
    async def run() -> None:
        shown = Revealed(film, 64 * KB)
        shown.rate = times(shown, factor)
        watched = watching(shown)
        async with shown.loading():
            layout = await watched.prepare(100.0)
            for _ in range(8):
                await asyncio.sleep(1)
                watched.ahead()
        wish = shown.readers[0].wishes[-1]
        loaded = layout.second(wish.start + shown.ready(wish.start)) if factor < 2 else 100.0
        assert layout.second(wish.end) == pytest.approx(loaded + ahead, abs=5)
        await watched.close()

    hurried(run())


def test_how_far_it_is_is_told_while_it_plays(film: Path) -> None:
    async def run() -> None:
        shown = Revealed(film, 256 * KB)
        shown.rate = times(shown, 0.5)
        watched = watching(shown)
        assert watched.ahead() == Ahead()
        async with shown.loading():
            await watched.prepare()
            for _ in range(20):
                watched.ahead()
                await asyncio.sleep(1)
            watched.played(4.0)
            told = watched.ahead()
            assert told.playing
            assert told.stall_at is not None
            assert 4.0 + told.loaded - 2 <= told.stall_at < 40
            assert not told.ready
            watched.played(5.0, playing=False)
            assert not watched.ahead().playing
        await watched.close()

    hurried(run())


Ending = Callable[[Revealed, Watching], Coroutine[Any, Any, None]]


async def _removed(shown: Revealed, _watched: Watching) -> None:
    shown.end()


async def _closed(_shown: Revealed, watched: Watching) -> None:
    await watched.close()


@pytest.mark.parametrize("ending", [_removed, _closed])
@pytest.mark.parametrize("here", [0, MIB], ids=["before", "after the layout"])
async def test_waiting_ends_when_the_download_does(film: Path, here: int, ending: Ending) -> None:
    shown = Revealed(film, 256 * KB, rate=1.0)
    if here:
        shown.reveal(Span(0, here), Span(len(shown.content) - here, len(shown.content)))
    watched = watching(shown)
    waiting = asyncio.ensure_future(watched.wait_ready(0.0))
    await asyncio.sleep(0.05)
    await ending(shown, watched)
    with pytest.raises(Unavailable):
        await waiting
    await watched.close()


@pytest.mark.parametrize("here", [0, MIB], ids=["before", "after the layout"])
def test_who_is_told_may_end_the_waiting(film: Path, here: int) -> None:
    async def run() -> None:
        shown = Revealed(film, 256 * KB, rate=1.0)
        if here:
            shown.reveal(Span(0, here), Span(len(shown.content) - here, len(shown.content)))
        watched = watching(shown)
        heard: list[Ahead] = []

        async def told(ahead: Ahead) -> None:
            heard.append(ahead)
            if len(heard) == 3:
                raise Unavailable("errors.download_stopped", name="film")

        with pytest.raises(Unavailable):
            await watched.wait_ready(0.0, told)
        assert (heard[-1].loaded > 0) == bool(here)
        await watched.close()
        assert shown.readers == []

    hurried(run())


async def test_who_stops_waiting_leaves_nothing_behind(film: Path) -> None:
    shown = Revealed(film, 256 * KB, rate=1.0)
    watched = watching(shown)
    for _ in range(2):
        waiting = asyncio.ensure_future(watched.wait_ready(0.0))
        await asyncio.sleep(0.02)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    shown.reveal(Span(0, len(shown.content)))
    assert (await watched.wait_ready(0.0)).duration == pytest.approx(SECONDS, abs=0.1)
    await watched.close()
    assert shown.readers == []
    with pytest.raises(Unavailable):
        watched.open()
    with pytest.raises(Unavailable):
        await watched.prepare()


async def test_a_film_that_does_not_say_how_long_it_is(tmp_path: Path) -> None:
    path = tmp_path / "film.bin"
    path.write_bytes(bytes(40 * MIB))
    shown = Revealed(path, MIB, rate=1.0)
    shown.reveal(Span(0, 10 * MIB))
    blind = watching(shown)
    await blind.prepare()
    assert blind.ahead().ready_in is None
    assert shown.readers[0].wishes[-1] == Span(0, 16 * MIB)
    await blind.close()
    known = watching(shown, seconds=400.0)
    assert (await known.prepare()).duration == 400.0
    assert known.ahead().loaded == pytest.approx(100.0)
    assert known.ahead(40.0).loaded == pytest.approx(60.0)
    await known.close()


class Map(GrowingReader):
    """A reader that knows its holes."""

    def holes(self, span: Span) -> Sequence[Span]:
        return [Span(one.start, one.end) for one in _true_holes(self._shown, span)]


def _true_holes(shown: Revealed, span: Span) -> list[Span]:
    return [
        Span(max(span.start, number * shown.piece), min(span.end, (number + 1) * shown.piece))
        for number in sorted(pieces(shown, span))
        if not shown.here[number]
    ]


def _bytes_of(spans: Sequence[Span]) -> set[int]:
    return {byte for one in spans for byte in range(one.start, one.end)}


@given(some.sets(some.integers(0, 9)), some.integers(0, 1000), some.sampled_from((0, 7, 100)))
async def test_holes_are_never_overlooked(
    tmp_path_factory: pytest.TempPathFactory, here: set[int], start: int, grain: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "holes.bin"
    path.write_bytes(bytes(950))
    shown = Revealed(path, 100)
    shown.reveal(*(Span(number * 100, number * 100 + 1) for number in here))
    apart = [Span(0, 250), Span(900, 2000)]
    true = [*_true_holes(shown, Span(start, 950)), *_true_holes(shown, Span(0, 250))]
    true += _true_holes(shown, Span(900, 950))
    found = holes(shown.open(), start, apart, grain)
    assert _bytes_of(found) >= _bytes_of(true)
    if not grain:
        assert _bytes_of(found) - _bytes_of(true) == set()
    assert _bytes_of(holes(Map(shown), start, apart)) == _bytes_of(true)
    for one, after in zip(found, found[1:], strict=False):
        assert one.end < after.start
