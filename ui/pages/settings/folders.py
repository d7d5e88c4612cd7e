"""The card of the owner's folders: each with its state, its scan and its menu."""

from __future__ import annotations

import time
from functools import partial
from pathlib import PurePosixPath

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.domain.events import ScanPhase, ScanProgressed
from app.domain.media import Folder, FolderId, FolderState
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.tags import Tag

WEEK = 6 * 86_400


class FolderRow(Row):
    """One folder."""

    scan_pressed = Signal()
    remove_pressed = Signal()

    def __init__(self, theme: Theme, folder: Folder, watched: bool, parent: QWidget) -> None:
        self.folder = folder
        self._watched = watched
        here = folder.state is FolderState.HERE
        self._name = PurePosixPath(folder.display).name or folder.display
        self.tag = Tag(theme, "", "dim" if here else "accent")
        self.scan = Button(theme, "")
        self.menu = Button(theme, "", "icon", "ellipsis")
        super().__init__(theme, self._name, "", [self.tag, self.scan, self.menu], folder.display)
        self.setParent(parent)
        self.tag.set_text(self.tr("Here") if here else self.tr("Away"))
        self.scan.setText(self.tr("Scan"))
        self.scan.setAccessibleName(self.tr("Scan {name}").format(name=self._name))
        self.scan.setVisible(here)
        self.scan.clicked.connect(self.scan_pressed)
        more = self.tr("More for {name}").format(name=self._name)
        self.menu.setAccessibleName(more)
        self.menu.setToolTip(more)
        self.menu.clicked.connect(self._open_menu)
        self.show_scan(None)

    def show_scan(self, scan: ScanProgressed | None) -> None:
        """Show how far a scan is, or the folder as it is."""
        self.scan.setText(self.tr("Stop") if scan else self.tr("Scan"))
        self.set_text(self._progress(scan) if scan else self._about())

    def _about(self) -> str:
        items = self.tr("%n item(s)", "", self.folder.items)
        if self.folder.state is FolderState.AWAY:
            return self.tr("{since} Its {items} are kept and come back with it.").format(
                since=self._since(), items=items
            )
        parts = [self.folder.display, items]
        if self._watched:
            parts.append(self.tr("watched for changes"))
        return " · ".join(parts)

    def _since(self) -> str:
        moment = self.folder.away_since
        if moment is None:
            return self.tr("Unplugged.")
        when = QDateTime.fromSecsSinceEpoch(int(moment))
        if when.date() == QDateTime.currentDateTime().date():
            return self.tr("Unplugged since {time}.").format(
                time=QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
            )
        if time.time() - moment < WEEK:
            return self.tr("Unplugged since {day}.").format(
                day=QLocale().dayName(when.date().dayOfWeek())
            )
        day = QLocale().toString(when.date(), QLocale.FormatType.LongFormat)
        return self.tr("Unplugged since {day}.").format(day=day)

    def _progress(self, scan: ScanProgressed) -> str:
        if scan.phase is ScanPhase.WAITING:
            return self.tr("Waiting for another scan to end")
        figures = str(scan.done) if scan.total is None else f"{scan.done} / {scan.total}"
        said = {
            ScanPhase.NAMES: self.tr("Reading names: {figures}"),
            ScanPhase.PROBING: self.tr("Looking into the files: {figures}"),
            ScanPhase.PICTURES: self.tr("Making pictures: {figures}"),
        }.get(scan.phase, "{figures}")
        return said.format(figures=figures)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if not self.scan.isHidden():
            menu.addAction(self.scan.text()).triggered.connect(lambda: self.scan_pressed.emit())
        remove = menu.addAction(self.tr("Remove from the library"))
        remove.triggered.connect(lambda: self.remove_pressed.emit())
        menu.popup(self.menu.mapToGlobal(self.menu.rect().bottomLeft()))


class FoldersCard(Card):
    """All folders, and the button that adds one."""

    add_pressed = Signal()
    scan_pressed = Signal(object)
    remove_pressed = Signal(object)
    retry_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: dict[FolderId, FolderRow] = {}
        self._say(self.tr("Looking at your folders…"))

    def show_folders(self, folders: tuple[Folder, ...], watched: bool) -> None:
        """Show these folders."""
        with_focus = self._focused()
        self.clear()
        self._rows = {}
        for folder in folders:
            row = FolderRow(self._theme, folder, watched, self)
            row.scan_pressed.connect(partial(self.scan_pressed.emit, folder))
            row.remove_pressed.connect(partial(self.remove_pressed.emit, folder))
            self._rows[folder.id] = row
            self.add(row)
        if not folders:
            self._empty()
        self.add(self._button())
        self._focus(with_focus)

    def show_failure(self, text: str) -> None:
        """Say that the folders cannot be read now."""
        again = Button(self._theme, self.tr("Try again"), "plain", "refresh-cw")
        again.clicked.connect(self.retry_pressed)
        self.clear()
        self._rows = {}
        row = Row(self._theme, self.tr("Your folders cannot be read now"), text, [again])
        row.text.set_tone("bad")
        self.add(row)

    def show_scans(self, scans: dict[FolderId, ScanProgressed]) -> None:
        """Show how far scans are."""
        for folder, row in self._rows.items():
            row.show_scan(scans.get(folder))

    def folder_rows(self) -> list[FolderRow]:
        """The rows, in order."""
        return list(self._rows.values())

    def _say(self, text: str) -> None:
        self.clear()
        self.add(Row(self._theme, text))

    def _empty(self) -> None:
        self.add(
            Row(
                self._theme,
                self.tr("No folder yet"),
                self.tr("Add the folder your films live in. Nothing is moved or changed."),
            )
        )

    def _button(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        px = self._theme.px
        row.setContentsMargins(px(20), px(14), px(20), px(6))
        add = Button(self._theme, self.tr("Add folder"), "ghost", "folder-plus")
        add.setObjectName("add")
        add.clicked.connect(self.add_pressed)
        row.addWidget(add)
        row.addStretch(1)
        return holder

    def _focused(self) -> tuple[FolderId | None, str] | None:
        """Which folder's button, or the one that adds, has the focus."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return None
        for folder, row in self._rows.items():
            if focused in (row.scan, row.menu):
                return folder, "scan" if focused is row.scan else "menu"
        return None, "add"

    def _focus(self, place: tuple[FolderId | None, str] | None) -> None:
        if place is None:
            return
        row = self._rows.get(place[0]) if place[0] is not None else None
        target: QWidget | None = self.findChild(Button, "add")
        if row is not None:
            target = row.menu if place[1] == "menu" or row.scan.isHidden() else row.scan
        if target is not None:
            target.setFocus()
