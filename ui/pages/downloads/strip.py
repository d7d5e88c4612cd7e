"""The quiet line that offers to add the link the clipboard holds; it never adds by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.pages.downloads.links import name_of
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label


class ClipboardStrip(QFrame):
    """Offers a link once; a link that was refused is not offered again."""

    accepted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link = ""
        self._refused: set[str] = set()
        self.setProperty("surface", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(12))
        icon = QLabel()
        icon.setPixmap(theme.pixmap("clipboard", "dim", 20, self.devicePixelRatioF()))
        row.addWidget(icon)
        row.addWidget(Label(self.tr("Add the link from the clipboard?"), "strong"))
        self._name = ElidedLabel("", "secondary")
        row.addWidget(self._name, 1, Qt.AlignmentFlag.AlignVCenter)
        self.add = Button(theme, self.tr("Add"), "plain", "plus")
        self.add.clicked.connect(lambda _on=False: self._accept())
        row.addWidget(self.add)
        self.leave = Button(theme, "", "icon", "x", self.tr("Leave it"))
        self.leave.clicked.connect(lambda _on=False: self._refuse())
        row.addWidget(self.leave)
        self.setFixedHeight(theme.px(60))
        self.hide()

    def offer(self, link: str) -> None:
        """Offer a link; nothing, or one that was refused before, hides the line."""
        self.link = "" if link in self._refused else link
        self._name.setText(name_of(self.link) if self.link else "")
        name = self.tr("Add {name} from the clipboard").format(name=self._name.text())
        self.add.setAccessibleName(name)
        self.setVisible(bool(self.link))

    def _accept(self) -> None:
        link = self.link
        self._refuse()  # it is offered once
        self.accepted.emit(link)

    def _refuse(self) -> None:
        self._refused.add(self.link)
        self.offer("")
