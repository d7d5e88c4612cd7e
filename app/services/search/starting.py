"""Plays what was found: the best source that starts soon, and the next one when it fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol
from urllib.parse import urlsplit

from app.api.capabilities import Capability
from app.api.searching import Stream
from app.domain.downloads import DownloadFile
from app.domain.errors import AppError, NotFound, Refused, Unsupported
from app.domain.events import StartTried
from app.domain.media import Card, ItemId, MediaKind
from app.domain.score import Rules
from app.domain.search import (
    Doubt,
    Fit,
    HitKind,
    Judged,
    Offer,
    Result,
    SearchView,
    StartKind,
    Subject,
    Suspicion,
    Wanted,
)
from app.runtime.bus import EventBus
from app.services.playback.relay import Relay, Relayed, Remote
from app.services.playback.request import ItemRequest, PlayRequest, StreamRequest, Ticket
from app.services.playback.tickets import Ways
from app.services.search.again import Same, written
from app.services.search.assess import fingerprint
from app.services.search.fakes import ListedFile, check_files
from app.services.search.matching import NEARLY
from app.services.search.subtitles import SubtitleFetcher

log = logging.getLogger(__name__)

SOON: Final = 30.0
"""What starts later than this, in seconds, is not played by itself."""
MOST_TRIED: Final = 8
RESOLVE_SECONDS: Final = 90.0
_KINDS: Final = {"film": MediaKind.FILM, "series": MediaKind.SERIES, "episode": MediaKind.EPISODE}
_ITS_FAULT: Final = frozenset(
    (
        *("errors.torrent_program", "errors.torrent_packed", "errors.torrent_no_video"),
        *("errors.torrent_doubtful", "errors.torrent_broken", "errors.stream_unplayable"),
    )
)
"""What speaks against a release itself, and not against a server that is away today."""
_DOUBTS: Final = {
    Doubt.PROGRAM: "errors.torrent_program",
    Doubt.LOCKED: "errors.torrent_packed",
    Doubt.NO_VIDEO: "errors.torrent_no_video",
}


class Player(Protocol):
    """What is asked of the playback service."""

    relay: Relay

    def register(self, ways: Ways) -> Ticket:
        """Give out a ticket."""

    async def open(self, item: ItemId) -> ItemRequest:
        """Say what to play for an item of the library."""


class Resolvers(Protocol):
    """What is asked of plugins."""

    def own_hosts(self, plugin: str) -> frozenset[str]:
        """Hosts that may lie in the home network."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call one."""


class PlaysTorrents(Protocol):
    """Plays a torrent while it loads."""

    async def begin(
        self,
        link: str,
        content: bytes,
        name: str,
        own_hosts: frozenset[str],
        check: Callable[[Sequence[DownloadFile]], None],
    ) -> Ways:
        """Begin to load it, and say how it plays.

        `check` is told its files before anything of them is fetched, and raises what is wrong
        with them.
        """


@dataclass(frozen=True, slots=True)
class Means:
    """What starting works with."""

    player: Player
    plugins: Resolvers
    bus: EventBus
    rules: Rules
    subtitles: SubtitleFetcher
    note: Callable[[Judged, bool], Awaitable[None]]  # how a release turned out
    torrents: PlaysTorrents | None = None
    wanted: Wanted | None = None  # what was searched; without it nothing is found again


def best_of(view: SearchView) -> list[Judged]:
    """What "play the best" tries, in order: surely the wanted thing, and soon."""
    rows = [row for row in view.results if row.hidden is None]
    sure = [row for row in rows if row.best.verdict.fit in (Fit.EXACT, Fit.LIKELY)]
    if not sure:
        sure = [row for row in rows if row.best.verdict.reason == NEARLY]
    places = [one for row in sure for one in row.judged if one.hidden is None and _can(one)]
    quick = [one for one in places if _is_soon(one)]
    ordered = quick or places
    return sorted(ordered, key=lambda one: -one.score.total)[:MOST_TRIED]


def ways_of(row: Result) -> list[Judged]:
    """What playing one row tries: its best place, then its spare ones."""
    return [one for one in row.judged if _can(one)][:MOST_TRIED]


def _can(one: Judged) -> bool:
    return one.start.kind is not StartKind.NEVER


def _is_soon(one: Judged) -> bool:
    start = one.start
    return start.kind is StartKind.AT_ONCE or (
        start.kind is StartKind.SOON and (start.seconds or 0) <= SOON
    )


class FoundWays:
    """The ways to play something that was found. Implements `Ways`.

    With `same` it is the stream that played before a restart, or none.
    """

    def __init__(
        self,
        means: Means,
        places: Sequence[Judged],
        subject: Subject | None,
        part: int = 0,
        same: Same | None = None,
    ) -> None:
        self._means = means
        self._same = same
        self._places = list(places)
        self._subject = subject
        self._part = part
        self._at = 0
        self._error: AppError | None = None
        self._address = ""
        self._inner: Ways | None = None

    async def open(self) -> PlayRequest:
        """Open the first place that works; each that does not is told as `StartTried`."""
        await self.close()
        while self._at < len(self._places):
            place = self._places[self._at]
            try:
                request = await self._open(place)
            except AppError as error:
                log.info("%s could not be played: %s", place.offer.name, error)
                if error.key in _ITS_FAULT:
                    await self._means.note(place, False)
                await self._leave(place, error)
                continue
            self._address = request.address if isinstance(request, StreamRequest) else ""
            return request
        raise self._error or NotFound("errors.nothing_to_play")

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        """The player could not play this place."""
        if self._at < len(self._places):
            await self._means.note(self._places[self._at], False)
            await self._leave(self._places[self._at], AppError(key, **args))
            await self.close()

    async def close(self) -> None:
        """Let the stream go."""
        address, self._address = self._address, ""
        inner, self._inner = self._inner, None
        if inner is not None:
            await inner.close()
        elif address:
            await self._means.player.relay.close(address)

    async def _leave(self, place: Judged, error: AppError) -> None:
        self._error = error
        self._at += 1
        following = self._places[self._at] if self._at < len(self._places) else None
        self._means.bus.publish(
            StartTried(
                place.offer.source_name,
                error.key,
                error.args_map,
                following.offer.source_name if following is not None else "",
            )
        )

    async def _open(self, place: Judged) -> PlayRequest:
        offer = place.offer
        if offer.item is not None:
            return await self._means.player.open(offer.item)
        streams = await streams_of(self._means.plugins, offer)
        part, qualities = of_part(streams, self._part)
        if self._same is not None:
            qualities = self._same.among(qualities)
        stream = choose(qualities, self._means.rules)
        if stream.protected:
            raise Refused("errors.stream_protected")
        hosts = self._means.plugins.own_hosts(offer.plugin)
        if not offer.reference:  # the owner's own address, or one of a source's answer
            hosts = hosts | typed_host(offer)
        if stream.kind is HitKind.TORRENT:
            return await self._open_torrent(place, stream, hosts)
        relayed = await self._relayed(Remote(stream.url, stream.headers, hosts))
        same = Same(part, stream.height, stream.container, relayed.size, relayed.playlist)
        following = _next_part(streams, part)
        return StreamRequest(
            title=self._title(place),
            caption=_caption(stream, offer),
            card=self._card(place),
            address=relayed.address,
            stream=f"{fingerprint(offer)}#{part}",
            subtitle_files=await self._means.subtitles.fetch(stream, hosts),
            next_ticket=self._following(place, following),
            live=stream.live,
            source=offer.source_name,
            again=self._written(place, same),
        )

    async def _relayed(self, remote: Remote) -> Relayed:
        relay = self._means.player.relay
        relayed = await relay.open(remote)
        if self._same is not None:
            try:
                self._same.require(relayed)
            except NotFound:
                await relay.close(relayed.address)
                raise
        return relayed

    def _written(self, place: Judged, same: Same) -> str:
        wanted = self._means.wanted
        return "" if wanted is None else written(wanted, place, self._subject, same)

    async def _open_torrent(
        self, place: Judged, stream: Stream, hosts: frozenset[str]
    ) -> PlayRequest:
        offer, torrents = place.offer, self._means.torrents
        if torrents is None:
            raise Unsupported("errors.torrents_not_here")

        def check(files: Sequence[DownloadFile]) -> None:
            listed = [ListedFile(file.path, file.size) for file in files]
            require_clean(check_files(listed, offer.name, offer.work))

        self._inner = await torrents.begin(stream.url, stream.content, offer.name, hosts, check)
        request = await self._inner.open()
        return replace(request, title=self._title(place), card=self._card(place))

    def _following(self, place: Judged, part: int | None) -> Ticket | None:
        if part is None:
            return None
        ways = FoundWays(self._means, [place], self._subject, part)
        return self._means.player.register(ways)

    def _title(self, place: Judged) -> str:
        exact = place.verdict.fit in (Fit.EXACT, Fit.LIKELY)
        if self._subject is not None and exact and self._subject.title:
            return self._subject.title
        return place.release.title or place.offer.name

    def _card(self, place: Judged) -> Card:
        """A card for what stands beside the film: no item of the library has the number 0."""
        release, subject = place.release, self._subject
        kind = _KINDS.get(place.offer.work.value if place.offer.work else "", MediaKind.VIDEO)
        return Card(
            id=ItemId(0),
            kind=kind,
            title=self._title(place),
            year=release.year,
            season=release.season,
            episode=release.episode,
            duration=place.offer.duration,
            poster=subject.picture if subject is not None else None,
            resolution=release.resolution,
        )


def require_clean(suspicion: Suspicion | None) -> None:
    """Raise what is certainly wrong with a torrent, by its files."""
    if suspicion is not None and suspicion.certain:
        raise Refused(_DOUBTS.get(suspicion.doubt, "errors.torrent_doubtful"))


async def streams_of(plugins: Resolvers, offer: Offer) -> list[Stream]:
    """What an offer leads to, in all its parts and qualities; asks its source where it must."""
    if not offer.reference:
        kind = offer.kind
        return [Stream(offer.link, kind, offer.name, size=offer.size, height=offer.height)]
    found = await plugins.call(
        offer.plugin,
        Capability.RESOLVES_STREAM,
        "resolve",
        offer.reference,
        patience=RESOLVE_SECONDS,
    )
    assert isinstance(found, Sequence)
    if not found:
        raise NotFound("errors.nothing_to_play")
    return list(found)


def choose(qualities: Sequence[Stream], rules: Rules) -> Stream:
    """The quality to play: the largest picture that is not larger than wanted.

    What plays at once goes before a torrent, and what is open before what is under DRM.
    """
    most = rules.most_height or 2160

    def worth(stream: Stream) -> tuple[bool, bool, bool, int]:
        height = stream.height or 0
        fits = height <= most * 1.05
        return (
            not stream.protected,
            stream.kind is not HitKind.TORRENT,
            fits,
            height if fits else -height,
        )

    return max(qualities, key=worth)


def of_part(streams: Sequence[Stream], wanted: int) -> tuple[int, list[Stream]]:
    """The streams of one part; the first part when none is asked for."""
    parts = sorted({stream.part for stream in streams})
    part = wanted if wanted in parts else next((one for one in parts if one > 0), parts[0])
    found = [stream for stream in streams if stream.part == part]
    return part, found


def _next_part(streams: Sequence[Stream], part: int) -> int | None:
    later = [stream.part for stream in streams if stream.part > part > 0]
    return min(later, default=None)


def typed_host(offer: Offer) -> frozenset[str]:
    """The host of an address the owner typed himself: it may lie in his own network."""
    if offer.plugin != "direct_link":
        return frozenset()
    host = urlsplit(offer.link).hostname
    return frozenset({host}) if host else frozenset()


def _caption(stream: Stream, offer: Offer) -> str:
    parts = [stream.title if stream.part else "", f"{stream.height}p" if stream.height else ""]
    return " \u00b7 ".join(part for part in (*parts, offer.source_name) if part)
