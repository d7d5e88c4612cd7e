"""One Chromecast that is played on or watched: what it is told, and how it stands."""

from __future__ import annotations

import time
from logging import Logger

from app.api import (
    AppError,
    CastDevice,
    CastMedia,
    CastOrder,
    CastPlayer,
    Unavailable,
    Unsupported,
)
from plugins.chromecast.client import Client
from plugins.chromecast.discovery import Discovery
from plugins.chromecast.parsers import load_message
from plugins.chromecast.playback import OVER, Playback, Reading

PACE = 5.0
GONE_PACE = 1.5


class Receiver(CastPlayer):
    """Watches a Chromecast from its making to `close`."""

    def __init__(self, discovery: Discovery, device: CastDevice, log: Logger) -> None:
        self._playback = Playback()
        super().__init__(device, self._playback, log)
        self._discovery = discovery
        self._client: Client | None = None

    async def load(self, media: CastMedia) -> None:
        """Let it play something; returns when it has taken it."""
        async with self._turn:
            client = await self._connected()
            self._playback.loads(media, time.monotonic())
            self._note()
            try:
                await client.load(load_message(media))
            except AppError as error:
                self._playback.fails(error.key, **error.args_map)
                raise
            finally:
                self._note()

    async def order(self, order: CastOrder, value: float) -> None:
        """Tell it something."""
        async with self._turn:
            client = await self._connected()
            match order:
                case CastOrder.PLAY | CastOrder.PAUSE:
                    await client.send({"type": order.name})
                case CastOrder.SEEK:
                    await client.send({"type": "SEEK", "currentTime": value})
                case CastOrder.STOP:
                    await self._stop(client)
                case CastOrder.VOLUME:
                    await client.set_volume(min(max(value, 0.0), 1.0))
                case CastOrder.MUTE:
                    await client.mute(bool(value))
                case CastOrder.SUBTITLE:
                    active = [int(value) + 1] if value >= 0 else []
                    await client.send({"type": "EDIT_TRACKS_INFO", "activeTrackIds": active})
        self._note()

    async def _stop(self, client: Client) -> None:
        self._playback.stops()
        try:
            await client.send({"type": "STOP"})
        except Unsupported:
            self._log.debug("Nothing played on %s", self._device.name)
        await client.quit()

    async def _connected(self) -> Client:
        await self._connect_and_watch()
        assert self._client is not None
        return self._client

    async def _connect(self) -> None:
        if self._client is None:
            await self._open()

    async def _open(self) -> None:
        found = self._discovery.get(self._device.id)
        if self._gone and found is None:
            raise Unavailable("errors.cast_no_answer", device=self._device.name)
        self._device = found or self._device
        client = Client(self._device, self._heard, lambda: self._lost(client))
        try:
            await client.open()
        except BaseException:
            await client.close()
            raise
        self._client = client
        if self._gone:
            self._log.info("%s is back", self._device.name)
            self._gone = False
        self._note()

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _look(self) -> None:
        if self._gone:
            async with self._turn:
                await self._disconnect()
                await self._open()
        elif self._client is not None and self._playback.state not in OVER:
            await self._client.refresh()

    async def _missed(self, error: AppError) -> None:
        self._log.debug("%s: %s", self._device.name, error)

    def _pause(self) -> float:
        return GONE_PACE if self._gone else PACE

    def _heard(self, reading: Reading) -> None:
        self._playback.read(reading)
        if reading.volume is not None:
            self._volume, self._muted = reading.volume, reading.muted
        self._note()

    def _lost(self, client: Client) -> None:
        """The connection broke: on the loop, told by the device's thread."""
        if client is not self._client or self._gone:
            return
        self._log.info("%s does not answer any more", self._device.name)
        self._gone = True
        self._playback.breaks_off()
        self._discovery.doubt(self._device.id)
        self._note()
        self._wake.set()
