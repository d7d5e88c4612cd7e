"""What a device plays for us and what follows, as it is written down; what a start makes of it."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from app.api.casting import CastState, CastStatus
from app.domain.casting import Castable, DeviceId, Method, Plan, Protocol
from app.domain.media import FileId, ItemId
from app.domain.text import clean

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

log = logging.getLogger(__name__)

MOST: Final = 200
"""So many films wait for one device at most."""
FRESH: Final = 600.0
"""Seconds after which a start begins nothing by itself any more: nobody sits there for it."""
NEAR_END: Final = 20.0
"""A stream that stops so many seconds before its end has ended."""
_ON: Final = (CastState.LOADING, CastState.PLAYING, CastState.PAUSED, CastState.GONE)
_AT_REST: Final = (CastState.IDLE, CastState.STOPPED, CastState.ENDED)
_BROKEN: Final = (
    AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_LARGEST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that waits for its turn.

    `stream` and `again` find what a ticket stood for, as of `Running`; `before`: that ticket is
    of an earlier start.
    """

    what: Castable
    title: str
    stream: str = ""
    again: str = field(default="", repr=False)
    before: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """What a device was playing for us. `offset` is the second of the film its stream begins at.

    `stream` names what a ticket stood for: the tickets of one start mean nothing to the next.
    One that is `sealed` is found again by what `CastStore.unseal` tells of it. It is written down
    before the device is told, and `sent` when it has taken it; until then `instead` is the address
    it has of us so far. `due` is unix time: when it was to be sent, and later when it is to be at
    its end; 0: not known.
    """

    device: DeviceId
    protocol: Protocol
    what: Castable
    url: str
    plan: Plan
    offset: float
    stream: str = ""
    sealed: bool = False
    waiting: tuple[Entry, ...] = ()
    sent: bool = True
    due: float = 0.0
    instead: str = ""


class Way(Enum):
    """How a start goes on with it."""

    UP = auto()  # it plays there
    AGAIN = auto()  # it was to be sent, and was not
    NEXT = auto()  # it came to its end, and something waits
    LOST = auto()  # somebody stopped it, or plays something else there


def way_on(running: Running, status: CastStatus, now: float) -> Way:
    """Say how to go on, by what the device does at this unix time."""
    ours = status.url == running.url
    if ours and status.state in _ON:
        return Way.UP
    rests = status.state in _AT_REST and status.url in ("", running.url, running.instead)
    if running.due <= 0 or not -NEAR_END <= now - running.due <= FRESH:
        return Way.LOST
    if not running.sent and not (ours and status.state is CastState.ENDED):
        holds = bool(running.instead) and status.url == running.instead
        return Way.AGAIN if rests or holds else Way.LOST
    return Way.NEXT if rests and running.waiting else Way.LOST


def written(running: Running) -> dict[str, Any]:
    """As a row of `cast_running`."""
    what = {
        **_told(running.what),
        "stream": running.stream,
        "sealed": running.sealed,
        "sent": running.sent,
        "due": running.due,
        "instead": running.instead,
        "waiting": [
            {**_told(one.what), "title": one.title, "stream": one.stream} for one in running.waiting
        ],
    }
    return {
        "device": running.device,
        "protocol": running.protocol.value,
        "what": json.dumps(what),
        "url": running.url,
        "plan": json.dumps(asdict(running.plan)),
        "offset": running.offset,
    }


def read(row: RowMapping) -> Running:
    """The same of a row; `ValueError` when it is damaged. Damage among what waits is left out."""
    try:
        what, plan = json.loads(row["what"]), json.loads(row["plan"])
        running = Running(
            device=DeviceId(_text(row["device"])),
            protocol=Protocol(row["protocol"]),
            what=_castable(what),
            url=_text(row["url"]),
            plan=_plan(plan),
            offset=_number(row["offset"]),
            stream=_text(what.get("stream", "")),
            sealed=what.get("sealed") is True,
            sent=what.get("sent", True) is True,
            due=_number(what.get("due", 0.0)),
            instead=_text(what.get("instead", "")),
        )
        return replace(running, waiting=_waiting(what.get("waiting")))
    except _BROKEN as error:
        raise ValueError(f"{type(error).__name__}: {str(error)[:200]}") from error


def _waiting(told: object) -> tuple[Entry, ...]:
    found: list[Entry] = []
    broken = 0
    for one in told if isinstance(told, list) else ():
        if len(found) == MOST:
            break
        try:
            title, stream = clean(_text(one["title"])), _text(one.get("stream", ""))
            found.append(Entry(_castable(one), title, stream, before=True))
        except _BROKEN:
            broken += 1
    if broken:
        log.warning("%s films that waited cannot be read any more", broken)
    return tuple(found)


def _told(what: Castable) -> dict[str, Any]:
    return {**asdict(what), "path": what.path.hex()}


def _castable(told: Mapping[str, Any]) -> Castable:
    item, file, ticket = (_id(told.get(name)) for name in ("item", "file", "ticket"))
    path = bytes.fromhex(told["path"])
    if b"\0" in path or [item is not None, ticket is not None, bool(path)].count(True) != 1:
        raise ValueError("nothing that can be cast")
    return Castable(
        item=None if item is None else ItemId(item),
        file=None if file is None else FileId(file),
        ticket=ticket,
        path=path,
    )


def _plan(told: Mapping[str, Any]) -> Plan:
    plan = Plan(**{**told, "method": Method(told["method"])})
    usual = Plan(method=plan.method, container="", content_type="", burn=0)
    for one in fields(Plan):
        value = getattr(plan, one.name)
        absent = one.name == "burn" and value is None
        if not absent and type(value) is not type(getattr(usual, one.name)):
            raise TypeError(one.name)
    return plan


def _id(told: object) -> int | None:
    if told is None:
        return None
    if type(told) is not int or not 0 < told < _LARGEST:
        raise ValueError("no number of anything")
    return told


def _number(told: object) -> float:
    if not isinstance(told, int | float) or not math.isfinite(told):
        raise ValueError("no number")
    return float(told)


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError("no text")
    told.encode()  # half a character can be in JSON, and nowhere else
    return told
