"""One renderer that is played on or watched: what it is told, and how it stands."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from logging import Logger

from app.api import (
    AppError,
    CastMedia,
    CastOrder,
    CastPlayer,
    CastState,
    Unavailable,
    Unsupported,
)
from plugins.dlna.didl import metadata
from plugins.dlna.discovery import Discovery, Found
from plugins.dlna.events import Listeners
from plugins.dlna.link import LASTS, SOUND, TRANSPORT, Link
from plugins.dlna.parsers import read_clock, write_clock
from plugins.dlna.playback import OVER, RUNS, Playback, Reading

QUICK, USUAL, IDLE_PACE, GONE_PACE = 0.2, 0.8, 5.0, 1.5
"""Seconds between two questions: while it begins, plays, rests, does not answer."""
QUICK_FOR = 12.0
POLL_PATIENCE = 4.0
ACTS_WITHIN = 25.0
GETS_READY_WITHIN = 5.0
PUT_TRIES = 3
MISSES = 2
SOUND_EVERY = 8.0
SEEK_TRIES = 3
SEEK_LANDS_WITHIN = 3.0
SEEK_MISSES_BY = 15.0


@dataclass(slots=True)
class _Start:
    """Where it is to begin, and how often it was told so."""

    seconds: float
    tries: int = 0
    told: float = 0.0


class Renderer(CastPlayer):
    """Watches a renderer from its making to `close`."""

    def __init__(
        self, discovery: Discovery, found: Found, listeners: Listeners, log: Logger
    ) -> None:
        self._playback = Playback()
        super().__init__(found.device, self._playback, log)
        self._discovery = discovery
        self._found = found
        self._listeners = listeners
        self._link: Link | None = None
        self._start: _Start | None = None
        self._misses = 0
        self._sound_at = 0.0
        self._subscribed_at = 0.0
        self._begun_at = 0.0

    async def load(self, media: CastMedia) -> None:
        """Let it play something; returns when it has taken it."""
        async with self._turn:
            link = await self._linked()
            await self._clear(link)
            self._playback.loads(media, time.monotonic())
            self._begun_at = time.monotonic()
            self._start = _Start(media.start) if media.start >= 1 else None
            self._note()
            try:
                await self._put(link, media)
            except AppError as error:
                self._start = None
                self._playback.fails(error.key, **error.args_map)
                self._note()
                raise
        self._wake.set()

    async def order(self, order: CastOrder, value: float) -> None:
        """Tell it something."""
        async with self._turn:
            await self._linked()
            match order:
                case CastOrder.PLAY:
                    await self._act("Play", Speed="1")
                case CastOrder.PAUSE:
                    await self._act("Pause")
                case CastOrder.STOP:
                    self._start = None
                    self._playback.stops()
                    await self._act("Stop")
                case CastOrder.SEEK:
                    await self._seek(value)
                    self._start = None
                case CastOrder.VOLUME:
                    await self._set_volume(value)
                case CastOrder.MUTE:
                    await self._sound("SetMute", DesiredMute=bool(value))
                    self._muted = bool(value)
                case CastOrder.SUBTITLE:
                    name = self._device.name
                    raise Unsupported("errors.cast_cannot", device=name, action=order.value)
        self._begun_at = time.monotonic()
        self._note()
        self._wake.set()

    # ------------------------------------------------------------------------- what it is told

    async def _linked(self) -> Link:
        """Return the connection, made when there is none; raises as `Link.open`."""
        await self._connect_and_watch()
        assert self._link is not None
        return self._link

    async def _connect(self) -> None:
        if self._link is None:
            await self._open()
            await self._poll()
            self._note()

    async def _open(self) -> None:
        self._found = self._discovery.get(self._device.id) or self._found
        self._device = self._found.device
        link = Link(self._found)
        try:
            await link.open()
            listener = await self._listeners.at(self._device.way)
            await link.subscribe(listener, self._wake.set)
        except BaseException as error:  # when we are told to end, too
            await link.close()
            if isinstance(error, OSError):
                name = self._device.name
                raise Unavailable("errors.cast_no_answer", device=name) from error
            raise
        self._subscribed_at = time.monotonic()
        self._link = link

    async def _act(self, action: str, **args: object) -> None:
        assert self._link is not None
        await self._link.call(TRANSPORT, action, ACTS_WITHIN, **args)

    async def _put(self, link: Link, media: CastMedia) -> None:
        """Give it a film and let it play; once more when it was still busy with the last one."""
        for attempt in range(PUT_TRIES):
            try:
                await self._act(
                    "SetAVTransportURI", CurrentURI=media.url, CurrentURIMetaData=metadata(media)
                )
                await self._ready(link)
                await self._act("Play", Speed="1")
            except Unavailable as error:
                if error.key != "errors.cast_busy" or attempt == PUT_TRIES - 1:
                    raise
                await asyncio.sleep(QUICK)
            else:
                return

    async def _sound(self, action: str, **args: object) -> dict[str, str]:
        assert self._link is not None
        return await self._link.call(SOUND, action, POLL_PATIENCE, Channel="Master", **args)

    async def _set_volume(self, value: float) -> None:
        assert self._link is not None
        most = self._link.most("Volume")
        level = round(min(max(value, 0.0), 1.0) * most)
        await self._sound("SetVolume", DesiredVolume=level)
        self._volume = level / most

    async def _clear(self, link: Link) -> None:
        """Stop what plays there: some refuse another film while one runs."""
        told = await link.call(TRANSPORT, "GetTransportInfo")
        if told.get("CurrentTransportState") in RUNS | {"PAUSED_PLAYBACK"}:
            self._playback.stops()
            try:
                await self._act("Stop")
            except Unsupported as error:
                self._log.info("%s did not stop: %s", self._device.name, error)

    async def _ready(self, link: Link) -> None:
        """Wait until it has looked at what it was sent."""
        ends = time.monotonic() + GETS_READY_WITHIN
        while time.monotonic() < ends:
            told = await link.call(TRANSPORT, "GetTransportInfo")
            if told.get("CurrentTransportState") != "TRANSITIONING":
                return
            await asyncio.sleep(0.1)

    async def _seek(self, seconds: float) -> None:
        await self._act("Seek", Unit="REL_TIME", Target=write_clock(seconds))
        self._playback.jumps(float(int(seconds)), time.monotonic())

    # ------------------------------------------------------------------------- how it stands

    async def _look(self) -> None:
        if self._link is None:
            await self._open()
            if self._gone:
                self._log.info("%s is back", self._device.name)
        assert self._link is not None
        await self._poll()
        if time.monotonic() - self._subscribed_at > LASTS.total_seconds() / 2:
            self._subscribed_at = time.monotonic()
            listener = await self._listeners.at(self._device.way)
            await self._link.subscribe(listener, self._wake.set)
        await self._begin_where_wanted()

    def _pause(self) -> float:
        if self._gone:
            return GONE_PACE
        if self._misses:
            return QUICK
        if self._playback.state in OVER:
            return IDLE_PACE
        fresh = time.monotonic() - self._begun_at < QUICK_FOR
        waits = self._playback.state is CastState.LOADING
        return QUICK if waits and fresh else USUAL

    async def _poll(self) -> None:
        link = self._link
        assert link is not None
        info = await link.call(TRANSPORT, "GetTransportInfo", POLL_PATIENCE)
        where: dict[str, str] = {}
        if info.get("CurrentTransportState") != "NO_MEDIA_PRESENT":
            where = await link.call(TRANSPORT, "GetPositionInfo", POLL_PATIENCE)
        now = time.monotonic()
        if now - self._sound_at > SOUND_EVERY or self._wake.is_set():
            await self._poll_sound()
        if self._gone and not where.get("TrackURI"):
            self._playback.forgets()
        self._gone, self._misses = False, 0
        reading = Reading(
            at=now,
            transport=info.get("CurrentTransportState", ""),
            trouble=info.get("CurrentTransportStatus") == "ERROR_OCCURRED",
            url=where.get("TrackURI", "").strip(),
            position=read_clock(where.get("RelTime")),
            duration=read_clock(where.get("TrackDuration")) or None,
        )
        self._playback.read(reading)

    async def _poll_sound(self) -> None:
        self._sound_at = time.monotonic()
        assert self._link is not None
        try:
            told = await self._sound("GetVolume")
            self._volume = float(told["CurrentVolume"]) / self._link.most("Volume")
            told = await self._sound("GetMute")
            self._muted = told["CurrentMute"].strip().lower() in ("1", "true", "yes")
        except (Unsupported, KeyError, ValueError):
            return  # it has no volume to set

    async def _begin_where_wanted(self) -> None:
        """Go to the second it is to begin at, once it runs, and see that it lands there."""
        start, now = self._start, time.monotonic()
        running = self._playback.state in (CastState.LOADING, CastState.PLAYING)
        if start is None or not running or not self._playback.runs:
            return
        landed = abs(self._playback.position(now) - start.seconds) < SEEK_MISSES_BY
        if start.tries and self._playback.state is CastState.PLAYING and landed:
            self._start = None
        elif start.tries >= SEEK_TRIES:
            self._log.warning("%s does not go to where it is to begin", self._device.name)
            self._start = None
        elif now - start.told > SEEK_LANDS_WITHIN:
            start.tries, start.told = start.tries + 1, now
            try:
                await self._seek(start.seconds)
            except Unsupported as error:
                self._log.info("%s does not seek yet: %s", self._device.name, error)

    async def _missed(self, error: AppError) -> None:
        self._misses += 1
        if self._misses < MISSES or self._gone:
            await self._disconnect()
            return
        self._log.info("%s does not answer any more: %s", self._device.name, error)
        self._gone = True
        self._discovery.doubt(self._device.id)
        await self._disconnect()

    async def _disconnect(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.close()
