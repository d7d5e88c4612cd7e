"""A picture of the asset library seen large, with what is known of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.project import Asset
from ui import words
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache

MOST = QSize(760, 500)


class PicturePanel(Overlay):
    """The picture over the page. It deletes itself when it is closed."""

    def __init__(
        self, theme: Theme, posters: PosterCache, asset: Asset, path: str, window: QWidget
    ) -> None:
        super().__init__(theme, window, 820)
        picture = Picture(theme, posters, 12)
        size = QSize(asset.width or 16, asset.height or 9)
        room = QSize(theme.px(MOST.width()), theme.px(MOST.height()))
        picture.setFixedSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        picture.show_path(path, asset.prompt)
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head = QHBoxLayout()
        head.addWidget(Label(asset.prompt or self.tr("Picture"), "strong", wrap=True), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        credit = asset.credit
        known = [credit.title, credit.author, credit.license, credit.url] if credit else []
        form = f"{asset.width} × {asset.height}" if asset.width else ""
        facts = [*known, asset.source, form, words.size(asset.size)]
        text = words.SEPARATOR.join(part for part in facts if part)
        self.facts = Label(text, "secondary", wrap=True)
        self.column.addWidget(self.facts)
        self.closed.connect(self.deleteLater)
