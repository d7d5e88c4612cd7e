"""The live log: filters above, the lines, what was found below; and its small card elsewhere."""

from __future__ import annotations

import os

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.services.monitoring.logbook import text_of
from ui import words
from ui.messages import sentence
from ui.pages.system.card import Card
from ui.pages.system.log_details import LogDetails
from ui.pages.system.log_filters import LevelChip, PartChip
from ui.pages.system.log_list import LogList
from ui.pages.system.log_model import LogModel, Watcher
from ui.pages.system.log_tail import LogTail
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label
from ui.widgets.search_field import SearchField

HIGH = 44  # pixels at 100 % of the fields and buttons the chips stand beside
CTRL = Qt.KeyboardModifier.ControlModifier


class LogBar(QWidget):
    """What one does with the log, in a row that wraps where there is no room."""

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.part, self.level = PartChip(theme, model), LevelChip(theme, model)
        self.search = SearchField(theme, self.tr("Find in the log"))
        self.follow = Chip(theme, self.tr("Follow"), "arrow-down")
        self.pause = Button(theme, self.tr("Pause"), "ghost", "pause")
        self.copy = Button(theme, self.tr("Copy"), "ghost", "copy")
        self.save = Button(theme, self.tr("Save"), "ghost", "save")
        self.bundle = Button(theme, self.tr("Bundle for a bug report"), "ghost", "inbox")
        self.follow.setToolTip(self.tr("Keep the newest line in view (End)"))
        self.pause.setToolTip(self.tr("Show nothing new for now (Space)"))
        self.bundle.setToolTip(self.tr("Everything a developer needs, without your secrets"))
        row = FlowLayout(theme.px(10), self)
        for part in (self.part, self.level, self.search, self.follow, self.pause, self.copy,
                     self.save, self.bundle):  # fmt: skip
            row.addWidget(_centred(part, theme.px(HIGH)) if isinstance(part, Chip) else part)


class LogView(QWidget):
    """The whole log. It looks at the station only while it is seen.

    Keys: arrows, Page Up and Down, Home, End follows; Shift picks, Ctrl+A all; Ctrl+C copies,
    Enter tells all of a line, Space pauses, Ctrl+F finds, Ctrl+S saves.
    """

    told = Signal(str)
    """Something was done, as a sentence for a toast."""
    failed = Signal(object)
    """Something could not be done: an `AppError`."""

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model, self._watcher = theme, model, Watcher(model)
        self.bar = LogBar(theme, model, self)
        self.list = LogList(theme, model.line)
        self.nothing = EmptyState(theme, self.tr("Nothing yet"), "", icon="list", tone="dim")
        again = self.tr("Show all parts and words")
        self.again = self.nothing.add_button(again, model.show_all, "plain", "list")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        self.state = Label("", "caption")
        self._lay_out(theme)
        self._connect()
        self._show_filter()
        self._show()

    def focus_first(self) -> None:
        """The lines; the words to find while there are none."""
        shown = self.list if self.stack.currentWidget() is self.list else self.bar.search
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put what is picked on the clipboard; all that is shown when nothing is."""
        numbers = self.list.picked() if self.list.has_stretch() else self._model.numbers
        lines = self._model.lines(numbers)
        if lines:
            QGuiApplication.clipboard().setText("\n".join(map(text_of, lines)))
            self.told.emit(self.tr("%n lines copied", "", len(lines)))

    def copy_line(self) -> None:
        """Put what is picked, or the current line, on the clipboard."""
        lines = self._model.lines(self.list.picked())
        if lines:
            QGuiApplication.clipboard().setText("\n".join(map(text_of, lines)))
            self.told.emit(self.tr("%n lines copied", "", len(lines)))

    def save(self) -> FolderPicker:
        """Ask where to, then write what is picked, or all that is shown."""
        numbers = self.list.picked() if self.list.has_stretch() else None
        picker = FolderPicker(self._theme, self.window())
        picker.chosen.connect(lambda path: self._model.save(os.fsdecode(bytes(path)), numbers))
        picker.open()
        return picker

    def bundle(self) -> FolderPicker:
        """Ask where to, then write a report of a bug."""
        picker = FolderPicker(self._theme, self.window())
        picker.chosen.connect(lambda path: self._model.bundle(os.fsdecode(bytes(path))))
        picker.open()
        return picker

    def show_details(self, number: int) -> LogDetails | None:
        """Tell everything about a line."""
        line = self._model.line(number)
        if line is None:
            return None
        panel = LogDetails(self._theme, line, self.window())
        panel.open()
        return panel

    def _lay_out(self, theme: Theme) -> None:
        card = Card(theme, "")
        card.title.hide()
        card.aside.hide()
        card.column.setContentsMargins(theme.px(10), theme.px(10), theme.px(6), theme.px(10))
        card.column.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.bar)
        column.addWidget(card, 1)
        column.addWidget(self.state)

    def _connect(self) -> None:
        bar, model, lines = self.bar, self._model, self.list
        bar.search.searched.connect(model.set_text)
        bar.follow.clicked.connect(lambda on: lines.set_following(on))
        bar.pause.clicked.connect(lambda _on=False: self._toggle_pause())
        bar.copy.clicked.connect(lambda _on=False: self.copy())
        bar.save.clicked.connect(lambda _on=False: self.save())
        bar.bundle.clicked.connect(lambda _on=False: self.bundle())
        lines.following_changed.connect(bar.follow.setChecked)
        lines.activated.connect(self.show_details)
        lines.copy_wished.connect(self.copy_line)
        lines.pause_wished.connect(self._toggle_pause)
        lines.menu_wished.connect(self._open_menu)
        model.changed.connect(self._show)
        model.filter_changed.connect(self._show_filter)
        model.saved.connect(lambda path: self.told.emit(self.tr("Saved: {0}").format(path)))
        model.bundled.connect(self._on_bundled)
        model.failed.connect(self._on_failed)
        bar.follow.setChecked(True)
        self.destroyed.connect(self._watcher.end)

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Look, from now on."""
        super().showEvent(event)
        self._watcher.begin()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._watcher.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F finds, Ctrl+S saves, End follows from wherever the focus is."""
        if event.modifiers() == CTRL and event.key() == Qt.Key.Key_F:
            self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.search.selectAll()
        elif event.modifiers() == CTRL and event.key() == Qt.Key.Key_S:
            self.save()
        elif event.key() == Qt.Key.Key_End:
            self.list.set_following(True)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _toggle_pause(self) -> None:
        self._model.set_paused(not self._model.paused)

    def _show(self) -> None:
        model = self._model
        self.list.set_ids(model.numbers)
        many = len(model.numbers)
        if many or model.searching:
            self.stack.setCurrentWidget(self.list)
        else:
            self._say_nothing()
            self.stack.setCurrentWidget(self.nothing)
        parts = [self.tr("%n lines", "", many)]
        if model.paused:
            parts.append(self.tr("paused, %n new since", "", model.waiting))
        self.state.setText(words.SEPARATOR.join(parts))

    def _show_filter(self) -> None:
        bar, model = self.bar, self._model
        bar.pause.setText(self.tr("Go on") if model.paused else self.tr("Pause"))
        bar.pause.set_icon("play" if model.paused else "pause")
        bar.bundle.set_busy(model.bundling)
        if bar.search.text().strip() != model.sought.text:
            bar.search.setText(model.sought.text)
        self.list.set_needle(model.sought.text)

    def _say_nothing(self) -> None:
        sought = self._model.sought
        narrow = bool(sought.text or sought.part)
        self.again.setVisible(narrow)
        if narrow:
            told = (self.tr("No line fits this filter"), self.tr("New ones that do appear here."))
        else:
            told = (self.tr("Nothing yet"), self.tr("What the station does is written down here."))
        self.nothing.set_texts(*told)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = self.list.current_id()
        menu.addAction(self.tr("Show everything"), lambda: self.show_details(number))
        menu.addAction(self.tr("Copy"), self.copy_line)
        line = self._model.line(number)
        if line is not None:
            only = self.tr("Only {0}").format(line.part)
            menu.addAction(only, lambda: self._model.set_part(line.part))
        menu.popup(place)

    def _on_bundled(self, path: str) -> None:
        text = self.tr("The report is in {0}. Have a look at it before you send it.")
        self.told.emit(text.format(path))

    def _on_failed(self, error: BaseException) -> None:
        self.state.setText(sentence(error))
        self.failed.emit(error)


class LogCard(Card):
    """The last lines at the foot of the overview; Enter or a press opens all of it."""

    opened = Signal()

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.title.setText(self.tr("Live log"))
        self.part, self.level = PartChip(theme, model), LevelChip(theme, model)
        chips = QHBoxLayout()
        chips.setSpacing(theme.px(10))
        chips.addWidget(self.part)
        chips.addWidget(self.level)
        self.head.addLayout(chips)
        self.tail = LogTail(theme, model, self)
        self.tail.opened.connect(self.opened)
        self.column.addWidget(self.tail)


def _centred(chip: Chip, high: int) -> QWidget:
    """A chip in a line of taller parts."""
    holder = QWidget()
    holder.setFixedHeight(high)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
