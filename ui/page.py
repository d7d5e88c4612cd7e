"""What every page of the window is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.events import NoticeLevel

if TYPE_CHECKING:
    from app.services.station import Services
    from ui.bridge import Bridge
    from ui.casting.desk import CastDesk
    from ui.theme import Theme
    from ui.widgets.posters import PosterCache


class Navigator(Protocol):
    """Moves between pages."""

    def open(self, page: str, **args: object) -> None:
        """Show a page by its name in the catalogue; `args` go to its `opened()`."""

    def back(self) -> None:
        """Return to the page shown before."""


class Toasts(Protocol):
    """Says something short without asking for an answer."""

    def show(
        self,
        text: str,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> None:
        """Show `text` for some seconds, with a button when `action` names one."""


@dataclass(frozen=True)
class PageContext:
    """What a page may use. `cast` is None where nothing can be played on other screens."""

    bridge: Bridge
    services: Services
    navigator: Navigator
    toasts: Toasts
    theme: Theme
    posters: PosterCache
    cast: CastDesk | None = None


class Page(QWidget):
    """The base of all pages.

    The window calls `opened()` at each visit and `left()` when another page takes its place.
    Setting `immersive` hides the rail while this page is shown.
    """

    immersive_changed = Signal(bool)
    badge_changed = Signal(int)
    """How many things need attention here: the figure beside its name in the rail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._immersive = False

    @property
    def immersive(self) -> bool:
        """Whether this page wants the whole window."""
        return self._immersive

    @immersive.setter
    def immersive(self, on: bool) -> None:
        if on != self._immersive:
            self._immersive = on
            self.immersive_changed.emit(on)

    def opened(self, **args: object) -> None:
        """Take the arguments of a visit; called before the page is shown."""

    def left(self) -> None:
        """Rest: another page is shown now."""

    def focus_first(self) -> None:
        """Give the focus to what one most likely wants here."""
        for widget in self.findChildren(QWidget):
            if _can_focus(widget, self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def search_field(self) -> QWidget | None:
        """The field Ctrl+F goes to, when the page has one."""
        return None

    def cast(self) -> bool:
        """Ask on which screen what is chosen here is to play; False when nothing is."""
        return False

    def go_back(self) -> bool:
        """Close what is open inside the page (a panel, a mode); False when there is nothing."""
        return False

    def shut(self) -> None:
        """Let go of what Qt does not free by itself: the program ends."""

    def where(self) -> dict[str, object]:
        """Arguments with which `opened()` comes back here, for a page that is built anew."""
        return {}

    def can_rebuild(self) -> bool:
        """Whether the page may be built anew now, for another scale or language."""
        return True


def _can_focus(widget: QWidget, page: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisibleTo(page)
    )
