"""What commands may ask of casting: which screens there are, and to play something on one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.domain.casting import OVER, Castable, Casting, CastStage, Device
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable
from app.domain.events import CastingChanged, DevicesChanged
from app.domain.media import Card, ItemId, LibraryQuery, MediaKind
from app.runtime.bus import EventBus
from app.runtime.stirring import stirred_by

if TYPE_CHECKING:
    from app.services.casting.service import CastingService
    from app.services.library.service import LibraryService

Progress = Callable[[object], Awaitable[None]]

PATIENCE: Final = 2.5
"""Seconds in which the devices of a home answer when they are looked for."""
MOST_CHOICES: Final = 10


async def devices(casting: CastingService, args: Mapping[str, Any]) -> object:
    """Look for devices for a moment, and list them."""
    await casting.look()
    patience = args.get("patience")
    await asyncio.sleep(patience if isinstance(patience, int | float) else PATIENCE)
    playing = {one.device.id: one for one in await casting.castings() if one.stage not in OVER}
    rows = []
    for device in await casting.devices():
        now = playing.get(device.id)
        rows.append({**_device(device), "plays": None if now is None else told(now)})
    return {"devices": rows}


async def cast(
    casting: CastingService,
    library: LibraryService,
    bus: EventBus,
    args: Mapping[str, Any],
    progress: Progress,
) -> object:
    """Play a file or an item of the library on a device, and stay until it really plays.

    With `stay` until it has ended there; with `order` something is told to what plays already.
    """
    name, order = _text(args, "to"), _text(args, "order")
    if order:
        device = await _playing(casting, bus, name)
        await _tell(casting, device, order, args.get("value"))
        return {"device": device.name, "order": order}
    what = await _what(library, args)
    device = await _find(casting, bus, name)
    await progress({"stage": CastStage.PREPARING.value, "device": device.name})
    at = args.get("at")
    await casting.cast(device.id, what, start=float(at) if isinstance(at, int | float) else None)
    await casting.until_playing(device.id)
    now = await _now(casting, device)
    if args.get("stay") and now is not None:
        await progress(told(now))
        now = await _stay(casting, bus, device) or now
    return told(now) if now is not None else {"device": device.name}


def told(casting: Casting) -> dict[str, object]:
    """A cast as plain values."""
    plan = casting.plan
    return {
        "device": casting.device.name,
        "title": casting.title,
        "stage": casting.stage.value,
        "position": round(casting.position, 1),
        "duration": casting.duration,
        "method": plan.method.value if plan is not None else "",
        "why": plan.reason if plan is not None else "",
        "why_args": {key: str(of) for key, of in plan.args.items()} if plan is not None else {},
        "reason": casting.reason,
        "args": {key: str(of) for key, of in casting.args.items()},
    }


def match(devices: Sequence[Device], name: str) -> Device | None:
    """The device of that name, or the only one whose name begins so, in any case of letters.

    None when there is none; `InvalidInput` naming them when there are several.
    """
    wanted = name.strip().casefold()
    same = [one for one in devices if one.name.casefold() == wanted or one.id == name]
    found = same or [one for one in devices if one.name.casefold().startswith(wanted)]
    here = [one for one in found if one.here]
    found = here or found
    if len(found) > 1:
        names = ", ".join(sorted(one.name for one in found))
        raise InvalidInput("errors.cast_device_ambiguous", device=name, names=names)
    return found[0] if found else None


async def _find(casting: CastingService, bus: EventBus, name: str) -> Device:
    """The device of a name; one that is not here yet gets a moment to appear."""
    if not name.strip():
        raise InvalidInput("errors.bad_argument", name="to")
    with stirred_by(bus, DevicesChanged) as stirred:
        try:
            await casting.look()
            async with asyncio.timeout(2 * PATIENCE):
                while True:
                    stirred.clear()
                    found = match(await casting.devices(), name)
                    if found is not None and found.here:
                        return found
                    await stirred.wait()
        except TimeoutError:
            known = await casting.devices()
    found = match(known, name)
    if found is not None:
        raise Unavailable("errors.cast_device_away", device=found.name)
    names = ", ".join(one.name for one in known if one.here) or "\N{EM DASH}"
    raise NotFound("errors.cast_device_unknown", device=name, names=names)


async def _playing(casting: CastingService, bus: EventBus, name: str) -> Device:
    """The device that is meant by an order: the one named, or the only one that plays.

    A station that has just started needs a moment to find what goes on.
    """
    with stirred_by(bus, CastingChanged) as stirred:
        try:
            async with asyncio.timeout(PATIENCE):
                while not await _going(casting):
                    stirred.clear()
                    await stirred.wait()
        except TimeoutError:
            raise NotFound("errors.cast_nothing_plays", device=name) from None
    going = await _going(casting)
    found = match(going, name)
    if found is None:
        raise NotFound("errors.cast_nothing_plays", device=name)
    return found


async def _going(casting: CastingService) -> list[Device]:
    return [one.device for one in await casting.castings() if one.stage not in OVER]


async def _tell(casting: CastingService, device: Device, order: str, value: object) -> None:
    number = float(value) if isinstance(value, int | float) else 0.0
    acts: dict[str, Callable[[], Awaitable[None]]] = {
        "stop": lambda: casting.leave(device.id),
        "pause": lambda: casting.pause(device.id),
        "resume": lambda: casting.resume(device.id),
        "next": lambda: casting.next(device.id),
        "mute": lambda: casting.mute(device.id, True),
        "unmute": lambda: casting.mute(device.id, False),
        "seek": lambda: casting.seek(device.id, number),
        "volume": lambda: casting.set_volume(device.id, number / 100),
    }
    if order not in acts:
        raise InvalidInput("errors.bad_argument", name="order")
    await acts[order]()


async def _what(library: LibraryService, args: Mapping[str, Any]) -> Castable:
    path, title = _text(args, "path"), _text(args, "title")
    if path:
        if not path.startswith("/"):
            raise InvalidInput("errors.path_not_absolute", path=path)
        return Castable(path=os.fsencode(path))
    if not title.strip():
        raise InvalidInput("errors.bad_argument", name="title")
    card = await look_up(library, title.strip())
    if card.kind is not MediaKind.SERIES:
        return Castable(item=card.id)
    episodes = (await library.details(card.id)).episodes
    following = next((one for one in episodes if not one.watched), None)
    if following is None and not episodes:
        raise NotFound("errors.cast_title_unknown", title=title)
    return Castable(item=(following or episodes[0]).id)


async def look_up(library: LibraryService, title: str) -> Card:
    """The one item that is meant by a title, perhaps with its year."""
    left = await meant(library, title)
    if not left:
        raise NotFound("errors.cast_title_unknown", title=title)
    if len(left) > 1:
        choices = [_told_card(card) for card in left[:MOST_CHOICES]]
        raise InvalidInput("errors.cast_title_ambiguous", title=title, choices=choices)
    return left[0]


async def meant(library: LibraryService, title: str) -> list[Card]:
    """The items a title, perhaps with its year, may mean; those that are called just so alone."""
    name, _, last = title.rpartition(" ")
    year = last.strip("()")
    found = await _called(library, title)
    if not found and name and year.isdigit():
        found = [card for card in await _called(library, name) if str(card.year) == year]
    names = (title.casefold(), name.casefold())
    return [card for card in found if card.title.casefold() in names] or found


async def _called(library: LibraryService, text: str) -> list[Card]:
    kinds = (MediaKind.FILM, MediaKind.SERIES, MediaKind.VIDEO)
    ids = await library.listing(LibraryQuery(kinds=kinds, text=text))
    return await library.cards([ItemId(one) for one in ids[: 5 * MOST_CHOICES]])


async def _stay(casting: CastingService, bus: EventBus, device: Device) -> Casting | None:
    """Wait until it has ended; returns how. Raises why it failed."""
    with stirred_by(bus, CastingChanged) as stirred:
        while True:
            stirred.clear()
            now = await _now(casting, device)
            if now is None or now.stage is CastStage.ENDED:
                return now
            if now.stage is CastStage.FAILED:
                raise AppError(now.reason or "errors.cast_did_not_play", **now.args)
            await stirred.wait()


async def _now(casting: CastingService, device: Device) -> Casting | None:
    return next((one for one in await casting.castings() if one.device.id == device.id), None)


def _device(device: Device) -> dict[str, object]:
    return {
        "id": str(device.id),
        "name": device.name,
        "protocol": device.protocol.value,
        "maker": device.maker,
        "model": device.model,
        "here": device.here,
        "since": device.since,
        "sound_only": device.sound_only,
        "form": device.form.value if device.form is not None else None,
    }


def _told_card(card: Card) -> str:
    return f"{card.title} ({card.year})" if card.year else card.title


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > 8192:
        raise InvalidInput("errors.bad_argument", name=name)
    return value
