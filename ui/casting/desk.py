"""Where pages, rail, palette and media keys meet what plays on other screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.casting import Castable, Casting, CastStage, DeviceId
from app.domain.events import NoticeLevel
from app.domain.media import Card, FileId, MediaKind
from ui.casting import words
from ui.casting.outside import CastOutside
from ui.casting.picker import CastPicker
from ui.casting.viewmodel import CastViewModel, reason_of
from ui.casting.wanted import Wanted
from ui.messages import sentence
from ui.theme import Theme
from ui.words import headline

SKIP = 10.0
LOUDER = 0.05


class Shows(Protocol):
    """The window's messages."""

    def show(self, text: str, *, level: NoticeLevel = ..., seconds: float = ...) -> None:
        """Show `text` for some seconds."""


class Opens(Protocol):
    """Moves between pages."""

    def open(self, page: str, **args: object) -> None:
        """Show a page."""


class Chip(Protocol):
    """The chip at the foot of the rail."""

    def tell(self, name: str, state: str = "", playing: bool | None = None) -> None:
        """Show a screen."""


class CastDesk(QObject):
    """One for the window: opens the picker, hands things over, and tells how it went."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        model: CastViewModel,
        toasts: Shows,
        navigator: Opens,
        subtitles: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._subtitles = window, theme, subtitles
        self._toasts, self._navigator = toasts, navigator
        self._picker: CastPicker | None = None
        self._chip: Chip | None = None
        self._moving: DeviceId | None = None
        self.local: Callable[[], Wanted | None] = lambda: None
        """Says what is open in the player of this screen: the chip offers to hand it over."""
        self.outside: CastOutside | None = None
        """What media keys and the desktop's remotes reach."""
        self.model = model
        model.setParent(self)
        model.castings_changed.connect(self._show_chip)
        model.fetched.connect(self._on_fetched)
        model.refused.connect(self._on_refused)
        model.failed.connect(self._on_failed)
        model.left.connect(self._on_left)
        model.queued.connect(self._on_queued)
        model.load()

    @property
    def picker(self) -> CastPicker:
        """The list of screens; built when it is first wanted."""
        if self._picker is None:
            made = CastPicker(self._theme, self._window, self.model, self._subtitles)
            made.chosen.connect(self._on_chosen)
            made.queued.connect(self.model.queue)
            made.here_chosen.connect(self._on_here)
            made.forgotten.connect(self.model.forget)
            self._picker = made
        return self._picker

    def ask(self, wanted: Wanted) -> None:
        """Ask on which screen something is to play."""
        self.picker.ask(wanted)

    def ask_card(self, card: Card, file: FileId | None = None) -> bool:
        """Ask where an item of the library is to play; False when it cannot be played now."""
        if card.kind is MediaKind.SERIES or card.offline:
            return False
        self.ask(Wanted(Castable(item=card.id, file=file), headline(card)))
        return True

    def ask_ticket(self, ticket: int, title: str, dropped: Callable[[], object]) -> None:
        """Ask where to play what a ticket stands for; `dropped`: nobody needs it."""
        self.ask(Wanted(Castable(ticket=ticket), title, dropped=dropped))

    def show(self) -> None:
        """Show where things play: what is open here can be handed over."""
        self.picker.ask(None if self.model.going else self.local())

    def use_chip(self, chip: Chip) -> None:
        """Keep this chip true: that of the rail, which is built anew now and then."""
        self._chip = chip
        self._show_chip()

    def renew(self) -> None:
        """Everything has another size or language now."""
        if self._picker is not None:
            self._picker.dismiss()
            self._picker.deleteLater()
            self._picker = None

    def do(self, name: str) -> bool:
        """Do a named thing with what plays elsewhere; False when nothing does, or it cannot be."""
        model, now = self.model, self.model.now
        if now is None or not model.going:
            return False
        acts: dict[str, Callable[[], None]] = {
            "toggle": model.toggle,
            "play": lambda: model.set_paused(False),
            "pause": lambda: model.set_paused(True),
            "stop": model.stop,
            "next": model.next,
            "back": lambda: model.skip(-SKIP),
            "forward": lambda: model.skip(SKIP),
            "louder": lambda: model.set_volume((now.volume or 0.0) + LOUDER),
            "quieter": lambda: model.set_volume((now.volume or 0.0) - LOUDER),
            "mute": lambda: model.mute(not now.muted),
        }
        if name in acts:
            acts[name]()
        elif name.startswith("part_") and now.duration:
            model.seek(now.duration * int(name[5:]) / 10)
        return name in acts or name.startswith("part_")

    def close(self) -> None:
        """The window goes."""
        if self.outside is not None:
            self.outside.close()

    def play_here(self) -> None:
        """Take what plays elsewhere back to this screen, at the same second."""
        self._moving = None
        self.model.fetch()

    def _show_chip(self) -> None:
        if self._chip is None:
            return
        now = self.model.now
        if now is None or not self.model.going:
            self._chip.tell(self.tr("This screen"))
            return
        steerable = now.stage in (CastStage.PLAYING, CastStage.PAUSED)
        playing = now.stage is CastStage.PLAYING if steerable else None
        self._chip.tell(now.device.name, words.stage(now), playing)

    def _on_chosen(self, device: DeviceId, wanted: Wanted | None) -> None:
        now = self.model.now
        if wanted is not None:
            self.model.cast(device, wanted)
            if wanted.taken is None:  # else it goes on here until it plays there
                self._navigator.open("player")
        elif now is not None and now.device.id != device:
            self._moving = device
            self.model.fetch()
        else:
            self._navigator.open("player")

    def _on_here(self, wanted: Wanted | None) -> None:
        if wanted is not None and wanted.here is not None:
            wanted.here()
        elif wanted is not None:
            self._open_here(wanted.what, wanted.start)
        elif self.model.going:
            self.play_here()

    def _on_fetched(self, what: Castable, second: float) -> None:
        device, self._moving = self._moving, None
        if device is None:
            self._open_here(what, second)
            return
        self.model.cast(device, Wanted(what, "", second))
        self._navigator.open("player")

    def _open_here(self, what: Castable, second: float | None) -> None:
        if what.item is not None:
            self._navigator.open("player", item=what.item, file=what.file, at=second)
        elif what.ticket is not None:
            self._navigator.open("player", ticket=what.ticket, at=second)
        else:
            text = self.tr("This file is not in the library: open it in this window from there.")
            self._toasts.show(text, level=NoticeLevel.WARN, seconds=8.0)

    def _on_refused(self, casting: Casting) -> None:
        text = self.tr("{device} does not play it. {reason}").format(
            device=casting.device.name, reason=sentence(reason_of(casting))
        )
        self._toasts.show(text, level=NoticeLevel.BAD, seconds=8.0)

    def _on_failed(self, error: BaseException) -> None:
        self._moving = None
        self._toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)

    def _on_queued(self, device: DeviceId, wanted: Wanted) -> None:
        name = next((one.name for one in self.model.devices or () if one.id == device), "")
        text = self.tr("{title} waits for its turn on {device}.").format(
            title=wanted.title, device=name
        )
        self._toasts.show(text, level=NoticeLevel.GOOD, seconds=5.0)

    def _on_left(self, casting: Casting) -> None:
        text = self.tr("Stopped on {0}. Where you were is kept.").format(casting.device.name)
        self._toasts.show(text, level=NoticeLevel.INFO, seconds=5.0)


def subtitle_line(language: str, *, on: bool) -> str:
    """Which subtitles a TV gets, such as ``Subtitles: English, on the TV``."""
    from PySide6.QtCore import QCoreApplication

    from ui.languages import language_name

    if not on:
        return QCoreApplication.translate("Casting", "Subtitles: off, as in Settings")
    name = language_name(language)
    if not name:
        return QCoreApplication.translate("Casting", "Subtitles: on the TV")
    return QCoreApplication.translate("Casting", "Subtitles: {0}, on the TV").format(name)
