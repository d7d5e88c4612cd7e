"""The details page: one film, series or video, its files, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import NotFound
from app.domain.events import NoticeLevel
from app.domain.media import Card, Details, FileId, ItemId, MediaKind
from ui import words
from ui.describing import describer
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.details.sections import EpisodeList, FileList, quality_tags
from ui.pages.details.viewmodel import DetailsViewModel
from ui.theme import Theme
from ui.undo import tell_marked
from ui.widgets.backdrop import Backdrop
from ui.widgets.button import Button
from ui.widgets.card_painter import CardPainter
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.skeleton import Skeleton
from ui.widgets.tags import TagRow

POSTER = QSize(300, 450)


class Poster(QWidget):
    """The poster of the item, large."""

    def __init__(self, theme: Theme, painter: CardPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = painter
        self._card: Card | None = None
        self.setFixedSize(theme.px(POSTER.width()), theme.px(POSTER.height()))
        painter.posters.ready.connect(lambda _key: self.update())

    def show_card(self, card: Card) -> None:
        """Show the poster of this card."""
        self._card = card
        self.setAccessibleName(words.spoken(card))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.poster(painter, QRect(self.rect()), self._card, self.devicePixelRatioF())


class DetailsPage(Page):
    """Poster and words at the top, then files or episodes."""

    def __init__(self, context: PageContext, model: DetailsViewModel) -> None:
        super().__init__()
        self._context, self._model = context, model
        theme, library = context.theme, context.services.library
        self.backdrop = Backdrop(theme, context.posters, library.picture, sink=True, parent=self)
        self._poster = Poster(
            theme, CardPainter(theme, context.posters, library.picture, self), self
        )
        self._title = Label("", "display", wrap=True)
        self._facts = Label("", "body")
        self._tags = TagRow(theme)
        self._overview = Label("", "body", wrap=True)
        self._overview.setMaximumWidth(theme.px(860))
        self._warning = Label("", "body", "warn", wrap=True)
        self.play = Button(theme, self.tr("Play"), "main", "play")
        self.restart = Button(theme, self.tr("From the start"), "plain", "rotate-ccw")
        self.mark = Button(theme, "", "icon", "check", self.tr("Mark as watched"))
        self.mark.setCheckable(True)
        self.series = Button(theme, self.tr("The whole series"), "plain", "list-video")
        self._files_title = Label(self.tr("Files"), "section")
        self.files = FileList(theme, self)
        self.episodes = EpisodeList(theme, self)
        self.stack = QStackedWidget(self)
        self.skeleton = Skeleton(theme, "rows", self)
        self.body = self._make_body()
        self.broken = EmptyState(theme, self.tr("This is not here any more"), "", icon="film")
        self.broken.add_button(
            self.tr("To the library"),
            lambda: context.navigator.open("library"),
            "main",
            "library",
        )
        for part in (self.skeleton, self.body, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def opened(self, **args: object) -> None:
        """``item`` says which item."""
        item = args.get("item")
        if isinstance(item, int):
            if item != self._model.item:
                self.stack.setCurrentWidget(self.skeleton)
            self._model.load(ItemId(item))

    def focus_first(self) -> None:
        """The button that plays."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        elif self.play.isEnabled():
            self.play.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.mark.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins, and the picture behind the upper half."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        self._body_column.setContentsMargins(margin, theme.px(36), margin, theme.px(36))
        self.backdrop.setGeometry(0, 0, self.width(), theme.px(520))
        self.backdrop.lower()

    def _make_body(self) -> QScrollArea:
        theme = self._context.theme
        inside = QWidget()
        self._body_column = QVBoxLayout(inside)
        self._body_column.setSpacing(theme.px(14))
        top = QHBoxLayout()
        top.setSpacing(theme.px(44))
        top.addWidget(self._poster, 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(theme.px(14))
        text.addStretch(1)
        for widget in (self._title, self._facts, self._tags, self._overview, self._warning):
            text.addWidget(widget)
        text.addSpacing(theme.px(6))
        text.addLayout(self._make_buttons())
        text.addStretch(2)
        top.addLayout(text, 1)
        self._body_column.addLayout(top)
        self._body_column.addSpacing(theme.px(14))
        for section in (self._files_title, self.files, self.episodes):
            self._body_column.addWidget(section)
        self._body_column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.px(12))
        for button in (self.play, self.restart, self.series, self.mark):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        model = self._model
        self.play.clicked.connect(lambda _on=False: self._play(False))
        self.restart.clicked.connect(lambda _on=False: self._play(True))
        self.mark.clicked.connect(self._toggle_watched)
        self.series.clicked.connect(lambda _on=False: self._open_series())
        self.files.played.connect(self._play_file)
        self.episodes.activated.connect(self._play_card)
        self.episodes.mark_pressed.connect(lambda card: model.mark_watched(card, not card.watched))
        model.details_changed.connect(self._show_details)
        model.failed.connect(self._on_failed)
        model.marked.connect(self._on_marked)

    def _show_details(self) -> None:
        details = self._model.details
        if details is None:
            return
        first = self.stack.currentWidget() is not self.body
        card = details.card
        self.backdrop.show_card(card)
        self._poster.show_card(card)
        self._title.setText(words.headline(card))
        self._facts.setText(self._fact_line(details))
        tags = quality_tags(details.files[0]) if details.files else []
        self._tags.set_texts(tags)
        self._tags.setVisible(bool(tags))
        self._overview.setText(details.overview or "")
        self._overview.setVisible(bool(details.overview))
        away = self.tr("Its disk is away. Everything known about it is kept and comes back.")
        self._warning.setText(away if card.offline else "")
        self._warning.setVisible(card.offline)
        self._show_buttons(details)
        self._files_title.setVisible(bool(details.files))
        self.files.setVisible(bool(details.files))
        self.files.show_files(details.files)
        self.episodes.setVisible(bool(details.episodes))
        self.episodes.show_episodes(details.episodes)
        self.stack.setCurrentWidget(self.body)
        if first and self.isVisible():
            self.focus_first()

    def _fact_line(self, details: Details) -> str:
        card = details.card
        parts = [words.facts(card)]
        if card.kind is MediaKind.EPISODE:
            parts.insert(0, card.title)
        parts.append(", ".join(details.genres[:3]))
        if details.rating is not None:
            parts.append(self.tr("\u2605 {0}").format(f"{details.rating:.1f}"))
        parts.append(", ".join(details.directors[:2]))
        if card.watched:
            parts.append(self.tr("watched"))
        return words.SEPARATOR.join(part for part in parts if part)

    def _show_buttons(self, details: Details) -> None:
        target, card = self._model.play_target, details.card
        self.play.setEnabled(target is not None and not target.offline)
        text = self.tr("Play")
        if target is not None and target.position > 0 and not target.watched:
            text = self.tr("Resume at {0}").format(words.clock(target.position))
        if target is not None and card.kind is MediaKind.SERIES:
            text += words.SEPARATOR + words.episode_code(target)
        self.play.setText(text)
        begun = target is not None and target.position > 0 and not target.watched
        self.restart.setVisible(begun)
        self.series.setVisible(details.series_id is not None)
        self.mark.setChecked(card.watched)
        said = self.tr("Mark as not watched") if card.watched else self.tr("Mark as watched")
        self.mark.setToolTip(said)
        self.mark.setAccessibleName(said)

    def _play(self, from_start: bool) -> None:
        target = self._model.play_target
        if target is not None:
            self._context.navigator.open("player", item=target.id, from_start=from_start)

    def _play_card(self, card: Card) -> None:
        if not card.offline:
            self._context.navigator.open("player", item=card.id)

    def _play_file(self, file: int) -> None:
        target = self._model.play_target
        if target is not None:
            self._context.navigator.open("player", item=target.id, file=FileId(file))

    def _toggle_watched(self) -> None:
        if self._model.details is not None:
            card = self._model.details.card
            self._model.mark_watched(card, not card.watched)

    def _open_series(self) -> None:
        if self._model.details is not None and self._model.details.series_id is not None:
            self._context.navigator.open("details", item=self._model.details.series_id)

    def _on_marked(self, card: Card, watched: bool) -> None:
        tell_marked(
            self._context.toasts,
            card,
            watched,
            lambda: self._model.mark_watched(card, not watched),
        )

    def _on_failed(self, error: BaseException) -> None:
        if self._model.details is not None and not isinstance(error, NotFound):  # it stays
            self._context.toasts.show(sentence(error), level=NoticeLevel.BAD)
            return
        title = self.tr("This cannot be shown now")
        kept = self.tr("Your files are untouched.")
        self.broken.set_texts(title, f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.focus_first()


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    describe = describer(context)
    model = DetailsViewModel(context.bridge, services.library, services.playback, describe)
    page = DetailsPage(context, model)
    model.setParent(page)
    return page
