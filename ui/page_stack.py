"""The pages of the window: built at their first visit, with the way one came to each."""

from __future__ import annotations

import importlib
import logging
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.catalogue import Entry
from ui.page import Page, PageContext
from ui.theme import Theme
from ui.widgets.skeleton import Skeleton

log = logging.getLogger(__name__)
MOST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop on the way: a page, what it was opened with, and where the focus was left."""

    page: str
    args: dict[str, object] = field(default_factory=dict)
    focus: weakref.ref[QWidget] | None = None


class PageStack(QStackedWidget):
    """Shows one page of the catalogue and remembers those before it.

    Without a context it shows the skeleton of a page; a page whose code fails is replaced by
    a plain message and the others go on.
    """

    shown = Signal(str)
    badge_changed = Signal(str, int)
    immersive_changed = Signal(bool)

    def __init__(self, theme: Theme, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = {entry.name: entry for entry in entries}
        self._context: PageContext | None = None
        self._built: dict[str, QWidget] = {}
        self._history: list[Visit] = []

    def set_context(self, context: PageContext) -> None:
        """Build pages from now on, the one shown first."""
        self._context = context
        self.rebuild()

    def rebuild(self) -> None:
        """Build the pages anew; one stays where one is."""
        shown = self.page()
        if shown is not None and self._history:
            visit = self._history[-1]
            self._history[-1] = replace(visit, args={**visit.args, **shown.where()})
        for name, widget in list(self._built.items()):
            if isinstance(widget, Page) and not widget.can_rebuild():
                continue
            del self._built[name]
            self.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._history = [replace(visit, focus=None) for visit in self._history]
        if self._history:
            self._go(self._history.pop())

    def open(self, page: str, args: dict[str, object]) -> None:
        """Show a page; opening the one that is shown tells it so and adds no step."""
        if page not in self._entries:
            log.error("There is no page %r", page)
            return
        current = self._history[-1] if self._history else None
        if current is not None and current.page == page and current.args == args:
            self._history.pop()
            self._go(Visit(page, args))
            return
        self._remember_focus()
        self._go(Visit(page, args))

    def back(self) -> bool:
        """Return to the page before; False when there is none."""
        if len(self._history) < 2:
            return False
        self._history.pop()
        self._go(self._history.pop())
        return True

    def current(self) -> str:
        """The name of the page shown."""
        return self._history[-1].page if self._history else ""

    def lit(self) -> str:
        """The name of the page that is lit in the rail for it."""
        entry = self._entries.get(self.current())
        return (entry.under or entry.name) if entry is not None else ""

    def page(self) -> Page | None:
        """The page shown, or None while something else stands for it."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Page) else None

    def built(self, name: str) -> bool:
        """Whether a page was visited and built."""
        return isinstance(self._built.get(name), Page)

    def focus_page(self) -> bool:
        """Give the focus back to where it was in the page, else to its first control."""
        widget = self.currentWidget()
        if widget is None:
            return False
        kept = self._history[-1].focus if self._history else None
        found = kept() if kept is not None else None
        if (
            found is not None
            and shiboken6.isValid(found)
            and widget.isAncestorOf(found)
            and found.isVisible()
            and found.isEnabled()
        ):
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(widget, Page):
            widget.focus_first()
        else:
            return False
        return True

    def remember_focus(self) -> None:
        """Keep where the focus is in the page, for `focus_page()`."""
        self._remember_focus()

    def _go(self, visit: Visit) -> None:
        old = self.page()
        entry = self._entries[visit.page]
        widget = self._widget_of(entry)
        self._history.append(visit)
        del self._history[:-MOST_HISTORY]
        if old is not None and old is not widget and shiboken6.isValid(old):
            old.left()
        self.setCurrentWidget(widget)
        self.immersive_changed.emit(isinstance(widget, Page) and widget.immersive)
        self.shown.emit(visit.page)
        if isinstance(widget, Page):
            widget.opened(**visit.args)
            self.focus_page()

    def _widget_of(self, entry: Entry) -> QWidget:
        widget = self._built.get(entry.name)
        if widget is None:
            if self._context is None:
                widget = Skeleton(self._theme, entry.shape, self)
            else:
                widget = self._build(entry, self._context)
            self._built[entry.name] = widget
            self.addWidget(widget)
        return widget

    def _build(self, entry: Entry, context: PageContext) -> QWidget:
        try:
            page: Page = importlib.import_module(entry.module).create(context)
        except Exception:  # noqa: BLE001 - the border: one broken page must not close the window
            log.exception("The page %s could not be built", entry.name)
            return self._broken(entry)
        page.setParent(self)
        page.immersive_changed.connect(lambda on: self._on_immersive(page, on))
        page.badge_changed.connect(lambda count: self.badge_changed.emit(entry.name, count))
        return page

    def _on_immersive(self, page: Page, on: bool) -> None:
        if self.currentWidget() is page:
            self.immersive_changed.emit(on)

    def _broken(self, entry: Entry) -> QWidget:
        from ui.widgets.empty_state import EmptyState

        state = EmptyState(
            self._theme,
            self.tr("{page} could not be opened").format(page=entry.words()),
            self.tr("Something in this page is broken. Nothing of yours was lost."),
            self.tr("What happened is written in the log."),
            icon="triangle-alert",
        )

        def again() -> None:
            self._built.pop(entry.name, None)
            self.removeWidget(state)
            state.deleteLater()
            self._go(self._history.pop())

        state.add_button(self.tr("Try again"), again, "main", "refresh-cw")
        return state

    def _remember_focus(self) -> None:
        focused, page = QApplication.focusWidget(), self.currentWidget()
        if not self._history or focused is None or page is None:
            return
        if page.isAncestorOf(focused):
            self._history[-1] = replace(self._history[-1], focus=weakref.ref(focused))
