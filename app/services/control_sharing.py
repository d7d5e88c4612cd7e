"""What commands may ask of links: to make one, to list them, to take one back."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.access import Giving, Link, LinkId, LinkWish, Shared, SharedKind
from app.domain.errors import InvalidInput, NotFound
from app.domain.media import MediaKind
from app.services.control_casting import look_up

if TYPE_CHECKING:
    from app.services.library.service import LibraryService
    from app.services.sharing.service import SharingService

PATIENCE: Final = 5.0
"""Seconds in which a station that has just started finds the networks of the home."""
LOOK: Final = 0.1
_LONGEST: Final = 8192


async def link(sharing: SharingService, library: LibraryService, args: Mapping[str, Any]) -> object:
    """Make a link to a file, a folder or a title; or `list` all, or `revoke` one by its id.

    `trust_clock` and `new_keys` are those of the service.
    With `codes` (``png``, ``svg``, ``card``) each recipient's come along, in base64.
    """
    if args.get("list"):
        return {"links": [told(one) for one in await sharing.links()]}
    if args.get("trust_clock"):
        await sharing.trust_clock()
        return {"held": sharing.held}
    if args.get("new_keys"):
        await sharing.new_keys()
        return {"links": len(await sharing.links())}
    revoked = _text(args, "revoke")
    if revoked:
        one = await sharing.link(LinkId(revoked))
        await sharing.revoke(one.id)
        return told(await sharing.link(one.id))
    made = await sharing.make(await _wish(library, args))
    made = await _addressed(sharing, made)
    forms = [str(form) for form in _list(args, "codes")]
    codes = {
        form: [
            base64.b64encode(await sharing.code(who.id, form)).decode() for who in made.recipients
        ]
        for form in forms
    }
    return {**told(made), "codes": codes}


def told(one: Link) -> dict[str, Any]:
    """A link as plain values."""
    return {
        "id": one.id, "name": one.name, "title": one.title, "kind": one.what.kind.value,
        "giving": one.giving.value, "state": one.state.value, "price": one.price, "pay": one.pay,
        "note": one.note, "start": one.start, "until": one.until, "uses": one.uses,
        "devices": one.devices, "used": one.used, "plays": one.plays, "opens": one.opens,
        "bytes": one.bytes, "last_use": one.last_use,
        "recipients": [
            {
                "id": who.id, "name": who.name, "contact": who.contact, "address": who.address,
                "state": who.state.value, "used": who.used, "devices": who.devices,
                "opens": who.opens, "plays": who.plays, "downloads": who.downloads,
                "bytes": who.bytes, "last_use": who.last_use,
            }
            for who in one.recipients
        ],
    }  # fmt: skip


async def _wish(library: LibraryService, args: Mapping[str, Any]) -> LinkWish:
    try:
        giving = Giving(_text(args, "giving") or Giving.WATCH.value)
    except ValueError as error:
        raise InvalidInput("errors.bad_argument", name="giving") from error
    until = args.get("until")
    return LinkWish(
        what=await _what(library, args), name=_text(args, "name"), giving=giving,
        price=_text(args, "price"), pay=_text(args, "pay"), note=_text(args, "note"),
        start=_number(args, "start"), until=None if until is None else _number(args, "until"),
        uses=int(_number(args, "uses")), devices=int(_number(args, "devices")),
        recipients=tuple(str(one) for one in _list(args, "recipients")),
    )  # fmt: skip


async def _what(library: LibraryService, args: Mapping[str, Any]) -> Shared:
    path, title = _text(args, "path"), _text(args, "title").strip()
    if path:
        if not path.startswith("/") or "\0" in path:
            raise InvalidInput("errors.path_not_absolute", path=path)
        is_folder = await asyncio.to_thread(os.path.isdir, path)
        kind = SharedKind.FOLDER if is_folder else SharedKind.FILE
        return Shared(kind, path=os.fsencode(path))
    if not title:
        raise InvalidInput("errors.bad_argument", name="title")
    card = await look_up(library, title)
    if card.kind is MediaKind.SERIES and not card.episodes:
        raise NotFound("errors.cast_title_unknown", title=title)
    return Shared(SharedKind.ITEM, item=card.id)


async def _addressed(sharing: SharingService, made: Link) -> Link:
    """The link once it has an address; without one when there is no network."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not made.recipients[0].address and loop.time() < end:
        await asyncio.sleep(LOOK)
        made = await sharing.link(made.id)
    return made


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise InvalidInput("errors.bad_argument", name=name)
    return value


def _number(args: Mapping[str, Any], name: str) -> float:
    value = args.get(name) or 0
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e11:
        raise InvalidInput("errors.bad_argument", name=name)
    return value


def _list(args: Mapping[str, Any], name: str) -> list[Any]:
    value = args.get(name) or []
    if not isinstance(value, list) or len(value) > _LONGEST:
        raise InvalidInput("errors.bad_argument", name=name)
    return value
