"""Chooses a folder inside the window, so that a remote can do it as well as a mouse."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.folder_listing import FolderReader, Listing, Place, display, parent
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay

ROLE = Qt.ItemDataRole.UserRole
ICONS = {
    "home": "house",
    "videos": "film",
    "disk": "hard-drive",
    "root": "server",
    "folder": "folder",
}
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class FolderList(QListWidget):
    """Folders one below the other; Right goes on to the button, Backspace to the folder above."""

    entered_folder = Signal(object)
    went_on = Signal()
    went_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemClicked.connect(self._enter)

    def takes_arrow(self, key: int) -> bool:
        """Up and down until the ends; right is the way to the button."""
        if key == Qt.Key.Key_Up:
            return self.currentRow() > 0
        if key == Qt.Key.Key_Down:
            return self.currentRow() < self.count() - 1
        return key == Qt.Key.Key_Right

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into a folder."""
        if event.key() in PRESS and self.currentItem() is not None:
            self._enter(self.currentItem())
        elif event.key() == Qt.Key.Key_Right:
            self.went_on.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def show_places(self, places: tuple[Place, ...], icons: dict[str, QIcon]) -> None:
        """Show these, the first one current."""
        self.clear()
        for place in places:
            item = QListWidgetItem(icons[place.kind], place.name, self)
            item.setData(ROLE, place.path)
            item.setToolTip(display(place.path))
        if places:
            self.setCurrentRow(0)

    def _enter(self, item: QListWidgetItem) -> None:
        self.entered_folder.emit(_bytes(item.data(ROLE)))


class FolderPicker(Overlay):
    """Places at the left, folders at the right; `chosen` carries the path as bytes.

    It deletes itself when it is closed.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, start: bytes | None = None) -> None:
        super().__init__(theme, window, 880, 640)
        self._start = start or os.fsencode(Path.home())
        self._path = self._start
        self._came_from = b""
        self._icons = {kind: theme.icon(name) for kind, name in ICONS.items()}
        self._reader = FolderReader(self)
        self._reader.listed.connect(self._on_listed)
        self._reader.places_found.connect(self._on_places)
        self.setAccessibleName(self.tr("Choose a folder"))
        self.column.addLayout(self._make_head())
        self.column.addLayout(self._make_path())
        self.column.addLayout(self._make_lists(), 1)
        self.column.addLayout(self._make_foot())
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it and read the first folder."""
        super().open()
        self._reader.find_places()
        self.go(self._start)

    def focus_first(self) -> None:
        """The folders."""
        self.folders.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, path: bytes) -> None:
        """Show the folders inside `path`."""
        self._path = path
        self.field.setText(display(path))
        self.state.setText(self.tr("Reading…"))
        self.choose.setEnabled(False)
        self._reader.read(path)

    def go_up(self) -> None:
        """Show the folder above."""
        if self._path != b"/":
            self._came_from = self._path
            self.go(parent(self._path))

    @property
    def path(self) -> bytes:
        """The folder shown."""
        return self._path

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self.tr("Choose a folder"), "section"))
        row.addStretch(1)
        close = Button(self._theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        return row

    def _make_path(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        self.up = Button(self._theme, "", "icon", "arrow-up", self.tr("The folder above"))
        self.up.clicked.connect(self.go_up)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Path"))
        self.field.returnPressed.connect(self._on_typed)
        row.addWidget(self.up)
        row.addWidget(self.field, 1)
        return row

    def _make_lists(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(20))
        self.places = FolderList(self._theme, self.panel)
        self.places.setAccessibleName(self.tr("Places"))
        self.places.setFixedWidth(self._theme.px(250))
        self.folders = FolderList(self._theme, self.panel)
        self.folders.setAccessibleName(self.tr("Folders"))
        self.places.entered_folder.connect(self._on_place)
        self.places.went_on.connect(self.focus_first)
        self.folders.entered_folder.connect(self.go)
        self.folders.went_on.connect(self._to_button)
        self.folders.went_up.connect(self.go_up)
        row.addWidget(self.places)
        row.addWidget(self.folders, 1)
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        self.state = Label("", "secondary")
        self.choose = Button(self._theme, self.tr("Choose this folder"), "main", "check")
        self.choose.clicked.connect(self._on_choose)
        row.addWidget(self.state, 1)
        row.addWidget(self.choose)
        return row

    def _to_button(self) -> None:
        if self.choose.isEnabled():
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_place(self, path: bytes) -> None:
        self.go(path)
        self.focus_first()

    def _on_typed(self) -> None:
        typed = self.field.text().strip()
        if typed != display(self._path):
            self.go(os.fsencode(Path(typed).expanduser()))
        self.focus_first()

    def _on_places(self, places: tuple[Place, ...]) -> None:
        named = tuple(
            Place(place.path, self.tr("Home folder") if place.kind == "home" else place.name,
                  place.kind)
            for place in places
        )  # fmt: skip
        self.places.show_places(named, self._icons)

    def _on_listed(self, listing: Listing) -> None:
        self.folders.show_places(listing.folders, self._icons)
        for row, place in enumerate(listing.folders):
            if place.path == self._came_from:
                self.folders.setCurrentRow(row)
        self._came_from = b""
        self.choose.setEnabled(not listing.error)
        if not listing.folders and not listing.error and self.folders.hasFocus():
            self._to_button()
        self.up.setEnabled(listing.path != b"/")
        if listing.error:
            said = self.tr("This folder cannot be read: {reason}").format(reason=listing.error)
        elif not listing.folders:
            said = self.tr("There are no folders inside this one.")
        else:
            said = self.tr("Enter opens a folder. Right goes to the button.")
        self.state.setText(said)

    def _on_choose(self) -> None:
        path = self._path
        self.dismiss()
        self.chosen.emit(path)


def _bytes(held: object) -> bytes:
    """Qt may hand bytes back as its own byte array."""
    return held if isinstance(held, bytes) else bytes(held)  # type: ignore[call-overload]  # QByteArray
