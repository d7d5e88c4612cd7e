"""What the window knows of other screens: which there are, what plays there, what it would take."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.casting import OVER, Castable, Casting, CastStage, Device, DeviceId, Method, Offer
from app.domain.errors import AppError
from app.domain.events import CastingChanged, DevicesChanged
from app.domain.media import Card
from ui.bridge import Bridge, Call
from ui.casting.ports import CardsPort, CastPort
from ui.casting.wanted import Wanted

LOOK_MS = 8000  # so long one is told that more devices are looked for
TICK_MS = 500
AGAIN_MS = 250  # devices come in handfuls: what they would take is asked once for all of them


class CastViewModel(QObject):
    """One for the whole window: the chip, the picker and the player all show this."""

    devices_changed = Signal()
    devices_failed = Signal(object)
    offers_changed = Signal()
    offers_failed = Signal(object)
    castings_changed = Signal()
    looking_changed = Signal()
    card_changed = Signal()  # the picture of what plays is known
    ticked = Signal()  # its position moved on
    began = Signal(object)  # the casting service took an order to cast: `DeviceId`
    refused = Signal(object)  # `Casting` that failed before it played
    fetched = Signal(object, float)  # what played elsewhere and where: it goes on here
    left = Signal(object)  # `Casting` that was stopped there
    queued = Signal(object, object)  # a `DeviceId` and the `Wanted` that comes after what plays
    failed = Signal(object)  # an order did not work

    def __init__(
        self, bridge: Bridge, casting: CastPort, library: CardsPort, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._casting, self._library = bridge, casting, library
        self.devices: tuple[Device, ...] | None = None
        self.castings: tuple[Casting, ...] = ()
        self.offers: dict[DeviceId, Offer] | None = None
        self.looking = False
        self.card: Card | None = None
        self._what: Castable | None = None  # what offers were asked for
        self._asked: Call | None = None
        self._pending: tuple[DeviceId, Wanted] | None = None
        self._lost: Casting | None = None  # what could not even be begun
        self._put_away: tuple[DeviceId, Castable] | None = None  # failed, and told already
        self._came_up = False  # whether what is pending was seen on its way
        self._told = 0.0  # when the position was told
        self._look_ends = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_ends.timeout.connect(self._on_looked)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._ask_offers)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.ticked)
        bridge.on(DevicesChanged, self._on_devices_event, self)
        bridge.on(CastingChanged, self._on_casting_event, self)

    # What there is.

    @property
    def now(self) -> Casting | None:
        """What is steered: it plays, or will; else what failed and was not put away."""
        coming = self._coming()
        if coming is not None:
            return coming
        alive = [one for one in self.castings if one.stage not in OVER]
        failed = [
            one
            for one in self.castings
            if one.stage is CastStage.FAILED and (one.device.id, one.what) != self._put_away
        ]
        lost = [self._lost] if self._lost is not None else []
        return next(iter((*alive, *lost, *failed)), None)

    @property
    def going(self) -> bool:
        """Whether something plays, rests or comes up elsewhere."""
        now = self.now
        return now is not None and now.stage not in OVER

    @property
    def position(self) -> float:
        """The second of the film now: what was told, and the time since."""
        now = self.now
        if now is None:
            return 0.0
        since = time.monotonic() - self._told if now.stage is CastStage.PLAYING else 0.0
        second = now.position + since
        return min(second, now.duration) if now.duration else second

    def casting_on(self, device: DeviceId) -> Casting | None:
        """What plays on a device."""
        return next((one for one in self.castings if one.device.id == device), None)

    def load(self) -> None:
        """Ask which devices there are and what plays on them."""
        self._bridge.call(self._casting.devices(), self._on_devices, self.devices_failed.emit, self)
        self._bridge.call(self._casting.castings(), self._on_castings, lambda _error: None, self)

    def look(self) -> None:
        """Look for more devices."""
        if not self.looking:
            self.looking = True
            self.looking_changed.emit()
        self._look_ends.start()
        self._bridge.call(self._casting.look(), None, self.devices_failed.emit, self)

    def ask_offers(self, what: Castable | None) -> None:
        """Ask what each device would be given of this; None: nothing is to be cast."""
        self._what, self.offers = what, None
        self._ask_offers()

    # What is wanted.

    def cast(self, device: DeviceId, wanted: Wanted) -> None:
        """Play something there; `wanted.taken` is called when it really plays."""
        self._pending, self._came_up = (device, wanted), False
        self._lost = self._put_away = None

        def began(_none: object) -> None:
            self._came_up = True
            self.began.emit(device)
            self._settle()

        def failed(error: BaseException) -> None:
            if self._pending is not None:  # else it was told with the cast already
                self._lose(device, wanted, error)

        coro = self._casting.cast(device, wanted.what, start=wanted.start)
        self._bridge.call(coro, began, failed, self)
        self.castings_changed.emit()

    def queue(self, device: DeviceId, wanted: Wanted) -> None:
        """Play something there after what plays now; `queued` tells that it will."""
        self._bridge.call(
            self._casting.queue(device, wanted.what),
            lambda _none: self.queued.emit(device, wanted),
            self.failed.emit,
            self,
        )

    def toggle(self) -> None:
        """Halt, or go on."""
        now = self.now
        if now is not None and now.stage in (CastStage.PLAYING, CastStage.PAUSED):
            self.set_paused(now.stage is CastStage.PLAYING)

    def set_paused(self, paused: bool) -> None:
        """Halt (True) or go on."""
        work = self._casting.pause if paused else self._casting.resume
        self._order(lambda now: work(now.device.id))

    def seek(self, seconds: float) -> None:
        """Go to a second of the film."""
        now = self.now
        if now is None:
            return
        most = now.duration if now.duration else seconds
        self._order(lambda now: self._casting.seek(now.device.id, max(0.0, min(seconds, most))))

    def skip(self, seconds: float) -> None:
        """Go forth (+) or back (-)."""
        self.seek(self.position + seconds)

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        good = max(0.0, min(1.0, volume))
        self._order(lambda now: self._casting.set_volume(now.device.id, good))

    def mute(self, muted: bool) -> None:
        """Silence it, or not."""
        self._order(lambda now: self._casting.mute(now.device.id, muted))

    def next(self) -> None:
        """Go to what comes after."""
        self._order(lambda now: self._casting.next(now.device.id))

    def choose_sound(self, number: int) -> None:
        """Hear another sound track."""
        self._order(lambda now: self._casting.choose_sound(now.device.id, number))

    def choose_subtitle(self, place: int | None) -> None:
        """See other subtitles, or none."""
        self._order(lambda now: self._casting.choose_subtitle(now.device.id, place))

    def stop(self) -> None:
        """Stop it there; `left` tells what it was."""
        now = self.now
        self._pending = None
        if now is not None and now is self._lost:
            self._lost = None
            self.castings_changed.emit()
        elif now is not None:
            self._order(lambda now: self._casting.leave(now.device.id), lambda: self.left.emit(now))

    def fetch(self) -> None:
        """Stop it there and go on here: `fetched` tells what and where."""
        now = self.now
        if now is None:
            return
        if now is self._lost:
            self._lost = None
            self.castings_changed.emit()
            self.fetched.emit(now.what, now.position)
            return
        self._bridge.call(
            self._casting.fetch(now.device.id),
            lambda found: self.fetched.emit(found[0], found[1]),
            self.failed.emit,
            self,
        )

    def again(self) -> None:
        """Try once more what failed, where it was."""
        now = self.now
        if now is not None:
            start = now.position if now.position > 0 else None
            self.cast(now.device.id, Wanted(now.what, now.title, start))

    def set_form(self, device: DeviceId, form: Method | None, then: Callable[[], None]) -> None:
        """Say in which form a device gets films from now on; `then` is called when that is so."""
        self._bridge.call(
            self._casting.set_form(device, form), lambda _none: then(), self.failed.emit, self
        )

    def forget(self, device: DeviceId) -> None:
        """Forget a device that is away."""
        self._bridge.call(self._casting.forget(device), None, self.failed.emit, self)

    # Inside.

    def _order(
        self, make: Callable[[Casting], Coroutine[Any, Any, None]],
        done: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        now = self.now
        if now is not None:
            self._bridge.call(
                make(now), lambda _none: done() if done is not None else None, self.failed.emit,
                self,
            )  # fmt: skip

    def _ask_offers(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self._what is not None:
            self._asked = self._bridge.call(
                self._casting.offers(self._what), self._on_offers, self.offers_failed.emit, self
            )

    def _on_offers(self, offers: tuple[Offer, ...]) -> None:
        self._asked = None
        self.offers = {offer.device.id: offer for offer in offers}
        self.offers_changed.emit()

    def _on_looked(self) -> None:
        self.looking = False
        self.looking_changed.emit()

    def _on_devices_event(self, event: DevicesChanged) -> None:
        self._on_devices(event.devices)
        if self._what is not None:
            self._again.start()

    def _on_devices(self, devices: tuple[Device, ...]) -> None:
        if devices != self.devices:
            self.devices = devices
            self.devices_changed.emit()

    def _on_casting_event(self, event: CastingChanged) -> None:
        self._on_castings(event.castings)

    def _on_castings(self, castings: tuple[Casting, ...]) -> None:
        before = self.now
        self.castings = castings
        self._told = time.monotonic()
        now = self.now
        if now is not None and now.stage is CastStage.PLAYING:
            self._tick.start()
        else:
            self._tick.stop()
        if now is None or before is None or now.what != before.what:
            self._find_card(now)
        self.castings_changed.emit()
        self._settle()

    def _settle(self) -> None:
        """See whether what was handed over has arrived, or has not."""
        if self._pending is None:
            return
        device, wanted = self._pending
        found = self.casting_on(device)
        if found is None or not _same(wanted.what, found.what):
            return
        self._came_up = self._came_up or found.stage not in OVER
        if not self._came_up:
            return  # what is told is an older one
        if found.stage is CastStage.PLAYING:
            self._pending = None
            if wanted.taken is not None:
                wanted.taken()
        elif found.stage is CastStage.FAILED:
            self._pending = None
            if wanted.taken is not None:  # it goes on where it was: this needs no remote
                self._put_away = (found.device.id, found.what)
                self.refused.emit(found)
                self.castings_changed.emit()

    def _coming(self) -> Casting | None:
        """What was ordered, while nothing is told of it yet."""
        if self._pending is None:
            return None
        device, wanted = self._pending
        found = self.casting_on(device)
        if found is not None and _same(wanted.what, found.what) and found.stage not in OVER:
            return found
        known = self._device(device)
        if known is None or self._came_up:
            return None
        return Casting(
            device=known, what=wanted.what, stage=CastStage.PREPARING, title=wanted.title,
            position=wanted.start or 0.0,
        )  # fmt: skip

    def _lose(self, device: DeviceId, wanted: Wanted, error: BaseException) -> None:
        """It could not be begun: tell it, and keep it for another try."""
        self._pending = None
        known = self._device(device)
        if wanted.taken is not None or known is None:
            self.failed.emit(error)
        else:
            told = error if isinstance(error, AppError) else AppError("errors.unexpected")
            self._lost = Casting(
                device=known, what=wanted.what, stage=CastStage.FAILED, title=wanted.title,
                position=wanted.start or 0.0, reason=told.key, args=told.args_map,
            )  # fmt: skip
        self.castings_changed.emit()

    def _device(self, device: DeviceId) -> Device | None:
        return next((one for one in self.devices or () if one.id == device), None)

    def _find_card(self, now: Casting | None) -> None:
        self.card = None
        if now is None or now.what.item is None:
            self.card_changed.emit()
            return
        item = now.what.item

        def found(cards: list[Card]) -> None:
            current = self.now
            if current is not None and current.what.item == item and cards:
                self.card = cards[0]
            self.card_changed.emit()

        def none(_error: BaseException) -> None:
            self.card_changed.emit()

        self._bridge.call(self._library.cards([item]), found, none, self)


def _same(wanted: Castable, found: Castable) -> bool:
    """Whether what is told is what was wanted: its file may be named by now."""
    if wanted.item is not None:
        return wanted.item == found.item
    return wanted.ticket is None or wanted.ticket == found.ticket


def reason_of(casting: Casting) -> AppError:
    """Why a cast failed, as the error the presenter has words for."""
    return AppError(casting.reason or "errors.unexpected", **casting.args)
