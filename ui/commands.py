"""Every command of the window: found in the palette, run by its shortcut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """Something the owner can ask for. `title` is in the window's language.

    `shortcut` is written as Qt writes it in English, such as ``Ctrl+Shift+S``. `hidden` keeps
    it out of the palette.
    """

    id: str
    title: str
    icon: str
    callback: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = _always
    hidden: bool = False


class Commands(QObject):
    """The commands there are now; pages add theirs and take them away."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, command: Command) -> Callable[[], None]:
        """Add a command, in place of one of the same id; call what is returned to remove it."""
        self.remove(command.id)
        self._commands[command.id] = command
        if command.shortcut:
            action = QAction(command.title, self._window)
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda: self.run(command.id))
            self._window.addAction(action)
            self._actions[command.id] = action
        self.changed.emit()
        return lambda: self._remove_exactly(command)

    def remove(self, command_id: str) -> None:
        """Take a command away; one that is not there is no error."""
        self._commands.pop(command_id, None)
        action = self._actions.pop(command_id, None)
        if action is not None:
            self._window.removeAction(action)
            action.deleteLater()

    def run(self, command_id: str) -> bool:
        """Run a command; False when there is none or it is not possible now."""
        command = self._commands.get(command_id)
        if command is None or not command.enabled():
            return False
        command.callback()
        return True

    def all(self) -> list[Command]:
        """The commands of the palette that are possible now, in the order they were added."""
        return [
            command
            for command in self._commands.values()
            if not command.hidden and command.enabled()
        ]

    def shortcuts(self) -> list[QKeySequence]:
        """Every key sequence that must reach the window even from a text field."""
        return [action.shortcut() for action in self._actions.values()]

    def _remove_exactly(self, command: Command) -> None:
        if self._commands.get(command.id) is command:
            self.remove(command.id)
            self.changed.emit()
