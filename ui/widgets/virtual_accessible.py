"""What the self-painted walls tell screen readers: a list, its items on the screen, the focus."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget

from ui.widgets.virtual_wall import VirtualWall

MOST_CELLS = 500


class WallInterface(QAccessibleWidget):
    """A wall as a list whose children are the items seen now.

    Qt keeps each item by a number and asks for it again: an item must be taken back from Qt,
    never just let go of.
    """

    def __init__(self, wall: VirtualWall) -> None:
        super().__init__(wall, QAccessible.Role.List, wall.accessibleName())
        self._wall = wall
        self._cells: dict[int, CellInterface] = {}
        self._numbers: list[int] = []

    def childCount(self) -> int:
        """How many items are on the screen."""
        return len(self._rows())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is Qt's nullptr
        """One of them."""
        rows = self._rows()
        return self._cell(rows[index]) if 0 <= index < len(rows) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place among them, or -1."""
        rows = self._rows()
        row = child.row if isinstance(child, CellInterface) else -1
        return rows.index(row) if row in rows else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # None is Qt's nullptr
        """The current item, while the wall has the focus."""
        if not self._wall.hasFocus() or self._wall.current_id() < 0:
            return None
        return self._cell(self._wall.current_row())

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is Qt's nullptr
        """The item at a point of the screen."""
        row = self._wall.row_at(self._wall.viewport().mapFromGlobal(QPoint(x, y)))
        return self._cell(row) if row >= 0 else None

    def _rows(self) -> range:
        return self._wall.visible_rows(0, self._wall.viewport().height())

    def _cell(self, row: int) -> CellInterface:
        cell = self._cells.get(row)
        if cell is None:
            if len(self._cells) > MOST_CELLS:
                self.forget()
            cell = self._cells[row] = CellInterface(self._wall, row)
            self._numbers.append(QAccessible.registerAccessibleInterface(cell))
        return cell

    def forget(self) -> None:
        """Take every item back from Qt, which ends them."""
        for number in self._numbers:
            QAccessible.deleteAccessibleInterface(number)
        self._numbers.clear()
        self._cells.clear()


class CellInterface(QAccessibleInterface):
    """One item of a wall."""

    def __init__(self, wall: VirtualWall, row: int) -> None:
        super().__init__()
        self._wall, self.row = wall, row

    def isValid(self) -> bool:
        """Whether the wall still has it."""
        return shiboken6.isValid(self._wall) and self.row < len(self._wall.ids())

    def object(self) -> QObject | None:  # type: ignore[override]  # None is Qt's nullptr
        """It is painted, not an object."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # None is Qt's nullptr
        """The window it is in."""
        return self._wall.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The wall."""
        return QAccessible.queryAccessibleInterface(self._wall)

    def childCount(self) -> int:
        """None."""
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is Qt's nullptr
        """None."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is Qt's nullptr
        """None."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None is."""
        return -1

    def rect(self) -> QRect:
        """Where it is on the screen."""
        cell = self._wall.cell(self.row)
        return QRect(self._wall.viewport().mapToGlobal(cell.topLeft()), cell.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is current and has the focus."""
        state = QAccessible.State()
        current = self.row == self._wall.current_row()
        for name, on in (
            ("focusable", True),
            ("selectable", True),
            ("selected", current),
            ("focused", current and self._wall.hasFocus()),
            ("invisible", not self._wall.isVisible()),
        ):
            setattr(state, name, on)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Its title, year, length, and what was watched."""
        return self._wall.spoken(self.row) if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """It cannot be written to."""

    def foregroundColor(self) -> QColor:
        """Not told."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Not told."""
        return QColor()


class Interfaces:
    """Makes the interface of each wall once and keeps it while the wall lives."""

    def __init__(self) -> None:
        self._made: dict[int, WallInterface] = {}

    def make(self, _name: str, source: QObject) -> QAccessibleInterface | None:
        """The factory Qt calls for every object; walls are the only ones it answers for."""
        if not isinstance(source, VirtualWall):
            return None
        key = id(source)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = WallInterface(source)
            source.destroyed.connect(lambda: self._forget(key))
        return found

    def _forget(self, key: int) -> None:
        gone = self._made.pop(key, None)
        if gone is not None:
            gone.forget()

    def walls(self) -> Iterator[WallInterface]:
        """Those made so far."""
        yield from self._made.values()


def install() -> None:
    """Tell Qt about the walls; called once, when the window is equipped."""
    QAccessible.installFactory(Interfaces().make)


def tell_focus(wall: VirtualWall) -> None:
    """Say that another item has the focus, when somebody listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(wall, QAccessible.Event.Focus))
