"""Lays a film ready for one device: its bytes or a conversion, its subtitles, its poster."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.api.casting import CastDevice, CastMedia, CastSubtitle
from app.domain.casting import Device, Protocol, SubtitleTrack
from app.domain.errors import AppError, NotFound, Unavailable
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.conversion import Converter
from app.infra.lan.files import serve_file
from app.infra.lan.interfaces import Interface, way_for
from app.infra.lan.manners import Manner, with_manner
from app.infra.lan.server import LanServer
from app.services.casting.devices import DeviceBook
from app.services.casting.features import features
from app.services.casting.show import Presented, Show
from app.services.casting.subtitles import Letters

if TYPE_CHECKING:
    from app.infra.loopback import Serve

log = logging.getLogger(__name__)

KEPT: Final = 6 * 3600.0
"""Seconds an address stays good after it was last used: somebody pauses, and sleeps."""
PLAYLIST: Final = "application/vnd.apple.mpegurl"
_PICTURES: Final = {"png": "image/png", "webp": "image/webp"}
_ENDINGS: Final = {
    "video/mp4": "mp4", "video/x-matroska": "mkv", "video/x-mkv": "mkv", "video/webm": "webm",
    "video/mp2t": "ts", "video/vnd.dlna.mpeg-tts": "ts", "video/mpeg": "mpg", "audio/mpeg": "mp3",
    "audio/mp4": "m4a", "audio/flac": "flac", PLAYLIST: "m3u8", "application/x-mpegURL": "m3u8",
}  # fmt: skip


class Presenter:
    """Lays films ready. Implements `Presents`; lives on the service loop."""

    def __init__(
        self,
        server: LanServer,
        networks: Callable[[], tuple[Interface, ...]],
        book: DeviceBook,
        converter: Converter,
        letters: Letters,
    ) -> None:
        self._server = server
        self._networks = networks
        self._book = book
        self._converter = converter
        self._letters = letters

    async def present(
        self, device: Device, show: Show, start: float, *, again: str = ""
    ) -> Presented:
        """Lay a film ready, from a second on; `again`: under the address it has already."""
        here = self._book.here(device.id)
        if here is None:
            raise Unavailable("errors.cast_device_away", device=device.name)
        stand = _Stand(self._server, self._way(here), here)
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(stand.clear)
            serve = await self._serve(stack, show, start)
            subtitles, on = await self._subtitles(device, stand, show, start)
            captions = subtitles[on].url if on is not None else ""
            manner = Manner(features=show.plan.features, captions=captions)
            name = "film." + _ENDINGS.get(show.plan.content_type, "bin")
            if show.opened.playlist and not show.plan.converts:
                name = "stream.m3u8"
            url = stand.offer(with_manner(serve, manner), name, again)
            media = _media(show, start, url, subtitles, on, await _poster(stand, show))
            return Presented(media, _offset(show, start), stack.pop_all().aclose)
        raise AssertionError  # the stack lets nothing pass

    def _way(self, device: CastDevice) -> str:
        """The address of ours it fetches from: a second network port, when there is one."""
        way = way_for(device.address, self._networks()) or device.way
        if way not in self._server.addresses:
            raise Unavailable("errors.cast_no_network", device=device.name)
        return way

    async def _serve(self, stack: contextlib.AsyncExitStack, show: Show, start: float) -> Serve:
        opened, plan = show.opened, show.plan
        if not plan.converts:
            if isinstance(opened.source, bytes):
                return await serve_file(opened.source, plan.content_type)
            if opened.serve is None:
                raise NotFound("errors.ticket_gone")
            return opened.serve
        burnt = b""
        if plan.burn is not None and show.facts.subtitles[plan.burn].text:
            burnt = await self._letters.drawn(opened.source, show.facts.subtitles[plan.burn])
        conversion = self._converter.open(Task(opened.source, show.facts, plan, start, burnt))
        stack.push_async_callback(self._converter.close, conversion)
        await conversion.ready()
        return conversion.serve

    async def _subtitles(
        self, device: Device, stand: _Stand, show: Show, start: float
    ) -> tuple[tuple[CastSubtitle, ...], int | None]:
        """Those that are told to the device, and which of them is on.

        A Chromecast gets all that are letters, so that another is a matter of a press; a DLNA
        renderer knows one.
        """
        wanted, facts = show.wish.subtitle, show.facts
        if show.plan.burn is not None:
            return (), None
        cast = device.protocol is Protocol.CHROMECAST
        told = facts.subtitles if cast else ()
        if not cast and wanted is not None:
            told = facts.subtitles[wanted : wanted + 1]
        found: list[CastSubtitle] = []
        on = None
        for track in told:
            if not track.text:
                continue
            if wanted is not None and track is facts.subtitles[wanted]:
                on = len(found)
            found.append(self._subtitle(stand, show, track, cast=cast, start=start))
        return tuple(found), on

    def _subtitle(
        self, stand: _Stand, show: Show, track: SubtitleTrack, *, cast: bool, start: float
    ) -> CastSubtitle:
        """Offer one; it is read from the film when the device asks for it."""
        content_type = "text/vtt" if cast else "application/x-subrip"
        serve = self._letters.serve(show.opened.source, track, vtt=cast, shift=_offset(show, start))
        manner = Manner(features=features(converted=True, shown=True), still=True)
        url = stand.offer(with_manner(serve, manner), "film.vtt" if cast else "film.srt")
        return CastSubtitle(url, content_type, track.language, track.title)


class _Stand:
    """What lies ready for one device, so that all of it can be taken away."""

    def __init__(self, server: LanServer, way: str, device: CastDevice) -> None:
        self._server = server
        self._way = way
        self._device = device
        self._urls: list[str] = []

    def offer(self, serve: Serve, name: str, again: str = "") -> str:
        url = self._server.offer(
            serve, name, way=self._way, device=self._device.address, seconds=KEPT, again=again
        )
        self._urls.append(url)
        return url

    def clear(self) -> None:
        for url in self._urls:
            self._server.withdraw(url)


async def _poster(stand: _Stand, show: Show) -> str:
    picture = show.opened.picture
    if picture is None:
        return ""
    content_type = _PICTURES.get(picture.suffix.lower().lstrip("."), "image/jpeg")
    try:
        serve = await serve_file(bytes(picture), content_type)
    except AppError:
        return ""
    manner = Manner(features=features(converted=False, shown=True), still=True)
    return stand.offer(with_manner(serve, manner), Path(picture).name)


def _offset(show: Show, start: float) -> float:
    """The second of the film its stream begins at: one long stream cannot be sought in."""
    plan = show.plan
    return start if plan.converts and plan.container != "hls" else 0.0


def _media(
    show: Show,
    start: float,
    url: str,
    subtitles: tuple[CastSubtitle, ...],
    on: int | None,
    picture: str,
) -> CastMedia:
    opened, plan, facts = show.opened, show.plan, show.facts
    offset = _offset(show, start)
    seekable = not opened.live and (not plan.converts or plan.container == "hls")
    return CastMedia(
        url=url,
        content_type=plan.content_type,
        title=opened.title,
        caption=opened.caption,
        duration=None if facts.duration is None else facts.duration - offset,
        start=start - offset,
        size=facts.size if not plan.converts else None,
        seekable=seekable,
        live=opened.live,
        sound_only=not facts.video,
        features=plan.features,
        picture=picture,
        subtitles=subtitles,
        subtitle=on,
    )
