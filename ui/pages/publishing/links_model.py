"""Access links as the page knows them: all of them, their pictures to scan, and what is done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.access import Link, LinkId, LinkState, LinkWish, PassId
from app.domain.events import LinksChanged
from ui.bridge import Bridge, Call
from ui.pages.publishing.ports import LinksPort

SETTLE_MS = 200
UNDO_MS = 10_500
"""So long a removed link can be had back: a little longer than its message is shown."""


class LinksModel(QObject):
    """Keeps the list true; `qr` gives the picture of an address once it is drawn."""

    changed = Signal()
    drawn = Signal(str)
    """Whose picture is there now."""
    worded = Signal(str)
    to_keep = Signal(str, bytes)
    """Where a picture is to be kept, and the picture."""
    sent = Signal()
    failed = Signal(object)
    made = Signal(object)
    """The link that was made."""
    refused = Signal(object)
    """Why none was made."""
    revoked = Signal(object)
    removed = Signal(object)
    """A link that was removed; it can be had back for a while."""
    trusted = Signal()
    """The clock counts as right."""

    def __init__(
        self, bridge: Bridge, sharing: LinksPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._sharing = bridge, sharing
        self.error: BaseException | None = None
        self.held = self.trusting = False
        """Whether every link is closed because the clock was set back; whether that is ended."""
        self._loading: Call | None = None
        self._all: tuple[Link, ...] | None = None
        self._going: dict[LinkId, QTimer] = {}  # removed, until they go for good
        self._pictures: dict[PassId, bytes] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(LinksChanged, self._on_changed, self)

    @property
    def links(self) -> tuple[Link, ...] | None:
        """All, the latest first; None while they are not known."""
        if self._all is None:
            return None
        return tuple(link for link in self._all if link.id not in self._going)

    @property
    def there(self) -> bool:
        """Whether this station shares at all."""
        return self._sharing is not None

    @property
    def open(self) -> tuple[Link, ...]:
        """Those that open now or later."""
        good = (LinkState.OPEN, LinkState.LATER, LinkState.HELD)
        return tuple(link for link in self.links or () if link.state in good)

    def load(self) -> None:
        """Ask for all."""
        if self._sharing is None:
            return
        if self._loading is not None:
            self._loading.cancel()
        coro = _look(self._sharing)
        self._loading = self._bridge.call(coro, self._on_links, self._on_failed, self)

    def make(self, wish: LinkWish) -> None:
        """Make a link."""
        if self._sharing is not None:
            self._bridge.call(self._sharing.make(wish), self._on_made, self.refused.emit, self)

    def revoke(self, link: Link) -> None:
        """Close a link at once; it can be opened again."""
        if self._sharing is None:
            return
        self._put(replace(link, state=LinkState.REVOKED))
        done = lambda _: self.revoked.emit(link)  # noqa: E731 - it is handed on and no more
        self._bridge.call(self._sharing.revoke(link.id), done, self._on_wish_failed, self)

    def restore(self, link: LinkId) -> None:
        """Open a revoked one again."""
        if self._sharing is not None:
            coro = self._sharing.restore(link)
            self._bridge.call(coro, lambda _: self.load(), self._on_wish_failed, self)

    def remove(self, link: Link) -> None:
        """Take a link out of the list, for good after ten seconds."""
        timer = QTimer(self, singleShot=True, interval=UNDO_MS)
        timer.timeout.connect(lambda: self._forget(link.id))
        self._going[link.id] = timer
        timer.start()
        self.changed.emit()
        self.removed.emit(link)

    def put_back(self, link: LinkId) -> None:
        """Have a removed link back."""
        timer = self._going.pop(link, None)
        if timer is not None:
            timer.stop()
            self.changed.emit()

    def finish(self) -> None:
        """The program ends: what was removed goes now."""
        for link in list(self._going):
            self._forget(link)

    def shut_out(self, recipient: PassId, *, out: bool) -> None:
        """Take back the address of one recipient, or let them in again."""
        if self._sharing is not None:
            act = self._sharing.revoke_recipient if out else self._sharing.restore_recipient
            self._bridge.call(act(recipient), lambda _: self.load(), self._on_wish_failed, self)

    def trust_clock(self) -> None:
        """Say that the clock is right as it is now: links open again."""
        if self._sharing is not None and not self.trusting:
            self.trusting = True
            self.changed.emit()
            coro = self._sharing.trust_clock()
            self._bridge.call(coro, self._on_trusted, self._on_wish_failed, self)

    def qr(self, recipient: PassId) -> bytes:
        """The picture (SVG) of an address; empty while it is being drawn."""
        if recipient not in self._pictures and self._sharing is not None:
            self._pictures[recipient] = b""

            def done(svg: bytes) -> None:
                self._pictures[recipient] = svg
                self.drawn.emit(recipient)

            coro = self._sharing.code(recipient)
            self._bridge.call(coro, done, self.failed.emit, self)
        return self._pictures.get(recipient, b"")

    def draw(self, recipient: PassId, form: str, path: str) -> None:
        """Ask for a picture (``png``) or a ``card`` that is to be kept in a file."""
        if self._sharing is not None:

            def done(content: bytes) -> None:
                self.to_keep.emit(path, content)

            coro = self._sharing.code(recipient, form)
            self._bridge.call(coro, done, self.failed.emit, self)

    def copy_text(self, recipient: PassId) -> None:
        """Ask for words that tell of the link."""
        if self._sharing is not None:
            self._bridge.call(
                self._sharing.text(recipient), self.worded.emit, self.failed.emit, self
            )

    def send(self, recipient: PassId, way: str, to: str) -> None:
        """Send it by an account that sends."""
        if self._sharing is not None:
            coro = self._sharing.send(recipient, way, to)
            self._bridge.call(coro, lambda _: self.sent.emit(), self.failed.emit, self)

    def _forget(self, link: LinkId) -> None:
        timer = self._going.pop(link, None)
        if timer is not None and self._sharing is not None:
            timer.stop()
            self._all = tuple(one for one in self._all or () if one.id != link)
            coro = self._sharing.forget(link)
            self._bridge.call(coro, None, self._on_wish_failed, self)

    def _put(self, link: Link) -> None:
        self._all = tuple(link if one.id == link.id else one for one in self._all or ())
        self.changed.emit()

    def _on_links(self, found: tuple[tuple[Link, ...], bool]) -> None:
        self._loading, self.error = None, None
        self._all, self.held = found
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        self.failed.emit(error)
        self.changed.emit()

    def _on_trusted(self, _none: None) -> None:
        self.trusting = False
        self.trusted.emit()
        self.load()

    def _on_wish_failed(self, error: BaseException) -> None:
        self.trusting = False
        self.failed.emit(error)
        self.load()

    def _on_made(self, link: Link) -> None:
        self.made.emit(link)
        self.load()

    def _on_changed(self, _event: LinksChanged) -> None:
        if self.links is not None and not self._settle.isActive():
            self._settle.start()


async def _look(sharing: LinksPort) -> tuple[tuple[Link, ...], bool]:
    """All links, and whether they are held; read where they are kept."""
    return await sharing.links(), sharing.held
