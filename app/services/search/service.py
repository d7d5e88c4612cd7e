"""Searching: one box, every source at once, the right film first."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from app.api.capabilities import Capability
from app.api.searching import Stream
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import (
    CacheAsked,
    PluginStateChanged,
    SearchChanged,
    SettingsChanged,
    WishesChanged,
)
from app.domain.score import Device, Rules
from app.domain.search import (
    Judged,
    Result,
    ResultId,
    SearchId,
    SearchView,
    StartKind,
    Subject,
    Wanted,
)
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.pictures import PictureCache
from app.infra.probe import Probe
from app.infra.torrent_lists import TorrentLists
from app.runtime.bus import EventBus, Subscription
from app.runtime.jobs import JobEngine
from app.runtime.supervisor import Supervisor
from app.services.playback.request import Ticket
from app.services.plugins.describe import Describers
from app.services.search.again import read
from app.services.search.assess import Frame, assess_one, fingerprint
from app.services.search.cache import DAY, Answer, AnswerCache
from app.services.search.fetching import Fetchable, fetchable
from app.services.search.following import Follower
from app.services.search.judging import Judge, Judging
from app.services.search.keeping import Keeper
from app.services.search.names import NameReader
from app.services.search.posters import PosterFetcher
from app.services.search.query import identity, read_query
from app.services.search.rules import rules_of
from app.services.search.run import Hands, Run
from app.services.search.sources import SearchPlugins, Sources
from app.services.search.starting import (
    FoundWays,
    Means,
    Player,
    PlaysTorrents,
    Resolvers,
    best_of,
    ways_of,
)
from app.services.search.store import Rest, SearchStore
from app.services.search.subject import Found, Library, ask_about, look_at_home
from app.services.search.subtitles import SubtitleFetcher
from app.services.search.torrents import Contents, TorrentChecker
from app.services.search.wishes import WishStore
from app.services.settings.service import SettingsService

KEPT_RUNS: Final = 12
"""So many searches stay open for going back to them."""
LIBRARY_NAME: Final = ""  # the window says "My library" in its own language


class Plugins(SearchPlugins, Describers, Resolvers, Protocol):
    """What searching asks of plugins."""


class SearchService:
    """Searches, and what the owner keeps of them. All coroutines run on the service loop."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        plugins: Plugins,
        library: Library,
        settings: SettingsService,
        player: Player,
        jobs: JobEngine,
        probe: Probe,
        paths: Paths,
        device: Device,
        judge: Judge | None = None,
        torrents: PlaysTorrents | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bus = bus
        self._plugins = plugins
        self._library = library
        self._settings = settings
        self._clock = clock
        self._store = SearchStore(database)
        self._sources = Sources(plugins, self._store, clock)
        self._reader = NameReader(probe)
        self._cache = AnswerCache(paths.cache / "search", clock, self._asked)
        self._judging = Judging(self._store, clock, judge)
        self._posters = PosterFetcher(
            PictureCache(paths.pictures), probe, paths.cache / "search", self._picture_asked
        )
        self._player = player
        self._subtitles = SubtitleFetcher(paths.cache / "subtitles")
        self._checker = TorrentChecker(TorrentLists(self._interface), plugins)
        self._device, self._torrents = device, torrents
        self._runs: OrderedDict[SearchId, Run] = OrderedDict()
        self._numbers = 0
        self._tasks = Supervisor("search")
        self._subscriptions: list[Subscription] = []
        wishes = WishStore(database)
        self.kept = Keeper(wishes, bus, clock)
        self._follower = Follower(wishes, self._look_once, jobs, bus, clock)

    async def start(self) -> None:
        """Read who rests; nobody is asked before somebody searches."""
        await self._sources.start()
        await self._follower.start()
        await self._store.forget_opinions(self._clock() - 2 * 86_400)
        self._subscriptions = [
            self._bus.on(PluginStateChanged, lambda _event: self._sources.forget_lists()),
            self._bus.on(SettingsChanged, self._on_settings_changed),
            self._bus.on(WishesChanged, self._on_wishes_changed),
        ]

    async def stop(self) -> None:
        """End every search."""
        for subscription in self._subscriptions:
            subscription.close()
        await asyncio.gather(*(run.stop() for run in self._runs.values()))
        await self._tasks.close()
        await self._posters.close()
        await self._checker.close()

    @property
    def resting(self) -> Mapping[str, Rest]:
        """Sources that are not asked now for they failed, by their keys; see `Sources.rests`."""
        return self._sources.rests()

    async def search(self, typed: str, *, fresh: bool = False) -> SearchView:
        """Begin a search and return what is known at once; the rest comes as `SearchChanged`.

        Within a day the same wish is answered from what was kept, and only those who have not
        answered are asked; `fresh` asks everybody. `InvalidInput` when nothing was typed.
        """
        wanted = read_query(typed)
        if not wanted.title:
            raise InvalidInput("errors.search_empty")
        if not wanted.address:
            self._tasks.spawn(self.kept.searched(wanted), "remember")
        if not fresh:
            again = self._reopen(wanted)
            if again is not None:
                return again
        return await self._open(wanted, fresh)

    async def close(self, search: SearchId) -> None:
        """Ask nobody any more for this search; it can still be looked at."""
        run = self._runs.get(search)
        if run is not None and not run.complete.is_set():
            await run.stop()

    async def wait(self, search: SearchId, *, slow: bool = False) -> SearchView:
        """Wait until the quick sources, or all, have answered; returns the search then."""
        run = self._run(search)
        await (run.complete if slow else run.done).wait()
        return run.view()

    async def view(self, search: SearchId) -> SearchView:
        """A search as it stands. `NotFound` when it was too long ago."""
        return self._run(search).view()

    async def retry(self, search: SearchId, source: str) -> None:
        """Ask one source again."""
        await self._run(search).retry(source)

    async def choose(self, search: SearchId, result: ResultId, right: bool | None) -> None:
        """Keep the owner's word on a row: it is the one, it is not, or (None) no longer said."""
        run = self._run(search)
        row = self._row(run, result)
        name = identity(run.wanted)
        for judged in row.judged:
            await self._store.choose(name, fingerprint(judged.offer), right, self._clock())
        if right is not None:
            group = row.best.release.group
            if group:
                await self._store.note_group(group, good=right)
        await run.again(replace(run.frame, choices=await self._store.choices(name)))

    async def play(self, search: SearchId, result: ResultId | None = None, part: int = 0) -> Ticket:
        """Return a ticket for the player: for one row, or for the best that starts soon.

        `NotFound` when nothing can be played. `part` is one of several, where there are.
        """
        run = self._run(search)
        view = run.view()
        places = best_of(view) if result is None else ways_of(self._row(run, result))
        if not places:
            raise NotFound("errors.nothing_to_play")
        means = self._means(run.frame)
        return self._player.register(FoundWays(means, places, view.subject, part))

    async def ticket_of(self, again: str) -> Ticket | None:
        """A new ticket for what played before a restart, judged as things are now.

        `again` is of its `StreamRequest`; None when that tells nothing any more.
        """
        played = read(again)
        if played is None:
            return None
        frame, _kept = await self._prepare(played.wanted, fresh=True)
        judged = assess_one(frame, played.offer, played.release, self._clock())
        if judged.start.kind is StartKind.NEVER:
            return None
        part, subject = played.same.part, played.subject
        ways = FoundWays(self._means(frame), [judged], subject, part, played.same)
        return self._player.register(ways)

    async def contents(self, search: SearchId, result: ResultId) -> Contents:
        """The files of a torrent, before anything of them is fetched, and what is wrong."""
        return await self._checker.contents(self.row(search, result).best)

    async def parts(self, search: SearchId, result: ResultId) -> tuple[Stream, ...]:
        """The parts of a row that has several (chapters, episodes), the first quality of each."""
        offer = self.row(search, result).best.offer
        if not offer.reference:
            return ()
        found = await self._plugins.call(
            offer.plugin, Capability.RESOLVES_STREAM, "resolve", offer.reference
        )
        assert isinstance(found, Sequence)
        firsts: dict[int, Stream] = {}
        for stream in found:
            firsts.setdefault(stream.part, stream)
        return tuple(firsts[part] for part in sorted(firsts) if part > 0)

    async def fetchable(self, search: SearchId, result: ResultId) -> Fetchable:
        """What to download for a row, from its best place that can tell."""
        run = self._run(search)
        return await fetchable(self._plugins, run.frame.rules, self._row(run, result))

    def row(self, search: SearchId, result: ResultId) -> Result:
        """One row of a search. `NotFound` when it is not there any more."""
        return self._row(self._run(search), result)

    # Inside.

    async def _open(self, wanted: Wanted, fresh: bool) -> SearchView:
        frame, kept = await self._prepare(wanted, fresh)
        self._numbers += 1
        run = Run(SearchId(self._numbers), frame, self._hands(), kept)
        self._runs[run.id] = run
        await self._drop_old()
        await run.begin()
        return run.view()

    def _means(self, frame: Frame) -> Means:
        return Means(
            player=self._player,
            plugins=self._plugins,
            bus=self._bus,
            rules=frame.rules,
            subtitles=self._subtitles,
            note=self._note,
            torrents=self._torrents,
            wanted=frame.wanted,
        )

    def _interface(self) -> str:
        """File lists are fetched as downloads are: only by what the owner named."""
        return self._settings.current.downloads.interface.strip()

    def _run(self, search: SearchId) -> Run:
        run = self._runs.get(search)
        if run is None:
            raise NotFound("errors.search_gone")
        return run

    @staticmethod
    def _row(run: Run, result: ResultId) -> Result:
        row = run.result(result)
        if row is None:
            raise NotFound("errors.search_gone")
        return row

    def _reopen(self, wanted: Wanted) -> SearchView | None:
        """The same search, made a moment ago and answered by all."""
        name = identity(wanted)
        for number, run in reversed(self._runs.items()):
            same = identity(run.wanted) == name and run.all_answered()
            if same and run.age() < DAY:
                self._runs.move_to_end(number)
                self._asked(hit=True)
                return run.view()
        return None

    async def _prepare(self, wanted: Wanted, fresh: bool) -> tuple[Frame, Mapping[str, Answer]]:
        name = identity(wanted)
        choices, opinions, groups, kept = await asyncio.gather(
            self._store.choices(name),
            self._judging.remembered(wanted),
            self._store.groups(),
            self._kept(name, fresh or wanted.address),
        )
        frame = Frame(
            wanted=wanted,
            rules=self._rules(wanted),
            device=self._device,
            groups=groups,
            choices=choices,
            opinions=opinions,
            torrents_play=self._torrents is not None,
        )
        return frame, kept

    def _asked(self, hit: bool) -> None:
        self._bus.publish(CacheAsked("search", hit))

    def _picture_asked(self, hit: bool) -> None:
        self._bus.publish(CacheAsked("pictures", hit))

    async def _kept(self, name: str, fresh: bool) -> Mapping[str, Answer]:
        return {} if fresh else await self._cache.get(name)

    def _rules(self, wanted: Wanted) -> Rules:
        return rules_of(self._settings.current.search, wanted)

    def _hands(self) -> Hands:
        return Hands(
            sources=self._sources,
            reader=self._reader,
            clock=self._clock,
            publish=lambda view: self._bus.publish(SearchChanged(view)),
            at_home=lambda wanted: look_at_home(self._library, wanted, LIBRARY_NAME),
            about=self._about,
            judge=self._judging.consult,
            keep=self._keep,
            picture=self._posters.with_picture,
        )

    def _keep(
        self, wanted: Wanted, answers: Mapping[str, Answer]
    ) -> Coroutine[object, object, None]:
        """An address is asked for anew each time, and may hold a login: it is not kept."""
        return self._cache.put(identity(wanted), {} if wanted.address else answers)

    async def _about(self, wanted: Wanted, found: Found) -> tuple[Subject | None, Wanted]:
        language = self._settings.current.look.language
        spoken = "en" if language == "auto" else language
        return await ask_about(self._library, self._plugins, wanted, found.card, spoken)

    async def _note(self, place: Judged, good: bool) -> None:
        """Remember how a group's release turned out."""
        if place.release.group:
            await self._store.note_group(place.release.group, good=good)

    async def _look_once(self, typed: str) -> SearchView:
        """Search anew in the background, without a trace among the owner's own searches."""
        view = await self._open(read_query(typed), fresh=True)
        run = self._run(view.id)
        await run.done.wait()
        found = run.view()
        self._runs.pop(view.id, None)
        self._tasks.spawn(run.finish(), "finish")
        return found

    async def _drop_old(self) -> None:
        while len(self._runs) > KEPT_RUNS:
            _number, run = self._runs.popitem(last=False)
            await run.stop()

    def _on_wishes_changed(self, _event: WishesChanged) -> None:
        self._tasks.spawn(self._follower.keep_timetable(), "timetable")

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        if event.section == "search":
            for run in self._runs.values():
                frame = replace(run.frame, rules=self._rules(run.wanted))
                self._tasks.spawn(run.again(frame), "new rules")
        elif event.section == "plugins":
            self._sources.forget_lists()
