"""Access links: who may watch or fetch what, until when and how often. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType
from urllib.parse import urlsplit

from app.domain.errors import InvalidInput
from app.domain.media import ItemId
from app.domain.text import clean

LinkId = NewType("LinkId", str)
PassId = NewType("PassId", str)
"""What one recipient of a link has; his address is made of it."""

LONGEST_NAME: Final = 120
LONGEST_PRICE: Final = 40
LONGEST_ADDRESS: Final = 500
LONGEST_NOTE: Final = 400
MOST_RECIPIENTS: Final = 200
MOST_TIMES: Final = 100_000
"""Most uses, and most devices, a link may be limited to."""
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?\Z", re.ASCII)


class SharedKind(StrEnum):
    """What a link leads to."""

    ITEM = "item"  # of the library; a series brings its episodes
    FILE = "file"
    FOLDER = "folder"  # every video in it


class Giving(StrEnum):
    """What may be done with it."""

    WATCH = "watch"
    DOWNLOAD = "download"
    BOTH = "both"

    @property
    def watches(self) -> bool:
        """Whether it may be watched on its page."""
        return self is not Giving.DOWNLOAD

    @property
    def downloads(self) -> bool:
        """Whether the file may be fetched."""
        return self is not Giving.WATCH


class LinkState(StrEnum):
    """Whether an address opens, and if not, why."""

    OPEN = "open"
    LATER = "later"  # its time has not come
    ENDED = "ended"
    USED_UP = "used_up"
    REVOKED = "revoked"
    HELD = "held"  # the clock is wrong: nobody can say


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link leads to: an item of the library, or a path in bytes."""

    kind: SharedKind
    item: ItemId | None = None
    path: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWish:
    """A link as the owner wants it. Times are unix seconds; 0 uses or devices: any number.

    `uses` and `devices` hold for each recipient. A recipient is told as ``Ann`` or as
    ``Ann <ann@example.org>``; without any the link has one address, for everybody.
    """

    what: Shared
    name: str = ""
    giving: Giving = Giving.WATCH
    price: str = ""  # as text: "5 €"
    pay: str = ""  # the owner's own payment link
    note: str = ""  # a line for those who get it
    start: float = 0.0
    until: float | None = None
    uses: int = 0
    devices: int = 0
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One address of a link, and what was made of it."""

    id: PassId
    name: str = ""
    contact: str = ""
    address: str = ""  # empty while it cannot be told: the home is not served, the keys are locked
    state: LinkState = LinkState.OPEN
    made: float = 0.0
    used: int = 0
    devices: int = 0
    opens: int = 0
    plays: int = 0
    downloads: int = 0
    bytes: int = 0
    last_use: float | None = None
    gone: bool = False  # new keys were made since: his address never opens again


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as the owner sees it; its figures are those of all recipients together."""

    id: LinkId
    what: Shared
    title: str  # what it leads to
    name: str
    giving: Giving
    price: str = ""
    pay: str = ""
    note: str = ""
    start: float = 0.0
    until: float | None = None
    uses: int = 0
    devices: int = 0
    made: float = 0.0
    state: LinkState = LinkState.OPEN
    recipients: tuple[Recipient, ...] = ()

    @property
    def used(self) -> int:
        """Uses of all recipients."""
        return sum(one.used for one in self.recipients)

    @property
    def gone(self) -> bool:
        """Whether no address of it can ever open again, whatever its state."""
        return bool(self.recipients) and all(one.gone for one in self.recipients)

    @property
    def plays(self) -> int:
        """How often something was begun to be watched."""
        return sum(one.plays for one in self.recipients)

    @property
    def opens(self) -> int:
        """How often its page was opened."""
        return sum(one.opens for one in self.recipients)

    @property
    def bytes(self) -> int:
        """What was sent."""
        return sum(one.bytes for one in self.recipients)

    @property
    def last_use(self) -> float | None:
        """When it was last used."""
        return max((one.last_use for one in self.recipients if one.last_use), default=None)


@dataclass(frozen=True, slots=True)
class LinkDay:
    """What was made of a link on one day; `devices` are those seen for the first time."""

    day: str  # "2026-11-26"
    opens: int = 0
    plays: int = 0
    downloads: int = 0
    bytes: int = 0
    devices: int = 0


def tidied(wish: LinkWish) -> LinkWish:
    """The wish with tidy words; `InvalidInput` for what cannot be."""
    if wish.until is not None and wish.until <= wish.start:
        raise InvalidInput("errors.link_times")
    for count in (wish.uses, wish.devices):
        if not 0 <= count <= MOST_TIMES:
            raise InvalidInput("errors.link_count", most=MOST_TIMES)
    if len(wish.recipients) > MOST_RECIPIENTS:
        raise InvalidInput("errors.link_recipients", most=MOST_RECIPIENTS)
    names = tuple(dict.fromkeys(one for one in map(_line, wish.recipients) if one))
    return LinkWish(
        what=wish.what,
        name=_line(wish.name, LONGEST_NAME),
        giving=wish.giving,
        price=_line(wish.price, LONGEST_PRICE),
        pay=payment(wish.pay),
        note=_line(wish.note, LONGEST_NOTE),
        start=max(0.0, wish.start),
        until=wish.until,
        uses=wish.uses,
        devices=wish.devices,
        recipients=names,
    )


def payment(address: str) -> str:
    """The owner's payment link; `InvalidInput` when it is no web address."""
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    plain = address.isprintable() and " " not in address
    if not good or not plain or len(address) > LONGEST_ADDRESS:
        raise InvalidInput("errors.link_pay", text=clean(address))
    return address


def named(recipient: str) -> tuple[str, str]:
    """Name and contact of a recipient as he was written: ``Ann <ann@example.org>``."""
    name, found, rest = recipient.partition("<")
    if found and rest.rstrip().endswith(">"):
        contact = rest.rstrip()[:-1].strip()
        return name.strip() or contact, contact
    return recipient.strip(), recipient.strip() if "@" in recipient else ""


def public_host(address: str) -> tuple[str, str]:
    """Scheme and host of the owner's public address; both empty when it is none.

    Only ``https://films.example.org`` or the same with a port is one: a page cannot lie in a
    folder of somebody else's site.
    """
    address = address.strip().rstrip("/")
    scheme, found, host = address.lower().partition("://")
    if not found or scheme not in ("http", "https") or not _HOST.match(host):
        return "", ""
    return scheme, host


def _line(text: str, most: int = LONGEST_NAME) -> str:
    return " ".join(clean(text).split())[:most].strip()
