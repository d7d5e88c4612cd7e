"""Looks at the torrent engine, and at the VPN torrents are bound to."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Final

from app.domain.downloads import UNDER_WAY, DownloadKind, DownloadState, VpnState
from app.domain.health import Health, HealthState
from app.services.downloads.service import DownloadsService

ENGINE: Final = "torrents"
VPN: Final = "vpn"
_ACTIVE: Final = (*UNDER_WAY, DownloadState.SEEDING)


class TorrentsCheck:
    """The engine. Lives on the service loop."""

    def __init__(self, downloads: DownloadsService) -> None:
        self._downloads = downloads

    async def look(self) -> Health:
        """Whether it runs, and how many torrents do."""
        alive = self._downloads.torrents_alive
        if alive is False:
            told, mend = "health.torrents.ended", "health.start_anew"
            return Health(ENGINE, HealthState.BAD, told, {}, mend, page="downloads")
        if alive is None:
            if importlib.util.find_spec("libtorrent") is None:
                told, mend = "health.torrents.missing", "health.torrents.missing.mend"
                return Health(ENGINE, HealthState.BAD, told, {}, mend)
            return Health(ENGINE, HealthState.GOOD, "health.torrents.asleep")
        rows = await self._downloads.rows()
        active = sum(one.kind is DownloadKind.TORRENT and one.state in _ACTIVE for one in rows)
        traffic = await self._downloads.traffic_now()
        bound = traffic.vpn.state is VpnState.UP
        told = "health.torrents.bound" if bound else "health.torrents.good"
        return Health(ENGINE, HealthState.GOOD, told, {"count": active, "peers": traffic.peers})


class VpnCheck:
    """The interface; `wished` is the one of the settings."""

    def __init__(self, downloads: DownloadsService, wished: Callable[[], str]) -> None:
        self._downloads = downloads
        self._wished = wished

    async def look(self) -> Health:
        """Whether torrents are bound to something, and whether that is there."""
        vpn = (await self._downloads.traffic_now()).vpn
        wished = self._wished().strip()
        if vpn.state is VpnState.UP:
            return Health(VPN, HealthState.GOOD, "health.vpn.up", {"interface": vpn.interface})
        if vpn.state is VpnState.AWAY:
            return vpn_away(vpn.interface)
        if wished:
            told, mend = "health.vpn.unwatched", "health.start_anew"
            return Health(VPN, HealthState.WARN, told, {"interface": wished}, mend, page="settings")
        return Health(VPN, HealthState.OFF, "health.vpn.off", page="settings")


def vpn_away(interface: str) -> Health:
    """The interface torrents are bound to is not there."""
    told, mend = "health.vpn.away", "health.vpn.away.mend"
    return Health(VPN, HealthState.BAD, told, {"interface": interface}, mend, page="downloads")
