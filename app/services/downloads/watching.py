"""A film that plays, or is about to, while it loads: what is fetched first, when it may begin."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from app.domain.downloads import Ahead
from app.domain.errors import Unavailable
from app.infra.containers.layout import Layout
from app.infra.containers.look import look
from app.infra.growing import Growing, Span
from app.services.downloads.gate import Missing, Speed, Verdict, begins, judge

NEAR, FAR = 30.0, 60.0
"""Seconds of film fetched in front of all else: few on a quick link, many on a slow one."""
QUICK, SLOW = 2.0, 1.2
"""A link is so when it carries so many times the film's bit rate."""
BLIND: Final = 16 * 1024 * 1024
"""Bytes fetched first of a film of which nothing is known."""
STEP: Final = 2.0
"""Seconds of film the play head may go on before what is wanted next is said anew."""
LOOKS: Final = 4096
"""Places of the file at which it is asked what is here."""
LEAD_IN: Final = 3 * 1024 * 1024
"""A player that opens a film reads on for so many bytes, at most, before it jumps."""
TICK: Final = 1.0
Told = Callable[[Ahead], Awaitable[None] | None]
"""Hears how a film stands while it is waited for; at least once a second."""


class Watching:
    """A film that is still loading, as a player needs it. Lives on the service loop.

    `open_file` gives new readers of it; `received` tells how many bytes of the download came
    over the link so far, finished pieces or not; `grain` is how many become usable at once;
    `seconds` is how long the film is, where its file does not say. `clock` counts seconds.
    """

    def __init__(
        self,
        open_file: Callable[[], Growing],
        received: Callable[[], float],
        grain: int = 0,
        seconds: float | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._open_file = open_file
        self._received = received
        self._grain = grain
        self._seconds = seconds
        self._clock = clock or asyncio.get_running_loop().time
        self._file = open_file()
        self._layout: Layout | None = None
        self._looking: asyncio.Task[Layout] | None = None
        self._speed = Speed()
        self._position = 0.0
        self._playing = False
        self._place: int | None = None  # where a player reads
        self._aimed: Span | None = None
        self._hurry = False  # it will not do to wait for the play head
        self._promise: tuple[float, float] | None = None  # for which position, when by the clock
        self._closed = False

    @property
    def layout(self) -> Layout | None:
        """Where in the file which second lies; None until head and index are here."""
        return self._layout

    async def prepare(self, position: float = 0.0, told: Told | None = None) -> Layout:
        """Fetch head, index and the film from second `position` on, in this order.

        Returns when head and index have been read; until then `told` hears each second that
        nothing can be said yet. Raises `Unavailable` when the download ends, and what `told`
        raises.
        """
        self._position = position
        self._place = None
        if self._looking is None or (self._looking.done() and self._layout is None):
            self._looking = asyncio.create_task(look(self._file, position), name="look at a film")
        while not self._looking.done():
            await asyncio.wait((self._looking,), timeout=TICK)
            self._note()
            if not self._looking.done():
                await _tell(told, Ahead())
        if self._closed or self._looking.cancelled():
            raise Unavailable("errors.download_stopped", name=self._file.name)
        layout = self._looking.result()
        if self._layout is None:
            self._layout = layout if self._seconds is None else layout.lasting(self._seconds)
        self._aim(force=True)
        return self._layout

    async def wait_ready(self, position: float = 0.0, told: Told | None = None) -> Layout:
        """Return when the film may begin at `position`; until then `told` hears how it stands.

        Raises `Unavailable` when the download ends before, and what `told` raises.
        """
        self._note()
        layout = await self.prepare(position, told)
        while not (ahead := self.ahead(position)).ready:
            await _tell(told, ahead)
            await self._stirring(layout, position, ahead)
        return layout

    def ahead(self, position: float | None = None) -> Ahead:
        """Return how it stands from where it plays, or would begin. Cheap: ask each second."""
        self._note()
        at = self._position if position is None else position
        if self._layout is None:
            return Ahead(playing=self._playing)
        verdict = self._judge(self._layout, at)
        self._hurry = not verdict.ready
        self._aim()
        ready_in = verdict.ready_in
        if ready_in is not None and not verdict.ready:
            ready_in = self._promised(at, ready_in)
        return Ahead(verdict.loaded, verdict.ready, ready_in, self._playing, verdict.stall_at)

    def played(self, position: float, *, playing: bool = True) -> None:
        """Hear from the player at which second it is."""
        self._position = position
        self._playing = playing

    def open(self) -> Growing:
        """Return a reader for a player; where it reads is what is fetched next."""
        if self._closed:
            raise Unavailable("errors.download_stopped", name=self._file.name)
        return _Watched(self._open_file(), self._is_read)

    async def close(self) -> None:
        """Want nothing any more; what waits raises `Unavailable`."""
        self._closed = True
        self._file.close()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    def _judge(self, layout: Layout, position: float) -> Verdict:
        start, apart = begins(layout, position), self._first_spans(layout)
        missing = Missing(holes(self._file, start, apart, self._grain))
        return judge(layout, missing, position, self._speed.value, self._grain)

    def _promised(self, position: float, ready_in: float) -> float:
        """Let the seconds run down while a large piece comes of which nothing is here until all is.

        What was promised stays, unless it has become wrong by more than that piece explains.
        """
        now, speed = self._clock(), self._speed.value or 1.0
        fresh = now + ready_in
        if self._promise is not None and self._promise[0] == position:
            old = self._promise[1]
            if fresh - old < TICK + 1.5 * self._grain / speed:
                fresh = max(now + TICK, min(old, fresh))
        self._promise = (position, fresh)
        return fresh - now

    async def _stirring(self, layout: Layout, position: float, ahead: Ahead) -> None:
        """Wait a moment, or until the next missing bytes come; raises when they never will."""
        wait = min(TICK, ahead.ready_in) if ahead.ready_in else TICK
        place = self._first_missing(layout, position)
        reading = asyncio.ensure_future(self._file.read(place, 1))
        try:
            done, _waiting = await asyncio.wait((reading,), timeout=max(wait, 0.05))
            if done:
                reading.result()
                await asyncio.sleep(min(wait, 0.05))  # pieces may come in crowds
        finally:
            if not reading.done():
                reading.cancel()
                await asyncio.wait((reading,))

    def _first_missing(self, layout: Layout, position: float) -> int:
        for span in (*self._first_spans(layout), Span(begins(layout, position), layout.size)):
            place = span.start + self._file.ready(span.start)
            if place < span.end:
                return place
        return begins(layout, position)

    @staticmethod
    def _first_spans(layout: Layout) -> list[Span]:
        return [layout.head] if layout.index is None else [layout.head, layout.index]

    def _note(self) -> None:
        self._speed.note(self._clock(), self._received())

    def _is_read(self, begun: int, start: int) -> None:
        """A player that began to read at `begun` has come to `start`.

        Where that is far from what was wanted before, all is aimed anew, unless the player only
        opens the film: then it reads on behind the head until it knows where to jump.
        """
        layout, aimed = self._layout, self._aimed
        if layout is None or aimed is None or start >= layout.size:
            return
        expected = aimed.start <= start < aimed.end
        opening = [one for one in self._first_spans(layout) if one.start <= begun < one.end]
        if not expected and any(start < one.end + LEAD_IN for one in opening):
            return
        self._place = start
        self._aim()

    def _aim(self, *, force: bool = False) -> None:
        layout = self._layout
        if layout is None or self._closed:
            return
        span = self._next_span(layout)
        aimed = self._aimed
        if aimed is not None and not force and _close(layout, aimed, span):
            return
        self._aimed = span
        wishes = [one for one in self._first_spans(layout) if not self._whole(one)]
        self._file.aim([*wishes, span])

    def _next_span(self, layout: Layout) -> Span:
        start = self._place if self._place is not None else begins(layout, self._position)
        if layout.duration is None:
            return Span(start, min(layout.size, start + BLIND))
        far, quick = self._seconds_ahead(layout)
        second = layout.second(start) if self._place is not None else self._position
        if not quick:  # what plays later is already needed: all speed goes there
            second = max(second, layout.second(start + self._file.ready(start)))
        end = layout.needed(second + far)
        return Span(start, max(end, min(start + 1, layout.size)))

    def _seconds_ahead(self, layout: Layout) -> tuple[float, bool]:
        """How far to look ahead, and whether the link is so quick that this will do."""
        speed, rate = self._speed.value, layout.byte_rate
        if speed is None or not rate:
            return FAR, True
        share = max(0.0, min(1.0, (speed / rate - SLOW) / (QUICK - SLOW)))
        return FAR - (FAR - NEAR) * share, share == 1.0 and not self._hurry

    def _whole(self, span: Span) -> bool:
        return self._file.ready(span.start) >= span.end - span.start


async def _tell(told: Told | None, ahead: Ahead) -> None:
    if told is not None and (answer := told(ahead)) is not None:
        await answer


def _close(layout: Layout, aimed: Span, span: Span) -> bool:
    """Whether what is wanted has hardly changed."""
    if not aimed.start <= span.start <= aimed.end:
        return False
    if layout.duration is None:
        return abs(span.end - aimed.end) < BLIND // 8
    return abs(layout.second(span.end) - layout.second(aimed.end)) < STEP


def holes(file: Growing, start: int, apart: Sequence[Span] = (), grain: int = 0) -> list[Span]:
    """Return what is missing of a file from `start` on, and of the spans `apart`.

    A reader that has a method `holes(span)` is asked for it. Any other is asked at some hundred
    places what is here; what lies between two of them is taken as missing unless it was seen,
    so the answer errs on the safe side.
    """
    spans = [Span(one.start, min(one.end, file.size)) for one in apart]
    spans.append(Span(start, file.size))
    tell = getattr(file, "holes", None)
    if tell is not None:
        return _merged([hole for span in spans for hole in tell(span)])
    return _merged([hole for span in spans for hole in _gaps(file, span, grain)])


def _gaps(file: Growing, span: Span, grain: int) -> list[Span]:
    step = max(1, grain, (span.end - span.start) // LOOKS)
    found: list[Span] = []
    place = gap = span.start
    while place < span.end:
        here = file.ready(place)
        if here:
            if place > gap:
                found.append(Span(gap, place))
            place = gap = min(span.end, place + here)
        else:
            place = min(span.end, place + step)
    if gap < span.end:
        found.append(Span(gap, span.end))
    return found


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


class _Watched:
    """A reader that tells where it reads."""

    def __init__(self, file: Growing, reads: Callable[[int, int], None]) -> None:
        self._file = file
        self._reads = reads
        self._begun: int | None = None

    @property
    def name(self) -> str:
        return self._file.name

    @property
    def size(self) -> int:
        return self._file.size

    @property
    def path(self) -> object:
        """Where the whole file lies, once it is whole."""
        return getattr(self._file, "path", None)

    def ready(self, start: int) -> int:
        return self._file.ready(start)

    async def read(self, start: int, most: int) -> bytes:
        if self._begun is None:
            self._begun = start
        self._reads(self._begun, start)
        return await self._file.read(start, most)

    def aim(self, wishes: Sequence[Span]) -> None:
        self._file.aim(wishes)

    def close(self) -> None:
        self._file.close()
