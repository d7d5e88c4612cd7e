"""What the window gets after its first paint: messages, commands, palette, focus by arrows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.events import NoticeLevel
from ui.catalogue import Entry
from ui.commands import Command, Commands
from ui.focus import FocusNavigator
from ui.page_stack import PageStack
from ui.rail import Rail
from ui.theme import Theme
from ui.widgets import virtual_accessible
from ui.widgets.focus_ring import FocusRing
from ui.widgets.overlay import Overlay
from ui.widgets.toast import ToastStack

if TYPE_CHECKING:
    from ui.casting.desk import CastDesk
    from ui.palette import LibrarySearch, Palette


class Shell(Protocol):
    """What the equipment needs of the window."""

    theme: Theme
    rail: Rail
    stack: PageStack

    def open(self, page: str, **args: object) -> None:
        """Show a page."""

    def back(self) -> None:
        """Go back."""

    def toggle_full_screen(self) -> None:
        """Fill the screen or return."""

    def leave(self) -> None:
        """Close for good."""


class Equipment(QObject):
    """Built once the window was painted; built anew when scale or language change."""

    def __init__(self, window: QWidget, shell: Shell, entries: list[Entry]) -> None:
        super().__init__(window)
        self._window, self._shell, self._entries = window, shell, entries
        self._toasts: ToastStack | None = None
        self._palette: Palette | None = None
        self._search: LibrarySearch | None = None
        self._cast: CastDesk | None = None
        self._cast_ids: list[str] = []
        self.commands = Commands(window)
        self.ring = FocusRing(shell.theme, window)
        self.ring.watch_window()
        self.navigator = FocusNavigator(window, self._scope, self._cross, self)
        virtual_accessible.install()
        self.add_commands()

    def set_search(self, search: LibrarySearch) -> None:
        """Let the palette find items of the library."""
        self._search = search
        self._drop_palette()

    def set_cast(self, desk: CastDesk) -> None:
        """Let keys and palette reach other screens."""
        self._cast = desk
        desk.model.castings_changed.connect(self._add_cast_commands)
        self._add_cast_commands()

    def toasts(self) -> ToastStack:
        """The messages in the corner."""
        if self._toasts is None:
            self._toasts = ToastStack(self._shell.theme, self._window)
        return self._toasts

    def overlay(self) -> Overlay | None:
        """What lies open over the whole window, the topmost."""
        shown = [child for child in self._window.children() if isinstance(child, Overlay)]
        return next((child for child in reversed(shown) if child.isVisible()), None)

    def open_palette(self, text: str = "") -> None:
        """Open the palette."""
        if self._palette is None:
            from ui.palette import Palette

            self._palette = Palette(
                self._shell.theme, self._window, self.commands, self._search, self._shell.open
            )
        self._palette.ask(text)

    def renew(self) -> None:
        """Everything has another size or language now."""
        self._drop_palette()
        if self._toasts is not None:
            self._toasts.deleteLater()
            self._toasts = None
        self._cast_ids = []
        self.add_commands()

    def add_commands(self) -> None:
        """The window's own commands, and one for each page."""
        shell, add = self._shell, self._add
        pages = [entry for entry in self._entries if entry.place != "none"]
        for place, entry in enumerate(pages):
            shortcut = f"Alt+{(place + 1) % 10}" if place < 10 else ""
            add(f"page.{entry.name}", entry.words(), entry.icon, self._opener(entry), shortcut)
        if any(entry.name == "studio" for entry in pages):
            new, files = self.tr("New video"), self.tr("Asset library")
            add("studio.new", new, "clapperboard", lambda: shell.open("studio", new=True), "")
            add("studio.assets", files, "layers", lambda: shell.open("studio", assets=True), "")
        if any(entry.name == "publishing" for entry in pages):
            self._add_publishing()
        if any(entry.name == "system" for entry in pages):
            self._add_system()
        add("palette", self.tr("All commands"), "command", self.open_palette, "Ctrl+K", True)
        add("search", self.tr("Search this page"), "search", self._search_page, "Ctrl+F")
        add("screen", self.tr("Full screen"), "maximize", shell.toggle_full_screen, "F11")
        add("undo", self.tr("Undo"), "undo-2", self._undo, "Ctrl+Z", True)
        add("quit", self.tr("Quit Sokoul"), "power", shell.leave, "Ctrl+Q")
        self.navigator.reserve(["Ctrl+K", "F11", "Ctrl+Q", "Ctrl+F"])
        self._add_cast_commands()

    def _add_publishing(self) -> None:
        """A new post, a new link, and the views of the page."""
        shell = self._shell
        for name, title, icon, args in (
            ("new", self.tr("New post"), "send", {"new": True}),
            ("link", self.tr("New access link"), "link", {"view": "links", "new": True}),
            ("queue", self.tr("Queue of posts"), "list", {"view": "queue"}),
            ("results", self.tr("Results of posts"), "gauge", {"view": "results"}),
            ("accounts", self.tr("Accounts to post with"), "users", {"view": "accounts"}),
            ("audit", self.tr("Audit log"), "shield-check", {"view": "audit"}),
        ):
            act = partial(shell.open, "publishing", **args)
            self._add(f"publishing.{name}", title, icon, act, "")

    def _add_system(self) -> None:
        """The views of the page."""
        for name, title, icon in (
            ("log", self.tr("Live log"), "list"),
            ("alerts", self.tr("Alerts"), "bell"),
            ("storage", self.tr("What takes space"), "hard-drive"),
            ("nights", self.tr("Nightly jobs and backups"), "moon"),
        ):
            act = partial(self._shell.open, "system", view=name)
            self._add(f"system.{name}", title, icon, act, "")

    def show_toast(
        self,
        text: str,
        level: NoticeLevel,
        action: str | None,
        on_action: Callable[[], None] | None,
        seconds: float,
    ) -> None:
        """Show a message in the corner."""
        self.toasts().show_toast(text, level, action, on_action, seconds)

    def _add(
        self,
        command_id: str,
        title: str,
        icon: str,
        callback: Callable[[], object],
        shortcut: str,
        hidden: bool = False,
    ) -> None:
        self.commands.add(
            Command(command_id, title, icon, callback, shortcut, self._allowed, hidden)
        )

    def _add_cast_commands(self) -> None:
        """Other screens: the list of them always, the rest while something plays there."""
        cast = self._cast
        if cast is None:
            return
        playing = cast.model.going
        if self._cast_ids and playing == ("cast.toggle" in self._cast_ids):
            return
        for known in self._cast_ids:
            self.commands.remove(known)
        self._cast_ids = []
        self._add_cast("cast", self.tr("Play on a TV"), "cast", self._cast_chosen, "C")
        self._add_cast("cast.show", self.tr("TVs and other screens"), "tv", cast.show)
        if not playing:
            return
        words = {
            "toggle": (self.tr("Pause the TV, or go on"), "pause", "Toggle Media Play/Pause"),
            "stop": (self.tr("Stop the TV"), "x", "Media Stop"),
            "louder": (self.tr("TV louder"), "volume-2", ""),
            "quieter": (self.tr("TV quieter"), "volume-1", ""),
            "mute": (self.tr("TV without sound, or with"), "volume-x", ""),
        }
        for name, (title, icon, shortcut) in words.items():
            act = partial(cast.do, name)
            self._add_cast(f"cast.{name}", title, icon, act, shortcut)
        here = self.tr("Play on this screen")
        self._add_cast("cast.here", here, "monitor", cast.play_here)

    def _add_cast(
        self, command_id: str, title: str, icon: str, act: Callable[[], object], shortcut: str = ""
    ) -> None:
        self._cast_ids.append(command_id)
        self._add(command_id, title, icon, act, shortcut)

    def _cast_chosen(self) -> None:
        """What is chosen on the page, else what plays."""
        page = self._shell.stack.page()
        if self._cast is not None and (page is None or not page.cast()):
            self._cast.show()

    def _allowed(self) -> bool:
        """Commands rest while something else lies over the window; the palette is no obstacle."""
        overlay = self.overlay()
        return overlay is None or overlay is self._palette

    def _opener(self, entry: Entry) -> Callable[[], object]:
        return lambda: self._shell.open(entry.name)

    def _search_page(self) -> None:
        page = self._shell.stack.page()
        found = page.search_field() if page is not None else None
        if found is not None:
            found.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.open_palette()

    def _undo(self) -> None:
        if self._toasts is not None:
            self._toasts.act_on_newest()

    def _drop_palette(self) -> None:
        if self._palette is not None:
            self._palette.dismiss()
            self._palette.deleteLater()
            self._palette = None

    def _scope(self) -> list[QWidget]:
        overlay = self.overlay()
        if overlay is not None:
            return [overlay.panel]
        homes: list[QWidget] = []
        page = self._shell.stack.currentWidget()
        if page is not None:
            homes.append(page)
        if self._toasts is not None and self._toasts.isVisible():
            homes.append(self._toasts)
        if self._shell.rail.isVisible():
            homes.append(self._shell.rail)
        return homes

    def _cross(self, key: Qt.Key) -> bool:
        """Left of the page lies the rail; right of the rail is where one was in the page."""
        focused, rail = QApplication.focusWidget(), self._shell.rail
        if focused is None or self.overlay() is not None:
            return False
        in_page = self._shell.stack.isAncestorOf(focused)
        if key == Qt.Key.Key_Left and in_page and rail.isVisible():
            self._shell.stack.remember_focus()
            return rail.focus_lit()
        if key == Qt.Key.Key_Right and rail.isAncestorOf(focused):
            return self._shell.stack.focus_page()
        return False
