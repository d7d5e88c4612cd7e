"""What links offer: made, given out, watched over while they are used, and taken back at once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.access import (
    Link,
    LinkDay,
    LinkId,
    LinkState,
    LinkWish,
    PassId,
    named,
    tidied,
)
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import LinksChanged
from app.infra import qr
from app.infra.database.engine import Database
from app.infra.ffmpeg.conversion import Converter
from app.infra.lan.interfaces import Interface
from app.infra.lan.server import LanServer
from app.infra.secrets import ScopedSecrets
from app.infra.wall_clock import WallClock
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.casting.subtitles import Letters
from app.services.library.service import LibraryService
from app.services.sharing import tokens
from app.services.sharing.card import card
from app.services.sharing.clockwork import Clockwork
from app.services.sharing.giving import Giver
from app.services.sharing.going import Going
from app.services.sharing.page_words import say
from app.services.sharing.ports import Letter, Notes, Sends, Wishes
from app.services.sharing.shelf import Shelf
from app.services.sharing.states import state_of
from app.services.sharing.store import Found, LinkRow, PassRow, SharingStore
from app.services.sharing.telling import Teller
from app.services.sharing.tokens import Key, KeyRing
from app.services.sharing.visits import Doorkeeper, Visit
from app.services.sharing.watching import Watch

log = logging.getLogger(__name__)

TICK: Final = 5.0
"""Seconds between two looks whether a link ended that is being used."""
NAP: Final = 60.0
"""Seconds between two looks at the clock while none is used."""
CLEAN_EACH: Final = 86_400.0
FORMS: Final = ("svg", "png", "card")


@dataclass(frozen=True, slots=True)
class Means:
    """What links stand on."""

    server: LanServer
    networks: Callable[[], tuple[Interface, ...]]
    library: LibraryService
    converter: Converter
    letters: Letters
    secrets: ScopedSecrets


class SharingService:
    """The owner's links. Lives on the service loop.

    `wishes` are the settings, `language` is the owner's (ISO 639-1), `clock` tells unix time.
    """

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        means: Means,
        wishes: Callable[[], Wishes],
        *,
        language: Callable[[], str] = lambda: "en",
        sends: Sends | None = None,
        notes: Notes | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bus = bus
        self._server = means.server
        self._wishes, self._language = wishes, language
        self._sends, self._notes = sends, notes
        self._clock, self._wall = clock, WallClock()
        self._store = SharingStore(database)
        self._ring = KeyRing(means.secrets, clock)
        self._time = Clockwork(self._store, bus, clock)
        self._going = Going(self._store, self._changed, clock)
        self._shelf = Shelf(means.library)
        self._giver = Giver(self._shelf, means.converter, means.letters, self._going)
        door = Doorkeeper(self._store, self._ring, self._time, self._going, self._used)
        self._watch = Watch(door, self._shelf, self._giver, lambda: wishes().contact)
        self._teller = Teller(
            means.server, means.networks, self._ring, self._time, wishes, language
        )
        self._tasks = Supervisor("links")

    async def start(self) -> None:
        """Begin to answer. While the keys are locked every link is closed.

        Without a link that may be opened nobody is asked to unlock a keyring.
        """
        await self._time.start()
        try:
            if await self._store.keys_in_use(self._clock()):
                await self._ring.load()
        except AppError as error:
            log.warning("The keys of the links cannot be read yet: %s", error)
        self._going.start()
        self._server.let_in(lambda: self._wishes().outside)
        self._server.add(self._watch.routes())
        self._tasks.spawn(self._run(), "watching over links")

    async def stop(self) -> None:
        """Hang up on everybody; what was counted is written down."""
        await self._tasks.close()
        await self._going.stop()
        await self._giver.end()
        await self._time.keep(surely=True)

    @property
    def held(self) -> bool:
        """Whether every link is closed because the clock was set back."""
        return self._time.held

    async def make(self, wish: LinkWish) -> Link:
        """Make a link, with an address for each recipient.

        Raises `InvalidInput` for what cannot be, `NotFound` when it is not there, `Unavailable`
        while the clock is wrong, `AuthRequired` while the keys are locked.
        """
        wish, now = tidied(wish), self._now()
        _require_future(wish, now)
        title = await self._shelf.title(wish.what)
        key = await self._ring.current(await self._store.keys_in_use(now))
        row = LinkRow(
            id=LinkId(tokens.new_id()), wish=wish, title=title, made=now, revoked=None
        )  # fmt: skip
        await self._store.add(row, _people(wish.recipients or ("",), key, now))
        await self._note("link.made", row.id, title=title, giving=wish.giving.value,
                         recipients=len(wish.recipients), until=wish.until)  # fmt: skip
        return await self._told(row.id)

    async def links(self) -> tuple[Link, ...]:
        """Every link with its figures, the newest first."""
        await self._going.write()
        return tuple([self._teller.link(row, people) for row, people in await self._store.links()])

    async def link(self, link: LinkId) -> Link:
        """One of them; `NotFound` when it is not there."""
        await self._going.write()
        found = await self._store.links(link)
        if not found:
            raise NotFound("errors.link_gone")
        return self._teller.link(*found[0])

    async def change(self, link: LinkId, wish: LinkWish) -> Link:
        """Change what a link says; what it leads to and who has it stay."""
        wish, now = tidied(wish), self._now()
        row = await self._row(link)
        _require_future(wish, now)
        wish = replace(wish, what=row.wish.what, recipients=())
        await self._store.change(link, replace(row, wish=wish))
        await self._note("link.changed", link, until=wish.until, uses=wish.uses)
        return await self._told(link)

    async def add_recipients(self, link: LinkId, recipients: Sequence[str]) -> Link:
        """Give it to more people, each with an address of his own."""
        now, row = self._now(), await self._row(link)
        names = tidied(replace(row.wish, recipients=tuple(recipients))).recipients
        key = await self._ring.current(await self._store.keys_in_use(now))
        if names:
            await self._store.add_people(link, _people(names, key, now))
            await self._note("link.given", link, recipients=len(names))
        return await self._told(link)

    async def revoke(self, link: LinkId) -> None:
        """Take a link back: it opens no more, and who uses it now is hung up on."""
        await self._store.revoke(link, self._clock())
        await self._end(await self._of(link))
        await self._note("link.revoked", link)
        self._changed()

    async def restore(self, link: LinkId) -> None:
        """Undo that: its addresses open again. `Unsupported` when new keys were made since."""
        if (await self.link(link)).gone:
            raise Unsupported("errors.link_gone_for_good")
        await self._store.revoke(link, None)
        self._going.unbar(await self._of(link))
        await self._note("link.restored", link)
        self._changed()

    async def revoke_recipient(self, recipient: PassId) -> None:
        """Take back the address of one recipient."""
        link = await self._store.revoke_pass(recipient, self._clock())
        await self._end((recipient,))
        await self._note("link.recipient_revoked", link, recipient=recipient)
        self._changed()

    async def restore_recipient(self, recipient: PassId) -> None:
        """Undo that."""
        link = await self._store.revoke_pass(recipient, None)
        self._going.unbar((recipient,))
        await self._note("link.recipient_restored", link, recipient=recipient)
        self._changed()

    async def forget(self, link: LinkId) -> None:
        """Remove a link and its figures from the list: its addresses mean nothing any more."""
        people = await self._of(link)
        await self._store.remove((link,))
        await self._end(people)
        self._watch.forget(link)
        await self._note("link.forgotten", link)
        self._changed()

    async def days(self, link: LinkId, count: int = 30) -> tuple[LinkDay, ...]:
        """The figures of the last days, one for each day on which something happened."""
        await self._going.write()
        first = datetime.fromtimestamp(self._clock()).astimezone() - timedelta(days=count - 1)
        return await self._store.days(link, f"{first:%Y-%m-%d}")

    async def code(self, recipient: PassId, form: str = "svg") -> bytes:
        """The QR code of an address as ``svg`` or ``png``, or a ``card`` to be printed, as SVG."""
        found = await self._found(recipient)
        address = self._teller.require_address(found.who)
        if form not in FORMS:
            raise InvalidInput("errors.bad_argument", name="form")
        if form != "card":
            return await asyncio.to_thread(qr.svg if form == "svg" else qr.png, address)
        wish, language = found.link.wish, self._language()
        scan = say(language, "card_scan" if wish.giving.watches else "card_fetch")
        title, lines = wish.name or found.link.title, self._teller.lines(found)
        if found.who.name:
            lines = [found.who.name, *lines]
        return await asyncio.to_thread(card, title, address, scan, lines)

    async def text(self, recipient: PassId) -> str:
        """Words to be copied and sent: what it is, its address, how long it is good."""
        found = await self._found(recipient)
        address = self._teller.require_address(found.who)
        title = found.link.wish.name or found.link.title
        hello = say(self._language(), "copy_hello", title=title, address=address)
        return "\n".join([hello, *self._teller.lines(found)])

    async def send(self, recipient: PassId, way: str, to: str = "") -> None:
        """Send it by an account that sends; to the recipient's own contact when `to` is empty."""
        found = await self._found(recipient)
        target = to.strip() or found.who.contact
        if self._sends is None:
            raise Unsupported("errors.link_no_sender")
        if not target:
            raise InvalidInput("errors.link_no_contact")
        text, code = await self.text(recipient), await self.code(recipient, "png")
        subject = found.link.wish.name or found.link.title
        await self._sends.send(way, Letter(target, subject, text, code))
        await self._note("link.sent", found.link.id, recipient=recipient, way=way)

    async def new_keys(self) -> None:
        """Make new keys: every link that was given out ends, whoever has it."""
        await self._ring.renew()
        rows = await self._store.links()
        await self._store.revoke(None, self._clock())
        await self._end([who.id for _row, people in rows for who in people])
        await self._note("link.new_keys", "")
        self._changed()

    async def trust_clock(self) -> None:
        """The owner says that the clock is right as it is now: links open again."""
        await self._time.trust()
        await self._note("link.clock_trusted", "")

    async def _run(self) -> None:
        cleaned = float("-inf")
        while True:
            await self._time.keep()
            if time.monotonic() - cleaned >= CLEAN_EACH:
                await self._clean()
                cleaned = time.monotonic()
            await self._end_those_over()
            await self._rest()

    async def _rest(self) -> None:
        """A moment while somebody is sent something; else until one comes or the clock is set."""
        self._going.came.clear()
        if self._going.people:
            await asyncio.sleep(TICK)
        else:
            await self._wall.wait(self._wall.now() + NAP, self._going.came)

    async def _clean(self) -> None:
        """Forget links that were over long ago."""
        now = self._time.now()
        if now is None:
            return
        over = await self._store.over_before(now - self._wishes().keep_days * 86_400)
        if over:
            await self._store.remove(over)
            self._changed()

    async def _end_those_over(self) -> None:
        """Hang up on those whose link ended while they use it."""
        for who in self._going.people:
            found = await self._store.found(who)
            state = (
                LinkState.REVOKED if found is None
                else state_of(found.link, found.who, self._time.now())
            )  # fmt: skip
            if state not in (LinkState.OPEN, LinkState.USED_UP):
                self._going.hang_up((who,))
                await self._giver.end((who,))
                self._changed()

    async def _end(self, people: Sequence[PassId]) -> None:
        self._going.bar(people)
        await self._giver.end(people)

    def _used(self, visit: Visit) -> None:
        self._changed()

    def _changed(self) -> None:
        self._bus.publish(LinksChanged())

    async def _told(self, link: LinkId) -> Link:
        self._watch.forget(link)
        self._changed()
        return await self.link(link)

    def _now(self) -> float:
        now = self._time.now()
        if now is None:
            raise Unavailable("errors.link_clock")
        return now

    async def _row(self, link: LinkId) -> LinkRow:
        found = await self._store.links(link)
        if not found:
            raise NotFound("errors.link_gone")
        return found[0][0]

    async def _of(self, link: LinkId) -> tuple[PassId, ...]:
        found = await self._store.links(link)
        return tuple(who.id for _row, people in found for who in people)

    async def _found(self, recipient: PassId) -> Found:
        found = await self._store.found(recipient)
        if found is None:
            raise NotFound("errors.link_gone")
        return found

    async def _note(self, kind: str, about: str, **facts: object) -> None:
        if self._notes is not None:
            await self._notes.note(kind, about, **facts)


def _people(names: Sequence[str], key: Key, now: float) -> list[PassRow]:
    found = []
    for text in names:
        name, contact = named(text)
        found.append(
            PassRow(
                id=PassId(tokens.new_id()),
                name=name,
                contact=contact,
                key_number=key.number,
                used=0,
                devices=0,
                made=now,
                revoked=None,
                last_use=None,
            )  # fmt: skip
        )
    return found


def _require_future(wish: LinkWish, now: float) -> None:
    if wish.until is not None and wish.until <= now:
        raise InvalidInput("errors.link_past")
