"""A search service in memory: what is found is said by the test, a step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.api.searching import HitKind, Stream
from app.domain.errors import AppError
from app.domain.events import SearchChanged, WishesChanged
from app.domain.release import parse
from app.domain.search import (
    Decider,
    Doubt,
    Fit,
    Judged,
    Offer,
    Result,
    ResultId,
    Score,
    ScorePart,
    SearchId,
    SearchView,
    SourcePhase,
    SourceState,
    StartGuess,
    StartKind,
    Subject,
    Verdict,
    Wanted,
)
from app.domain.wishes import KeptSearch, KeptThings, Wish, WishKind
from app.infra.torrent_lists import TorrentFile
from app.runtime.bus import EventBus
from app.services.playback.request import Ticket
from app.services.search.torrents import Contents


def found(number: int, name: str = "", score: int = 80, **changes: Any) -> Result:
    """One row that plays at once; `changes` are fields of its offer, its judgement, or both."""
    name = name or f"Film.{number}.1968.1080p.WEB.x264-GRP"
    given: dict[str, Any] = {
        "source": "archive", "source_name": "Internet Archive", "kind": HitKind.FILE,
        "name": name, "link": f"https://a.example/{number}.mp4", "size": 2_000_000_000,
    }  # fmt: skip
    judged: dict[str, Any] = {
        "verdict": Verdict(Fit.EXACT, "search.fit.title_year"),
        "score": Score(score, (ScorePart("title", 20, 20, "search.fit.title_year"),)),
        "start": StartGuess(StartKind.AT_ONCE),
    }
    for key, value in changes.items():
        (judged if key in ("verdict", "score", "start", "suspicion") else given)[key] = value
    return Result(ResultId(number), (Judged(Offer(**given), parse(name), **judged),))


def wrong(number: int, year: int = 1990) -> Result:
    """A row that is certainly another film."""
    verdict = Verdict(
        Fit.WRONG, "search.fit.other_year", {"year": year}, Decider.RULE, True, Doubt.OTHER_YEAR
    )
    return found(number, f"Film.{number}.{year}.1080p.WEB.x264-GRP", 20, verdict=verdict)


def torrent(number: int, score: int = 90, start: StartGuess | None = None) -> Result:
    """A torrent; without an engine it cannot start."""
    never = StartGuess(StartKind.NEVER, reason="search.start.no_torrents")
    return found(
        number, score=score, kind=HitKind.TORRENT, seeders=12, start=start or never,
        link=f"magnet:?xt=urn:btih:{number:040x}",
    )  # fmt: skip


def source(key: str, phase: SourcePhase, **more: Any) -> SourceState:
    """What a source says."""
    return SourceState(key, key.title(), phase, **more)


class FakeKeeper:
    """Keeps everything in memory."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self.things = KeptThings()

    async def everything(self) -> KeptThings:
        return self.things

    async def forget_recent(self, kept: KeptSearch | None = None) -> list[KeptSearch]:
        gone = [one for one in self.things.recent if kept in (None, one)]
        left = tuple(one for one in self.things.recent if one not in gone)
        self._change(recent=left)
        return gone

    async def restore_recent(self, gone: Sequence[KeptSearch]) -> None:
        self._change(recent=(*gone, *self.things.recent))

    async def save(self, typed: str) -> None:
        self._change(saved=(KeptSearch(typed, typed, 1.0), *self.things.saved))

    async def unsave(self, typed: str) -> None:
        self._change(saved=tuple(one for one in self.things.saved if one.typed != typed))

    async def add(self, kind: WishKind, typed: str, subject: Subject | None = None) -> Wish:
        number = len(self.things.watchlist) + len(self.things.followed) + 1
        wish = Wish(number, kind, typed, subject.title if subject else typed, typed)
        self._put(wish, add=True)
        return wish

    async def remove(self, wish: Wish) -> None:
        self._put(wish, add=False)

    async def restore(self, wish: Wish) -> None:
        self._put(wish, add=True)

    def _put(self, wish: Wish, *, add: bool) -> None:
        name = "watchlist" if wish.kind is WishKind.WATCH else "followed"
        left = tuple(one for one in getattr(self.things, name) if one.id != wish.id)
        self._change(**{name: (wish, *left) if add else left})

    def _change(self, **fields: Any) -> None:
        self.things = replace(self.things, **fields)
        self._bus.publish(WishesChanged())


class FakeSearch:
    """Begins searches; `answer()` tells what was found."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self.kept = FakeKeeper(bus)
        self.asked: list[tuple[str, bool]] = []
        self.closed: list[int] = []
        self.retried: list[str] = []
        self.played: list[tuple[int | None, int]] = []
        self.chosen: list[tuple[int, bool | None]] = []
        self.error: AppError | None = None
        self.view = SearchView(SearchId(0), "", Wanted("", ""))
        self.inside = Contents((TorrentFile("Film/film.mkv", 2_000_000_000),))

    async def search(self, typed: str, *, fresh: bool = False) -> SearchView:
        if self.error is not None:
            raise self.error
        self.asked.append((typed, fresh))
        number = SearchId(len(self.asked))
        self.view = SearchView(
            number, typed, Wanted(typed, typed),
            sources=(source("archive", SourcePhase.SEARCHING),),
        )  # fmt: skip
        return self.view

    def answer(self, *results: Result, done: bool = True, **fields: Any) -> None:
        """These results are there now, the best first."""
        ordered = tuple(sorted(results, key=lambda row: -row.score))
        self.view = replace(self.view, results=ordered, done=done, complete=done, **fields)
        self._bus.publish(SearchChanged(self.view))

    async def close(self, search: SearchId) -> None:
        self.closed.append(search)

    async def retry(self, search: SearchId, source: str) -> None:
        self.retried.append(source)

    async def choose(self, search: SearchId, result: ResultId, right: bool | None) -> None:
        self.chosen.append((result, right))

    async def play(self, search: SearchId, result: ResultId | None = None, part: int = 0) -> Ticket:
        if self.error is not None:
            raise self.error
        self.played.append((result, part))
        return Ticket(77)

    async def contents(self, search: SearchId, result: ResultId) -> Contents:
        if self.error is not None:
            raise self.error
        return self.inside

    async def parts(self, search: SearchId, result: ResultId) -> tuple[Stream, ...]:
        return tuple(
            Stream(f"https://a.example/{part}", HitKind.FILE, f"Chapter {part}", part=part)
            for part in (1, 2, 3)
        )
