"""Who fetches what: the torrent engine, and the connections to web servers."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import replace

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Vpn
from app.domain.errors import Unavailable
from app.domain.settings_sections import Downloads
from app.infra.fetch.part import keep_free
from app.infra.fetch.throttle import Throttle
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.settings import Encryption, EngineSettings
from app.services.downloads.links import Link
from app.services.downloads.loads import Found, Load
from app.services.downloads.run import GIGABYTE
from app.services.downloads.store import Record
from app.services.downloads.torrent_loads import TorrentLoad
from app.services.downloads.web_loads import FileLoad, StreamLoad


class Engines:
    """Makes loads, and keeps all of them within the limits."""

    def __init__(self, torrents: TorrentEngine, wishes: Callable[[], Downloads]) -> None:
        self._torrents = torrents
        self._wishes = wishes
        self._throttle = Throttle()
        self._settings = settings_of(wishes())

    async def start(self) -> None:
        """Watch the interface, if one is named; else nothing starts before the first torrent."""
        if self._settings.interface:
            await self._torrents.start()

    async def stop(self) -> None:
        """Close everything."""
        await self._torrents.close()

    async def apply(self) -> None:
        """Take on what the owner changed."""
        told = settings_of(self._wishes())
        self._settings = replace(
            told, down_limit=self._settings.down_limit, up_limit=self._settings.up_limit
        )
        await self._torrents.apply(self._settings)
        await self.start()

    async def limit(self, down: int, up: int, torrents: int, others: int) -> None:
        """Keep all together below so many bytes a second; each kind by how many it loads."""
        mine, theirs = share(down, torrents, others)
        self._throttle.set_rate(theirs)
        self._settings = replace(self._settings, down_limit=mine, up_limit=up)
        await self._torrents.apply(self._settings)

    def vpn(self) -> Vpn:
        """The interface torrents are bound to, as it is now."""
        return self._torrents.vpn

    @property
    def torrents_alive(self) -> bool | None:
        """Whether the torrent engine runs as it should; None while nobody needed it."""
        return self._torrents.alive

    def on_vpn(self, told: Callable[[], None]) -> None:
        """Be told when the interface goes away or comes back."""
        self._torrents.on_vpn(lambda _vpn: told())

    def make(self, record: Record) -> Load:
        """What fetches a download."""
        if record.kind is DownloadKind.TORRENT:
            return TorrentLoad(record, self._torrents)
        wishes = self._wishes()
        reserve = keep_free(wishes.reserve * GIGABYTE)
        if record.kind is DownloadKind.STREAM:
            return StreamLoad(record, self._throttle, reserve)
        return FileLoad(record, self._throttle, wishes.connections, reserve)

    async def contents(self, link: Link, seconds: float) -> tuple[Found, Link]:
        """What a link holds; the link then also has what need not be asked a second time."""
        if link.kind is DownloadKind.TORRENT:
            return await self._of_torrent(link, seconds)
        load = self.make(record_of(link, b"/"))
        try:
            async with asyncio.timeout(seconds):
                return await load.look(), link
        except TimeoutError as error:
            raise Unavailable("errors.server_slow", host=link.name) from error
        finally:
            await load.close()

    async def _of_torrent(self, link: Link, seconds: float) -> tuple[Found, Link]:
        """Look into a torrent without keeping anything of it."""
        with tempfile.TemporaryDirectory(prefix="sokoul-look-") as folder:
            load = TorrentLoad(record_of(link, os.fsencode(folder)), self._torrents)
            try:
                async with asyncio.timeout(seconds):
                    found = await load.look()
                content = load.content()
                return found, replace(link, content=content or link.content)
            except TimeoutError as error:
                raise Unavailable("errors.torrent_silent", seconds=seconds) from error
            finally:
                await load.discard(files=True)


def record_of(link: Link, folder: bytes) -> Record:
    """A download nobody keeps: only to look what there is."""
    return Record(
        id=DownloadId(f"look{secrets.token_hex(6)}"),
        kind=link.kind,
        link=link.link,
        identity=link.identity,
        name=link.name,
        folder=folder,
        state=DownloadState.LOOKING,
        place=0,
        added_at=0.0,
        content=link.content,
        headers=link.headers,
        own_hosts=link.own_hosts,
    )


def settings_of(wishes: Downloads) -> EngineSettings:
    """The torrent engine's settings."""
    encryption: Encryption = "allow"
    if wishes.encryption in ("require", "off"):
        encryption = "require" if wishes.encryption == "require" else "off"
    return EngineSettings(
        interface=wishes.interface.strip(),
        dht=wishes.find_peers,
        pex=wishes.exchange_peers,
        lsd=wishes.local_peers,
        port_mapping=wishes.open_port,
        encryption=encryption,
    )


def share(limit: int, torrents: int, others: int) -> tuple[int, int]:
    """Split a limit between torrents and the rest; who is alone has all of it. 0 is no limit."""
    if not limit or not torrents or not others:
        return limit, limit
    mine = max(1, limit * torrents // (torrents + others))
    return mine, max(1, limit - mine)
