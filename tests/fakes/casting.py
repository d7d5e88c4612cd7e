"""A home of screens that lives in memory: devices come and go, casts play, orders are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.casting import (
    Castable,
    Casting,
    CastStage,
    Device,
    DeviceId,
    Method,
    Offer,
    Plan,
    Protocol,
    SoundTrack,
    SubtitleTrack,
)
from app.domain.errors import AppError, NotFound, Unsupported
from app.domain.events import CastingChanged, DevicesChanged, NoticeLevel, NoticeRaised
from app.domain.media import FolderId, ItemId
from app.domain.media_server import Guest, GuestId
from app.domain.networks import Network, NetworkKind
from app.runtime.bus import EventBus

LIVING = Device(id=DeviceId("tv-1"), protocol=Protocol.DLNA, name="Living-room TV",
                maker="Samsung", model="QE55", since=1.7e9)  # fmt: skip
KITCHEN = Device(id=DeviceId("cc-1"), protocol=Protocol.CHROMECAST, name="Kitchen",
                 model="Chromecast", since=1.7e9)  # fmt: skip
BEDROOM = Device(id=DeviceId("tv-2"), protocol=Protocol.DLNA, name="Bedroom", maker="LG",
                 here=False, since=1.7e9)  # fmt: skip
RADIO = Device(id=DeviceId("dl-9"), protocol=Protocol.DLNA, name="Kitchen radio",
               maker="Teufel", sound_only=True, since=1.7e9)  # fmt: skip
HOME = (LIVING, KITCHEN, BEDROOM)

DIRECT = Plan(method=Method.DIRECT, container="as it is", content_type="video/mp4",
              reason="casting.why.direct")  # fmt: skip
AUDIO = Plan(method=Method.AUDIO, container="mp4", content_type="video/mp4", audio="aac",
             reason="casting.why.sound", args={"codec": "AC3", "device": "Kitchen"})  # fmt: skip
PLANS: Mapping[DeviceId, Plan] = {LIVING.id: DIRECT, KITCHEN.id: AUDIO}

SOUNDS = (SoundTrack(number=0, codec="ac3", channels=6, language="en"),
          SoundTrack(number=1, codec="aac", language="fr"))  # fmt: skip
SUBTITLES = (SubtitleTrack(number=0, language="en"),
             SubtitleTrack(path=b"/films/a.fr.srt", language="fr"))  # fmt: skip
FILM = Castable(item=ItemId(11))


NETWORKS: tuple[Network, ...] = (
    Network("eth0", ("192.168.1.20",), NetworkKind.HOME),
    Network("wlan0", ("192.168.2.7",), NetworkKind.HOME),
    Network("docker0", ("172.17.0.1",), NetworkKind.CONTAINERS),
)


class FakeLan:
    """The networks of this machine, as one tells them."""

    def __init__(self) -> None:
        self.known = NETWORKS

    async def networks(self) -> tuple[Network, ...]:
        return self.known


class FakeCasting:
    """Casts as one tells it: `smooth` ones play at once, others wait for `advance()`.

    `error` makes every question and order fail; `orders` are those that were given.
    """

    def __init__(self, bus: EventBus, devices: Sequence[Device] = HOME) -> None:
        self._bus = bus
        self.known = list(devices)
        self.playing: dict[DeviceId, Casting] = {}
        self.plans: dict[DeviceId, Plan] = dict(PLANS)
        self.orders: list[tuple[object, ...]] = []
        self.looks = 0
        self.smooth = True
        self.titles: dict[Castable, str] = {}
        self.error: AppError | None = None
        self.refusal: AppError | None = None  # of a cast alone
        self.slow_offers = 0.0

    # What a test does to the home.

    def arrive(self, device: Device) -> None:
        """A device comes, or comes back."""
        self.known = [one for one in self.known if one.id != device.id] + [device]
        self._tell_devices()

    def away(self, device: DeviceId, since: float = 1.7e9) -> None:
        """A device goes."""
        self.known = [
            replace(one, here=False, since=since) if one.id == device else one for one in self.known
        ]
        self._tell_devices()

    def advance(self, device: DeviceId, stage: CastStage, **values: object) -> None:
        """What plays there is at another stage now."""
        changed = replace(self.playing[device], stage=stage, **values)  # type: ignore[arg-type]  # any field
        self.playing[device] = changed
        self._tell()

    def begin(self, device: Device, what: Castable = FILM, **values: object) -> Casting:
        """Something plays there already."""
        made = self._made(device, what, 0.0)
        self.playing[device.id] = replace(made, **values)  # type: ignore[arg-type]  # any field
        self._tell()
        return self.playing[device.id]

    # The service.

    async def devices(self) -> tuple[Device, ...]:
        self._check()
        return tuple(sorted(self.known, key=lambda one: not one.here))

    async def look(self) -> None:
        self._check()
        self.looks += 1

    async def castings(self) -> tuple[Casting, ...]:
        return tuple(self.playing.values())

    async def offers(self, what: Castable) -> tuple[Offer, ...]:
        await asyncio.sleep(self.slow_offers)
        self._check()
        return tuple(
            Offer(one, self.plans.get(one.id, DIRECT) if one.here else None) for one in self.known
        )

    async def cast(self, device: DeviceId, what: Castable, *, start: float | None = None) -> None:
        self.orders.append(("cast", device, what, start))
        if self.refusal is not None:
            raise self.refusal
        self._check()
        self.playing[device] = self._made(self._find(device), what, start or 0.0)
        self._tell()
        if self.smooth:
            self.advance(device, CastStage.LOADING)
            self.advance(device, CastStage.PLAYING)

    async def until_playing(self, device: DeviceId) -> None:
        while True:
            now = self.playing.get(device)
            if now is None:
                raise NotFound("errors.cast_nothing_plays")
            if now.stage is CastStage.PLAYING:
                return
            if now.stage is CastStage.FAILED:
                raise Unsupported(now.reason, **now.args)
            await asyncio.sleep(0.005)

    async def queue(self, device: DeviceId, what: Castable) -> None:
        self._order("queue", device, what)
        now = self.playing[device]
        self.advance(device, now.stage, waiting=(*now.waiting, self._title(what)), has_next=True)

    async def resume(self, device: DeviceId) -> None:
        self._order("resume", device)
        self.advance(device, CastStage.PLAYING)

    async def pause(self, device: DeviceId) -> None:
        self._order("pause", device)
        self.advance(device, CastStage.PAUSED)

    async def seek(self, device: DeviceId, seconds: float) -> None:
        self._order("seek", device, seconds)
        self.advance(device, self.playing[device].stage, position=seconds)

    async def set_volume(self, device: DeviceId, volume: float) -> None:
        self._order("volume", device, round(volume, 2))
        self.advance(device, self.playing[device].stage, volume=volume, muted=False)

    async def mute(self, device: DeviceId, muted: bool) -> None:
        self._order("mute", device, muted)
        self.advance(device, self.playing[device].stage, muted=muted)

    async def next(self, device: DeviceId) -> None:
        self._order("next", device)
        now = self.playing[device]
        self.advance(device, CastStage.PLAYING, title=now.waiting[0], waiting=now.waiting[1:],
                     has_next=len(now.waiting) > 1, position=0.0)  # fmt: skip

    async def choose_sound(self, device: DeviceId, number: int) -> None:
        self._order("sound", device, number)
        self.advance(device, self.playing[device].stage, sound=number)

    async def choose_subtitle(self, device: DeviceId, number: int | None) -> None:
        self._order("subtitle", device, number)
        self.advance(device, self.playing[device].stage, subtitle=number)

    async def leave(self, device: DeviceId) -> None:
        self._order("leave", device)
        del self.playing[device]
        self._tell()

    async def fetch(self, device: DeviceId) -> tuple[Castable, float]:
        self._order("fetch", device)
        gone = self.playing.pop(device)
        self._tell()
        return gone.what, gone.position

    async def set_form(self, device: DeviceId, form: Method | None) -> None:
        self._order("form", device, form)
        self.known = [replace(one, form=form) if one.id == device else one for one in self.known]
        self._tell_devices()

    async def forget(self, device: DeviceId) -> None:
        self._order("forget", device)
        self.known = [one for one in self.known if one.id != device]
        self._tell_devices()

    def _check(self) -> None:
        if self.error is not None:
            raise self.error

    def _order(self, *order: object) -> None:
        self.orders.append(order)
        self._check()

    def _find(self, device: DeviceId) -> Device:
        return next(one for one in self.known if one.id == device)

    def _title(self, what: Castable) -> str:
        return self.titles.get(what, "Tears of Steel")

    def _made(self, device: Device, what: Castable, start: float) -> Casting:
        return Casting(
            device=device, what=what, stage=CastStage.PREPARING, title=self._title(what),
            caption="2012 \u00b7 1080p", position=start, duration=734.0, volume=0.4,
            plan=self.plans.get(device.id, DIRECT), sounds=SOUNDS, subtitles=SUBTITLES,
        )  # fmt: skip

    def _tell_devices(self) -> None:
        self._bus.publish(DevicesChanged(tuple(sorted(self.known, key=lambda one: not one.here))))

    def _tell(self) -> None:
        self._bus.publish(CastingChanged(tuple(self.playing.values())))


GUESTS = (
    Guest(id=GuestId("aa:bb"), name="Samsung", address="192.168.1.31", met_at=1.7e9),
    Guest(id=GuestId("cc:dd"), name="Kodi", address="192.168.1.40", allowed=True, met_at=1.7e9),
)


class FakeGuests:
    """Devices that asked for the library; `error` makes every answer fail."""

    def __init__(self, bus: EventBus, guests: Sequence[Guest] = GUESTS) -> None:
        self._bus = bus
        self.known = {guest.id: guest for guest in guests}
        self.error: AppError | None = None

    def guests(self) -> tuple[Guest, ...]:
        return tuple(sorted(self.known.values(), key=lambda one: one.allowed is not None))

    def ask(self, guest: Guest) -> None:
        """A device comes to the door."""
        self.known[guest.id] = guest
        args: dict[str, object] = {"name": guest.name, "address": guest.address}
        self._bus.publish(NoticeRaised(NoticeLevel.INFO, "notices.device_asks", args))

    async def allow(
        self, guest: GuestId, allowed: bool, folders: tuple[FolderId, ...] | None = None
    ) -> None:
        if self.error is not None:
            raise self.error
        self.known[guest] = replace(self.known[guest], allowed=allowed, folders=folders)

    async def forget(self, guest: GuestId) -> None:
        if self.error is not None:
            raise self.error
        del self.known[guest]
