"""A scene opened over the page: its words, and what it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.project import Step
from app.domain.studio import SceneView
from ui import studio_words as said
from ui.messages import told
from ui.pages.studio.asset_picker import AssetPicker
from ui.pages.studio.candidates import CandidateGrid
from ui.pages.studio.file_choice import ask_file
from ui.pages.studio.project_model import ProjectModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.posters import PosterCache
from ui.words import SEPARATOR

WIDTH, HEIGHT = 1080, 660


class SceneEditor(Overlay):
    """Words at the left, candidates at the right. It deletes itself when it is closed."""

    def __init__(
        self, theme: Theme, posters: PosterCache, model: ProjectModel, scene: str, window: QWidget
    ) -> None:
        super().__init__(theme, window, WIDTH, HEIGHT)
        self._posters, self._model, self._scene = posters, model, scene
        self.heading = ElidedLabel("", "section", elide=Qt.TextElideMode.ElideRight)
        self.narration, self.prompt = QPlainTextEdit(), QPlainTextEdit()
        self.on_screen = QLineEdit()
        self.told = Label("", "secondary", "bad", wrap=True)
        self.save = Button(theme, self.tr("Save"), "main", "check")
        self.say = Button(theme, self.tr("Say it anew"), "ghost", "rotate-ccw")
        self.draw = Button(theme, self.tr("Picture anew"), "ghost", "image")
        self.others = Button(theme, self.tr("Others"), "ghost", "refresh-cw")
        self.own = Button(theme, self.tr("Own file"), "ghost", "folder-open")
        self.grid = CandidateGrid(theme, posters)
        self.nothing = Label(self.tr("There is no picture yet."), "secondary", wrap=True)
        self.column.addLayout(self._make_head())
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(24))
        columns.addLayout(self._make_words(), 5)
        columns.addLayout(self._make_shown(), 4)
        self.column.addLayout(columns, 1)
        self._connect()
        shown = model.scene(scene)
        if shown is not None:
            self.narration.setPlainText(shown.narration)
            self.on_screen.setText(shown.on_screen_text)
            self.prompt.setPlainText(shown.visual_prompt)
        self._show()

    def focus_first(self) -> None:
        """The words that are spoken."""
        self.narration.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_own(self) -> QMenu:
        """Ask what kind of file of the owner's it is to use."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("From the asset library")).triggered.connect(self.open_library)
        for text, step in (
            (self.tr("A picture"), Step.PICTURES),
            (self.tr("A clip"), Step.CLIPS),
            (self.tr("A recording of the words"), Step.VOICE),
        ):
            action = menu.addAction(text)
            action.triggered.connect(
                lambda _on=False, wished=step: ask_file(
                    self, wished, lambda name: self._model.own_file(self._scene, wished, name)
                )
            )
        menu.popup(self.own.mapToGlobal(self.own.rect().bottomLeft()))
        return menu

    def open_library(self) -> AssetPicker:
        """Offer the asset library over it."""
        window, search = self.window(), self._model.asset_search()
        picker = AssetPicker(self._theme, self._posters, search, window)
        search.setParent(picker)
        picker.chosen.connect(lambda asset: self._model.choose(self._scene, asset.id))
        picker.open()
        return picker

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        close = Button(self._theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        row.addWidget(close)
        return row

    def _make_words(self) -> QVBoxLayout:
        px = self._theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        for name, field in (
            (self.tr("What is said"), self.narration),
            (self.tr("Text in the picture"), self.on_screen),
            (self.tr("What the picture shows"), self.prompt),
        ):
            column.addWidget(Label(name, "strong"))
            field.setAccessibleName(name)
            field.setProperty("radius", px(14))
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setProperty("variant", "field")
                field.setMinimumHeight(px(84))
            column.addWidget(field, 2 if field is self.narration else 0)
            column.addSpacing(px(6))
        self.on_screen.setMaxLength(120)
        self.prompt.setMaximumHeight(px(110))
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for button in (self.save, self.say, self.draw):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return column

    def _make_shown(self) -> QVBoxLayout:
        px, inside = self._theme.px, QWidget()
        tiles = QVBoxLayout(inside)
        tiles.setContentsMargins(px(8), px(8), px(8), px(8))
        tiles.addWidget(self.nothing)
        tiles.addWidget(self.grid)
        tiles.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.others)
        row.addWidget(self.own)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(Label(self.tr("What it shows"), "strong"))
        column.addWidget(area, 1)
        column.addLayout(row)
        return column

    def _connect(self) -> None:
        model, scene = self._model, self._scene
        model.changed.connect(self._show)
        model.busy_changed.connect(self._on_busy)
        model.scene_kept.connect(self._on_kept)
        self.closed.connect(self.deleteLater)
        self.save.clicked.connect(lambda _on=False: self._on_save())
        self.say.clicked.connect(lambda _on=False: self._again(Step.VOICE))
        self.draw.clicked.connect(lambda _on=False: self._again(Step.PICTURES))
        self.others.clicked.connect(lambda _on=False: model.more_candidates(scene))
        self.own.clicked.connect(lambda _on=False: self.open_own())
        self.grid.chosen.connect(lambda asset: model.choose(scene, asset))

    def _again(self, step: Step) -> None:
        """Make it anew: the project runs, and the page shows it."""
        self._model.rerun(step, self._scene)
        self.dismiss()

    def _on_save(self) -> None:
        narration = self.narration.toPlainText()
        if not narration.strip():
            self.narration.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._model.change_scene(
            self._scene, narration, self.on_screen.text(), self.prompt.toPlainText()
        )

    def _on_kept(self, scene: str) -> None:
        if scene == self._scene:
            self.dismiss()

    def _on_busy(self, name: str, busy: bool) -> None:
        button = {"scene": self.save, "candidates": self.others}.get(name)
        if button is not None:
            button.set_busy(busy)

    def _show(self) -> None:
        view, shown = self._model.view, self._model.scene(self._scene)
        if view is None or shown is None:
            if self.isVisible():
                self.dismiss()
            return
        self._head(shown, [one.id for one in view.scenes].index(self._scene) + 1)
        self.grid.show_candidates(shown.candidates)
        self.nothing.setVisible(not shown.candidates)

    def _head(self, scene: SceneView, number: int) -> None:
        title = scene.title or scene.on_screen_text
        name = self.tr("Scene {0}").format(number)
        parts = (name, title, said.span(scene.start, scene.end))
        self.heading.setText(SEPARATOR.join(part for part in parts if part))
        self.told.setText(told(scene.message, scene.message_args) if scene.message else "")
        self.told.setVisible(bool(scene.message))
