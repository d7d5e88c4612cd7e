"""All projects as tiles, or the invitation to make the first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.project import ProjectId
from app.domain.studio import ProjectCard
from ui.messages import sentence
from ui.pages.studio.tiles import NewTile, ProjectTile, tile_height
from ui.pages.studio.viewmodel import StudioViewModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.empty_state import EmptyState, FannedCards
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import BAR, RING, ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.widgets.tile_grid import TileGrid

LEAST, MOST = 300, 420  # pixels at 100 % a tile is wide
LONGEST = 300


class Invitation(QWidget):
    """Nothing was made yet: a topic is all it takes."""

    wished = Signal(str)
    more_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setProperty("variant", "large")
        self.field.setProperty("radius", theme.px(14))
        self.field.setPlaceholderText(self.tr("Why time runs slower in your kitchen"))
        self.field.setAccessibleName(self.tr("What the video is about"))
        self.field.setMinimumWidth(theme.px(520))
        self.make = Button(theme, self.tr("Make the video"), "main", "sparkles", parent=self)
        self.make.setFixedHeight(theme.px(58))
        self.more = Button(theme, self.tr("Choose voice, look and more"), "link", parent=self)
        self._lay_out(theme)
        self.make.clicked.connect(lambda _on=False: self._on_make())
        self.field.returnPressed.connect(self._on_make)
        self.more.clicked.connect(lambda _on=False: self.more_wished.emit(self.field.text()))

    def _lay_out(self, theme: Theme) -> None:
        title = Label(self.tr("A topic becomes a video"), "title")
        told = self.tr(
            "Write what it should be about. Script, voice, pictures, music and montage are made "
            "on this device, free."
        )
        text = Label(told, "body", wrap=True)
        text.setMinimumSize(theme.px(580), theme.px(44))
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setSpacing(theme.px(14))
        column.addStretch(2)
        column.addWidget(FannedCards(theme), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(6))
        row.setSpacing(theme.px(12))
        row.addStretch(1)
        for part in (self.field, self.make):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _on_make(self) -> None:
        if self.field.text().strip():
            self.wished.emit(self.field.text().strip())
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class ProjectsView(QWidget):
    """The head, and below it the tiles, or why there are none."""

    new_wished = Signal(str)
    """A new video, with a topic when one was written."""
    quick_wished = Signal(str)
    open_wished = Signal(str)
    assets_wished = Signal()

    def __init__(
        self, theme: Theme, posters: PosterCache, model: StudioViewModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._posters, self._model = theme, posters, model
        self._tiles: dict[ProjectId, ProjectTile] = {}
        self._awaited = False
        self.counts = Label("", "body")
        self.away = Chip(theme, self.tr("Put away"), "inbox", parent=self)
        self.assets = Button(theme, self.tr("Asset library"), "ghost", "layers", parent=self)
        self.new = NewTile(theme)
        self.grid = TileGrid(theme, LEAST, MOST, lambda wide: tile_height(theme, wide), gap=24)
        self.invitation = Invitation(theme)
        self.nothing_away = EmptyState(
            theme,
            self.tr("Nothing was put away"),
            self.tr("Projects you put away are kept here with everything that was made."),
            icon="inbox",
            tone="dim",
        )
        self.nothing_away.add_button(self.tr("Show the projects"), self._show_present, "main")
        self.broken = EmptyState(
            theme, self.tr("The projects cannot be shown now"), "", icon="triangle-alert"
        )
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.busy = Skeleton(theme, "results", self)
        self.stack = QStackedWidget(self)
        self.area = self._make_area()
        for part in (self.busy, self.area, self.invitation, self.nothing_away, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(18))
        column.addLayout(self._make_head())
        column.addWidget(self.stack, 1)
        self._connect()
        self._show()

    def focus_first(self) -> None:
        """The field of the invitation, the first project, or what to press."""
        current = self.stack.currentWidget()
        target: QWidget = self.assets
        if isinstance(current, EmptyState):
            current.focus_first()
            return
        if current is self.invitation:
            target = self.invitation.field
        elif current is self.area:
            shown = self._model.cards or ()
            target = self._tiles[shown[0].id].picture if shown else self.new
        self._awaited = current is self.busy
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def tile(self, project: ProjectId) -> ProjectTile:
        """The tile of a project that is shown."""
        return self._tiles[project]

    def _make_head(self) -> QHBoxLayout:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(self.tr("Studio"), "title"))
        words.addWidget(self.counts)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        head.addLayout(words)
        head.addStretch(1)
        head.addWidget(self.away, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.assets, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _make_area(self) -> ScrollBody:
        area = ScrollBody(self._theme, parent=self)
        area.column.addWidget(self.grid)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model = self._model
        model.cards_changed.connect(self._show)
        model.moved.connect(self._on_moved)
        model.failed.connect(self._on_failed)
        model.busy_changed.connect(self.invitation.make.set_busy)
        self.new.clicked.connect(lambda _on=False: self.new_wished.emit(""))
        self.assets.clicked.connect(lambda _on=False: self.assets_wished.emit())
        self.away.clicked.connect(lambda on=False: model.show_archived(on))
        self.invitation.wished.connect(self.quick_wished)
        self.invitation.more_wished.connect(self.new_wished)

    def _show(self) -> None:
        cards, away = self._model.cards, self._model.archived
        self.away.setChecked(away)
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        if cards is None:
            part: QWidget = self.busy
            self.counts.setText("")
        else:
            self._fill(cards)
            usual = self.nothing_away if away else self.invitation
            part = self.area if cards else usual
            self.counts.setText(self.tr("%n project(s)", "", len(cards)) if cards else "")
        self.stack.setCurrentWidget(part)
        waited, self._awaited = self._awaited and self.focusWidget() is self.assets, False
        if cards is None:
            self._awaited = waited
        elif (waited or (had_focus and was is not part)) and self.isVisible():
            self.focus_first()

    def _fill(self, cards: tuple[ProjectCard, ...]) -> None:
        wanted = {card.id for card in cards}
        for gone in [known for known in self._tiles if known not in wanted]:
            tile = self._tiles.pop(gone)
            tile.hide()
            tile.deleteLater()
        for card in cards:
            if card.id in self._tiles:
                self._tiles[card.id].show_card(card)
            else:
                self._tiles[card.id] = self._make_tile(card)
        first = [] if self._model.archived else [self.new]
        self.new.setVisible(bool(first))
        self.grid.show_tiles([*first, *(self._tiles[card.id] for card in cards)])

    def _make_tile(self, card: ProjectCard) -> ProjectTile:
        model = self._model
        tile = ProjectTile(self._theme, self._posters, card, self.grid)
        tile.opened.connect(lambda: self.open_wished.emit(card.id))
        tile.duplicate_wished.connect(lambda: model.duplicate(card.id))
        tile.away_wished.connect(lambda: model.archive(tile.card, away=not tile.card.archived))
        tile.remove_wished.connect(lambda: model.remove(tile.card))
        return tile

    def _show_present(self) -> None:
        self._model.show_archived(False)

    def _on_moved(self, card: ProjectCard) -> None:
        if card.id in self._tiles:
            self._tiles[card.id].show_card(card)

    def _on_failed(self, error: BaseException) -> None:
        if self._model.cards is not None or self._model.error is None:
            return
        kept = self.tr("Nothing of yours was lost.")
        title = self.tr("The projects cannot be shown now")
        self.broken.set_texts(title, f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.focus_first()
