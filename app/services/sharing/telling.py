"""Tells the owner of his links: addresses, states, figures, and the words that go with them."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.access import Link, Recipient
from app.domain.errors import Unavailable
from app.infra.lan.interfaces import Interface
from app.infra.lan.routes import PUBLIC_PREFIX
from app.infra.lan.server import LanServer
from app.services.sharing import page_words, tokens
from app.services.sharing.clockwork import Clockwork
from app.services.sharing.page_words import say
from app.services.sharing.ports import Wishes
from app.services.sharing.states import link_state, state_of
from app.services.sharing.store import Found, LinkRow, PassRow
from app.services.sharing.tokens import KeyRing


class Teller:
    """Makes of what the database has what the owner sees. Lives on the service loop."""

    def __init__(
        self,
        server: LanServer,
        networks: Callable[[], tuple[Interface, ...]],
        ring: KeyRing,
        clock: Clockwork,
        wishes: Callable[[], Wishes],
        language: Callable[[], str],
    ) -> None:
        self._server = server
        self._networks = networks
        self._ring = ring
        self._time = clock
        self._wishes = wishes
        self._language = language

    def link(self, row: LinkRow, people: list[PassRow]) -> Link:
        """A link with its recipients as the owner sees it."""
        now, wish = self._time.now(), row.wish
        base = self._base()
        return Link(
            id=row.id, what=wish.what, title=row.title, name=wish.name or row.title,
            giving=wish.giving, price=wish.price, pay=wish.pay, note=wish.note, start=wish.start,
            until=wish.until, uses=wish.uses, devices=wish.devices, made=row.made,
            state=link_state(row, people, now),
            recipients=tuple(self._recipient(row, who, base, now) for who in people),
        )  # fmt: skip

    def _recipient(
        self, row: LinkRow, who: PassRow, base: str, now: float | None
    ) -> Recipient:  # fmt: skip
        told = who.figures
        return Recipient(
            id=who.id, name=who.name, contact=who.contact, address=self._address(who, base),
            state=state_of(row, who, now), made=who.made, used=who.used, devices=who.devices,
            opens=told.get("opens", 0), plays=told.get("plays", 0),
            downloads=told.get("downloads", 0), bytes=told.get("bytes", 0),
            last_use=who.last_use, gone=self._is_gone(who),
        )  # fmt: skip

    def _base(self) -> str:
        """Where this station is reached: the owner's public address, else in the home."""
        public = self._wishes().base
        if public:
            return public
        here = self._server.addresses
        ways = sorted(self._networks(), key=lambda one: (not one.default, one.link_local))
        way = next((one.address for one in ways if one.address in here), "")
        return self._server.address_of(way) if way else ""

    def _address(self, who: PassRow, base: str) -> str:
        key = (self._ring.keys or {}).get(who.key_number)
        if not base or key is None:
            return ""
        return f"{base}{PUBLIC_PREFIX}{tokens.sign(key, who.id)}"

    def _is_gone(self, who: PassRow) -> bool:
        """Whether his key is no more. Nobody can say so while the keys are locked."""
        keys = self._ring.keys
        return keys is not None and who.key_number not in keys

    def require_address(self, who: PassRow) -> str:
        """The address of a recipient; `Unavailable` while it has none."""
        address = self._address(who, self._base())
        if not address:
            raise Unavailable("errors.link_no_address")
        return address

    def lines(self, found: Found) -> list[str]:
        """What is told with an address: price, how long it is good, and how often."""
        wish, language = found.link.wish, self._language()
        lines = [wish.note] if wish.note else []
        if wish.price and wish.pay:
            lines.append(say(language, "copy_price", price=wish.price, pay=wish.pay))
        elif wish.price:
            lines.append(say(language, "copy_price_only", price=wish.price))
        if wish.until is not None:
            lines.append(say(language, "copy_until", date=page_words.date(language, wish.until)))
        if wish.uses:
            key = "copy_use" if wish.uses == 1 else "copy_uses"
            lines.append(say(language, key, count=wish.uses))
        return lines
