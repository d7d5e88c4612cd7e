"""What the panel that adds knows: a link is looked into, then added, whole or in part."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.downloads import DownloadId, LinkContents, Priority
from app.domain.errors import InvalidInput, Unavailable
from app.domain.stream_links import at_height
from ui.bridge import Bridge, Call

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest .torrent file that is read."""


class AddingPort(Protocol):
    """What adding asks of the downloads."""

    def look_into(self, link: str | bytes) -> Coroutine[Any, Any, LinkContents]:
        """Return what a link would bring."""

    def free(self, folder: bytes) -> Coroutine[Any, Any, int]:
        """Return the bytes free where a folder lies."""

    def add(
        self,
        link: str | bytes,
        *,
        name: str = "",
        folder: bytes | None = None,
        chosen: Mapping[int, Priority] | None = None,
        paused: bool = False,
    ) -> Coroutine[Any, Any, DownloadId]:
        """Take a download in."""


class Step(Enum):
    """How far adding is."""

    ASKING = "asking"  # for a link
    LOOKING = "looking"
    FOUND = "found"
    BLIND = "blind"  # nobody told what is in it; it may be added all the same
    ADDING = "adding"


class AddingModel(QObject):
    """One link at a time. What is added is told by `added`."""

    changed = Signal()
    waited = Signal(int)
    """So many seconds it has been looked into."""
    added = Signal(object, bool)
    """The ids of what was added, and whether the first is to be played."""
    failed = Signal(object)
    """It was not added, or not understood; what was typed stays."""
    room_changed = Signal()
    """It goes to another folder, or it is known how much is free there."""

    def __init__(
        self, bridge: Bridge, downloads: AddingPort, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._downloads = bridge, downloads
        self._call: Call | None = None
        self._seconds = 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._on_second)
        self.step = Step.ASKING
        self.link: str | bytes = ""
        self.contents: LinkContents | None = None
        self.error: BaseException | None = None
        self.folder: bytes | None = None
        """Where it goes; None: to the usual folder."""
        self._free: int | None = None
        self._room_call: Call | None = None

    @property
    def room(self) -> int | None:
        """Bytes free where it goes; None while that is not known."""
        if self.folder is not None:
            return self._free
        return self.contents.free if self.contents is not None else None

    def aim(self, folder: bytes | None) -> None:
        """Let it go to another folder, and ask how much is free there."""
        if self._room_call is not None:
            self._room_call.cancel()
            self._room_call = None
        self.folder, self._free = folder, None
        if folder is not None:
            work = self._downloads.free(folder)
            self._room_call = self._bridge.call(work, self._on_room, self._on_no_room, self)
        self.room_changed.emit()

    def reset(self) -> None:
        """Forget what was looked into."""
        self._stop()
        self.link, self.contents, self.error = "", None, None
        self.aim(None)
        self._go(Step.ASKING)

    def look(self, link: str | bytes) -> None:
        """Look into a link, or the content of a .torrent file."""
        self._stop()
        self.link, self.contents, self.error = link, None, None
        self._seconds = 0
        self._timer.start()
        self._call = self._bridge.call(
            self._downloads.look_into(link), self._on_found, self._on_look_failed, self
        )
        self._go(Step.LOOKING)

    def look_file(self, path: str) -> None:
        """Look into a .torrent file."""
        self._stop()
        self._call = self._bridge.call(read_torrent(path), self.look, self._on_failed, self)
        self._go(Step.LOOKING)

    def add(
        self,
        chosen: Mapping[int, Priority] | None = None,
        height: int | None = None,
        *,
        paused: bool = False,
        play: bool = False,
    ) -> None:
        """Add what was looked into, or is still being looked into; a stream in that `height`."""
        if not self.link:
            return
        before = Step.FOUND if self.contents is not None else Step.BLIND
        self._stop()
        work = self._downloads.add(
            at_height(self.link, height) if isinstance(self.link, str) else self.link,
            name=self.contents.name if self.contents is not None else "",
            folder=self.folder,
            chosen=chosen,
            paused=paused,
        )

        def fail(error: BaseException) -> None:
            self._go(before)
            self.failed.emit(error)

        self._call = self._bridge.call(work, lambda one: self._on_added([one], play), fail, self)
        self._go(Step.ADDING)

    def add_all(self, links: Sequence[str], torrents: Sequence[str] = ()) -> None:
        """Add several at once, without looking into them."""
        self._bridge.call(
            self._add_each(tuple(links), tuple(torrents)),
            lambda told: self._on_each(*told),
            self.failed.emit,
            self,
        )

    async def _add_each(
        self, links: tuple[str, ...], torrents: tuple[str, ...]
    ) -> tuple[list[DownloadId], list[InvalidInput | Unavailable]]:
        """One after the other; one that fails does not keep the others out."""
        done: list[DownloadId] = []
        errors: list[InvalidInput | Unavailable] = []
        wanted = [(link, False) for link in links] + [(path, True) for path in torrents]
        for each, is_file in wanted:
            try:
                content = await read_torrent(each) if is_file else each
                done.append(await self._downloads.add(content))
            except (InvalidInput, Unavailable) as error:
                errors.append(error)
        return done, errors

    def _on_each(self, done: list[DownloadId], errors: list[InvalidInput | Unavailable]) -> None:
        if done:
            self.added.emit(done, False)
        for error in errors[:3]:
            self.failed.emit(error)

    def _on_found(self, contents: LinkContents) -> None:
        self._end()
        self.contents = contents
        self._go(Step.FOUND)

    def _on_look_failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, Unavailable):
            self.error = error
            self._go(Step.BLIND)
        else:
            self._on_failed(error)

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        self.link = ""
        self._go(Step.ASKING)
        self.failed.emit(error)

    def _on_added(self, ids: list[DownloadId], play: bool) -> None:
        self._call = None
        self.added.emit(ids, play)
        self.reset()

    def _on_room(self, free: int) -> None:
        self._room_call, self._free = None, free
        self.room_changed.emit()

    def _on_no_room(self, error: BaseException) -> None:
        self._room_call = None
        self.failed.emit(error)

    def _on_second(self) -> None:
        self._seconds += 1
        self.waited.emit(self._seconds)

    def _go(self, step: Step) -> None:
        self.step = step
        self.changed.emit()

    def _end(self) -> None:
        self._timer.stop()
        self._call = None

    def _stop(self) -> None:
        self._timer.stop()
        if self._call is not None:
            self._call.cancel()
            self._call = None


async def read_torrent(path: str) -> bytes:
    """Read a .torrent file off the loop. `Unavailable` when it cannot be read."""
    return await asyncio.to_thread(_read, Path(path))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unavailable("errors.torrent_file_unreadable", name=path.name) from error
    if len(content) > LARGEST:
        raise InvalidInput("errors.torrent_too_large")
    return content
