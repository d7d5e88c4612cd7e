"""The videos one can post: finished ones of the Studio, and the owner's own of the library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.media import Card, Details, ItemId, LibraryQuery, MediaKind
from app.domain.project import ProjectId, ProjectState
from app.domain.studio import ProjectCard, ProjectView
from ui.bridge import Bridge, Call
from ui.pages.publishing.editor_model import Video
from ui.pages.publishing.ports import LibraryPort, StudioPort

MOST = 48


@dataclass(frozen=True, slots=True)
class Offer:
    """A video to choose: of a project, or an item of the library. `picture` is a path."""

    title: str
    picture: str
    project: str = ""
    item: int = 0


class VideosModel(QObject):
    """Fills both lists; `chosen` comes once all of a video is known."""

    changed = Signal()
    chosen = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        studio: StudioPort | None,
        library: LibraryPort | None,
        kinds: tuple[MediaKind, ...] = (MediaKind.VIDEO,),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._bridge, self._studio, self._library = bridge, studio, library
        self.made: tuple[Offer, ...] | None = None
        """Of the Studio; None while they are not known."""
        self.own: tuple[Offer, ...] | None = None
        self._asking: Call | None = None

    def load(self, words: str = "") -> None:
        """Ask for both; `words` narrow the library's."""
        if self._studio is None:
            self.made = ()
        elif self.made is None:
            self._bridge.call(self._studio.list(), self._on_made, self._on_made_failed, self)
        if self._library is None:
            self.own = ()
            return
        if self._asking is not None:
            self._asking.cancel()
        coro = self._look(self._library, words)
        self._asking = self._bridge.call(coro, self._on_own, self._on_own_failed, self)

    def choose(self, offer: Offer) -> None:
        """Find out all about a video."""
        if offer.project and self._studio is not None:
            coro = self._studio.view(ProjectId(offer.project))
            self._bridge.call(coro, self._on_project, self.failed.emit, self)
        elif self._library is not None:
            details = self._library.details(ItemId(offer.item))
            self._bridge.call(details, self._on_details, self.failed.emit, self)

    def choose_file(self, path: str) -> None:
        """Take a file of the owner's."""
        title = os.path.splitext(os.path.basename(path))[0].replace("_", " ")  # noqa: PTH119, PTH122 - a path as Qt gives it, any bytes
        self.chosen.emit(Video(os.fsencode(path), title))

    async def _look(self, library: LibraryPort, words: str) -> tuple[Offer, ...]:
        ids = await library.listing(LibraryQuery(self._kinds, words))
        cards = await library.cards(list(ids[:MOST]))
        return tuple(Offer(card.title, _still(library, card), item=card.id) for card in cards)

    def _on_made(self, cards: Sequence[ProjectCard]) -> None:
        done = [card for card in cards if card.state is ProjectState.DONE][:MOST]
        self.made = tuple(Offer(card.title, card.picture, card.id) for card in done)
        self.changed.emit()

    def _on_made_failed(self, error: BaseException) -> None:
        self.made = ()
        self.failed.emit(error)
        self.changed.emit()

    def _on_own(self, found: tuple[Offer, ...]) -> None:
        self._asking, self.own = None, found
        self.changed.emit()

    def _on_own_failed(self, error: BaseException) -> None:
        self._asking, self.own = None, ()
        self.failed.emit(error)
        self.changed.emit()

    def _on_project(self, view: ProjectView) -> None:
        told = view.details
        pictures = [one for one in view.thumbnails if one.chosen]
        pictures += [one for one in view.thumbnails if not one.chosen]
        self.chosen.emit(
            Video(
                os.fsencode(view.video),
                told.title if told else view.card.title,
                told.description if told else "",
                told.tags if told else (),
                tuple(one.path for one in pictures),
                view.card.id,
                synthetic=True,  # its voice is made here, if nothing else
                language=view.brief.language,
            )
        )

    def _on_details(self, details: Details) -> None:
        files = [file for file in details.files if not file.offline]
        if files:
            self.chosen.emit(Video(files[0].path, details.card.title))


def _still(library: LibraryPort, card: Card) -> str:
    key = card.backdrop or card.poster
    picture = getattr(library, "picture", None)
    return str(picture(key)) if key is not None and callable(picture) else ""
