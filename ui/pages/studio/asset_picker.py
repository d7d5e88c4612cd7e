"""The asset library over the page, to take a picture or a clip from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.project import Asset, AssetKind
from ui.pages.studio.asset_view import AssetLibraryView
from ui.pages.studio.assets_model import AssetsModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.posters import PosterCache

SHOWN = (AssetKind.PICTURE, AssetKind.CLIP)


class AssetPicker(Overlay):
    """`chosen` carries the asset. It deletes itself when it is closed."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, posters: PosterCache, model: AssetsModel, window: QWidget
    ) -> None:
        super().__init__(theme, window, 980, 640)
        self._model = model
        self.view = AssetLibraryView(theme, posters, model, self.panel, kinds=SHOWN)
        self.view.picture_pressed.connect(self._on_picked)
        self.view.play_wished.connect(self._on_picked)
        self.view.back_wished.connect(self.dismiss)
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Take it from the asset library"), "section"), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.view, 1)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it and ask for pictures."""
        super().open()
        self._model.show_kind(AssetKind.PICTURE)

    def focus_first(self) -> None:
        """Where one searches."""
        self.view.focus_first()

    def _on_picked(self, asset: Asset, _path: str) -> None:
        self.dismiss()
        self.chosen.emit(asset)
