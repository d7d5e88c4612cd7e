"""One search: every source asked at once, answers taken in as they come, none in the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from app.api.searching import Hit, SearchQuestion
from app.domain.errors import AppError
from app.domain.release import Release
from app.domain.search import (
    Judged,
    Offer,
    Result,
    SearchId,
    SearchView,
    SourcePhase,
    SourceState,
    Subject,
    Wanted,
)
from app.runtime.supervisor import Supervisor
from app.services.search.assess import Frame, assess
from app.services.search.cache import Answer
from app.services.search.merge import Folder
from app.services.search.names import NameReader
from app.services.search.offers import LIBRARY, MOST_HITS, complete, offers_of
from app.services.search.pulse import Pulse
from app.services.search.query import identity
from app.services.search.sources import Source, Sources
from app.services.search.subject import Found, from_results

log = logging.getLogger(__name__)

MARGIN: Final = 1.0
"""Seconds beyond its patience after which a source that still says nothing is given up."""
STALE: Final = 300.0
"""Answers older than these seconds are told to be kept ones."""
FIRST_ROWS: Final = 8
MANY_ROWS: Final = 200
SLOW_PULSE: Final = 0.25
"""Seconds between two tellings of that many rows: each costs the window more."""
MOST_RESULTS: Final = 10_000

Pairs = Sequence[tuple[Offer, Release]]


@dataclass(frozen=True, slots=True)
class Hands:
    """What a search works with. Each is asked on the service loop."""

    sources: Sources
    reader: NameReader
    clock: Callable[[], float]
    publish: Callable[[SearchView], None]
    at_home: Callable[[Wanted], Awaitable[Found]]
    about: Callable[[Wanted, Found], Awaitable[tuple[Subject | None, Wanted]]]
    judge: Callable[[Frame, Sequence[Judged]], Awaitable[Frame]]
    keep: Callable[[Wanted, Mapping[str, Answer]], Coroutine[Any, Any, None]]
    picture: Callable[[Subject], Awaitable[Subject]]


class Run:
    """From the question to the last answer. `frame` is what judgements stand on."""

    def __init__(
        self, number: SearchId, frame: Frame, hands: Hands, kept: Mapping[str, Answer]
    ) -> None:
        self.id = number
        self.frame = frame
        self._hands = hands
        self._kept = dict(kept)
        self._answers: dict[str, Answer] = dict(kept)
        self._folder = Folder()
        self._states: dict[str, SourceState] = {}
        self._subject: Subject | None = None
        self._began = asyncio.get_running_loop().time()
        self._ended: float | None = None
        self._pulse = Pulse(lambda: hands.publish(self.view()))
        self._turn = asyncio.Lock()
        self._tasks = Supervisor(f"search {number}")
        self._waiting: set[str] = set()  # plugins and sources that are not slow
        self._pending: set[str] = set()  # all of them
        self.done = asyncio.Event()
        self.complete = asyncio.Event()

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return self.frame.wanted

    def view(self) -> SearchView:
        """The search as it stands."""
        seconds = (self._ended or asyncio.get_running_loop().time()) - self._began
        age = self.age()
        oldest = self._hands.clock() - age if self._kept or age > STALE else None
        return SearchView(
            id=self.id,
            identity=identity(self.wanted),
            wanted=self.wanted,
            results=self._folder.results()[:MOST_RESULTS],
            sources=tuple(self._states.values()),
            subject=self._subject,
            seconds=seconds,
            done=self.done.is_set(),
            complete=self.complete.is_set(),
            cached_at=oldest,
        )

    async def begin(self) -> None:
        """Take in what is kept, then ask everybody; returns before they answer."""
        for key, answer in self._kept.items():
            self._say_answered(key, answer, 0.0)
            await self._take(answer.offers)
        plugins = self._hands.sources.plugins()
        self._waiting = {LIBRARY, *plugins}
        self._pending = set(self._waiting)
        self._spawn(LIBRARY, self._ask_home)
        for plugin in plugins:
            self._spawn(plugin, partial(self._ask_plugin, plugin))
        self._tasks.spawn(self._hands.reader.warm_up(), "warm up")

    async def retry(self, key: str) -> None:
        """Ask one source again, though it failed or rests."""
        for plugin in self._hands.sources.plugins():
            if key != plugin and not key.startswith(f"{plugin}/"):
                continue
            for source in await self._hands.sources.of(plugin):
                if key in (source.key, plugin):
                    await self._hands.sources.wake(source.key)
                    self._begin_source(source, plugin)

    async def again(self, frame: Frame) -> None:
        """Judge everything anew: the rules, a choice or what is known of the title changed."""
        async with self._turn:
            self.frame = frame
            judged = await assess(frame, self._folder.offers(), self._hands.clock())
            self._folder.renew(judged)
        self._pulse.ask()

    async def finish(self) -> None:
        """Let what was answered be kept, then stop."""
        await self.complete.wait()
        await self._hands.keep(self.wanted, dict(self._answers))
        await self.stop()

    async def stop(self) -> None:
        """Ask nobody any more and tell nothing more."""
        self._pulse.stop()
        await self._tasks.close()
        self.done.set()
        self.complete.set()

    def age(self) -> float:
        """Seconds since the oldest of its answers was given."""
        oldest = min((one.at for one in self._answers.values()), default=self._hands.clock())
        return self._hands.clock() - oldest

    def all_answered(self) -> bool:
        """Whether every source has answered, so that asking again would tell nothing new."""
        lacking = (SourcePhase.FAILED, SourcePhase.RESTING, SourcePhase.SEARCHING)
        return self.complete.is_set() and not any(
            state.phase in lacking for state in self._states.values()
        )

    def result(self, number: int) -> Result | None:
        """One row by its id."""
        return next((row for row in self._folder.results() if row.id == number), None)

    # Asking.

    def _spawn(self, key: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            try:
                await work()
            finally:
                await self._over(key)

        self._tasks.spawn(whole(), key)

    async def _ask_home(self) -> None:
        found = Found()
        try:
            found = await self._hands.at_home(self.wanted)
            self._say(LIBRARY, "", SourcePhase.FOUND if found.offers else SourcePhase.NOTHING,
                      found=len(found.offers))  # fmt: skip
            await self._take(found.offers)
        finally:
            self._tasks.spawn(self._learn(found), "about it")

    async def _learn(self, found: Found) -> None:
        """Find out about the title itself; what is known then may change every judgement."""
        subject, wanted = await self._hands.about(self.wanted, found)
        if subject is not None:
            self._subject = await self._hands.picture(subject)
        if wanted != self.wanted:
            await self.again(replace(self.frame, wanted=wanted))
        else:
            self._pulse.ask()

    async def _ask_plugin(self, plugin: str) -> None:
        sources = self._hands.sources
        name = (await sources.names()).get(plugin, plugin)
        self._say(plugin, name, SourcePhase.SEARCHING)
        try:
            found = await sources.of(plugin)
        except AppError as error:
            self._say(plugin, name, SourcePhase.FAILED, error=error)
            return
        if [source.key for source in found] != [plugin]:
            del self._states[plugin]
        for source in found:
            self._consider(source, plugin)
        self._pulse.ask()

    def _consider(self, source: Source, plugin: str) -> None:
        """Ask a source, unless it has answered today, holds no such thing, or rests."""
        if source.key in self._kept:
            self._say_answered(source.key, self._kept[source.key], 0.0)
            return
        rest = self._hands.sources.resting(source)
        if source.addresses != self.wanted.address:
            self._states.pop(source.key, None)  # it has nothing to do with this search
        elif not self.wanted.address and not source.holds(self.wanted.work):
            self._say(source.key, source.name, SourcePhase.SKIPPED)
        elif rest is not None:
            state = SourceState(
                source.key, source.name, SourcePhase.RESTING, reason=rest.reason,
                args=rest.args, until=rest.until,
            )  # fmt: skip
            self._states[source.key] = state
        else:
            self._begin_source(source, plugin)

    def _begin_source(self, source: Source, plugin: str) -> None:
        self._say(source.key, source.name, SourcePhase.SEARCHING, slow=source.slow)
        key = f"{plugin}: {source.key}"
        self._pending.add(key)
        if source.slow:
            self.frame = replace(self.frame, slow_sources=self.frame.slow_sources | {source.key})
        else:
            self._waiting.add(key)
        self._spawn(key, partial(self._ask_source, source))

    async def _ask_source(self, source: Source) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(source.patience + MARGIN):
                hits = await self._hands.sources.ask(source, question_of(self.wanted))
        except TimeoutError:
            error: AppError = AppError("errors.plugin_slow", plugin=source.name)
            self._fail(source, error, loop.time() - began)
            return
        except AppError as error:
            self._fail(source, error, loop.time() - began)
            return
        seconds, hits = loop.time() - began, hits[:MOST_HITS]
        pairs: list[tuple[Offer, Release]] = []
        first = 0 if self._folder.count() else FIRST_ROWS  # somebody waits for the very first rows
        for portion in filter(None, (hits[:first], hits[first:])):
            read = await self._read(portion, source)
            pairs += read
            await self._take(read)
        answer = Answer(source.name, self._hands.clock(), tuple(pairs))
        self._answers[source.key] = answer
        self._say_answered(source.key, answer, seconds)

    async def _read(self, hits: Sequence[Hit], source: Source) -> list[tuple[Offer, Release]]:
        found = offers_of(hits, source.key, source.name)
        releases = await self._hands.reader.read([offer.name for offer, _hit in found])
        return [
            (offer, complete(release, hit))
            for (offer, hit), release in zip(found, releases, strict=True)
        ]

    # Taking in.

    async def _take(self, pairs: Pairs) -> None:
        async with self._turn:
            judged = await assess(self.frame, pairs, self._hands.clock())
            self._folder.add(judged)
        if self._folder.count() > MANY_ROWS:
            self._pulse.seconds = SLOW_PULSE
        self._pulse.ask()

    def _say(
        self,
        key: str,
        name: str,
        phase: SourcePhase,
        *,
        found: int = 0,
        seconds: float = 0.0,
        slow: bool = False,
        error: AppError | None = None,
    ) -> None:
        self._states[key] = SourceState(
            key, name, phase, found, seconds, slow,
            reason=error.key if error is not None else "",
            args=error.args_map if error is not None else {},
        )  # fmt: skip
        self._pulse.ask()

    def _say_answered(self, key: str, answer: Answer, seconds: float) -> None:
        phase = SourcePhase.FOUND if answer.offers else SourcePhase.NOTHING
        self._say(key, answer.name, phase, found=len(answer.offers), seconds=seconds)

    def _fail(self, source: Source, error: AppError, seconds: float) -> None:
        rest = self._hands.sources.resting(source)
        self._states[source.key] = SourceState(
            source.key, source.name, SourcePhase.FAILED, 0, seconds, source.slow, error.key,
            error.args_map, rest.until if rest is not None else None,
        )  # fmt: skip
        self._pulse.ask()

    async def _over(self, key: str) -> None:
        """One has ended; when it was the last that is waited for, the search is done."""
        self._waiting.discard(key)
        self._pending.discard(key)
        if not self._waiting and not self.done.is_set():
            self._ended = asyncio.get_running_loop().time()
            self.done.set()
            if self._subject is None and not self.wanted.address:
                self._subject = from_results(self.wanted, self._folder.results())
            self._tasks.spawn(self._settle(), "settle")
            self._keep()
        if not self._pending and not self.complete.is_set():
            self.complete.set()
            self._keep()
        if self.done.is_set():
            self._pulse.now()

    def _keep(self) -> None:
        if self._answers.keys() != self._kept.keys():
            self._tasks.spawn(self._hands.keep(self.wanted, dict(self._answers)), "keep")

    async def _settle(self) -> None:
        """What can wait until the quick sources have answered: the picture, and the judge."""
        if self._subject is not None and self._subject.picture is None:
            self._subject = await self._hands.picture(self._subject)
            self._pulse.ask()
        open_ones = [row.best for row in self._folder.results()]
        frame = await self._hands.judge(self.frame, open_ones)
        if frame is not self.frame:
            await self.again(frame)


def question_of(wanted: Wanted) -> SearchQuestion:
    """The question in the words of the plugin door."""
    return SearchQuestion(
        text=wanted.title,
        work=wanted.work,
        year=wanted.year,
        season=wanted.season,
        episode=wanted.episode,
        languages=wanted.languages,
        typed=wanted.typed,
    )
