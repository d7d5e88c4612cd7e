"""Who looks into the library: devices are written down, the owner is asked, tokens end."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound
from app.domain.events import NoticeLevel, NoticeRaised
from app.domain.media import FolderId
from app.domain.media_server import Guest, GuestId, Sharing
from app.domain.text import clean
from app.runtime.bus import EventBus
from app.services.media_server.store import MediaServerStore, Visit

STAY: Final = 12 * 3600.0
"""Seconds for which an address of a film stays good after the guest was last seen."""
MOST_STRANGERS: Final = 20
"""So many devices may wait for the owner's answer; those beyond are not written down."""
_NOTED: Final = 3600.0
"""Seconds after which it is written down again that a guest is still there."""
_LOOK: Final = 20.0
_ARP: Final = Path("/proc/net/arp")
_MAC: Final = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}\Z")
_NAMED: Final = (
    # What is in a User-Agent, and what people call such a device.
    ("SEC_HHP_[TV] ", ""), ("SEC_HHP_", "Samsung"), ("SAMSUNG", "Samsung"), ("LG", "LG"),
    ("webOS", "LG"), ("BRAVIA", "Sony BRAVIA"), ("PLAYSTATION 3", "PlayStation 3"),
    ("PlayStation 4", "PlayStation 4"), ("Xbox", "Xbox"), ("Kodi", "Kodi"), ("VLC", "VLC"),
    ("Philips", "Philips"), ("Panasonic", "Panasonic"), ("Roku", "Roku"),
    ("Microsoft-Windows", "Windows"), ("GUPnP", "GUPnP"),
)  # fmt: skip


def hardware_address(address: str) -> str:
    """The hardware address of a neighbour, as the system knows it; empty when it does not."""
    try:
        lines = _ARP.read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return ""
    for line in lines:
        words = line.split()
        if len(words) > 3 and words[0] == address:
            found = words[3].lower()
            good = _MAC.match(found) and found != "00:00:00:00:00:00"
            return found if good else ""
    return ""


def name_of(agent: str, address: str) -> str:
    """What to call a device by what it says of itself."""
    for mark, name in _NAMED:
        start = agent.find(mark)
        if start >= 0:
            own = name or agent[start + len(mark) :].split("/")[0]
            return clean(own.strip())[:60] or address
    first = clean(agent.split("/")[0].split(" ")[0].strip())[:60]
    return first or address


class GuestBook:
    """All devices that were met. Lives on the service loop."""

    def __init__(
        self,
        store: MediaServerStore,
        bus: EventBus,
        wishes: Callable[[], Sharing],
        *,
        clock: Callable[[], float] = time.time,
        hardware: Callable[[str], str] = hardware_address,
    ) -> None:
        self._store = store
        self._bus = bus
        self._wishes = wishes
        self._clock = clock
        self._hardware = hardware
        self._visits: dict[GuestId, Visit] = {}
        self._known: dict[str, tuple[float, GuestId]] = {}  # by address, looked up when
        self._noted: dict[GuestId, float] = {}
        self._turn = asyncio.Lock()

    async def load(self) -> None:
        """Read who was met before."""
        self._visits = {visit.guest.id: visit for visit in await self._store.visits()}

    def guests(self) -> tuple[Guest, ...]:
        """All of them, who waits for an answer first, then the latest."""
        told = [visit.guest for visit in self._visits.values()]
        return tuple(sorted(told, key=lambda one: (one.allowed is not None, -one.seen_at)))

    async def meet(self, address: str, agent: str) -> Visit | None:
        """Whoever asks from an address; written down, and told to the owner, the first time.

        None when it may not look. The visit that is given has a token that is good.
        """
        known = self._visits.get(self._id_at(address))
        if known is None:
            await self._welcome(address, clean(agent)[:200])
            known = self._visits.get(self._id_at(address))
        if known is None or not self._may(known.guest):
            return None
        return await self._stay(known, address)

    def holding(self, token: str, address: str) -> Visit | None:
        """Whose token this is, if it is good and asked for from its own device."""
        for visit in self._visits.values():
            if visit.token and secrets.compare_digest(visit.token.encode(), token.encode()):
                own = visit.guest.address == address and self._id_at(address) == visit.guest.id
                return visit if own and self._clock() < visit.until else None
        return None

    def may(self, guest: Guest) -> bool:
        """Whether a guest may see what is shared with it."""
        return self._may(guest)

    def welcomes(self, address: str) -> bool:
        """Whether the device at an address may look."""
        visit = self._visits.get(self._id_at(address))
        return visit is not None and self._may(visit.guest)

    async def stays(self, visit: Visit) -> None:
        """It plays: its addresses stay good."""
        now = self._visits.get(visit.guest.id)
        if now is not None and now.token == visit.token and self._may(now.guest):
            await self._stay(now, now.guest.address)

    def folders(self, guest: Guest) -> tuple[FolderId, ...] | None:
        """The folders a guest may see; None for all."""
        shared = self._wishes().folders
        if guest.folders is None or shared is None:
            return shared if guest.folders is None else guest.folders
        return tuple(each for each in shared if each in guest.folders)

    async def allow(
        self, guest: GuestId, allowed: bool, folders: tuple[FolderId, ...] | None = None
    ) -> None:
        """The owner's answer. Who is turned away loses its addresses. Raises `NotFound`."""
        async with self._turn:
            visit = self._known_visit(guest).told(allowed=allowed, folders=folders)
            if not allowed:
                visit = Visit(visit.guest)
            await self._put(visit)

    async def forget(self, guest: GuestId) -> None:
        """As if it had never been met: the next time the owner is asked again."""
        async with self._turn:
            self._known_visit(guest)
            del self._visits[guest]
            self._noted.pop(guest, None)
            await self._store.forget(guest)

    def _known_visit(self, guest: GuestId) -> Visit:
        visit = self._visits.get(guest)
        if visit is None:
            raise NotFound("errors.guest_gone")
        return visit

    def _may(self, guest: Guest) -> bool:
        if guest.allowed is None:
            return not self._wishes().ask
        return guest.allowed

    def _id_at(self, address: str) -> GuestId:
        now = time.monotonic()
        known = self._known.get(address)
        if known is not None and now - known[0] < _LOOK:
            return known[1]
        if len(self._known) > 1000:
            self._known.clear()
        found = GuestId(self._hardware(address) or address)
        self._known[address] = (now, found)
        return found

    async def _welcome(self, address: str, agent: str) -> None:
        async with self._turn:
            key = self._id_at(address)
            strangers = sum(1 for each in self._visits.values() if each.guest.allowed is None)
            if key in self._visits or strangers >= MOST_STRANGERS:
                return
            now = self._clock()
            mac = key if _MAC.match(key) else ""
            name = name_of(agent, address)
            guest = Guest(
                id=key, name=name, address=address, mac=mac, agent=agent, met_at=now, seen_at=now
            )
            await self._put(Visit(guest))
        if self._wishes().ask:
            args: dict[str, object] = {"name": name, "address": address, "guest": str(key)}
            self._bus.publish(
                NoticeRaised(NoticeLevel.INFO, "notices.device_asks", args, desktop=True)
            )

    async def _stay(self, visit: Visit, address: str) -> Visit:
        """Let its token be good for longer; written down only now and then."""
        now, key = self._clock(), visit.guest.id
        fresh = bool(visit.token) and now < visit.until
        token = visit.token if fresh else secrets.token_urlsafe(18)
        new = Visit(visit.told(address=address, seen_at=now).guest, token, now + STAY)
        self._visits[key] = new
        moved = visit.guest.address != address
        if not fresh or moved or now - self._noted.get(key, 0.0) > _NOTED:
            self._noted[key] = now
            async with self._turn:
                await self._put(self._visits.get(key, new))
        return new

    async def _put(self, visit: Visit) -> None:
        self._visits[visit.guest.id] = visit
        await self._store.put(visit)
